"""Checks the links and the Markdown of content files: what leads nowhere, and HTML that would not reach a page."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct, inspect, json

from generator.content.kinds import ContentKind
from generator.diagnostics.diagnostic import Diagnostic, Keys, Pointer, error_at, find_nearest, suggest
from generator.formats.markup import Markup
from generator.schema.fields import alternatives, bare, note_fields
from generator.schema.types import Address

# What a text with a link or HTML has in it; nothing of it stands between the texts of JSON.
SIGNS = (b"<", b"](", b"]:")
# Looking for the nearest of more names than this takes too long.
MANY_PAGES = 1000
ADDRESS = bare(inspect.type_info(Address))


def check_fields(
    value: Any, kind: ContentKind, path: str, routes: Collection[str], markup: Markup
) -> Iterator[Diagnostic]:
    """The errors in the links and texts of a value that was read from the file `path`, which is of that kind.

    An error in a text carries an excerpt, by which its line is found, since a body has no fields.
    """
    for keys, link in find_links(value, kind.fields):
        if wrong := explain_link(link, routes):
            code, message, hint = wrong
            yield error_at(code, path, keys, message, hint)
    for keys, text in find_suspects(value):
        yield from check_text(text, keys, keys[-1] in kind.paragraphs, path, routes, markup)


def check_text(
    text: str, keys: Keys, block: bool, path: str, routes: Collection[str], markup: Markup
) -> Iterator[Diagnostic]:
    """The errors in a text of Markdown. `block`: pages show it as paragraphs."""
    inspection = markup.inspect(text, block, path, keys)
    yield from inspection.problems
    for link in inspection.links:
        if wrong := explain_link(link, routes):
            code, message, hint = wrong
            yield error_at(code, path, Pointer(keys, _choose((f"({link})", link), text)), message, hint)
    for picture in inspection.pictures:
        message = f"there is no picture '{picture}'."
        yield error_at("unknown-picture", path, Pointer(keys, picture), message, "Pictures belong to layouts.")


def explain_link(link: str, routes: Collection[str]) -> tuple[str, str, str] | None:
    """Why a link leads nowhere, as code, message and hint; None if it is sound. `routes` are those of all pages."""
    if not link:
        return "empty-link", "a link leads nowhere.", "Write its address between the parentheses."
    if link.startswith("//"):
        return "link-without-scheme", f"the link '{link}' does not say how to get there.", f"Write https:{link}."
    if link.startswith("#") or re.match(r"[a-zA-Z][\w+.-]*:", link):
        return None
    path = re.split(r"[?#]", link, maxsplit=1)[0]
    if not link.startswith("/"):
        near = find_nearest(f"/{path}", _list_candidates(path, routes))
        hint = f"Did you mean '{near}'?" if near else "Begin it with https://, or with a slash for a page of this site."
        return "link-without-slash", f"the link '{link}' does not begin with a slash.", hint
    if path[1:] not in routes:
        return "dead-link", f"there is no page at '{link}'.", suggest(path, _list_candidates(path[1:], routes))
    return None


def _list_candidates(route: str, routes: Collection[str]) -> list[str]:
    """The pages that may have been meant, as an editor writes them; of many only those that begin alike."""
    start = route[:2] if len(routes) > MANY_PAGES else ""
    return [f"/{known}" for known in routes if known.startswith(start)]


def _choose(excerpts: tuple[str, ...], text: str) -> str:
    """The first of the excerpts that stands in a text."""
    return next((excerpt for excerpt in excerpts if excerpt.lower() in text.lower()), "")


def find_links(value: Any, kind: type[Struct], keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """The links that have a field of their own, in a value of that type or a tuple of such values."""
    if isinstance(value, str):
        yield keys, value
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from find_links(entry, kind, (*keys, index))
    elif isinstance(value, Struct):
        for name, attribute, inner in list_link_fields(kind):
            yield from find_links(getattr(value, attribute), inner, (*keys, name))


@lru_cache(maxsize=128)
def list_link_fields(kind: type[Struct]) -> tuple[tuple[str, str, type[Struct]], ...]:
    """The fields of a type that hold a link, or a group with one at any depth: name in a file, attribute, group."""
    found = []
    attributes = dict(zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True))
    for note in note_fields(kind):
        if any(bare(info) == ADDRESS for info in alternatives(note.info)):
            found.append((note.name, attributes[note.name], kind))
        found += [(note.name, attributes[note.name], inner) for inner in note.kinds if list_link_fields(inner)]
    return tuple(found)


def find_suspects(value: Any) -> list[tuple[Keys, str]]:
    """The texts within a value of the model that can hold a link or HTML, with the keys that lead to them."""
    found: list[tuple[Keys, str]] = []
    # Most values hold none: that is seen in their texts put together, without a look at each.
    data = json.encode(value)
    if any(sign in data for sign in SIGNS):
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
