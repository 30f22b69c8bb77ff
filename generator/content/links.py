"""The links within a site that its files have, and how they are changed where they stand."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from msgspec import structs

from generator.content.checks import BODIES, has_signs, is_address
from generator.content.kinds import KINDS_BY_NAME, ContentKind
from generator.content.model import Content
from generator.content.routes import audience_file, level_file
from generator.diagnostics.diagnostic import Pointer, warning_at
from generator.files.tree import Tree
from generator.formats.document import locate
from generator.formats.markdown_fast import Mention
from generator.formats.markup import Markup
from generator.schema.fields import find_fields, find_texts, is_code, is_paragraphs


def list_links(content: Content) -> Iterator[tuple[str, Mention]]:
    """Each link to a page of the site, with the path of its file."""
    markup = Markup()
    for path, kind, value in _list_values(content):
        for link in _find_links(value, kind, markup):
            if link.value.startswith("/"):
                yield path, link


def change_links(content: Content, folder: Tree, change: Callable[[str], str]) -> dict[str, str]:
    """The text of each file with a link that is another after `change`.

    A link that is written in a way of its own, such as with escapes, stays as it is.
    """
    found: dict[str, list[Mention]] = defaultdict(list)
    for path, link in list_links(content):
        if change(link.value) != link.value:
            found[path].append(link)
    return {path: _replace(folder, path, links, change) for path, links in found.items()}


def _replace(folder: Tree, path: str, links: list[Mention], change: Callable[[str], str]) -> str:
    data = folder.read(path).decode()
    text = data.lstrip("\ufeff").replace("\r\n", "\n")
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    places: dict[int, str] = {}
    for link in links:
        position = locate(folder, warning_at("link", path, link.place, "")).position
        begin = starts[max(position.line, 1) - 1] + max(position.column, 1) - 1
        whole = re.compile(rf"(?<![\w/.-]){re.escape(link.value)}(?![\w/?#-])")
        if match := whole.search(text, begin):
            places[match.start()] = link.value
    for place in sorted(places, reverse=True):
        text = text[:place] + change(places[place]) + text[place + len(places[place]) :]
    mark = "\ufeff" if data.startswith("\ufeff") else ""
    return mark + (text.replace("\n", "\r\n") if "\r\n" in data else text)


def _list_values(content: Content) -> Iterator[tuple[str, ContentKind, Any]]:
    """The values that are read from files, each with its file: an audience and its levels, or the fields and the body
    of any other.
    """
    files = list(content.site.files.values())
    for audience in content.audiences:
        head = structs.replace(audience, levels=(), files=())
        yield audience_file(audience), KINDS_BY_NAME["audience"], head
        for level in audience.levels:
            yield level_file(audience, level), KINDS_BY_NAME["level"], level
        files += audience.files
    for file in files:
        yield file.path, file.kind, file.fields
        yield file.path, file.kind, {"body": file.body}


def _find_links(value: Any, kind: ContentKind, markup: Markup) -> Iterator[Mention]:
    addresses = find_fields(kind.fields, is_address)
    paragraphs = BODIES | find_fields(kind.fields, is_paragraphs)
    code = find_fields(kind.fields, is_code)
    for keys, field, text in find_texts(value):
        if field in addresses:
            yield Mention(text, Pointer(keys, text))
        elif field not in code and has_signs(text):
            yield from markup.inspect(text, field in paragraphs, keys=keys).links
