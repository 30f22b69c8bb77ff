"""The colours of levels: functions of the height alone, so any number of levels shares one family.

They run from the lake in the valley over wood and meadow to the rock in the sun. Lightness rises all the way, so the
steps stay apart for those who see fewer colours. All are computed here, as plain sRGB values that every browser knows.
"""

import math
from collections.abc import Callable, Iterable
from typing import NamedTuple

# The contrast of text with its ground, at least, for any height and hue: 4.5, and a little for rounding to 8 bits.
AIM = 4.53
# How much of a level's colour is in its tint, and in the side of a mountain that lies in the shade.
TINT, SHADE = 0.14, 0.76

Rgb = tuple[float, float, float]


class Lch(NamedTuple):
    """A colour of OKLCH: lightness from 0 to 1, chroma, and hue in degrees."""

    light: float
    chroma: float
    hue: float


PAPER, DARK_PAPER = Lch(0.982, 0.005, 130), Lch(0.2, 0.018, 240)
ON_ROCK = Lch(0.985, 0.005, 130)


class Brand(NamedTuple):
    """How hue and chroma change from foot to summit; lightness is not for a brand to choose, as text depends on it.

    Hue goes from `hue` by `turn` degrees, bent in between by `bend`; chroma from `chroma` by `gain`, with a `dip`.
    """

    hue: float = 235
    turn: float = -203
    bend: float = -290
    chroma: float = 0.065
    gain: float = 0.085
    dip: float = 0.06

    def hue_at(self, height: float) -> float:
        return self.hue + self.turn * height + self.bend * height * (1 - height) * (height - 1 / 3)

    def chroma_at(self, height: float) -> float:
        return self.chroma + self.gain * height - self.dip * height * (1 - height)


MOUNTAIN = Brand()


class Colors(NamedTuple):
    """What a level is painted with: the rock, which carries white text; text and marks on paper; the tint of paper; and
    the side of a mountain in the shade. `#1a2b3c` each.
    """

    rock: str
    stratum: str
    tint: str
    shade: str


def brand_of(low: str | None = None, high: str | None = None, accent: str | None = None) -> Brand:
    """The brand that runs from one colour to another, the shorter way round, or up to one colour. `#1a2b3c` each."""
    if accent:
        top = to_lch(accent)
        return Brand(top.hue, 0, 0, top.chroma / 2, top.chroma / 2, 0)
    if not (low and high):
        return MOUNTAIN
    foot, top = to_lch(low), to_lch(high)
    turn = (top.hue - foot.hue + 180) % 360 - 180
    return Brand(foot.hue, turn, 0, foot.chroma, top.chroma - foot.chroma, 0)


def colors_of(height: float, dark: bool = False, brand: Brand = MOUNTAIN) -> Colors:
    """The colours at a height, which is 0 at the foot and 1 at the summit."""
    hue, chroma = brand.hue_at(height), brand.chroma_at(height)
    if dark:
        rock = darken(Lch(0.33 + 0.12 * height, chroma, hue), to_rgb(ON_ROCK))
        stratum = lighten(Lch(0.64 + 0.05 * height + 0.12 * height**2, chroma + 0.01, hue), to_rgb(DARK_PAPER))
    else:
        rock = stratum = darken(Lch(0.27 + 0.29 * height, chroma, hue), to_rgb(PAPER))
    tint = mix(stratum, DARK_PAPER if dark else PAPER, TINT)
    return Colors(to_hex(rock), to_hex(stratum), to_hex(tint), to_hex(mix(stratum, Lch(0, 0, 0), SHADE)))


def write_palette(totals: Iterable[int], brand: Brand = MOUNTAIN) -> str:
    """The style sheet of all levels, for audiences with these numbers of levels.

    An element with `data-levels` holds all colours of that many levels, and those in it with `data-level` take theirs:
    so nothing has to know what it stands in. A style attribute would need a hole in the content security policy.
    """
    known = sorted({*totals})
    if not known:
        return ""
    light = [_write_levels(total, False, brand) for total in known]
    dark = [_write_levels(total, True, brand) for total in known]
    levels = [
        f'[data-level="{level}"]{{--level:{level};--stratum:var(--stratum-{level});'
        f"--slab:var(--slab-{level},var(--stratum-{level}));--tint:var(--tint-{level});--shade:var(--shade-{level})}}\n"
        for level in range(1, known[-1] + 1)
    ]
    return "".join([*light, *levels, "@media screen and (prefers-color-scheme:dark){\n", *dark, "}\n"])


