"""Everything that is wrong with a site that is well formed file by file: broken promises, dead links, lost HTML."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from msgspec import Struct, inspect, json, structs

from generator.content.addresses import Addresses
from generator.content.kinds import KINDS_BY_NAME, ContentKind, route_of_file
from generator.content.media import MediaKind, explain_media, is_media_link
from generator.content.model import Audience, ContentFile, Site
from generator.content.placeholders import PLACEHOLDERS, find_placeholders
from generator.content.routes import audience_file, level_file
from generator.content.rules import AUDIENCE_RULES, SITE_RULES, WHOLE_SITE_RULES
from generator.content.unfinished import find_unfinished, is_mark, may_be_unfinished
from generator.diagnostics.diagnostic import (
    WHOLE_FILE,
    Diagnostic,
    Keys,
    Pointer,
    error_at,
    find_nearest,
    suggest,
    warning_at,
)
from generator.formats.lists import LOST_BULLET, is_lost_bullet
from generator.formats.markup import Markup
from generator.i18n.conventions import Conventions
from generator.schema.fields import bare, find_fields, find_texts, is_code, is_paragraphs, list_fields
from generator.schema.media import MediaAddress, PictureAddress, VideoAddress
from generator.schema.types import WEB_ADDRESS, Address, Email, Url

# What a text has in it that needs a look. Looking for words is many times as fast as a pattern of them.
SIGNS = ("<", "](", "] (", "]:", "~~", "[^", "```")
# Bold words that begin and end as they should; and in JSON a line that begins like a point of a list without its dash.
BOLD = re.compile(r"""\*\*(?=\S)[^"*]+(?<=\S)\*\*""")
NEW_LINE = re.compile(r"\\n(?<!\\n\\n)(?![a-z\\ ])")
# The texts below front matter, which are paragraphs like the fields that say so.
BODIES = frozenset({("body",), ("opening",)})
# The lists below front matter.
LISTS = ("symptoms", "keys", "success")
# Looking for the nearest of more names than this takes too long.
MANY_PAGES = 1000
# Warnings about what nobody should publish: `check --publish` takes them for errors.
UNFINISHED = frozenset(
    {"offer-without-url", "placeholder-address", "unfinished-text", "untranslated-words", "yaml-cut-text"}
)
# A link to what is a draft, outside its dates, or has no live level.
NOT_LIVE = "link-not-live"
# What is wrong only on a page that visitors see.
OF_VISITORS = UNFINISHED | {NOT_LIVE}
# Hosts that no visitor reaches: names for examples (RFC 2606), this machine, its network, and previews.
NO_HOST = re.compile(
    r"(?P<example>(.*\.)?(example|example\.(com|org|net)|invalid|test))"
    r"|(.*\.)?(localhost|local|internal)|(127|10|192\.168|169\.254)(\.\d+)+|0\.0\.0\.0|\[::1\]"
    r"|.+--.+\.netlify\.app|.+\.(github\.dev|gitpod\.io|ngrok\.io|ngrok-free\.app|trycloudflare\.com)"
)
# Every address has one of these in it, or begins with a slash.
ADDRESS_SIGNS = ('"/', "://", "@")
WEB_PAGE = re.compile(WEB_ADDRESS)
ADDRESS = bare(inspect.type_info(Address))
# Fields that name a file, and what it has to be.
MEDIA_KINDS: tuple[tuple[inspect.Type, MediaKind | None], ...] = (
    (bare(inspect.type_info(PictureAddress)), "picture"),
    (bare(inspect.type_info(VideoAddress)), "video"),
    (bare(inspect.type_info(MediaAddress)), None),
)
# A picture of a page with fewer pixels from side to side is blurred on any screen.
LEAST_WIDTH = 320
OTHER_ADDRESSES = (bare(inspect.type_info(Url)), bare(inspect.type_info(Email)))


def view_for_checks(site: Site) -> Site:
    """What the checks of an audience see of the site besides its addresses, to which pictures and files belong."""
    return structs.replace(site, words={}, audiences=(), media={})


