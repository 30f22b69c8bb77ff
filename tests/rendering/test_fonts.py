"""A font has the characters that a site shows, in one file."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from generator.files.tree import MemoryTree
from generator.rendering.assets import collect_assets
from generator.rendering.fonts import BASIC, cut_font
from tests.sites import ROOT, build, edit, real_layouts

FONT = "fonts/archivo.woff2"
FULL = (ROOT / "layouts" / FONT).read_bytes()
PREPARED = (ROOT / "layouts/fonts/archivo-basic.woff2").read_bytes()


def characters_of(font: bytes) -> set[str]:
    return set(map(chr, TTFont(BytesIO(font)).getBestCmap()))


def tables_of(font: bytes) -> dict[str, bytes]:
    """All that is in a font. It is packed in one way or another, by the version of the library."""
    tables = TTFont(BytesIO(font))
    return {name: tables.getTableData(name) for name in tables.keys() if name != "GlyphOrder"}  # noqa: SIM118


def serve(characters: str, folder: str | None = None) -> bytes:
    return collect_assets(real_layouts(), characters=characters, fonts=folder).files[FONT].data


def test_a_site_in_english_takes_the_file_that_was_cut_for_it() -> None:
    assert serve("Ordinary *English*, with a café: {~ 1} “for” $5…") == PREPARED


def test_that_file_is_what_the_font_would_be_cut_to() -> None:
    assert tables_of(cut_font(FULL, "".join(sorted(BASIC)))) == tables_of(PREPARED)
    assert characters_of(PREPARED) == BASIC


def test_another_letter_is_added_to_the_same_file() -> None:
    assert characters_of(serve("Über Łódź")) == BASIC | set("ÜŁóź")


def test_characters_that_the_font_lacks_are_left_to_other_fonts() -> None:
    assert characters_of(serve("Привет")) == BASIC


def test_what_was_cut_is_kept_and_what_is_no_longer_used_is_not(tmp_path: Path) -> None:
    folder = str(tmp_path / "fonts")
    first = serve("ö", folder)
    kept = list(Path(folder).iterdir())
    assert len(kept) == 1 and first in kept[0].read_bytes()
    assert serve("ö", folder) == first
    serve("ü", folder)
    assert len(list(Path(folder).iterdir())) == 1 and list(Path(folder).iterdir()) != kept


@pytest.mark.parametrize("data", [b"", b"wOF2", b"no font", PREPARED[:5000], b"\0" * 100])
def test_a_file_that_is_no_font_is_an_error_with_its_name(data: bytes) -> None:
    problems = collect_assets(MemoryTree({"fonts/odd.woff2": data}, "layouts"), characters="ö").diagnostics
    assert [str(problem).partition(": this")[0] for problem in problems] == ["layouts/fonts/odd.woff2"]


def test_a_site_has_one_font_with_all_that_its_texts_show(tmp_path: Path) -> None:
    files = edit("makers/audience.md", "name: Makers", "name: Łódź &eacute;&uuml;")
    site = build(MemoryTree(files), tmp_path / "site", real_layouts())
    fonts = list((site / "assets").glob("*.woff2"))
    assert len(fonts) == 1
    assert characters_of(fonts[0].read_bytes()) >= BASIC | set("Łóźéü")
    page = (site / "index.html").read_text(encoding="utf-8")
    assert set(re.findall(r"[\w.-]*\.woff2", page)) == {fonts[0].name}
