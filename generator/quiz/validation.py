"""What is wrong with the questions and answers of a quiz, as far as it shows without scoring any answers.

Answers may stand for a band of values. Every value belongs to exactly one of a question's bands. A question without a
metric of its own asks for the audience's metric, by which the levels are drawn: an answer's band then lies within the
band of its level.

`bands` are always those of the audience's levels, lowest first; `falling`: a higher level has lower values. Diagnostics
lie in `quiz.yaml`, relative to the folder of the audience. Draft questions are not looked at.
"""

from collections.abc import Collection, Iterator, Sequence
from math import gcd, inf

from generator.diagnostics.diagnostic import Diagnostic, error_at, warning_at
from generator.quiz.bands import Measure, Span, answer_span, figure, level_spans
from generator.schema.quiz import AnswerBand, Question, Quiz

QUIZ_FILE = "quiz.yaml"
MAX_WEIGHT = 100

# With one of these, results cannot be worked out.
UNSCORABLE = frozenset({"no-questions", "unknown-level", "weight-out-of-range"})

# A question with its place in the file, drafts counted.
Numbered = tuple[int, Question]


def name_option(question: Question, number: int) -> str:
    """What messages call an option: `answer 2 to 'salary'`."""
    return f"answer {number + 1} to '{question.id}'"


def error_in_quiz(code: str, message: str, hint: str, *keys: str | int) -> Diagnostic:
    """A mistake in a quiz, at the value that these keys lead to from `questions`."""
    return error_at(code, QUIZ_FILE, ("questions", *keys), message, hint)


def warning_in_quiz(code: str, message: str, hint: str, *keys: str | int) -> Diagnostic:
    """A weak spot: the results are right, but something in the quiz has no part in them."""
    return warning_at(code, QUIZ_FILE, ("questions", *keys), message, hint)


def validate_quiz(
    quiz: Quiz, bands: Sequence[Measure], falling: bool = False, waiting: Collection[int] = ()
) -> Iterator[Diagnostic]:
    """What is wrong with a quiz: its ids, texts, levels, weights and bands.

    Levels that are `waiting` to go live need no answers yet.
    """
    asked = [(index, question) for index, question in enumerate(quiz.questions) if not question.draft]
    if not asked:
        message = "the quiz asks nothing: every question is a draft."
        yield error_in_quiz("no-questions", message, "Publish a question, or delete the file.")
        return
    yield from _check_repeats(asked)
    yield from _check_weights(asked)
    for index, question in asked:
        yield from _check_options(index, question, len(bands))
        if any(option.band is not None for option in question.options):
            yield from _check_bands(index, question, bands, level_spans(bands, falling), waiting)


def _check_repeats(asked: Sequence[Numbered]) -> Iterator[Diagnostic]:
    ids: set[str] = set()
    texts: dict[str, str] = {}
    for index, question in asked:
        text = _normalise(question.text)
        if question.id in ids:
            message = f"another question has the id '{question.id}' too."
            yield error_in_quiz("duplicate-id", message, "Rename one.", index, "id")
        elif text in texts:
            message = f"the question '{question.id}' asks the same as '{texts[text]}'."
            yield error_in_quiz("duplicate-question", message, "Delete one, or ask something else.", index, "text")
        ids.add(question.id)
        texts.setdefault(text, question.id)


def _check_weights(asked: Sequence[Numbered]) -> Iterator[Diagnostic]:
    """Weights are relative: 2, 2, 4 is 1, 1, 2."""
    factor = gcd(*(question.weight for _, question in asked))
    if factor > 1:
        message = f"every weight is a multiple of {factor}, and only how weights compare matters."
        hint = f"Divide each by {factor}: the results stay the same."
        yield warning_in_quiz("common-factor", message, hint, asked[0][0], "weight")
    for index, question in asked:
        if not 1 <= question.weight <= MAX_WEIGHT:
            message = f"the weight of '{question.id}' is {question.weight}."
            hint = f"Weights are whole numbers from 1 to {MAX_WEIGHT}."
            yield error_in_quiz("weight-out-of-range", message, hint, index, "weight")


def _check_options(index: int, question: Question, level_count: int) -> Iterator[Diagnostic]:
    texts: dict[str, int] = {}
    for number, option in enumerate(question.options):
        keys = (index, "options", number)
        name = name_option(question, number)
        if not 1 <= option.level <= level_count:
            message = f"{name} speaks for level {option.level}, which does not exist."
            nearest = min(max(option.level, 1), level_count)
            hint = f"The levels are 1 to {level_count}: write level: {nearest}, or delete the answer."
            yield error_in_quiz("unknown-level", message, hint, *keys, "level")
        if option.band is not None:
            continue
        if option.text is None:
            yield error_in_quiz("empty-answer", f"{name} says nothing.", "Add text: or band:.", *keys)
        elif (other := texts.setdefault(_normalise(option.text), number)) != number:
            message = f"{name} says the same as answer {other + 1}."
            yield error_in_quiz("duplicate-answer", message, "Delete one, or say how they differ.", *keys, "text")


