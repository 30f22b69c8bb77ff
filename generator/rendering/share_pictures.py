"""Draws the pictures beside shared links: rock with its slope, a headline, the mark or the logo, the name.

Pillow draws them with the fonts that the site serves and none of the system's; where it has no Raqm, letters are not
kerned, and scripts that join or turn are left out. Several threads draw at once; and a picture takes the time that
resvg needs for its ground. Whatever is decided here changes RECIPE in drawing.py.
"""

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from generator.formats.colors import ON_ROCK, PAPER, Lch, mix, to_hex, to_lch
from generator.formats.titles import split_sentences
from generator.pages.brand import DISPLAY_FONT, PLAIN_FONT, TEXT_FONT
from generator.pages.mark import LAYERS
from generator.pages.share import SIZE, SharePicture

if TYPE_CHECKING:
    from PIL import Image

WIDTH, HEIGHT = SIZE
INK, SOFT = "#162127", "#4e5a62"
# The strip of paper with the name; how far all is from the edges.
STRIP, MARGIN = 116, 72
MARK, NAME_SIZE, LOGO = 46, 31, (420, 60)
# The slope of rock, as on pages, and where it ends at the foot.
SLOPE, FOOT = math.tan(math.radians(26)), 1136
# The summit of the mountain on pages of no level, and the slope of its faces.
SUMMIT, FACE, SEAM, SHADE = (1004, 178), 0.674, 4, 0.76
# The place of the headline: how wide it may be beside rock and beside the mountain, and where it ends.
ON_ROCK_WIDTH, BESIDE_WIDTH, BOTTOM = 800, 690, 586
LARGEST, SMALLEST, LINE_SIZE, LEADING = 96, 38, 30, 1.04
# The size at which signs are measured.
UNIT = 200
NUMERAL = 330
# How many points polygons are drawn with for each that is seen.
FINE = 3
# Where a line may end: behind a blank or a hyphen, and beside each sign of Chinese and Japanese.
WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60"
PIECE = re.compile(rf"[{WIDE}]|[^\s{WIDE}-]*-|[^\s{WIDE}-]+|\s+")

# What is written sign by sign, with kerning and room of our own; any other script is for a library to join and to turn.
SIMPLE = re.compile(rf"[\u0000-\u058f\u1e00-\u2bff\u3000-\u30ff{WIDE}]*")

Point = tuple[float, float]
Place = tuple[int, int]


