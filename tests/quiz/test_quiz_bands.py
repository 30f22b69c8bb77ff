from collections.abc import Sequence
from math import inf
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from generator.diagnostics.diagnostic import Keys
from generator.quiz.analysis import analyse
from generator.quiz.bands import Measure, answer_span, level_spans
from generator.quiz.validation import validate_quiz
from generator.schema.audience import Metric
from generator.schema.level import Band
from generator.schema.quiz import AnswerBand, Option, Question, Quiz
from tests.quizzes import ask, keys_of, properties, quiz_of

# Of three levels: below 100, from 100 to below 150, from 150.
LEVELS = (Band(low=20, high=100), Band(low=100, high=150), Band(low=150))
SHARE = Metric(name="share of revenue", unit="%")

Ends = tuple[float | None, float | None] | Literal["level"] | None


def answers(*ends_and_levels: tuple[Ends, int], metric: Metric | None = None) -> Quiz:
    """A quiz of one question, whose answers have these bands and speak for these levels."""
    options = []
    for ends, level in ends_and_levels:
        band = AnswerBand(low=ends[0], high=ends[1]) if isinstance(ends, tuple) else ends
        options.append(Option(text=None if band else "I'm not sure", band=band, level=level))
    question = Question(id="salary", text="How much?", metric=metric, options=tuple(options))
    return Quiz(title="Quiz", questions=(question,))


def replace_texts(quiz: Quiz, text: str) -> Quiz:
    """The quiz with the same text in every answer."""
    options = tuple(structs.replace(option, text=text) for option in quiz.questions[0].options)
    return structs.replace(quiz, questions=(structs.replace(quiz.questions[0], options=options),))


def found_in(quiz: Quiz, bands: Sequence[Measure] = LEVELS) -> list[tuple[str, Keys]]:
    """The diagnostics of bands."""
    found = [(diagnostic.code, keys_of(diagnostic)) for diagnostic in validate_quiz(quiz, bands)]
    return sorted(((code, keys) for code, keys in found if code.startswith("band-")), key=str)


def at(number: int, *end: str) -> Keys:
    return ("questions", 0, "options", number, "band", *end)


VALID = {
    "the bands of the levels": answers(("level", 1), ("level", 2), ("level", 3)),
    "the bands of the levels, written out": answers(((None, 100), 1), ((100, 150), 2), ((150, None), 3)),
    "from 0 is from the start": answers(((0, 100), 1), ((100, 150), 2), ((150, None), 3)),
    "in any order": answers(((150, None), 3), ((None, 100), 1), ((100, 150), 2)),
    "two answers share a level": answers(((None, 50), 1), ((50, 100), 1), ("level", 2), ("level", 3)),
    "an answer without a band beside them": answers(("level", 1), ("level", 2), ("level", 3), (None, 1)),
    "a metric of its own, which runs the other way": answers(
        ((30, None), 1), ((10, 30), 2), ((None, 10), 3), metric=SHARE
    ),
    "a text that follows the band": replace_texts(answers(("level", 1), ("level", 2), ("level", 3)), "a year"),
    "no bands": quiz_of(ask("123")),
}

