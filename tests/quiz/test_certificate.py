import sys
from collections import Counter
from types import FrameType
from typing import Any

import pytest
from hypothesis import given

from generator.quiz.analysis import Certificate, certify
from generator.quiz.scoring import read_scheme, score
from generator.quiz.thresholds import count_patterns, find_pattern, has_weight, reach_weights, tabulate_patterns
from generator.quiz.validation import Defect
from generator.schema.quiz import Question, Quiz
from tests.quizzes import (
    ask,
    brute_deciders,
    brute_defects,
    brute_results,
    change_question,
    patterns,
    properties,
    quiz_of,
    quizzes,
    random_quizzes,
)

SOUND = quiz_of(ask("1234", weight=2), ask("1234", gate=True), ask("1234"), ask("12341"), ask("1234"))
FROM_RESULTS = ("unreachable-level", "idle-question", "idle-answer", "idle-weight", "idle-gate")


def from_results(defects: tuple[Defect, ...]) -> set[tuple[str, int | None, int | None]]:
    """The defects that the brute force finds, in its terms."""
    keys: list[tuple[str, int | None, int | None]] = [
        (defect.kind, None if defect.kind == "unreachable-level" else defect.question, defect.level)
        for defect in defects
        if defect.kind in FROM_RESULTS
    ]
    assert len(set(keys)) == len(keys), "a defect is reported twice"
    return set(keys)


def big_quiz(count: int, heaviest: int = 1) -> Quiz:
    """A sound quiz of `count` questions with six options each."""
    return quiz_of(*(ask("123456", weight=1 + i % heaviest, gate=i % 10 == 3) for i in range(count)))


def test_a_sound_quiz_has_no_defects() -> None:
    assert certify(SOUND, 4).defects == ()


def test_the_counts_are_exact() -> None:
    counts = Counter(brute_results(SOUND).values())
    certificate = certify(SOUND, 4)
    assert certificate.counts == tuple(counts[level] for level in (1, 2, 3, 4))
    assert certificate.total == 4 * 4 * 4 * 5 * 4
    assert sum(certificate.shares) == pytest.approx(1)


def test_the_counts_of_a_large_quiz_are_whole_numbers() -> None:
    certificate = certify(big_quiz(40, heaviest=3), 6)
    assert certificate.total == 6**40
    assert all(isinstance(count, int) and count > 0 for count in certificate.counts)
    assert certificate.defects == ()


def test_without_gates_a_quiz_of_odd_weight_is_as_high_as_it_is_low() -> None:
    counts = certify(quiz_of(*[ask("123456")] * 39), 6).counts
    assert counts == counts[::-1]


@properties
@given(quizzes())
def test_the_counts_are_what_the_brute_force_counts(quiz: Quiz) -> None:
    counts = Counter(brute_results(quiz).values())
    assert certify(quiz, 4).counts == tuple(counts[level] for level in (1, 2, 3, 4))


@properties
@given(quizzes(most_patterns=600))
def test_the_defects_are_what_the_brute_force_finds(quiz: Quiz) -> None:
    assert from_results(certify(quiz, 4).defects) == brute_defects(quiz, 4)


@properties
@given(quizzes(most_patterns=300, level_count=3))
def test_the_deciding_questions_are_what_the_brute_force_finds(quiz: Quiz) -> None:
    assert certify(quiz, 3).deciders == brute_deciders(quiz, 3)


def test_sound_and_unsound_quizzes_are_told_apart_as_the_brute_force_does() -> None:
    seen: Counter[str] = Counter()
    for quiz in random_quizzes(seed=1, count=250):
        expected = brute_defects(quiz, 4)
        assert from_results(certify(quiz, 4).defects) == expected
        seen.update({kind for kind, _, _ in expected} or {"sound"})
    assert seen["sound"] > 50
    assert all(seen[kind] > 5 for kind in FROM_RESULTS), seen


@properties
@given(quizzes(most_patterns=300))
def test_each_level_that_is_reached_has_a_question_that_moves_the_result_into_it(quiz: Quiz) -> None:
    results = brute_results(quiz)
    reached = set(results.values())
    entered = {
        level
        for pattern, level in results.items()
        for position, question in enumerate(read_scheme(quiz).questions)
        for option in range(len(question.levels))
        if results[(*pattern[:position], option, *pattern[position + 1 :])] != level
    }
    assert entered == reached or (len(reached) == 1 and not entered)


@properties
@given(quizzes(most_patterns=600))
def test_every_defect_has_examples_that_show_it(quiz: Quiz) -> None:
    scheme, results = read_scheme(quiz), brute_results(quiz)
    for defect in certify(quiz, 4).defects:
        if defect.kind not in FROM_RESULTS:
            continue
        assert all(results[example.answers] == example.level for example in defect.examples)
        levels = [example.level for example in defect.examples]
        if defect.kind == "unreachable-level":
            assert len(levels) in (1, 2)
            assert defect.level not in levels
        elif defect.kind in ("idle-question", "idle-answer"):
            first, second = defect.examples
            assert first.level == second.level
            differing = [
                i
                for i, (one, other) in enumerate(zip(*[e.answers for e in defect.examples], strict=True))
                if one != other
            ]
            own = [position for position, question in enumerate(scheme.questions) if question.entry == defect.question]
            assert differing in (own, [])
        else:
            changed: dict[str, int] = {"weight": 1} if defect.kind == "idle-weight" else {"gate": False}
            assert defect.question is not None
            other = read_scheme(change_question(quiz, defect.question, **changed))
            assert [score(other, example.answers) for example in defect.examples] == levels


