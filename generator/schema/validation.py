"""Checks the data of a file against its type in `schema`, and says everything that is wrong with it.

Sound data takes the fast way, one call to `msgspec.convert`. That stops at its first error, so data
that fails is walked again here, along the same type, for a report an editor can act on.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at, find_nearest, suggest
from generator.formats.yaml_reader import LONGEST_NUMBER

Kind = TypeVar("Kind")
Info = inspect.Type
Found = Iterator[tuple[Keys, str, str]]
# Python would take other forms of ISO 8601 for a date as well.
DATE = r"\d{4}-\d{2}-\d{2}"
# An amount as people write it: signs of currency, spaces and separators of thousands; no second point.
AMOUNT = r"[$€£¥ ]*\d[\d,_ ]{0,20}(\.\d+)?[$€£¥ ]*"


def convert(data: Any, kind: type[Kind], path: str) -> Kind | list[Diagnostic]:
    """`data` as a `kind`, or every fault in it."""
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        faults = [error_at("?", path, *fault) for fault in _faults(data, inspect.type_info(kind), ())]
        return faults or [error_at("?", path, (), f"{error}.")]


def _faults(data: Any, info: Info, keys: Keys) -> Found:
    bare = _bare(info)
    match bare:
        case inspect.UnionType():
            yield from _union_faults(data, info, bare, keys)
        case inspect.StructType() if isinstance(data, dict):
            yield from _struct_faults(data, bare, keys)
        case inspect.VarTupleType() if isinstance(data, list):
            yield from _list_faults(data, bare, keys)
        case inspect.DictType() if isinstance(data, dict):
            for key, value in data.items():
                if not _fits(key, bare.key_type):
                    yield (*keys, key), f"'{key}' cannot be a name here.", f"Expected {describe(bare.key_type)}."
                yield from _faults(value, bare.value_type, (*keys, key))
        case _ if not _fits(data, info):
            yield keys, *_mismatch(data, info, keys)


def _struct_faults(data: dict[str, Any], info: inspect.StructType, keys: Keys) -> Found:
    fields = {field.encode_name: field for field in info.fields}
    misspelt = set()
    for key, value in data.items():
        if key in fields:
            yield from _faults(value, fields[key].type, (*keys, key))
            continue
        misspelt.add(find_nearest(key, fields.keys() - data.keys()))
        yield (*keys, key), f"unknown field '{key}'.", _explain_field(key, fields)
    for name, field in fields.items():
        if field.required and name not in data and name not in misspelt:
            yield keys, f"the field '{name}' is missing.", f"Expected {describe(field.type)}."


def _explain_field(key: str, fields: Iterable[str]) -> str:
    if key.isdigit():
        return "Write the number without a comma."  # {to: 1,000} is a field and a half
    return suggest(key, fields) if key.isprintable() else "There is an invisible character in its name."


def _list_faults(data: list[Any], info: inspect.VarTupleType, keys: Keys) -> Found:
    if len(data) < (info.min_length or 0):
        few = "is empty" if not data else f"has {len(data)} entry"
        yield keys, f"{_name(keys)} {few}.", f"It needs at least {info.min_length}."
    for index, item in enumerate(data):
        yield from _faults(item, info.item_type, (*keys, index))


def _union_faults(data: Any, info: Info, bare: inspect.UnionType, keys: Keys) -> Found:
    """The faults of the one alternative that was meant, going by the shape of the data."""
    kinds = [kind for kind in bare.types if not isinstance(kind, inspect.NoneType)]
    if data is None and len(kinds) < len(bare.types):
        return
    shapes: dict[type, type[Info]] = {dict: inspect.StructType, list: inspect.VarTupleType}
    shape = shapes.get(type(data))
    meant = [kind for kind in kinds if shape and isinstance(_bare(kind), shape)]
    if meant or len(kinds) == 1:
        yield from _faults(data, (meant or kinds)[0], keys)
    elif not any(_fits(data, kind) for kind in kinds):
        yield keys, *_mismatch(data, info, keys)


def _fits(data: Any, info: Info) -> bool:
    """Whether a single value is what is expected."""
    info = _bare(info)
    match info:
        case inspect.StrType():
            return (
                isinstance(data, str)
                and (info.pattern is None or re.search(info.pattern, data) is not None)
                and len(data) >= (info.min_length or 0)
                and (info.max_length is None or len(data) <= info.max_length)
            )
        case inspect.IntType() | inspect.FloatType():
            kinds = (int,) if isinstance(info, inspect.IntType) else (int, float)
            return isinstance(data, kinds) and not isinstance(data, bool) and (info.ge is None or data >= info.ge)
        case inspect.BoolType():
            return isinstance(data, bool)
        case inspect.LiteralType():
            return isinstance(data, str) and data in info.values
        case inspect.DateType():
            return isinstance(data, str) and re.fullmatch(DATE, data) is not None and _is_date(data)
    return False


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _mismatch(data: Any, info: Info, keys: Keys) -> tuple[str, str]:
    """What was found where something else was expected, and how to mend it."""
    bare = _bare(info)
    name = _name(keys)
    if data is None or (isinstance(data, str) and not data.strip()):
        return f"{name} is empty.", f"Expected {describe(info)}."
    if isinstance(data, str) and isinstance(bare, inspect.StrType):
        if bare.max_length is not None and len(data) > bare.max_length:
            return f"{name} has {len(data)} characters.", f"At most {bare.max_length} fit."
        if len(data) < (bare.min_length or 0):
            return f"{name} has {len(data)} characters.", f"It needs at least {bare.min_length}."
    near = find_nearest(data, _choices(bare)) if isinstance(data, str) else None
    if near:
        return f"{name} is '{data}'.", f"Did you mean '{near}'?"
    return f"{name} is {_found(data)}.", f"Expected {describe(info)}.{_advice(data, bare)}"


def _choices(info: Info) -> list[str]:
    """The words that would be taken."""
    kinds = info.types if isinstance(info, inspect.UnionType) else (info,)
    return [str(value) for kind in map(_bare, kinds) if isinstance(kind, inspect.LiteralType) for value in kind.values]


def _advice(data: Any, info: Info) -> str:
    """The remedy for the mistakes that YAML invites."""
    if isinstance(data, (int, float, bool)):
        return " Put quotes around it." if isinstance(info, inspect.StrType) else ""
    if not isinstance(data, str):
        return ""
    if isinstance(info, inspect.BoolType):
        word = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(data.lower())
        return f" Write {word}." if word else ""
    if isinstance(info, inspect.VarTupleType) and _fits(data, info.item_type):
        return f" Write [{data}]."
    if _takes_numbers(info) and re.fullmatch(AMOUNT, data):
        digits = re.sub(r"[^\d.]", "", data).lstrip("0") or "0"
        return f" Write {digits}." if len(digits) <= LONGEST_NUMBER else ""
    return ""


def _takes_numbers(info: Info) -> bool:
    if isinstance(info, inspect.UnionType):
        return any(_takes_numbers(_bare(kind)) for kind in info.types)
    return isinstance(info, (inspect.IntType, inspect.FloatType))


def describe(info: Info) -> str:
    """What a field takes, in words: `a list of texts`, `a whole number`."""
    title = (info.extra_json_schema or {}).get("title") if isinstance(info, inspect.Metadata) else None
    if title:
        return str(title)
    bare = _bare(info)
    match bare:
        case inspect.StrType():
            return f"text of {bare.min_length or 0} to {bare.max_length} characters" if bare.max_length else "text"
        case inspect.IntType() | inspect.FloatType():
            kind = "a whole number" if isinstance(bare, inspect.IntType) else "a number"
            return kind if bare.ge is None else f"{kind} of {bare.ge:g} or more"
        case inspect.BoolType():
            return "true or false"
        case inspect.DateType():
            return "a date such as 2027-01-31"
        case inspect.LiteralType():
            return " or ".join(f"`{value}`" for value in bare.values)
        case inspect.VarTupleType():
            return f"a list of {_describe_many(bare.item_type)}"
        case inspect.StructType():
            return f"fields: {', '.join(field.encode_name for field in bare.fields)}"
        case inspect.DictType():
            return "fields with texts"
        case inspect.UnionType():
            kinds = [kind for kind in bare.types if not isinstance(kind, inspect.NoneType)]
            if any(isinstance(_bare(kind), inspect.FloatType) for kind in kinds):  # a whole number is a number
                kinds = [kind for kind in kinds if not isinstance(_bare(kind), inspect.IntType)]
            return ", or ".join(map(describe, kinds))
    return "nothing"


def _describe_many(info: Info) -> str:
    text = describe(info)
    if isinstance(_bare(info), inspect.StructType):
        return f"entries with {text}"
    return re.sub(r"^(text|whole number|name)\b", r"\1s", text.removeprefix("a "))


def _bare(info: Info) -> Info:
    return info.type if isinstance(info, inspect.Metadata) else info


def _name(keys: Keys) -> str:
    """The last name on the way to a value: `offers[2]` is entry 3 of 'offers'."""
    if not keys:
        return "the file"
    if isinstance(keys[-1], str):
        return f"'{keys[-1]}'"
    names = [key for key in keys if isinstance(key, str)]
    return f"entry {keys[-1] + 1}" + (f" of '{names[-1]}'" if names else "")


def _found(data: Any) -> str:
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, (int, float)):
        return f"the number {data}"
    if isinstance(data, str):
        return f"'{data if len(data) <= 40 else data[:37] + '...'}'"
    return "a list" if isinstance(data, list) else "a group of fields"
