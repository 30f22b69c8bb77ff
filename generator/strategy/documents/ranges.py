"""What the levels of an audience are measured in, and from where to where each level goes.

A document states both level by level, in its own words; content has the metric once for an audience and
half-open bands that meet. This module goes from one to the other.
"""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.formats.figures import Figure, find_figures, write_amount, write_short
from generator.schema.files import Band, Metric
from generator.strategy.documents.strategy import Group, Measure, Rank, Said

PERIODS = {"year": r"year|yr|annum", "month": r"month|mo", "week": r"week|wk", "day": r"day"}
ADJECTIVES = {"year": r"annual(?:ly)?|yearly", "month": r"monthly", "week": r"weekly", "day": r"daily"}
ACRONYM = re.compile(r"[A-Z][A-Z0-9&]{1,6}")
PARENTHESES = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
UNMEASURED = "amount"


class Scale(NamedTuple):
    """The metric of an audience and the band of each of its levels; None and empty where there are none.

    `broken` is then the first level whose band neither is stated nor follows from those around it.
    """

    metric: Metric | None
    bands: tuple[Band | None, ...]
    broken: Rank | None = None


def parse_measure(text: str, line: int) -> Measure | None:
    """`$10,000 - $50,000 monthly recurring revenue (or pre-launch)`; None where it states no figure."""
    notes = [note.strip() for note in PARENTHESES.findall(text)]
    main = PARENTHESES.sub(" ", text)
    parts = [part.strip() for part in re.split(r"\s[/|]\s", main) if part.strip()]
    with_figure = [part for part in parts if find_figures(part)]
    if not with_figure:
        return None
    main = with_figure[0]
    rest = [part for part in parts if part is not main]
    if len(rest) == 1 and _period(rest[0], PERIODS):
        main, rest = f"{main} a {rest[0]}", []
    figure = find_figures(main)[0]
    after = main[figure.end :].strip(" ,;:–—-\t")
    before = main[: figure.start].strip(" ,;:–—-\t")
    return Measure(figure, " ".join((after or before).split()), (*rest, *filter(None, notes)), Said(text.strip(), line))


def derive_metric(ranks: Sequence[Rank]) -> Metric | None:
    """What an audience's levels are measured in, from the words beside their figures."""
    measures = [measure for rank in ranks if (measure := measure_of(rank))]
    if not measures:
        return None
    words = next((measure.words for measure in measures if measure.words), "")
    label = next((rank.heading.words for rank in ranks if rank.heading and rank.heading.words), "")
    unit = next((measure.figure.unit for measure in measures if measure.figure.unit not in ("", "x")), "")
    short = next((text for text in (label, words) if ACRONYM.fullmatch(text)), None)
    tail = _find_period(words)
    core = words[: tail.start()] if tail else words
    if unit:
        period = _period(words, ADJECTIVES) or (_period(tail[1], PERIODS) if tail else None)
    else:
        unit = core or label
        period = _period(tail[1], PERIODS) if tail else None
        short = None
    return Metric(name=_name(words or label), unit=unit or None, period=period, short=short,  # type: ignore[arg-type]
                  whole=_is_whole([measure_of(rank) for rank in ranks]))  # fmt: skip


def _find_period(words: str) -> re.Match[str] | None:
    """`a month`, `/yr`: what a period stands in."""
    return re.search(rf"\s*(?:\b(?:a|an|per|each)\s+|/\s*)({'|'.join(PERIODS.values())})\b", words, re.IGNORECASE)


def strip_period(name: str) -> str:
    """The name of a metric without its period: sales, for sales a month."""
    tail = _find_period(name)
    return name[: tail.start()] if tail and name[: tail.start()] else name


def _name(words: str) -> str:
    """The name of a metric: `a month in sales` is sales a month."""
    tail = _find_period(words)
    if tail is None or words[: tail.start()]:
        return words or UNMEASURED
    core = re.sub(r"^(?:in|of)\s+", "", words[tail.end() :].strip(" ,"))
    return f"{core or UNMEASURED} {words[: tail.end()].strip()}"


def measure_of(rank: Rank) -> Measure | None:
    """What counts as a level's measure: its own line, else what its heading says."""
    return rank.measure or rank.heading