def find_host(address: str) -> str:
    """The host of a web or e-mail address, without its port. Unlike `urlsplit` this takes anything for an address."""
    authority = re.split(r"[/?#]", address.partition("://")[2] or address.removeprefix("mailto:"), maxsplit=1)[0]
    return re.sub(r":\d*$", "", authority.rpartition("@")[2]).lower()


def find_site_problems(
    site: Site, conventions: Conventions, addresses: Addresses, markup: Markup, complete: bool = True
) -> Iterator[Diagnostic]:
    """What is wrong with everything but the audiences. `complete`: every audience could be loaded."""
    for rule in SITE_RULES + (WHOLE_SITE_RULES if complete else ()):
        yield from rule(site, conventions)
    for file in site.files.values():
        for problem in _check_file(file, addresses, markup):
            if not (problem.code in OF_VISITORS and _is_hidden(problem, file, site)):
                yield problem


def _is_hidden(problem: Diagnostic, file: ContentFile, site: Site) -> bool:
    """Whether a problem is in an entry of a list that is not live."""
    keys = problem.position.keys if isinstance(problem.position, Pointer) else ()
    return file.kind.is_list and bool(keys) and file.fields[keys[0]].id in site.hidden


def find_audience_problems(
    site: Site, audience: Audience, addresses: Addresses, markup: Markup
) -> Iterator[Diagnostic]:
    """What is wrong with one audience."""
    for rule in AUDIENCE_RULES:
        yield from rule(site, audience)
    if audience.quiz:
        from generator.content.quiz_rules import check_quiz  # most audiences of a large site have none

        yield from check_quiz(site, audience)
    head = structs.replace(audience, levels=(), files=())
    yield from check_fields(head, KINDS_BY_NAME["audience"], audience_file(audience), addresses, markup)
    for level in audience.levels:
        for problem in check_fields(level, KINDS_BY_NAME["level"], level_file(audience, level), addresses, markup):
            if level.live or problem.code not in OF_VISITORS:
                yield problem
    for file in audience.files:
        yield from _check_file(file, addresses, markup)


def _check_file(file: ContentFile, addresses: Addresses, markup: Markup) -> Iterator[Diagnostic]:
    yield from check_fields(file.fields, file.kind, file.path, addresses, markup)
    yield from _find_unfinished(file.body, ("body",), file.path)
    yield from _check_placeholders(file)
    yield from check_text(file.body, ("body",), True, file.path, addresses, markup)


def _check_placeholders(file: ContentFile) -> Iterator[Diagnostic]:
    for found in find_placeholders(file.body):
        pointer, message = Pointer(("body",), found[0], file.body, found.start()), f"nothing stands for '{found[0]}'"
        if file.kind_name != "page":
            hint = "Write it in a file of pages/."
            yield error_at("misplaced-placeholder", file.path, pointer, f"{message} here.", hint)
        elif found[1] not in PLACEHOLDERS:
            hint = "Write {{ data }}, for what the site does with data, or put it in code: `{{ name }}`."
            yield error_at("unknown-placeholder", file.path, pointer, f"{message}.", hint)


def check_fields(
    value: Any, kind: ContentKind, path: str, addresses: Addresses, markup: Markup
) -> Iterator[Diagnostic]:
    """The errors in the links and texts of a value that was read from the file `path`, which is of that kind."""
    link_fields = find_fields(kind.fields, is_address)
    media_fields = find_fields(kind.fields, is_media_address)
    other_fields = find_fields(kind.fields, is_other_address)
    # Most values have no address: that is seen in their texts put together, without a look at each.
    data = json.encode(value).decode()
    unfinished = may_be_unfinished(data)
    addressed = any(sign in data for sign in ADDRESS_SIGNS)
    if not (addressed or unfinished or has_signs(data) or NEW_LINE.search(data)):
        return
    paragraphs = BODIES | find_fields(kind.fields, is_paragraphs)
    code = find_fields(kind.fields, is_code)
    for keys, field, text in find_texts(value):
        if field in code:
            continue
        if field in link_fields:
            yield from check_link(text, keys, addresses, path)
        elif field in media_fields:
            least = LEAST_WIDTH if field == ("picture", "file") else 0
            yield from check_media(text, keys, addresses, path, _kind_of_field(kind.fields, field), least)
        elif field in other_fields or WEB_PAGE.fullmatch(text):
            yield from _find_placeholder(text, keys, path)
        if unfinished:
            yield from _find_unfinished(text, keys, path)
        yield from check_text(text, keys, field in paragraphs, path, addresses, markup)


