"""Everything that is wrong with a site that is well formed file by file: broken promises, dead links, lost HTML."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Any

from msgspec import Struct, inspect, json, structs

from generator.content.addresses import Addresses
from generator.content.empty_texts import explain_empty, is_empty, may_be_empty, takes_words
from generator.content.kinds import KINDS_BY_NAME, ContentKind, route_of_file
from generator.content.link_rules import NOT_LIVE, check_host, check_link, check_media
from generator.content.media import MediaKind
from generator.content.model import Audience, ContentFile, Site
from generator.content.placeholders import PLACEHOLDERS, find_placeholders
from generator.content.routes import audience_file, level_file
from generator.content.rules import AUDIENCE_RULES, SITE_RULES, WHOLE_SITE_RULES
from generator.content.unfinished import find_unfinished, is_mark, may_be_unfinished
from generator.diagnostics.diagnostic import Diagnostic, Keys, Pointer, error_at, warning_at
from generator.formats.lists import LOST_BULLET, is_lost_bullet
from generator.formats.markup import Markup
from generator.i18n.conventions import Conventions
from generator.schema.addresses import AddressesFile
from generator.schema.fields import bare, find_fields, find_texts, is_code, is_paragraphs, list_fields
from generator.schema.media import FontAddress, MediaAddress, PictureAddress, VideoAddress
from generator.schema.types import WEB_ADDRESS, Address, Email, Url

# What a text has in it that needs a look. Looking for words is many times as fast as a pattern of them.
SIGNS = ("<", "](", "] (", ")[", "]:", "~~", "__", "[^", "```", "##", "•")
# Bold words that begin and end as they should; and in JSON a line that begins like a point of a list without its dash.
BOLD = re.compile(r"""\*\*(?=\S)[^"*]+(?<=\S)\*\*""")
NEW_LINE = re.compile(r"\\n(?<!\\n\\n)(?![a-z\\ ])")
# The texts below front matter, which are paragraphs like the fields that say so.
BODIES = frozenset({("body",), ("opening",)})
# The lists below front matter.
LISTS = ("symptoms", "keys", "success")
# Warnings about what nobody should publish: `check --publish` takes them for errors.
UNFINISHED = frozenset(
    {"offer-without-url", "placeholder-address", "unfinished-text", "untranslated-words", "yaml-cut-text"}
)
# What is wrong only on a page that visitors see.
OF_VISITORS = UNFINISHED | {NOT_LIVE}
# Every address has one of these in it, or begins with a slash.
ADDRESS_SIGNS = ('"/', "://", "@")
WEB_PAGE = re.compile(WEB_ADDRESS)
ADDRESS = bare(inspect.type_info(Address))
# Fields that name a file, and what it has to be.
MEDIA_KINDS: tuple[tuple[inspect.Type, MediaKind | None], ...] = (
    (bare(inspect.type_info(PictureAddress)), "picture"),
    (bare(inspect.type_info(VideoAddress)), "video"),
    (bare(inspect.type_info(FontAddress)), "font"),
    (bare(inspect.type_info(MediaAddress)), None),
)
# A picture of a page, or beside a shared link, with fewer pixels from side to side is blurred on any screen.
LEAST_WIDTHS: dict[tuple[str, ...], int] = {("picture", "file"): 320, ("seo", "image"): 600}
OTHER_ADDRESSES = (bare(inspect.type_info(Url)), bare(inspect.type_info(Email)))


def view_for_checks(site: Site) -> Site:
    """What the checks of an audience see of the site besides its addresses, to which pictures and files belong."""
    return structs.replace(site, words={}, audiences=(), media={}, addresses=AddressesFile())


def find_site_problems(
    site: Site, conventions: Conventions, addresses: Addresses, markup: Markup, complete: bool = True
) -> Iterator[Diagnostic]:
    """What is wrong with everything but the audiences. `complete`: every audience could be loaded."""
    for rule in SITE_RULES + (WHOLE_SITE_RULES if complete else ()):
        yield from rule(site, conventions)
    if site.addresses.redirects or site.addresses.published:
        from generator.content.address_rules import find_address_problems  # a new site has none of these

        yield from find_address_problems(site, addresses)
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
    yield from _find_unfinished(file.body, ("body",), file.path, addresses.language)
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
    emptied = may_be_empty(data)
    addressed = any(sign in data for sign in ADDRESS_SIGNS)
    if not (addressed or unfinished or emptied or has_signs(data) or NEW_LINE.search(data)):
        return
    paragraphs = BODIES | find_fields(kind.fields, is_paragraphs)
    words = find_fields(kind.fields, takes_words) if emptied else ()
    code = find_fields(kind.fields, is_code)
    named: set[str] = set()
    for keys, field, text in find_texts(value):
        if field in code:
            continue
        if field in link_fields:
            yield from check_link(text, keys, addresses, path)
        elif field in media_fields:
            if text not in named:  # what is wrong with it is told once
                wanted, least = _kind_of_field(kind.fields, field), LEAST_WIDTHS.get(field, 0)
                yield from check_media(text, keys, addresses, path, wanted, least)
            named.add(text)
            if field == ("seo", "image") and text.lower().endswith(".svg"):
                message, hint = f"'{text}' is an SVG, which no network shows beside a link.", "Save it as PNG or JPEG."
                yield error_at("other-media", path, keys, message, hint)
        elif field in other_fields or WEB_PAGE.fullmatch(text):
            yield from check_host(text, keys, path)
        if unfinished:
            yield from _find_unfinished(text, keys, path, addresses.language)
        found = check_text(text, keys, field in paragraphs, path, addresses, markup)
        if emptied and text and (field in words or field[0] in LISTS) and is_empty(text, markup, field in paragraphs):
            found = iter(
                [problem for problem in found if problem.code.startswith("html")] or [explain_empty(text, keys, path)]
            )
        yield from found


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
    if "\n" not in text and not has_signs(text) and not (block and text.startswith("#")):
        return
    if keys[0] in LISTS:
        yield from _find_lost_bullets(text, keys, path)
    has_own_id = keys in BODIES and "id=" in text
    reserved = addresses.find_reserved(route_of_file(path) or "") if has_own_id else ""
    inspection = markup.inspect(text, block, path, keys, reserved)
    yield from inspection.problems
    for link in inspection.links:
        yield from check_link(link.value, link.place, addresses, path, keys in BODIES)
    for picture in inspection.pictures:
        yield from check_media(picture.value, picture.place, addresses, path, "picture")


def _find_unfinished(text: str, keys: Keys, path: str, language: str) -> Iterator[Diagnostic]:
    if found := find_unfinished(text, language):
        piece, start = found
        pointer = Pointer(keys, piece, text, start)
        message, hint = (
            f"'{' '.join(piece.split())}' looks like a text that is still to be written.",
            "Write or delete it.",
        )
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
