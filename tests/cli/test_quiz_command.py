"""`python3 build.py quiz`: what is proved about each quiz, and what is wrong with it."""

import ast
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.cli.main import main
from generator.quiz import analysis, validation
from generator.quiz.analysis import Analysis
from generator.quiz.report import PROMISES, report_quiz
from tests.sites import SITE, edit, load, real_layouts

QUIZ = "makers/quiz.yaml"
THREE = """\
title: Where are you?
questions:
  - {id: skill, text: What can you do?, options: [{text: Little, level: 1}, {text: Much, level: 2}]}
  - {id: will, text: What do you want?, options: [{text: Rest, level: 1}, {text: More, level: 2}]}
  - {id: luck, text: Are you lucky?, options: [{text: No, level: 1}, {text: At times, level: 1}, {text: Yes, level: 2}]}
"""
REPORT = """\
makers: Where are you?
3 questions, 12 patterns of answers

yes  every level can be reached
yes  a better answer never lowers the result
yes  every question can change the result
yes  every answer can change the result
yes  every weight and every gate can change the result
yes  each level has a question that can decide it
yes  every value belongs to exactly one answer, within its level

share of the patterns that lead to each level
1 New   ███████████████████████▎                  58.3 %  (7 of 12)
2 Able  ████████████████▋                         41.7 %  (5 of 12)

questions of which one answer can lead up to a level
2 Able: skill, will, luck

"""

Write = Callable[..., Path]


def run(content: Path, *arguments: str) -> int:
    return main(["quiz", *arguments, "--content", str(content), "--layouts", real_layouts().root])


def test_the_report_is_printed(write_site: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(write_site({**SITE, QUIZ: THREE})) == 0
    printed = capsys.readouterr()
    assert printed.out == REPORT
    assert printed.err == ""


def test_one_quiz_can_be_asked_for(write_site: Write, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_site({**SITE, QUIZ: THREE, "users/quiz.yaml": SITE[QUIZ]})
    assert run(content, "users") == 0
    assert capsys.readouterr().out.startswith("users: Where are you?\n1 question, 2 patterns of answers\n")
    assert run(content) == 0
    printed = capsys.readouterr().out
    assert printed.startswith("makers: ")
    assert "\nusers: " in printed


def test_a_broken_promise_is_reported_at_its_line(write_site: Write, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_site(
        {**SITE, QUIZ: THREE + "  - {id: idle, text: Well?, options: [{text: A, level: 2}, {text: B, level: 2}]}\n"}
    )
    assert run(content) == 0
    assert run(content, "--strict") == 1
    printed = capsys.readouterr()
    assert "no   every question can change the result" in printed.out
    assert "yes  every level can be reached" in printed.out
    assert f"{content}/{QUIZ}:6:5: warning: nobody's result depends on the question 'idle'" in printed.err


def test_a_quiz_whose_results_cannot_be_worked_out_has_no_chart(
    write_site: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(write_site(edit(QUIZ, "level: 2", "level: 7"))) == 1
    printed = capsys.readouterr()
    assert printed.out == "makers: Where are you?\nno results can be worked out\n\n"
    assert "speaks for level 7, which does not exist" in printed.err


def test_the_chart_is_written_as_an_image(write_site: Write, tmp_path: Path) -> None:
    assert run(write_site({**SITE, QUIZ: THREE}), "--svg", str(tmp_path / "reports" / "charts")) == 0
    chart = tmp_path / "reports" / "charts" / "makers.svg"
    image = ElementTree.parse(chart)  # noqa: S314 - our own file
    assert {"Makers", "1 New", "2 Able", "58.3 %"} <= {element.text for element in image.iter()}


def test_no_chart_is_written_of_a_broken_quiz(write_site: Write, tmp_path: Path) -> None:
    content = write_site(edit(QUIZ, "level: 2", "level: 1"))
    assert run(content, "--svg", str(tmp_path / "reports")) == 1
    assert not (tmp_path / "reports").exists()


def test_programs_can_read_the_problems(write_site: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(write_site(edit(QUIZ, "level: 2", "level: 7")), "--format", "json") == 1
    (problem,) = json.loads(capsys.readouterr().out)
    assert problem["line"] == 7
    assert problem["path"].endswith(QUIZ)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [("maker", "'maker' does not exist. Did you mean 'makers'?"), ("users", "'users' has no quiz. Known: makers.")],
)
def test_an_audience_that_is_not_there_is_a_wrong_command_line(
    wanted: str, message: str, write_site: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(write_site(SITE), wanted) == 2
    assert message in capsys.readouterr().err


def test_what_is_wrong_elsewhere_is_reported_first(write_site: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(write_site(edit("site.yaml", "name:", "nam:"))) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Did you mean 'name'?" in printed.err


def test_a_folder_for_charts_that_cannot_be_written_is_named(
    write_site: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert run(write_site(SITE), "--svg", str(tmp_path / "file")) == 1
    assert capsys.readouterr().err == f"build.py: {tmp_path / 'file'}: File exists.\n"


def test_a_build_fails_on_a_broken_quiz_and_writes_nothing(
    write_site: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write_site(edit(QUIZ, "level: 2", "level: 1"))
    output = tmp_path / "output"
    assert main(["--content", str(content), "--layouts", real_layouts().root, "--output", str(output)]) == 1
    assert f"{content}/{QUIZ}:2:1: no answers lead to level 2" in capsys.readouterr().err
    assert not (output / "index.html").exists()


def test_check_reports_a_broken_quiz(write_site: Write, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_site(edit(QUIZ, "{text: Much, level: 2}", "{text: little, level: 2}"))
    assert main(["check", "--content", str(content), "--layouts", real_layouts().root]) == 1
    assert f"{content}/{QUIZ}:7:10: answer 2 to 'skill' says the same as answer 1." in capsys.readouterr().err


def list_codes() -> set[str]:
    """The codes of all diagnostics about quizzes: what calls in the code have as their first argument."""
    calls = [
        node
        for module in (analysis, validation)
        for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
    ]
    texts = [call.args[0].value for call in calls]
    return {text for text in texts if isinstance(text, str) and re.fullmatch(r"[a-z]+(-[a-z]+)+", text)}


def test_every_mistake_breaks_a_promise_or_is_one_of_form() -> None:
    promised = {code for codes in PROMISES.values() for code in codes}
    form = {"no-questions", "empty-answer", "duplicate-id", "duplicate-question", "duplicate-answer"}
    assert promised | form | {"unknown-level", "weight-out-of-range"} == list_codes()


def test_of_very_many_patterns_the_order_of_magnitude_is_said() -> None:
    (audience, _) = load().audiences
    text = report_quiz(
        audience.slug, audience.quiz, Analysis((10**40, 6**40), ((), ("skill",)), ()), ["1 New", "2 Able"]
    )
    assert "1 question, about 10^40 patterns of answers" in text
