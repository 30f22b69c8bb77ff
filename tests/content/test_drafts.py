"""A draft is nowhere: what is not live leaves nothing of itself in any file of a site, and a preview marks it.

A word is planted in every text that an editor may write into what is then held back, by the fields of its type. No
byte of the output may have it. The texts are those of the small site with more levels, and a quiz that asks for bands.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.content.file_data import read_file, write_file
from generator.content.kinds import KINDS, ContentKind, match_path, route_of_file
from generator.content.loader import Calendar
from generator.diagnostics.diagnostic import has_errors
from generator.pages.page import Page
from generator.quiz.scoring import build_scoring_model, nearest_level, score
from generator.schema.types import Dated
from tests import sites
from tests.content.test_kinds import find_texts
from tests.quizzes import ask, quiz_of
from tests.sites import TODAY, Files, level, text_of

WORD = "Zyzzogeton"
HELD: dict[str, dict[str, object]] = {
    "a draft": {"draft": True},
    "scheduled": {"publish": "2026-08-01"},
    "expired": {"expire": "2026-06-01"},
}
FIGURES = (0, 1111, 2222, 3333, None)
QUIZ = """\
title: Where are you?
questions:
  - id: salary
    text: What do you earn?
    options:
      - {band: level, level: 1}
      - {band: level, level: 2, reached_by: {key: 1, module: 1}}
      - {band: level, level: 3, reached_by: {key: 1, module: 1}}
      - {band: level, level: 4, reached_by: {key: 1}}
  - id: skill
    text: What can you do?
    gate: true
    options:
      - {text: Little, level: 1}
      - {text: Some, level: 2, reached_by: {key: 2}}
      - {text: Much, level: 3, reached_by: {key: 2}}
      - {text: All, level: 4, reached_by: {key: 2}}
  - id: will
    text: What do you want?
    options:
      - {text: Rest, level: 1}
      - {text: A little, level: 2}
      - {text: More, level: 3}
      - {text: It all, level: 4}
