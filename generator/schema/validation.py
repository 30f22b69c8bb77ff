"""Checks the data of a file against its type, and reports everything that is wrong with it.

Valid data needs one call to `msgspec.convert`. That stops at its first error, so data that fails is walked again
here, along the same type, for a report an editor can act on.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import inspect

from generator.diagnostics.diagnostic import Diagnostic, Keys, count, error_at, find_nearest, suggest
from generator.formats.yaml_reader import LONGEST_NUMBER
from generator.schema.fields import alternatives, bare, describe, tagged
from generator.schema.types import ANY_TEXT

Kind = TypeVar("Kind")
Info = inspect.Type
PLAIN: dict[type[Info], Any] = {
    inspect.StrType: str, inspect.IntType: int, inspect.FloatType: float, inspect.BoolType: bool,
    inspect.DateType: date,
}  # fmt: skip
# An amount as people write it: signs of currency, spaces and separators of thousands; no second point.
AMOUNT = r"\d[\d,_ ]{0,20}(\.\d{1,20})?"
# Three digits behind a comma are thousands, unless there is nothing but a zero before it.
DECIMAL_COMMA = r"0,\d{1,20}|\d{1,20},(\d{1,2}|\d{4,20})"


def convert(data: Any, kind: type[Kind], path: str) -> Kind | list[Diagnostic]:
    """`data` as a `kind`, or an error for everything in it that does not fit."""
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        problems = [problem._replace(path=path) for problem in _find_problems(data, inspect.type_info(kind), ())]
        return problems or [error_at("invalid-value", path, (), f"{error}.")]


def takes_any_text(kind: Any, keys: Keys) -> bool:
    """Whether the field behind `keys` takes any text, rather than a name, an address, a number or one of some words."""
    return any(isinstance(info, inspect.StrType) and info.pattern in (None, ANY_TEXT) for info in _find(kind, keys))


def takes_color(kind: Any, keys: Keys) -> bool:
    """Whether the field behind `keys` takes what begins with a #."""
    return any(map(_takes_color, _find(kind, keys)))


def _takes_color(info: Info) -> bool:
    return any(
        isinstance(kind, inspect.StrType) and (kind.pattern or "")[:2] == "^#" for kind in map(bare, alternatives(info))
    )


def _find(kind: Any, keys: Keys) -> list[Info]:
    """What the field behind `keys` may hold."""
    kinds = alternatives(inspect.type_info(kind))
    for key in keys:
        inner: list[Info] = []
        for info in map(bare, kinds):
            match info:
                case inspect.StructType():
                    inner += [field.type for field in info.fields if field.encode_name == key]
                case inspect.VarTupleType():
                    inner.append(info.item_type)
                case inspect.DictType():
                    inner.append(info.value_type)
        kinds = [each for info in inner for each in alternatives(info)]
    return [*map(bare, kinds)]


def _find_problems(data: Any, info: Info, keys: Keys) -> Iterator[Diagnostic]:
    """What is wrong with a value; the path of its file is added by `convert`."""
    kind = bare(info)
    match kind:
        case inspect.UnionType():
            yield from _check_union(data, info, kind, keys)
        case inspect.StructType() if isinstance(data, dict):
            yield from _check_fields(data, kind, keys)
        case inspect.VarTupleType() if isinstance(data, list):
            yield from _check_list(data, kind, keys)
        case inspect.DictType() if isinstance(data, dict):
            for key, value in data.items():
                if not _fits(key, kind.key_type):
                    message, hint = f"'{key}' cannot be a name here.", f"Expected {describe(kind.key_type)}."
                    yield error_at("invalid-name", "", (*keys, key), message, hint)
                yield from _find_problems(value, kind.value_type, (*keys, key))
        case _ if not _fits(data, info):
            yield _explain_value(data, info, keys)


def _check_fields(data: dict[str, Any], info: inspect.StructType, keys: Keys) -> Iterator[Diagnostic]:
    fields = {field.encode_name: field for field in info.fields}
    beside = f" beside '{info.tag_field}: {info.tag}'" if info.tag_field else ""
    unknown = data.keys() - fields.keys() - {info.tag_field}
    misspelt = {find_nearest(key, fields.keys() - data.keys()) for key in unknown}
    missing = [name for name, field in fields.items() if field.required and name not in data and name not in misspelt]
    hints = {key: _suggest_field(key, fields) for key in data if key in unknown}
    # Those that no field is like are told together with what is missing: most likely they were meant for that.
    strange = [key for key, hint in hints.items() if missing and hint.startswith("Known")]
    if strange:
        message = f"unknown field{'s' if len(strange) > 1 else ''} {', '.join(map(repr, strange))}{beside}."
        hint = f"Missing here: {', '.join(missing)}. {hints[strange[0]]}"
        yield error_at("unknown-field", "", (*keys, strange[0]), message, hint)
    for key, value in data.items():
        if key in fields:
            yield from _find_problems(value, fields[key].type, (*keys, key))
        elif key in unknown and key not in strange:
            yield error_at("unknown-field", "", (*keys, key), f"unknown field '{key}'{beside}.", hints[key])
    for name in missing if not strange else ():
        message, hint = f"the field '{name}' is missing.", f"Expected {describe(fields[name].type)}."
        yield error_at("missing-field", "", keys, message, hint)


