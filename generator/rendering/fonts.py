"""Fonts with no more characters than a site shows, so that one accented letter does not load a second file.

Cutting a font to size takes a second, so the result is kept; and a font may come with the file that it would become for
plain English, `NAME-basic.woff2` beside `NAME.woff2`.
"""

import logging
from collections.abc import Iterable, Iterator
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

from generator.files.fingerprint import digest_bytes
from generator.files.sealed import read_sealed, remove_unknown, write_sealed

SUFFIX, BASIC_SUFFIX = ".woff2", "-basic.woff2"
# The characters of English with prices, and an é for its résumés and cafés. Of ASCII only that is left out which is
# never seen outside of code, and code has a font of its own.
TYPOGRAPHIC = "\xa0·–—\u2018’“”…€£↑é"
BASIC = frozenset(map(chr, range(32, 127))) - frozenset("`{}\\^|") | frozenset(TYPOGRAPHIC)
# Kerning, and figures of one width for tables; then the letters of a language.
FEATURES, MORE_FEATURES = ["kern", "tnum"], ["locl"]
# What systems need and browsers do not: widths of glyphs are among their outlines as well.
UNUSED_TABLES = ["HVAR", "STAT", "gasp"]
BROKEN_FONT = "broken-font"
# What CSS calls the widths of OpenType.
WIDTHS = dict(enumerate((50, 62.5, 75, 87.5, 100, 112.5, 125, 150, 200), 1))


class FontCutter:
    """Cuts fonts to the `characters` of a site, and keeps the results in a folder, if one is named."""

    def __init__(self, characters: Iterable[str], folder: str | None) -> None:
        self._missing = {character for character in characters if not character.isascii()} - BASIC
        self._folder = folder
        self._used: set[str] = set()

    @property
    def is_basic(self) -> bool:
        """Whether the site has the characters of plain English only."""
        return not self._missing

    def cut(self, data: bytes, is_plain: bool = True) -> bytes:
        """The font of a site, WOFF2. Raises `FontError` if `data` is no font.

        `is_plain` leaves out what writing in our own font does without, such as joined letters.
        """
        characters = "".join(sorted(BASIC.union(self._missing)))
        name = digest_bytes(data + characters.encode() + (b"" if is_plain else b" whole"))
        self._used.add(name)
        kept = read_sealed(f"{self._folder}/{name}") if self._folder else None
        if kept is None:
            kept = cut_font(data, characters, is_plain)
            if self._folder:
                write_sealed(f"{self._folder}/{name}", kept)
        return kept

    def forget_others(self) -> None:
        """Removes from the folder what was not asked for."""
        if self._folder:
            remove_unknown(self._folder, self._used)


class FontError(ValueError):
    """A file that is no font."""


class FontFacts(NamedTuple):
    """What is known of a font: the values of CSS for the weights and widths it has, and its `characters` as ranges of
    their numbers: `20-7e,e9`.
    """

    weights: str
    widths: str
    characters: str


def explain_font(error: Exception) -> tuple[str, str]:
    """What is wrong with a font, and what to do about it."""
    return f"this is no font that can be read: {error}.", "Put it there again, or another one."


def read_font(data: bytes) -> FontFacts:
    """Looks at a font. Raises `FontError` if `data` is none."""
    font = _open_font(data)
    try:
        axes = {axis.axisTag: (axis.minValue, axis.maxValue) for axis in font["fvar"].axes} if "fvar" in font else {}
        weight, width = font["OS/2"].usWeightClass, WIDTHS.get(font["OS/2"].usWidthClass, 100)
        weights, widths = axes.get("wght", (weight, weight)), axes.get("wdth", (width, width))
        characters = ",".join(_write_ranges(font.getBestCmap()))
    except Exception as error:  # as below
        raise FontError(_describe(error)) from error
    return FontFacts(_write_span(weights, ""), _write_span(widths, "%"), characters)


def find_lacking(known: str, characters: Iterable[str]) -> str:
    """The letters among some characters that a font lacks. `known` are its own, as `FontFacts` has them."""
    ends = [part.split("-") for part in known.split(",") if part]
    ranges = [range(int(part[0], 16), int(part[-1], 16) + 1) for part in ends]
    letters = sorted(character for character in characters if character.isalpha())
    return "".join(letter for letter in letters if not any(ord(letter) in each for each in ranges))


def _write_ranges(numbers: Iterable[int]) -> Iterator[str]:
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield f"{found[0]:x}-{found[-1]:x}" if len(found) > 1 else f"{found[0]:x}"


def _write_span(ends: tuple[float, float], unit: str) -> str:
    return " ".join(f"{end:g}{unit}" for end in sorted({*ends}))


def cut_font(data: bytes, characters: str, is_plain: bool = True) -> bytes:
    """A font with these characters alone, as far as it has them: the same bytes for the same font."""
    from fontTools import subset  # takes a tenth of a second to load, and most builds go without

    features = FEATURES if BASIC.issuperset(characters) else FEATURES + MORE_FEATURES
    if not is_plain:
        features = [*subset.Options().layout_features, *FEATURES]
    options = subset.Options(layout_features=features, hinting=False, notdef_outline=True, name_IDs=[])
    options.drop_tables += UNUSED_TABLES
    font = _open_font(data)
    try:
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=characters)
        subsetter.subset(font)
        font.flavor = "woff2"
        result = BytesIO()
        font.save(result)
    except Exception as error:  # a font is read by many programs in one, and a broken one may fail in any of them
        raise FontError(_describe(error)) from error
    return result.getvalue()


def _open_font(data: bytes) -> Any:
    from fontTools.ttLib import TTFont

    logging.getLogger("fontTools").setLevel(logging.CRITICAL)  # what it finds odd, it tells the terminal
    try:
        return TTFont(BytesIO(data), recalcTimestamp=False)
    except Exception as error:  # as above
        raise FontError(_describe(error)) from error


def _describe(error: Exception) -> str:
    """In the words of fontTools. What else fails in a broken font says nothing that helps to mend it."""
    from fontTools.ttLib import TTLibError

    return str(error).rstrip(".") if isinstance(error, TTLibError) else "it is damaged, or ends too early"
