"""Which items of two lists tell the same, and which facts they differ in.

Words may differ, facts may not: a fact is a figure, a leading verb in bold, or that an item exists at all.
"""

import re
from collections.abc import Iterator, Sequence

from generator.formats.figures import Figure, find_figures

BOLD_START = re.compile(r"\s*(\*\*|__)(.+?)\1")
STEM_LENGTH = 4

# An end of a figure: its value and unit, and whether it is open, as in `80%+`.
FigureEnd = tuple[float, str, bool]


def find_leading_verb(text: str) -> str | None:
    """The bold words that a text begins with, in small letters."""
    found = BOLD_START.match(text)
    return found[2].strip(" :").casefold() if found else None


def list_figure_ends(text: str) -> dict[FigureEnd, str]:
    """The ends of the figures of a text, whatever their spelling, each with the text of its figure."""
    ends: dict[FigureEnd, str] = {}
    for figure in find_figures(text):
        for end in _list_ends(figure):
            ends.setdefault(end, figure.text.strip())
    return ends


def _list_ends(figure: Figure) -> Iterator[FigureEnd]:
    last = figure.low if figure.high is None else figure.high
    for end in (figure.low, figure.high):
        if end is not None:
            yield end, figure.unit, figure.open and end == last


def compare_figures(here: str, there: str) -> tuple[list[str], list[str]]:
    """The figures of `there` that `here` leaves out, and those that only `here` has."""
    own, wanted = list_figure_ends(here), list_figure_ends(there)
    left_out = dict.fromkeys(text for end, text in wanted.items() if end not in own)
    added = dict.fromkeys(text for end, text in own.items() if end not in wanted)
    return list(left_out), list(added)


def pair_items(here: Sequence[str], there: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """The indexes of items that tell the same, in the order of both lists; None where an item has no counterpart.

    In lists of one length, items at the same place are pairs. Otherwise the pairs have most in common.
    """
    if len(here) == len(there):
        return [(index, index) for index in range(len(here))]
    best = _score_tails(here, there)
    pairs: list[tuple[int | None, int | None]] = []
    row = column = 0
    while row < len(here) and column < len(there):
        if best[row][column] == best[row + 1][column + 1] + _measure_likeness(here[row], there[column]):
            pairs.append((row, column))
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            pairs.append((row, None))
            row += 1
        else:
            pairs.append((None, column))
            column += 1
    pairs += ((index, None) for index in range(row, len(here)))
    return pairs + [(None, index) for index in range(column, len(there))]


def _score_tails(here: Sequence[str], there: Sequence[str]) -> list[list[float]]:
    """The most that the items from each pair of places on can have in common."""
    best = [[0.0] * (len(there) + 1) for _ in range(len(here) + 1)]
    for row in range(len(here) - 1, -1, -1):
        for column in range(len(there) - 1, -1, -1):
            together = best[row + 1][column + 1] + _measure_likeness(here[row], there[column])
            best[row][column] = max(together, best[row + 1][column], best[row][column + 1])
    return best


def _measure_likeness(one: str, other: str) -> float:
    """How much two texts have in common. It is above 0: two items are more likely one reworded than two unrelated."""
    verb = find_leading_verb(one)
    words, others = _stem_words(one), _stem_words(other)
    shared = len(words & others) / (len(words | others) or 1)
    figures = len(list_figure_ends(one).keys() & list_figure_ends(other).keys())
    return 0.05 + shared + 0.5 * figures + (1.0 if verb and verb == find_leading_verb(other) else 0.0)


def _stem_words(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return {word[:STEM_LENGTH] for word in words if len(word) > 2}


def join_words(words: Sequence[str]) -> str:
    """`$5,000`, `$5,000 and 10%`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
