"""What a diagnostic says, and how a report of many reads and is sorted."""

import json

import pytest

from generator.diagnostics.diagnostic import (
    WHOLE_FILE,
    Position,
    SiteError,
    error_at,
    find_nearest,
    find_position,
    format_diagnostics,
    has_errors,
    sort_diagnostics,
    suggest,
    warning_at,
)

TYPO = error_at("unknown-field", "content/a.md", Position(7, 3), "unknown field 'mesage'.", "Did you mean 'message'?")
MISSING = error_at("missing-file", "content/b.md", WHOLE_FILE, "this is missing.", "Add it.")
HINT = warning_at("no-address", "content/a.md", Position(1), "no address.")


def test_a_diagnostic_reads_path_line_column_message_hint() -> None:
    assert str(TYPO) == "content/a.md:7:3: unknown field 'mesage'. Did you mean 'message'?"


def test_a_diagnostic_of_a_whole_file_has_no_line() -> None:
    assert str(MISSING) == "content/b.md: this is missing. Add it."


def test_a_location_may_have_a_line_and_no_column() -> None:
    assert str(HINT) == "content/a.md:1: warning: no address."


def test_errors_come_before_warnings_and_each_of_them_in_order_of_files_and_lines() -> None:
    early = TYPO._replace(position=Position(2, 1))
    assert sort_diagnostics([HINT, MISSING, TYPO, early]) == [early, TYPO, MISSING, HINT]


def test_lines_are_sorted_as_numbers() -> None:
    positions = [Position(10), Position(9), Position(9, 2)]
    diagnostics = sort_diagnostics([error_at("wrong", "a", position, "x.") for position in positions])
    assert [diagnostic.location for diagnostic in diagnostics] == ["a:9", "a:9:2", "a:10"]


def test_the_same_diagnostic_is_reported_once() -> None:
    assert sort_diagnostics([TYPO, TYPO]) == [TYPO]


def test_a_mistake_that_shows_on_many_pages_is_reported_once_with_the_first_page_as_an_example() -> None:
    later, first, second = (
        error_at("template-failed", "layouts/base.html", Position(line), "x.", f"While rendering '{page}'.")
        for line, page in ((4, "b"), (3, "b"), (3, "a"))
    )
    assert sort_diagnostics([later, first, second, TYPO]) == [TYPO, first, later]


def test_what_is_a_warning_and_an_error_is_reported_as_an_error() -> None:
    assert sort_diagnostics([HINT, HINT._replace(severity="error")]) == [HINT._replace(severity="error")]


def test_the_same_message_about_two_values_of_a_file_is_reported_twice() -> None:
    both = [error_at("empty", "a.yaml", keys, "this is empty.") for keys in (("one",), ("two",))]
    assert sort_diagnostics(both) == both


def test_only_errors_stop_a_build() -> None:
    assert has_errors([HINT, TYPO])
    assert not has_errors([HINT])


def test_a_site_error_carries_its_diagnostics_in_order() -> None:
    error = SiteError([MISSING, TYPO])
    assert error.diagnostics == [TYPO, MISSING]
    assert str(error) == f"{TYPO}\n{MISSING}"


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("mesage", "Did you mean 'message'?"),
        ("Message", "Did you mean 'message'?"),
        ("zzz", "Known: focus, message, pain."),
        ("", "Known: focus, message, pain."),
    ],
)
def test_a_suggestion_names_the_similar_name_or_else_all_that_are_known(word: str, hint: str) -> None:
    assert suggest(word, {"message", "pain", "focus"}) == hint


def test_a_long_list_of_known_names_is_cut_short() -> None:
    assert suggest("zzz", [f"name-{letter}" for letter in "abcdefghijklmn"]).endswith("name-l, ...")


def test_without_known_names_there_is_no_suggestion() -> None:
    assert suggest("word", []) == ""
    assert find_nearest("word", []) is None


def test_a_position_counts_lines_and_columns_from_one() -> None:
    assert [find_position("ab\ncd", index) for index in range(5)] == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]


def test_for_people_a_diagnostic_is_a_line() -> None:
    assert format_diagnostics([TYPO, HINT]) == f"{TYPO}\n{HINT}"


def test_for_github_a_diagnostic_is_an_annotation() -> None:
    assert format_diagnostics([TYPO, MISSING, HINT], "github").split("\n") == [
        "::error file=content/a.md,line=7,col=3::unknown field 'mesage'. Did you mean 'message'?",
        "::error file=content/b.md::this is missing. Add it.",
        "::warning file=content/a.md,line=1::no address.",
    ]


def test_for_github_characters_that_would_end_the_annotation_are_escaped() -> None:
    diagnostic = error_at("wrong", "a,b:c%.md", Position(1), "100%\nand more.")
    assert format_diagnostics([diagnostic], "github") == "::error file=a%2Cb%3Ac%25.md,line=1::100%25%0Aand more."


def test_for_programs_a_report_is_json() -> None:
    assert json.loads(format_diagnostics([TYPO], "json")) == [
        {
            "code": "unknown-field",
            "path": "content/a.md",
            "line": 7,
            "column": 3,
            "severity": "error",
            "message": "unknown field 'mesage'.",
            "hint": "Did you mean 'message'?",
        }
    ]


def test_for_programs_an_empty_report_is_an_empty_list() -> None:
    assert json.loads(format_diagnostics([], "json")) == []
