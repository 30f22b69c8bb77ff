"""What is said of the bands of a quiz, word for word: what is wrong, and how to mend it."""

import pytest

from generator.quiz.validation import validate_quiz
from generator.schema.level import Band
from generator.schema.quiz import Quiz
from tests.quiz.test_quiz_bands import LEVELS, SHARE, answers

NOTHING = (None, None, None)
HALF = (LEVELS[0], None, LEVELS[2])

MESSAGES: dict[str, tuple[Quiz, tuple[Band | None, ...], str]] = {
    "the band of a level that has none": (
        answers(("level", 1), ("level", 2), ("level", 3)), HALF,
        "answer 2 to 'salary' takes the band of level 2, which has none in this metric. "
        "Write the band: {from: ..., to: ...}.",
    ),
    "a band of nothing": (
        answers(((None, 10), 1), (None, 2)), NOTHING,
        "answer 1 to 'salary' has a band, but nothing says what is measured. Add metric: to the question.",
    ),
    "a band of everything": (
        answers(((None, None), 1), (None, 2)), LEVELS,
        "the band of answer 1 to 'salary' has no limit. Give it a from or a to.",
    ),
    "a band of no value": (
        answers(((100, 100), 2), (None, 1)), LEVELS,
        "the band of answer 1 to 'salary' ends at 100, so no value is in it. End it above 100.",
    ),
    "a lowest band with a start": (
        answers(((20, 100), 1), ((100, None), 2), metric=SHARE), LEVELS,
        "no answer to 'salary' takes values from 0 to below 20. The lowest band needs no from.",
    ),
    "a highest band with an end": (
        answers(((None, 100), 1), ((100, 200), 2), metric=SHARE), LEVELS,
        "no answer to 'salary' takes values of 200 or more. The highest band needs no to.",
    ),
    "a band beyond that of its level": (
        answers(((None, 120), 1), ((120, 150), 2), ("level", 3)), LEVELS,
        "answer 1 to 'salary' speaks for level 1, but its band is not within that level's. "
        "Level 1 takes values from 0 to below 100.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_says_what_is_wrong_and_how_to_mend_it(name: str) -> None:
    quiz, bands, text = MESSAGES[name]
    found = list(validate_quiz(quiz, bands))
    assert [f"{problem.message} {problem.hint}" for problem in found] == [text]
    assert {problem.path for problem in found} == {"quiz.yaml"}
