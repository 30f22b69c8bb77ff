"""What is proved about a quiz, compared with a brute force that lists every pattern of answers."""

import re
import sys
from collections import Counter
from collections.abc import Iterable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given

from generator.diagnostics.diagnostic import Diagnostic
from generator.quiz.analysis import Analysis, Example
from generator.quiz.scoring import build_scoring_model, score
from generator.quiz.thresholds import count_patterns, find_pattern, has_weight, reach_weights, tabulate_patterns
from generator.schema.quiz import Question, Quiz
from tests.quizzes import (
    Mistake,
    analyse_levels,
    ask,
    brute_mistakes,
    brute_pivotal_questions,
    brute_results,
    change_question,
    keys_of,
    patterns,
    properties,
    quiz_of,
    quizzes,
    random_quizzes,
)

SOUND = quiz_of(ask("1234", weight=2), ask("1234", gate=True), ask("1234"), ask("12341"), ask("1234"))
FROM_RESULTS = ("unreachable-level", "redundant-question", "redundant-answer", "redundant-weight", "redundant-gate")


def from_results(quiz: Quiz, found: Iterable[Diagnostic]) -> set[Mistake]:
    """The diagnostics that depend on results, in the terms of the brute force."""
    mistakes = [to_mistake(quiz, diagnostic) for diagnostic in found if diagnostic.code in FROM_RESULTS]
    assert len(set(mistakes)) == len(mistakes), "a mistake is reported twice"
    return set(mistakes)


def to_mistake(quiz: Quiz, diagnostic: Diagnostic) -> Mistake:
    if diagnostic.code == "unreachable-level":
        return diagnostic.code, None, unreachable_level(diagnostic)
    _, index, *rest = keys_of(diagnostic)
    assert isinstance(index, int)
    if diagnostic.code == "redundant-answer":
        return diagnostic.code, index, quiz.questions[index].options[int(rest[1])].level
    return diagnostic.code, index, None


def unreachable_level(diagnostic: Diagnostic) -> int:
    match = re.match(r"no answers lead to level (\d+): ", diagnostic.message)
    assert match
    return int(match[1])


def big_quiz(count: int, heaviest: int = 1) -> Quiz:
    """A sound quiz of `count` questions with six options each."""
    return quiz_of(*(ask("123456", weight=1 + i % heaviest, gate=i % 10 == 3) for i in range(count)))


def test_nothing_is_wrong_with_a_sound_quiz() -> None:
    assert not analyse_levels(SOUND, 4).findings


def test_the_counts_are_exact() -> None:
    counts = Counter(brute_results(SOUND).values())
    analysis = analyse_levels(SOUND, 4)
    assert analysis.counts == tuple(counts[level] for level in (1, 2, 3, 4))
    assert analysis.total == 4 * 4 * 4 * 5 * 4


def test_the_counts_of_a_large_quiz_are_whole_numbers() -> None:
    analysis = analyse_levels(big_quiz(40, heaviest=3), 6)
    assert analysis.total == 6**40
    assert all(isinstance(count, int) and count > 0 for count in analysis.counts)
    assert not analysis.findings


def test_without_gates_a_quiz_of_odd_weight_is_as_high_as_it_is_low() -> None:
    counts = analyse_levels(quiz_of(*[ask("123456")] * 39), 6).counts
    assert counts == counts[::-1]


@properties
@given(quizzes())
def test_the_counts_are_those_of_the_brute_force(quiz: Quiz) -> None:
    counts = Counter(brute_results(quiz).values())
    assert analyse_levels(quiz, 4).counts == tuple(counts[level] for level in (1, 2, 3, 4))


@properties
@given(quizzes(most_patterns=600))
def test_the_findings_are_those_of_the_brute_force(quiz: Quiz) -> None:
    assert from_results(quiz, analyse_levels(quiz, 4).findings) == brute_mistakes(quiz, 4)


@properties
@given(quizzes(most_patterns=300, level_count=3))
def test_the_pivotal_questions_are_those_of_the_brute_force(quiz: Quiz) -> None:
    assert analyse_levels(quiz, 3).pivotal_questions == brute_pivotal_questions(quiz, 3)


def test_sound_and_unsound_quizzes_are_told_apart_as_the_brute_force_does() -> None:
    seen: Counter[str] = Counter()
    for quiz in random_quizzes(seed=1, count=250):
        expected = brute_mistakes(quiz, 4)
        assert from_results(quiz, analyse_levels(quiz, 4).findings) == expected
        seen.update({code for code, _, _ in expected} or {"sound"})
    assert seen["sound"] > 50
    assert all(seen[code] > 5 for code in FROM_RESULTS), seen


@properties
@given(quizzes(most_patterns=300))
def test_each_level_that_is_reached_has_a_question_that_moves_the_result_into_it(quiz: Quiz) -> None:
    results = brute_results(quiz)
    reached = set(results.values())
    entered = {
        level
        for pattern, level in results.items()
        for position, question in enumerate(build_scoring_model(quiz).questions)
        for option in range(len(question.levels))
        if results[(*pattern[:position], option, *pattern[position + 1 :])] != level
    }
    assert entered == reached or (len(reached) == 1 and not entered)


