"""What the schema says of each field, for people: read off the types, and said nowhere else."""

import inspect as python_inspect
from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec import NODEFAULT, Struct, inspect

from generator.schema.validation import describe

Info = inspect.Type


class FieldNote(NamedTuple):
    """One field: its name in a file, what it takes in words, and its documentation.

    `default` is the value it has when it is left out, None where that means nothing; `kinds` are the
    groups of fields it may hold, `many` whether it holds a list of them.
    """

    name: str
    expected: str
    description: str
    required: bool
    default: Any
    examples: tuple[Any, ...]
    info: Info
    kinds: tuple[type[Struct], ...]
    many: bool


def note_fields(kind: type[Struct]) -> list[FieldNote]:
    """The fields of a type, in their order."""
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    return [_note(field) for field in info.fields]


def describe_kind(kind: type[Struct]) -> str:
    """What a type is for: its docstring, unwrapped."""
    text = python_inspect.cleandoc(kind.__doc__ or "")
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def iterate_kinds(kind: type[Struct]) -> Iterator[type[Struct]]:
    """The groups of fields within a type, at any depth, each once, in the order they are met."""
    seen: dict[type[Struct], None] = {}

    def walk(outer: type[Struct]) -> None:
        for note in note_fields(outer):
            for inner in note.kinds:
                if inner not in seen:
                    seen[inner] = None
                    walk(inner)

    walk(kind)
    yield from seen


def bare(info: Info) -> Info:
    """A type without its documentation."""
    return info.type if isinstance(info, inspect.Metadata) else info


def alternatives(info: Info) -> list[Info]:
    """What a field may hold, without None."""
    kind = bare(info)
    kinds = list(kind.types) if isinstance(kind, inspect.UnionType) else [info]
    return [each for each in kinds if not isinstance(bare(each), inspect.NoneType)]


def _note(field: inspect.Field) -> FieldNote:
    facts: dict[str, Any] = (field.type.extra_json_schema or {}) if isinstance(field.type, inspect.Metadata) else {}
    kinds = alternatives(field.type)
    if not facts and len(kinds) == 1 and isinstance(kinds[0], inspect.Metadata):
        facts = kinds[0].extra_json_schema or {}
    default = field.default if field.default is not NODEFAULT else None
    if field.default_factory is not NODEFAULT:
        default = field.default_factory()
    structs = [bare(kind) for kind in kinds]
    lists = [kind for kind in structs if isinstance(kind, inspect.VarTupleType)]
    structs += [bare(kind.item_type) for kind in lists]
    return FieldNote(
        field.encode_name,
        describe(field.type),
        str(facts.get("description", "")),
        field.required,
        None if default in ((), {}) else default,
        tuple(facts.get("examples", ())),
        field.type,
        tuple(kind.cls for kind in structs if isinstance(kind, inspect.StructType)),
        bool(lists),
    )