"""


def name_levels(audience: str) -> list[str]:
    return [f"{audience}/{number}-step-{number}.md" for number in range(1, 5)]


def whole_site() -> Files:
    """The small site with two audiences of four levels each, both with a quiz, and an offer and a page more."""
    files = sites.without(sites.NEW, sites.ABLE, "users/1-lost.md", "users/2-found.md")
    for audience in ("makers", "users"):
        for number, path in enumerate(name_levels(audience), 1):
            name, offers = (
                f"{audience.title()} {number}",
                "offers: [talk, course]\nmodules: [1, 2]\nsigns: [One, Two]\n",
            )
            files[path] = level(name, FIGURES[number - 1] or 0, FIGURES[number], offers)
        files[f"{audience}/quiz.yaml"] = QUIZ
    files["pages/about.md"] = text_of("pages/about.md").replace("[here](/makers/)", "here")
    files["pages/more.md"] = text_of("pages/about.md", files).replace("about", "more").replace("About", "More")
    files["curriculum.yaml"] = text_of("curriculum.yaml").replace("to: 2", "to: 4")
    return files


def plant(data: Any, kind: ContentKind) -> Any:
    """The data with the word in every text."""
    copy = json.loads(json.dumps(data))
    keys_of_texts = [*find_texts(copy, kind.fields)]
    for name, value in copy.items() if isinstance(copy, dict) else ():
        if name.startswith("## "):
            keys_of_texts += [(name, index) for index in range(len(value))]
        elif name.startswith("#"):
            keys_of_texts.append((name,))
    for keys in keys_of_texts:
        inner = copy
        for key in keys[:-1]:
            inner = inner[key]
        inner[keys[-1]] += f" {WORD}"
    return copy


def hold(files: Files, path: str, dates: dict[str, object], entry: int | None = None) -> Files:
    """The files, one of which (or an entry of it) has the word in every text, and is held back."""
    found = match_path(path)
    assert found is not None
    data = read_file(path, text_of(path, files))
    planted = plant(data, found[0])
    held = (
        [*data[:entry], {**planted[entry], **dates}, *data[entry + 1 :]] if entry is not None else {**dates, **planted}
    )
    return {**files, path: write_file(path, held)}


def held_back() -> list[tuple[str, int | None]]:
    """Every file of the site that may be held back, or the first entry of one that is a list."""
    files = whole_site()
    kinds = [(path, found[0]) for path in files if (found := match_path(path))]
    return [(path, 0 if kind.is_list else None) for path, kind in kinds if issubclass(kind.fields, Dated)]


def read_output(folder: Path) -> dict[str, str]:
    return {path: bytes(data).decode("latin-1") for path, data in sites.read_folder(folder).items()}


def test_every_kind_that_may_be_held_back_is_among_the_cases() -> None:
    kinds = {kind.name for kind in KINDS if issubclass(kind.fields, Dated)}
    assert kinds == {found[0].name for path, _ in held_back() if (found := match_path(path))}


@pytest.mark.parametrize("how", HELD)
@pytest.mark.parametrize(("path", "entry"), held_back())
def test_what_is_held_back_leaves_nothing_in_any_file(path: str, entry: int | None, how: str, tmp_path: Path) -> None:
    files = hold(whole_site(), path, HELD[how], entry)
    output = read_output(sites.build(files, tmp_path, sites.real_layouts()))
    assert [name for name, text in output.items() if WORD.lower() in text.lower()] == []
    if (route := route_of_file(path)) and entry is None:
        assert [name for name, text in output.items() if f"{route}" in text or name.startswith(route)] == []


@pytest.mark.parametrize(("path", "entry"), held_back())
def test_a_build_with_drafts_shows_what_is_held_back_and_marks_it(path: str, entry: int | None, tmp_path: Path) -> None:
    files = hold(whole_site(), path, HELD["a draft"], entry)
    output = read_output(sites.build(files, tmp_path, sites.real_layouts(), calendar=Calendar(TODAY, drafts=True)))
    assert any(WORD in text for text in output.values())
    if (route := route_of_file(path)) and entry is None:
        assert "Visitors do not see this page." in output[f"{route}index.html"]


@pytest.mark.parametrize("path", name_levels("makers"))
def test_a_level_that_is_held_back_leaves_no_figure_that_no_other_level_has(path: str, tmp_path: Path) -> None:
    """Its neighbours take over its values: each value still has exactly one level, and one answer."""
    quiz = plan_quiz(hold(whole_site(), path, HELD["a draft"]))
    answers = [option["text"] for option in quiz.context["quiz"]["questions"][0]["options"]]
    number = int(path.split("/")[1][0])
    figures = [f"${figure:,}" for figure in FIGURES[1:4] if figure]
    gone = figures[max(number - 2, 0)] if number == 1 or number > 1 else ""
    kept = [figure for figure in figures if figure != gone]
    assert answers == [f"Under {kept[0]}", f"{kept[0]} to under {kept[1]}", f"{kept[1]} or more"]


def plan_quiz(files: Files) -> Page:
    return sites.plan(files)["makers/quiz/index.html"]


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([], [1, 2, 3, 4]),
        ([1], [2, 2, 3, 4]),
        ([2], [1, 1, 3, 4]),
        ([3], [1, 2, 2, 4]),
        ([4], [1, 2, 3, 3]),
        ([2, 3], [1, 1, 4, 4]),
        ([1, 2, 4], [3, 3, 3, 3]),
    ],
)
def test_answers_lead_to_the_nearest_live_level_and_the_build_says_so(held: list[int], expected: list[int]) -> None:
    files = whole_site()
    for number in held:
        files = hold(files, name_levels("makers")[number - 1], HELD["a draft"])
    quiz = plan_quiz(files).context
    assert [option["level"] for option in quiz["quiz"]["questions"][1]["options"]] == expected
    live = sorted(set(expected))
    assert [result["number"] for result in quiz["results"]] == live
    lines = [line for line in sites.report(files) if "its answers in the quiz lead to" in line]
    assert [int(number) for line in lines for number in re.findall(r"lead to level (\d)", line)] == [
        expected[number - 1] for number in held
    ]
    data = json.loads(quiz_script(files).removeprefix("const quiz=").partition(";\n")[0])
    assert data["questions"][1]["levels"] == [live.index(number) + 1 for number in expected]


def quiz_script(files: Files) -> str:
    target = sites.TARGET._replace(programs={"quiz.js": "// program"})
    pages = sites.plan(files, target)
    return next(str(page.context["text"]) for path, page in pages.items() if "quiz-makers" in path)


def test_an_answer_with_figures_of_its_own_takes_over_the_band_of_a_level_that_is_held_back() -> None:
    files = hold(whole_site(), "makers/2-step-2.md", HELD["a draft"])
    files["makers/quiz.yaml"] = QUIZ.replace("{band: level, level: 1}", "{band: {to: 1111}, level: 1}")
    answers = [option["text"] for option in plan_quiz(files).context["quiz"]["questions"][0]["options"]]
    assert answers == ["Under $2,222", "$2,222 to under $3,333", "$3,333 or more"]


LEVELS = st.lists(st.integers(1, 6), min_size=1, max_size=5, unique=True).map(sorted)


@given(LEVELS, st.lists(st.integers(1, 6), min_size=3, max_size=3))
def test_without_gates_the_result_is_the_live_level_nearest_to_that_of_all(
    live: list[int], answered: list[int]
) -> None:
    quiz = quiz_of(*[ask("123456")] * 3)
    answers = [level - 1 for level in answered]
    result = score(build_scoring_model(quiz, live), answers)
    assert live[result - 1] == nearest_level(score(build_scoring_model(quiz), answers), live)


def test_audiences_are_compared_at_a_level_that_two_of_them_have_live() -> None:
    pages = sites.plan(hold(whole_site(), "makers/2-step-2.md", HELD["a draft"]))
    assert [path for path in pages if path.startswith("compare/") and path.endswith(".html")] == [
        f"compare/{n}/index.html" for n in (1, 3, 4)
    ]


def test_neighbours_of_a_level_are_the_nearest_live_ones() -> None:
    pages = sites.plan(hold(whole_site(), "makers/2-step-2.md", HELD["a draft"]))
    first, third = (pages[f"makers/step-{number}/index.html"].context for number in (1, 3))
    assert (first["next"]["number"], first["previous"]) == (3, None)
    assert third["previous"]["number"] == 1
    assert (first["level"]["total"], [step["number"] for step in third["steps"]]) == (4, [1, 3, 4])


@pytest.mark.parametrize("path", ["makers/4-step-4.md", "makers/2-step-2.md"])
def test_a_draft_that_the_quiz_does_not_know_yet_is_no_error(path: str) -> None:
    number = int(path.split("/")[1][0])
    files = hold(whole_site(), path, HELD["a draft"])
    files["makers/quiz.yaml"] = re.sub(rf".*level: {number}\b.*\n", "", QUIZ)
    for calendar in (sites.CALENDAR, Calendar(TODAY, drafts=True)):
        problems = sites.problems_of(files, calendar)
        assert not has_errors(problems)
        assert f"content/{sites.QUIZ}" in {problem.path for problem in problems}


def test_a_site_whose_audiences_are_all_held_back_is_built_with_a_warning(tmp_path: Path) -> None:
    files = whole_site()
    for path in ("makers/audience.md", *name_levels("users")):
        files = hold(files, path, HELD["a draft"])
    codes = [problem.code for problem in sites.problems_of(files)]
    assert "no-live-audience" in codes
    assert "no-live-level" in codes
    output = read_output(sites.build(files, tmp_path, sites.real_layouts()))
    assert not any(WORD in text for text in output.values())
    assert "quiz/index.html" not in output
