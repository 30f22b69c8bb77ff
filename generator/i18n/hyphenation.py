"""Where long words may be broken, through Pyphen, in languages for which browsers may have no dictionary.

On phones, on Windows and on macOS, Chromium breaks German, French, Spanish, Italian, Dutch and Portuguese words by
itself, and better than Pyphen; on Linux it has no dictionary at all. A word with a soft hyphen is not looked up. So of
languages with compounds, only words that are too long for a phone get any, and those of Romance languages none.
"""

import re
from functools import cache
from typing import Any

COMPOUNDING = frozenset(("af", "da", "de", "et", "hu", "nb", "nl", "nn", "sv"))
LANGUAGES = COMPOUNDING | {"ca", "eo", "id", "is", "pl", "ro", "sr", "zu"}
SOFT_HYPHEN = "\u00ad"
# How many letters a compound has that gets soft hyphens.
LONG_COMPOUND = 16
# A syllable without a vowel is none: there, Pyphen has lost its way.
NO_SYLLABLE = re.compile(rf"{SOFT_HYPHEN}([^aeiouyàáâäåæèéêëíïóôöøőúûüűõ{SOFT_HYPHEN}]+){SOFT_HYPHEN}", re.IGNORECASE)
# The fewest letters before and after a break, as in `hyphenate-limit-chars` of the styles.
LEAST = 4


def needs_soft_hyphens(tag: str) -> bool:
    """Whether pages in a language need soft hyphens of ours."""
    return tag.partition("-")[0] in LANGUAGES


def hyphenate(tag: str, word: str) -> str:
    """A word of a language with soft hyphens."""
    if tag.partition("-")[0] not in COMPOUNDING:
        return str(_open_dictionary(tag).inserted(word, SOFT_HYPHEN))
    if len(word) < LONG_COMPOUND:
        return word
    return NO_SYLLABLE.sub(r"\1", _open_dictionary(tag).inserted(word, SOFT_HYPHEN))


@cache
def _open_dictionary(tag: str) -> Any:
    import pyphen  # takes 30 ms, and its dictionaries up to 40 ms

    return pyphen.Pyphen(lang=pyphen.language_fallback(tag.replace("-", "_")), left=LEAST, right=LEAST)
