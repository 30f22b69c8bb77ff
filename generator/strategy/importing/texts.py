"""Texts on their way from a strategy document to content and back: nothing is lost, nothing can run.

A document's `<script>` is a word, not an element: content writes such a sign as `&lt;`, so that a page
shows what the document says. `restore` undoes it.
"""

import re
from collections.abc import Iterable

from generator.formats.markup import Markup

ELEMENT = re.compile(r"<(?!https?://[^\s<>]+>)(?=[A-Za-z/!?])")
BRACKET = re.compile(r"(?<!\\)\[")
EMPHASIS = re.compile(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1")
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
ENTITY = re.compile(r"&\w*$")  # one that a cut has left open
SHORTEST, LONGEST = 50, 160


def protect(text: str, markup: Markup) -> str:
    """A text of the document as content has it: its signs stay signs, its links lead out of the site."""
    text = ELEMENT.sub("&lt;", text.replace("&lt;", "<"))
    if any(mark in text for mark in ("](", "]:", "<")):
        findings = markup.inspect(text, False)
        if findings.losses or findings.pictures or any(_stays(link) for link in findings.links):
            text = BRACKET.sub(r"\\[", text)
    return text


def _stays(link: str) -> bool:
    return not re.match(r"(?:https?://|mailto:)", link)


def restore(text: str) -> str:
    """A text of content as the document has it, on one line."""
    return " ".join(text.replace("&lt;", "<").split())


def drop_marks(text: str) -> str:
    """A text without its Markdown."""
    text = LINK.sub(r"\1", text)
    while EMPHASIS.search(text):
        text = EMPHASIS.sub(r"\2", text)
    return " ".join(text.replace("\\[", "[").split())


class Summaries:
    """Makes summaries out of what a page is about; no two are alike. `markup` says which signs need protection."""

    def __init__(self, markup: Markup) -> None:
        self.markup = markup
        self.used: set[str] = set()

    def make(self, pieces: Iterable[str], name: str, spare: str) -> str:
        """As many of the pieces as fit, as sentences. `name` tells one page from another, `spare` fills up."""
        sentences = [_end(self._clean(piece)) for piece in pieces if piece.strip()]
        name = self._clean(name)
        for number in range(len(self.used) + 2):
            front = [_end(f"{name} {number}" if number > 1 else name)] if number else []
            summary = _fit([*front, *sentences, _end(spare)])
            if summary not in self.used:
                break
        self.used.add(summary)
        return summary

    def _clean(self, text: str) -> str:
        return protect(drop_marks(text), self.markup)


def _fit(sentences: list[str]) -> str:
    text = ""
    for sentence in sentences[:-1]:
        longer = f"{text} {sentence}".strip()
        if len(longer) > LONGEST:
            if len(text) >= SHORTEST:
                break
            return _cut(longer)
        text = longer
        if len(text) >= LONGEST - 40:
            break
    if len(text) < SHORTEST:
        text = _cut(f"{text} {sentences[-1]}".strip())
    return text


def _cut(text: str) -> str:
    """A text that is too long, cut after a word."""
    if len(text) <= LONGEST:
        return text
    cut = ENTITY.sub("", text[: LONGEST - 1])
    word = cut.rpartition(" ")[0]
    return f"{(word if len(word) >= SHORTEST else cut).rstrip(' ,;:–—-.')}…"


def _end(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?…。！？" else f"{text}."
