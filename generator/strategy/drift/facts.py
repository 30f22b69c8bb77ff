"""The facts in a text, which may not differ where its words may: figures, and the leading verb in bold."""

import re
from collections import defaultdict
from collections.abc import Sequence
from operator import itemgetter

from generator.formats.figures import find_figures

STEM_LENGTH = 4
BOLD_START = re.compile(r"\s*(\*\*|__)(.+?)\1")

# An end of a figure: its value and unit, and whether it is open, as in `80%+`.
FigureEnd = tuple[float, str, bool]
# The indexes of items in two lists.
Pairs = tuple[tuple[int, int], ...]


def find_leading_verb(text: str) -> str | None:
    """The bold words that a text begins with, in small letters."""
    found = BOLD_START.match(text)
    return found[2].strip(" :").casefold() if found else None


def list_figure_ends(text: str) -> dict[FigureEnd, str]:
    """The ends of the figures of a text, whatever their spelling, each with the text of its figure."""
    ends: dict[FigureEnd, str] = {}
    for figure in find_figures(text):
        values = [value for value in (figure.low, figure.high) if value is not None]
        for value in values:
            ends.setdefault((value, figure.unit, figure.open and value == values[-1]), figure.text.strip())
    return ends


def describe_difference(here: str, there: str) -> str:
    """What differs between the figures of two texts; empty if they agree."""
    own, wanted = list_figure_ends(here), list_figure_ends(there)
    left_out = [text for end, text in wanted.items() if end not in own]
    added = [text for end, text in own.items() if end not in wanted]
    if left_out and added:
        return f"it says {join_words(added)} where the document says {join_words(left_out)}."
    if left_out:
        return f"it leaves out {join_words(left_out)}, which the document states."
    return f"it says {join_words(added)}, which the document does not." if added else ""


def join_words(words: list[str]) -> str:
    """`$5,000`, `$5,000 and 10%`; each word once."""
    *most, last = dict.fromkeys(words)
    return f"{', '.join(most)} and {last}" if most else last


def pair_items(here: Sequence[str], there: Sequence[str]) -> Pairs:
    """The items of two lists that say the same, in the order of both.

    In lists of one length, items at the same place are pairs. Otherwise the pairs have most in common.
    """
    if len(here) == len(there):
        return tuple((index, index) for index in range(len(here)))
    traits, others = [_list_traits(text) for text in here], [_list_traits(text) for text in there]
    # The best pairs of the items from each pair of places on, behind their score.
    best: dict[tuple[int, int], tuple[float, Pairs]] = defaultdict(lambda: (0.0, ()))
    for row in reversed(range(len(here))):
        for column in reversed(range(len(there))):
            score, pairs = best[row + 1, column + 1]
            # Above 0 for any two items: they are more likely one reworded than two unrelated.
            likeness = 0.05 + len(traits[row] & others[column]) / len(traits[row] | others[column])
            together = score + likeness, ((row, column), *pairs)
            best[row, column] = max(together, best[row + 1, column], best[row, column + 1], key=itemgetter(0))
    return best[0, 0][1]


def _list_traits(text: str) -> set[object]:
    """The words of a text, shortened to their stems, and its facts."""
    words = re.findall(r"[^\W\d_]{3,}", text.casefold())
    return {*(word[:STEM_LENGTH] for word in words), *list_figure_ends(text), ("verb", find_leading_verb(text))}
