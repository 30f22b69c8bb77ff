"""Plain Markdown to HTML without a parser: paragraphs of words with emphasis, code and links.

Most texts of a site need no more, and the parser with `nh3` takes twenty times as long for them. Whatever may mean
something else to it is left to it; tests/formats/test_markup.py compares the two byte for byte.
"""

import re
from typing import NamedTuple

from generator.diagnostics.diagnostic import Diagnostic, Pointer

# What may have a meaning besides itself. `_` is left to the parser, since it depends on the letters around it.
_SIGNS = r"\\`*_~@\[\]<>&\r\t\x00-\x09\x0b-\x1f\u00a0"
_WORDS = rf"[^\W_](?:[^{_SIGNS}\n]*[^{_SIGNS}\s])?"
# Every kind of mark begins with its sign, and looks back only then: so `re` can go from sign to sign.
_MARK = re.compile(
    rf"\*(?<!\*\*)\*(?P<strong>{_WORDS})\*\*(?!\*)"
    rf"|\*(?<!\*\*)(?P<em>{_WORDS})\*(?!\*)"
    r"|`(?<!``)(?P<code>[^\W_](?:[^\\`&<>\r\t\x00-\x1f\u00a0]*[^\\`&<>\s\u00a0])?)`(?!`)"
    rf"|\[(?<!!\[)(?P<text>{_WORDS})\]\((?P<link>(?:https?://[A-Za-z0-9]|/(?!/|media/))[A-Za-z0-9/.:#?=+~-]*)\)"
    r"|&(?!#?\w+;)|<(?= )|>|\](?!\()"
)
_PLAIN = re.compile(rf"(?:[^{_SIGNS}]++|{re.sub(r'[?]P<[a-z]+>', '?:', _MARK.pattern)})*+")
# Most texts have none of these: looking for them first makes rendering three times as fast.
_ANY = re.compile(rf"[{_SIGNS}>\n\ufeff]|://|www\.")
# A web address that is no target of a link becomes a link.
_BARE_ADDRESS = re.compile(r"(?<!\]\(http)(?<!\]\(https)://|(?<!://)www\.")
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "]": "]"}
_ODD_BREAK = re.compile(r" \n|\n |\n\n")
# How a line of a paragraph begins, so that it can be nothing but that; a table has bars.
_LINES = re.compile(r"""(?:["'(]?[^\W\d_][^\n|]*(?:\n|\Z))+""")


class Mention(NamedTuple):
    """Something that a text names, and where."""

    value: str
    place: Pointer


class Inspection(NamedTuple):
    """What a text holds besides words: problems, the targets of links and pictures, and the ids of its parts."""

    problems: list[Diagnostic]
    links: list[Mention]
    pictures: list[Mention]
    anchors: list[Mention]


def render_words(text: str, root: str) -> str | None:
    """A line of words as HTML; None where a parser has to say. Addresses begin with `root` for a slash."""
    text = text.strip()
    if "  " in text:
        return None
    if not _ANY.search(text):
        return text
    if "\ufeff" in text or ("\n" in text and _ODD_BREAK.search(text)) or not _PLAIN.fullmatch(text):
        return None
    if _BARE_ADDRESS.search(text):
        return None
    return _MARK.sub(lambda mark: _render_mark(mark, root), text)


def render_paragraphs(text: str, root: str) -> str | None:
    """Paragraphs of words as HTML; None where a parser has to say."""
    parts: list[str] = []
    for paragraph in re.split(r"\n\n+", text.strip("\n")):
        plain = _LINES.fullmatch(paragraph) and paragraph == paragraph.strip()
        html = render_words(paragraph, root) if plain else None
        if html is None:
            return None
        parts.append(f"<p>{html}</p>")
    return "\n".join(parts)


def find_links(text: str, block: bool) -> list[tuple[str, int]] | None:
    """The targets of all links of such a text with their places in it; None where a parser has to say."""
    if (render_paragraphs if block else render_words)(text, "/") is None:
        return None
    return [(mark["link"], mark.start("link")) for mark in _MARK.finditer(text) if mark["link"]]


def _render_mark(mark: re.Match[str], root: str) -> str:
    kind = mark.lastgroup
    if kind == "link":
        link = mark["link"]
        return f'<a href="{root + link[1:] if link.startswith("/") else link}">{mark["text"]}</a>'
    return f"<{kind}>{mark[kind]}</{kind}>" if kind else _ESCAPED[mark[0]]