@properties
@given(quizzes(most_patterns=600))
def test_the_examples_of_a_finding_show_it(quiz: Quiz) -> None:
    model, results = build_scoring_model(quiz), brute_results(quiz)
    for diagnostic, examples in analyse_levels(quiz, 4).findings.items():
        if diagnostic.code not in FROM_RESULTS:
            assert examples == ()
            continue
        assert all(results[example.answers] == example.level for example in examples)
        code, index, _ = to_mistake(quiz, diagnostic)
        levels = [example.level for example in examples]
        if code == "unreachable-level":
            assert len(levels) in (1, 2)
            assert unreachable_level(diagnostic) not in levels
        elif code in ("redundant-question", "redundant-answer"):
            first, second = examples
            assert first.level == second.level
            own = [position for position, question in enumerate(model.questions) if question.entry == index]
            assert find_differences(first, second) in (own, [])
        else:
            assert index is not None
            changed: dict[str, int] = {"weight": 1} if code == "redundant-weight" else {"gate": False}
            other = build_scoring_model(change_question(quiz, index, **changed))
            assert [score(other, example.answers) for example in examples] == levels


def find_differences(one: Example, other: Example) -> list[int]:
    pairs = enumerate(zip(one.answers, other.answers, strict=True))
    return [position for position, (answer, another) in pairs if answer != another]


def test_the_example_of_a_redundant_question_is_the_case_closest_to_a_different_result() -> None:
    quiz = quiz_of(ask("1234", weight=5), ask("1234"), ask("1234"))
    findings = analyse_levels(quiz, 4).findings
    diagnostic = next(found for found in findings if found.code == "redundant-question")
    assert [example.answers for example in findings[diagnostic]] == [(0, 0, 1), (0, 3, 1)]
    assert diagnostic.message == (
        "the question 'q2' never changes a result: even with the lowest answers except answer 2 to 'q3' elsewhere, "
        "each of its answers leads to level 1."
    )


def test_the_closest_case_is_looked_for_at_every_threshold() -> None:
    quiz = quiz_of(ask("1234", weight=6), ask("234", weight=2), ask("11"), ask("1234"))
    findings = analyse_levels(quiz, 4).findings
    diagnostic = next(found for found in findings if keys_of(found)[1:2] == (3,))
    assert [example.answers for example in findings[diagnostic]] == [(2, 0, 0, 0), (2, 0, 0, 3)]


def test_a_quiz_whose_results_cannot_be_worked_out_has_no_counts() -> None:
    analysis = analyse_levels(quiz_of(ask("1235"), ask("1234")), 4)
    assert (analysis.counts, analysis.pivotal_questions, analysis.total) == ((), (), 0)
    assert [found.code for found in analysis.findings] == ["unknown-level"]


def test_a_mistake_that_does_not_affect_results_does_not_hide_the_others() -> None:
    quiz = quiz_of(ask("1234", weight=2), ask("1234", weight=2), ask("1234", weight=2))
    quiz = change_question(quiz, 1, id="q1")
    assert [found.code for found in analyse_levels(quiz, 4).findings] == ["duplicate-id", "common-factor"]
    quiz = change_question(quiz, 2, options=ask("22").options)
    assert "redundant-question" in [found.code for found in analyse_levels(quiz, 4).findings]


def test_a_threshold_is_crossed_by_more_than_half_the_weight() -> None:
    model = build_scoring_model(quiz_of(ask("12"), ask("12")))
    assert count_patterns(model, 2) == 1
    assert reach_weights(model, 2, without=0)[-1] == 0b11


@pytest.mark.parametrize(
    ("above", "up_to", "expected"), [(3, 4, True), (4, 9, False), (-5, 0, False), (9, 10, True), (3, 3, False)]
)
def test_a_set_of_weights_is_searched_between_two_limits(above: int, up_to: int, expected: bool) -> None:
    """The set holds the weights 2 and 5; the limits are for their doubles, 4 and 10."""
    assert has_weight(0b100100, above, up_to) == expected


@properties
@given(quizzes(most_patterns=300))
def test_every_weight_that_can_be_reached_has_a_pattern(quiz: Quiz) -> None:
    model = build_scoring_model(quiz)
    for level in (2, 3, 4):
        for without in range(len(model.questions)):
            weights = reach_weights(model, level, without)[-1]
            found = {weight for weight in range(model.weight + 1) if weights >> weight & 1}
            made: set[int] = set()
            for pattern in patterns(quiz):
                levels = [q.levels[option] for q, option in zip(model.questions, pattern, strict=True)]
                others = [
                    (q, own) for i, (q, own) in enumerate(zip(model.questions, levels, strict=True)) if i != without
                ]
                if all(not q.gate or own >= level - 1 for q, own in others):
                    made.add(sum(q.weight for q, own in others if own >= level))
            assert found == made
            for weight in found:
                lowest = find_pattern(model, level, without, weight)
                above = [
                    q.weight
                    for i, (q, option) in enumerate(zip(model.questions, lowest, strict=True))
                    if i != without and q.levels[option] >= level
                ]
                assert sum(above) == weight


@pytest.mark.parametrize("count", [5, 10, 20, 40, 80])
def test_the_tables_grow_with_the_weight_not_with_the_patterns(count: int) -> None:
    model = build_scoring_model(big_quiz(count, heaviest=3))
    tables = list(tabulate_patterns(model, 3))
    assert len(tables) == count + 1
    assert all(len(table) == model.weight // 2 + 2 for table in tables)
    assert all(weights.bit_length() <= model.weight + 1 for weights in reach_weights(model, 3, without=0))


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
        analysis = analyse_levels(quiz, 6)
    finally:
        sys.settrace(before)
    assert isinstance(analysis, Analysis)
    return steps
