"""The files in `content/media/`: which of them is what, under which address it is served, and what is wrong with it.

Editors name them as they like. The address of each is made of its name, with small letters, digits and hyphens only;
whatever names a file is compared in this form, so that `/media/My%20Photo.JPG` and `/media/my-photo.jpg` are one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from msgspec import Struct

from generator.diagnostics.diagnostic import find_nearest
from generator.formats.slugs import make_address
from generator.schema.media import FONT_ENDINGS, PICTURE_ENDINGS, VIDEO_ENDINGS

FOLDER = "media"
# How links of editors to such files begin.
START = f"/{FOLDER}/"

MediaKind = Literal["picture", "download", "video", "font"]
DOWNLOAD_ENDINGS = (
    "pdf", "zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "rtf", "csv", "txt", "epub", "ics", "vcf", "mp3", "m4a",
    "ogg", "wav", "vtt",
)  # fmt: skip
KIND_OF_ENDING: dict[str, MediaKind] = {
    **dict.fromkeys(PICTURE_ENDINGS, "picture"),
    **dict.fromkeys(DOWNLOAD_ENDINGS, "download"),
    **dict.fromkeys(VIDEO_ENDINGS, "video"),
    **dict.fromkeys(FONT_ENDINGS, "font"),
}
# Pictures that no browser shows, and what they can be saved as.
OTHER_PICTURES = ("heic", "heif", "tif", "tiff", "bmp", "psd", "raw", "cr2", "nef", "dng", "ai", "eps", "jfif", "jxl")
# Where a text may name a file: from the slash to each ending that it may have. Overlapping, since names have blanks.
MENTION = re.compile(
    rf'(?={START}([^\n"<>]*?\.(?:{"|".join(KIND_OF_ENDING)})(?![\w-]|\.\w)))', re.IGNORECASE
)  # fmt: skip


class MediaFault(Struct, frozen=True):
    """Why a file cannot be used, as a diagnostic says it."""

    code: str
    message: str
    hint: str


class MediaFile(Struct, frozen=True, kw_only=True):
    """A file in `content/media/`. `path` is where it lies below `content/`, `address` where it is served; `key` stands
    for its content and for all else that decides what is made of it, `size` is in bytes.

    Of a picture, `width` and `height` are as it is seen, upright; `format` is what it is, whatever its name says;
    `is_quick`: a preview shows it, in one size. Of a font, `weights` and `widths` are the values of CSS for those that
    it has, and `lacks` are letters that the site shows and it does not have.
    """

    path: str
    address: str
    kind: MediaKind
    key: str
    size: int
    format: str = ""
    width: int = 0
    height: int = 0
    is_transparent: bool = False
    is_animated: bool = False
    is_quick: bool = False
    weights: str = ""
    widths: str = ""
    lacks: str = ""
    fault: MediaFault | None = None

    @property
    def link(self) -> str:
        """What an editor writes to name it."""
        return f"/{self.path}"


Media = Mapping[str, MediaFile]


def find_ending(path: str) -> str:
    return path.rpartition(".")[2].lower()


def find_kind(path: str) -> MediaKind | None:
    """What a file is, by its ending; None for what a site does not serve."""
    return KIND_OF_ENDING.get(find_ending(path)) if "." in path else None


def find_mentions(text: str, media: Media) -> Iterator[str]:
    """The addresses of the files that a text may name."""
    if media and START in text:
        found = {make_address(START + match[1]) for match in MENTION.finditer(text)}
        yield from sorted(address for address in found if address in media)


def is_media_link(link: str) -> bool:
    return link.startswith(START)


def find_file(link: str, media: Media) -> MediaFile | None:
    """The file that a link names."""
    return media.get(make_address(re.split(r"[?#]", link, maxsplit=1)[0])) if is_media_link(link) else None


def explain_media(link: str, media: Media, kind: MediaKind | None = None) -> tuple[str, str, str] | None:
    """Why a link leads to no file, or to none of this kind, as code, message and hint; None if it does.

    What is wrong with a file itself is told where that lies, however many texts name it.
    """
    file = find_file(link, media)
    if file is None:
        from urllib.parse import unquote  # takes 7 ms

        link = unquote(link)
        return "unknown-media", f"there is no file '{link}'.", _suggest(link, media.values(), kind)
    if kind and file.kind != kind:
        hint = f"Write a link to it: [what it is]({link})." if kind == "picture" else f"A {kind} is needed here."
        return "other-media", f"'{link}' is no {kind}.", hint
    return None


def _suggest(link: str, files: Iterable[MediaFile], kind: MediaKind | None) -> str:
    known = {file.link.rpartition("/")[2]: file.link for file in files if kind in (None, file.kind)}
    if near := find_nearest(link.rpartition("/")[2], known):
        return f"Did you mean '{known[near]}'?"
    if find_ending(link) in OTHER_PICTURES:
        return "Save it as JPEG or PNG, and put that into content/media/."
    if is_media_link(link):
        return "Put it into content/media/."
    return f"Put it into content/media/, and write {START}{link.rpartition('/')[2]}."
