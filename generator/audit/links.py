"""The addresses in pages and style sheets: what they lead to, and what they load."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from generator.diagnostics.diagnostic import Position, find_position

# An address with a scheme or a host of its own.
ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
# What a <link> of these kinds names is fetched with the page.
LOADING_KINDS = {"apple-touch-icon", "dns-prefetch", "icon", "manifest", "mask-icon", "modulepreload", "preconnect",
                 "prefetch", "preload", "stylesheet"}  # fmt: skip
SHARED = {"og:image", "og:url", "twitter:image"}
# `0; url=/about/`
REFRESH = re.compile(r"[\d.\s]*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)
# `small.png 1x, large.png 2x`: an address may have commas in it, but not at its end.
SRCSET_URL = re.compile(r"(\S*[^,\s])(?:\s[^,]*)?(?:,|$)")
STYLE_COMMENT = re.compile(r"/\*.*?\*/|@namespace[^;]*;", re.DOTALL)
STYLE_URL = re.compile(r"url\(\s*[\"']?([^\"')]+?)\s*[\"')]|@import\s+[\"']([^\"']+)[\"']")


class UrlReference(NamedTuple):
    """An address as it is written, and where.

    `loads`: it is fetched with the page, not when somebody follows it. `hidden`: a script shows its element.
    """

    target: str
    position: Position
    loads: bool = False
    hidden: bool = False


def find_position_of(tag: Tag) -> Position:
    """Where an element begins in its file."""
    return Position(tag.sourceline or 0, (tag.sourcepos or 0) + 1)


def find_links(soup: BeautifulSoup) -> Iterator[UrlReference]:
    """Every address that the elements of a page name, in their order."""
    hidden = {id(tag) for block in soup.find_all(hidden=True) for tag in (block, *block.find_all(True))}
    for tag in soup.find_all(True):
        position = find_position_of(tag)
        for name, value in tag.attrs.items():
            for target, loads in _find_targets(tag, name, str(value)):
                yield UrlReference(target.strip(), position, loads, id(tag) in hidden)
        if tag.name == "style":
            yield from (link._replace(position=position) for link in find_style_links(tag.get_text()))


def _find_targets(tag: Tag, name: str, value: str) -> Iterator[tuple[str, bool]]:
    """The addresses in an attribute, and whether each is loaded."""
    match tag.name, name:
        case "base", "href":
            pass
        case "link", "href":
            yield value, any(str(kind).lower() in LOADING_KINDS for kind in tag.get_attribute_list("rel"))
        case ("use", "href" | "xlink:href") | ("object", "data") | (_, "src" | "poster"):
            yield value, True
        case _, "href":
            yield value, False
        case _, "srcset":
            yield from ((target, True) for target in SRCSET_URL.findall(value))
        case _, "style":
            yield from ((link.target, True) for link in find_style_links(value))
        case "meta", "content":
            if str(tag.get("http-equiv")).lower() == "refresh" and (found := REFRESH.match(value)):
                yield found[1], False
            elif str(tag.get("property") or tag.get("name")) in SHARED:
                yield value, False


def find_style_links(text: str) -> Iterator[UrlReference]:
    """Every file that a style sheet names."""
    text = STYLE_COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for found in STYLE_URL.finditer(text):
        target = (found[1] or found[2]).strip()
        if not target.startswith(("#", "data:")):
            yield UrlReference(target, Position(*find_position(text, found.start())), loads=True)
