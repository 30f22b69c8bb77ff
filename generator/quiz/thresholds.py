"""What moves a result across the threshold of a level, over all answers at once and without listing them.

A result is at least L exactly when answers of more than half the weight speak for L or higher and no
answer to a gate speaks for less than L - 1. So each answer is above the threshold of L (it speaks for L or
higher), below it, or excluded by its gate, and of all answers together only the weight above matters. Tables
over that weight have at most one entry more than the whole weight, however many patterns of answers there are.

Sets of weights are integers used as bit sets: bit w is set where weight w can be reached.
"""

from collections.abc import Iterator
from typing import NamedTuple

from generator.quiz.scoring import ScoredQuestion, ScoringModel


class ThresholdSplit(NamedTuple):
    """The options of a question below and above a threshold; those that its gate excludes are in neither."""

    below: tuple[int, ...]
    above: tuple[int, ...]


def split_options(question: ScoredQuestion, level: int) -> ThresholdSplit:
    """The options of a question on either side of the threshold of `level`."""
    below = (i for i, own in enumerate(question.levels) if own < level and (not question.gate or own == level - 1))
    above = (i for i, own in enumerate(question.levels) if own >= level)
    return ThresholdSplit(tuple(below), tuple(above))


def lowest_option(question: ScoredQuestion) -> int:
    """The first option that speaks for the question's lowest level."""
    return question.levels.index(min(question.levels))


def highest_option(question: ScoredQuestion) -> int:
    """The first option that speaks for the question's highest level."""
    return question.levels.index(max(question.levels))


def count_patterns(model: ScoringModel, level: int) -> int:
    """The number of answer patterns that lead to `level` or higher."""
    *_, counts = tabulate_patterns(model, level)
    return counts[-1]


def tabulate_patterns(model: ScoringModel, level: int) -> Iterator[list[int]]:
    """The number of answer patterns by their weight above the threshold, for the first questions: from none to all.

    All weights of more than half share the last entry: whatever follows, they are enough.
    """
    enough = model.weight // 2 + 1
    counts = [1] + [0] * enough
    yield counts
    for question in model.questions:
        below, above = (len(options) for options in split_options(question, level))
        following = [below * count for count in counts]
        for weight, count in enumerate(counts):
            following[min(weight + question.weight, enough)] += above * count
        counts = following
        yield counts


def reach_weights(model: ScoringModel, level: int, without: int) -> list[int]:
    """The sets of weights above the threshold that the first questions can reach, for none of them to all.

    The question at position `without` is left out. The last set is that of all other questions; it is empty
    (0) where a gate excludes all its options.
    """
    reached = [1]
    for position, question in enumerate(model.questions):
        weights = reached[-1]
        if position != without:
            below, above = split_options(question, level)
            weights = (weights if below else 0) | (weights << question.weight if above else 0)
        reached.append(weights)
    return reached


def find_pattern(model: ScoringModel, level: int, without: int, weight: int) -> list[int]:
    """The lowest answers with which the other questions reach this weight above the threshold.

    The question at position `without` has its lowest answer.
    """
    reached = reach_weights(model, level, without)
    answers = []
    for position in reversed(range(len(model.questions))):
        question = model.questions[position]
        if position == without:
            answers.append(lowest_option(question))
            continue
        below, above = split_options(question, level)
        stays = below and reached[position] >> weight & 1
        answers.append(min(below if stays else above, key=lambda option: question.levels[option]))
        weight -= 0 if stays else question.weight
    return answers[::-1]


def has_weight(weights: int, above: int, up_to: int) -> bool:
    """Whether a set has a weight whose double is more than `above` and not more than `up_to`.

    `up_to` is at least `above`, and at least -2.
    """
    first, last = max(0, above // 2 + 1), up_to // 2
    return weights >> first & (1 << (last - first + 1)) - 1 != 0


def nearest_weight(weights: int, middle: int) -> int:
    """The weight in a non-empty set whose double is nearest to `middle`; the lower one of two."""
    members = (weight for weight in range(weights.bit_length()) if weights >> weight & 1)
    return min(members, key=lambda weight: (abs(2 * weight - middle), weight))


def find_pivots(model: ScoringModel, position: int, level_count: int) -> dict[int, set[int]]:
    """The answer levels at which a question is pivotal, each with the thresholds that it decides.

    Level c decides threshold L if, for some answers to the other questions, the result is at least L exactly
    when this answer speaks for c or higher. Two options lead to the same result, whatever the other
    answers are, exactly when there is no pivot c with low < c <= high.
    """
    question = model.questions[position]
    others = model.weight - question.weight
    pivots: dict[int, set[int]] = {}
    for level in range(2, level_count + 1):
        weights = reach_weights(model, level, position)[-1]
        # By weight: the other answers are not enough alone, but with this one they are.
        if has_weight(weights, others - question.weight, model.weight):
            pivots.setdefault(level, set()).add(level)
        # By its gate: the other answers are enough, and only this gate can hold the result back.
        if question.gate and has_weight(weights, model.weight, 2 * model.weight):
            pivots.setdefault(level - 1, set()).add(level)
    low, high = min(question.levels), max(question.levels)
    return {pivot: thresholds for pivot, thresholds in pivots.items() if low < pivot <= high}


def weight_matters(model: ScoringModel, position: int, level_count: int) -> bool:
    """Whether some answers lead to another result than they would with weight 1 for this question.

    With S the weight of the other answers above a threshold and V the weight of all other questions, weight w
    crosses it when 2S > V - w with this question above it, and 2S > V + w with this question below it. So the
    weights w and 1 differ where 2S lies between their limits.
    """
    question = model.questions[position]
    others = model.weight - question.weight
    for level in range(2, level_count + 1):
        weights = reach_weights(model, level, position)[-1]
        below, above = split_options(question, level)
        if above and has_weight(weights, others - question.weight, others - 1):
            return True
        if below and has_weight(weights, others + 1, others + question.weight):
            return True
    return False
