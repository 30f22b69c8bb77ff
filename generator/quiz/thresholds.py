"""What moves a result across the threshold of a level, over all answers at once and without listing them.

Each answer is above the threshold of a level L (it speaks for L or higher), below it, or excluded by its gate (it
speaks for less than L - 1). Of all answers together only the balance matters: the weight above less the weight
below, which has to be more than 0. Tables by balance have at most one entry more than the whole weight, however many
patterns of answers there are.
"""

from collections import Counter
from collections.abc import Mapping

from generator.quiz.scoring import Answers, ScoredQuestion, ScoringModel

# For each level but the lowest, what `reach_balances` finds for one question.
Tables = Mapping[int, Mapping[int, Answers]]


def split_options(question: ScoredQuestion, level: int) -> tuple[list[int], list[int]]:
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
        for balance, count in counts.items():
            following[balance - question.weight] += count * len(below)
            following[balance + question.weight] += count * len(above)
        counts = following
    return sum(count for balance, count in counts.items() if balance > 0)


def reach_balances(model: ScoringModel, level: int, without: int) -> Mapping[int, Answers]:
    """Each balance that the answers to all other questions can have, with the lowest answers that have it.

    The question at position `without` has its lowest answer, which does not count. The table is empty where
    another gate excludes all its options.
    """
    reached: dict[int, tuple[int, ...]] = {0: ()}
    for position, question in enumerate(model.questions):
        weight, (below, above) = question.weight, split_options(question, level)
        if position == without:
            weight, below, above = 0, [question.lowest], []
        higher = {balance + weight: (*answers, above[0]) for balance, answers in reached.items() if above}
        lower = {balance - weight: (*answers, below[0]) for balance, answers in reached.items() if below}
        reached = higher | lower
    return reached


def find_pivots(question: ScoredQuestion, tables: Tables) -> dict[int, set[int]]:
    """The answer levels at which a question is pivotal, each with the thresholds that it decides.

    Level c decides threshold L if, for some answers to the other questions, the result is at least L exactly
    when this answer speaks for c or higher. Two options lead to the same result, whatever the other
    answers are, exactly when there is no pivot c with low < c <= high.
    """
    pivots: dict[int, set[int]] = {}
    for level, balances in tables.items():
        # By its weight: the other answers are not enough against this one, but with it they are.
        if any(-question.weight < balance <= question.weight for balance in balances):
            pivots.setdefault(level, set()).add(level)
        # By its gate: the other answers are enough, and only this gate can hold the result back.
        if question.gate and any(balance > question.weight for balance in balances):
            pivots.setdefault(level - 1, set()).add(level)
    low, high = min(question.levels), max(question.levels)
    return {pivot: thresholds for pivot, thresholds in pivots.items() if low < pivot <= high}


def weight_matters(question: ScoredQuestion, tables: Tables) -> bool:
    """Whether some answers lead to another result than they would with weight 1 for this question."""
    weight = question.weight
    for level, balances in tables.items():
        below, above = split_options(question, level)
        if above and any((balance + weight > 0) != (balance + 1 > 0) for balance in balances):
            return True
        if below and any((balance - weight > 0) != (balance - 1 > 0) for balance in balances):
            return True
    return False
