"""The range of a level, `$10,000 - $50,000 monthly recurring revenue (or pre-launch)`, read and written; and the metric
and the bands of an audience, put together from the ranges of its levels.

A document states both level by level. Content has one metric for an audience, and half-open bands that meet.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.formats.figures import find_figures
from generator.formats.ranges import PER, PERIODS, find_period, is_whole, to_number
from generator.schema.audience import Metric
from generator.schema.level import Band
from generator.strategy.documents.model import StrategyAudience, StrategyLevel

ACRONYM = re.compile(r"[A-Z][A-Z0-9&]{1,6}")
UNNAMED = "amount"


class Scale(NamedTuple):
    """The metric of an audience and the band of each level; None where the document does not say.

    `broken` is the first level whose band is neither stated nor follows from its neighbours.
    """

    metric: Metric | None
    bands: tuple[Band | None, ...]
    broken: StrategyLevel | None = None


def derive_scale(audience: StrategyAudience) -> Scale:
    """The metric and the bands of an audience. There are no bands if that of one level is unknown."""
    metric, levels = derive_metric(audience), audience.levels
    lows = _derive_lows(levels, 1 if metric.whole else 0) if metric else []
    if metric is None or len(lows) < len(levels):
        return Scale(None, (None,) * len(levels), levels[len(lows)] if metric else None)
    ends = [*lows[1:], None]
    return Scale(metric, tuple(_make_band(*entry) for entry in zip(levels, lows, ends, strict=True)))


def _make_band(level: StrategyLevel, low: float, high: float | None) -> Band:
    end = level.stated_range.figure.high if level.stated_range and high is None else None
    typical = end if end is not None and end > low else None
    notes = level.metric.notes if level.metric else ()
    if level.heading and not notes:
        # A heading that only says the range in other figures, as a year for months, has none.
        notes = tuple(note for note in level.heading.notes if level.metric is None or not find_figures(note))
    high, typical = (None if value is None else to_number(value) for value in (high, typical))
    return Band(low=to_number(low), high=high, typical_to=typical, note="; ".join(notes) or None)


def derive_metric(audience: StrategyAudience) -> Metric | None:
    """What the levels of an audience are measured in: as stated for the audience, or by the words of their ranges."""
    stated = _read_stated_metric(audience)
    ranges = [level.stated_range for level in audience.levels if level.stated_range]
    if stated or not ranges:
        return stated
    words = next((one.words for one in ranges if one.words), "")
    label = next((level.heading.words for level in audience.levels if level.heading and level.heading.words), "")
    unit = next((one.figure.unit for one in ranges if one.figure.unit not in ("", "x")), "")
    short = next((text for text in (label, words) if ACRONYM.fullmatch(text)), None)
    per = PER.search(words)
    period = find_period(words if unit else per[1] if per else "")
    if not unit:
        unit, short = PER.split(words, maxsplit=1)[0] or label, None
    return Metric(
        name=_name_metric(words or label),
        unit=unit or None,
        period=period,  # type: ignore[arg-type]
        short=short,
        whole=is_whole([level.stated_range for level in audience.levels]),
    )


def _name_metric(words: str) -> str:
    """The name of a metric: `sales a month` of `a month in sales`."""
    per = PER.match(words)
    if per is None:
        return words or UNNAMED
    core = re.sub(r"^(?:in|of)\s+", "", words[per.end() :].strip(" ,"))
    return f"{core or UNNAMED} {per[0].strip()}"


def _read_stated_metric(audience: StrategyAudience) -> Metric | None:
    facts = audience.facts
    if "metric" not in facts:
        return None
    period = facts["period"].casefold() if facts.get("period", "").casefold() in PERIODS else None
    whole = facts.get("counted", "").casefold() == "whole"
    return Metric(name=facts["metric"], unit=facts.get("unit"), period=period, short=facts.get("short"), whole=whole)  # type: ignore[arg-type]


def _derive_lows(levels: Sequence[StrategyLevel], step: int) -> list[float]:
    """Where each level begins: as stated, or where the one below it ends. Stops at the first that is unknown."""
    lows: list[float] = []
    end: float | None = 0
    for level in levels:
        figure = level.stated_range.figure if level.stated_range else None
        low = figure.low if figure and figure.low is not None else end
        if low is None or (lows and low <= lows[-1]):
            break
        lows.append(low)
        end = None if figure is None or figure.high is None else figure.high + step
    return lows
