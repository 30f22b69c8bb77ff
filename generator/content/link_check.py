"""Checks the links and the Markdown of a site: what leads nowhere, and HTML that would not reach a page."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from msgspec import Struct, json

from generator.content.model import Site
from generator.diagnostics.diagnostic import Diagnostic, Keys, Pointer, error_at, find_nearest, suggest
from generator.formats.markup import Markup

# The fields whose texts may have paragraphs; all others are a line of words.
BLOCKS = ("body", "opening")
# What a text with a link or HTML has in it; nothing of it stands between the texts of JSON.
SIGNS = (b"<", b"](", b"]:")
# Looking for the nearest of more names than this takes too long.
MANY_PAGES = 1000


def check_texts(value: Any, path: str, addresses: Collection[str], markup: Markup) -> Iterator[Diagnostic]:
    """The faults of every text in `value`, found in the file `path`.

    A fault carries an excerpt, by which its line is found, since a body has no fields.
    """
    for keys, text in find_suspects(value):
        inspection = markup.inspect(text, keys[-1:] in [(name,) for name in BLOCKS], path, keys)
        yield from inspection.problems
        for link in inspection.links:
            if wrong := explain_link(link, addresses):
                yield error_at("?", path, Pointer(keys, _choose((f"({link})", link), text)), *wrong)
        for picture in inspection.pictures:
            yield error_at(
                "?", path, Pointer(keys, picture), f"there is no picture '{picture}'.", "Pictures belong to layouts."
            )


def check_links(site: Site, addresses: Collection[str]) -> Iterator[Diagnostic]:
    """The faults of the links that have fields of their own: navigation, contact, calls to action."""
    settings = site.settings
    links: list[tuple[str, Keys, str | None]] = [
        ("site.yaml", ("navigation", index, "to"), link.to) for index, link in enumerate(settings.navigation or ())
    ]
    links.append(("site.yaml", ("contact", "url"), settings.contact.url if settings.contact else None))
    links += [("offers.yaml", (index, "action", "url"), offer.action.url) for index, offer in enumerate(site.offers)]
    for path, keys, link in links:
        if link and (wrong := explain_link(link, addresses)):
            yield error_at("?", path, keys, *wrong)


def explain_link(link: str, addresses: Collection[str]) -> tuple[str, str] | None:
    """Why a link leads nowhere, and how to mend it; None where it is sound. `addresses` are those of all pages."""
    if not link:
        return "a link leads nowhere.", "Write its address between the parentheses."
    if link.startswith("//"):
        return f"the link '{link}' does not say how to get there.", f"Write https:{link}."
    if link.startswith("#") or re.match(r"[a-zA-Z][\w+.-]*:", link):
        return None
    address = re.split(r"[?#]", link, maxsplit=1)[0]
    if not link.startswith("/"):
        near = find_nearest(f"/{address}", _name_near(address, addresses))
        hint = f"Did you mean '{near}'?" if near else "Begin it with https://, or with a slash for a page of this site."
        return f"the link '{link}' does not begin with a slash.", hint
    if address[1:] not in addresses:
        return f"there is no page at '{link}'.", suggest(address, _name_near(address[1:], addresses))
    return None


def _name_near(address: str, addresses: Collection[str]) -> list[str]:
    """The pages that may have been meant, as an editor writes them; of many only those that begin alike."""
    start = address[:2] if len(addresses) > MANY_PAGES else ""
    return [f"/{known}" for known in addresses if known.startswith(start)]


def _choose(excerpts: tuple[str, ...], text: str) -> str:
    """The first of the excerpts that stands in a text."""
    return next((excerpt for excerpt in excerpts if excerpt.lower() in text.lower()), "")


def find_suspects(value: Any) -> list[tuple[Keys, str]]:
    """The texts within a value of the model that can hold a link or HTML, with the keys that lead to them."""
    found: list[tuple[Keys, str]] = []
    # Most values hold none: that is seen in their texts put together, without a look at each.
    data = json.encode(value)
    if value is not None and any(sign in data for sign in SIGNS):
        _collect(value, (), found)
    return found


def _collect(value: Any, keys: Keys, found: list[tuple[Keys, str]]) -> None:
    """Nearly every value is a text without suspicion: it costs no call, and no keys are put together for it."""
    entries: Iterable[tuple[str | int, Any]]
    if isinstance(value, Struct):
        names = zip(value.__struct_encode_fields__, value.__struct_fields__, strict=True)
        entries = [(key, getattr(value, name)) for key, name in names]
    elif isinstance(value, dict):
        entries = value.items()
    else:
        entries = enumerate(value)
    for key, item in entries:
        if type(item) is str:
            # As in SIGNS; a call for each text would take three times as long.
            if "<" in item or "](" in item or "]:" in item:
                found.append(((*keys, key), item))
        elif isinstance(item, Struct | tuple | list | dict):
            _collect(item, (*keys, key), found)
