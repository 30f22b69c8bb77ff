"""What can be wrong with a quiz, and the defects that show without looking at any answers."""

from collections.abc import Iterable, Iterator
from math import gcd
from typing import Literal, NamedTuple

from generator.diagnostics.diagnostic import Keys
from generator.quiz.scoring import Scheme
from generator.schema.quiz import Question, Quiz

HEAVIEST = 100

Kind = Literal[
    "no-questions",
    "few-answers",
    "empty-answer",
    "duplicate-id",
    "duplicate-question",
    "duplicate-answer",
    "unknown-level",
    "weight-out-of-range",
    "common-factor",
    "band-empty",
    "band-gap",
    "band-overlap",
    "band-outside-level",
    "band-unmeasured",
    "unreachable-level",
    "idle-question",
    "idle-answer",
    "idle-weight",
    "idle-gate",
]

# With one of these, results cannot be worked out at all.
FATAL: frozenset[Kind] = frozenset({"no-questions", "few-answers", "unknown-level", "weight-out-of-range"})


class Example(NamedTuple):
    """A pattern of answers, one option for each question that is asked, and the level it leads to."""

    answers: tuple[int, ...]
    level: int


class Defect(NamedTuple):
    """A promise that a quiz breaks.

    `field` leads to the line to blame from the top of the quiz's file; `question` and `option` count as
    the file does, drafts included. `examples` show it: one pattern of answers, or two that differ in one answer.
    """

    kind: Kind
    field: Keys
    message: str
    hint: str
    examples: tuple[Example, ...] = ()
    question: int | None = None
    option: int | None = None
    level: int | None = None


def check_form(quiz: Quiz, level_count: int) -> list[Defect]:
    """The defects of a quiz's questions and answers, each looked at for itself. Drafts are not looked at."""
    asked = [(index, question) for index, question in enumerate(quiz.questions) if not question.draft]
    if not asked:
        message = "the quiz asks nothing: every question is a draft."
        return [Defect("no-questions", ("questions",), message, "Publish a question, or delete the file.")]
    defects = [*_check_repeats(asked), *_check_factor(asked)]
    for index, question in asked:
        defects += [*_check_question(index, question), *_check_options(index, question, level_count)]
    return defects


def _check_repeats(asked: Iterable[tuple[int, Question]]) -> Iterator[Defect]:
    ids: set[str] = set()
    texts: dict[str, str] = {}
    for index, question in asked:
        if question.id in ids:
            message = f"another question has the id '{question.id}' too."
            yield Defect("duplicate-id", ("questions", index, "id"), message, "Rename one.", question=index)
        elif _plain(question.text) in texts:
            message = f"the question '{question.id}' asks the same as '{texts[_plain(question.text)]}'."
            field = ("questions", index, "text")
            yield Defect("duplicate-question", field, message, "Delete one, or ask something else.", question=index)
        ids.add(question.id)
        texts.setdefault(_plain(question.text), question.id)


def _check_factor(asked: list[tuple[int, Question]]) -> Iterator[Defect]:
    """Weights count against each other: 2, 2, 4 is 1, 1, 2."""
    factor = gcd(*(question.weight for _, question in asked))
    if factor > 1:
        message = f"every weight is a multiple of {factor}, which says no more than if they were divided by it."
        field = ("questions", asked[0][0], "weight")
        yield Defect("common-factor", field, message, f"Divide all weights by {factor}.", question=asked[0][0])


def _check_question(index: int, question: Question) -> Iterator[Defect]:
    if len(question.options) < 2:
        message = f"the question '{question.id}' has fewer than two answers."
        yield Defect("few-answers", ("questions", index, "options"), message, "Add one.", question=index)
    if not 1 <= question.weight <= HEAVIEST:
        message = f"the weight of '{question.id}' is {question.weight}."
        hint = f"Weights are whole numbers from 1 to {HEAVIEST}."
        yield Defect("weight-out-of-range", ("questions", index, "weight"), message, hint, question=index)


def _check_options(index: int, question: Question, level_count: int) -> Iterator[Defect]:
    texts: dict[str, int] = {}
    for number, option in enumerate(question.options):
        field = ("questions", index, "options", number)
        name = name_option(question, number)
        if not 1 <= option.level <= level_count:
            message = f"{name} speaks for level {option.level}, which does not exist."
            hint = f"The levels are 1 to {level_count}."
            yield Defect("unknown-level", (*field, "level"), message, hint, (), index, number, option.level)
        if option.text is None:
            if option.band is None:
                yield Defect("empty-answer", field, f"{name} says nothing.", "Add text: or band:.", (), index, number)
        elif option.band is None:
            text = _plain(option.text)
            if text in texts:
                message = f"{name} says the same as answer {texts[text] + 1}."
                hint = "Delete one, or say how they differ."
                yield Defect("duplicate-answer", (*field, "text"), message, hint, (), index, number)
            texts.setdefault(text, number)


def name_option(question: Question, number: int) -> str:
    """What messages call an option: `answer 2 to 'salary'`."""
    return f"answer {number + 1} to '{question.id}'"


def describe(scheme: Scheme, quiz: Quiz, answers: tuple[int, ...], without: int | None = None) -> str:
    """A pattern of answers in the fewest words: `the lowest answers except answer 4 to 'mrr'`.

    The answer to the question at position `without` is passed over.
    """

    def exceptions(word: str) -> tuple[str, list[str]]:
        pick = min if word == "lowest" else max
        return word, [
            name_option(quiz.questions[question.entry], answers[position])
            for position, question in enumerate(scheme.questions)
            if position != without and question.levels[answers[position]] != pick(question.levels)
        ]

    word, names = min(exceptions("lowest"), exceptions("highest"), key=lambda found: len(found[1]))
    return f"the {word} answers" + (f" except {' and '.join(names)}" if names else "")


def _plain(text: str) -> str:
    """A text without what readers do not notice: capitals, spacing, the full stop."""
    return " ".join(text.casefold().split()).rstrip(".?! ")
