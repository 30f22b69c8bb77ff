"""The fields of a form in the browser editor, made from a type of the content.

An editor has no field for a value that may be of several kinds: such a value is a line of text, written as
it is in the file. The build checks everything anyway, so an optional group asks for nothing in it.

Hints are the descriptions of the schema, in English. In another language a form has examples where they say how a value
is written, and no hints besides.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct, inspect

from generator.formats.yaml_writer import write_flow
from generator.schema.fields import FieldNote, alternatives, bare, is_code, is_paragraphs, note_fields, tagged
from generator.schema.media import FontAddress, MediaAddress, PictureAddress, VideoAddress
from generator.schema.types import Text

Form = dict[str, Any]
# Gives the word for an English label; None where the form is in English.
Translate = Callable[[str], str] | None
TEXT = bare(inspect.type_info(Text))
# What an editor chooses from the files there are: pictures, and others.
MEDIA_FIELDS = [bare(inspect.type_info(kind)) for kind in (PictureAddress, VideoAddress, FontAddress, MediaAddress)]
DATE = r"^\d{4}-\d{2}-\d{2}$"


def make_fields(kind: type[Struct], translate: Translate = None, optional: bool = False) -> list[Form]:
    """The fields of a form, in their order. `optional`: the whole group may be left out."""
    return [_make_field(note, translate, optional) for note in note_fields(kind)]


def find_heading(kind: type[Struct]) -> str:
    """The field by which an entry of a list is known: the first text that each one has."""
    return next(note.name for note in note_fields(kind) if note.required and bare(note.info) == TEXT)


def find_verbatim(kind: type[Struct], path: str = "") -> Iterator[str]:
    """The paths to values that a form shows as they are written: `questions.*.options.*.band`."""
    for note in note_fields(kind):
        here = f"{path}.{note.name}" if path else note.name
        widget = _choose_widget(note)
        if widget is None:
            yield here
        for inner in note.kinds if widget else ():
            yield from find_verbatim(inner, f"{here}.*" if note.many else here)


def _make_field(note: FieldNote, translate: Translate, optional: bool) -> Form:
    required = note.required and not optional
    widget = _choose_widget(note, translate, not required)
    label = note.name.replace("_", " ").capitalize()
    form = {"name": note.name, "label": translate(label) if translate else label, **(widget or {"widget": "string"})}
    if not translate:
        form["hint"] = note.description if widget else f"{note.description} Written as in the file: {note.expected}."
    elif not widget:
        form["hint"] = " · ".join(map(write_flow, note.examples))
    elif "pattern" in widget:
        form["hint"] = widget["pattern"][1]
    return form if required else {**form, "required": False}


def _choose_widget(note: FieldNote, translate: Translate = None, optional: bool = False) -> Form | None:
    """The widget for a field; None if it may hold values of several kinds."""
    example = str(note.examples[0]) if note.examples else ""
    if any(is_paragraphs(kind) or is_code(kind) for kind in alternatives(note.info)):
        return {"widget": "text"}
    kinds = [bare(kind) for kind in alternatives(note.info)]
    if number := _choose_number(kinds):
        return number
    match kinds:
        case [inspect.BoolType()]:
            return {"widget": "boolean"}
        case [inspect.DateType()]:
            return {"widget": "string", "pattern": [DATE, example if translate else note.expected]}
        case [inspect.LiteralType(values=values)]:
            return {"widget": "select", "options": [str(value) for value in values]}
        case [inspect.StrType(max_length=int(most), min_length=least)]:
            expected = f"{least or 0}–{most}" if translate else note.expected
            return {"widget": "text", "pattern": [rf"^[\s\S]{{{least or 0},{most}}}$", expected]}
        case [inspect.StrType(pattern=None | r"\S")]:
            return {"widget": "string"}
        case [kind] if kind in MEDIA_FIELDS:
            return {"widget": "image" if kind == MEDIA_FIELDS[0] else "file"}
        case [inspect.StrType(pattern=pattern)]:
            return {"widget": "string", "pattern": [pattern, example if translate else note.expected]}
        case [inspect.StructType(cls=cls)]:
            return {"widget": "object", "collapsed": optional, "fields": make_fields(cls, translate, optional)}
        case [inspect.VarTupleType(item_type=item)]:
            return _choose_list(item, translate)
    return None


def _choose_number(kinds: Sequence[inspect.Type]) -> Form | None:
    """The widget for what is always a number."""
    if not all(isinstance(kind, inspect.IntType | inspect.FloatType) for kind in kinds):
        return None
    whole = all(isinstance(kind, inspect.IntType) for kind in kinds)
    return {"widget": "number", "value_type": "int" if whole else "float"}


def _choose_list(item: inspect.Type, translate: Translate) -> Form:
    if groups := tagged(item):
        name = str(next(iter(groups.values())).tag_field)
        return {"widget": "list", "typeKey": name, "types": [_make_type(group, translate) for group in groups.values()]}
    match bare(item):
        case inspect.StructType(cls=cls):
            return {"widget": "list", "collapsed": True, "fields": make_fields(cls, translate)}
        case inspect.VarTupleType(item_type=inner):
            entry = _choose_list(inner, translate)
        case _ if number := _choose_number([bare(kind) for kind in alternatives(item)]):
            entry = number
        case _:
            entry = {"widget": "string"}
    label = translate("Entry") if translate else "Entry"
    return {"widget": "list", "field": {"name": "entry", "label": label, **entry}}


def _make_type(group: inspect.StructType, translate: Translate) -> Form:
    """One of several kinds of entries of a list."""
    tag = str(group.tag)
    label = translate(tag.capitalize()) if translate else tag.capitalize()
    return {"name": tag, "label": label, "widget": "object", "fields": make_fields(group.cls, translate)}
