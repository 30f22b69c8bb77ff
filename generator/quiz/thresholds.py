"""What it takes to cross the border of a level, over all answers at once and without listing them.

A result is at least L exactly when answers of more than half the weight speak for L or higher and no
answer to a gate speaks for less than L - 1. So of each answer matters only whether it is above the border
(it speaks for L or higher), below it, or shut out by its gate; and of all answers together, the weight
above. Tables over that weight have at most one entry more than the whole weight, however many patterns
of answers there are.

Sets of weights are whole numbers read as bits: bit w is set where weight w can be reached.
"""

from collections.abc import Iterator
from typing import NamedTuple

from generator.quiz.scoring import Asked, Scheme


class Sides(NamedTuple):
    """The options of a question on either side of a border; an option that its gate shuts out is on neither."""

    below: tuple[int, ...]
    above: tuple[int, ...]


def divide(question: Asked, level: int) -> Sides:
    """The options of a question on either side of the border of `level`."""
    below = (i for i, own in enumerate(question.levels) if own < level and (not question.gate or own == level - 1))
    above = (i for i, own in enumerate(question.levels) if own >= level)
    return Sides(tuple(below), tuple(above))


def lowest(question: Asked) -> int:
    """The first option that speaks for the question's lowest level."""
    return question.levels.index(min(question.levels))


def highest(question: Asked) -> int:
    """The first option that speaks for the question's highest level."""
    return question.levels.index(max(question.levels))


def count_patterns(scheme: Scheme, level: int) -> int:
    """How many patterns of answers lead to `level` or higher."""
    *_, counts = tabulate_patterns(scheme, level)
    return counts[-1]


def tabulate_patterns(scheme: Scheme, level: int) -> Iterator[list[int]]:
    """After each question: how many patterns so far have each weight above the border.

    Weights of more than half share the last entry: they have crossed, whatever follows.
    """
    enough = scheme.weight // 2 + 1
    counts = [1] + [0] * enough
    yield counts
    for question in scheme.questions:
        below, above = (len(options) for options in divide(question, level))
        following = [below * count for count in counts]
        for weight, count in enumerate(counts):
            following[min(weight + question.weight, enough)] += above * count
        counts = following
        yield counts


def reach_weights(scheme: Scheme, level: int, without: int) -> list[int]:
    """The sets of weights above the border that the other questions can reach, after each of them.

    The question at position `without` is left out. The last set counts; an empty one (0) means that
    another gate shuts out all its options.
    """
    reached = [1]
    for position, question in enumerate(scheme.questions):
        weights = reached[-1]
        if position != without:
            below, above = divide(question, level)
            weights = (weights if below else 0) | (weights << question.weight if above else 0)
        reached.append(weights)
    return reached


def find_pattern(scheme: Scheme, level: int, without: int, weight: int) -> list[int]:
    """The lowest answers by which the other questions reach this weight above the border; the question
    left out has its lowest answer."""
    reached = reach_weights(scheme, level, without)
    answers = []
    for position in reversed(range(len(scheme.questions))):
        question = scheme.questions[position]
        if position == without:
            answers.append(lowest(question))
            continue
        below, above = divide(question, level)
        stays = below and reached[position] >> weight & 1
        answers.append(min(below if stays else above, key=lambda option: question.levels[option]))
        weight -= 0 if stays else question.weight
    return answers[::-1]


def has_weight(weights: int, above: int, up_to: int) -> bool:
    """Whether a set has a weight of which the double is more than `above` and not more than `up_to`.

    `up_to` is at least `above`, and at least -2.
    """
    first, last = max(0, above // 2 + 1), up_to // 2
    return weights >> first & (1 << (last - first + 1)) - 1 != 0


def nearest_weight(weights: int, middle: int) -> int:
    """The weight in a set, not empty, of which the double is nearest to `middle`; the lower one of two."""
    members = (weight for weight in range(weights.bit_length()) if weights >> weight & 1)
    return min(members, key=lambda weight: (abs(2 * weight - middle), weight))


def find_cuts(scheme: Scheme, position: int, level_count: int) -> dict[int, set[int]]:
    """Between which levels the answers to a question make a difference, and at which borders.

    Key c, borders B: for some answers of the others, it takes an answer for c or higher to move the result
    across a border in B. Two options lead to the same result, whatever the others say, exactly when
    no key c parts them: low < c <= high.
    """
    question = scheme.questions[position]
    own = sorted(set(question.levels))
    cuts: dict[int, set[int]] = {}
    for border in range(2, level_count + 1):
        weights = reach_weights(scheme, border, position)[-1]
        others = scheme.weight - question.weight
        # By weight: the others alone have not crossed the border, but with this question's weight they have.
        if has_weight(weights, others - question.weight, scheme.weight):
            cuts.setdefault(border, set()).add(border)
        # By its gate: the others have crossed, and only this gate can be in the way.
        if question.gate and has_weight(weights, scheme.weight, 2 * scheme.weight):
            cuts.setdefault(border - 1, set()).add(border)
    return {cut: borders for cut, borders in cuts.items() if own[0] < cut <= own[-1]}


def weight_matters(scheme: Scheme, position: int, level_count: int) -> bool:
    """Whether some answers lead to another result than they would with weight 1 for this question.

    With S the weight of the others above the border and V their whole weight, weight w crosses it when
    2S > V - w with this question above the border, and 2S > V + w with it below. So the two weights part
    where 2S lies between the limits for w and for 1.
    """
    question = scheme.questions[position]
    others = scheme.weight - question.weight
    for border in range(2, level_count + 1):
        weights = reach_weights(scheme, border, position)[-1]
        below, above = divide(question, border)
        if above and has_weight(weights, others - question.weight, others - 1):
            return True
        if below and has_weight(weights, others + 1, others + question.weight):
            return True
    return False