PLANTED: dict[str, tuple[Quiz, list[tuple[str, Keys]]]] = {
    "a gap": (
        answers(((None, 100), 1), ((110, 150), 2), ((150, None), 3)),
        [("band-gap", at(1, "from"))],
    ),
    "a gap at the bottom": (
        answers(((10, 100), 1), ((100, 150), 2), ((150, None), 3)),
        [("band-gap", at(0, "from"))],
    ),
    "a gap at the top": (
        answers(((None, 100), 1), ((100, 150), 2), ((150, 400), 3)),
        [("band-gap", at(2, "to"))],
    ),
    "a gap that begins below 1": (
        answers(((None, 0.5), 1), (None, 2), metric=SHARE),
        [("band-gap", at(0, "to"))],
    ),
    "a level left out": (answers(("level", 1), ("level", 3)), [("band-gap", at(1))]),
    "the highest level left out": (answers(("level", 1), ("level", 2)), [("band-gap", at(1))]),
    "two gaps": (
        answers(((None, 90), 1), ((100, 140), 2), ((150, None), 3)),
        [("band-gap", at(1, "from")), ("band-gap", at(2, "from"))],
    ),
    "an overlap": (
        answers(((None, 40), 1), ((30, 100), 1), ((100, 150), 2), ((150, None), 3)),
        [("band-overlap", at(1, "from"))],
    ),
    "a band twice": (
        answers(("level", 1), ("level", 2), ("level", 2), ("level", 3)),
        [("band-overlap", at(2))],
    ),
    "a band within another": (
        answers(((None, 100), 1), ((20, 30), 1), ((100, 150), 2), ((150, None), 3)),
        [("band-overlap", at(1, "from"))],
    ),
    "two bands without a from": (
        answers(((None, 100), 1), ((None, 50), 1), ((100, 150), 2), ((150, None), 3)),
        [("band-overlap", at(0))],
    ),
    "an overlap in a metric of its own": (
        answers(((30, None), 1), ((10, 31), 2), ((None, 10), 3), metric=SHARE),
        [("band-overlap", at(0, "from"))],
    ),
    "a band that ends before it begins": (
        answers(((None, 100), 1), ((150, 100), 2), ((150, None), 3)),
        [("band-empty", at(1, "to"))],
    ),
    "a band that ends where it begins": (
        answers(((None, 100), 1), ((100, 100), 2), ((100, None), 3)),
        [("band-empty", at(1, "to"))],
    ),
    "a band up to 0": (answers(((None, 0), 1), ((0, 100), 1), ((100, None), 3)), [("band-empty", at(0, "to"))]),
    "a band without limits": (answers(((None, None), 1), ("level", 2)), [("band-unlimited", at(0))]),
    "a band of another level": (
        answers(((None, 100), 1), ((100, 150), 3), ((150, None), 3)),
        [("band-outside-level", at(1))],
    ),
    "two bands with their levels changed round": (
        answers(((None, 100), 2), ((100, 150), 1), ((150, None), 3)),
        [("band-outside-level", at(0)), ("band-outside-level", at(1))],
    ),
    "bands that meet elsewhere than the levels": (
        answers(((None, 90), 1), ((90, 150), 2), ((150, None), 3)),
        [("band-outside-level", at(1))],
    ),
    "the band of a level in another metric": (
        answers(("level", 1), ((100, None), 2), metric=SHARE),
        [("band-unmeasured", at(0))],
    ),
}


@pytest.mark.parametrize("name", VALID)
def test_nothing_is_wrong_with_bands_that_meet(name: str) -> None:
    assert found_in(VALID[name]) == []
    assert not analyse(VALID[name], LEVELS).findings


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_mistake_is_reported_at_its_field(name: str) -> None:
    quiz, expected = PLANTED[name]
    assert found_in(quiz) == sorted(expected, key=str)


def test_a_band_needs_something_that_is_measured() -> None:
    quiz = answers(((None, 100), 1), ((100, None), 2))
    assert found_in(quiz, (None, None, None)) == [("band-unmeasured", at(0)), ("band-unmeasured", at(1))]


def test_a_question_with_a_metric_of_its_own_needs_no_bands_of_levels() -> None:
    assert found_in(answers(((None, 10), 1), ((10, None), 2), metric=SHARE), (None, None)) == []


def test_the_band_of_a_level_needs_a_level_with_a_band() -> None:
    quiz = answers(("level", 1), ("level", 2), ("level", 3))
    assert found_in(quiz, (LEVELS[0], None, LEVELS[2])) == [("band-unmeasured", at(1))]


def test_where_levels_are_steps_an_answer_may_be_the_step_of_its_level_and_of_no_other_metric() -> None:
    steps, quiz = ("white belt", "black belt"), answers(("level", 1), ("level", 2))
    assert found_in(quiz, steps) == []
    assert found_in(answers(("level", 1), ("level", 2), metric=SHARE), steps) == [
        ("band-unmeasured", at(0)), ("band-unmeasured", at(1))
    ]  # fmt: skip
    assert found_in(answers(("level", 1), ((10, 20), 2)), steps) == [("band-unmeasured", at(1))]
    assert found_in(answers(("level", 3), ("level", 1), ("level", 2)), steps) == [("band-unmeasured", at(0))]


