"""The pictures beside shared links: headlines fit, in any script that the fonts have, and nothing becomes a box."""

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from generator.files.tree import MemoryTree
from generator.formats.colors import PAPER, to_hex
from generator.pages.brand import DISPLAY_FONT, PLAIN_FONT, TEXT_FONT
from generator.pages.palette import colors_of
from generator.pages.share import SIZE, SharePicture
from generator.rendering.assets import collect_assets
from generator.rendering.brand import Look
from generator.rendering.share_pictures import BESIDE_WIDTH, LARGEST, MARGIN, SMALLEST, Face, ShareArtist, set_text
from tests.sites import ABOUT, ROOT, SITE, Files, edit, load, real_layouts, text_of

ARCHIVO = (ROOT / "layouts/fonts/archivo.woff2").read_bytes()
COLORS = tuple((color.rock, color.tint) for color in (colors_of(level / 3) for level in range(4)))
ARTIST = ShareArtist({PLAIN_FONT: ARCHIVO})


def draw(headline: str, level: int = 0, artist: ShareArtist = ARTIST, **more: object) -> Image.Image:
    picture = SharePicture(headline, "Founders", "Small Site", COLORS, level, **more)  # type: ignore[arg-type]
    return Image.open(BytesIO(artist.draw(picture))).convert("RGB")


def differ(one: Image.Image, other: Image.Image) -> tuple[int, int, int, int] | None:
    """The box in which two pictures differ."""
    return ImageChops.difference(one, other).getbbox()


def test_a_level_is_drawn_on_its_own_rock_and_any_other_page_beside_the_mountain() -> None:
    for level, (rock, _) in enumerate(COLORS, 1):
        image = draw("A headline", level)
        assert image.size == SIZE
        assert "#{:02x}{:02x}{:02x}".format(*image.getpixel((20, 600))) == rock  # type: ignore[misc]
    home = draw("A headline")
    assert "#{:02x}{:02x}{:02x}".format(*home.getpixel((20, 600))) == to_hex(PAPER)  # type: ignore[misc]
    found = {"#{:02x}{:02x}{:02x}".format(*home.getpixel((990, y))) for y in (260, 370, 490, 600)}  # type: ignore[misc]
    assert found == {rock for rock, _ in COLORS}


def test_the_same_picture_has_the_same_bytes() -> None:
    picture = SharePicture("Stop renting. Start owning.", "Founders", "Small Site", COLORS, 2)
    assert ARTIST.draw(picture) == ShareArtist({PLAIN_FONT: ARCHIVO}).draw(picture)


@pytest.mark.parametrize(
    "headline", ["W", "Word " * 60, "Donaudampfschifffahrt" * 6, "i" * 500, "A. B. C. D. E. F. G. H."]
)
@pytest.mark.parametrize("level", [0, 1, 4])
@pytest.mark.parametrize("is_rtl", [False, True])
def test_a_headline_stays_in_its_place(headline: str, level: int, is_rtl: bool) -> None:
    box = differ(draw("", level, is_rtl=is_rtl), draw(headline, level, is_rtl=is_rtl))
    assert box
    left, top, right, bottom = (SIZE[0] - box[2], box[1], SIZE[0] - box[0], box[3]) if is_rtl else box
    assert left >= MARGIN - 12 and right <= (950 if level else 800) and top > 190 and bottom < SIZE[1] - 20


@given(st.text(st.characters(max_codepoint=0x24F, exclude_categories=["C"]), max_size=80))
def test_any_text_is_set_in_lines_that_fit(text: str) -> None:
    setting = set_text(text.strip(), BESIDE_WIDTH, 340, lambda part: 0.6 * len(part))
    assert all(0.6 * len(line) * setting.size <= BESIDE_WIDTH + 0.6 * setting.size for line in setting.lines)
    assert not setting.lines or (SMALLEST <= setting.size <= LARGEST and len(setting.lines) * setting.size <= 340)
    assert "…" in "".join(setting.lines) or "".join("".join(setting.lines).split()) == "".join(text.split())


