"""The mark of a site: a pyramid of four levels, in its colours, as an icon."""

from generator.content.model import MARK_LEVELS
from generator.formats.colors import PAPER, to_hex
from generator.pages.palette import Family, colors_of

# The layers from the top, within 32 by 32 points.
LAYERS = (
    ((16, 2), (19.5, 8.2), (12.5, 8.2)),
    ((11.9, 9.4), (20.1, 9.4), (23.1, 14.7), (8.9, 14.7)),
    ((8.2, 15.9), (23.8, 15.9), (26.9, 21.2), (5.1, 21.2)),
    ((4.4, 22.5), (27.6, 22.5), (31.3, 29), (0.7, 29)),
)
PATHS = tuple("M" + "L".join(f"{x:g} {y:g}" for x, y in layer) + "z" for layer in LAYERS)
# How far from the edges the layers are in the icon of a phone, which cuts the corners off.
MARGIN = 6


def draw_mark(family: Family) -> str:
    """The mark as SVG, in colours for light and for dark windows."""
    light, dark = (
        "".join(f".{sign}{{fill:{color}}}" for sign, color in zip("abcd", list_colors(family, is_dark), strict=True))
        for is_dark in (False, True)
    )
    paths = "".join(f'<path class="{sign}" d="{layer}"/>' for sign, layer in zip("abcd", PATHS, strict=True))
    style = f"<style>{light}@media(prefers-color-scheme:dark){{{dark}}}</style>"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">{style}{paths}</svg>'


def draw_tile(family: Family) -> str:
    """The mark on paper, as SVG without styles: for the screens of phones."""
    side, paper = 32 + 2 * MARGIN, to_hex(PAPER)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-MARGIN} {-MARGIN} {side} {side}">'
        f'<path fill="{paper}" d="M{-MARGIN} {-MARGIN}h{side}v{side}h{-side}z"/>{draw_layers(family)}</svg>'
    )


def draw_layers(family: Family) -> str:
    """The layers of the mark as parts of an SVG."""
    colors = list_colors(family, False)
    return "".join(f'<path fill="{color}" d="{layer}"/>' for color, layer in zip(colors, PATHS, strict=True))


def list_colors(family: Family, is_dark: bool) -> list[str]:
    """The colours of the layers from the top."""
    return [colors_of(level / (MARK_LEVELS - 1), is_dark, family).stratum for level in reversed(range(MARK_LEVELS))]
