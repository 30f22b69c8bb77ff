"""Mistakes planted in the file of a quiz: each is reported at the place to correct, and nothing else is.

`cases/quiz.yaml` is the valid quiz that they are planted in. A case is what is replaced by what, and then for
each report the text that stands where it points, and words that are in it.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import pytest

from generator.build.check import load_content
from tests.sites import CALENDAR, CASES, MAKERS, SITE, Files, level, real_content, real_layouts, report, text_of

PATH = "content/makers/quiz.yaml"
QUIZ = (CASES / "quiz.yaml").read_text(encoding="utf-8")
QUESTIONS = QUIZ[QUIZ.index("questions:") :]
KEYS = "\n".join(f"- **Do** thing {number}" for number in range(1, 15))
BANDS = ((0, 10_000), (10_000, 50_000), (50_000, 200_000), (200_000, None))


class Case(NamedTuple):
    """A quiz with a mistake, and what is to be reported: the text at the place, and words of the message."""

    quiz: str
    expected: tuple[tuple[str, str], ...]


def plant(old: str, new: str, *expected: tuple[str, str], base: str = QUIZ, times: int = 1) -> Case:
    assert base.count(old) == times, f"{old!r} is {base.count(old)} times in the quiz"
    return Case(base.replace(old, new), expected)


def append(text: str, *expected: tuple[str, str]) -> Case:
    return Case(QUIZ + text, expected)


def mood(levels: Sequence[int], more: str = "draft: false") -> str:
    """One more question, with an answer for each of these levels."""
    options = "".join(
        f"      - {{text: Answer {level}.{place}, level: {level}}}\n" for place, level in enumerate(levels)
    )
    return f"\n  - id: mood\n    text: How are you?\n    {more}\n    options:\n{options}"


def site_with(quiz: str) -> Files:
    """The small site with four levels, of fourteen keys each, and this quiz."""
    levels = {
        f"makers/{number}-level-{number}.md": level(f"Level {number}", low, high).replace(
            "- **Do** the first thing\n- **Do** the second thing", KEYS
        )
        for number, (low, high) in enumerate(BANDS, 1)
    }
    modules = "".join(f"  - number: {number}\n" for number in range(1, 7))
    others = {path: text for path, text in SITE.items() if not re.match(r"makers/\d", path)}
    return {
        **others,
        **levels,
        "makers/quiz.yaml": quiz,
        "curriculum.yaml": f"stages:\n  - name: All\n    modules: [1, 2, 3, 4, 5, 6]\nmodules:\n{modules}",
        MAKERS: text_of(MAKERS).replace("year", "month"),
    }


THIRD = "      - band: level\n        level: 3\n"
LOWEST = "      - text: All of it is rented, or I’m not sure\n        level: 1\n"
OWNED = "      - text: We own models that run core features\n        level: 3\n"
WAY = "reached_by: {key: 13, module: 6}"
COPIED = QUIZ[QUIZ.index("      - text: Yes, most of them") : QUIZ.index("\n  - id: investors")]
MRR = "text: What is your monthly recurring revenue?"
BAND = "band: level\n        level: "

ONE = QUIZ[: QUIZ.index("  - id: mrr")] + QUIZ[QUIZ.index("  - id: api-costs") : QUIZ.index("\n  - id: api-share")]


PLANTED: dict[str, Case] = {
    # The file.
    "a tab for indentation": plant("    weight: 3\n", "\tweight: 3\n", ("\tweight", "a tab")),
    "a field twice": plant("    weight: 3\n", "    weight: 3\n    weight: 4\n", ("weight: 4", "twice")),
    "an unknown field": plant("weight: 3", "wieght: 3", ("wieght", "Did you mean 'weight'?")),
    "a field of another file": plant("intro: A few", "summary: A few", ("summary: A few", "unknown field 'summary'")),
    "no title": plant("title: How much of your product is really yours?\n", "", ("intro:", "'title' is missing")),
    "no questions": plant(QUESTIONS, "questions: []\n", ("questions:", "empty")),
    "questions that are a text": plant(QUESTIONS, "questions: many\n", ("questions:", "'many'")),
    # A question.
    "a question without an id": plant(
        "  - id: weights\n    text", "  - text", ("text: Do any model", "'id' is missing")
    ),
    "an id with capitals": plant("id: api-share", "id: API share", ("id: API", "small letters")),
    "an id twice": plant("id: api-share", "id: mrr", ("id: mrr\n    text: How much", "the id 'mrr' too")),
    "a question without a text": plant(f"    {MRR}\n", "", ("id: mrr", "'text' is missing")),
    "a question that says nothing": plant(MRR, "text:", ("text:\n", "empty")),
    "a question twice": plant(
        "text: How much of your revenue, in percent, do third-party APIs take?",
        "text: what is your  Monthly recurring revenue",
        ("text: what is", "asks the same as 'mrr'"),
    ),
    "options by another name": plant(
        "    gate: true\n    options:\n      - band",
        "    gate: true\n    answers:\n      - band",
        ("answers:", "unknown field 'answers'. Missing here: options."),
    ),
    "one answer": plant(COPIED, "", ("options:\n      - text: Yes, all of them", "It needs at least 2")),
    "every question a draft": plant(
        "    options:", "    draft: true\n    options:", ("questions:", "asks nothing"), times=6
    ),
    "a draft that is neither true nor false": plant(
        "why: What others can copy is not a moat.", "draft: soon", ("draft: soon", "true or false")
    ),
    "a gate that is neither true nor false": plant(
        "gate: true\n    options:\n      - text: All",
        "gate: hard\n    options:\n      - text: All",
        ("gate: hard", "true or false"),
    ),
    # Weights.
    "a weight in words": plant("weight: 3", "weight: three", ("weight: three", "a whole number")),
    "weight 0": plant("weight: 3", "weight: 0", ("weight: 0", "1 or more")),
    "a negative weight": plant("weight: 3", "weight: -3", ("weight: -3", "1 or more")),
    "a weight with a fraction": plant("weight: 3", "weight: 2.5", ("weight: 2.5", "a whole number")),
    "a weight that nobody can count": plant("weight: 3", "weight: 101", ("weight: 101", "from 1 to 100")),
    "all weights 0": plant("    options:", "    weight: 0\n    options:", ("weight: 0", "1 or more"), base=ONE),
    "all weights 2": plant("    options:", "    weight: 2\n    options:", ("weight: 2", "multiple of 2"), base=ONE),
    "a weight without effect": plant(
        "    options:\n      - text: Runway",
        "    weight: 3\n    options:\n      - text: Runway",
        ("weight: 2", "changes nobody's result"),
        base=ONE + mood((1, 2, 3), "weight: 2\n    gate: true"),
    ),
    # An answer.
    "an answer that is a text": plant(LOWEST, "      - All of it\n", ("All of it", "'All of it'")),
    "an answer without a level": plant(
        OWNED, OWNED.replace("        level: 3\n", ""), ("text: We own models that", "'level' is missing")
    ),
    "a level in words": plant(LOWEST, LOWEST.replace("1", "first"), ("level: first", "a whole number")),
    "level 0": plant(LOWEST, LOWEST.replace("1", "0"), ("level: 0", "1 or more")),
    "a level above the highest": plant(OWNED, OWNED.replace("3", "5"), ("level: 5", "does not exist")),
    "an answer without a text": plant(
        OWNED, "      - level: 3\n", ("level: 3\n        reached_by: {key: 1,", "says nothing")
    ),
    "an answer twice": plant(
        OWNED,
        OWNED.replace("We own models that run core features", "all of it is rented,  or I’m not sure."),
        ("text: all of it", "the same as answer 1"),
    ),
    # Bands.
    "a gap between bands": plant(
        THIRD, THIRD.replace("level\n", "{from: 60000, to: 200000}\n"), ("from: 60000", "from 50000 to below 60000")
    ),
    "bands that overlap": plant(
        THIRD,
        "      - band: level\n        level: 2\n",
        (BAND + "2\n        reached_by: {key: 9, module: 3}", "both take"),
        ("band: level\n        level: 4", "from 50000 to below 200000"),
    ),
    "a band across levels": plant(
        THIRD,
        THIRD.replace("level\n", "{from: 40000, to: 200000}\n"),
        ("band: {from: 40000", "not within that level's"),
        ("from: 40000", "both take"),
    ),
    "a band without a value": plant(
        THIRD, THIRD.replace("level\n", "{from: 50000, to: 50000}\n"), ("to: 50000", "no value is in it")
    ),
    "a band without a limit": plant(THIRD, THIRD.replace("level\n", "{}\n"), ("band: {}", "no limit")),
    "a band that is no band": plant(
        THIRD, THIRD.replace("level\n", "levels\n"), ("band: levels", "Did you mean 'level'?")
    ),
    "no band at the top": plant(
        BAND + "4", "band: {from: 200000, to: 900000}\n        level: 4", ("to: 900000", "900000 or more")
    ),
    "no band at the foot": plant("band: level\n        text: or not", "text: not", (BAND + "2", "below 10000")),
    "a band of a level for another measure": plant(
        "why: The levels of this climb are measured in MRR.",
        "metric: {name: users}",
        ("band: level\n        text", "none in this metric"),
        *[(BAND + str(number), "none in this metric") for number in (2, 3, 4)],
    ),
    # Ways up.
    "a key that the level below does not have": plant(WAY, WAY.replace("13", "15"), ("key: 15", "which has 14")),
    "key 0": plant(WAY, WAY.replace("13", "0"), ("key: 0", "1 or more")),
    "a key for the lowest level": plant(
        LOWEST, LOWEST + "        reached_by: {key: 3}\n", ("key: 3}", "the lowest level")
    ),
    "a key by another name": plant(WAY, WAY.replace("key", "keys"), ("keys: 13", "Did you mean 'key'?")),
    "a module that there is not": plant(WAY, WAY.replace("6", "7"), ("module: 7", "no module 7")),
    # Results.
    "no answers for the highest level": plant(
        "        level: 4",
        "        level: 3",
        ("questions:", "no answers lead to level 4"),
        ("band: level\n        level: 3\n        reached_by: {key: 9", "200000 or more"),
        ("band: level\n        level: 3\n        reached_by: {key: 11", "both take"),
        times=6,
    ),
    "a question whose answers are for one level": append(
        mood((2, 2)),
        ("id: mood", "nobody's result depends on"),
    ),
    "a gate that holds nothing back": append(
        mood((4, 3), "gate: true"),
        ("gate: true\n    options:\n      - {text", "nobody's result depends on the gate"),
    ),
    "a gate that lets nobody pass": append(
        mood((2, 1), "gate: true"),
        ("gate: true\n    options:\n      - {text", "no answers lead to level 4"),
    ),
    "two mistakes": plant(
        "id: api-share",
        "id: mrr",
        ("weight: 300", "from 1 to 100"),
        ("id: mrr\n    text: How much", "the id 'mrr' too"),
        base=QUIZ.replace("weight: 3", "weight: 300"),
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_mistake_is_reported_where_it_is(name: str) -> None:
    quiz, expected = PLANTED[name]
    reports = report(site_with(quiz))
    assert len(reports) == len(expected), reports
    for place, words in expected:
        assert quiz.count(place) == 1, f"{place!r} is {quiz.count(place)} times in the quiz"
        line, column = (
            quiz.count("\n", 0, quiz.index(place)) + 1,
            len(quiz[: quiz.index(place)].rpartition("\n")[2]) + 1,
        )
        found = [text for text in reports if text.startswith(f"{PATH}:{line}:{column}: ")]
        assert any(words in text for text in found), (place, reports)


def test_at_least_forty_mistakes_are_planted() -> None:
    assert sum(bool(case.expected) for case in PLANTED.values()) == len(PLANTED) >= 40


def test_nothing_is_wrong_with_the_quiz_they_are_planted_in() -> None:
    assert report(site_with(QUIZ)) == []


def test_nothing_is_wrong_with_the_real_quizzes() -> None:
    problems = load_content(real_content(), real_layouts(), CALENDAR)[1]
    assert [problem for problem in problems if problem.path.endswith("quiz.yaml")] == []
