"""Mistakes planted in a quiz: each is reported once, with its code, at the field to correct."""

import pytest

from generator.diagnostics.diagnostic import Keys
from generator.schema.quiz import Question, Quiz
from tests.quizzes import analyse_levels, ask, change_option, change_question, keys_of, quiz_of

VALID = quiz_of(ask("1234", weight=2), ask("1234", gate=True), ask("1234"), ask("12341"), ask("1234"))


def option(index: int, number: int, *more: str) -> Keys:
    return ("questions", index, "options", number, *more)


def question(index: int, *more: str) -> Keys:
    return ("questions", index, *more)


TEXT = change_question(VALID, 2, text="  question 1. ")
DRAFTS = quiz_of(ask("1234", draft=True), ask("1234", draft=True))
LAST = len(VALID.questions)


def with_more(*questions: Question) -> Quiz:
    """The valid quiz with more questions at the end."""
    return quiz_of(*VALID.questions, *questions)


PLANTED: dict[str, tuple[Quiz, list[tuple[str, Keys]]]] = {
    # The form of the file.
    "every question is a draft": (DRAFTS, [("no-questions", ("questions",))]),
    "an answer without text": (change_option(VALID, 3, 2, text=None), [("empty-answer", option(3, 2))]),
    "an id twice": (change_question(VALID, 4, id="q1"), [("duplicate-id", question(4, "id"))]),
    "an id three times": (
        change_question(change_question(VALID, 2, id="q1"), 4, id="q1"),
        [("duplicate-id", question(2, "id")), ("duplicate-id", question(4, "id"))],
    ),
    "a question twice": (change_question(VALID, 2, text="Question 1?"), [("duplicate-question", question(2, "text"))]),
    "a question twice but for capitals, spaces and its mark": (TEXT, [("duplicate-question", question(2, "text"))]),
    "an answer twice": (change_option(VALID, 0, 3, text="option 2"), [("duplicate-answer", option(0, 3, "text"))]),
    "an answer twice but for capitals": (
        change_option(VALID, 3, 4, text="Option 1."),
        [("duplicate-answer", option(3, 4, "text"))],
    ),
    "a level above the highest": (change_option(VALID, 2, 3, level=5), [("unknown-level", option(2, 3, "level"))]),
    "a level far above": (change_option(VALID, 0, 0, level=40), [("unknown-level", option(0, 0, "level"))]),
    "level 0": (change_option(VALID, 4, 1, level=0), [("unknown-level", option(4, 1, "level"))]),
    "weight 0": (change_question(VALID, 2, weight=0), [("weight-out-of-range", question(2, "weight"))]),
    "all weights 0": (
        quiz_of(ask("1234", weight=0), ask("1234", weight=0)),
        [("weight-out-of-range", question(0, "weight")), ("weight-out-of-range", question(1, "weight"))],
    ),
    "a negative weight": (change_question(VALID, 0, weight=-2), [("weight-out-of-range", question(0, "weight"))]),
    "a weight that nobody can count": (
        change_question(VALID, 0, weight=101),
        [("weight-out-of-range", question(0, "weight"))],
    ),
    "all weights 2": (
        quiz_of(*[ask("1234", weight=2)] * 3),
        [("common-factor", question(0, "weight"))],
    ),
    "weights with a common factor": (
        quiz_of(ask("1234", draft=True), ask("1234", weight=6), ask("1234", weight=3), ask("1234", weight=3)),
        [("common-factor", question(1, "weight"))],
    ),
    "a single question with a weight": (
        quiz_of(ask("1234", weight=3)),
        [("common-factor", question(0, "weight"))],
    ),
    "two mistakes in one file": (
        change_option(change_question(VALID, 4, id="q2"), 2, 3, level=9),
        [("duplicate-id", question(4, "id")), ("unknown-level", option(2, 3, "level"))],
    ),
    # Levels.
    "no answer speaks for the highest level": (
        quiz_of(ask("123"), ask("123"), ask("123")),
        [("unreachable-level", ("questions",))],
    ),
    "too few answers speak for the highest level": (
        quiz_of(ask("1234"), ask("123"), ask("123")),
        [("unreachable-level", ("questions",))],
    ),
    "exactly half the weight speaks for the highest level": (
        quiz_of(ask("1234"), ask("1234"), ask("123"), ask("123")),
        [("unreachable-level", ("questions",))],
    ),
    "a gate that is not to blame": (
        quiz_of(ask("123", gate=True), ask("123"), ask("123")),
        [("unreachable-level", ("questions",))],
    ),
    "no answer speaks for the lowest level": (
        quiz_of(ask("234"), ask("234"), ask("234")),
        [("unreachable-level", ("questions",))],
    ),
    "too few answers speak for the lowest level": (
        quiz_of(ask("1234"), ask("234"), ask("234")),
        [("unreachable-level", ("questions",))],
    ),
    "no answer speaks for a level in the middle": (
        quiz_of(ask("124"), ask("124"), ask("124")),
        [("unreachable-level", option(1, 2, "level"))],
    ),
    "no answer speaks for two levels in the middle": (
        quiz_of(ask("14"), ask("14"), ask("14")),
        [("unreachable-level", option(1, 1, "level")), ("unreachable-level", option(1, 1, "level"))],
    ),
    "a gate without a high answer": (
        quiz_of(ask("1234"), ask("12", gate=True), ask("1234"), ask("1234")),
        [("unreachable-level", question(1, "gate"))],
    ),
    "the lower of two gates without a high answer": (
        quiz_of(ask("1234"), ask("123", gate=True), ask("12", gate=True), ask("1234"), ask("1234")),
        [("unreachable-level", question(2, "gate"))],
    ),
    "every answer speaks for one level": (
        quiz_of(ask("22")),
        [
            ("unreachable-level", ("questions",)),
            ("unreachable-level", ("questions",)),
            ("unreachable-level", ("questions",)),
            ("redundant-question", question(0)),
        ],
    ),
    # Questions.
    "a question with one level": (with_more(ask("222")), [("redundant-question", question(LAST))]),
    "a question that is outweighed": (
        quiz_of(ask("1234", weight=3), ask("1234"), ask("1234")),
        [("redundant-question", question(1)), ("redundant-question", question(2))],
    ),
    "a question that is outweighed by two": (
        quiz_of(ask("1234", weight=4), ask("1234", weight=4), ask("1234", weight=3), ask("1234")),
        [("redundant-question", question(3))],
    ),
    "a question that a draft cannot save": (
        quiz_of(ask("1234"), ask("1234"), ask("1234", weight=3), ask("1234", weight=5, draft=True)),
        [("redundant-question", question(0)), ("redundant-question", question(1))],
    ),
    "a question behind a draft": (
        quiz_of(ask("1234", draft=True), ask("1234", weight=3), ask("14"), ask("1234")),
        [("redundant-question", question(2)), ("redundant-question", question(3))],
    ),
    # Answers.
    "the highest answer to a gate without enough weight": (
        quiz_of(ask("1234", weight=2), ask("1234", gate=True)),
        [("redundant-answer", option(1, 3, "level"))],
    ),
    "the highest answer to a gate among heavier questions": (
        quiz_of(ask("1234", gate=True), ask("1234", weight=3), ask("1234", weight=3), ask("1234", weight=3)),
        [("redundant-answer", option(0, 3, "level"))],
    ),
    "the highest answer of a gate that skips levels": (
        quiz_of(ask("124", weight=2), ask("134", gate=True), ask("1234", draft=True)),
        [("unreachable-level", option(1, 1, "level")), ("redundant-answer", option(1, 2, "level"))],
    ),
    "an answer to a gate that has too little to hold back": (
        quiz_of(ask("123", gate=True), ask("23"), ask("22")),
        [
            ("unreachable-level", ("questions",)),
            ("unreachable-level", ("questions",)),
            ("redundant-gate", question(0, "gate")),
            ("redundant-answer", option(0, 1, "level")),
            ("redundant-question", question(2)),
        ],
    ),
    "an answer whose level others cannot join": (
        quiz_of(ask("123"), ask("234"), ask("1234", weight=2)),
        [("redundant-answer", option(0, 1, "level"))],
    ),
    "the same behind a draft": (
        quiz_of(ask("1234", draft=True), ask("123"), ask("234"), ask("1234", weight=2)),
        [("redundant-answer", option(1, 1, "level"))],
    ),
    # Weights.
    "the weight of a gate that only holds back": (
        quiz_of(ask("123", weight=2, gate=True), ask("1234", weight=3)),
        [("redundant-weight", question(0, "weight"))],
    ),
    # Gates.
    "a gate with only high answers": (
        quiz_of(ask("34", gate=True), ask("1234"), ask("1234")),
        [("redundant-gate", question(0, "gate"))],
    ),
    "a gate that decides alone": (quiz_of(ask("1234", gate=True)), [("redundant-gate", question(0, "gate"))]),
    "a gate that outweighs everything": (
        quiz_of(ask("1234"), ask("1234", gate=True, weight=3), ask("1234")),
        [
            ("redundant-gate", question(1, "gate")),
            ("redundant-question", question(0)),
            ("redundant-question", question(2)),
        ],
    ),
    "a gate with half the weight": (
        quiz_of(ask("1234", gate=True), ask("1234")),
        [("redundant-gate", question(0, "gate"))],
    ),
}


