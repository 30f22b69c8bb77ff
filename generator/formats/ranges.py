"""The range that a text states: `$10,000 - $50,000 monthly recurring revenue (or pre-launch)`."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from generator.formats.figures import Figure, find_figures, write_amount

PERIODS = {"year": r"year(?:ly)?|yr|annum|annual(?:ly)?", "month": r"month(?:ly)?|mo", "week": r"week(?:ly)?|wk",
           "day": r"day|daily"}  # fmt: skip
PARENTHESES = re.compile(r"\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
# The words of a period: `a month`, `/yr`.
PER = re.compile(rf"\s*(?:\b(?:a|an|per|each)\s+|/\s*)({'|'.join(PERIODS.values())})\b", re.IGNORECASE)
EDGES = " ,;:–—-\t"


class Range(NamedTuple):
    """The range of a level as the document states it: `$0-$1K MRR (or pre-launch)`.

    `words` are those beside the figure, `notes` the texts in parentheses.
    """

    figure: Figure
    words: str
    notes: tuple[str, ...]
    text: str
    line: int


def parse_range(text: str, line: int) -> Range | None:
    """The range that a text states; None if it has no figure. Notes stand in parentheses or behind a slash."""
    notes = [note.strip() for note in PARENTHESES.findall(text)]
    parts = [part.strip() for part in re.split(r"\s[/|]\s", PARENTHESES.sub(" ", text)) if part.strip()]
    main = next((part for part in parts if find_figures(part)), None)
    if main is None:
        return None
    rest = [part for part in parts if part is not main]
    if len(rest) == 1 and find_period(rest[0]):
        main, rest = f"{main} a {rest[0]}", []
    figure = find_figures(main)[0]
    words = main[figure.end :].strip(EDGES) or main[: figure.start].strip(EDGES)
    return Range(figure, " ".join(words.split()), (*rest, *filter(None, notes)), text.strip(), line)


def name_range(text: str, name: str) -> str:
    """The text of a range with what it measures behind it, unless it says so itself."""
    stated = parse_range(text, 0)
    return f"{text} {name.lower()}" if stated and not PER.sub("", f" {stated.words}").strip() else text


def find_period(words: str) -> str | None:
    """The period that a text names."""
    found = (name for name, words_for in PERIODS.items() if re.search(rf"\b(?:{words_for})\b", words, re.IGNORECASE))
    return next(found, None)


def is_sign(unit: str) -> bool:
    """Whether a unit is written at the number, as `$` and `%` are, and is not a word."""
    return find_sign(unit) == unit


def find_sign(unit: str) -> str:
    """The unit as figures have it; empty if it is a word."""
    figures = find_figures(write_amount(1, unit)) if unit else []
    return figures[0].unit if figures else ""


def is_whole(ranges: Sequence[Range | None]) -> bool:
    """Whether ranges end with their last value and not with the first of the next: 0-10, 11-50, 51+."""
    ends = [
        (below.figure.high, above.figure.low)
        for below, above in pairwise(ranges)
        if below and above and below.figure.high is not None and above.figure.low is not None
    ]
    return bool(ends) and all(low == high + 1 for high, low in ends)


def to_number(value: float) -> float | int:
    """A whole number as an `int`, as content files have it."""
    return int(value) if value == int(value) else value
