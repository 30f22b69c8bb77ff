"""What is said of the form of a quiz and of its bands, word for word: what is wrong, and how to mend it."""

import pytest

from generator.quiz.validation import validate_quiz
from generator.schema.level import Band
from generator.schema.quiz import Quiz
from tests.quiz.test_quiz_bands import LEVELS, SHARE, answers, replace_texts
from tests.quizzes import ask, change_option, change_question, quiz_of

NOTHING = (None, None, None)
HALF = (LEVELS[0], None, LEVELS[2])

VALID = quiz_of(ask("123"), ask("123"), ask("123"))

MESSAGES: dict[str, tuple[Quiz, tuple[Band | None, ...], str]] = {
    "nothing but drafts": (
        quiz_of(ask("123", draft=True)), NOTHING,
        "the quiz asks nothing: every question is a draft. Publish a question, or delete the file.",
    ),
    "an id twice": (
        change_question(VALID, 2, id="q1"), NOTHING,
        "another question has the id 'q1' too. Rename one.",
    ),
    "a question twice but for capitals, spaces and its mark": (
        change_question(VALID, 2, text=" question  1 ?"), NOTHING,
        "the question 'q3' asks the same as 'q1'. Delete one, or ask something else.",
    ),
    "weights with a common factor": (
        quiz_of(ask("123", weight=6), ask("123", weight=3)), NOTHING,
        "every weight is a multiple of 3, and only how weights compare matters. "
        "Divide each by 3: the results stay the same.",
    ),
    "a weight out of range": (
        change_question(VALID, 1, weight=101), NOTHING,
        "the weight of 'q2' is 101. Weights are whole numbers from 1 to 100.",
    ),
    "a level below the lowest": (
        change_option(VALID, 1, 0, level=0), NOTHING,
        "answer 1 to 'q2' speaks for level 0, which does not exist. "
        "The levels are 1 to 3: write level: 1, or delete the answer.",
    ),
    "a level above the highest": (
        change_option(VALID, 1, 2, level=7), NOTHING,
        "answer 3 to 'q2' speaks for level 7, which does not exist. "
        "The levels are 1 to 3: write level: 3, or delete the answer.",
    ),
    "an answer without text": (
        change_option(VALID, 0, 1, text=None), NOTHING,
        "answer 2 to 'q1' says nothing. Add text: or band:.",
    ),
    "an answer twice": (
        change_option(VALID, 0, 2, text="Option 2."), NOTHING,
        "answer 3 to 'q1' says the same as answer 2. Delete one, or say how they differ.",
    ),
    "an answer twice, behind one with a band": (
        replace_texts(answers(("level", 1), ("level", 2), ("level", 3), (None, 1), (None, 2)), "no idea"), LEVELS,
        "answer 5 to 'salary' says the same as answer 4. Delete one, or say how they differ.",
    ),
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