def has_signs(text: str) -> bool:
    """Whether a text, or JSON, may have something besides words and pairs of `**`."""
    return any(sign in text for sign in SIGNS) or ("**" in text and "**" in BOLD.sub("", text))


def is_address(info: inspect.Type) -> bool:
    return bare(info) == ADDRESS


def is_media_address(info: inspect.Type) -> bool:
    return any(bare(info) == wanted for wanted, _ in MEDIA_KINDS)


@lru_cache(maxsize=128)
def _kind_of_field(kind: type[Struct], field: Keys) -> MediaKind | None:
    found = [bare(info) for keys, info in list_fields(kind) if keys == field]
    return next(wanted for type_, wanted in MEDIA_KINDS if type_ in found)


def is_other_address(info: inspect.Type) -> bool:
    return bare(info) in OTHER_ADDRESSES


def check_text(
    text: str, keys: Keys, block: bool, path: str, addresses: Addresses, markup: Markup
) -> Iterator[Diagnostic]:
    """What is wrong with a text of Markdown. `block`: pages show it as paragraphs."""
    if "\n" not in text and not has_signs(text):
        return
    if keys[0] in LISTS:
        yield from _find_lost_bullets(text, keys, path)
    inspection = markup.inspect(text, block, path, keys)
    yield from inspection.problems
    for link in inspection.links:
        yield from check_link(link.value, link.place, addresses, path, keys in BODIES)
    for picture in inspection.pictures:
        yield from check_media(picture.value, picture.place, addresses, path, "picture")


def _find_unfinished(text: str, keys: Keys, path: str) -> Iterator[Diagnostic]:
    if found := find_unfinished(text):
        piece, start = found
        pointer = Pointer(keys, piece, text, start)
        message, hint = f"'{piece}' looks like a text that is still to be written.", "Write or delete it."
        if is_mark(text, start):
            message, hint = "this text is marked as one to be written.", "Write it, and delete <!-- TODO -->."
        yield warning_at("unfinished-text", path, pointer, message, hint)


def _find_lost_bullets(text: str, keys: Keys, path: str) -> Iterator[Diagnostic]:
    """Lines within a point of a list that look like points of their own."""
    lines = text.split("\n")
    for number, (above, line) in enumerate(pairwise(lines), 1):
        if is_lost_bullet(above, line):
            pointer = Pointer(keys, line, text, sum(len(before) + 1 for before in lines[:number]))
            yield warning_at("lost-bullet", path, pointer, LOST_BULLET, "Begin it with '- '.")


def check_link(
    link: str, place: Keys | Pointer, addresses: Addresses, path: str, is_body: bool = False
) -> Iterator[Diagnostic]:
    """What is wrong with a link in the file `path`. One to what is not live is a warning, and pages leave it out."""
    if is_media_link(link):
        yield from check_media(link, place, addresses, path)
    elif wrong := explain_link(link, addresses, path, is_body):
        code, message, hint = wrong
        yield (warning_at if code == NOT_LIVE else error_at)(code, path, place, message, hint)
        if code == NOT_LIVE:
            addresses.withdrawn.add(f"/{route_of_file(path)}{link}" if link.startswith("#") else link)
    else:
        yield from _find_placeholder(link, place, path)


