"""Which HTML a text may have. All other is reported, and taken out by `nh3` should it come so far."""

import re
from functools import lru_cache
from typing import Any

import nh3

from generator.formats.slugs import resolve_link

INLINE_TAGS = {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark",
               "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}  # fmt: skip
BLOCK_TAGS = {"blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6",
              "hr", "img", "li", "ol", "p", "pre", "summary", "table", "tbody", "td", "th", "thead", "tr",
              "ul"}  # fmt: skip
TAGS = INLINE_TAGS | BLOCK_TAGS
ATTRIBUTES = {"*": {"title", "lang", "dir"}, "a": {"href"}, "details": {"open"},
              "img": {"src", "alt", "width", "height"}, "ol": {"start"}, "td": {"colspan", "rowspan", "align"},
              "th": {"colspan", "rowspan", "align", "scope"},
              "time": {"datetime"}}  # fmt: skip
# What nobody may type, but the parser writes: task boxes, footnotes, highlighted code, labels.
OWN_TAGS = {"input", "section"}
OWN_ATTRIBUTES = {"*": {"class", "id", "role", "tabindex", "aria-label"}, "input": {"checked", "type"}}
SCHEMES = {"http", "https", "mailto", "tel"}
ADDRESS = {"href", "src"}


def is_unsafe(tag: str, target: str) -> bool:
    """Whether a link or picture leads where none may. Pictures come from the site: a page asks nobody else."""
    scheme = re.match(r"([a-zA-Z][\w+.-]*):", re.sub(r"[\x00-\x20]", "", target))
    if tag == "img":
        return scheme is not None or target.strip().startswith("//")
    return scheme is not None and scheme[1].lower() not in SCHEMES


def clean_html(html: str, root: str, block: bool) -> str:
    """The HTML of a text as it may stand on a page whose way to the top is `root`."""
    return nh3.clean(html, **_policy(root, block))


@lru_cache(maxsize=64)
def _policy(root: str, block: bool) -> dict[str, Any]:
    def place_link(tag: str, name: str, value: str) -> str | None:
        if name not in ADDRESS:
            return value
        if is_unsafe(tag, value):
            return None
        return resolve_link(value, root)

    tags = TAGS | OWN_TAGS if block else INLINE_TAGS
    attributes = {tag: ATTRIBUTES.get(tag, set()) | OWN_ATTRIBUTES.get(tag, set()) for tag in {"*", *tags}}
    return {"tags": tags, "attributes": attributes if block else _without_own(attributes), "url_schemes": SCHEMES,
            "link_rel": None, "attribute_filter": place_link, "clean_content_tags": {"script", "style"},
            # No more than one for a tag: of several, the order would be left to chance.
            "set_tag_attribute_values": {"input": {"disabled": ""}} if block else {}}  # fmt: skip


def _without_own(attributes: dict[str, set[str]]) -> dict[str, set[str]]:
    return {**attributes, "*": ATTRIBUTES["*"]}