def _suggest_field(key: str, fields: dict[str, inspect.Field]) -> str:
    if key.isdigit():  # {to: 1,000} is a field and a half, as is {to: 0,5}
        return "A number has no comma: write 1000 for 1,000, and 0.5 for 0,5."
    if key.partition(":")[0] in {*fields}:
        return "Put a blank behind the colon."
    if not key.isprintable():
        return "There is an invisible character in its name."
    groups = [name for name, field in fields.items() if key in _list_inner(field.type)]
    return suggest(key, fields) if not groups or find_nearest(key, fields) else f"It belongs into '{groups[0]}'."


def _list_inner(info: Info) -> list[str]:
    """The names of the fields in a group, if a field holds one."""
    kinds = [kind for kind in map(bare, alternatives(info)) if isinstance(kind, inspect.StructType)]
    return [field.encode_name for kind in kinds for field in kind.fields]


def _check_list(data: list[Any], info: inspect.VarTupleType, keys: Keys) -> Iterator[Diagnostic]:
    if len(data) < (info.min_length or 0):
        few = "is empty" if not data else f"has {len(data)} entry"
        hint = f"It needs at least {info.min_length}."
        yield error_at("too-few-entries", "", keys, f"{_name(keys)} {few}.", hint)
    if info.max_length is not None and len(data) > info.max_length:
        hint = f"At most {info.max_length} fit."
        yield error_at("too-many-entries", "", keys, f"{_name(keys)} has {len(data)} entries.", hint)
    for index, item in enumerate(data):
        yield from _find_problems(item, info.item_type, (*keys, index))


def _check_union(data: Any, info: Info, union: inspect.UnionType, keys: Keys) -> Iterator[Diagnostic]:
    """The problems of the one alternative that was meant, judged by whether the data is a group or a list."""
    kinds = alternatives(union)
    if data is None and len(kinds) < len(union.types):
        return
    collections: dict[type, type[Info]] = {dict: inspect.StructType, list: inspect.VarTupleType}
    collection = collections.get(type(data))
    meant = [kind for kind in kinds if collection and isinstance(bare(kind), collection)]
    groups = tagged(union)
    if groups and isinstance(data, dict):
        yield from _check_tagged(data, groups, keys)
    elif meant or len(kinds) == 1:
        yield from _find_problems(data, (meant or kinds)[0], keys)
    elif not any(_fits(data, kind) for kind in kinds):
        yield _explain_value(data, info, keys)


def _check_tagged(data: dict[str, Any], groups: dict[str, inspect.StructType], keys: Keys) -> Iterator[Diagnostic]:
    """The problems of fields that say themselves of what kind they are."""
    name = str(next(iter(groups.values())).tag_field)
    kind = data.get(name)
    if isinstance(kind, str) and kind in groups:
        yield from _check_fields(data, groups[kind], keys)
    elif name in data:
        yield from _find_problems(kind, inspect.LiteralType((*groups,)), (*keys, name))
    elif near := find_nearest(name, data):
        message = f"unknown field '{near}'."
        yield error_at("unknown-field", "", (*keys, near), message, f"Did you mean '{name}'?")
    else:
        message = f"the field '{name}' is missing."
        yield error_at("missing-field", "", keys, message, f"Expected one of {', '.join(groups)}.")


def _fits(data: Any, info: Info) -> bool:
    """Whether a single value is what is expected."""
    info = bare(info)
    if isinstance(info, inspect.LiteralType):
        return data in info.values
    if type(info) not in PLAIN:
        return False
    constraints = {name: value for name, value in msgspec.structs.asdict(info).items() if value is not None}
    try:
        msgspec.convert(data, Annotated[PLAIN[type(info)], msgspec.Meta(**constraints)])
    except msgspec.ValidationError:
        return False
    return True


