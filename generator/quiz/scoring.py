"""How a quiz is scored, what decided a result, how sure it is, and the shortest way up from it.

Each answer speaks for a level. The result is the weighted lower median of these levels: line them up,
each as often as its weight says, and take the middle one, the lower one of two. A gate holds it back:
the result is at most one level above the lowest answer to a gate.

The same, one level at a time: a result is at least L exactly when answers of more than half the weight
speak for L or higher, and no answer to a gate speaks for less than L - 1. A better answer can only help
to meet these conditions, so it never lowers the result. The way up and the analysis rest on this.

Answers are the number of the chosen option, counted from 0, for each question that is asked, in order.
A draft question is not asked.

Levels are counted among those that are live: an answer for a level that is not speaks for the nearest one that is, the
lower one of two. So a quiz works as if there were no other levels, and "one level above" is the next live one.
"""

from collections.abc import Callable, Sequence
from math import inf
from typing import NamedTuple

from generator.schema.quiz import Quiz

Answers = Sequence[int]


class ScoredQuestion(NamedTuple):
    """A question as scoring sees it. `entry` is its place in the file, drafts counted."""

    entry: int
    levels: tuple[int, ...]
    weight: int = 1
    gate: bool = False
    is_metric: bool = False

    @property
    def lowest(self) -> int:
        """The first option that speaks for the question's lowest level."""
        return self.levels.index(min(self.levels))

    @property
    def highest(self) -> int:
        """The first option that speaks for the question's highest level."""
        return self.levels.index(max(self.levels))


# A question with the level that its answer speaks for.
Answered = tuple[int, ScoredQuestion]


class ScoringModel(NamedTuple):
    """Everything that decides a result: the questions that are asked, in order."""

    questions: tuple[ScoredQuestion, ...]

    @property
    def weight(self) -> int:
        return sum(question.weight for question in self.questions)

    def replace(self, position: int, question: ScoredQuestion) -> "ScoringModel":
        """The model with another question at `position`."""
        return ScoringModel((*self.questions[:position], question, *self.questions[position + 1 :]))


class Explanation(NamedTuple):
    """What decided a result. Questions are positions among those asked, in order.

    `median` is the level before the gates. `held_back` are the gates that keep the result below it. `deciding` are
    these, or else the answers that count most among those that speak for exactly the result's level.
    """

    level: int
    median: int
    held_back: tuple[int, ...]
    deciding: tuple[int, ...]


class Sureness(NamedTuple):
    """To how many questions another answer, and nothing else, would move the result up, and to how many down."""

    up: int
    down: int


class AnswerChange(NamedTuple):
    """The position of a question among those asked, and the option to choose instead."""

    question: int
    option: int


class Candidate(NamedTuple):
    """A way towards the next level: its cost, the changes it takes, and the weight that a single one adds."""

    cost: float = 0
    changes: tuple[AnswerChange, ...] = ()
    gain: int = 0


def nearest_level(level: int, live: Sequence[int]) -> int:
    """The number of the nearest live level; of two, that of the lower one."""
    return min(live, key=lambda other: (abs(other - level), other))


def build_scoring_model(quiz: Quiz, live: Sequence[int] = ()) -> ScoringModel:
    """What decides a result. `live` are the numbers of the live levels, lowest first; without them, all levels are."""

    def count(level: int) -> int:
        return live.index(nearest_level(level, live)) + 1 if live else level

    return ScoringModel(
        tuple(
            ScoredQuestion(
                index,
                tuple(count(option.level) for option in question.options),
                question.weight,
                question.gate,
                is_metric=any(option.band for option in question.options),
            )
            for index, question in enumerate(quiz.questions)
            if not question.draft
        )
    )


def score(model: ScoringModel, answers: Answers) -> int:
    """The level these answers lead to."""
    answered = _read_answers(model, answers)
    return min(_median(model, answered), _cap(answered))


