from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median_high

import pytest
from hypothesis import given

from generator.quiz.scoring import (
    AnswerChange,
    ScoringModel,
    build_scoring_model,
    explain,
    find_sureness,
    minimal_improvement,
    score,
)
from generator.schema.quiz import Quiz
from tests.quizzes import (
    Pattern,
    ask,
    asked,
    brute_results,
    brute_score,
    find_difference,
    patterns,
    properties,
    quiz_of,
    quizzes,
)

PLAIN = quiz_of(*[ask("1234")] * 5)
GATED = quiz_of(ask("1234"), ask("1234", gate=True), ask("1234"))


def answer(quiz: Quiz, levels: str) -> list[int]:
    """The first option for each of these levels, question by question."""
    return [
        [option.level for option in question.options].index(int(level))
        for question, level in zip(asked(quiz), levels, strict=True)
    ]


def result(quiz: Quiz, levels: str) -> int:
    return score(build_scoring_model(quiz), answer(quiz, levels))


def improve(quiz: Quiz, levels: str) -> tuple[AnswerChange, ...]:
    return minimal_improvement(build_scoring_model(quiz), answer(quiz, levels))


@pytest.mark.parametrize(
    ("levels", "expected"),
    [("11111", 1), ("44444", 4), ("11444", 4), ("11144", 1), ("43121", 2), ("13334", 3), ("12344", 3)],
)
def test_the_result_is_the_median_of_the_answers(levels: str, expected: int) -> None:
    assert result(PLAIN, levels) == expected


@pytest.mark.parametrize(("levels", "expected"), [("12", 1), ("44", 4), ("14", 1), ("43", 3)])
def test_of_two_medians_the_lower_one_is_the_result(levels: str, expected: int) -> None:
    assert result(quiz_of(ask("1234"), ask("1234")), levels) == expected


def test_an_answer_counts_as_often_as_its_weight_says() -> None:
    assert result(quiz_of(ask("1234"), ask("1234"), ask("1234")), "114") == 1
    assert result(quiz_of(ask("1234"), ask("1234"), ask("1234", weight=2)), "114") == 1
    assert result(quiz_of(ask("1234"), ask("1234"), ask("1234", weight=3)), "114") == 4


@pytest.mark.parametrize(("levels", "expected"), [("414", 2), ("424", 3), ("434", 4), ("111", 1), ("141", 1)])
def test_a_gate_holds_the_result_to_one_level_above_its_answer(levels: str, expected: int) -> None:
    assert result(GATED, levels) == expected


def test_the_lowest_of_several_gates_counts() -> None:
    quiz = quiz_of(ask("1234", gate=True), ask("1234", gate=True), ask("1234"), ask("1234"), ask("1234"))
    assert result(quiz, "31444") == 2
    assert result(quiz, "13444") == 2
    assert result(quiz, "23444") == 3


def test_the_order_of_options_does_not_matter() -> None:
    quiz = quiz_of(ask("4132"), ask("2114"), ask("3421"))
    assert score(build_scoring_model(quiz), (0, 3, 1)) == 4
    assert score(build_scoring_model(quiz), (1, 1, 3)) == 1


def test_a_draft_question_is_not_asked() -> None:
    quiz = quiz_of(ask("14"), ask("14", weight=9, gate=True, draft=True), ask("14"))
    model = build_scoring_model(quiz)
    assert [question.entry for question in model.questions] == [0, 2]
    assert score(model, (1, 1)) == 4


@pytest.mark.parametrize("answers", [(), (0, 0), (0, 0, 0, 0), (0, 0, 4)])
def test_answers_that_do_not_fit_the_questions_are_refused(answers: Pattern) -> None:
    for function in (score, explain, find_sureness, minimal_improvement):
        with pytest.raises((ValueError, IndexError)):
            function(build_scoring_model(GATED), answers)


@properties
@given(quizzes())
def test_the_result_is_what_the_brute_force_finds(quiz: Quiz) -> None:
    model = build_scoring_model(quiz)
    assert {pattern: score(model, pattern) for pattern in patterns(quiz)} == brute_results(quiz)


@properties
@given(quizzes())
def test_a_better_answer_never_lowers_the_result(quiz: Quiz) -> None:
    model = build_scoring_model(quiz)
    for pattern in patterns(quiz):
        for position, question in enumerate(model.questions):
            better = [
                option for option, level in enumerate(question.levels) if level > question.levels[pattern[position]]
            ]
            for option in better:
                assert score(model, (*pattern[:position], option, *pattern[position + 1 :])) >= score(model, pattern)


