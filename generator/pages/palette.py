"""The colours of levels: functions of the height alone, so any number of levels shares one family.

They run from the lake in the valley over wood and meadow to the rock in the sun, or as the brand of a site says.
Lightness rises all the way, so the steps stay apart for those who see fewer colours.
"""

from functools import lru_cache
from typing import NamedTuple

from generator.formats.colors import (
    DARK_PAPER,
    ON_ROCK,
    PAPER,
    Lch,
    darken,
    lighten,
    mix,
    to_hex,
    to_lch,
    to_rgb,
)
from generator.schema.brand import Brand

# How much of a level's colour is in its tint.
TINT = 0.14
# A colour with less chroma is a grey, whose hue is an accident.
GREY = 0.02


class Family(NamedTuple):
    """How colours change from foot to summit.

    Hue goes from `hue` by `turn` degrees, bent in between by `bend`; chroma from `chroma` by `gain`, with a `dip`;
    lightness by day from `light` by `rise`. By night it is the same for all brands.
    """

    hue: float = 235
    turn: float = -203
    bend: float = -290
    chroma: float = 0.065
    gain: float = 0.085
    dip: float = 0.06
    light: float = 0.27
    rise: float = 0.29

    def hue_at(self, height: float) -> float:
        return self.hue + self.turn * height + self.bend * height * (1 - height) * (height - 1 / 3)

    def chroma_at(self, height: float) -> float:
        return self.chroma + self.gain * height - self.dip * height * (1 - height)


MOUNTAIN = Family()


class Colors(NamedTuple):
    """What a level is painted with: the rock, which carries white text; text and marks on paper; and the tint of paper.
    `#1a2b3c` each.
    """

    rock: str
    stratum: str
    tint: str


def family_of(brand: Brand | None) -> Family:
    """The family that runs from one colour of a brand to the other, the shorter way round, or up to its only colour."""
    colors = brand.colors if brand else None
    if colors and colors.accent:
        top = to_lch(colors.accent)
        return Family(top.hue, 0, 0, top.chroma / 2, top.chroma / 2, 0, top.light / 2, top.light / 2)
    if not (colors and colors.low and colors.high):
        return MOUNTAIN
    foot, top = to_lch(colors.low), to_lch(colors.high)
    hue = top.hue if foot.chroma < GREY else foot.hue
    turn = 0 if top.chroma < GREY else (top.hue - hue + 180) % 360 - 180
    return Family(hue, turn, 0, foot.chroma, top.chroma - foot.chroma, 0, foot.light, top.light - foot.light)


@lru_cache(maxsize=256)
def colors_of(height: float, dark: bool = False, family: Family = MOUNTAIN) -> Colors:
    """The colours at a height, which is 0 at the foot and 1 at the summit."""
    hue, chroma = family.hue_at(height), family.chroma_at(height)
    if dark:
        rock = darken(Lch(0.33 + 0.12 * height, chroma, hue), to_rgb(ON_ROCK))
        stratum = lighten(Lch(0.64 + 0.05 * height + 0.12 * height**2, chroma + 0.01, hue), to_rgb(DARK_PAPER))
    else:
        rock = stratum = darken(Lch(family.light + family.rise * height, chroma, hue), to_rgb(PAPER))
    tint = mix(stratum, DARK_PAPER if dark else PAPER, TINT)
    return Colors(to_hex(rock), to_hex(stratum), to_hex(tint))