class Face:
    """A font in any size, weight and width."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._opened: dict[tuple[int, int, int], Any] = {}
        self._known: dict[str, bool] = {}
        self._advances: dict[tuple[str, str, int, int], float] = {}

    def at(self, size: int, weight: int, width: float) -> Any:
        key = (size, weight, round(width))
        if key not in self._opened:
            self._opened[key] = self._open(*key)
        return self._opened[key]

    def _open(self, size: int, weight: int, width: int) -> Any:
        from PIL import ImageFont

        font = ImageFont.truetype(BytesIO(self._data), size)
        try:
            axes = font.get_variation_axes()
        except OSError:  # it has one weight and one width
            return font
        wanted, values = {b"weight": weight, b"width": width}, []
        for axis in axes:
            value = wanted.get(bytes(axis.get("name") or b"").lower(), axis["default"])
            values.append(float(min(max(value or 0, axis["minimum"] or 0), axis["maximum"] or 0)))
        font.set_variation_by_axes(values)
        return font

    def advance(self, text: str, after: str, weight: int, width: float) -> float:
        """How far it is from the start of a text to the start of what comes after it, in parts of their size."""
        key = (text, after, weight, round(width))
        if key not in self._advances:
            font = self.at(UNIT, weight, width)
            self._advances[key] = (font.getlength(text + after) - (font.getlength(after) if after else 0)) / UNIT
        return self._advances[key]

    def keep_known(self, text: str) -> str:
        """The text without signs that the font lacks; nothing of it, if letters are among these."""
        text = unicodedata.normalize("NFC", text)
        lacking = {character for character in text if not self._has(character)}
        shown = " ".join("".join(character for character in text if character not in lacking).split())
        return "" if any(map(str.isalpha, lacking)) or not _can_shape(shown) else shown

    def _has(self, character: str) -> bool:
        """Whether the font has a sign: what it lacks looks like what no font has."""
        if character not in self._known:
            font = self.at(32, 400, 100)
            looks = [bytes(font.getmask(sign)) for sign in (character, "\uffff")]
            self._known[character] = character.isspace() or looks[0] != looks[1]
        return self._known[character]


def open_face(data: bytes | None) -> Face | None:
    """A font; None if there is none, or none that the library can open: then a picture has no words."""
    face = Face(data) if data else None
    try:
        return face if face and face.at(UNIT, 400, 100) else None
    except OSError:
        return None


class Writing(NamedTuple):
    """How a text is set: its face, weight and width, and more room between signs and between words, in parts of its
    size.
    """

    face: Face
    weight: int
    width: float
    tracking: float = 0.0
    spacing: float = 0.0

    def measure(self, text: str) -> float:
        """How wide a text is, in parts of its size."""
        return sum(advance for _, advance in self._place(text))

    def write(self, image: "Image.Image", place: Point, text: str, size: int, fill: Any, is_rtl: bool = False) -> None:
        """Writes on a line that begins at a place, or ends there where texts run from the right."""
        from PIL import ImageDraw

        draw, (x, y) = ImageDraw.Draw(image), place
        x -= size * self.measure(text) if is_rtl else 0
        for part, advance in self._place(text):
            draw.text((x, y), part, font=self.face.at(size, self.weight, self.width), fill=fill, anchor="ls")
            x += size * advance

    def _place(self, text: str) -> Iterator[tuple[str, float]]:
        """The parts that are written one by one, with how far it is from each to the next."""
        if not _is_simple(text):
            yield text, self.face.advance(text, "", self.weight, self.width)
            return
        for part, after in zip(text, [*text[1:], ""], strict=True):
            more = self.tracking + (self.spacing if part == " " else 0)
            yield part, self.face.advance(part, after, self.weight, self.width) + more


class Setting(NamedTuple):
    """A text in lines, and its size."""

    lines: list[str]
    size: int


class ShareArtist:
    """Draws the pictures of a site, with the fonts it serves."""

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        self._text = open_face(fonts.get(TEXT_FONT) or fonts.get(PLAIN_FONT))
        self._display = open_face(fonts.get(DISPLAY_FONT)) or self._text
        self._masks: dict[tuple[Point, ...], tuple[Image.Image, Place]] = {}

    def draw(self, picture: SharePicture, logo: "Image.Image | None" = None) -> bytes:
        """A picture as PNG."""
        from PIL import Image, ImageOps

        image, rock = Image.new("RGB", SIZE, to_hex(PAPER)), Image.new("L", SIZE)
        if picture.level:
            color, head = picture.colors[picture.level - 1][0], FOOT - SLOPE * (HEIGHT - STRIP)
            for canvas, fill in ((image, color), (rock, 255)):
                self._fill(canvas, fill, (0, STRIP), (head, STRIP), (FOOT, HEIGHT), (0, HEIGHT))
        else:
            self._draw_mountain(image, picture)
        if picture.is_rtl:
            image, rock = ImageOps.mirror(image), ImageOps.mirror(rock)
        if picture.level:
            self._write_numeral(image, rock, picture)
        self._write_words(image, picture)
        self._write_name(image, picture, logo)
        result = BytesIO()
        image.save(result, "PNG")
        return result.getvalue()

    def _draw_mountain(self, image: "Image.Image", picture: SharePicture) -> None:
        """All levels as layers of a mountain, whose far side is in the shade."""
        (x, top), total = SUMMIT, len(picture.colors)
        for number, (color, _) in enumerate(reversed(picture.colors)):
            start, end = (top + (HEIGHT - top) * part / total for part in (number, number + 1))
            end -= SEAM if number < total - 1 else 0
            near, far = (start - top) * FACE, (end - top) * FACE
            self._fill(image, color, (x - near, start), (x, start), (x, end), (x - far, end))
            shade = to_hex(mix(to_lch(color), Lch(0, 0, 0), SHADE))
            self._fill(image, shade, (x, start), (x + near, start), (x + far, end), (x, end))

    def _write_numeral(self, image: "Image.Image", rock: "Image.Image", picture: SharePicture) -> None:
        """The number of a level stands on the slope and is cut by it: rock against the sky, light against the rock."""
        from PIL import Image, ImageChops

        if self._display is None:
            return
        color, sign = picture.colors[picture.level - 1][0], Image.new("L", SIZE)
        writing = self._set_display(picture, -0.03)
        text, place = str(picture.level), (MARGIN if picture.is_rtl else WIDTH - MARGIN, BOTTOM)
        writing.write(sign, place, text, NUMERAL, 255, not picture.is_rtl)
        if box := sign.getbbox():
            light, sign, rock = to_hex(mix(ON_ROCK, to_lch(color), 0.42)), sign.crop(box), rock.crop(box)
            image.paste(color, box, ImageChops.subtract(sign, rock))
            image.paste(light, box, ImageChops.multiply(sign, rock))

    def _write_words(self, image: "Image.Image", picture: SharePicture) -> None:
        """The headline, and the line above it."""
        if self._display is None or self._text is None:
            return
        ink, soft = (to_hex(ON_ROCK), to_hex(ON_ROCK)) if picture.level else (INK, SOFT)
        side = WIDTH - MARGIN if picture.is_rtl else MARGIN
        width = ON_ROCK_WIDTH if picture.level else BESIDE_WIDTH
        y = STRIP + 66
        if line := self._text.keep_known(picture.line):
            small = Writing(self._text, 500, 100)
            size = min(LINE_SIZE, int(width / small.measure(line)))
            small.write(image, (side, y), line, size, soft, picture.is_rtl)
            y += 26
        headline, writing = self._display.keep_known(picture.headline), self._set_display(picture)
        setting = set_text(headline, width, BOTTOM - y, writing.measure)
        for line in setting.lines:
            y += round(setting.size * LEADING)
            writing.write(image, (side, y - round(0.2 * setting.size)), line, setting.size, ink, picture.is_rtl)

    def _set_display(self, picture: SharePicture, tracking: float | None = None) -> Writing:
        """Letters are as wide as the layer that they stand on."""
        assert self._display is not None
        height = (picture.level - 1) / max(len(picture.colors) - 1, 1) if picture.level else 0.4
        tracking = -0.022 + 0.012 * height if tracking is None else tracking
        return Writing(self._display, 600, 125 - 63 * height, tracking, 0.05 * height if picture.level else 0)

    def _write_name(self, image: "Image.Image", picture: SharePicture, logo: "Image.Image | None") -> None:
        """The logo of the site, or its mark and its name."""
        middle, turn = STRIP / 2, -1 if picture.is_rtl else 1
        side = WIDTH - MARGIN if picture.is_rtl else MARGIN
        if logo:
            x = side - (logo.width if picture.is_rtl else 0)
            image.paste(logo, (x, round(middle - logo.height / 2)), logo if logo.mode == "RGBA" else None)
            return
        scale, left = MARK / 32, side - (MARK if picture.is_rtl else 0)
        for number, layer in enumerate(LAYERS):
            level = len(LAYERS) - number
            same = len(picture.colors) == len(LAYERS)
            color, tint = picture.colors[level - 1 if same else round((level - 1) / 3 * (len(picture.colors) - 1))]
            points = ((left + scale * x, middle - MARK / 2 + scale * y) for x, y in layer)
            self._fill(image, tint if same and picture.level not in (0, level) else color, *points)
        if self._text and (name := self._text.keep_known(picture.name)):
            place = (side + turn * (MARK + 14), middle + 0.36 * NAME_SIZE)
            Writing(self._text, 600, 112).write(image, place, name, NAME_SIZE, INK, picture.is_rtl)

    def _fill(self, image: "Image.Image", fill: Any, *points: Point) -> None:
        """Fills a polygon, with soft edges."""
        from PIL import Image, ImageDraw

        if points not in self._masks:
            left, top = (math.floor(min(each)) for each in zip(*points, strict=True))
            right, bottom = (math.ceil(max(each)) for each in zip(*points, strict=True))
            large = Image.new("L", (FINE * (right - left), FINE * (bottom - top)))
            place = [(FINE * (x - left), FINE * (y - top)) for x, y in points]
            ImageDraw.Draw(large).polygon(place, fill=255)
            self._masks[points] = (large.reduce(FINE), (left, top))
        mask, corner = self._masks[points]
        image.paste(fill, corner, mask)


def set_text(text: str, width: float, height: float, measure: Callable[[str], float]) -> Setting:
    """A text as large as it fits: each sentence begins a line if there is room, and lines are of about one length.
    `measure` says how wide a text is, in parts of its size.
    """
    if not text:
        return Setting([], 0)
    for size in range(LARGEST, SMALLEST - 1, -2):
        most = int(height // (size * LEADING))
        for parts in (split_sentences(text), [text]):
            filled = [_fill(part, width / size, measure) for part in parts]
            if all(filled) and sum(map(len, filled)) <= most:
                return Setting([line for part in parts for line in _balance(part, width / size, measure)], size)
    lines, most = _fill(text, width / SMALLEST, measure, may_break=True), int(height // (SMALLEST * LEADING))
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip(" ,;:–-") + "…"]
    return Setting(lines, SMALLEST)


def _balance(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """A text in no more lines than it needs, of about one length."""
    lines = _fill(text, width, measure)
    narrow, wide = 0.0, width
    while len(lines) > 1 and wide - narrow > width / 50:
        middle = (narrow + wide) / 2
        tried = _fill(text, middle, measure)
        narrow, wide = (narrow, middle) if tried and len(tried) == len(lines) else (middle, wide)
    return _fill(text, wide, measure)


def _fill(text: str, width: float, measure: Callable[[str], float], may_break: bool = False) -> list[str]:
    """A text in lines, each with as much as fits; none, if a word does not fit, unless words may be broken."""
    lines, line = list[str](), ""
    for piece in PIECE.findall(text):
        if line and not piece.isspace() and measure(line + piece) > width:
            lines.append(line.rstrip())
            line = ""
        if measure(piece) > width and not piece.isspace():
            if not may_break:
                return []
            for character in piece:
                if line and measure(line + character) > width:
                    lines.append(line)
                    line = ""
                line += character
            continue
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()]


def _is_simple(text: str) -> bool:
    return bool(SIMPLE.fullmatch(text)) and not any(map(unicodedata.combining, text))


def _can_shape(text: str) -> bool:
    """Whether a text is written as its script demands."""
    return _is_simple(text) or can_join()


def needs_joining(text: str) -> bool:
    """Whether the script of a text joins or turns its letters."""
    text = unicodedata.normalize("NFC", text)
    return not _is_simple("".join(sign for sign in text if sign.isalpha() or unicodedata.combining(sign)))


def can_join() -> bool:
    """Whether Pillow has what joins and turns letters: Raqm, which comes with it, and FriBiDi, which the system has."""
    from PIL import features

    return bool(features.check("raqm"))
