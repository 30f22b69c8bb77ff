"""Data against the types of `schema`: whatever does not fit is explained, and what fits is not."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings, strategies
from hypothesis.strategies import SearchStrategy
from msgspec import inspect

from generator.diagnostics.diagnostic import Diagnostic
from generator.formats.yaml_reader import load_yaml
from generator.schema.audience import AudienceFields
from generator.schema.curriculum import CurriculumFile, Stage
from generator.schema.fields import describe
from generator.schema.level import Band, LevelFields
from generator.schema.offers import Action, Offer
from generator.schema.page import HomeFields, PageFields
from generator.schema.quiz import Quiz
from generator.schema.site import Contact, SiteFile
from generator.schema.validation import convert

KINDS: list[Any] = [
    SiteFile, tuple[Offer, ...], CurriculumFile, Quiz, AudienceFields, LevelFields, PageFields, HomeFields,
]  # fmt: skip

TEXTS = [
    "", " ", "\n", "a", "A b", "x" * 50, "x" * 161, "all", "free", "fre", "no", "yes", "1", "1,000", "$5", "5 %", "é",
    "2027-01-31", "20270131", "2027-W01-1", "2027-02-30", "https://x.org", "https://", "/a/", "//a", "a@b.c", "USD",
    "usd", "netlify", "on application", "year", "header", "level", "en", "de-CH", "javascript:x", "mailto:a@b.c",
]  # fmt: skip
# What an editor may have written where something else was asked for.
JUNK: SearchStrategy[Any] = strategies.one_of(
    strategies.none(),
    strategies.booleans(),
    strategies.integers(-3, 10**19),
    strategies.sampled_from([0.0, -0.5, 1.5, 2.0]),
    strategies.sampled_from(TEXTS),
    strategies.lists(strategies.sampled_from([1, "a", None, 0, "core"]), max_size=2),
    strategies.dictionaries(
        strategies.sampled_from(["from", "to", "text", "name", "zzz", "1"]), strategies.just(1), max_size=2
    ),
)


def fitting(info: inspect.Type) -> SearchStrategy[Any]:
    """Data that fits a type, but for one piece in a dozen or so."""
    if isinstance(info, inspect.Metadata):
        examples = (info.extra_json_schema or {}).get("examples")
        inner = fitting(info.type)
        return strategies.one_of(inner, strategies.sampled_from(examples)) if examples else inner
    match info:
        case inspect.UnionType():
            found = strategies.one_of([fitting(kind) for kind in info.types])
        case inspect.StructType():
            names = {field.encode_name: spoilt(field.type) for field in info.fields}
            needed = {field.encode_name for field in info.fields if field.required}
            found = strategies.fixed_dictionaries(
                {name: names[name] for name in needed},
                optional={name: names[name] for name in names if name not in needed},
            )
        case inspect.VarTupleType():
            found = strategies.lists(spoilt(info.item_type), min_size=info.min_length or 0, max_size=3)
        case inspect.DictType():
            found = strategies.dictionaries(
                strategies.sampled_from(["data-a", "defer", "onload"]), spoilt(info.value_type)
            )
        case inspect.StrType():
            found = strategies.sampled_from(["word", "two words", "x" * 60, "https://x.org/", "a@b.org", "USD", "en"])
        case inspect.IntType() | inspect.FloatType():
            found = strategies.integers(1, 9)
        case inspect.BoolType():
            found = strategies.booleans()
        case inspect.LiteralType():
            found = strategies.sampled_from(info.values)
        case inspect.DateType():
            found = strategies.sampled_from(["2027-01-31", "1999-12-31"])
        case inspect.NoneType():
            found = strategies.none()
        case _:
            raise AssertionError(info)
    return found


def spoilt(info: inspect.Type) -> SearchStrategy[Any]:
    fit = fitting(info)
    return strategies.integers(0, 19).flatmap(lambda dice: JUNK if dice == 0 else fit)


def converts(data: Any, kind: Any) -> bool:
    try:
        msgspec.convert(data, kind)
    except msgspec.ValidationError:
        return False
    return True


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_there_is_an_explanation_exactly_where_data_does_not_fit(kind: Any) -> None:
    @settings(max_examples=60)
    @given(spoilt(inspect.type_info(kind)))
    def check(data: Any) -> None:
        result = convert(data, kind, "a.yaml")
        problems = result if isinstance(result, list) and result and isinstance(result[0], Diagnostic) else []
        assert converts(data, kind) == (not problems)
        for problem in problems:
            assert "$" not in problem.message.replace("'$", ""), "that is the library's own message"
            assert problem.message.endswith(".")
            assert problem.hint.endswith((".", "?")), problem
            find(data, problem.position.keys)

    check()


def find(data: Any, keys: tuple[str | int, ...]) -> Any:
    """The value that keys lead to; it has to be there, or its place has to be."""
    for key in keys:
        data = data[key]
    return data


@settings(max_examples=300)
@given(JUNK, strategies.sampled_from(KINDS))
def test_no_data_at_all_crashes(data: Any, kind: Any) -> None:
    assert converts(data, kind) == (not isinstance(convert(data, kind, "a.yaml"), list))


def explain(text: str, kind: Any) -> list[str]:
    result = convert(load_yaml(text, "a.yaml"), kind, "a.yaml")
    assert isinstance(result, list)
    return [f"{problem.position.keys} {problem.message} {problem.hint}" for problem in result]


def test_sound_data_becomes_a_value() -> None:
    assert convert({"from": 1, "to": 2}, Band, "a.yaml") == Band(low=1, high=2)


def test_all_problems_are_told_whatever_their_depth() -> None:
    text = "{id: A b, name: [], price: {from: x, to: -1}, action: {text: '', ulr: /a/}}"
    assert explain(text, Offer) == [
        "('id',) 'id' is 'A b'. Expected a name of small letters, digits and single hyphens.",
        "('name',) 'name' is a list. Expected text.",
        "('price', 'from') 'from' is 'x'. Expected a number of 0 or more.",
        "('price', 'to') 'to' is the number -1. Expected a number of 0 or more.",
        "('action', 'text') 'text' is empty. Expected text.",
        "('action', 'ulr') unknown field 'ulr'. Did you mean 'url'?",
    ]


def test_a_misspelt_field_is_not_missing_as_well() -> None:
    assert explain("{tekst: Go}", Action) == ["('tekst',) unknown field 'tekst'. Did you mean 'text'?"]


def test_a_missing_field_says_what_it_takes() -> None:
    assert explain("{name: A}", Stage) == [
        "() the field 'modules' is missing. Expected a list of whole numbers of 1 or more."
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("text: 5", "Expected text. Put quotes around it."),
        ("text: true", "Expected text. Put quotes around it."),
        ("email: none", "Expected an e-mail address."),
        ("url: 'https://[x'", "Expected a page of this site such as /offers/, or a full web address."),
        ("url: contact", "or a full web address. Write /contact/."),
    ],
)
def test_a_hint_says_how_to_mend_it(text: str, hint: str) -> None:
    assert explain(text, Contact)[0].endswith(hint)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_field_can_be_described(kind: Any) -> None:
    def walk(info: inspect.Type) -> None:
        assert describe(info)
        assert "nothing" not in describe(info)
        bare = info.type if isinstance(info, inspect.Metadata) else info
        match bare:
            case inspect.StructType():
                for field in bare.fields:
                    walk(field.type)
            case inspect.VarTupleType():
                walk(bare.item_type)
            case inspect.UnionType():
                for part in bare.types:
                    if not isinstance(part, inspect.NoneType):
                        walk(part)

    walk(inspect.type_info(kind))
