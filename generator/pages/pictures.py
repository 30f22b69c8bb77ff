"""What pages show of pictures and other files, and which files are made of them.

The address of a file that is made is known before it is made: it carries a digest of the picture and of all that
decides what becomes of it. So a page is planned without a look at any picture.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.content.media import MediaFile, find_ending, find_file
from generator.content.model import Site
from generator.content.routes import ASSETS, MEDIA
from generator.files.fingerprint import digest_bytes
from generator.formats.markup import strip_marks
from generator.i18n.language import Language
from generator.schema.media import Picture

Context = dict[str, Any]

# How wide pictures are made, in pixels: for phones, texts and whole windows, on screens of one to three times as many
# pixels. None is made wider than it is.
WIDTHS = (400, 640, 960, 1280, 1920)
# How wide the one is for browsers that know no better, and how wide one that moves may be.
FALLBACK_WIDTH, MOVING_WIDTH = 1280, 960
TYPES = {"avif": "image/avif", "webp": "image/webp"}
# Where the sides of a picture are, from the left and from the top.
SIDES = {"center": "50% 50%", "top": "50% 0%", "bottom": "50% 100%", "left": "0% 50%", "right": "100% 50%"}


class Variant(NamedTuple):
    """A file that is made of one in `content/media/`: where that lies, where this is served, its format, its size in
    pixels, and `key`, which stands for all that it is made from. Without a format it is a copy.

    `ground` is the colour behind what can be seen through. What is drawn has no path, and `drawing` says what is on it.
    """

    path: str
    address: str
    format: str
    width: int
    height: int
    key: str
    moves: bool = False
    ground: str = ""
    drawing: str = ""

    @property
    def is_made(self) -> bool:
        return bool(self.format)


def list_variants(file: MediaFile) -> list[Variant]:
    """The files that a page needs which shows a picture, the last of them for old browsers, or leads to a file."""
    if file.kind != "picture" or file.fault:
        return [Variant(file.path, file.address, "", 0, 0, file.key)]
    if file.format == "svg":
        return [make_variant(file, "svg", file.width)]
    if file.is_animated:
        moving = make_variant(file, "webp", min(file.width, MOVING_WIDTH))
        return [moving, make_variant(file, "gif", file.width)] if file.format == "gif" else [moving]
    fallback = make_variant(file, _choose_fallback(file), min(file.width, FALLBACK_WIDTH))
    if file.is_quick:
        return [fallback]
    return [
        *(make_variant(file, format_, width) for format_ in TYPES for width in _choose_widths(file.width)),
        fallback,
    ]


def _choose_widths(width: int) -> Iterator[int]:
    yield from (each for each in WIDTHS if each < width)
    if width <= WIDTHS[-1]:
        yield width


def _choose_fallback(file: MediaFile) -> str:
    """PNG for what is drawn or can be seen through, JPEG for photographs."""
    return "png" if file.is_transparent or file.format in ("png", "gif") else "jpg"


def make_variant(file: MediaFile, format_: str, width: int, ground: str = "") -> Variant:
    stem = file.address.rpartition("/")[2].rpartition(".")[0]
    on_ground = f"-on-{ground.removeprefix('#')}" if ground else ""
    address = f"{ASSETS}{MEDIA}{stem}-{width}{on_ground}.{file.key[:10]}.{format_}"
    height = max(1, round(file.height * width / file.width))
    key = f"{file.key}-{width}{on_ground}-{format_}"
    moves = file.is_animated and format_ != "png"
    return Variant(file.path, address, format_, width, height, key, moves, ground)


def draw_variant(name: str, format_: str, size: tuple[int, int], drawing: str, tools: str) -> Variant:
    """A file that is drawn; `tools` stands for what points are drawn with."""
    key = digest_bytes(f"{drawing} {size} {tools if format_ != 'svg' else ''}".encode())
    return Variant("", f"{ASSETS}{name}.{key[:10]}.{format_}", format_, *size, f"{key}-{format_}", drawing=drawing)


def picture_context(site: Site, picture: Picture | None) -> Context | None:
    """A picture as the component `picture` shows it; None where there is none."""
    file = find_file(picture.file, site.media) if picture else None
    if picture is None or file is None:
        return None
    across, down = (round(int(part.rstrip("%")), -1) for part in SIDES.get(picture.focus, picture.focus).split())
    return {**_show_picture(file), "alt": strip_marks(picture.alt), "focus": {"x": across, "y": down}}


def find_share_file(site: Site, link: str | None) -> Variant | None:
    """The file of a picture as other sites show it beside a link."""
    file = find_file(link, site.media) if link else None
    return list_variants(file)[-1] if file else None


def media_context(site: Site, file: MediaFile, language: Language) -> Context:
    """What a text shows that names a picture, or leads to a file."""
    return _show_picture(file) if file.kind == "picture" else file_context(file, language)


def file_context(file: MediaFile, language: Language) -> Context:
    """A file to load down: where it is, what it is and how large, as `PDF, 1.2 MB`."""
    note = language.say("beside", text=find_ending(file.path).upper(), more=language.file_size(file.size))
    return {"kind": file.kind, "file": file.link, "address": file.address, "note": note}


def _show_picture(file: MediaFile) -> Context:
    variants = list_variants(file)
    sources = {format_: [each for each in variants[:-1] if each.format == format_] for format_ in TYPES}
    width = min(file.width, WIDTHS[-1])
    return {
        "kind": "picture",
        "file": file.link,
        "src": variants[-1].address,
        "width": width,
        "height": max(1, round(file.height * width / max(1, file.width))),
        "sources": [
            {"type": TYPES[format_], "files": [{"address": each.address, "width": each.width} for each in found]}
            for format_, found in sources.items()
            if found
        ],
    }
