"""The fields of a form in the browser editor, made from a type of the content.

An editor has no field for a value that may be of several kinds: such a value is a line of text, written as
it is in the file. The build checks everything anyway, so an optional group asks for nothing in it.
"""

from collections.abc import Iterator
from typing import Any

from msgspec import Struct, inspect

from generator.schema.fields import FieldNote, alternatives, bare, note_fields

Form = dict[str, Any]
DATE = r"^\d{4}-\d{2}-\d{2}$"


def make_fields(kind: type[Struct], optional: bool = False) -> list[Form]:
    """The fields of a form, in their order. `optional`: the whole group may be left out."""
    return [_make_field(note, optional) for note in note_fields(kind)]


def list_verbatim(kind: type[Struct], path: str = "") -> list[str]:
    """The paths to values that a form shows as they are written: `questions.*.options.*.band`."""
    return list(_iterate_verbatim(kind, path))


def _iterate_verbatim(kind: type[Struct], path: str) -> Iterator[str]:
    for note in note_fields(kind):
        here = f"{path}.{note.name}" if path else note.name
        widget = _choose_widget(note)
        if widget is None:
            yield here
        elif "fields" in widget:
            yield from _iterate_verbatim(note.kinds[0], f"{here}.*" if widget["widget"] == "list" else here)


def _make_field(note: FieldNote, optional: bool) -> Form:
    required = note.required and not optional
    widget = _choose_widget(note, not required)
    hint = note.description if widget else f"{note.description} Written as in the file: {note.expected}."
    form = {"name": note.name, "label": _label(note.name), **(widget or {"widget": "string"}), "hint": hint}
    return form if required else {**form, "required": False}


def _choose_widget(note: FieldNote, optional: bool = False) -> Form | None:
    """The widget for a field; None if it may hold values of several kinds."""
    kinds = [bare(kind) for kind in alternatives(note.info)]
    if all(isinstance(kind, inspect.IntType | inspect.FloatType) for kind in kinds):
        whole = all(isinstance(kind, inspect.IntType) for kind in kinds)
        return {"widget": "number", "value_type": "int" if whole else "float"}
    if len(kinds) > 1:
        return None
    return _choose_single(kinds[0], note, optional)


def _choose_single(kind: inspect.Type, note: FieldNote, optional: bool) -> Form | None:
    match kind:
        case inspect.BoolType():
            return {"widget": "boolean"}
        case inspect.DateType():
            return {"widget": "string", "pattern": [DATE, note.expected]}
        case inspect.LiteralType():
            return {"widget": "select", "options": [str(value) for value in kind.values]}
        case inspect.StrType() if kind.max_length:
            pattern = rf"^[\s\S]{{{kind.min_length or 0},{kind.max_length}}}$"
            return {"widget": "text", "pattern": [pattern, note.expected]}
        case inspect.StrType():
            plain = kind.pattern in (None, r"\S")
            return {"widget": "string"} if plain else {"widget": "string", "pattern": [kind.pattern, note.expected]}
        case inspect.StructType():
            return {"widget": "object", "collapsed": optional, "fields": make_fields(kind.cls, optional)}
        case inspect.VarTupleType():
            return _choose_list(bare(kind.item_type))
    return None


def _choose_list(item: inspect.Type) -> Form:
    if isinstance(item, inspect.StructType):
        return {"widget": "list", "collapsed": True, "fields": make_fields(item.cls)}
    if isinstance(item, inspect.IntType):
        return {"widget": "list", "field": {"name": "entry", "label": "Entry", "widget": "number", "value_type": "int"}}
    return {"widget": "list", "field": {"name": "entry", "label": "Entry", "widget": "string"}}


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()
