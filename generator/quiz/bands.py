"""Answers that stand for a band of values: neither gap nor overlap, and in step with the levels.

Bands are half open, from ≤ value < to, and values are never negative. The bands of a question's answers
together take in every value once. A question without a metric of its own asks for the audience's metric,
by which the levels are drawn: there, an answer's band lies within the band of the level it speaks for.
"""

from collections.abc import Iterator, Sequence
from math import inf
from typing import NamedTuple

from generator.quiz.validation import Defect, Kind, name_option
from generator.schema.level import Band
from generator.schema.quiz import AnswerBand, Option, Question, Quiz


class Span(NamedTuple):
    """Values from `low` up to, and without, `high`; `inf` where there is no upper end."""

    low: float
    high: float


def level_span(bands: Sequence[Band | None], level: int) -> Span | None:
    """All values that belong to a level: the first takes everything below its end, the last has none.

    `bands` are those of the audience's levels, lowest first. None where the level has no band.
    """
    band = bands[level - 1] if 1 <= level <= len(bands) else None
    if band is None:
        return None
    last = level == len(bands)
    return Span(0 if level == 1 else band.low, inf if last or band.high is None else band.high)


def answer_span(option: Option, bands: Sequence[Band | None]) -> Span | None:
    """All values that an answer stands for; None where it has no band, or its level has none to lend."""
    match option.band:
        case AnswerBand(low=low, high=high):
            return Span(0 if low is None else low, inf if high is None else high)
        case "level":
            return level_span(bands, option.level)
    return None


def check_bands(quiz: Quiz, bands: Sequence[Band | None]) -> list[Defect]:
    """The defects of bands in the questions that are asked. `bands` are those of the levels, lowest first."""
    defects: list[Defect] = []
    for index, question in enumerate(quiz.questions):
        if question.draft or all(option.band is None for option in question.options):
            continue
        own = [*_check_each(index, question, bands)]
        # A band that is wrong in itself would only be reported a second time, as a gap.
        defects += own or [*_check_together(index, question, bands), *_check_levels(index, question, bands)]
    return defects


def _check_each(index: int, question: Question, bands: Sequence[Band | None]) -> Iterator[Defect]:
    measured = question.metric is not None or any(bands)
    for number, option in enumerate(question.options):
        span, name = answer_span(option, bands), name_option(question, number)
        if option.band == "level" and (span is None or question.metric is not None):
            message = f"{name} takes the band of level {option.level}, which has none in this metric."
            hint = "Write the band: {from: ..., to: ...}."
            yield _defect("band-unmeasured", index, question, number, message, hint)
        elif option.band is not None and not measured:
            message = f"{name} has a band, but nothing says what is measured."
            yield _defect("band-unmeasured", index, question, number, message, "Add metric: to the question.")
        elif span == Span(0, inf):
            message = f"the band of {name} has no limit."
            yield _defect("band-empty", index, question, number, message, "Give it a from or a to.")
        elif span is not None and span.low >= span.high:
            message = f"the band of {name} ends at {_figure(span.high)}, so no value is in it."
            hint = f"End it above {_figure(span.low)}."
            yield _defect("band-empty", index, question, number, message, hint, "to")


def _check_together(index: int, question: Question, bands: Sequence[Band | None]) -> Iterator[Defect]:
    spans = [(answer_span(option, bands), number) for number, option in enumerate(question.options)]
    covered: float = 0
    last = 0
    for span, number in sorted((span, number) for span, number in spans if span):
        if span.low > covered:
            values = f"from {_figure(covered)} to below {_figure(span.low)}"
            message = f"no answer to '{question.id}' takes values {values}."
            hint = f"Begin this band at {_figure(covered)}." if covered else "The lowest band needs no from."
            yield _defect("band-gap", index, question, number, message, hint, "from")
        elif span.low < covered:
            values = _words(Span(span.low, min(covered, span.high)))
            message = f"answers {last + 1} and {number + 1} to '{question.id}' both take {values}."
            hint = "Begin each band where the one below ends."
            yield _defect("band-overlap", index, question, number, message, hint, "from")
        if span.high > covered:
            covered, last = span.high, number
    if covered < inf:
        message = f"no answer to '{question.id}' takes values of {_figure(covered)} or more."
        yield _defect("band-gap", index, question, last, message, "The highest band needs no to.", "to")


def _check_levels(index: int, question: Question, bands: Sequence[Band | None]) -> Iterator[Defect]:
    for number, option in enumerate(question.options):
        span, own = answer_span(option, bands), level_span(bands, option.level)
        if question.metric is None and span and own and not (own.low <= span.low and span.high <= own.high):
            name = name_option(question, number)
            message = f"{name} speaks for level {option.level}, but its band is not within that level's."
            hint = f"Level {option.level} takes {_words(own)}."
            yield _defect("band-outside-level", index, question, number, message, hint)


def _defect(kind: Kind, index: int, question: Question, number: int, message: str, hint: str, end: str = "") -> Defect:
    """A defect of a band, at the end of it that is wrong if the file has that end."""
    band = question.options[number].band
    written = {"from": band.low, "to": band.high} if isinstance(band, AnswerBand) else {}
    field = ("questions", index, "options", number, "band")
    return Defect(kind, field if written.get(end) is None else (*field, end), message, hint, (), index, number)


def _words(span: Span) -> str:
    low, high = _figure(span.low), _figure(span.high)
    return f"values from {low} to below {high}" if span.high < inf else f"values of {low} or more"


def _figure(value: float) -> str:
    """A number as an editor writes it, never as 1e+06."""
    return f"{value:.12g}"
