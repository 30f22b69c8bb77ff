"""YAML as editors write it: every value is what it looks like."""

import pytest
from hypothesis import given, strategies

from generator.diagnostics.diagnostic import SiteError
from generator.formats.yaml_reader import load_yaml, locate_value, resolve_plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("-1", -1),
        ("+1", 1),
        ("0", 0),
        ("1.5", 1.5),
        ("1.0", 1.0),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("word", "word"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("1:30", "1:30"),
        ("12:30:45", "12:30:45"),
        ("010", "010"),
        ("0o10", "0o10"),
        ("0x10", "0x10"),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("5.", "5."),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("2027-01-31", "2027-01-31"),
        ("2027-01-31 10:00:00", "2027-01-31 10:00:00"),
        ("1234567890123456789", "1234567890123456789"),
        ("tRue", "tRue"),
    ],
)
def test_a_value_without_quotes_is_what_it_looks_like(text: str, value: object) -> None:
    loaded = load_yaml(f"field: {text}\n", "x.yaml")["field"]
    assert loaded == value
    assert type(loaded) is type(value)


@pytest.mark.parametrize("text", ["1", "true", "null", "", "~", "1.5"])
def test_a_value_in_quotes_is_text(text: str) -> None:
    assert load_yaml(f"field: '{text}'\n", "x.yaml") == {"field": text}
    assert load_yaml(f'field: "{text}"\n', "x.yaml") == {"field": text}


@given(strategies.integers(-(10**18) + 1, 10**18 - 1) | strategies.floats(-1e9, 1e9).map(lambda value: round(value, 6)))
def test_numbers_are_read_as_they_are_written(value: float) -> None:
    text = f"{value:f}" if isinstance(value, float) else str(value)
    assert resolve_plain(text) == value


def test_lists_and_groups_nest_in_both_styles() -> None:
    block = "a:\n  - b: 1\n    c: [2, {d: 3}]\n  - x\n"
    assert load_yaml(block, "x.yaml") == {"a": [{"b": 1, "c": [2, {"d": 3}]}, "x"]}


def test_texts_of_several_lines_are_folded_or_kept() -> None:
    assert load_yaml("a: >-\n  one\n  two\nb: |\n  one\n  two\n", "x.yaml") == {"a": "one two", "b": "one\ntwo\n"}


def test_an_empty_text_has_no_data() -> None:
    assert load_yaml("", "x.yaml") is None
    assert load_yaml("# a comment\n", "x.yaml") is None


def test_signs_within_a_text_mean_nothing() -> None:
    text = "field: R&D, *not* bold, 5 % off! a: b is not\n"
    with pytest.raises(SiteError):
        load_yaml(text, "x.yaml")
    assert load_yaml(text.replace("a: b is not", "a:b is"), "x.yaml") == {"field": "R&D, *not* bold, 5 % off! a:b is"}


def test_names_of_fields_are_texts() -> None:
    assert load_yaml("1: a\ntrue: b\nnull: c\n", "x.yaml") == {"1": "a", "true": "b", "null": "c"}


def test_the_line_in_a_report_is_that_of_the_file() -> None:
    with pytest.raises(SiteError) as caught:
        load_yaml("a: 1\na: 2\n", "x.md", offset=1)
    assert str(caught.value) == "x.md:3:1: the field 'a' is here twice. Keep one of them."


def test_all_fields_that_are_there_twice_are_reported() -> None:
    with pytest.raises(SiteError) as caught:
        load_yaml("a: {b: 1, b: 2}\na: 3\n", "x.yaml")
    assert [problem.location for problem in caught.value.diagnostics] == ["x.yaml:1:11", "x.yaml:2:1"]


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 100_000, "- " * 100_000, "? " * 100_000])
def test_no_depth_of_nesting_crashes(text: str) -> None:
    with pytest.raises(SiteError, match="values are nested too deeply here"):
        load_yaml(text, "x.yaml")


def test_many_entries_are_no_deep_nesting() -> None:
    assert len(load_yaml("- a\n" * 5000, "x.yaml")) == 5000


TEXT = """\
name: A
list:
  - first
  - second: 1
    third: {fourth: 2}
"""


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ((), (1, 1)),
        (("name",), (1, 1)),
        (("list",), (2, 1)),
        (("list", 0), (3, 5)),
        (("list", 1), (4, 5)),
        (("list", 1, "second"), (4, 5)),
        (("list", 1, "third"), (5, 5)),
        (("list", 1, "third", "fourth"), (5, 13)),
        (("list", 1, "missing"), (4, 5)),
        (("list", 9), (2, 1)),
        (("missing", "deeper"), (1, 1)),
        (("name", "deeper"), (1, 1)),
    ],
)
def test_a_value_is_found_or_else_the_nearest_above_it(keys: tuple[str | int, ...], place: tuple[int, int]) -> None:
    assert locate_value(TEXT, keys) == place


def test_nothing_stands_in_an_empty_text() -> None:
    assert locate_value("", ("a",)) == (1, 1)
