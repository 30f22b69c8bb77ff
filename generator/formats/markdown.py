"""Markdown to HTML as GitHub's preview shows it, by way of the library `markdown-it-py`.

What differs from GitHub, and why, is listed in docs/markdown.md.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from generator.formats.html_policy import clean_html
from generator.formats.markdown_addresses import link_addresses
from generator.formats.markdown_renderer import PageRenderer, read_words
from generator.formats.slugs import make_anchor

# What is beyond these is refused: it would take a time that grows with its square, or the library would drop it.
MOST_CHARACTERS = 100_000
MOST_TOKENS = 30_000
MOST_SIGNS = 1_000  # in one paragraph
DEEPEST = 60
SIGNS = re.compile(r"[!\[\]*_~`<:@&\\]")
TAG_SIGN = re.compile("<")


class Refusal(NamedTuple):
    """Why a text is not rendered; `line` counts from 0."""

    line: int
    message: str
    hint: str


class ParsedText(NamedTuple):
    """The tokens of a text; the ids of its headings with their lines; the targets of `[name]: address` with theirs; the
    labels of footnotes that nothing names.
    """

    tokens: list[Token]
    anchors: dict[str, int]
    references: list[tuple[str, int]]
    refusals: list[Refusal]
    unnamed_footnotes: Sequence[str] = ()


class MarkdownParser:
    """Renders Markdown as HTML, whatever the text. `words` are those that a page adds to it, in its language."""

    def __init__(self, words: Mapping[str, Any] = {}) -> None:
        self.library = library = MarkdownIt("gfm-like2", {"maxNesting": DEEPEST})
        library.disable("linkify").use(link_addresses).use(footnote_plugin, inline=False)
        library.renderer = PageRenderer(words)
        # A line that begins like a quote, a list or a heading is one, even if it has bars in it.
        library.disable("table").block.ruler.after("heading", "late_table", table, {"alt": ["paragraph", "reference"]})
        # An address that may run something is to be reported, not shown as words.
        setattr(library, "validateLink", lambda url: True)  # noqa: B010 - the way the library names
        library.core.ruler.after("block", "bounds", refuse_excess)
        library.core.ruler.push("anchors", name_headings)

    def render(self, text: str, block: bool, root: str, reserved: str = "", start: str = "") -> str:
        """The HTML of a text. `block`: it may have paragraphs, lists, tables and headings, else it is one line.

        `reserved` is a pattern of ids that the page has already; `start` is what the ids of this text begin with.
        """
        tokens = self.parse(text, block, reserved).tokens
        html: str = self.library.renderer.render(tokens, self.library.options, {"start": start})
        return clean_html(html, root, block).strip()

    def parse(self, text: str, block: bool, reserved: str = "") -> ParsedText:
        if len(text) > MOST_CHARACTERS:
            refusal = Refusal(0, f"a text has more than {MOST_CHARACTERS:,} characters.", "Make several pages of it.")
            return ParsedText([make_plain(text[:MOST_CHARACTERS])], {}, [], [refusal])
        env: dict[str, Any] = {"anchors": {}, "refusals": [], "reserved": re.compile(reserved)}
        tokens = (self.library.parse if block else self.library.parseInline)(text if block else text.strip(), env)
        references = [(reference["href"], reference["map"][0]) for reference in env.get("references", {}).values()]
        footnotes = env.get("footnotes", {}).get("refs", {})
        unnamed = [label.removeprefix(":") for label, number in footnotes.items() if number < 0]
        return ParsedText(tokens, env["anchors"], references, env["refusals"], unnamed)


def refuse_excess(state: StateCore) -> None:
    """Leaves as words what has too many signs, and all of a text that is too large or too deep."""
    refused = list(_find_excess(state.tokens))
    state.env["refusals"] += [refusal for refusal, _ in refused]
    if any(token is None for _, token in refused):
        state.tokens[:] = [make_plain(state.src)]
    for _, token in refused:
        if token is not None:
            token.type, token.content, token.children = "inline", "", make_plain(token.content).children


def _find_excess(tokens: list[Token]) -> Iterator[tuple[Refusal, Token | None]]:
    """What is too much of a good thing, and the paragraph that it is in unless it is the whole text."""
    if len(tokens) > MOST_TOKENS:
        yield Refusal(0, "a text has more parts than can be read.", "Make several pages of it."), None
    for token in tokens:
        line = token.map[0] if token.map else 0
        if token.level >= DEEPEST - 1:
            yield Refusal(line, "lists and quotes are nested too deeply here.", f"Keep to {DEEPEST // 2} levels."), None
            return
        signs = SIGNS if token.type == "inline" else TAG_SIGN if token.type == "html_block" else None
        if signs and len(token.content) > MOST_SIGNS < len(signs.findall(token.content)):
            message = f"a paragraph has more than {MOST_SIGNS:,} signs of Markdown."
            yield Refusal(line, message, "Part it with empty lines."), token


def make_plain(text: str) -> Token:
    """A text of words in which nothing means anything."""
    token = Token("inline", "", 0, children=[Token("text", "", 0, content=text)])
    token.map = [0, 1]
    return token


def name_headings(state: StateCore) -> None:
    """Gives each heading an id, and lets the headings of a text start below the title of its page."""
    used: dict[str, int] = {}
    for token, following in pairwise(state.tokens):
        if token.type in ("heading_open", "heading_close") and token.tag == "h1":
            token.tag = "h2"
        if token.type == "heading_open":
            anchors: dict[str, int] = state.env["anchors"]
            name = unique = make_anchor(read_words(following))
            number = used.get(name, 0)
            while unique in anchors or state.env["reserved"].fullmatch(unique):
                number += 1
                unique = f"{name}-{number}"
            used[name] = number
            anchors[unique] = token.map[0] if token.map else 0
            token.attrSet("id", unique)
