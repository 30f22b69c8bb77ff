"""Two tellings of one thing, a document's and a content's: which items belong together, and what differs.

Words may differ, facts may not: a fact is a figure, a leading verb, or that an item is there at all.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.formats.figures import Figure, find_figures

LEAD = re.compile(r"\s*(\*\*|__)(.+?)\1")
STEM = 4

# An end of a figure: its value and unit, and for `80%+` that it is open.
Mark = tuple[float, str, bool]


class Item(NamedTuple):
    """An item of either side: its text, its line in the document or what to look for in the content's file,
    and what is nested in it.
    """

    text: str
    line: int = 0
    items: tuple["Item", ...] = ()
    excerpt: str = ""


def read_lead(text: str) -> str | None:
    """The bold words a text begins with, without their case."""
    found = LEAD.match(text)
    return found[2].strip(" :").casefold() if found else None


def read_marks(text: str) -> dict[Mark, str]:
    """What the figures of a text say, whichever way they are written, each with the figure that says it."""
    marks: dict[Mark, str] = {}
    for figure in find_figures(text):
        for mark in _mark(figure):
            marks.setdefault(mark, figure.text.strip())
    return marks


def _mark(figure: Figure) -> Iterator[Mark]:
    for end in (figure.low, figure.high):
        if end is not None:
            yield end, figure.unit, figure.open and end == (figure.low if figure.high is None else figure.high)


def compare_figures(here: str, there: str) -> tuple[list[str], list[str]]:
    """The figures of `there` that `here` leaves out, and those that only `here` has."""
    own, wanted = read_marks(here), read_marks(there)
    left_out = dict.fromkeys(text for mark, text in wanted.items() if mark not in own)
    added = dict.fromkeys(text for mark, text in own.items() if mark not in wanted)
    return list(left_out), list(added)


def pair(here: Sequence[Item], there: Sequence[Item]) -> list[tuple[int | None, int | None]]:
    """Which item of `here` tells which of `there`, in the order of both; None where there is none.

    Of as many items, each tells the one at its place. Else those are paired that have most in common.
    """
    if len(here) == len(there):
        return [(index, index) for index in range(len(here))]
    best = _score_all(here, there)
    pairs: list[tuple[int | None, int | None]] = []
    row = column = 0
    while row < len(here) or column < len(there):
        if row < len(here) and column < len(there) and best[row][column] == (
            best[row + 1][column + 1] + _likeness(here[row].text, there[column].text)
        ):  # fmt: skip
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif column == len(there) or (row < len(here) and best[row][column] == best[row + 1][column]):
            pairs.append((row, None))
            row += 1
        else:
            pairs.append((None, column))
            column += 1
    return pairs


def _score_all(here: Sequence[Item], there: Sequence[Item]) -> list[list[float]]:
    """The most that the items from each place on can have in common."""
    best = [[0.0] * (len(there) + 1) for _ in range(len(here) + 1)]
    for row in range(len(here) - 1, -1, -1):
        for column in range(len(there) - 1, -1, -1):
            together = best[row + 1][column + 1] + _likeness(here[row].text, there[column].text)
            best[row][column] = max(together, best[row + 1][column], best[row][column + 1])
    return best


def _likeness(one: str, other: str) -> float:
    """How much two texts have in common; above nothing, as two items are sooner one reworded than two."""
    lead = read_lead(one)
    words, others = _words(one), _words(other)
    shared = len(words & others) / (len(words | others) or 1)
    figures = len(read_marks(one).keys() & read_marks(other).keys())
    return 0.05 + shared + 0.5 * figures + (1.0 if lead and lead == read_lead(other) else 0.0)


def _words(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return {word[:STEM] for word in words if len(word) > 2}


def join_names(names: Sequence[str]) -> str:
    """`$5,000`, `$5,000 and 10%`."""
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
