"""What each field takes and what it is for, in words, as its type says."""

import inspect as python_inspect
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from msgspec import NODEFAULT, Struct, inspect

from generator.diagnostics.diagnostic import Keys

Info = inspect.Type
# The keys that lead to a field of a type, without places in lists.
Way = tuple[str, ...]


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


def compose_group(kind: type[Struct]) -> dict[str, Any]:
    """A group with every field in it, each with its first example, and its kind first if it has one. What may only
    stand instead of another field is left out.
    """
    notes = [note for note in note_fields(kind) if not _is_marked(note.info, "instead")]
    lacking = [note.name for note in notes if not note.examples]
    assert not lacking, f"give these fields of {kind.__name__} an example: {', '.join(lacking)}"
    config = kind.__struct_config__
    head = {str(config.tag_field): config.tag} if config.tag else {}
    return head | {note.name: note.examples[0] for note in notes}


def describe_kind(kind: type[Struct]) -> str:
    """What a type is for: its docstring, unwrapped."""
    text = python_inspect.cleandoc(kind.__doc__ or "")
    return "\n\n".join(" ".join(part.split()) for part in text.split("\n\n"))


def iterate_groups(kind: type[Struct], path: str = "", suffix: str = "") -> Iterator[tuple[str, type[Struct]]]:
    """The groups of fields within a type, at any depth, each with the way to its field: "`questions.options`", or
    "`blocks.items` with `kind: faq`".
    """
    for note in note_fields(kind):
        for inner in note.kinds:
            tag = inner.__struct_config__.tag
            where = f" with `{inner.__struct_config__.tag_field}: {tag}`" if tag else suffix
            yield f"`{path}{note.name}`{where}", inner
            yield from iterate_groups(inner, f"{path}{note.name}.", where)


@lru_cache(maxsize=128)
def list_fields(kind: type[Struct]) -> tuple[tuple[Way, Info], ...]:
    """What each field of a type and of the groups in it may hold, with the keys that lead there. Of a group that says
    of what kind it is, the kind is one of the keys: `("blocks", "quote", "text")`.
    """
    return tuple(_iterate_within(inspect.type_info(kind), ()))


def _iterate_within(info: Info, keys: Way) -> Iterator[tuple[Way, Info]]:
    for kind in alternatives(info):
        if keys:
            yield keys, kind
        plain = bare(kind)
        if isinstance(plain, inspect.VarTupleType):
            yield from _iterate_within(plain.item_type, keys)
        elif isinstance(plain, inspect.StructType):
            within = (*keys, str(plain.tag)) if plain.tag else keys
            for field in plain.fields:
                yield from _iterate_within(field.type, (*within, field.encode_name))


@lru_cache(maxsize=128)
def find_fields(kind: type[Struct], is_wanted: Callable[[Info], bool]) -> frozenset[Way]:
    """The keys that lead to certain fields of a type and of the groups in it, as `find_texts` gives them."""
    return frozenset(keys for keys, info in list_fields(kind) if is_wanted(info))


def find_texts(value: Any, keys: Keys = (), field: Way = ()) -> Iterator[tuple[Keys, Way, str]]:
    """The texts within a value, with the keys that lead to them, and those of their field: without places in lists, but
    with the kind of a group that has one.
    """
    if isinstance(value, str):
        yield keys, field, value
    elif isinstance(value, Struct):
        if value.__struct_config__.tag:
            field = (*field, str(value.__struct_config__.tag))
        for name, key in zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True):
            yield from find_texts(getattr(value, name), (*keys, key), (*field, key))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from find_texts(item, (*keys, key), (*field, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from find_texts(item, (*keys, index), field)


def bare(info: Info) -> Info:
    """A type without its documentation."""
    return info.type if isinstance(info, inspect.Metadata) else info


def alternatives(info: Info) -> list[Info]:
    """What a field may hold, without None."""
    kind = bare(info)
    kinds = list(kind.types) if isinstance(kind, inspect.UnionType) else [info]
    return [each for each in kinds if not isinstance(bare(each), inspect.NoneType)]


def tagged(info: Info) -> dict[str, inspect.StructType]:
    """The groups of fields among which the data says by its kind which one it is, by that kind."""
    groups = [kind for kind in map(bare, alternatives(info)) if isinstance(kind, inspect.StructType)]
    return {str(group.tag): group for group in groups if group.tag is not None}


def is_paragraphs(info: Info) -> bool:
    """Whether a text is shown as paragraphs, rather than as a line of words."""
    return _is_marked(info, "paragraphs")


def is_code(info: Info) -> bool:
    """Whether a text is shown as it is written."""
    return _is_marked(info, "code")


def _is_marked(info: Info, mark: str) -> bool:
    return isinstance(info, inspect.Metadata) and bool((info.extra or {}).get(mark))


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
            if tags := tagged(info):
                return f"fields, first of them kind: {', '.join(tags)}"
            if any(isinstance(bare(each), inspect.FloatType) for each in kinds):  # a whole number is a number
                kinds = [each for each in kinds if not isinstance(bare(each), inspect.IntType)]
            return ", or ".join(map(describe, kinds))
    return "nothing"


def _describe_many(info: Info) -> str:
    text = describe(info)
    if isinstance(bare(info), inspect.StructType) or tagged(info):
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
    groups = [*plain, *(bare(kind) for many in lists for kind in alternatives(many.item_type))]
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
