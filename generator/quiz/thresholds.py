"""What moves a result across the threshold of a level, over all answers at once and without listing them.

A result is at least L exactly when answers of more than half the weight speak for L or higher and no answer to a
gate speaks for less than L - 1. So each answer is above the threshold of L (it speaks for L or higher), below it, or
excluded by its gate, and of all answers together only the weight above matters. Tables by that weight have at most
one entry more than the whole weight, however many patterns of answers there are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from generator.quiz.scoring import Answers, ScoredQuestion, ScoringModel

# For each level but the lowest, the weights that `reach_weights` finds for one question.
Tables = Mapping[int, Mapping[int, Answers]]


def split_options(question: ScoredQuestion, level: int) -> tuple[Sequence[int], Sequence[int]]:
    """The options below and above the threshold of `level`, lowest level first, without those a gate excludes."""
    options = sorted(range(len(question.levels)), key=question.levels.__getitem__)
    lowest = level - 1 if question.gate else 0
    below = [option for option in options if lowest <= question.levels[option] < level]
    above = [option for option in options if question.levels[option] >= level]
    return below, above


def count_patterns(model: ScoringModel, level: int) -> int:
    """The number of answer patterns that lead to `level` or higher."""
    counts = Counter({0: 1})
    for question in model.questions:
        below, above = split_options(question, level)
        following: Counter[int] = Counter()
        for weight, count in counts.items():
            following[weight] += count * len(below)
            following[weight + question.weight] += count * len(above)
        counts = following
    return sum(count for weight, count in counts.items() if 2 * weight > model.weight)


def reach_weights(model: ScoringModel, level: int, without: int) -> Mapping[int, Answers]:
    """Each weight above the threshold that all other questions can reach, with the lowest answers that reach it.

    The question at position `without` has its lowest answer, which does not count. The table is empty where
    another gate excludes all its options.
    """
    reached: dict[int, tuple[int, ...]] = {0: ()}
    for position, question in enumerate(model.questions):
        below, above = ([question.lowest], []) if position == without else split_options(question, level)
        higher = {weight + question.weight: (*answers, above[0]) for weight, answers in reached.items() if above}
        same = {weight: (*answers, below[0]) for weight, answers in reached.items() if below}
        reached = higher | same
    return reached


def find_pivots(model: ScoringModel, position: int, tables: Tables) -> dict[int, set[int]]:
    """The answer levels at which a question is pivotal, each with the thresholds that it decides.

    Level c decides threshold L if, for some answers to the other questions, the result is at least L exactly
    when this answer speaks for c or higher. Two options lead to the same result, whatever the other
    answers are, exactly when there is no pivot c with low < c <= high.
    """
    question = model.questions[position]
    others = model.weight - question.weight
    pivots: dict[int, set[int]] = {}
    for level, weights in tables.items():
        # By its weight: the other answers are not enough alone, but with this one they are.
        if _any_between(weights, others - question.weight, model.weight):
            pivots.setdefault(level, set()).add(level)
        # By its gate: the other answers are enough, and only this gate can hold the result back.
        if question.gate and _any_between(weights, model.weight, 2 * model.weight):
            pivots.setdefault(level - 1, set()).add(level)
    low, high = min(question.levels), max(question.levels)
    return {pivot: thresholds for pivot, thresholds in pivots.items() if low < pivot <= high}


def weight_matters(model: ScoringModel, position: int, tables: Tables) -> bool:
    """Whether some answers lead to another result than they would with weight 1 for this question.

    With S the weight of the other answers above a threshold and V the weight of all other questions, weight w
    crosses it when 2S > V - w with this question above it, and 2S > V + w with this question below it. So the
    weights w and 1 differ where 2S lies between their limits.
    """
    question = model.questions[position]
    others = model.weight - question.weight
    for level, weights in tables.items():
        below, above = split_options(question, level)
        if above and _any_between(weights, others - question.weight, others - 1):
            return True
        if below and _any_between(weights, others + 1, others + question.weight):
            return True
    return False


def _any_between(weights: Iterable[int], above: int, up_to: int) -> bool:
    """Whether the double of some weight is more than `above` and at most `up_to`."""
    return any(above < 2 * weight <= up_to for weight in weights)