def _write_levels(total: int, dark: bool, brand: Brand) -> str:
    lines = [] if dark else [f"--levels:{max(total, 2)}"]
    for level in range(1, total + 1):
        colors = colors_of((level - 1) / max(total - 1, 1), dark, brand)
        lines += [f"--slab-{level}:{colors.rock}"] if dark else []
        lines += [
            f"--stratum-{level}:{colors.stratum}",
            f"--tint-{level}:{colors.tint}",
            f"--shade-{level}:{colors.shade}",
        ]
    return f'[data-levels="{total}"]{{{";".join(lines)}}}\n'


def darken(color: Lch, ground: Rgb) -> Lch:
    """The colour, or the lightest of its hue that stands out from a light ground."""
    return _until_readable(color, ground, lambda light: light - 0.005)


def lighten(color: Lch, ground: Rgb) -> Lch:
    """The colour, or the darkest of its hue that stands out from a dark ground."""
    return _until_readable(color, ground, lambda light: light + 0.005)


def _until_readable(color: Lch, ground: Rgb, step: Callable[[float], float]) -> Lch:
    while contrast(to_rgb(color), ground) < AIM:
        color = color._replace(light=step(color.light))
    return color


def mix(color: Lch, ground: Lch, share: float) -> Lch:
    """Some of one colour in another, in OKLab."""
    one, other = _to_lab(color), _to_lab(ground)
    light, a, b = (share * x + (1 - share) * y for x, y in zip(one, other, strict=True))
    return Lch(light, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360)


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast of two colours of linear light, as WCAG defines it."""
    dark, light = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (one, other))
    return (light + 0.05) / (dark + 0.05)


def to_rgb(color: Lch) -> Rgb:
    """Linear sRGB. A colour that a screen cannot show keeps its lightness and hue, and as much chroma as it can."""
    if _is_shown(color):
        low = color.chroma
    else:
        low, high = 0.0, color.chroma
        while high - low > 1e-5:
            middle = (low + high) / 2
            low, high = (middle, high) if _is_shown(color._replace(chroma=middle)) else (low, middle)
    red, green, blue = _convert(color._replace(chroma=low))
    return min(max(red, 0.0), 1.0), min(max(green, 0.0), 1.0), min(max(blue, 0.0), 1.0)


def to_hex(color: Lch) -> str:
    return "#" + "".join(f"{round(255 * _encode(part)):02x}" for part in to_rgb(color))


def from_hex(text: str) -> Rgb:
    """Linear sRGB of `#1a2b3c`."""
    red, green, blue = (_decode(int(text[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return red, green, blue


def to_lch(text: str) -> Lch:
    """OKLCH of `#1a2b3c`."""
    r, g, b = from_hex(text)
    l_ = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    m_ = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    s_ = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    light = 0.2104542553 * l_ + 0.7936177850 * m_ - 0.0040720468 * s_
    a_ = 1.9779984951 * l_ - 2.4285922050 * m_ + 0.4505937099 * s_
    b_ = 0.0259040371 * l_ + 0.7827717662 * m_ - 0.8086757660 * s_
    return Lch(light, math.hypot(a_, b_), math.degrees(math.atan2(b_, a_)) % 360)


def _to_lab(color: Lch) -> tuple[float, float, float]:
    turn = math.radians(color.hue)
    return color.light, color.chroma * math.cos(turn), color.chroma * math.sin(turn)


def _convert(color: Lch) -> Rgb:
    """Linear sRGB by the matrices of https://bottosson.github.io/posts/oklab, outside of 0 to 1 too."""
    light, a, b = _to_lab(color)
    l_ = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m_ = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s_ = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * l_ - 3.3077115913 * m_ + 0.2309699292 * s_,
        -1.2684380046 * l_ + 2.6097574011 * m_ - 0.3413193965 * s_,
        -0.0041960863 * l_ - 0.7034186147 * m_ + 1.7076147010 * s_,
    )


def _is_shown(color: Lch) -> bool:
    return all(-1e-4 <= part <= 1 + 1e-4 for part in _convert(color))


def _encode(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _decode(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
