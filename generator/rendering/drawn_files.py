"""The files that are drawn, rather than made of one of the content: icons, and pictures beside shared links."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import json

from generator.files.tree import Tree
from generator.pages.pictures import Variant
from generator.pages.share import SharePicture
from generator.rendering.drawing import rasterise
from generator.rendering.picture_formats import clean_svg, is_svg, measure_svg, read_upright
from generator.rendering.share_pictures import LOGO, ShareArtist

if TYPE_CHECKING:
    from PIL import Image


class Draughtsman:
    """Draws what is made of no file: icons, and the pictures beside shared links with the `fonts` of the site."""

    def __init__(self, content: Tree, fonts: Mapping[str, bytes]) -> None:
        self._content, self._fonts = content, fonts
        self._logos: dict[str, Image.Image | None] = {"": None}

    @cached_property
    def _artist(self) -> ShareArtist:
        """Made only where there is something to draw: it opens fonts."""
        return ShareArtist(self._fonts)

    def draw(self, variants: Iterable[Variant]) -> Iterator[tuple[Variant, bytes]]:
        for variant in variants:
            if not variant.drawing.startswith("<"):
                picture = json.decode(variant.drawing, type=SharePicture)
                yield variant, self._artist.draw(picture, self._find_logo(picture.logo))
            elif variant.format == "svg":
                yield variant, variant.drawing.encode()
            else:
                yield variant, rasterise(variant.drawing, variant.width, variant.height)

    def _find_logo(self, path: str) -> "Image.Image | None":
        if path not in self._logos:
            self._logos[path] = self._read_logo(path)
        return self._logos[path]

    def _read_logo(self, path: str) -> "Image.Image":
        """A logo as large as there is room for it."""
        from PIL import Image

        data, (most_width, most_height) = self._content.read(path), LOGO
        if is_svg(path):
            cleaned = clean_svg(data)
            width, height = measure_svg(cleaned)
            scale = min(most_width / width, most_height / height)
            drawn = rasterise(cleaned.decode(), max(1, round(scale * width)), max(1, round(scale * height)))
            return Image.open(BytesIO(drawn)).convert("RGBA")
        image = read_upright(data, most_width)
        image.thumbnail(LOGO)
        return image
