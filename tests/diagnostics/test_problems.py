"""How a report reads, and in which order."""

import json

import pytest

from generator.diagnostics.diagnostic import (
    WHOLE_FILE,
    Position,
    SiteError,
    error_at,
    find_nearest,
    find_position,
    format_problems,
    has_errors,
    merge_problems,
    sort_problems,
    suggest,
    warning_at,
)

TYPO = error_at("?", "content/a.md", Position(7, 3), "unknown field 'mesage'.", "Did you mean 'message'?")
MISSING = error_at("?", "content/b.md", WHOLE_FILE, "this is missing.", "Add it.")
HINT = warning_at("?", "content/a.md", Position(1), "no address.")


def test_a_problem_reads_path_line_column_message_hint() -> None:
    assert str(TYPO) == "content/a.md:7:3: unknown field 'mesage'. Did you mean 'message'?"


def test_a_problem_of_a_whole_file_has_no_line() -> None:
    assert str(MISSING) == "content/b.md: this is missing. Add it."


def test_a_place_may_have_a_line_and_no_column() -> None:
    assert str(HINT) == "content/a.md:1: warning: no address."


def test_errors_come_before_warnings_and_then_the_order_is_that_of_the_files() -> None:
    early = TYPO._replace(position=Position(2, 1))
    assert sort_problems([HINT, MISSING, TYPO, early]) == [early, TYPO, MISSING, HINT]


def test_lines_are_sorted_as_numbers() -> None:
    positions = [Position(10), Position(9), Position(9, 2)]
    problems = sort_problems([error_at("?", "a", position, "x.") for position in positions])
    assert [problem.location for problem in problems] == ["a:9", "a:9:2", "a:10"]


def test_the_same_problem_is_told_once() -> None:
    assert sort_problems([TYPO, TYPO]) == [TYPO]


def test_a_fault_that_shows_on_many_pages_is_told_once_with_the_first_as_an_example() -> None:
    first, second = (
        error_at("?", "layouts/base.html", Position(3), "x.", f"While rendering '{page}'.") for page in "ab"
    )
    assert merge_problems([first, second, TYPO]) == [first, TYPO]


def test_only_errors_stop_a_build() -> None:
    assert has_errors([HINT, TYPO])
    assert not has_errors([HINT])


def test_an_error_carries_its_problems_in_order() -> None:
    error = SiteError([MISSING, TYPO])
    assert error.problems == [TYPO, MISSING]
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
def test_a_suggestion_names_what_is_near_or_else_what_there_is(word: str, hint: str) -> None:
    assert suggest(word, {"message", "pain", "focus"}) == hint


def test_a_long_list_of_what_there_is_is_cut_short() -> None:
    assert suggest("zzz", [f"name-{letter}" for letter in "abcdefghijklmn"]).endswith("name-l, ...")


def test_where_nothing_is_known_there_is_no_suggestion() -> None:
    assert suggest("word", []) == ""
    assert find_nearest("word", []) is None


def test_a_position_counts_lines_and_columns_from_one() -> None:
    assert [find_position("ab\ncd", index) for index in range(5)] == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2)]


def test_for_people_a_problem_is_a_line() -> None:
    assert format_problems([TYPO, HINT]) == f"{TYPO}\n{HINT}"


def test_for_github_a_problem_is_an_annotation() -> None:
    assert format_problems([TYPO, MISSING, HINT], "github").split("\n") == [
        "::error file=content/a.md,line=7,col=3::unknown field 'mesage'. Did you mean 'message'?",
        "::error file=content/b.md::this is missing. Add it.",
        "::warning file=content/a.md,line=1::no address.",
    ]


def test_for_github_what_would_end_the_annotation_is_escaped() -> None:
    problem = error_at("?", "a,b:c%.md", Position(1), "100%\nand more.")
    assert format_problems([problem], "github") == "::error file=a%2Cb%3Ac%25.md,line=1::100%25%0Aand more."


def test_for_programs_a_report_is_json() -> None:
    assert json.loads(format_problems([TYPO], "json")) == [
        {
            "code": "?",
            "path": "content/a.md",
            "line": 7,
            "column": 3,
            "severity": "error",
            "message": "unknown field 'mesage'.",
            "hint": "Did you mean 'message'?",
        }
    ]


def test_for_programs_no_problem_is_an_empty_list() -> None:
    assert json.loads(format_problems([], "json")) == []
