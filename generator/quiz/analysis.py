"""What is proved about a quiz: how its results are spread, and that everything in it has an effect.

A level that no answers lead to is an error, since the quiz would then be wrong about people. What has no effect is a
warning: the results are right without it. Each warning names the change that mends it.

Nothing here lists the patterns of answers. At the threshold of each level, a pattern matters only by its balance:
the weight above the threshold less the weight below. Tables by balance decide every question exactly (`thresholds`).

Proved for every quiz, by the form of the scoring, and therefore not checked:

- A better answer never lowers the result (see `scoring`).
- Each level that can be reached has a question that can decide it. Any pattern can be turned into any
  other by changing one answer after another, and somewhere on the way the result enters the level.
"""

from collections.abc import Callable, Collection, Iterator, Sequence, Set
from itertools import chain, pairwise
from math import gcd
from typing import NamedTuple

from generator.diagnostics.diagnostic import Diagnostic
from generator.quiz.bands import Measure
from generator.quiz.scoring import ScoringModel, build_scoring_model, score
from generator.quiz.thresholds import count_patterns, find_pivots, reach_balances, weight_matters
from generator.quiz.validation import (
    MAX_WEIGHT,
    UNSCORABLE,
    error_in_quiz,
    name_option,
    validate_quiz,
    warning_in_quiz,
)
from generator.schema.quiz import Quiz


class Analysis(NamedTuple):
    """What is proved about a quiz.

    `counts` has the number of answer patterns that lead to each level, lowest first. `pivotal_questions` has, for
    each of the same levels, the ids of the questions that can decide it: a single answer to them can move the
    result from below the level to it, or past it. Both are empty where results cannot be worked out.
    """

    counts: tuple[int, ...]
    pivotal_questions: tuple[tuple[str, ...], ...]
    findings: tuple[Diagnostic, ...]


class Example(NamedTuple):
    """A pattern of answers, one option for each question that is asked, and the level it leads to."""

    answers: tuple[int, ...]
    level: int


def analyse(
    quiz: Quiz, bands: Sequence[Measure], falling: bool = False, live: Sequence[int] = (), waiting: Collection[int] = ()
) -> Analysis:
    """Everything that is proved about a quiz. `bands` are those of the audience's levels, lowest first, `falling` says
    that a higher level has lower values.

    `live` are the numbers of the levels in this build, all of them if it is empty. Those that are `waiting` need no
    answers yet: that nothing leads to them is a warning.
    """
    findings = tuple(validate_quiz(quiz, bands, falling, waiting))
    if any(found.code in UNSCORABLE for found in findings):
        return Analysis((), (), findings)
    every = range(1, len(bands) + 1)
    whole = shown = _Proof(quiz, every)
    unreachable = dict(whole.check_levels())
    if live and len(live) < len(bands):
        shown = _Proof(quiz, live)
        unreachable = {level: unreachable[level] for level in unreachable if level not in live}
        unreachable |= dict(shown.check_levels())
    levels = (found._replace(severity="warning") if level in waiting else found for level, found in unreachable.items())
    effects = chain(levels, whole.check_questions(), whole.check_weights(), whole.check_gates())
    return Analysis(shown.counts, shown.list_pivotal_questions(), (*findings, *effects))


def _count_results(model: ScoringModel, level_count: int) -> tuple[int, ...]:
    """The number of answer patterns that lead to each level, lowest first."""
    at_least = [count_patterns(model, level) for level in range(1, level_count + 1)]
    return tuple(this - above for this, above in pairwise([*at_least, 0]))