def _check_bands(
    index: int, question: Question, bands: Sequence[Measure], spans: Sequence[Span | None], waiting: Collection[int]
) -> Iterator[Diagnostic]:
    wrong = [*_check_each_band(index, question, bands, spans)]
    # A band that is wrong in itself would be reported a second time, as a gap or an overlap.
    yield from wrong or (*_check_coverage(index, question, spans, waiting), *_check_band_levels(index, question, spans))


def _check_each_band(
    index: int, question: Question, bands: Sequence[Measure], spans: Sequence[Span | None]
) -> Iterator[Diagnostic]:
    measured = question.metric is not None or any(spans)
    steps = {level for level, band in enumerate(bands, 1) if isinstance(band, str) and question.metric is None}
    for number, option in enumerate(question.options):
        span, name = answer_span(option, spans), name_option(question, number)
        if option.band == "level" and option.level in steps:
            continue
        if option.band == "level" and (span is None or question.metric is not None):
            message = f"{name} takes the band of level {option.level}, which has none in this metric."
            hint = "Write the band: {from: ..., to: ...}."
            yield _band_error("band-unmeasured", message, hint, index, question, number)
        elif option.band is not None and not measured:
            message = f"{name} has a band, but nothing says what is measured."
            yield _band_error("band-unmeasured", message, "Add metric: to the question.", index, question, number)
        elif span == Span(0, inf):
            message = f"the band of {name} has no limit."
            yield _band_error("band-unlimited", message, "Give it a from or a to.", index, question, number)
        elif span is not None and span.low >= span.high:
            message = f"the band of {name} ends at {figure(span.high)}, so no value is in it."
            hint = f"End it above {figure(span.low)}."
            yield _band_error("band-empty", message, hint, index, question, number, "to")


def _check_coverage(
    index: int, question: Question, spans: Sequence[Span | None], waiting: Collection[int]
) -> Iterator[Diagnostic]:
    """Gaps between the bands of a question's answers, and overlaps."""

    def report_gap(values: Span, hint: str, number: int, end: str) -> Diagnostic:
        message = f"no answer to '{question.id}' takes {values}."
        found = _band_error("band-gap", message, hint, index, question, number, end)
        owners = filter(None, (spans[level - 1] for level in waiting))
        is_early = any(own.has(values) for own in owners)
        return found._replace(severity="warning") if is_early else found

    answers = [(answer_span(option, spans), number) for number, option in enumerate(question.options)]
    covered: float = 0
    last = 0
    for span, number in sorted((span, number) for span, number in answers if span):
        if span.low > covered:
            hint = f"Begin this band at {figure(covered)}." if covered else "The lowest band needs no from."
            yield report_gap(Span(covered, span.low), hint, number, "from")
        elif span.low < covered:
            values = Span(span.low, min(covered, span.high))
            message = f"answers {last + 1} and {number + 1} to '{question.id}' both take {values}."
            hint = "Begin each band where the one below ends."
            yield _band_error("band-overlap", message, hint, index, question, number, "from")
        if span.high > covered:
            covered, last = span.high, number
    if 0 < covered < inf:
        yield report_gap(Span(covered, inf), "The highest band needs no to.", last, "to")


def _check_band_levels(index: int, question: Question, spans: Sequence[Span | None]) -> Iterator[Diagnostic]:
    for number, option in enumerate(() if question.metric else question.options):
        span = answer_span(option, spans)
        own = spans[option.level - 1] if 1 <= option.level <= len(spans) else None
        if span and own and not own.has(span):
            name = name_option(question, number)
            message = f"{name} speaks for level {option.level}, but its band is not within that level's."
            hint = f"Level {option.level} takes {own}."
            yield _band_error("band-outside-level", message, hint, index, question, number)


def _band_error(
    code: str, message: str, hint: str, index: int, question: Question, number: int, end: str = ""
) -> Diagnostic:
    """An error at a band, or at its end `from` or `to` if the file has that end."""
    band = question.options[number].band
    written = {"from": band.low, "to": band.high} if isinstance(band, AnswerBand) else {}
    keys = (index, "options", number, "band")
    return error_in_quiz(code, message, hint, *keys, *([] if written.get(end) is None else [end]))


def _normalise(text: str) -> str:
    """A text without what readers do not notice: capitals, spacing, the full stop."""
    return " ".join(text.casefold().split()).rstrip(".?! ")
