"""The addresses in pages and style sheets: what they lead to, and what they load."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from generator.diagnostics.diagnostic import Position, find_position

# An address with a scheme or a host of its own.
ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
# Attributes with an address. `href` is one too: it leads somewhere, but for that of these kinds of <link>.
LOADING_ATTRIBUTES = ("src", "poster", "data")
LOADING_KINDS = {"apple-touch-icon", "dns-prefetch", "icon", "manifest", "mask-icon", "modulepreload", "preconnect",
                 "prefetch", "preload", "stylesheet"}  # fmt: skip
# Of these no file is asked for, only a connection is opened.
CONNECTIONS = {"dns-prefetch", "preconnect"}
SHARED = {"og:image", "og:url", "twitter:image"}
REFRESH = re.compile(r"[\d.\s]*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']+)", re.IGNORECASE)

STYLE_COMMENT = re.compile(r"/\*.*?\*/|@namespace[^;]*;", re.DOTALL)
STYLE_URL = re.compile(r"url\(\s*[\"']?([^\"')]+?)\s*[\"')]|@import\s+[\"']([^\"']+)[\"']")


class UrlReference(NamedTuple):
    """An address as it is written, and where. `tag` is the name of its element, `url()` in a style sheet.

    `loads`: it is fetched with the page, not when somebody follows it. `hidden`: a script shows its element.
    """

    target: str
    position: Position
    tag: str
    loads: bool = False
    hidden: bool = False


def find_position_of(tag: Tag) -> Position:
    """Where an element begins in its file."""
    return Position(tag.sourceline or 0, (tag.sourcepos or 0) + 1)


def find_links(soup: BeautifulSoup) -> Iterator[UrlReference]:
    """Every address that the elements of a page name, in their order."""
    hidden: set[int] = set()
    for tag in soup.find_all(True):
        if tag.has_attr("hidden") or id(tag.parent) in hidden:
            hidden.add(id(tag))
        position = find_position_of(tag)
        for target, loads in _find_targets(tag):
            yield UrlReference(target.strip(), position, tag.name, loads, id(tag) in hidden)
        if tag.name == "style":
            yield from (link._replace(position=position) for link in find_style_links(tag.get_text()))


def _find_targets(tag: Tag) -> Iterator[tuple[str, bool]]:
    """The addresses of an element, and whether each is loaded."""
    if tag.has_attr("href") and tag.name not in ("base", "use"):
        kinds = {str(kind).lower() for kind in tag.get_attribute_list("rel")} if tag.name == "link" else set()
        if not (kinds & CONNECTIONS and not ABSOLUTE.match(str(tag["href"]))):
            yield str(tag["href"]), bool(kinds & LOADING_KINDS)
    elif tag.name == "use":
        yield from ((str(tag[name]), True) for name in ("href", "xlink:href") if tag.has_attr(name))
    for name in LOADING_ATTRIBUTES:
        if tag.has_attr(name) and (name != "data" or tag.name == "object"):
            yield str(tag[name]), True
    if tag.has_attr("srcset"):
        yield from ((target, True) for target in _split_srcset(str(tag["srcset"])))
    if tag.name == "meta" and str(tag.get("property") or tag.get("name")) in SHARED:
        yield str(tag.get("content", "")), False
    if tag.name == "meta" and (target := find_refresh(tag)):
        yield target, False
    if tag.has_attr("style"):
        yield from ((link.target, True) for link in find_style_links(str(tag["style"])))


def find_refresh(tag: Tag) -> str | None:
    """The address that a `<meta http-equiv="refresh">` leads on to."""
    if str(tag.get("http-equiv", "")).lower() != "refresh":
        return None
    found = REFRESH.match(str(tag.get("content", "")))
    return found[1].strip() if found else None


def _split_srcset(text: str) -> Iterator[str]:
    """The addresses of `small.png 1x, large.png 2x`. An address may have commas in it, but not at its end."""
    is_address = True
    for word in text.split():
        if not is_address:
            _, comma, word = word.partition(",")  # noqa: PLW2901 - what follows a comma is the next address
            is_address = bool(comma)
        if is_address and word:
            yield word.rstrip(",")
            is_address = word.endswith(",")


def find_style_links(text: str) -> Iterator[UrlReference]:
    """Every file that a style sheet names."""
    text = STYLE_COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    for found in STYLE_URL.finditer(text):
        target = (found[1] or found[2]).strip()
        if not target.startswith(("#", "data:")):
            yield UrlReference(target, Position(*find_position(text, found.start())), "url()", loads=True)