class _Proof:
    """The reasoning about one quiz; every table is made once."""

    def __init__(self, quiz: Quiz, numbers: Sequence[int]) -> None:
        level_count = len(numbers)
        self.quiz = quiz
        # Levels are counted as scoring does; these are the numbers that they have in reports.
        self.numbers = (0, *numbers)
        self.model = build_scoring_model(quiz, numbers)
        self.ids = [quiz.questions[question.entry].id for question in self.model.questions]
        self.counts = _count_results(self.model, level_count)
        # The levels whose threshold some patterns cross and others do not.
        self.thresholds = {
            level
            for level in range(2, level_count + 1)
            if any(self.counts[: level - 1]) and any(self.counts[level - 1 :])
        }
        self.tables = [
            {level: reach_balances(self.model, level, position) for level in range(2, level_count + 1)}
            for position in range(len(self.ids))
        ]
        self.pivots = [*map(find_pivots, self.model.questions, self.tables)]

    def list_pivotal_questions(self) -> tuple[tuple[str, ...], ...]:
        decided = [set().union(*pivots.values()) for pivots in self.pivots]
        return tuple(
            tuple(name for name, levels in zip(self.ids, decided, strict=True) if level in levels)
            for level in range(1, len(self.counts) + 1)
        )

    def check_levels(self) -> Iterator[tuple[int, Diagnostic]]:
        """Levels that no answers lead to, by their number."""
        climb = [*self._climb()]
        for level, count in enumerate(self.counts, 1):
            if not count:
                yield self.numbers[level], self._explain_unreachable(level, climb)

    def _explain_unreachable(self, level: int, climb: Sequence[Example]) -> Diagnostic:
        if climb[-1].level < level:
            return self._too_high(level, climb[-1])
        if climb[0].level > level:
            why = f"the lowest answers lead to level {self.numbers[climb[0].level]}"
            return self._unreachable(level, why, self._advise_answers(level, range(1, level + 1)))
        return self._skipped(level, *next(step for step in pairwise(climb) if step[1].level > level))

    def _too_high(self, level: int, top: Example) -> Diagnostic:
        gates = [question for question in self.model.questions if question.gate]
        gate = min(gates, key=lambda question: max(question.levels), default=None)
        if gate and max(gate.levels) < level - 1:
            name = self.quiz.questions[gate.entry].id
            why = f"the gate '{name}' lets none above {self.numbers[max(gate.levels) + 1]}"
            hint = f"Give '{name}' an answer for level {self.numbers[level - 1]} or higher, or delete its gate."
            return self._unreachable(level, why, hint, gate.entry, "gate")
        hint = self._advise_answers(level, range(level, len(self.counts) + 1))
        return self._unreachable(level, f"the highest answers lead to level {self.numbers[top.level]}", hint)

    def _skipped(self, level: int, below: Example, above: Example) -> Diagnostic:
        """A level that is neither of two examples which differ in one answer, but lies between them."""
        changed = [one != other for one, other in zip(below.answers, above.answers, strict=True)]
        position = changed.index(True)
        option = above.answers[position]
        low, high = self.numbers[below.level], self.numbers[above.level]
        step = f"answer {option + 1} to '{self.ids[position]}' goes from level {low} to {high}"
        why = f"with {self._describe(below, position)} elsewhere, {step}"
        hint = self._advise_answers(level, [level])
        return self._unreachable(level, why, hint, self.model.questions[position].entry, "options", option, "level")

    def _unreachable(self, level: int, why: str, hint: str, *keys: str | int) -> Diagnostic:
        if not any(level in question.levels for question in self.model.questions):
            why = "none speaks for it"
        message = f"no answers lead to level {self.numbers[level]}: {why}."
        return error_in_quiz("unreachable-level", message, hint, *keys)

    def _advise_answers(self, level: int, near: Collection[int]) -> str:
        """The fewest questions that need an answer for a level, so that together with those that have one for a level
        that is `near` they are more than half the weight.
        """
        missing = [question for question in self.model.questions if not {*near} & {*question.levels}]
        missing.sort(key=lambda question: -question.weight)
        weight, names = self.model.weight - sum(question.weight for question in missing), list[str]()
        for question in missing:
            if 2 * weight <= self.model.weight:
                weight += question.weight
                names.append(f"'{self.quiz.questions[question.entry].id}'")
        return f"Add an answer for level {self.numbers[level]} to {' and '.join(names)}."

    def _climb(self) -> Iterator[Example]:
        """From the lowest answers to the highest, one answer changed by one step at a time."""
        answers = [question.lowest for question in self.model.questions]
        yield self._example(answers)
        for position, question in enumerate(self.model.questions):
            for level in sorted(set(question.levels))[1:]:
                answers[position] = question.levels.index(level)
                yield self._example(answers)

    def check_questions(self) -> Iterator[Diagnostic]:
        """Questions, and answers to the others, that make no difference."""
        for position, question in enumerate(self.model.questions):
            if self.pivots[position]:
                yield from self._check_answers(position)
                continue
            why, mend = "whatever one answers, the others decide", self._advise_weight(position, self.thresholds)
            level, *others = set(question.levels)
            if not others:
                why = f"all its answers speak for level {level}"
                mend = "let its answers speak for different levels"
            message = f"nobody's result depends on the question '{self.ids[position]}': {why}."
            hint = f"Delete it, or {mend}." if mend else "Delete it."
            yield warning_in_quiz("redundant-question", message, hint, question.entry)

    def _check_answers(self, position: int) -> Iterator[Diagnostic]:
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
            lower, higher = question.levels.index(low), question.levels.index(high)
            message = (
                f"answers {lower + 1} and {higher + 1} to '{self.ids[position]}' speak for levels {low} and {high}, "
                "but everybody gets the same result with either."
            )
            mend = self._advise_weight(position, steps)
            hint = f"Make one answer of them, or {mend}." if mend else "Make one answer of them."
            yield warning_in_quiz("redundant-answer", message, hint, question.entry, "options", higher, "level")

    def _advise_weight(self, position: int, levels: Set[int]) -> str | None:
        """The least weight with which a question decides between some of these levels and those below them, if there is
        one with which no level becomes unreachable.
        """
        for weight in range(1, MAX_WEIGHT + 1):
            question = self.model.questions[position]._replace(weight=weight)
            if not levels & find_pivots(question, self.tables[position]).keys():
                continue
            counts = _count_results(self.model.replace(position, question), len(self.counts))
            if all(new or not old for old, new in zip(self.counts, counts, strict=True)):
                return f"give the question 'weight: {weight}'"
        return None

    def check_weights(self) -> Iterator[Diagnostic]:
        """Weights that lead to the same results as weight 1.

        Weights with a common factor, which has a diagnostic of its own, have to be divided by it first.
        """
        if gcd(*(question.weight for question in self.model.questions)) > 1:
            return
        for position, question in enumerate(self.model.questions):
            if question.weight > 1 and not weight_matters(question, self.tables[position]):
                name = self.ids[position]
                message = f"the weight of '{name}' changes nobody's result: {question.weight} does the same as 1."
                yield warning_in_quiz("redundant-weight", message, "Delete 'weight'.", question.entry, "weight")

    def check_gates(self) -> Iterator[Diagnostic]:
        """Gates that never hold a result back. One that ever does so does it with its lowest answer and the
        highest answers to all other questions."""
        for position, question in enumerate(self.model.questions):
            answers = [other.highest for other in self.model.questions]
            answers[position] = question.lowest
            without = self.model.replace(position, question._replace(gate=False))
            if question.gate and score(without, answers) == score(self.model, answers):
                name = self.ids[position]
                message = f"nobody's result depends on the gate '{name}': everybody gets the same level without it."
                lower = ", or add an answer for a lower level" if min(question.levels) > 1 else ""
                yield warning_in_quiz("redundant-gate", message, f"Delete 'gate: true'{lower}.", question.entry, "gate")

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

        answered = [*zip(self.model.questions, example.answers, strict=True)]
        lowest, highest = list_exceptions(min), list_exceptions(max)
        word, names = ("lowest", lowest) if len(lowest) <= len(highest) else ("highest", highest)
        return f"the {word} answers" + (f" except {' and '.join(names)}" if names else "")
