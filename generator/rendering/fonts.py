"""Fonts with no more characters than a site shows, so that one accented letter does not load a second file.

Cutting a font to size takes a second, so the result is kept; and a font may come with the file that it would become for
plain English, `NAME-basic.woff2` beside `NAME.woff2`.
"""

from collections.abc import Iterable
from io import BytesIO

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

    def cut(self, data: bytes) -> bytes:
        """The font of a site, WOFF2. Raises `FontError` if `data` is no font."""
        characters = "".join(sorted(BASIC.union(self._missing)))
        name = digest_bytes(data + characters.encode())
        self._used.add(name)
        kept = read_sealed(f"{self._folder}/{name}") if self._folder else None
        if kept is None:
            kept = cut_font(data, characters)
            if self._folder:
                write_sealed(f"{self._folder}/{name}", kept)
        return kept

    def forget_others(self) -> None:
        """Removes from the folder what was not asked for."""
        if self._folder:
            remove_unknown(self._folder, self._used)


class FontError(ValueError):
    """A file that is no font."""


def cut_font(data: bytes, characters: str) -> bytes:
    """A font with these characters alone, as far as it has them: the same bytes for the same font."""
    from fontTools import subset  # takes a tenth of a second to load, and most builds go without
    from fontTools.ttLib import TTFont

    features = FEATURES if BASIC.issuperset(characters) else FEATURES + MORE_FEATURES
    options = subset.Options(layout_features=features, hinting=False, notdef_outline=True, name_IDs=[])
    options.drop_tables += UNUSED_TABLES
    try:
        font = TTFont(BytesIO(data), recalcTimestamp=False)
        subsetter = subset.Subsetter(options)
        subsetter.populate(text=characters)
        subsetter.subset(font)
        font.flavor = "woff2"
        result = BytesIO()
        font.save(result)
    except Exception as error:  # a font is read by many programs in one, and a broken one may fail in any of them
        raise FontError(str(error).rstrip(".")) from error
    return result.getvalue()