def test_a_level_that_does_not_exist_is_not_reported_at_its_band() -> None:
    assert found_in(answers(((None, 100), 1), ((100, 150), 2), ((150, None), 9))) == []


def test_a_draft_is_not_looked_at() -> None:
    quiz = answers(((150, 100), 1), ("level", 3))
    assert found_in(structs.replace(quiz, questions=(structs.replace(quiz.questions[0], draft=True),))) == []


def test_the_first_level_takes_everything_below_its_end_and_the_last_has_none() -> None:
    assert level_spans(LEVELS) == [(0, 100), (100, 150), (150, inf)]
    assert level_spans([LEVELS[0], LEVELS[1]]) == [(0, 100), (100, inf)]
    assert level_spans([None, None]) == [None, None]


def test_where_the_metric_falls_the_first_level_takes_everything_above_its_start_and_the_last_has_no_low_end() -> None:
    bands = (Band(low=6, high=8), Band(low=5, high=6), Band(high=5))
    assert level_spans(bands, falling=True) == [(6, inf), (5, 6), (0, 5)]
    quiz = answers(("level", 1), ("level", 2), ("level", 3))
    assert not analyse(quiz, bands, falling=True).findings


WAITING: dict[str, tuple[Quiz, int, list[str]]] = {
    "all values of its level": (answers(("level", 1), ("level", 3)), 2, ["warning"]),
    "some values of its level": (
        answers(("level", 1), ((100, 110), 2), ((120, 150), 2), ("level", 3)), 2, ["warning"]
    ),
    "all values of the highest level": (answers(("level", 1), ("level", 2)), 3, ["warning"]),
    "values of another level": (answers(("level", 1), ("level", 3)), 3, ["error"]),
    "values of the next level, too": (answers(("level", 1), ((160, None), 3)), 2, ["error"]),
    "values of the level below, too": (answers(((None, 90), 1), ("level", 3)), 2, ["error"]),
}  # fmt: skip


@pytest.mark.parametrize("name", WAITING)
def test_no_answer_has_to_take_the_values_of_a_level_that_waits_to_go_live(name: str) -> None:
    quiz, waiting, severities = WAITING[name]
    found = list(validate_quiz(quiz, LEVELS, waiting=[waiting]))
    assert [(problem.code, problem.severity) for problem in found] == [("band-gap", each) for each in severities]
    assert [problem.severity for problem in validate_quiz(quiz, LEVELS)] == ["error"] * len(severities)
    assert set(found) <= set(analyse(quiz, LEVELS, waiting=[waiting]).findings)


def test_messages_say_which_values_are_meant() -> None:
    quiz = answers(((None, 1_000_000), 1), ((2_500_000, 3_000_000), 2), ((2_750_000, None), 3), metric=SHARE)
    assert [(found.message, found.hint) for found in validate_quiz(quiz, LEVELS)] == [
        ("no answer to 'salary' takes values from 1000000 to below 2500000.", "Begin this band at 1000000."),
        (
            "answers 2 and 3 to 'salary' both take values from 2750000 to below 3000000.",
            "Begin each band where the one below ends.",
        ),
    ]


ENDS = st.one_of(st.none(), st.integers(0, 6))


@properties
@given(st.lists(st.tuples(ENDS, ENDS), min_size=2, max_size=4))
def test_bands_are_valid_exactly_where_every_value_has_one_answer(ends: list[tuple[int | None, int | None]]) -> None:
    quiz = answers(*((pair, 1) for pair in ends), metric=SHARE)
    spans = [answer_span(option, ()) for option in quiz.questions[0].options]
    # Halves lie between all limits; no band may be empty or take everything.
    values = [half / 2 for half in range(14)]
    once = all(sum(span is not None and span.low <= value < span.high for span in spans) == 1 for value in values)
    proper = all(span is not None and span.low < span.high and (span.low, span.high) != (0, inf) for span in spans)
    assert (found_in(quiz) == []) == (once and proper)
