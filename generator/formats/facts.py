"""The facts in a text, which may not differ where its words may: figures, and the leading verb in bold."""

import re
from collections import defaultdict
from collections.abc import Sequence
from operator import itemgetter

from generator.formats.figures import Figure, find_figures
from generator.formats.markdown_tree import SourceText

STEM_LENGTH = 4
BOLD_START = re.compile(r"\s*(\*\*|__)(.+?)\1")

YEARLY = re.compile(r"\bARR\b|\bannual(?:ly)?\b|\byear(?:ly)?\b|\ba year\b|/\s*(?:year|yr)\b", re.IGNORECASE)
MONTHLY = re.compile(r"\bMRR\b|\bmonth(?:ly)?\b|/\s*mo\b", re.IGNORECASE)
MONTHS = 12
WISH = re.compile(r"^(?:wants?|seeking|seeks?|aims?|aiming|hopes?|hoping|wish(?:es)?|looking)\b", re.IGNORECASE)
# Words that do not say what a figure is about.
COMMON_WORDS = {
    "with", "from", "into", "that", "this", "your", "their", "than", "more", "most", "over", "first", "have", "want",
    "through", "using", "level", "reach", "build", "built", "achieve", "achieved", "improve", "improved", "scale",
    "scaled", "reduce", "reduced", "expand", "secure", "secured", "raise", "raised", "reached", "earned", "earning",
    "seeking", "stuck", "gross", "team", "paying", "initially", "and", "the", "for", "are", "has", "its", "per",
    "minute", "hour", "day", "week", "month", "year", "minutes", "hours", "days", "weeks", "months", "years",
}  # fmt: skip
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


def is_wish(bullet: SourceText) -> bool:
    return WISH.match(bullet.text) is not None


def to_singular(word: str) -> str:
    word = word.casefold()
    return word[:-1] if word.endswith("s") and len(word) > 4 else word


def list_subjects(text: str) -> frozenset[str]:
    words = re.findall(r"[A-Za-z]{3,}", re.sub(r"\([^()]*\)", " ", text))
    return frozenset(to_singular(word) for word in words if word.casefold() not in COMMON_WORDS)


def spell_word(word: str, text: str) -> str:
    """A word as a text has it."""
    return next((other for other in re.findall(r"[A-Za-z]{3,}", text) if to_singular(other) == word), word)


def exclude_each_other(one: Figure, other: Figure) -> bool:
    """Whether two ranges of one unit overlap and are not the same, so that they cannot both be true."""
    if one.unit != other.unit or one.low is None or other.low is None or not (one.is_range and other.is_range):
        return False
    if one.low == other.low:
        return None not in (one.high, other.high) and one.high != other.high
    tops = [float("inf") if figure.high is None else figure.high for figure in (one, other)]
    return max(one.low, other.low) < min(tops)


def is_share_of(share: Figure, part: Figure, whole: Figure) -> bool:
    """Whether a share, or a range of shares, is that of the amounts, end by end."""
    if not (share.low and part.low and whole.low):
        return True
    shares, parts, wholes = ((figure.low, figure.high or figure.low) for figure in (share, part, whole))
    real = sorted(100 * end / total for end, total in zip(parts, wholes, strict=True) if end and total)
    return all(abs(stated - end) <= max(1.0, end / 50) for stated, end in zip(shares, real, strict=True) if stated)


def count_months(text: str) -> int | None:
    """How many months an amount is for: 1 or 12, None if nothing says so."""
    if MONTHLY.search(text):
        return 1
    return MONTHS if YEARLY.search(text) else None


def list_long_words(text: str) -> set[str]:
    return {to_singular(word) for word in re.findall(r"[^\W\d_]{4,}", text)}


def stem_words(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]{3,}", text.casefold())
    return {re.sub(r"(?:ing|ed|er|s)$", "", word) for word in words}
