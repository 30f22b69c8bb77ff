"""What is proved about a quiz: how its results are spread, and that nothing in it is without effect.

Nothing here lists the patterns of answers. At the border of each level, a pattern matters only by the
weight above the border, so tables over that weight decide every question exactly (see `quiz_borders`).

Proved for every quiz, by the form of the scoring, and therefore not looked for:

- A better answer never lowers the result (see `quiz`).
- Each level that can be reached has a question that can decide it. From any pattern one gets to any
  other by changing one answer after another, and somewhere on the way the result enters the level.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import gcd
from typing import NamedTuple

from generator.diagnostics.diagnostic import Keys
from generator.quiz.scoring import read_scheme, score
from generator.quiz.thresholds import (
    count_patterns,
    find_cuts,
    find_pattern,
    highest,
    lowest,
    nearest_weight,
    reach_weights,
    weight_matters,
)
from generator.quiz.validation import FATAL, Defect, Example, check_form, describe
from generator.schema.quiz import Quiz


class Certificate(NamedTuple):
    """What is proved about a quiz.

    `counts` has the number of answer patterns that lead to each level, lowest first; `deciders`, for each
    of the same levels, the ids of the questions of which a single answer can move the result into
    the level from below, or past it. Level 1 has none below. Both are empty where a defect keeps results from
    being worked out.
    """

    counts: tuple[int, ...]
    deciders: tuple[tuple[str, ...], ...]
    defects: tuple[Defect, ...]

    @property
    def total(self) -> int:
        """The number of answer patterns."""
        return sum(self.counts)

    @property
    def shares(self) -> tuple[float, ...]:
        """The share of answer patterns that lead to each level; they add up to 1."""
        return tuple(count / self.total for count in self.counts)


def certify(quiz: Quiz, level_count: int) -> Certificate:
    """Everything that is proved about a quiz for an audience with this many levels."""
    form = check_form(quiz, level_count)
    if any(defect.kind in FATAL for defect in form):
        return Certificate((), (), tuple(form))
    proof = _Proof(quiz, level_count)
    defects = (*form, *proof.levels(), *proof.questions(), *proof.weights(), *proof.gates())
    return Certificate(proof.counts, proof.deciders, defects)


class _Proof:
    """The reasoning about one quiz; every table is made once."""

    def __init__(self, quiz: Quiz, level_count: int) -> None:
        self.quiz = quiz
        self.scheme = read_scheme(quiz)
        self.level_count = level_count
        at_least = [count_patterns(self.scheme, level) for level in range(1, level_count + 1)]
        self.counts = tuple(this - above for this, above in pairwise([*at_least, 0]))
        # The borders that some patterns cross and others do not.
        self.borders = {level for level in range(2, level_count + 1) if 0 < at_least[level - 1] < at_least[0]}
        self.cuts = [find_cuts(self.scheme, position, level_count) for position in range(len(self.scheme.questions))]
        self.ids = [quiz.questions[question.entry].id for question in self.scheme.questions]
        self.deciders = tuple(
            tuple(name for name, cuts in zip(self.ids, self.cuts, strict=True) if level in set().union(*cuts.values()))
            for level in range(1, level_count + 1)
        )

    def levels(self) -> Iterator[Defect]:
        """Levels that no answers lead to."""
        for level, count in enumerate(self.counts, 1):
            if not count:
                yield self._unreachable(level)

    def _unreachable(self, level: int) -> Defect:
        climb = list(self._climb())
        if climb[-1].level < level:
            return self._too_high(level, climb[-1])
        if climb[0].level > level:
            message = f"no answers lead to level {level}: the lowest answers lead to level {climb[0].level}."
            hint = f"Questions of at least half the weight need an answer for level {level}{' or lower' * (level > 1)}."
            return Defect("unreachable-level", ("questions",), message, hint, (climb[0],), level=level)
        return self._jumped_over(level, *next(step for step in pairwise(climb) if step[1].level > level))

    def _too_high(self, level: int, top: Example) -> Defect:
        gates = [question for question in self.scheme.questions if question.gate]
        gate = min(gates, key=lambda question: max(question.levels), default=None)
        if gate and max(gate.levels) < level - 1:
            name = self.quiz.questions[gate.entry].id
            message = f"no answers lead to level {level}: the gate '{name}' lets none above {max(gate.levels) + 1}."
            hint = f"Give '{name}' an answer for level {level - 1} or higher, or delete its gate."
            field: Keys = ("questions", gate.entry, "gate")
            return Defect("unreachable-level", field, message, hint, (top,), gate.entry, level=level)
        message = f"no answers lead to level {level}: the highest answers lead to level {top.level}."
        hint = f"Questions of more than half the weight need an answer for level {level}."
        return Defect("unreachable-level", ("questions",), message, hint, (top,), level=level)

    def _jumped_over(self, level: int, below: Example, above: Example) -> Defect:
        changed = [one != other for one, other in zip(below.answers, above.answers, strict=True)]
        position = changed.index(True)
        entry, option = self.scheme.questions[position].entry, above.answers[position]
        step = f"answer {option + 1} to '{self.ids[position]}' goes from level {below.level} to {above.level}"
        message = f"no answers lead to level {level}: with {self._words(below, position)} elsewhere, {step}."
        hint = f"Add answers for level {level}."
        field = ("questions", entry, "options", option, "level")
        return Defect("unreachable-level", field, message, hint, (below, above), entry, option, level)

    def _climb(self) -> Iterator[Example]:
        """From the lowest answers to the highest, one answer changed by one step at a time."""
        answers = [lowest(question) for question in self.scheme.questions]
        yield self._example(answers)
        for position, question in enumerate(self.scheme.questions):
            for level in sorted(set(question.levels))[1:]:
                answers[position] = question.levels.index(level)
                yield self._example(answers)

    def questions(self) -> Iterator[Defect]:
        """Questions, and answers to the others, that make no difference."""
        for position, question in enumerate(self.scheme.questions):
            if self.cuts[position]:
                yield from self._idle_answers(position)
                continue
            one, other = self._pair(position, lowest(question), highest(question), self.borders)
            if len(set(question.levels)) == 1:
                why = f"all its answers speak for level {question.levels[0]}"
            else:
                why = (
                    f"even with {self._words(one, position)} elsewhere, each of its answers leads to level {one.level}"
                )
            message = f"the question '{self.ids[position]}' never changes a result: {why}."
            hint = "Delete it, or give it more weight or answers for other levels."
            field = ("questions", question.entry)
            yield Defect("idle-question", field, message, hint, (one, other), question.entry)

    def _idle_answers(self, position: int) -> Iterator[Defect]:
        """Neighbouring answers for two levels that always lead to the same result.

        Where a level cannot be reached, its border is none that answers could fail to cross; that level
        is reported, and not each answer for it as well.
        """
        question = self.scheme.questions[position]
        for low, high in pairwise(sorted(set(question.levels))):
            parting = set(range(low + 1, high + 1))
            borders = self.borders & (parting | {cut + 1 for cut in parting if question.gate})
            if not borders or parting & self.cuts[position].keys():
                continue
            options = question.levels.index(low), question.levels.index(high)
            one, other = self._pair(position, *options, borders)
            message = (
                f"answers {options[0] + 1} and {options[1] + 1} to '{self.ids[position]}' speak for levels {low} and "
                f"{high} but never lead to different results: even with {self._words(one, position)} elsewhere, "
                f"both lead to level {one.level}."
            )
            field = ("questions", question.entry, "options", options[1], "level")
            hint = "Join them, or give the question more weight."
            yield Defect("idle-answer", field, message, hint, (one, other), question.entry, options[1], high)

    def weights(self) -> Iterator[Defect]:
        """Weights that lead to the same results as weight 1.

        Weights with a common factor, which is a defect of its own, are looked at once they are divided by it.
        """
        if gcd(*(question.weight for question in self.scheme.questions)) > 1:
            return
        for position, question in enumerate(self.scheme.questions):
            if question.weight > 1 and not weight_matters(self.scheme, position, self.level_count):
                one, other = self._pair(position, lowest(question), highest(question), self.borders)
                name = self.ids[position]
                message = f"the weight {question.weight} of '{name}' leads to the same results as weight 1."
                field = ("questions", question.entry, "weight")
                yield Defect("idle-weight", field, message, "Delete it.", (one, other), question.entry)

    def gates(self) -> Iterator[Defect]:
        """Gates that hold nothing back. If one ever does, it does with its lowest answer and the highest
        answers to all other questions."""
        for position, question in enumerate(self.scheme.questions):
            if not question.gate:
                continue
            answers = [highest(other) for other in self.scheme.questions]
            answers[position] = lowest(question)
            example = self._example(answers)
            if score(self.scheme.replace(position, question._replace(gate=False)), answers) == example.level:
                message = (
                    f"the gate of '{self.ids[position]}' holds no result back: {self._words(example)} lead to "
                    f"level {example.level} without it, too."
                )
                field = ("questions", question.entry, "gate")
                hint = "Delete it, or add an answer for a lower level." if min(question.levels) > 1 else "Delete it."
                yield Defect("idle-gate", field, message, hint, (example,), question.entry)

    def _pair(self, position: int, low: int, high: int, borders: Iterable[int]) -> tuple[Example, Example]:
        """Two patterns that differ in one answer, where the others come nearest to leaving it the decision."""
        others = self.scheme.weight - self.scheme.questions[position].weight
        nearest = []
        for border in sorted(borders):
            weights = reach_weights(self.scheme, border, position)[-1]
            if weights:
                weight = nearest_weight(weights, others)
                nearest.append((abs(2 * weight - others), border, weight))
        if nearest:
            _, border, weight = min(nearest)
            answers = find_pattern(self.scheme, border, position, weight)
        else:
            answers = [highest(question) for question in self.scheme.questions]
        pair = [[*answers[:position], option, *answers[position + 1 :]] for option in (low, high)]
        return self._example(pair[0]), self._example(pair[1])

    def _example(self, answers: Sequence[int]) -> Example:
        return Example(tuple(answers), score(self.scheme, answers))

    def _words(self, example: Example, without: int | None = None) -> str:
        return describe(self.scheme, self.quiz, example.answers, without)
