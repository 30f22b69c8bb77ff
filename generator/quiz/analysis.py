"""What is proved about a quiz: how its results are spread, and that everything in it has an effect.

Nothing here lists the patterns of answers. At the threshold of each level, a pattern matters only by the
weight above the threshold, so tables over that weight decide every question exactly (see `thresholds`).

Proved for every quiz, by the form of the scoring, and therefore not checked:

- A better answer never lowers the result (see `scoring`).
- Each level that can be reached has a question that can decide it. Any pattern can be turned into any
  other by changing one answer after another, and somewhere on the way the result enters the level.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise
from math import gcd
from typing import NamedTuple

from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at
from generator.quiz.scoring import build_scoring_model, score
from generator.quiz.thresholds import (
    count_patterns,
    find_pattern,
    find_pivots,
    highest_option,
    lowest_option,
    nearest_weight,
    reach_weights,
    weight_matters,
)
from generator.quiz.validation import QUIZ_FILE, UNSCORABLE, name_option, validate_quiz
from generator.schema.level import Band
from generator.schema.quiz import Quiz


class Example(NamedTuple):
    """A pattern of answers, one option for each question that is asked, and the level it leads to."""

    answers: tuple[int, ...]
    level: int


Finding = tuple[Diagnostic, tuple[Example, ...]]


class Analysis(NamedTuple):
    """What is proved about a quiz.

    `counts` has the number of answer patterns that lead to each level, lowest first. `pivotal_questions` has, for
    each of the same levels, the ids of the questions that can decide it: a single answer to them can move the
    result from below the level to it, or past it. Both are empty where results cannot be worked out.

    `findings` are the diagnostics, at `quiz.yaml` relative to the audience's folder, each with examples that show
    it: one pattern of answers, or two that differ in one answer, or none where it does not depend on results.
    """

    counts: tuple[int, ...]
    pivotal_questions: tuple[tuple[str, ...], ...]
    findings: Mapping[Diagnostic, tuple[Example, ...]]

    @property
    def total(self) -> int:
        """The number of answer patterns."""
        return sum(self.counts)


def analyse(quiz: Quiz, bands: Sequence[Band | None]) -> Analysis:
    """Everything that is proved about a quiz. `bands` are those of the audience's levels, lowest first."""
    findings: dict[Diagnostic, tuple[Example, ...]] = dict.fromkeys(validate_quiz(quiz, bands), ())
    if any(found.code in UNSCORABLE for found in findings):
        return Analysis((), (), findings)
    proof = _Proof(quiz, len(bands))
    findings.update(chain(proof.check_levels(), proof.check_questions(), proof.check_weights(), proof.check_gates()))
    return Analysis(proof.counts, proof.pivotal_questions, findings)