VALID_ONES: dict[str, tuple[Quiz, int]] = {
    "five questions": (VALID, 4),
    "one question": (quiz_of(ask("1234")), 4),
    "two levels": (quiz_of(ask("12"), ask("12"), ask("12")), 2),
    "seven levels": (quiz_of(*[ask("1234567")] * 3), 7),
    "two questions": (quiz_of(ask("1234"), ask("1234")), 4),
    "a question without the highest level": (quiz_of(ask("1234"), ask("123"), ask("1234")), 4),
    "a question of yes or no": (quiz_of(ask("1234"), ask("14"), ask("1234"), ask("41")), 4),
    "two answers for one level": (quiz_of(ask("12341"), ask("112234"), ask("1234")), 4),
    "answers in any order": (quiz_of(ask("3142"), ask("4321"), ask("1234")), 4),
    "a weight that counts": (quiz_of(ask("1234", weight=2), ask("1234"), ask("1234"), ask("1234")), 4),
    "the heaviest weights": (quiz_of(*(ask("1234", weight=weight) for weight in (100, 99, 98))), 4),
    "two gates": (quiz_of(ask("1234", gate=True), ask("1234", gate=True), ask("1234"), ask("1234")), 4),
    "a draft that would be full of mistakes": (
        quiz_of(ask("9", weight=0, gate=True, draft=True), *VALID.questions, ask("9", weight=0, draft=True)),
        4,
    ),
    "a level that is reached only through a gate": (quiz_of(ask("124", weight=2), ask("124", gate=True)), 4),
}


