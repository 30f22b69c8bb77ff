"""Draws SVG as pictures, the same bytes everywhere: with the fonts it is given, and none of the system's. The one place
that knows resvg.
"""

import os

from generator.files.fingerprint import digest_bytes
from generator.files.program import find_libraries

# Changes with whatever is decided here and in share_pictures.py, so that pictures are drawn anew.
RECIPE = "1"
LIBRARIES = ("pillow", "resvg_py")


def describe_tools(*more: str) -> str:
    """Stands for what pictures are drawn with: the libraries, and whatever `more` there is, such as fonts."""
    return digest_bytes(" ".join([RECIPE, *map(os.path.basename, find_libraries(LIBRARIES)), *more]).encode())


def rasterise(svg: str, width: int, height: int, ground: str = "") -> bytes:
    """A PNG of an SVG, on a ground of that colour, or one that can be seen through. Raises `ValueError`."""
    import resvg_py  # most builds have nothing to draw

    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, width=width, height=height, background=ground or None, skip_system_fonts=True
        )
    )