def test_sentences_begin_lines_and_lines_are_of_about_one_length() -> None:
    def measure(part: str) -> float:
        return 0.5 * len(part)

    assert set_text("Build it. Own it.", 900, 300, measure).lines == ["Build it.", "Own it."]
    assert set_text("one two three four", 700, 300, measure).lines == ["one two", "three four"]
    assert len(set_text("日本語の見出しはどこでも折り返す。" * 3, 900, 300, len).lines) > 1


@pytest.mark.parametrize("joins", [True, False])
def test_a_text_with_letters_that_the_font_lacks_is_left_out_and_other_signs_are_dropped(
    joins: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not joins:
        monkeypatch.setattr("PIL.features.check", lambda name: False)
    assert differ(draw("日本語"), draw("")) is None
    assert differ(draw("Привет, world"), draw("")) is None
    assert differ(draw("Rockets \U0001f680 and stars \u2605"), draw("Rockets and stars")) is None
    assert differ(draw("Łódź e\u0301"), draw("Łódź é")) is None


@pytest.mark.parametrize("fonts", [{}, {TEXT_FONT: b"no font"}, {DISPLAY_FONT: ARCHIVO}])
def test_a_site_without_fonts_has_a_picture_without_words(fonts: dict[str, bytes]) -> None:
    artist = ShareArtist(fonts)
    assert differ(draw("A headline", artist=artist), draw("", artist=artist)) is None


def test_a_font_of_one_weight_is_taken_as_it_is() -> None:
    fixed, result = TTFont(BytesIO(ARCHIVO)), BytesIO()
    for table in ("fvar", "gvar", "avar"):
        del fixed[table]
    fixed.save(result)
    artist = ShareArtist({TEXT_FONT: result.getvalue()})
    assert differ(draw("A headline", 2, artist), draw("", 2, artist))


def test_the_headline_is_set_in_the_font_for_headlines() -> None:
    """Which is another one, since it lacks what the headline needs."""
    assert Face(ARCHIVO).keep_known("A word") == "A word"
    basic = (ROOT / "layouts/fonts/archivo-basic.woff2").read_bytes()
    both = ShareArtist({TEXT_FONT: ARCHIVO, DISPLAY_FONT: basic, PLAIN_FONT: ARCHIVO})
    assert differ(draw("Łódź", artist=both), draw("", artist=both)) is None
    assert differ(draw("Oxford", artist=both), draw("", artist=both))


def test_a_logo_takes_the_place_of_mark_and_name() -> None:
    logo = Image.new("RGBA", (300, 60), (10, 20, 200, 255))
    picture = SharePicture("A headline", "", "Small Site", COLORS)
    image = Image.open(BytesIO(ARTIST.draw(picture, logo))).convert("RGB")
    assert image.getpixel((MARGIN + 299, 58)) == (10, 20, 200) and image.getpixel((MARGIN + 302, 58)) != (10, 20, 200)


def look_of(title: str, brand: str = "brand: {fonts: {text: /media/text.woff2}}\n") -> Look:
    """The look of the small site with a font of its own, and another title for the page about us."""
    files: Files = {**SITE, **edit(ABOUT, "About us", title), "media/text.woff2": ARCHIVO}
    files["site.yaml"] = text_of("site.yaml") + brand
    return Look(MemoryTree(files), load(files).site)


def test_where_nothing_joins_the_letters_of_a_script_one_warning_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    look = look_of("من نحن")
    monkeypatch.setattr("PIL.features.check", lambda name: True)
    with_library = collect_assets(real_layouts(), look=look)
    monkeypatch.setattr("PIL.features.check", lambda name: False)
    without = collect_assets(real_layouts(), look=look)
    assert [str(problem) for problem in without.diagnostics] == [
        "content/site.yaml: warning: the pictures beside shared links have no words, since nothing here joins the "
        "letters of their script. Install FriBiDi (libfribidi0 on Debian and Ubuntu, fribidi elsewhere), and build "
        "with --force."
    ]
    assert not with_library.diagnostics
    assert with_library.for_pages.drawing != without.for_pages.drawing  # so that they are drawn anew


def test_what_needs_no_joining_or_has_no_letters_for_it_is_not_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("PIL.features.check", lambda name: False)
    for look in (look_of("Über uns, 日本語 \U0001f680"), look_of("من نحن", brand="")):
        assert not collect_assets(real_layouts(), look=look).diagnostics
