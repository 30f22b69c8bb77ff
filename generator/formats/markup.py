"""Markdown to safe HTML: the plainest texts at once, all others by way of the Markdown parser."""

import re
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from generator.diagnostics.diagnostic import Keys, Pointer
from generator.formats.markdown_fast import Inspection, Mention, find_links, render_paragraphs, render_words

if TYPE_CHECKING:
    from generator.formats.markdown import MarkdownParser


# A tag; a value in quotes may hold the sign that would end it.
TAG = re.compile(r"""<(?:[^>"]|"[^"]*")*>""")
BREAK = re.compile(r"\s*<br>\s*")


class Markup:
    """Renders Markdown. Fragments are kept, since the same text stands on many pages.

    `words` are what is added to a text, in the language of the site: what a footnote is called, and so on.
    """

    def __init__(self, words: Mapping[str, Any] = {}) -> None:
        self._words = words
        self.inline = lru_cache(maxsize=8192)(self._inline)
        self.blocks = lru_cache(maxsize=512)(self._blocks)

    @cached_property
    def parser(self) -> "MarkdownParser":
        """The Markdown parser. Loading it takes 40 ms, so a site whose texts are plain goes without."""
        from generator.formats.markdown import MarkdownParser

        return MarkdownParser(self._words)

    def _inline(self, text: str, root: str = "./") -> str:
        """A text without paragraphs or lists: emphasis, code and links only."""
        html = render_words(text, root)
        return self.parser.render(text, False, root) if html is None else html

    def _blocks(self, text: str, root: str = "./", reserved: str = "", start: str = "") -> str:
        """A text with paragraphs, lists, tables and headings. `reserved` is a pattern of ids its page has already,
        `start` is what the ids of this text begin with.
        """
        html = render_paragraphs(text, root)
        return self.parser.render(text, True, root, reserved, start) if html is None else html

    def inspect(self, text: str, block: bool, path: str = "", keys: Keys = (), reserved: str = "") -> Inspection:
        """What a text holds besides words. `block`: it may have paragraphs, lists, tables and headings.

        `path` and `keys` say in problems where the text is; `reserved` is a pattern of ids that its page has already.
        """
        text = text if block else text.strip()
        links = find_links(text, block)
        if links is None:
            from generator.formats.markdown_inspection import inspect_text

            return inspect_text(self.parser, text, block, path, keys, reserved)
        return Inspection([], [Mention(link, Pointer(keys, link, text, at)) for link, at in links], [], [])


@lru_cache(maxsize=4096)
def strip_marks(text: str) -> str:
    """The words of a text without its Markdown, in one line, for titles and metadata."""
    html = _open_markup().inline(text)
    words = TAG.sub("", BREAK.sub(" ", html)) if "<" in html else html
    if "&" not in words:
        return words
    from html import unescape  # its table of names takes 2 ms

    return unescape(words)


@cache
def _open_markup() -> Markup:
    return Markup()