class _Proof:
    """The reasoning about one quiz; every table is made once."""

    def __init__(self, quiz: Quiz, level_count: int) -> None:
        self.quiz = quiz
        self.model = build_scoring_model(quiz)
        self.level_count = level_count
        at_least = [count_patterns(self.model, level) for level in range(1, level_count + 1)]
        self.counts = tuple(this - above for this, above in pairwise([*at_least, 0]))
        # The levels whose threshold some patterns cross and others do not.
        self.thresholds = {level for level in range(2, level_count + 1) if 0 < at_least[level - 1] < at_least[0]}
        self.pivots = [find_pivots(self.model, position, level_count) for position in range(len(self.model.questions))]
        self.ids = [quiz.questions[question.entry].id for question in self.model.questions]
        self.pivotal_questions = tuple(
            tuple(
                name
                for name, pivots in zip(self.ids, self.pivots, strict=True)
                if any(level in thresholds for thresholds in pivots.values())
            )
            for level in range(1, level_count + 1)
        )

    def check_levels(self) -> Iterator[Finding]:
        """Levels that no answers lead to."""
        for level, count in enumerate(self.counts, 1):
            if not count:
                yield self._unreachable(level)

    def _unreachable(self, level: int) -> Finding:
        climb = list(self._climb())
        if climb[-1].level < level:
            return self._too_high(level, climb[-1])
        if climb[0].level > level:
            message = f"no answers lead to level {level}: the lowest answers lead to level {climb[0].level}."
            hint = f"Questions of at least half the weight need an answer for level {level}{' or lower' * (level > 1)}."
            return _make_finding("unreachable-level", ("questions",), message, hint, climb[0])
        return self._skipped(level, *next(step for step in pairwise(climb) if step[1].level > level))

    def _too_high(self, level: int, top: Example) -> Finding:
        gates = [question for question in self.model.questions if question.gate]
        gate = min(gates, key=lambda question: max(question.levels), default=None)
        if gate and max(gate.levels) < level - 1:
            name = self.quiz.questions[gate.entry].id
            message = f"no answers lead to level {level}: the gate '{name}' lets none above {max(gate.levels) + 1}."
            hint = f"Give '{name}' an answer for level {level - 1} or higher, or delete its gate."
            return _make_finding("unreachable-level", ("questions", gate.entry, "gate"), message, hint, top)
        message = f"no answers lead to level {level}: the highest answers lead to level {top.level}."
        hint = f"Questions of more than half the weight need an answer for level {level}."
        return _make_finding("unreachable-level", ("questions",), message, hint, top)

    def _skipped(self, level: int, below: Example, above: Example) -> Finding:
        """A level that is neither of two examples which differ in one answer, but lies between them."""
        changed = [one != other for one, other in zip(below.answers, above.answers, strict=True)]
        position = changed.index(True)
        option = above.answers[position]
        step = f"answer {option + 1} to '{self.ids[position]}' goes from level {below.level} to {above.level}"
        message = f"no answers lead to level {level}: with {self._describe(below, position)} elsewhere, {step}."
        keys = ("questions", self.model.questions[position].entry, "options", option, "level")
        return _make_finding("unreachable-level", keys, message, f"Add answers for level {level}.", below, above)

    def _climb(self) -> Iterator[Example]:
        """From the lowest answers to the highest, one answer changed by one step at a time."""
        answers = [lowest_option(question) for question in self.model.questions]
        yield self._example(answers)
        for position, question in enumerate(self.model.questions):
            for level in sorted(set(question.levels))[1:]:
                answers[position] = question.levels.index(level)
                yield self._example(answers)

    def check_questions(self) -> Iterator[Finding]:
        """Questions, and answers to the others, that make no difference."""
        for position, question in enumerate(self.model.questions):
            if self.pivots[position]:
                yield from self._check_answers(position)
                continue
            pair = self._closest_pair(position, self.thresholds)
            if len(set(question.levels)) == 1:
                why = f"all its answers speak for level {question.levels[0]}"
            else:
                others = self._describe(pair[0], position)
                why = f"even with {others} elsewhere, each of its answers leads to level {pair[0].level}"
            message = f"the question '{self.ids[position]}' never changes a result: {why}."
            hint = "Delete it, or give it more weight or answers for other levels."
            yield _make_finding("redundant-question", ("questions", question.entry), message, hint, *pair)

    def _check_answers(self, position: int) -> Iterator[Finding]:
        """Neighbouring answers for two levels that always lead to the same result.

        A threshold that no pattern crosses, or every one, says nothing about answers: the level that cannot
        be reached is reported instead.
        """
        question, pivots = self.model.questions[position], self.pivots[position]
        for low, high in pairwise(sorted(set(question.levels))):
            steps = set(range(low + 1, high + 1))
            thresholds = self.thresholds & (steps | {step + 1 for step in steps if question.gate})
            if not thresholds or steps & pivots.keys():
                continue
            options = question.levels.index(low), question.levels.index(high)
            pair = self._closest_pair(position, thresholds, options)
            message = (
                f"answers {options[0] + 1} and {options[1] + 1} to '{self.ids[position]}' speak for levels {low} and "
                f"{high} but never lead to different results: even with {self._describe(pair[0], position)} elsewhere, "
                f"both lead to level {pair[0].level}."
            )
            keys = ("questions", question.entry, "options", options[1], "level")
            yield _make_finding(
                "redundant-answer", keys, message, "Join them, or give the question more weight.", *pair
            )

    def check_weights(self) -> Iterator[Finding]:
        """Weights that lead to the same results as weight 1.

        Weights with a common factor, which has a diagnostic of its own, have to be divided by it first.
        """
        if gcd(*(question.weight for question in self.model.questions)) > 1:
            return
        for position, question in enumerate(self.model.questions):
            if question.weight > 1 and not weight_matters(self.model, position, self.level_count):
                message = (
                    f"the weight {question.weight} of '{self.ids[position]}' leads to the same results as weight 1."
                )
                pair = self._closest_pair(position, self.thresholds)
                yield _make_finding(
                    "redundant-weight", ("questions", question.entry, "weight"), message, "Delete it.", *pair
                )

    def check_gates(self) -> Iterator[Finding]:
        """Gates that never hold a result back. One that ever does so does it with its lowest answer and the
        highest answers to all other questions."""
        for position, question in enumerate(self.model.questions):
            if not question.gate:
                continue
            answers = [highest_option(other) for other in self.model.questions]
            answers[position] = lowest_option(question)
            example = self._example(answers)
            if score(self.model.replace(position, question._replace(gate=False)), answers) == example.level:
                message = (
                    f"the gate of '{self.ids[position]}' holds no result back: {self._describe(example)} lead to "
                    f"level {example.level} without it, too."
                )
                hint = "Delete it, or add an answer for a lower level." if min(question.levels) > 1 else "Delete it."
                yield _make_finding("redundant-gate", ("questions", question.entry, "gate"), message, hint, example)

    def _closest_pair(
        self, position: int, thresholds: Iterable[int], options: tuple[int, int] | None = None
    ) -> tuple[Example, Example]:
        """Two patterns that differ in one answer, and come closest to a different result at one of these thresholds.

        `options` are the two answers; without them, the lowest one and the highest.
        """
        question = self.model.questions[position]
        others = self.model.weight - question.weight
        nearest = []
        for level in sorted(thresholds):
            weights = reach_weights(self.model, level, position)[-1]
            if weights:
                weight = nearest_weight(weights, others)
                nearest.append((abs(2 * weight - others), level, weight))
        if nearest:
            _, level, weight = min(nearest)
            answers = find_pattern(self.model, level, position, weight)
        else:
            answers = [highest_option(question) for question in self.model.questions]
        low, high = options or (lowest_option(question), highest_option(question))
        before, after = answers[:position], answers[position + 1 :]
        return self._example([*before, low, *after]), self._example([*before, high, *after])

    def _example(self, answers: Sequence[int]) -> Example:
        return Example(tuple(answers), score(self.model, answers))

    def _describe(self, example: Example, without: int | None = None) -> str:
        """A pattern of answers in the fewest words: `the lowest answers except answer 4 to 'mrr'`.

        The question at position `without` is left out.
        """

        def list_exceptions(usual: Callable[[Sequence[int]], int]) -> list[str]:
            return [
                name_option(self.quiz.questions[question.entry], option)
                for position, (question, option) in enumerate(answered)
                if position != without and question.levels[option] != usual(question.levels)
            ]

        answered = list(zip(self.model.questions, example.answers, strict=True))
        lowest, highest = list_exceptions(min), list_exceptions(max)
        word, names = ("lowest", lowest) if len(lowest) <= len(highest) else ("highest", highest)
        return f"the {word} answers" + (f" except {' and '.join(names)}" if names else "")


def _make_finding(code: str, keys: Keys, message: str, hint: str, *examples: Example) -> Finding:
    return error_at(code, QUIZ_FILE, keys, message, hint), examples
