"""What an import has to invent is marked, reported until somebody has written it, and on no page as what it is."""

import re
from pathlib import Path

import pytest

from generator.authoring.scaffolding import read_strategy_template
from generator.cli.main import main
from generator.content.unfinished import find_unfinished
from generator.formats.lists import blank_comments
from generator.formats.plain_text import STUB
from tests.sites import problems_of
from tests.strategies import FOLDER, change, make, report
from tests.strategy.test_exporter import export

CONSULTANCY = FOLDER / "consultancy.md"
# A document without a message for one level, and without symptoms and keys for another.
BARE = change(
    {
        "**Free (Level 3):**\n- Focus: Rest\n- Pain: None\n- Promise: Peace\n- Offer: Circle (free)\n": "",
        "**Symptoms:**\n- Shares a login\n**Keys:**\n- **Buy** seats\n": "",
    }
)
LEVEL, TOP = "users/1-new.md", "makers/3-free.md"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PYRAMID_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str], list[str]]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out.splitlines(), err.splitlines()


def test_a_consultancy_made_of_tables_is_imported_checked_and_built(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told, warned = run("import", str(CONSULTANCY), "--content", "content", capsys=capsys)
    assert (code, warned, told[-1]) == (0, [], "content: 20 files changed.")
    code, told, warned = run("check", "--content", "content", capsys=capsys)
    assert code == 0
    assert {re.sub(r"^.*?: ", "", line) for line in warned} == {
        "warning: this text is marked as one to be written. Write it, and delete <!-- TODO -->."
    }
    assert run("check", "--strategy", str(CONSULTANCY), "--content", "content", capsys=capsys) == (0, told, warned)
    code, told, refused = run("check", "--publish", "--content", "content", capsys=capsys)
    assert code == 1
    assert refused[: len(warned)] == [line.replace("warning: ", "") for line in warned]
    code, _, _ = run("build", "--content", "content", "--output", "output", capsys=capsys)
    assert code == 0
    pages = {path: path.read_text(encoding="utf-8") for path in (folder / "output").rglob("*.html")}
    assert len(pages) > 20
    assert not [path for path, text in pages.items() if "TODO" in text]
    code, told, _ = run("import", str(CONSULTANCY), "--content", "content", capsys=capsys)
    assert (code, told) == (0, ["content: nothing to change."])


def test_what_tables_say_beyond_the_form_comes_back_from_content() -> None:
    files = make(CONSULTANCY.read_text(encoding="utf-8")).files
    again = make(export(make(CONSULTANCY.read_text(encoding="utf-8")).texts())).files
    assert again["offers.yaml"] == files["offers.yaml"]
    assert again == files


def test_a_template_imports_cleanly_and_every_blank_of_it_is_reported(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("new", "strategy", capsys=capsys) == (0, ["strategy.md: written."], [])
    assert (folder / "strategy.md").read_text(encoding="utf-8") == read_strategy_template()
    code, _, warned = run("import", "strategy.md", "--content", "content", capsys=capsys)
    assert (code, warned) == (0, [])
    code, _, warned = run("check", "--content", "content", capsys=capsys)
    assert code == 0
    places = {":".join(line.split(":")[:2]) for line in warned}
    blanks = [
        f"{path.relative_to(folder)}:{number}"
        for path in sorted((folder / "content").rglob("*.*"))
        if path.suffix in (".md", ".yaml") and path.name != "strategy.yaml"
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
        if "TODO" in line
    ]
    assert len(blanks) > 40
    assert [place for place in blanks if place not in places] == []
    assert run("check", "--publish", "--content", "content", capsys=capsys)[0] == 1


def test_a_template_is_written_where_one_says_and_over_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("new", "strategy", "plan.md", capsys=capsys)[:2] == (0, ["plan.md: written."])
    (folder / "plan.md").write_text("mine", encoding="utf-8")
    code, _, warned = run("new", "strategy", "plan.md", capsys=capsys)
    assert (code, warned[0]) == (
        1,
        "plan.md: this file is there, and says something else. Name another file.",
    )
    assert (folder / "plan.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("arguments", [("strategy", "a.md", "--slug", "x"), ("page",), ("strategy", "--at", "2")])
def test_what_new_cannot_begin_is_a_wrong_command_line(
    arguments: tuple[str, ...], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("new", *arguments, capsys=capsys)[0] == 2
    assert list(folder.iterdir()) == []


def test_what_a_document_lacks_is_a_stub_with_a_mark() -> None:
    files = make(BARE).files
    assert files[LEVEL]["## Symptoms"] == [f"You see a first sign of this level {STUB}"]
    assert files[LEVEL]["## Keys to success"] == [f"**Do** the first thing that leads up {STUB}"]
    assert files[TOP]["message"] == {
        "focus": f"Free {STUB}",
        "pain": f"Leads 2-4 engineers {STUB}",
        "promise": f"**Rest** on 20% of your days {STUB}",
    }
    assert files[TOP]["title"] == f"Free {STUB}"
    assert "strategy.md:35: warning: level 1, New, lists no symptoms. " in "\n".join(report(BARE))


def test_a_stub_is_reported_where_it_stands_until_it_is_written() -> None:
    files = make(BARE).texts()
    stubs = {path: text.count(STUB) for path, text in files.items() if STUB in text}
    told = [str(problem) for problem in problems_of(dict(files)) if problem.code == "unfinished-text"]
    assert {path: sum(f"/{path}:" in line for line in told) for path in stubs} == stubs
    written = {path: text.replace(f" {STUB}", "") for path, text in files.items()}
    assert [one for one in problems_of(dict(written)) if "marked as one to be written" in one.message] == []


def test_a_stub_goes_into_no_document_that_is_written_from_the_content() -> None:
    document = export(make(BARE).texts())
    assert STUB not in document and "a first sign of this level" not in document
    assert make(document).files[LEVEL] == make(BARE).files[LEVEL]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"- It hurts {STUB}", f"- It hurts {STUB}"),
        ("- It hurts <!-- TODO: ask Ann -->  ", "- It hurts <!-- TODO: ask Ann -->  "),
        ("- It hurts <!-- said by Ann -->", "- It hurts "),
        ("<!--\n- It hurts TODO\n-->", "\n\n"),
        ("- It hurts\n<!-- TODO more -->", "- It hurts\n"),
    ],
)
def test_a_mark_behind_a_text_is_the_only_comment_that_stays(text: str, kept: str) -> None:
    assert blank_comments(text) == kept


def test_a_mark_is_found_in_a_text_of_any_language() -> None:
    assert find_unfinished(f"Der Teig klebt {STUB}")
