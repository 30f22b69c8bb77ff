from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median_high

import pytest
from hypothesis import given

from generator.quiz.scoring import Change, Scheme, explain, read_scheme, score, shortest_way_up
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
    return score(read_scheme(quiz), answer(quiz, levels))


def way_up(quiz: Quiz, levels: str) -> tuple[Change, ...]:
    return shortest_way_up(read_scheme(quiz), answer(quiz, levels))


@pytest.mark.parametrize(
    ("levels", "expected"),
    [("11111", 1), ("44444", 4), ("11444", 4), ("11144", 1), ("43121", 2), ("13334", 3), ("12344", 3)],
)
def test_the_result_is_the_middle_one_of_the_answers(levels: str, expected: int) -> None:
    assert result(PLAIN, levels) == expected


@pytest.mark.parametrize(("levels", "expected"), [("12", 1), ("44", 4), ("14", 1), ("43", 3)])
def test_of_two_middle_ones_the_lower_one_counts(levels: str, expected: int) -> None:
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
    assert score(read_scheme(quiz), (0, 3, 1)) == 4
    assert score(read_scheme(quiz), (1, 1, 3)) == 1


def test_a_draft_question_is_not_asked() -> None:
    quiz = quiz_of(ask("14"), ask("14", weight=9, gate=True, draft=True), ask("14"))
    scheme = read_scheme(quiz)
    assert [question.entry for question in scheme.questions] == [0, 2]
    assert score(scheme, (1, 1)) == 4


@pytest.mark.parametrize("answers", [(), (0, 0), (0, 0, 0, 0), (0, 0, 4), (0, 0, -1)])
def test_answers_that_do_not_fit_the_questions_are_refused(answers: Pattern) -> None:
    for function in (score, explain, shortest_way_up):
        with pytest.raises(ValueError, match=r"answers|option"):
            function(read_scheme(GATED), answers)


def test_a_quiz_without_questions_has_no_result() -> None:
    with pytest.raises(ValueError, match="0 questions"):
        score(Scheme(()), ())


@properties
@given(quizzes())
def test_the_result_is_what_the_brute_force_finds(quiz: Quiz) -> None:
    scheme = read_scheme(quiz)
    assert {pattern: score(scheme, pattern) for pattern in patterns(quiz)} == brute_results(quiz)


@properties
@given(quizzes())
def test_a_better_answer_never_lowers_the_result(quiz: Quiz) -> None:
    scheme = read_scheme(quiz)
    for pattern in patterns(quiz):
        for position, question in enumerate(scheme.questions):
            better = [
                option for option, level in enumerate(question.levels) if level > question.levels[pattern[position]]
            ]
            for option in better:
                assert score(scheme, (*pattern[:position], option, *pattern[position + 1 :])) >= score(scheme, pattern)


# Ways to get the scoring wrong, each a step away from right.


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
    assert score(read_scheme(quiz), pattern) == brute_score(quiz, pattern) != MUTANTS[name](quiz, pattern)


def test_the_scoring_itself_is_no_mutant() -> None:
    assert find_difference(lambda quiz, pattern: score(read_scheme(quiz), pattern)) is None
    assert find_difference(lambda quiz, pattern: _capped(quiz, pattern, _above_half(quiz, pattern, False))) is None


def test_the_explanation_names_the_answers_that_speak_for_the_result() -> None:
    explanation = explain(read_scheme(PLAIN), answer(PLAIN, "13234"))
    assert (explanation.level, explanation.median) == (3, 3)
    assert explanation.speaking == (1, 3)
    assert explanation.above == (4,)
    assert explanation.below == (0, 2)
    assert explanation.held_back == ()


def test_the_explanation_names_the_gates_that_hold_the_result_back() -> None:
    quiz = quiz_of(ask("1234"), ask("1234", gate=True), ask("1234", gate=True), ask("1234"), ask("1234"))
    explanation = explain(read_scheme(quiz), answer(quiz, "42144"))
    assert (explanation.level, explanation.median, explanation.held_back) == (2, 4, (2,))
    assert explain(read_scheme(quiz), answer(quiz, "41144")).held_back == (1, 2)
    assert explain(read_scheme(quiz), answer(quiz, "31312")).held_back == ()


def test_a_gate_can_leave_a_result_that_no_answer_speaks_for() -> None:
    assert explain(read_scheme(GATED), answer(GATED, "414")).speaking == ()


