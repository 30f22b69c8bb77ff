"""The files in `content/media/`: which of them is what, under which address it is served, and what is wrong with it.

Editors name them as they like. The address of each is made of its name, with small letters, digits and hyphens only;
whatever names a file is compared in this form, so that `/media/My%20Photo.JPG` and `/media/my-photo.jpg` are one.
"""

import re
from collections.abc import Iterator, Mapping
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
        return f"/{self.path}".replace("#", "%23")


Media = Mapping[str, MediaFile]


def find_ending(path: str) -> str:
    return path.rpartition(".")[2].lower()


def find_stem(path: str) -> str:
    return path.rpartition("/")[2].rpartition(".")[0]


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
    """The file that a link names; with a sign in its name that ends an address, it is one that is refused."""
    if not is_media_link(link):
        return None
    file, other = (media.get(make_address(name)) for name in (re.split(r"[?#]", link, maxsplit=1)[0], link))
    return file or (other if other and other.fault else None)


def explain_media(link: str, media: Media, kind: MediaKind | None = None) -> tuple[str, str, str] | None:
    """Why a link leads to no file, or to none of this kind, as code, message and hint; None if it does.

    What is wrong with a file itself is told where that lies, however many texts name it.
    """
    file = find_file(link, media)
    if file is None:
        from urllib.parse import unquote  # takes 7 ms

        return _explain_missing(unquote(link), media, kind)
    if kind and file.kind != kind:
        hint = f"Write a link to it: [what it is]({link})." if kind == "picture" else f"A {kind} is needed here."
        return "other-media", f"'{link}' is no {kind}.", hint
    return None


def suggest_type(path: str) -> str:
    """What to do with a file of a type that a site does not serve."""
    if find_ending(path) in OTHER_PICTURES:
        return "Save it as JPEG or PNG, which browsers show."
    return "Delete it, or put it into a .zip."


def _explain_missing(link: str, media: Media, kind: MediaKind | None) -> tuple[str, str, str]:
    path = link.replace("\\", "/")
    if path.startswith(START) and path.endswith("/"):
        return "unknown-media", f"'{link}' is a folder.", "Name a file in it."
    known = {find_stem(file.link): file for file in media.values() if kind in (None, file.kind)}
    near = find_nearest(find_stem(path), known)
    # A # within a name ends an address.
    if file := media.get(make_address(path)) or known.get(near or ""):
        hint = f"Did you mean '{file.link}'?"
    elif path.startswith(START) and find_kind(path) is None:
        return "unknown-media-type", f"no page shows or serves a file like '{link}'.", suggest_type(path)
    elif path.startswith(START):
        hint = "Put it into content/media/."
    else:
        hint = f"Put it into content/media/, and write {START}{path.rpartition('/')[2]}."
    return "unknown-media", f"there is no file '{link}'.", hint