def test_the_example_of_an_idle_question_is_the_case_where_it_comes_nearest_to_deciding() -> None:
    quiz = quiz_of(ask("1234", weight=5), ask("1234"), ask("1234"))
    defect = next(defect for defect in certify(quiz, 4).defects if defect.kind == "idle-question")
    assert [example.answers for example in defect.examples] == [(0, 0, 1), (0, 3, 1)]
    assert defect.message == (
        "the question 'q2' never changes a result: even with the lowest answers except answer 2 to 'q3' elsewhere, "
        "each of its answers leads to level 1."
    )


def test_the_nearest_case_is_looked_for_at_every_border() -> None:
    quiz = quiz_of(ask("1234", weight=6), ask("234", weight=2), ask("11"), ask("1234"))
    defect = next(defect for defect in certify(quiz, 4).defects if defect.question == 3)
    assert [example.answers for example in defect.examples] == [(2, 0, 0, 0), (2, 0, 0, 3)]


def test_a_defect_that_shows_without_results_leaves_the_certificate_empty() -> None:
    certificate = certify(quiz_of(ask("1235"), ask("1234")), 4)
    assert (certificate.counts, certificate.deciders, certificate.total, certificate.shares) == ((), (), 0, ())
    assert [defect.kind for defect in certificate.defects] == ["unknown-level"]


def test_a_defect_that_leaves_results_as_they_are_does_not_hide_the_others() -> None:
    quiz = quiz_of(ask("1234", weight=2), ask("1234", weight=2), ask("1234", weight=2))
    quiz = change_question(quiz, 1, id="q1")
    kinds = [defect.kind for defect in certify(quiz, 4).defects]
    assert kinds == ["duplicate-id", "common-factor"]
    quiz = change_question(quiz, 2, options=ask("22").options)
    assert "idle-question" in [defect.kind for defect in certify(quiz, 4).defects]


def test_a_border_is_crossed_by_more_than_half_the_weight() -> None:
    scheme = read_scheme(quiz_of(ask("12"), ask("12")))
    assert count_patterns(scheme, 2) == 1
    assert reach_weights(scheme, 2, without=0)[-1] == 0b11


@pytest.mark.parametrize(
    ("above", "up_to", "expected"), [(3, 4, True), (4, 9, False), (-5, 0, False), (9, 10, True), (3, 3, False)]
)
def test_a_set_of_weights_is_searched_between_two_limits(above: int, up_to: int, expected: bool) -> None:
    """The set holds the weights 2 and 5; the limits are for their doubles, 4 and 10."""
    assert has_weight(0b100100, above, up_to) == expected


@properties
@given(quizzes(most_patterns=300))
def test_every_weight_that_can_be_reached_has_a_pattern(quiz: Quiz) -> None:
    scheme = read_scheme(quiz)
    for level in (2, 3, 4):
        for without in range(len(scheme.questions)):
            weights = reach_weights(scheme, level, without)[-1]
            found = {weight for weight in range(scheme.weight + 1) if weights >> weight & 1}
            made: set[int] = set()
            for pattern in patterns(quiz):
                levels = [q.levels[option] for q, option in zip(scheme.questions, pattern, strict=True)]
                others = [
                    (q, own) for i, (q, own) in enumerate(zip(scheme.questions, levels, strict=True)) if i != without
                ]
                if all(not q.gate or own >= level - 1 for q, own in others):
                    made.add(sum(q.weight for q, own in others if own >= level))
            assert found == made
            for weight in found:
                lowest = find_pattern(scheme, level, without, weight)
                above = [
                    q.weight
                    for i, (q, option) in enumerate(zip(scheme.questions, lowest, strict=True))
                    if i != without and q.levels[option] >= level
                ]
                assert sum(above) == weight


@pytest.mark.parametrize("count", [5, 10, 20, 40, 80])
def test_the_tables_grow_with_the_weight_not_with_the_patterns(count: int) -> None:
    scheme = read_scheme(big_quiz(count, heaviest=3))
    tables = list(tabulate_patterns(scheme, 3))
    assert len(tables) == count + 1
    assert all(len(table) == scheme.weight // 2 + 2 for table in tables)
    assert all(weights.bit_length() <= scheme.weight + 1 for weights in reach_weights(scheme, 3, without=0))


@pytest.mark.parametrize("questions", [[ask("123456", gate=True)], [ask("123456")], [ask("13"), ask("2246", weight=3)]])
def test_twice_the_questions_take_at_most_eight_times_the_steps(questions: list[Question]) -> None:
    """Steps are lines of the program that are run, so the measure is the same on every machine."""
    steps = [count_steps(quiz_of(*questions * (count // len(questions)))) for count in (10, 20, 40)]
    assert steps[1] <= 8 * steps[0]
    assert steps[2] <= 8 * steps[1]


def count_steps(quiz: Quiz) -> int:
    steps = 0

    def count(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal steps
        steps += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        certificate = certify(quiz, 6)
    finally:
        sys.settrace(before)
    assert isinstance(certificate, Certificate)
    return steps
