"""The preview's report: each diagnostic with the lines around it, as much as fits."""

from pathlib import Path

from generator.diagnostics.diagnostic import WHOLE_FILE, Position, error_at, warning_at
from generator.diagnostics.snippets import (
    MAX_COLUMNS,
    MAX_IN_BROWSER,
    Snippet,
    format_for_browser,
    format_for_terminal,
    read_snippets,
)


def make_snippets(folder: Path) -> list[Snippet]:
    (folder / "a.md").write_text("one\ntwo\nthree\x00\nfour\n", encoding="utf-8")
    wrong = error_at("wrong", "content/a.md", Position(3, 2), "is wrong.", "Mend it.")
    return read_snippets([wrong, error_at("gone", "content/gone.md", WHOLE_FILE, "is gone.")], {"content": str(folder)})


def test_a_snippet_has_the_lines_around_the_mistake_and_marks_its_own(tmp_path: Path) -> None:
    wrong, gone = make_snippets(tmp_path)
    assert [tuple(line) for line in wrong.lines] == [
        (1, "one", False),
        (2, "two", False),
        (3, "three\ufffd", True),
        (4, "four", False),
    ]
    assert gone.lines == ()


def test_of_a_very_long_line_the_part_with_the_mistake_is_shown(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a" * 1000 + "!" + "b" * 1000, encoding="utf-8")
    (snippet,) = read_snippets([error_at("wrong", "content/a.md", Position(1, 1001), "x.")], {"content": str(tmp_path)})
    (line,) = snippet.lines
    assert "a!b" in line.text
    assert line.text[0] == line.text[-1] == "…"
    assert len(line.text) == MAX_COLUMNS + 2


def test_a_terminal_marks_the_line_of_the_mistake(tmp_path: Path) -> None:
    assert format_for_terminal(make_snippets(tmp_path), (80, 24), False).splitlines() == [
        "  content/a.md:3:2: is wrong. Mend it.",
        "      1 | one",
        "      2 | two",
        "    > 3 | three\ufffd",
        "      4 | four",
        "  content/gone.md: is gone.",
    ]


def test_a_terminal_counts_warnings_as_long_as_there_are_errors() -> None:
    both = [warning_at("old", "content/a.md", WHOLE_FILE, "is old."), error_at("gone", "b", WHOLE_FILE, "is gone.")]
    assert format_for_terminal(read_snippets(both, {}), (80, 24), False) == "  b: is gone.\n  and 1 warning"


def test_a_long_report_fits_one_screen() -> None:
    many = [error_at("wrong", f"content/{number}.md", WHOLE_FILE, "word " * 30) for number in range(50)]
    for colour in (False, True):
        text = format_for_terminal(read_snippets(many, {}), (80, 20), colour)
        assert "  and 44 more" in text.splitlines()[-1]


def test_a_browser_gets_data_and_the_number_of_what_it_does_not_show(tmp_path: Path) -> None:
    assert format_for_browser([]) is None
    report = format_for_browser(make_snippets(tmp_path) * MAX_IN_BROWSER)
    assert report is not None
    assert (report["failed"], report["count"]) == (True, 2 * MAX_IN_BROWSER)
    assert isinstance(rows := report["diagnostics"], list)
    assert len(rows) == MAX_IN_BROWSER
    assert {name: rows[0][name] for name in ("location", "severity", "message", "hint")} == {
        "location": "content/a.md:3:2",
        "severity": "error",
        "message": "is wrong.",
        "hint": "Mend it.",
    }