def check_media(
    link: str, place: Keys | Pointer, addresses: Addresses, path: str, kind: MediaKind | None = None, least: int = 0
) -> Iterator[Diagnostic]:
    """What is wrong with a link to a file of this kind, which should have a width of at `least` so many pixels.

    What is wrong with the file itself is told where it lies.
    """
    file = addresses.find_file(link)
    if wrong := explain_media(link, addresses.media, kind):
        code, message, hint = wrong
        yield error_at(code, path, place, message, hint)
    elif file and file.fault:
        yield error_at(file.fault.code, file.path, WHOLE_FILE, file.fault.message, file.fault.hint)
    elif file and file.width < least and file.format != "svg":
        message = f"'{link}' is only {file.width} pixels wide."
        yield warning_at("small-picture", path, place, message, f"A picture of a page needs {least} pixels or more.")


def _find_placeholder(address: str, place: Keys | Pointer, path: str) -> Iterator[Diagnostic]:
    if found := NO_HOST.fullmatch(find_host(address)):
        what = "is a placeholder that reaches nobody"
        if not found["example"]:
            what = "leads to a preview or to your own network, which visitors do not reach"
        message, hint = f"'{address}' {what}.", "Replace it before you publish."
        yield warning_at("placeholder-address", path, place, message, hint)


def explain_link(link: str, addresses: Addresses, path: str, is_body: bool = False) -> tuple[str, str, str] | None:
    """Why a link in the file `path` leads nowhere, as code, message and hint; None if it works."""
    if not link:
        return "empty-link", "a link leads nowhere.", "Write its address between the parentheses."
    if link.startswith("//"):
        return "link-without-scheme", f"the link '{link}' does not say how to get there.", f"Write https:{link}."
    if re.match(r"[a-zA-Z][\w+.-]*:", link):
        return None
    if link.startswith("#"):
        own = route_of_file(path)
        if own is None or not is_body:
            hint = "Write the whole address: /about/#team."
            return "link-without-page", f"the link '{link}' does not say on which page.", hint
        link = f"/{own}{link}"
    target = re.split(r"[?#]", link, maxsplit=1)[0]
    if not link.startswith("/"):
        near = find_nearest(f"/{target}", _list_candidates(target, addresses))
        hint = f"Did you mean '{near}'?" if near else "Begin it with https://, or with a slash for a page of this site."
        return "link-without-slash", f"the link '{link}' does not begin with a slash.", hint
    if target[1:] not in addresses:
        if file := addresses.find_dormant(target[1:]):
            return (
                NOT_LIVE,
                f"the page '{target}' is not live, so this link is left out.",
                f"See what `status` says of {file}.",
            )
        hint = suggest(target, _list_candidates(target[1:], addresses))
        return "dead-link", f"there is no page at '{link}'.", hint
    return _explain_part(target[1:], link.partition("#")[2], addresses)


def _explain_part(route: str, part: str, addresses: Addresses) -> tuple[str, str, str] | None:
    """Why a link to a part of a page leads to no part of it. The top is there always, as are words that are quoted."""
    if "%" in part:
        from urllib.parse import unquote  # takes 7 ms

        part = unquote(part)
    if part in ("", "top") or part.startswith(":~:") or f"{route}#{part}" in addresses:
        return None
    if addresses.find_dormant(f"{route}#{part}"):
        message = f"what the page '/{route}' shows at '#{part}' is not live, so this link is left out."
        return NOT_LIVE, message, "See what `status` says."
    hint = suggest(f"#{part}", (f"#{known}" for known in addresses.find_ids(route) or ()))
    return "dead-fragment", f"the page '/{route}' has no part '#{part}'.", hint


def _list_candidates(route: str, addresses: Addresses) -> list[str]:
    """The pages that may have been meant, as an editor writes them; of many only those that begin alike."""
    start = route[:2] if len(addresses) > MANY_PAGES else ""
    pages = [f"/{known}" for known in addresses if known.startswith(start)]
    return [*pages, *(file.link for file in addresses.media.values())]
