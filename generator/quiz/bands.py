"""Which values belong to which level, and which an answer stands for.

Bands are half open, low ≤ value < high, and values are never negative. Where the metric falls, a higher level has lower
values. The outer ends of the first and the last level are open whatever is written there, so that every value has
exactly one level.
"""

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

from generator.schema.level import Band
from generator.schema.quiz import AnswerBand, Option

# What a level is measured by: its values, a step such as a belt, or nothing.
Measure = Band | str | None


class Span(NamedTuple):
    """Values from `low` up to, but not including, `high`, which is `inf` where there is no upper end."""

    low: float
    high: float

    def __str__(self) -> str:
        if self.high == inf:
            return f"values of {figure(self.low)} or more"
        return f"values from {figure(self.low)} to below {figure(self.high)}"

    def has(self, other: "Span") -> bool:
        """Whether all values of another one, which is not empty, are in this one."""
        return self.low <= other.low and other.high <= self.high


def level_spans(bands: Sequence[Measure], falling: bool = False) -> list[Span | None]:
    """All values that belong to each level, lowest level first; None for one without a band."""
    measured = [index for index, band in enumerate(bands) if isinstance(band, Band)]
    first, last = min(measured, default=0), max(measured, default=0)
    spans: list[Span | None] = []
    for index, band in enumerate(bands):
        if not isinstance(band, Band):
            spans.append(None)
            continue
        low = 0 if index == (last if falling else first) or band.low is None else band.low
        high = inf if index == (first if falling else last) or band.high is None else band.high
        spans.append(Span(low, high))
    return spans


def answer_span(option: Option, spans: Sequence[Span | None]) -> Span | None:
    """All values that an answer stands for; None where neither it nor the level it refers to has a band."""
    match option.band:
        case AnswerBand(low=low, high=high):
            return Span(0 if low is None else low, inf if high is None else high)
        case "level":
            return spans[option.level - 1] if 1 <= option.level <= len(spans) else None
    return None


def figure(value: float) -> str:
    """A number as an editor writes it, never as 1e+06."""
    return f"{value:.12g}"
