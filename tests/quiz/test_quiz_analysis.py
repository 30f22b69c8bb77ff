"""What is proved about a quiz, compared with a brute force that lists every pattern of answers."""

import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from msgspec import structs

from generator.diagnostics.diagnostic import Diagnostic
from generator.quiz.analysis import Analysis, analyse
from generator.quiz.scoring import ScoredQuestion, ScoringModel, build_scoring_model
from generator.quiz.thresholds import count_patterns, reach_balances, split_options
from generator.schema.quiz import Question, Quiz
from tests.quizzes import (
    Mistake,
    Pattern,
    analyse_levels,
    ask,
    asked,
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

VALID = quiz_of(ask("1234", weight=2), ask("1234", gate=True), ask("1234"), ask("12341"), ask("1234"))
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
    """A valid quiz of `count` questions with six options each."""
    return quiz_of(*(ask("123456", weight=1 + i % heaviest, gate=i % 10 == 3) for i in range(count)))


def test_nothing_is_wrong_with_a_valid_quiz() -> None:
    assert not analyse_levels(VALID, 4).findings


def test_the_counts_are_exact() -> None:
    counts = Counter(brute_results(VALID).values())
    analysis = analyse_levels(VALID, 4)
    assert analysis.counts == tuple(counts[level] for level in (1, 2, 3, 4))
    assert sum(analysis.counts) == 4 * 4 * 4 * 5 * 4


def test_the_counts_of_a_large_quiz_are_whole_numbers() -> None:
    analysis = analyse_levels(big_quiz(40, heaviest=3), 6)
    assert sum(analysis.counts) == 6**40
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


def test_options_are_split_at_a_threshold_with_the_lowest_level_first() -> None:
    question = ScoredQuestion(0, (3, 1, 4, 2))
    assert split_options(question, 3) == ([1, 3], [0, 2])
    assert split_options(question._replace(gate=True), 3) == ([3], [0, 2])


def test_valid_and_invalid_quizzes_are_told_apart_as_the_brute_force_does() -> None:
    seen: Counter[str] = Counter()
    for quiz in random_quizzes(random.Random(1), count=250):
        expected = brute_mistakes(quiz, 4)
        assert from_results(quiz, analyse_levels(quiz, 4).findings) == expected
        seen.update({code for code, _, _ in expected} or {"valid"})
    assert seen["valid"] > 50
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


DESCRIPTION = re.compile(r"the (lowest|highest) answers( except .*?)?(?: elsewhere| lead to)")


@properties
@given(quizzes(most_patterns=600))
def test_the_answers_that_a_message_describes_lead_where_it_says(quiz: Quiz) -> None:
    results = brute_results(quiz)
    positions = {question.entry: position for position, question in enumerate(build_scoring_model(quiz).questions)}
    for found in analyse_levels(quiz, 4).findings:
        described = DESCRIPTION.search(found.message)
        if found.code not in FROM_RESULTS or not described:
            continue
        answers = described_answers(quiz, described)
        level = int(re.findall(r"\d+", found.message)[-1])
        _, *keys = keys_of(found)
        if not keys:
            assert results[answers] == level
            continue
        index = int(keys[0])
        position = positions[index]
        column = [
            results[(*answers[:position], option, *answers[position + 1 :])]
            for option in range(len(quiz.questions[index].options))
        ]
        match found.code:
            case "unreachable-level":
                below = int(re.findall(r"from level (\d+) to", found.message)[0])
                assert below in column
                assert below < unreachable_level(found) < column[int(keys[2])] == level


def described_answers(quiz: Quiz, described: re.Match[str]) -> Pattern:
    """The pattern in words such as `the lowest answers except answer 2 to 'q3'`."""
    usual = min if described[1] == "lowest" else max
    levels = {question.id: [option.level for option in question.options] for question in asked(quiz)}
    answers = {name: own.index(usual(own)) for name, own in levels.items()}
    for number, name in re.findall(r"answer (\d+) to '(\w+)'", described[2] or ""):
        answers[name] = int(number) - 1
    return tuple(answers.values())


@properties
@given(quizzes(most_patterns=600))
def test_what_leads_nowhere_is_an_error_and_what_has_no_effect_a_warning_that_names_what_mends_it(quiz: Quiz) -> None:
    before = analyse_levels(quiz, 4)
    for found in before.findings:
        assert found.severity == ("error" if found.code == "unreachable-level" else "warning")
        if mended := mend(quiz, found):
            after = analyse_levels(mended, 4)
            assert found.code not in [other.code for other in after.findings if keys_of(other) == keys_of(found)]
            assert all(new or not old for old, new in zip(before.counts, after.counts, strict=True))


def mend(quiz: Quiz, found: Diagnostic) -> Quiz | None:
    """The quiz with what the hint of a warning says."""
    keys = keys_of(found)
    index = int(keys[1]) if len(keys) > 1 else 0
    if weight := re.search(r"'weight: (\d+)'", found.hint):
        return change_question(quiz, index, weight=int(weight[1]))
    if found.hint == "Delete 'weight'.":
        return change_question(quiz, index, weight=1)
    if found.hint.startswith("Delete 'gate: true'"):
        return change_question(quiz, index, gate=False)
    return None


@properties
@given(quizzes(most_patterns=600))
def test_the_answers_that_a_level_lacks_are_enough_for_it(quiz: Quiz) -> None:
    for found in analyse_levels(quiz, 4).findings:
        if lacking := re.match(r"Add an answer for level (\d) to (.*)\.", found.hint):
            level, ids = int(lacking[1]), re.findall(r"'(\w+)'", lacking[2])
            mended = quiz
            for index, question in enumerate(quiz.questions):
                if question.id in ids:
                    more = structs.replace(question.options[0], text="More", level=level)
                    mended = change_question(mended, index, options=(*question.options, more))
            assert analyse_levels(mended, 4).counts[level - 1]


def test_a_quiz_whose_results_cannot_be_worked_out_has_no_counts() -> None:
    analysis = analyse_levels(quiz_of(ask("1235"), ask("1234")), 4)
    assert (analysis.counts, analysis.pivotal_questions) == ((), ())
    assert [found.code for found in analysis.findings] == ["unknown-level"]


def test_a_mistake_that_does_not_affect_results_does_not_hide_the_others() -> None:
    quiz = quiz_of(ask("1234", weight=2), ask("1234", weight=2), ask("1234", weight=2))
    quiz = change_question(quiz, 1, id="q1")
    assert [found.code for found in analyse_levels(quiz, 4).findings] == ["duplicate-id", "common-factor"]
    quiz = change_question(quiz, 2, options=ask("22").options)
    assert "redundant-question" in [found.code for found in analyse_levels(quiz, 4).findings]


# Levels that are not live


def analyse_live(quiz: Quiz, live: Sequence[int], waiting: Sequence[int] = ()) -> Analysis:
    return analyse(quiz, [None] * 4, live=live, waiting=waiting)


def test_answers_for_a_level_that_is_not_live_count_for_the_nearest_one() -> None:
    """Of two, the lower one."""
    moved = quiz_of(ask("1223", weight=2), ask("1223", gate=True), ask("1223"), ask("12231"), ask("1223"))
    assert analyse_live(VALID, [1, 2, 4])[:2] == analyse_levels(moved, 3)[:2]
    assert analyse_live(VALID, [1, 2, 3, 4]) == analyse_levels(VALID, 4)
    assert not analyse_live(VALID, [1, 2, 4]).findings


LIVE: dict[str, tuple[Quiz, list[int], list[int], list[tuple[int, str]]]] = {
    "a level that is not live": (quiz_of(*[ask("124")] * 3), [1, 2, 4], [], [(3, "error")]),
    "a level that waits to be": (quiz_of(*[ask("124")] * 3), [1, 2, 4], [3], [(3, "warning")]),
    "a level that is live, by its own number": (quiz_of(*[ask("123")] * 3), [1, 2, 4], [], [(4, "error")]),
    "a level that the answers for another one lead to": (quiz_of(*[ask("123")] * 3), [1, 4], [], []),
    "two levels": (quiz_of(*[ask("22")] * 3), [2, 3], [1, 4], [(1, "warning"), (3, "error"), (4, "warning")]),
}


@pytest.mark.parametrize("name", LIVE)
def test_a_level_needs_answers_whether_it_is_live_or_will_be(name: str) -> None:
    quiz, live, waiting, expected = LIVE[name]
    found = [one for one in analyse_live(quiz, live, waiting).findings if one.code == "unreachable-level"]
    assert sorted((unreachable_level(one), one.severity) for one in found) == expected


def test_a_threshold_is_crossed_by_more_than_half_the_weight() -> None:
    model = build_scoring_model(quiz_of(ask("12"), ask("12")))
    assert count_patterns(model, 2) == 1
    assert reach_balances(model, 2, without=0) == {-1: (0, 0), 1: (0, 1)}


@properties
@given(quizzes(most_patterns=300))
def test_every_balance_of_the_other_questions_is_found_with_a_pattern(quiz: Quiz) -> None:
    model = build_scoring_model(quiz)
    for level in (2, 3, 4):
        for without in range(len(model.questions)):
            reached = reach_balances(model, level, without)
            expected = {weigh_others(model, level, without, pattern) for pattern in patterns(quiz)} - {None}
            assert reached.keys() == expected
            for balance, answers in reached.items():
                assert weigh_others(model, level, without, answers) == balance


def weigh_others(model: ScoringModel, level: int, without: int, answers: Sequence[int]) -> int | None:
    """The balance of all answers but one at a threshold; None where a gate excludes one of them."""
    balance = 0
    for position, (question, option) in enumerate(zip(model.questions, answers, strict=True)):
        own = question.levels[option]
        if position != without and question.gate and own < level - 1:
            return None
        if position != without:
            balance += question.weight if own >= level else -question.weight
    return balance


@pytest.mark.parametrize("count", [5, 10, 20, 40, 80])
def test_the_tables_grow_with_the_weight_and_not_with_the_patterns(count: int) -> None:
    model = build_scoring_model(big_quiz(count, heaviest=3))
    assert len(reach_balances(model, 3, without=0)) <= model.weight + 1


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