@properties
@given(quizzes(most_patterns=300))
def test_the_explanation_agrees_with_the_result(quiz: Quiz) -> None:
    scheme = read_scheme(quiz)
    free = Scheme(tuple(question._replace(gate=False) for question in scheme.questions))
    for pattern in patterns(quiz):
        explanation = explain(scheme, pattern)
        assert explanation.level == score(scheme, pattern)
        assert explanation.median == score(free, pattern)
        parts = explanation.speaking + explanation.above + explanation.below
        assert sorted(parts) == list(range(len(scheme.questions)))
        assert bool(explanation.held_back) == (explanation.level < explanation.median)
        opened = scheme
        for position in explanation.held_back:
            opened = opened.replace(position, opened.questions[position]._replace(gate=False))
        assert (score(opened, pattern) > explanation.level) == bool(explanation.held_back)


def test_the_way_up_changes_the_fewest_answers() -> None:
    quiz = quiz_of(ask("1234"), ask("1234"), ask("1234", weight=3), ask("1234"), ask("1234"))
    assert way_up(quiz, "11111") == (Change(0, 1), Change(2, 1))


def test_one_long_climb_is_shorter_than_two_small_ones() -> None:
    quiz = quiz_of(ask("1234567"), ask("17", weight=2), ask("1234567"), ask("1234567"))
    assert way_up(quiz, "1112") == (Change(1, 1),)


def test_of_two_ways_as_short_the_smaller_climb_is_chosen() -> None:
    quiz = quiz_of(ask("14"), ask("1234"), ask("1234"))
    assert way_up(quiz, "111") == (Change(1, 1), Change(2, 1))


def test_of_two_ways_with_the_same_climb_the_earlier_questions_are_chosen() -> None:
    assert way_up(PLAIN, "11111") == (Change(0, 1), Change(1, 1), Change(2, 1))


def test_of_two_options_for_one_level_the_first_is_chosen() -> None:
    assert way_up(quiz_of(ask("3122")), "1") == (Change(0, 2),)


def test_the_way_up_leads_through_a_gate_that_holds_the_result_back() -> None:
    assert way_up(GATED, "414") == (Change(1, 1),)


def test_a_gate_climbs_further_where_its_weight_is_needed_too() -> None:
    quiz = quiz_of(ask("1234", weight=3, gate=True), ask("1234"), ask("1234"))
    assert way_up(quiz, "133") == (Change(0, 1),)
    assert result(quiz, "133") == 1
    assert way_up(quiz, "233") == (Change(0, 2),)


def test_the_way_up_may_skip_a_level_that_no_answer_speaks_for() -> None:
    quiz = quiz_of(ask("14"))
    assert way_up(quiz, "1") == (Change(0, 1),)


def test_from_the_highest_result_no_way_leads_up() -> None:
    assert way_up(PLAIN, "44444") == ()
    assert way_up(quiz_of(ask("123"), ask("123"), ask("1234")), "331") == ()
    assert way_up(quiz_of(ask("12", gate=True), ask("1234", weight=2)), "24") == ()


def brute_way_up(quiz: Quiz, results: dict[Pattern, int], pattern: Pattern) -> tuple[Change, ...]:
    """Of all patterns with a higher result, the nearest: fewest changes, then smallest climb, then order."""
    levels = [[option.level for option in question.options] for question in asked(quiz)]
    ways = []
    for other, level in results.items():
        if level > results[pattern]:
            changed = [i for i, (old, new) in enumerate(zip(pattern, other, strict=True)) if old != new]
            climbs = [levels[i][other[i]] - levels[i][pattern[i]] for i in changed]
            ways.append((len(changed), sum(climbs), changed, climbs, [other[i] for i in changed]))
    if not ways:
        return ()
    *_, changed, _, options = min(ways)
    return tuple(Change(position, option) for position, option in zip(changed, options, strict=True))


@properties
@given(quizzes(most_patterns=100))
def test_the_way_up_is_the_shortest_for_every_pattern(quiz: Quiz) -> None:
    scheme, results = read_scheme(quiz), brute_results(quiz)
    for pattern in results:
        assert shortest_way_up(scheme, pattern) == brute_way_up(quiz, results, pattern)


@properties
@given(quizzes())
def test_the_way_up_leads_up(quiz: Quiz) -> None:
    scheme, results = read_scheme(quiz), brute_results(quiz)
    for pattern, level in results.items():
        changed = list(pattern)
        for change in shortest_way_up(scheme, pattern):
            changed[change.question] = change.option
        assert results[tuple(changed)] > level or level == max(results.values())


def test_every_step_of_the_way_up_reaches_the_next_level_in_turn() -> None:
    scheme, answers, seen = read_scheme(GATED), [0, 0, 0], [1]
    while way := shortest_way_up(scheme, answers):
        for change in way:
            answers[change.question] = change.option
        seen.append(score(scheme, answers))
    assert [after - before for before, after in pairwise(seen)] == [1, 1, 1]
