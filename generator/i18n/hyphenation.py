"""Where long words may be broken, through Pyphen, in languages of which the most common browser has no dictionary.

Chromium breaks German, French, Spanish, Italian, Dutch and Portuguese words by itself, and better than Pyphen those of
languages with compounds; there `hyphens: auto` is enough.
"""

from functools import cache
from typing import Any

LANGUAGES = frozenset(("ca", "eo", "id", "is", "pl", "ro", "sr", "zu"))
SOFT_HYPHEN = "\u00ad"
# The fewest letters before and after a break, as in `hyphenate-limit-chars` of the styles.
LEAST = 4


def needs_soft_hyphens(tag: str) -> bool:
    """Whether pages in a language need soft hyphens of ours."""
    return tag.partition("-")[0] in LANGUAGES


def hyphenate(tag: str, word: str) -> str:
    """A word of a language with soft hyphens."""
    return str(_open_dictionary(tag).inserted(word, SOFT_HYPHEN))


@cache
def _open_dictionary(tag: str) -> Any:
    import pyphen  # takes 30 ms, and its dictionaries up to 40 ms

    return pyphen.Pyphen(lang=pyphen.language_fallback(tag.replace("-", "_")), left=LEAST, right=LEAST)
