"""Quizzes for tests, and an independent brute force that knows them only by listing every pattern.

`ask("1234", weight=2, gate=True)` is a question with four answers that speak for levels 1 to 4.
The brute force reads the quiz as an editor wrote it and shares no code with the program.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product
from typing import Literal

from hypothesis import settings
from hypothesis import strategies as st
from msgspec import structs

from generator.diagnostics.diagnostic import Diagnostic, Keys, Pointer
from generator.quiz.analysis import Analysis, analyse
from generator.schema.quiz import Option, Question, Quiz

Pattern = tuple[int, ...]
Results = dict[Pattern, int]
# The code, and as far as it matters the index of the question and the level.
Mistake = tuple[str, int | None, int | None]

properties = settings(max_examples=120)


def ask(
    levels: str | Sequence[int], *, weight: int = 1, gate: bool = False, draft: bool = False, metric: bool = False
) -> Question:
    """A question whose options speak for these levels. `quiz_of` gives it an id and a text."""
    band: Literal["level"] | None = "level" if metric else None
    options = tuple(
        Option(text=f"option {number}", level=level, band=band) for number, level in enumerate(map(int, levels), 1)
    )
    return Question(id="q", text="Question?", weight=weight, gate=gate, draft=draft, options=options)


def quiz_of(*questions: Question) -> Quiz:
    """A quiz of these questions, with the ids `q1`, `q2` and so on."""
    named = (
        structs.replace(question, id=f"q{number}", text=f"Question {number}?")
        for number, question in enumerate(questions, 1)
    )
    return Quiz(title="Quiz", questions=tuple(named))


def change_question(quiz: Quiz, index: int, **fields: object) -> Quiz:
    """The quiz with other fields in one question."""
    questions = list(quiz.questions)
    questions[index] = structs.replace(questions[index], **fields)
    return structs.replace(quiz, questions=tuple(questions))


def change_option(quiz: Quiz, index: int, number: int, **fields: object) -> Quiz:
    """The quiz with other fields in one option."""
    options = list(quiz.questions[index].options)
    options[number] = structs.replace(options[number], **fields)
    return change_question(quiz, index, options=tuple(options))


@st.composite
def quizzes(draw: st.DrawFn, most_patterns: int = 1500, level_count: int = 4, metric: bool = False) -> Quiz:
    """Any quiz of up to six questions with up to four options each, and sometimes a draft among them. With `metric`,
    some ask for what the levels are measured in.
    """
    questions: list[Question] = []
    patterns = 1
    for _ in range(draw(st.integers(1, 6))):
        levels = draw(st.lists(st.integers(1, level_count), min_size=2, max_size=4))
        if patterns * len(levels) > most_patterns:
            break
        patterns *= len(levels)
        weight = draw(st.sampled_from((1, 1, 1, 2, 2, 3, 5)))
        of_metric = metric and draw(st.integers(0, 3)) == 0
        questions.append(ask(levels, weight=weight, gate=draw(st.integers(0, 2)) == 0, metric=of_metric))
        if draw(st.integers(0, 9)) == 0:
            questions.append(ask([level_count, 1], weight=9, gate=True, draft=True))
    return quiz_of(*questions)


def random_quizzes(dice: random.Random, count: int, level_count: int = 4, metric: bool = False) -> Iterator[Quiz]:
    """Quizzes that lean towards valid ones: most questions have an option for every level. `metric`: as above."""
    every = range(1, level_count + 1)
    for _ in range(count):
        yield quiz_of(
            *(
                ask(
                    every if dice.random() < 0.6 else dice.choices(every, k=dice.randint(2, 4)),
                    weight=dice.choice((1, 1, 1, 2, 2, 3)),
                    gate=dice.random() < 0.3,
                    metric=metric and dice.random() < 0.25,
                )
                for _ in range(dice.randint(1, 5))
            )
        )


def asked(quiz: Quiz) -> list[Question]:
    return [question for question in quiz.questions if not question.draft]


def analyse_levels(quiz: Quiz, level_count: int) -> Analysis:
    """The analysis of a quiz for an audience whose levels have no bands."""
    return analyse(quiz, [None] * level_count)


def keys_of(diagnostic: Diagnostic) -> Keys:
    """The keys of the value in the file that a diagnostic points at."""
    assert isinstance(diagnostic.position, Pointer)
    return diagnostic.position.keys


def patterns(quiz: Quiz) -> Iterator[Pattern]:
    """Every pattern of answers."""
    return product(*(range(len(question.options)) for question in asked(quiz)))


def brute_score(quiz: Quiz, pattern: Sequence[int]) -> int:
    """The result by the letter of the rule: line all answers up, take the middle one, then the gates."""
    row: list[int] = []
    for question, option in zip(asked(quiz), pattern, strict=True):
        row += [question.options[option].level] * question.weight
    row.sort()
    result = row[(len(row) - 1) // 2]
    for question, option in zip(asked(quiz), pattern, strict=True):
        if question.gate:
            result = min(result, question.options[option].level + 1)
    return result


def brute_results(quiz: Quiz) -> Results:
    return {pattern: brute_score(quiz, pattern) for pattern in patterns(quiz)}


def brute_mistakes(quiz: Quiz, level_count: int) -> set[Mistake]:
    """Every mistake in a quiz that only its results can show."""
    results = brute_results(quiz)
    found: set[Mistake] = {
        ("unreachable-level", None, level) for level in set(range(1, level_count + 1)) - set(results.values())
    }
    thresholds = {
        level
        for level in range(2, level_count + 1)
        if any(result < level for result in results.values()) and any(result >= level for result in results.values())
    }
    positions = [index for index, question in enumerate(quiz.questions) if not question.draft]
    for position, index in enumerate(positions):
        question = quiz.questions[index]
        if all(len(column) == 1 for column in _columns(results, position)):
            found.add(("redundant-question", index, None))
        else:
            found |= {
                ("redundant-answer", index, level)
                for level in _redundant_answers(question, results, position, thresholds)
            }
        if (
            question.weight > 1
            and not _common_factor(quiz)
            and results == brute_results(change_question(quiz, index, weight=1))
        ):
            found.add(("redundant-weight", index, None))
        if question.gate and results == brute_results(change_question(quiz, index, gate=False)):
            found.add(("redundant-gate", index, None))
    return found


def _common_factor(quiz: Quiz) -> bool:
    """Whether all weights can be divided by a number: then no single one of them is to blame."""
    weights = [question.weight for question in asked(quiz)]
    return any(all(weight % factor == 0 for weight in weights) for factor in range(2, max(weights) + 1))


def _columns(results: Results, position: int) -> list[set[int]]:
    """For each pattern of the others, the results that the answers to one question lead to."""
    columns: dict[Pattern, set[int]] = {}
    for pattern, result in results.items():
        columns.setdefault((*pattern[:position], *pattern[position + 1 :]), set()).add(result)
    return list(columns.values())


def _redundant_answers(question: Question, results: Results, position: int, thresholds: set[int]) -> Iterator[int]:
    """Levels that always lead to the same result as the question's next lower level, although there is a
    threshold between them: at that level, or at the one above where the question is a gate."""
    options = {option.level: number for number, option in enumerate(question.options)}
    steps = sorted(options)
    for low, high in pairwise(steps):
        near = set(range(low + 1, high + 1)) | (set(range(low + 2, high + 2)) if question.gate else set())
        same = all(
            result == results[(*pattern[:position], options[high], *pattern[position + 1 :])]
            for pattern, result in results.items()
            if pattern[position] == options[low]
        )
        if same and near & thresholds:
            yield high


def brute_pivotal_questions(quiz: Quiz, level_count: int) -> tuple[tuple[str, ...], ...]:
    """For each level, the questions of which one answer moves the result from below it to it or past it."""
    results = brute_results(quiz)
    columns = [_columns(results, position) for position in range(len(asked(quiz)))]
    return tuple(
        tuple(
            question.id
            for position, question in enumerate(asked(quiz))
            if any(min(column) < level <= max(column) for column in columns[position])
        )
        for level in range(1, level_count + 1)
    )


def find_difference(candidate: Callable[[Quiz, Pattern], int]) -> tuple[Quiz, Pattern] | None:
    """The first pattern of a fixed series of quizzes that a way of scoring scores otherwise than the brute force."""
    for quiz in random_quizzes(random.Random(7), count=60):
        for pattern in patterns(quiz):
            if candidate(quiz, pattern) != brute_score(quiz, pattern):
                return quiz, pattern
    return None