def _explain_value(data: Any, info: Info, keys: Keys) -> Diagnostic:
    """What was found where something else was expected, and how to mend it."""

    def problem(code: str, what: str, hint: str) -> Diagnostic:
        return error_at(code, "", keys, f"{_name(keys)} {what}.", hint)

    kind = bare(info)
    if data is None or (isinstance(data, str) and not data.strip()):
        return problem("empty-value", "is empty", f"Expected {describe(info)}.")
    if isinstance(data, str) and isinstance(kind, inspect.StrType):
        if kind.max_length is not None and len(data) > kind.max_length:
            return problem("text-too-long", f"has {len(data)} characters", f"At most {kind.max_length} fit.")
        if len(data) < (kind.min_length or 0):
            what = f"has {count(len(data), 'character')}"
            return problem("text-too-short", what, f"It needs at least {kind.min_length}.")
    literals = [each for each in map(bare, alternatives(kind)) if isinstance(each, inspect.LiteralType)]
    words = [str(word) for literal in literals for word in literal.values]
    if isinstance(data, str) and (near := find_nearest(data, words)):
        return problem("unknown-choice", f"is '{data}'", f"Did you mean '{near}'?")
    return problem("wrong-value", f"is {_show(data)}", f"Expected {describe(info)}.{_advise(data, kind)}")


def _advise(data: Any, info: Info) -> str:
    """The remedy for the mistakes that YAML invites."""
    if _takes_color(info):
        found = re.fullmatch(r"(?:#|0x)?([0-9A-Fa-f]{6}(?=..$|$)|[0-9A-Fa-f]{3}(?=.?$)).{0,2}", str(data))
        return f' Write "#{found[1]}", in quotes.' if found else " Put it in quotes."
    if isinstance(data, (int, float, bool)):
        texts = any(isinstance(bare(kind), inspect.StrType) for kind in alternatives(info))
        return " Put quotes around it." if texts else ""
    if not isinstance(data, str):
        return ""
    if found := re.fullmatch(r"https://github\.com/([\w-]+/[\w.-]+?)(?:\.git)?/?", data):
        return f" Write {found[1]}." if _fits(found[1], info) else ""
    if isinstance(info, inspect.StrType) and "https?://" in (info.pattern or ""):
        return _complete_address(data, "mailto" in str(info.pattern))
    if isinstance(info, inspect.BoolType):
        word = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(data.lower())
        return f" Write {word}." if word else ""
    if isinstance(info, inspect.StructType) and data.partition(":")[0] in [field.encode_name for field in info.fields]:
        return " Put a blank behind the colon."
    if isinstance(info, inspect.VarTupleType) and _fits(data, info.item_type):
        return f" Write [{data}]."
    digits = _read_number(data) if _takes_numbers(info) else ""
    return f" Write {digits}." if 0 < len(digits) <= LONGEST_NUMBER else ""


def _complete_address(text: str, takes_mail: bool) -> str:
    """What is missing of an address that lacks its scheme, or has blanks that it cannot have."""
    if re.fullmatch(r"(?:[\w-]+\.)+[a-zA-Z]{2,}(?:[/?#]\S*)?", text):
        return f" Write https://{text}."
    if takes_mail and re.fullmatch(r"[^\s@/]+@[^\s@/]+\.[^\s@/]+", text):
        return f" Write mailto:{text}."
    if takes_mail and re.fullmatch(r"(?:tel:)?\+?[\d ()/-]{5,}", text):
        return f" Write tel:{re.sub(r'[^+0-9]', '', text)}."
    return f" Write /{text.strip('/')}/." if takes_mail and re.fullmatch(r"[a-z0-9/-]+", text) else ""


def _read_number(text: str) -> str:
    """What somebody meant by `€1,000`, `0,5`, `30%`, `.5`, `6e-4` or `10+`, as YAML has it; "" if that is unclear."""
    bare = re.sub(r"^[A-Z]{3}(?=[\d ])|(?<=[\d ])[A-Z]{3}$", "", text).strip("$€£¥% +")
    if re.fullmatch(DECIMAL_COMMA, bare):
        bare = bare.replace(",", ".")
    elif re.fullmatch(AMOUNT, bare):
        bare = re.sub(r"[,_ ]", "", bare)
    elif not re.fullmatch(r"\.\d{1,20}|\d{1,20}(\.\d{1,20})?[eE][+-]?\d{1,2}", bare):
        return ""
    whole, point, fraction = f"{Decimal(bare):f}".partition(".")
    return f"{whole.lstrip('0') or '0'}{point}{fraction}"


def _takes_numbers(info: Info) -> bool:
    return any(isinstance(bare(kind), inspect.IntType | inspect.FloatType) for kind in alternatives(info))


def _name(keys: Keys) -> str:
    """The last name on the way to a value: `offers[2]` is entry 3 of 'offers'."""
    if not keys:
        return "the file"
    if isinstance(keys[-1], str):
        return f"'{keys[-1]}'"
    name = next((key for key in reversed(keys) if isinstance(key, str)), None)
    return f"entry {keys[-1] + 1}" + (f" of '{name}'" if name is not None else "")


def _show(data: Any) -> str:
    if isinstance(data, bool):
        return "true" if data else "false"
    if isinstance(data, (int, float)):
        return f"the number {data}"
    if isinstance(data, str):
        return f"'{data if len(data) <= 40 else data[:37] + '...'}'"
    return "a list" if isinstance(data, list) else "a group of fields"
