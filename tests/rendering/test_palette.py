"""The colours of levels: text can be read on all of them, light and dark, with any number of levels and any brand."""

import re
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.formats.colors import (
    ON_ROCK,
    PAPER,
    READABLE,
    contrast,
    from_hex,
    make_readable,
    measure,
    to_hex,
    to_lch,
    to_rgb,
)
from generator.formats.document import read_text
from generator.pages.palette import MOUNTAIN, Colors, Family, colors_of, family_of
from generator.rendering.palette import write_palette
from generator.schema.brand import Brand, BrandColors
from tests.sites import real_layouts

TOTALS = range(2, 13)
HEX = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


def list_colors(total: int, dark: bool, family: Family = MOUNTAIN) -> list[Colors]:
    return [colors_of(level / (total - 1), dark, family) for level in range(total)]


def read_tokens() -> Iterator[dict[str, str]]:
    """The colours that are the same at every level: light, then dark."""
    text = read_text(real_layouts(), "css/tokens.css")
    for part in text.split("prefers-color-scheme: dark"):
        yield dict(re.findall(r"--([\w-]+): (#\w+);", part))


def compare(one: str, other: str) -> float:
    return contrast(from_hex(one), from_hex(other))


def check(colors: Colors, paper: str, white: str) -> None:
    """4.5:1 for the text of a level on paper, and for white on its rock."""
    assert compare(colors.rock, white) >= 4.5
    assert compare(colors.stratum, paper) >= 4.5


@pytest.mark.parametrize("total", TOTALS)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_is_readable_on_paper_on_tint_and_on_rock(total: int, dark: bool) -> None:
    light, night = read_tokens()
    tokens = light | night if dark else light
    for colors in list_colors(total, dark):
        check(colors, tokens["paper"], tokens["on-slab"])
        assert compare(tokens["ink"], colors.tint) >= 4.5


@given(low=HEX, high=HEX)
def test_any_two_brand_colours_are_readable(low: str, high: str) -> None:
    for family in (run(low, high), family_of(Brand(colors=BrandColors(accent=high)))):
        for dark, tokens in zip((False, True), read_tokens(), strict=True):
            for colors in list_colors(4, dark, family):
                check(colors, tokens["paper"], to_hex(ON_ROCK))


def test_the_third_of_four_levels_is_ochre_and_contrasts_are_as_designed() -> None:
    paper, night = (tokens["paper"] for tokens in read_tokens())
    light, dark = list_colors(4, False), list_colors(4, True)
    designed = {
        (14.2, 9.7, 6.8, 4.8): [compare(colors.rock, to_hex(ON_ROCK)) for colors in light],
        (14.1, 9.6, 6.8, 4.7): [compare(colors.stratum, paper) for colors in light],
        (11.5, 9.4, 8.6, 7.7): [compare(colors.rock, to_hex(ON_ROCK)) for colors in dark],
        (5.5, 6.4, 7.4, 9.7): [compare(colors.stratum, night) for colors in dark],
    }
    for wanted, found in designed.items():
        assert found == pytest.approx(wanted, abs=0.3)
    assert 70 < to_lch(light[2].rock).hue < 85


@pytest.mark.parametrize("total", TOTALS)
def test_lightness_rises_with_the_level(total: int) -> None:
    for dark in (False, True):
        for below, above in pairwise(list_colors(total, dark)):
            assert to_lch(below.stratum).light < to_lch(above.stratum).light
            assert to_lch(below.rock).light < to_lch(above.rock).light


def run(low: str, high: str) -> Family:
    return family_of(Brand(colors=BrandColors(low=low, high=high)))


@given(low=HEX, high=HEX)
def test_a_brand_is_seen_in_its_own_colours_where_they_can_be_read(low: str, high: str) -> None:
    for color, height in ((low, 0), (high, 1)):
        if measure(color) > READABLE + 0.05:
            found = parts(colors_of(height, family=run(low, high)).rock)
            assert max(abs(one - other) for one, other in zip(found, parts(color), strict=True)) <= 1
            accent = family_of(Brand(colors=BrandColors(accent=color)))
            assert parts(colors_of(1, family=accent).rock) == parts(color)


def parts(color: str) -> list[int]:
    return [int(color[place : place + 2], 16) for place in (1, 3, 5)]


@given(text=HEX)
def test_the_nearest_readable_colour_can_be_read_and_has_the_same_hue(text: str) -> None:
    near = make_readable(text)
    assert measure(near) >= READABLE
    if measure(text) > READABLE + 0.05:
        assert near == text


def test_a_grey_has_no_hue_that_others_would_have_to_pass() -> None:
    family = run("#333333", "#8a2f6b")
    assert abs(family.hue_at(0.5) - to_lch("#8a2f6b").hue) < 1
    assert to_lch("#abc") == to_lch("#aabbcc")
    assert family_of(None) == family_of(Brand()) == MOUNTAIN
    assert measure("#ffffff") == pytest.approx(contrast(to_rgb(PAPER), from_hex("#ffffff")))


@given(text=HEX)
def test_a_colour_becomes_itself_again(text: str) -> None:
    assert to_hex(to_lch(text)) == text
    assert all(0 <= part <= 1 for part in to_rgb(to_lch(text)._replace(chroma=0.4)))


def test_each_number_of_levels_has_a_rule_and_each_level_takes_its_colours() -> None:
    style = write_palette([4, 2, 4])
    assert style.count('[data-levels="4"]') == style.count('[data-levels="2"]') == 2
    assert re.findall(r'\[data-level="(\d+)"\]', style) == ["1", "2", "3", "4"]
    used = set(re.findall(r"var\((--[a-z]+-\d)", style))
    assert used == set(re.findall(r"(--[a-z]+-\d):", style))
    assert write_palette([]) == ""


def test_a_climb_of_one_level_divides_nothing_by_nothing() -> None:
    assert "--levels:2" in write_palette([1])
