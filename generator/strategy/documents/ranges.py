"""The range of a level as a text: `$10,000 - $50,000 monthly recurring revenue (or pre-launch)`, read and written."""

import re
from collections.abc import Callable

from generator.formats.figures import find_figures, write_amount, write_short
from generator.schema.audience import Metric
from generator.schema.level import Band
from generator.strategy.documents.strategy import Range, SourceText

PERIODS = {"year": r"year|yr|annum", "month": r"month|mo", "week": r"week|wk", "day": r"day"}
ADJECTIVES = {"year": r"annual(?:ly)?|yearly", "month": r"monthly", "week": r"weekly", "day": r"daily"}
PARENTHESES = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
# The words of a period: `a month`, `/yr`.
PER = re.compile(rf"\s*(?:\b(?:a|an|per|each)\s+|/\s*)({'|'.join(PERIODS.values())})\b", re.IGNORECASE)
EDGES = " ,;:–—-\t"


def parse_range(text: str, line: int) -> Range | None:
    """The range that a text states; None if it has no figure. Notes stand in parentheses or behind a slash."""
    notes = [note.strip() for note in PARENTHESES.findall(text)]
    parts = [part.strip() for part in re.split(r"\s[/|]\s", PARENTHESES.sub(" ", text)) if part.strip()]
    main = next((part for part in parts if find_figures(part)), None)
    if main is None:
        return None
    rest = [part for part in parts if part is not main]
    if len(rest) == 1 and find_period(rest[0], PERIODS):
        main, rest = f"{main} a {rest[0]}", []
    figure = find_figures(main)[0]
    words = main[figure.end :].strip(EDGES) or main[: figure.start].strip(EDGES)
    return Range(figure, " ".join(words.split()), (*rest, *filter(None, notes)), SourceText(text.strip(), line))


def find_period(words: str, patterns: dict[str, str]) -> str | None:
    """The first period of a table that is in a text."""
    found = (name for name, words_for in patterns.items() if re.search(rf"\b(?:{words_for})\b", words, re.IGNORECASE))
    return next(found, None)


def list_metric_words(metric: Metric) -> list[str]:
    """What names a metric beside a figure: the last word of its name, its short form, and a unit that is a word."""
    name = PER.split(metric.name, maxsplit=1)[0] or metric.name
    unit = metric.unit if metric.unit and not is_sign(metric.unit) else None
    return [word for word in (name.split()[-1], metric.short, unit) if word]


def write_range(band: Band, metric: Metric) -> str:
    """The line of a level: `$10,000 - $50,000 monthly recurring revenue (or pre-launch)`."""
    return _write(band, metric, write_amount, metric.name) + (f" ({band.note})" if band.note else "")


def write_short_range(band: Band, metric: Metric) -> str:
    """What the heading of a level has in parentheses: `$10K-$50K MRR`."""
    words = metric.short or (metric.unit if metric.unit and not is_sign(metric.unit) else "")
    return _write(band, metric, write_short, words).replace(" - ", "-")


def _write(band: Band, metric: Metric, write: Callable[[float, str], str], words: str) -> str:
    unit = metric.unit if metric.unit and is_sign(metric.unit) else ""
    top = band.high if band.high is not None else band.typical_to
    if metric.whole and band.high is not None:
        top = band.high - 1
    low = write(band.low, unit)
    text = low if top is None or top == band.low else f"{low} - {write(top, unit)}"
    return f"{text}{'+' if band.high is None else ''} {words}".strip()


def is_sign(unit: str) -> bool:
    """Whether a unit is written at the number, as `$` and `%` are, and is not a word."""
    return find_sign(unit) == unit


def find_sign(unit: str) -> str:
    """The unit as figures have it; empty if it is a word."""
    figures = find_figures(write_amount(1, unit)) if unit else []
    return figures[0].unit if figures else ""