def derive_scale(group: Group) -> Scale:
    """The metric of an audience, and bands that meet: each level ends where the next begins.

    There are none where a level's band neither is stated nor follows from its neighbours.
    """
    metric = stated_metric(group) or derive_metric(group.ranks)
    if metric is None:
        return Scale(None, (None,) * len(group.ranks))
    lows = _find_lows(group.ranks, 1 if metric.whole else 0)
    if len(lows) < len(group.ranks):
        return Scale(None, (None,) * len(group.ranks), group.ranks[len(lows)])
    bands: list[Band] = []
    for index, rank in enumerate(group.ranks):
        measure = measure_of(rank)
        last = index == len(group.ranks) - 1
        figure = measure.figure if measure else None
        typical = figure.high if last and figure and figure.is_range and figure.high is not None else None
        high = None if last else lows[index + 1]
        note = "; ".join(notes_of(rank)) or None
        ends = [None if end is None else _plain(end) for end in (high, typical)]
        bands.append(Band(low=_plain(lows[index]), high=ends[0], typical_to=ends[1], note=note))
    return Scale(metric, tuple(bands))


def notes_of(rank: Rank) -> list[str]:
    """What is said beside a level's figure, in its line or else in its heading; no figure is said twice."""
    own = list(rank.measure.notes) if rank.measure else []
    if rank.heading is None:
        return own
    told = {figure.value for text in (*own, *_texts(rank.measure)) for figure in find_figures(text)}
    for note in rank.heading.notes:
        figures = {figure.value for figure in find_figures(note)}
        if (figures and not figures <= told) or (not own and not figures):
            own.append(note)
    return own


def _texts(measure: Measure | None) -> list[str]:
    return [measure.said.text] if measure else []


def stated_metric(group: Group) -> Metric | None:
    """The metric that a document states for an audience as a whole."""
    facts = {name.casefold(): said.text for name, said in group.facts}
    if "metric" not in facts:
        return None
    period = next((period for period in PERIODS if facts.get("period", "").casefold() == period), None)
    whole = facts.get("counted", "").casefold() == "whole"
    return Metric(name=facts["metric"], unit=facts.get("unit"), period=period, short=facts.get("short"), whole=whole)  # type: ignore[arg-type]


def _find_lows(ranks: Sequence[Rank], step: int) -> list[float]:
    """Where each level begins: as stated, or where the one below it ends. Stops short where neither is known."""
    lows: list[float] = []
    end: float | None = 0
    for rank in ranks:
        figure = measure.figure if (measure := measure_of(rank)) else None
        low = figure.low if figure and figure.low is not None else end
        if low is None or (lows and low <= lows[-1]):
            break
        lows.append(low)
        stated = figure.high if figure else None
        end = None if stated is None or (figure and not figure.is_range and not lows) else stated + step
    return lows


def _is_whole(measures: Sequence[Measure | None]) -> bool:
    """Whether a level's last value is stated, not the first of the next: 0-10, 11-50, 51+."""
    ends = [
        (below.figure.high, above.figure.low)
        for below, above in pairwise(measures)
        if below and above and below.figure.high is not None and above.figure.low is not None
    ]
    return bool(ends) and all(low == high + 1 for high, low in ends)


def _period(words: str, patterns: dict[str, str]) -> str | None:
    found = (name for name, said in patterns.items() if re.search(rf"\b(?:{said})\b", words, re.IGNORECASE))
    return next(found, None)


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value


def write_measure(band: Band, metric: Metric) -> str:
    """A level's own line: `$10,000 - $50,000 monthly recurring revenue (or pre-launch)`."""
    return _write(band, metric, write_amount, metric.name) + (f" ({band.note})" if band.note else "")


def write_heading(band: Band, metric: Metric) -> str:
    """What a level's heading has in parentheses: `$10K-$50K MRR`."""
    words = metric.short or (metric.unit if metric.unit and not is_sign(metric.unit) else "")
    return _write(band, metric, write_short, words).replace(" - ", "-")


def _write(band: Band, metric: Metric, write: Callable[[float, str], str], words: str) -> str:
    unit = metric.unit if metric.unit and is_sign(metric.unit) else ""
    low = write(band.low, unit)
    top = band.high if band.high is not None else band.typical_to
    if top is not None and metric.whole and band.high is not None:
        top -= 1
    text = low if top is None or top == band.low else f"{low} - {write(top, unit)}"
    return f"{text}{'+' if band.high is None else ''} {words}".strip()


def is_sign(unit: str) -> bool:
    """Whether a unit is written at the number, and is no word."""
    return find_unit(unit) == unit


def find_unit(unit: str) -> str:
    figures: list[Figure] = find_figures(write_amount(1, unit)) if unit else []
    return figures[0].unit if figures else ""