# Scoring rules that are almost right.


def _row(quiz: Quiz, pattern: Pattern, weigh: Callable[[int], int] = int) -> list[int]:
    pairs = zip(asked(quiz), pattern, strict=True)
    return sorted(level for q, o in pairs for level in [q.options[o].level] * weigh(q.weight))


def _gates(quiz: Quiz, pattern: Pattern) -> list[int]:
    return [q.options[o].level for q, o in zip(asked(quiz), pattern, strict=True) if q.gate]


def _middle(row: Sequence[int]) -> int:
    return row[(len(row) - 1) // 2]


def _capped(quiz: Quiz, pattern: Pattern, median: int, above: int = 1) -> int:
    return min([median, *(level + above for level in _gates(quiz, pattern))])


def _without_the_gates(quiz: Quiz, pattern: Pattern) -> list[int]:
    pairs = zip(asked(quiz), pattern, strict=True)
    return sorted(level for q, o in pairs if not q.gate for level in [q.options[o].level] * q.weight) or [4]


def _most_answers(row: list[int]) -> int:
    return max(Counter(row).items(), key=lambda item: (item[1], -item[0]))[0]


def _above_half(quiz: Quiz, pattern: Pattern, tie_counts: bool) -> int:
    row = _row(quiz, pattern)
    votes = {level: sum(own >= level for own in row) for level in range(1, 5)}
    return max(level for level, count in votes.items() if 2 * count > len(row) - tie_counts or level == 1)


def _first_gate(quiz: Quiz, pattern: Pattern) -> int:
    return min([_middle(_row(quiz, pattern)), *(level + 1 for level in _gates(quiz, pattern)[:1])])


MUTANTS: dict[str, Callable[[Quiz, Pattern], int]] = {
    "upper median": lambda q, p: _capped(q, p, median_high(_row(q, p))),
    "a half is enough": lambda q, p: _capped(q, p, _above_half(q, p, tie_counts=True)),
    "one below the middle": lambda q, p: _capped(q, p, _row(q, p)[max(0, (len(_row(q, p)) - 1) // 2 - 1)]),
    "unweighted": lambda q, p: _capped(q, p, _middle(_row(q, p, lambda weight: 1))),
    "weight one too many": lambda q, p: _capped(q, p, _middle(_row(q, p, lambda weight: weight + 1))),
    "weight squared": lambda q, p: _capped(q, p, _middle(_row(q, p, lambda weight: weight**2))),
    "weight at most 2": lambda q, p: _capped(q, p, _middle(_row(q, p, lambda weight: min(weight, 2)))),
    "no gates": lambda q, p: _middle(_row(q, p)),
    "gate holds to its own level": lambda q, p: _capped(q, p, _middle(_row(q, p)), above=0),
    "gate allows two levels more": lambda q, p: _capped(q, p, _middle(_row(q, p)), above=2),
    "highest gate counts": lambda q, p: min([_middle(_row(q, p)), *(g + 1 for g in sorted(_gates(q, p))[-1:])]),
    "first gate counts": _first_gate,
    "gates have no weight": lambda q, p: _capped(q, p, _middle(_without_the_gates(q, p))),
    "gate applies to the best level only": lambda q, p: (
        _capped(q, p, _middle(_row(q, p))) if _middle(_row(q, p)) == 4 else _middle(_row(q, p))
    ),
    "gate lowers by one": lambda q, p: max(
        1, _middle(_row(q, p)) - any(level + 1 < _middle(_row(q, p)) for level in _gates(q, p))
    ),
    "rounded mean": lambda q, p: _capped(q, p, round(sum(_row(q, p)) / len(_row(q, p)))),
    "most answers": lambda q, p: _capped(q, p, _most_answers(_row(q, p))),
    "lowest answer": lambda q, p: _row(q, p)[0],
    "highest answer": lambda q, p: _capped(q, p, _row(q, p)[-1]),
}


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_of_the_scoring_is_caught(name: str) -> None:
    found = find_difference(MUTANTS[name])
    assert found is not None
    quiz, pattern = found
    assert score(build_scoring_model(quiz), pattern) == brute_score(quiz, pattern) != MUTANTS[name](quiz, pattern)


def test_the_scoring_itself_is_not_caught() -> None:
    assert find_difference(lambda quiz, pattern: score(build_scoring_model(quiz), pattern)) is None
    assert find_difference(lambda quiz, pattern: _capped(quiz, pattern, _above_half(quiz, pattern, False))) is None


def test_the_answers_for_the_result_that_count_most_decided_it() -> None:
    explanation = explain(build_scoring_model(PLAIN), answer(PLAIN, "13234"))
    assert (explanation.level, explanation.median) == (3, 3)
    assert (explanation.deciding, explanation.held_back) == ((1, 3), ())
    quiz = quiz_of(ask("1234"), ask("1234", weight=2), ask("1234"), ask("1234", weight=3))
    assert explain(build_scoring_model(quiz), answer(quiz, "2221")).deciding == (1,)


def test_the_explanation_names_the_gates_that_hold_the_result_back() -> None:
    quiz = quiz_of(ask("1234"), ask("1234", gate=True), ask("1234", gate=True), ask("1234"), ask("1234"))
    explanation = explain(build_scoring_model(quiz), answer(quiz, "42144"))
    assert (explanation.level, explanation.median, explanation.held_back) == (2, 4, (2,))
    assert explanation.deciding == (2,)
    assert explain(build_scoring_model(quiz), answer(quiz, "41144")).held_back == (1, 2)
    assert explain(build_scoring_model(quiz), answer(quiz, "31312")).held_back == ()


def test_a_gate_can_leave_a_result_that_no_answer_speaks_for() -> None:
    assert explain(build_scoring_model(GATED), answer(GATED, "414")).deciding == (1,)


@properties
@given(quizzes(most_patterns=300))
def test_the_explanation_agrees_with_the_result(quiz: Quiz) -> None:
    model = build_scoring_model(quiz)
    free = ScoringModel(tuple(question._replace(gate=False) for question in model.questions))
    for pattern in patterns(quiz):
        explanation = explain(model, pattern)
        assert explanation.level == score(model, pattern)
        assert explanation.median == score(free, pattern)
        levels = [question.levels[option] for question, option in zip(model.questions, pattern, strict=True)]
        weights = [question.weight if level == explanation.level else 0
                   for question, level in zip(model.questions, levels, strict=True)]  # fmt: skip
        heaviest = tuple(position for position, weight in enumerate(weights) if weight == max(weights))
        assert explanation.deciding == (explanation.held_back or heaviest) != ()
        assert bool(explanation.held_back) == (explanation.level < explanation.median)
        opened = model
        for position in explanation.held_back:
            opened = opened.replace(position, opened.questions[position]._replace(gate=False))
        assert (score(opened, pattern) > explanation.level) == bool(explanation.held_back)


@pytest.mark.parametrize(
    ("levels", "sureness"),
    [("333", (0, 0)), ("332", (0, 2)), ("323", (0, 2)), ("234", (2, 2)), ("111", (0, 0)), ("144", (0, 2))],
)
def test_a_result_is_as_sure_as_the_answers_that_keep_it(levels: str, sureness: tuple[int, int]) -> None:
    quiz = quiz_of(ask("1234"), ask("1234"), ask("1234"))
    assert find_sureness(build_scoring_model(quiz), answer(quiz, levels)) == sureness


@properties
@given(quizzes(most_patterns=300))
def test_sureness_is_what_changing_each_answer_shows(quiz: Quiz) -> None:
    model, results = build_scoring_model(quiz), brute_results(quiz)
    for pattern, result in results.items():
        moved = [
            {results[*pattern[:position], option, *pattern[position + 1 :]] for option in range(len(question.levels))}
            for position, question in enumerate(model.questions)
        ]
        expected = sum(max(others) > result for others in moved), sum(min(others) < result for others in moved)
        assert find_sureness(model, pattern) == expected


def test_the_minimal_improvement_changes_the_fewest_answers() -> None:
    quiz = quiz_of(ask("1234"), ask("1234"), ask("1234", weight=3), ask("1234"), ask("1234"))
    assert improve(quiz, "11111") == (AnswerChange(0, 1), AnswerChange(2, 1))


def test_one_change_by_many_levels_is_preferred_to_two_small_ones() -> None:
    quiz = quiz_of(ask("1234567"), ask("17", weight=2), ask("1234567"), ask("1234567"))
    assert improve(quiz, "1112") == (AnswerChange(1, 1),)


def test_among_equally_few_changes_those_by_fewer_levels_are_preferred() -> None:
    quiz = quiz_of(ask("14"), ask("1234"), ask("1234"))
    assert improve(quiz, "111") == (AnswerChange(1, 1), AnswerChange(2, 1))


def test_among_equal_changes_those_to_earlier_questions_are_preferred() -> None:
    assert improve(PLAIN, "11111") == (AnswerChange(0, 1), AnswerChange(1, 1), AnswerChange(2, 1))


def test_among_options_for_one_level_the_first_is_preferred() -> None:
    assert improve(quiz_of(ask("3122")), "1") == (AnswerChange(0, 2),)


def test_the_answer_to_a_gate_is_changed_if_it_holds_the_result_back() -> None:
    assert improve(GATED, "414") == (AnswerChange(1, 1),)


def test_the_answer_to_a_gate_changes_by_more_where_its_weight_is_needed_too() -> None:
    quiz = quiz_of(ask("1234", weight=3, gate=True), ask("1234"), ask("1234"))
    assert improve(quiz, "133") == (AnswerChange(0, 1),)
    assert result(quiz, "133") == 1
    assert improve(quiz, "233") == (AnswerChange(0, 2),)


def test_of_two_gates_the_earlier_one_climbs_less_whatever_the_order_of_its_options() -> None:
    quiz = quiz_of(ask("321", gate=True), ask("123", gate=True), ask("123"), ask("123", weight=2))
    assert improve(quiz, "1123") == (AnswerChange(0, 1), AnswerChange(1, 2))


def test_an_improvement_may_skip_a_level_that_no_answer_speaks_for() -> None:
    quiz = quiz_of(ask("14"))
    assert improve(quiz, "1") == (AnswerChange(0, 1),)


def test_what_levels_are_measured_in_is_changed_only_where_nothing_else_will_do() -> None:
    quiz = quiz_of(ask("1234", weight=3, metric=True), ask("1234"), ask("1234"), ask("1234"), ask("1234"))
    assert improve(quiz, "11111") == tuple(AnswerChange(question, 1) for question in (1, 2, 3, 4))
    heavier = quiz_of(ask("1234", weight=3, metric=True), ask("1234"), ask("1234"))
    assert improve(heavier, "111") == (AnswerChange(0, 1),)


def test_the_highest_result_cannot_be_improved() -> None:
    assert improve(PLAIN, "44444") == ()
    assert improve(quiz_of(ask("123"), ask("123"), ask("1234")), "331") == ()
    assert improve(quiz_of(ask("12", gate=True), ask("1234", weight=2)), "24") == ()


def brute_improvement(quiz: Quiz, results: dict[Pattern, int], pattern: Pattern) -> tuple[AnswerChange, ...]:
    """Of all patterns with a higher result, the nearest: fewest changes of the metric, fewest changes, then smallest
    climb, then order.
    """
    metric = [any(option.band for option in question.options) for question in asked(quiz)]
    levels = [[option.level for option in question.options] for question in asked(quiz)]
    found = []
    for other, level in results.items():
        if level > results[pattern]:
            changed = [i for i, (old, new) in enumerate(zip(pattern, other, strict=True)) if old != new]
            climbs = [levels[i][other[i]] - levels[i][pattern[i]] for i in changed]
            of_metric = sum(metric[i] for i in changed)
            found.append((of_metric, len(changed), sum(climbs), changed, climbs, [other[i] for i in changed]))
    if not found:
        return ()
    *_, changed, _, options = min(found)
    return tuple(AnswerChange(position, option) for position, option in zip(changed, options, strict=True))


@properties
@given(quizzes(most_patterns=100, metric=True))
def test_the_improvement_is_minimal_for_every_pattern(quiz: Quiz) -> None:
    model, results = build_scoring_model(quiz), brute_results(quiz)
    for pattern in results:
        assert minimal_improvement(model, pattern) == brute_improvement(quiz, results, pattern)


@properties
@given(quizzes())
def test_an_improvement_leads_to_a_higher_result(quiz: Quiz) -> None:
    model, results = build_scoring_model(quiz), brute_results(quiz)
    for pattern, level in results.items():
        changed = list(pattern)
        for change in minimal_improvement(model, pattern):
            changed[change.question] = change.option
        assert results[tuple(changed)] > level or level == max(results.values())


def test_improvements_reach_one_level_after_the_other() -> None:
    model, answers, seen = build_scoring_model(GATED), [0, 0, 0], [1]
    while changes := minimal_improvement(model, answers):
        for change in changes:
            answers[change.question] = change.option
        seen.append(score(model, answers))
    assert [after - before for before, after in pairwise(seen)] == [1, 1, 1]
