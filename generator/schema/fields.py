"""What each field takes and what it is for, in words, as its type says."""

import inspect as python_inspect
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from msgspec import NODEFAULT, Struct, inspect

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


def iterate_groups(kind: type[Struct], path: str = "") -> Iterator[tuple[str, type[Struct]]]:
    """The groups of fields within a type, at any depth, each with the way to its field: `questions.options`."""
    for note in note_fields(kind):
        for inner in note.kinds:
            yield path + note.name, inner
            yield from iterate_groups(inner, f"{path}{note.name}.")


@lru_cache(maxsize=128)
def list_fields(kind: type[Struct]) -> tuple[tuple[tuple[str, ...], Info], ...]:
    """What each field of a type and of the groups in it may hold, with the keys that lead there."""
    return tuple(_iterate_within(inspect.type_info(kind), ()))


def _iterate_within(info: Info, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Info]]:
    for kind in alternatives(info):
        if keys:
            yield keys, kind
        plain = bare(kind)
        inner = bare(plain.item_type) if isinstance(plain, inspect.VarTupleType) else plain
        for field in inner.fields if isinstance(inner, inspect.StructType) else ():
            yield from _iterate_within(field.type, (*keys, field.encode_name))


def bare(info: Info) -> Info:
    """A type without its documentation."""
    return info.type if isinstance(info, inspect.Metadata) else info


def alternatives(info: Info) -> list[Info]:
    """What a field may hold, without None."""
    kind = bare(info)
    kinds = list(kind.types) if isinstance(kind, inspect.UnionType) else [info]
    return [each for each in kinds if not isinstance(bare(each), inspect.NoneType)]


def is_paragraphs(info: Info) -> bool:
    """Whether a text is shown as paragraphs, rather than as a line of words."""
    return isinstance(info, inspect.Metadata) and bool((info.extra or {}).get("paragraphs"))


def describe(info: Info) -> str:
    """What a field takes, in words: `a list of texts`, `a whole number`."""
    title = (info.extra_json_schema or {}).get("title") if isinstance(info, inspect.Metadata) else None
    if title:
        return str(title)
    kind = bare(info)
    match kind:
        case inspect.StrType():
            return f"text of {kind.min_length or 0} to {kind.max_length} characters" if kind.max_length else "text"
        case inspect.IntType() | inspect.FloatType():
            number = "a whole number" if isinstance(kind, inspect.IntType) else "a number"
            return number if kind.ge is None else f"{number} of {kind.ge:g} or more"
        case inspect.BoolType():
            return "true or false"
        case inspect.DateType():
            return "a date such as 2027-01-31"
        case inspect.LiteralType():
            return " or ".join(f"`{value}`" for value in kind.values)
        case inspect.VarTupleType():
            return f"a list of {_describe_many(kind.item_type)}"
        case inspect.StructType():
            return f"fields: {', '.join(field.encode_name for field in kind.fields)}"
        case inspect.DictType():
            return "fields with texts"
        case inspect.UnionType():
            kinds = alternatives(info)
            if any(isinstance(bare(each), inspect.FloatType) for each in kinds):  # a whole number is a number
                kinds = [each for each in kinds if not isinstance(bare(each), inspect.IntType)]
            return ", or ".join(map(describe, kinds))
    return "nothing"


def _describe_many(info: Info) -> str:
    text = describe(info)
    if isinstance(bare(info), inspect.StructType):
        return f"entries with {text}"
    return re.sub(r"^(text|whole number|name)\b", r"\1s", text.removeprefix("a "))


def _note(field: inspect.Field) -> FieldNote:
    facts: dict[str, Any] = (field.type.extra_json_schema or {}) if isinstance(field.type, inspect.Metadata) else {}
    kinds = alternatives(field.type)
    if not facts and len(kinds) == 1 and isinstance(kinds[0], inspect.Metadata):
        facts = kinds[0].extra_json_schema or {}
    default = field.default if field.default is not NODEFAULT else None
    if field.default_factory is not NODEFAULT:
        default = field.default_factory()
    plain = [bare(kind) for kind in kinds]
    lists = [kind for kind in plain if isinstance(kind, inspect.VarTupleType)]
    groups = [*plain, *(bare(kind.item_type) for kind in lists)]
    return FieldNote(
        field.encode_name,
        describe(field.type),
        str(facts.get("description", "")),
        field.required,
        None if default in ((), {}) else default,
        tuple(facts.get("examples", ())),
        field.type,
        tuple(kind.cls for kind in groups if isinstance(kind, inspect.StructType)),
        bool(lists),
    )
