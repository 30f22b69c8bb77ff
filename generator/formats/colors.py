"""Colours: as `#1a2b3c`, as light, and as people see them; what can be read on what, as WCAG has it.

Lightness, chroma and hue are those of OKLCH, in which equal steps look equal. All comes out as plain sRGB, which every
browser knows.
"""

import math
from collections.abc import Callable
from typing import NamedTuple

# The contrast of text with its ground, at least; what is computed here has a little more, for rounding to 8 bits.
READABLE, AIM = 4.5, 4.53

Rgb = tuple[float, float, float]


class Lch(NamedTuple):
    """A colour of OKLCH: lightness from 0 to 1, chroma, and hue in degrees."""

    light: float
    chroma: float
    hue: float


# What pages are written on, by day and by night, and what stands on the rock of a level.
PAPER, DARK_PAPER = Lch(0.982, 0.005, 130), Lch(0.2, 0.018, 240)
ON_ROCK = Lch(0.985, 0.005, 130)


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


def measure(text: str) -> float:
    """The contrast of a colour with paper; on the colour, white has as much."""
    return contrast(from_hex(text), to_rgb(PAPER))


def make_readable(text: str) -> str:
    """The nearest colour that can be read on paper, and white on it."""
    return to_hex(darken(to_lch(text), to_rgb(PAPER)))


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
    """Linear sRGB of `#1a2b3c` or `#abc`."""
    digits = text[1:] if len(text) > 4 else "".join(2 * digit for digit in text[1:])
    red, green, blue = (_decode(int(digits[i : i + 2], 16) / 255) for i in (0, 2, 4))
    return red, green, blue


def to_lch(text: str) -> Lch:
    """OKLCH of `#1a2b3c` or `#abc`."""
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