def explain(model: ScoringModel, answers: Answers) -> Explanation:
    """What decided the result of these answers."""
    answered = _read_answers(model, answers)
    median, cap = _median(model, answered), _cap(answered)
    result = min(median, cap)
    gates = [(position, level) for position, (level, question) in enumerate(answered) if question.gate]
    held_back = tuple(position for position, level in gates if cap < median and level + 1 == cap)
    weights = {position: question.weight for position, (level, question) in enumerate(answered) if level == result}
    heaviest = tuple(position for position, weight in weights.items() if weight == max(weights.values()))
    return Explanation(result, median, held_back, held_back or heaviest)


def find_sureness(model: ScoringModel, answers: Answers) -> Sureness:
    """How sure a result is. A better answer never lowers it, so of each question the ends are enough."""

    def count_moves(option_of: Callable[[ScoredQuestion], int]) -> int:
        changed = (
            [*answers[:position], option_of(question), *answers[position + 1 :]]
            for position, question in enumerate(model.questions)
        )
        return sum(score(model, others) != result for others in changed)

    result = score(model, answers)
    return Sureness(count_moves(lambda question: question.highest), count_moves(lambda question: question.lowest))


def minimal_improvement(model: ScoringModel, answers: Answers) -> tuple[AnswerChange, ...]:
    """The fewest answers to change for a higher result, by question; empty where no answers lead higher.

    What the levels are measured in is a sign of a level and no step to it, so an answer that says it changes only where
    no other will do. Among equally few changes, those that climb the fewest levels in total; among these, those to the
    earliest questions. Exact: dynamic programming over the weight that is missing, from the last question to the first.
    """
    answered = _read_answers(model, answers)
    goal = score(model, answers) + 1
    here = sum(question.weight for level, question in answered if level >= goal)
    missing = max(0, model.weight // 2 + 1 - here)
    # One change costs more than all climbs together: each begins at level 1 or above.
    change = sum(max(question.levels) for question in model.questions)
    metric_change = change * (len(model.questions) + 1)
    # The best way to gain each missing weight, from none on, by the questions after the one at hand.
    best = [Candidate(), *[Candidate(inf)] * missing]
    for position, (level, question) in reversed([*enumerate(answered)]):
        choices = _candidates(question, position, level, goal, metric_change if question.is_metric else change)
        best = [_choose(choices, best, need) for need in range(len(best))]
    return best[missing].changes if best[missing].cost < inf else ()


def _choose(choices: list[Candidate], rest: list[Candidate], need: int) -> Candidate:
    """The cheapest way to gain a weight by a choice and the rest together; of equal ones, by the first choice."""
    pairs = [(choice, rest[max(0, need - choice.gain)]) for choice in choices]
    ways = [Candidate(one.cost + other.cost, one.changes + other.changes) for one, other in pairs]
    return min(ways, key=lambda way: way.cost, default=Candidate(inf))


def _candidates(question: ScoredQuestion, position: int, level: int, goal: int, price: int) -> list[Candidate]:
    """What can be done with one answer: the smallest climb first, leaving it as it is last.

    An answer has to climb only to pass its gate, for which one level below the goal is enough, or to speak for
    the goal. So the lowest option that does either is all that is ever needed.
    """
    found = []
    for least in (goal - 1, goal):
        options = [(target, option) for option, target in enumerate(question.levels) if target >= least > level]
        if options:
            target, option = min(options)
            gain = question.weight if target >= goal else 0
            found.append(Candidate(price + target - level, (AnswerChange(position, option),), gain))
    is_shut = question.gate and level < goal - 1
    return found if is_shut else [*found, Candidate()]


def _read_answers(model: ScoringModel, answers: Answers) -> list[Answered]:
    return [(question.levels[option], question) for question, option in zip(model.questions, answers, strict=True)]


def _median(model: ScoringModel, answered: list[Answered]) -> int:
    """The lowest level that at least half the weight does not exceed."""
    weight = median = 0
    for level, question in sorted(answered):
        if 2 * weight < model.weight:
            median = level
        weight += question.weight
    return median


def _cap(answered: list[Answered]) -> int:
    """One level above the lowest answer to a gate; the highest level answered where there is no gate."""
    gates = [level + 1 for level, question in answered if question.gate]
    return min(gates, default=max(level for level, _ in answered))
