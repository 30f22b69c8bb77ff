"""How a quiz is scored, what decided a result, and the shortest way up from it.

Each answer speaks for a level. The result is the weighted lower median of these levels: line them up,
each as often as its weight says, and take the middle one, the lower one of two. A gate holds it back:
the result is at most one level above the lowest answer to a gate.

The same, one level at a time: a result is at least L exactly when answers of more than half the weight
speak for L or higher, and no answer to a gate speaks for less than L - 1. A better answer can only help
to meet these conditions, so it never lowers the result. The way up and the certificate rest on this.

Answers are the number of the chosen option, counted from 0, for each question that is asked, in order.
A draft question is not asked.
"""

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from generator.schema.quiz import Quiz

Answers = Sequence[int]


class Asked(NamedTuple):
    """A question as scoring sees it. `entry` is its place in the file, drafts counted."""

    entry: int
    levels: tuple[int, ...]
    weight: int = 1
    gate: bool = False


class Scheme(NamedTuple):
    """All that decides a result: the questions that are asked, in order."""

    questions: tuple[Asked, ...]

    @property
    def weight(self) -> int:
        return sum(question.weight for question in self.questions)

    def replace(self, position: int, question: Asked) -> "Scheme":
        """The scheme with another question at `position`."""
        return Scheme((*self.questions[:position], question, *self.questions[position + 1 :]))


class Explanation(NamedTuple):
    """What decided a result. Questions are positions among those asked, in order.

    `median` is the level before the gates. `speaking` gave an answer of exactly the result's level, `above`
    and `below` a higher or lower one. `held_back` are the gates that keep the result below the median.
    """

    level: int
    median: int
    speaking: tuple[int, ...]
    above: tuple[int, ...]
    below: tuple[int, ...]
    held_back: tuple[int, ...]


class Change(NamedTuple):
    """One answer to change: the position of the question among those asked, and the option to choose."""

    question: int
    option: int


class Move(NamedTuple):
    """What one question can do for the next level: what it costs, the weight it adds, the option."""

    cost: int
    gain: int
    option: int | None


def read_scheme(quiz: Quiz) -> Scheme:
    """What decides a result of the quiz."""
    return Scheme(
        tuple(
            Asked(index, tuple(option.level for option in question.options), question.weight, question.gate)
            for index, question in enumerate(quiz.questions)
            if not question.draft
        )
    )


def score(scheme: Scheme, answers: Answers) -> int:
    """The level these answers lead to. `ValueError` for answers that do not fit the questions."""
    levels = _levels(scheme, answers)
    return min(_median(scheme, levels), _cap(scheme, levels))


def explain(scheme: Scheme, answers: Answers) -> Explanation:
    """What decided the result. `ValueError` for answers that do not fit the questions."""
    levels = _levels(scheme, answers)
    median, cap = _median(scheme, levels), _cap(scheme, levels)
    result = min(median, cap)
    gates = [position for position, question in enumerate(scheme.questions) if question.gate]
    return Explanation(
        level=result,
        median=median,
        speaking=tuple(position for position, level in enumerate(levels) if level == result),
        above=tuple(position for position, level in enumerate(levels) if level > result),
        below=tuple(position for position, level in enumerate(levels) if level < result),
        held_back=tuple(position for position in gates if cap < median and levels[position] + 1 == cap),
    )


def shortest_way_up(scheme: Scheme, answers: Answers) -> tuple[Change, ...]:
    """The fewest answers to change for a higher result; none where no answers lead higher.

    Of several ways with as few changes, the one that climbs the fewest levels in total; of those, the one
    that begins with the earliest questions. Exact: a table of the cheapest way to gain each missing weight
    from the questions that are left, filled from the last question to the first.
    """
    levels = _levels(scheme, answers)
    goal = score(scheme, answers) + 1
    here = sum(question.weight for question, level in zip(scheme.questions, levels, strict=True) if level >= goal)
    missing = max(0, scheme.weight // 2 + 1 - here)
    # One change outweighs every climb: a way has fewer climbs than this.
    change = 1 + sum(max(question.levels) for question in scheme.questions)
    moves = [_moves(question, level, goal, change) for question, level in zip(scheme.questions, levels, strict=True)]

    cheapest: list[list[float]] = [[0] + [inf] * missing]
    for choices in reversed(moves):
        rest = cheapest[-1]
        cheapest.append([min(_costs(choices, rest, need), default=inf) for need in range(missing + 1)])
    if cheapest.pop()[missing] == inf:
        return ()

    way = []
    for position, choices in enumerate(moves):
        costs = _costs(choices, cheapest.pop(), missing)
        move = choices[costs.index(min(costs))]
        missing = max(0, missing - move.gain)
        if move.option is not None:
            way.append(Change(position, move.option))
    return tuple(way)


def _costs(choices: list[Move], rest: list[float], need: int) -> list[float]:
    return [move.cost + rest[max(0, need - move.gain)] for move in choices]


def _moves(question: Asked, level: int, goal: int, change: int) -> list[Move]:
    """What may be done with one answer, the smallest climb first, leaving it last.

    A climb serves only to pass a gate (one level below the goal is enough) or to speak for the goal, so
    the lowest option that does either is all one ever needs.
    """
    shut = question.gate and level < goal - 1
    moves = []
    for least in [goal - 1, goal] if shut else [goal]:
        options = [(target, option) for option, target in enumerate(question.levels) if target >= least > level]
        if options:
            target, option = min(options)
            moves.append(Move(change + target - level, question.weight if target >= goal else 0, option))
    return moves if shut else [*moves, Move(0, 0, None)]


def _levels(scheme: Scheme, answers: Answers) -> list[int]:
    """The level each answer speaks for."""
    if not scheme.questions or len(answers) != len(scheme.questions):
        raise ValueError(f"{len(answers)} answers to {len(scheme.questions)} questions")
    for question, option in zip(scheme.questions, answers, strict=True):
        if not 0 <= option < len(question.levels):
            raise ValueError(f"question {question.entry} has no option {option}")
    return [question.levels[option] for question, option in zip(scheme.questions, answers, strict=True)]


def _median(scheme: Scheme, levels: list[int]) -> int:
    """The lowest level that at least half the weight does not exceed."""
    weight = median = 0
    for level, question in sorted(zip(levels, scheme.questions, strict=True)):
        if 2 * weight < scheme.weight:
            median = level
        weight += question.weight
    return median


def _cap(scheme: Scheme, levels: list[int]) -> int:
    """One level above the lowest answer to a gate; the highest level answered where there is no gate."""
    gates = [level + 1 for level, question in zip(levels, scheme.questions, strict=True) if question.gate]
    return min(gates, default=max(levels))
