"""Pictures and links to files in texts of Markdown, made into what a page shows of them.

It is done in the HTML of a text, so that it is the same for Markdown and for an `<img>` that an editor typed.
"""

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from typing import Any

# As `nh3` writes a tag: every value in double quotes, and no such quote in it.
ATTRIBUTES = r'((?:\s[a-z-]+="[^"]*")*)'
ATTRIBUTE = re.compile(r'\s([a-z-]+)="([^"]*)"')
PICTURE = re.compile(rf"(<p>)?<img{ATTRIBUTES}\s*/?>(</p>)?")
LINK = re.compile(rf"<a{ATTRIBUTES}>(.*?)</a>", re.DOTALL)
LAZY = ' loading="lazy" decoding="async"'

Media = Mapping[str, Mapping[str, Any]]
# Renders a picture, shown so wide if that is given, with a caption if that is.
Show = Callable[[Mapping[str, Any], int | None, str | None], str]


def place_media(html: str, media: Media, root: str, show: Show) -> str:
    """The HTML of a text with its pictures in all their formats, and with the type and size of files it leads to.

    `media` are the pictures and files by their addresses; a picture with a title that stands alone is a figure.
    """

    def place_picture(match: re.Match[str]) -> str:
        values = {name: unescape(value) for name, value in ATTRIBUTE.findall(match[2])}
        picture = media.get(values.get("src", "").removeprefix(root))
        if picture is None or picture["kind"] != "picture":
            return match[0]
        alone = match[1] and match[3]
        caption = values.get("title") if alone else None
        width = int(values["width"]) if values.get("width", "").isdigit() else None
        html = show({**picture, "alt": values.get("alt", ""), "focus": None}, width, caption)
        return html if caption else f"{match[1] or ''}{html}{match[3] or ''}"

    def place_link(match: re.Match[str]) -> str:
        values = dict(ATTRIBUTE.findall(match[1]))
        target = re.split(r"[?#]", unescape(values.get("href", "")), maxsplit=1)[0]
        note = media.get(target.removeprefix(root), {}).get("note")
        return f'<a{match[1]}>{match[2]}<span class="file"> {escape(note)}</span></a>' if note else match[0]

    if not media:
        return html
    return PICTURE.sub(place_picture, LINK.sub(place_link, html))


def finish_media(html: str, media: Media, root: str) -> str:
    """The HTML of a page: its first picture is loaded at once, and a link to a picture leads to one that is served."""
    if not media:
        return html
    for address, entry in media.items():
        if entry["kind"] == "picture":
            html = html.replace(f'"{root}{address}"', f'"{root}{entry["src"]}"')
    return html.replace(LAZY, "", 1)
