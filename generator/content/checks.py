"""Everything that is wrong with a site that is well formed file by file: broken promises, dead links, lost HTML."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any

from msgspec import Struct, inspect, json, structs, to_builtins

from generator.content.kinds import KINDS_BY_NAME, ContentKind
from generator.content.model import Audience, ContentFile, Site
from generator.content.routes import audience_file, level_file
from generator.content.rules import AUDIENCE_RULES, SITE_RULES, WHOLE_SITE_RULES
from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at, find_nearest, suggest
from generator.formats.markup import Markup
from generator.i18n.conventions import Conventions
from generator.schema.fields import bare, is_paragraphs, list_fields
from generator.schema.types import Address

# What a text with a link or HTML has in it; nothing of it stands between the texts of JSON.
SIGNS = ("<", "](", "]:")
# The texts below front matter, which are paragraphs like the fields that say so.
BODIES = frozenset({("body",), ("opening",)})
# Looking for the nearest of more names than this takes too long.
MANY_PAGES = 1000
# Warnings about what nobody should publish: `check --publish` takes them for errors.
UNFINISHED = frozenset({"offer-without-url", "placeholder-address", "untranslated-words"})
ADDRESS = bare(inspect.type_info(Address))


class RecordingSet(frozenset[str]):
    """A set that records which values it is asked for."""

    def __init__(self, values: Iterable[str]) -> None:
        self.asked: set[object] = set()

    def __contains__(self, value: object) -> bool:
        self.asked.add(value)
        return super().__contains__(value)


def view_for_checks(site: Site) -> Site:
    """The site as the checks of an audience see it: without words and without the other audiences."""
    return structs.replace(site, words={}, audiences=())


def find_site_problems(
    site: Site, conventions: Conventions, routes: Collection[str], markup: Markup, complete: bool = True
) -> Iterator[Diagnostic]:
    """What is wrong with everything but the audiences. `complete`: every audience could be loaded."""
    for rule in SITE_RULES + (WHOLE_SITE_RULES if complete else ()):
        yield from rule(site, conventions)
    for file in site.files.values():
        yield from _check_file(file, routes, markup)


def find_audience_problems(
    site: Site, audience: Audience, routes: Collection[str], markup: Markup
) -> Iterator[Diagnostic]:
    """What is wrong with one audience."""
    for rule in AUDIENCE_RULES:
        yield from rule(site, audience)
    if audience.quiz:
        from generator.content.quiz_rules import check_quiz  # most audiences of a large site have none

        yield from check_quiz(site, audience)
    head = structs.replace(audience, levels=(), files=())
    yield from check_fields(head, KINDS_BY_NAME["audience"], audience_file(audience), routes, markup)
    for level in audience.levels:
        yield from check_fields(level, KINDS_BY_NAME["level"], level_file(audience, level), routes, markup)
    for file in audience.files:
        yield from _check_file(file, routes, markup)


def _check_file(file: ContentFile, routes: Collection[str], markup: Markup) -> Iterator[Diagnostic]:
    yield from check_fields(file.fields, file.kind, file.path, routes, markup)
    yield from check_text(file.body, ("body",), True, file.path, routes, markup)


def check_fields(
    value: Any, kind: ContentKind, path: str, routes: Collection[str], markup: Markup
) -> Iterator[Diagnostic]:
    """The errors in the links and texts of a value that was read from the file `path`, which is of that kind."""
    link_fields = find_fields(kind.fields, is_address)
    # Most values have neither: that is seen in their texts put together, without a look at each.
    data = b"" if link_fields else json.encode(value)
    if not link_fields and not any(sign.encode() in data for sign in SIGNS):
        return
    paragraphs = BODIES | find_fields(kind.fields, is_paragraphs)
    for keys, text in find_texts(to_builtins(value)):
        field = tuple(key for key in keys if isinstance(key, str))
        if field in link_fields and (wrong := explain_link(text, routes)):
            code, message, hint = wrong
            yield error_at(code, path, keys, message, hint)
        yield from check_text(text, keys, field in paragraphs, path, routes, markup)


@lru_cache(maxsize=128)
def find_fields(kind: type[Struct], is_wanted: Callable[[inspect.Type], bool]) -> frozenset[Keys]:
    """The keys that lead to certain fields of a type and of the groups in it, without places in lists."""
    return frozenset(keys for keys, info in list_fields(kind) if is_wanted(info))


def is_address(info: inspect.Type) -> bool:
    return bare(info) == ADDRESS


def find_texts(data: Any, keys: Keys = ()) -> Iterator[tuple[Keys, str]]:
    """The texts within plain data, with the keys that lead to them."""
    if isinstance(data, str):
        yield keys, data
    elif isinstance(data, dict | list | tuple):
        for key, item in data.items() if isinstance(data, dict) else enumerate(data):
            yield from find_texts(item, (*keys, key))


def check_text(
    text: str, keys: Keys, block: bool, path: str, routes: Collection[str], markup: Markup
) -> Iterator[Diagnostic]:
    """The errors in a text of Markdown. `block`: pages show it as paragraphs.

    They carry an excerpt, by which the line is found, since a body has no fields.
    """
    if not any(sign in text for sign in SIGNS):
        return
    inspection = markup.inspect(text, block, path, keys)
    yield from inspection.problems
    for link in inspection.links:
        if wrong := explain_link(link.value, routes):
            code, message, hint = wrong
            yield error_at(code, path, link.place, message, hint)
    for picture in inspection.pictures:
        message = f"there is no picture '{picture.value}'."
        yield error_at("unknown-picture", path, picture.place, message, "Pictures belong to layouts.")


def explain_link(link: str, routes: Collection[str]) -> tuple[str, str, str] | None:
    """Why a link leads nowhere, as code, message and hint; None if it works. `routes` are those of all pages."""
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