def found_in(quiz: Quiz, level_count: int = 4) -> list[tuple[str, Keys]]:
    return sorted(((found.code, keys_of(found)) for found in analyse_levels(quiz, level_count).findings), key=str)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_mistake_is_reported_at_its_field(name: str) -> None:
    quiz, expected = PLANTED[name]
    assert found_in(quiz) == sorted(expected, key=str)


def test_at_least_forty_mistakes_are_planted() -> None:
    assert sum(bool(expected) for _, expected in PLANTED.values()) == len(PLANTED) >= 40


@pytest.mark.parametrize("name", VALID_ONES)
def test_nothing_is_wrong_with_a_valid_quiz(name: str) -> None:
    assert found_in(*VALID_ONES[name]) == []


# What editors read, one report for each thing that results can show.
REPORTS: dict[str, tuple[Quiz, str]] = {
    "a level above all": (
        quiz_of(ask("1234"), ask("123"), ask("123")),
        "no answers lead to level 4: the highest answers lead to level 3. Add an answer for level 4 to 'q2'.",
    ),
    "a level below all": (
        quiz_of(ask("234"), ask("234"), ask("1234")),
        "no answers lead to level 1: the lowest answers lead to level 2. Add an answer for level 1 to 'q1'.",
    ),
    "a level in between": (
        quiz_of(ask("124"), ask("124"), ask("124")),
        "no answers lead to level 3: none speaks for it. Add an answer for level 3 to 'q1' and 'q2'.",
    ),
    "a level that only light questions can lack": (
        quiz_of(ask("123"), ask("123", weight=3), ask("1234"), ask("1234")),
        "no answers lead to level 4: the highest answers lead to level 3. Add an answer for level 4 to 'q2'.",
    ),
    "a level between low answers": (
        quiz_of(ask("14", weight=2), ask("24"), ask("34")),
        "no answers lead to level 2: with the lowest answers elsewhere, answer 2 to 'q1' goes from level 1 to 3. "
        "Add an answer for level 2 to 'q1'.",
    ),
    "a level between high answers": (
        quiz_of(ask("24"), ask("34"), ask("14", weight=2)),
        "no answers lead to level 2: with the highest answers elsewhere, answer 2 to 'q3' goes from level 1 to 4. "
        "Add an answer for level 2 to 'q3'.",
    ),
    "a level between low answers and a high one": (
        quiz_of(ask("24"), ask("14", weight=2), ask("34")),
        "no answers lead to level 2: with the lowest answers except answer 2 to 'q1' elsewhere, "
        "answer 2 to 'q2' goes from level 1 to 4. Add an answer for level 2 to 'q2'.",
    ),
    "a level between low answers and two high ones": (
        quiz_of(ask("14", weight=2), ask("12"), ask("24", weight=2), ask("12"), ask("13")),
        "no answers lead to level 3: with the lowest answers except answer 2 to 'q1' and answer 2 to 'q2' elsewhere, "
        "answer 2 to 'q3' goes from level 2 to 4. Add an answer for level 3 to 'q1' and 'q3'.",
    ),
    "a level above a gate": (
        quiz_of(ask("1234"), ask("12", gate=True), ask("1234"), ask("1234")),
        "no answers lead to level 4: the gate 'q2' lets none above 3. "
        "Give 'q2' an answer for level 3 or higher, or delete its gate.",
    ),
    "a question": (
        quiz_of(ask("1234", weight=4), ask("1234", weight=4), ask("1234", weight=3), ask("1234")),
        "nobody's result depends on the question 'q4': whatever one answers, the others decide. "
        "Delete it, or give the question 'weight: 3'.",
    ),
    "a question with one level": (
        with_more(ask("222")),
        "nobody's result depends on the question 'q6': all its answers speak for level 2. "
        "Delete it, or let its answers speak for different levels.",
    ),
    "a question beside the heaviest": (
        quiz_of(ask("1234", weight=100), ask("1234")),
        "nobody's result depends on the question 'q2': whatever one answers, the others decide. "
        "Delete it, or give the question 'weight: 100'.",
    ),
    "an answer": (
        quiz_of(ask("123"), ask("234"), ask("1234", weight=2)),
        "answers 1 and 2 to 'q1' speak for levels 1 and 2, but everybody gets the same result with either. "
        "Make one answer of them, or give the question 'weight: 2'.",
    ),
    "an answer among high ones": (
        quiz_of(ask("1234", gate=True), ask("1234", weight=3), ask("1234", weight=3), ask("1234", weight=3)),
        "answers 3 and 4 to 'q1' speak for levels 3 and 4, but everybody gets the same result with either. "
        "Make one answer of them, or give the question 'weight: 3'.",
    ),
    "a weight": (
        quiz_of(ask("123", weight=2, gate=True), ask("1234", weight=3)),
        "the weight of 'q1' changes nobody's result: 2 does the same as 1. Delete 'weight'.",
    ),
    "a gate": (
        quiz_of(ask("1234", gate=True), ask("1234")),
        "nobody's result depends on the gate 'q1': everybody gets the same level without it. Delete 'gate: true'.",
    ),
    "a gate without a low answer": (
        quiz_of(ask("34", gate=True), ask("1234"), ask("1234")),
        "nobody's result depends on the gate 'q1': everybody gets the same level without it. "
        "Delete 'gate: true', or add an answer for a lower level.",
    ),
    "a gate without an answer for the lowest level": (
        quiz_of(ask("234", gate=True), ask("1234")),
        "nobody's result depends on the gate 'q1': everybody gets the same level without it. "
        "Delete 'gate: true', or add an answer for a lower level.",
    ),
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_message_shows_the_mistake_and_the_hint_its_remedy(name: str) -> None:
    quiz, expected = REPORTS[name]
    (found,) = analyse_levels(quiz, 4).findings
    assert f"{found.message} {found.hint}" == expected
    assert found.path == "quiz.yaml"


def test_a_level_below_all_results_can_be_reached_with_answers_further_below() -> None:
    quiz = quiz_of(ask("34"), ask("34"), ask("1234"))
    findings = analyse_levels(quiz, 4).findings
    hints = [found.hint for found in findings if found.message.startswith("no answers lead to level 2:")]
    assert hints == ["Add an answer for level 2 to 'q1'."]


NO_WEIGHT: dict[str, tuple[Quiz, str, str]] = {
    "a question": (
        quiz_of(ask("13", weight=100, gate=True), ask("23"), ask("13", gate=True)),
        "nobody's result depends on the question 'q2':",
        "Delete it.",
    ),
    "an answer": (
        quiz_of(ask("14", weight=2), ask("134", gate=True)),
        "answers 2 and 3 to 'q2' speak for levels 3 and 4,",
        "Make one answer of them.",
    ),
}


@pytest.mark.parametrize("name", NO_WEIGHT)
def test_no_weight_is_advised_that_an_editor_may_not_write_or_that_does_not_help(name: str) -> None:
    quiz, message, hint = NO_WEIGHT[name]
    assert [found.hint for found in analyse_levels(quiz, 4).findings if found.message.startswith(message)] == [hint]
