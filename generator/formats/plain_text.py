"""Texts and names on their way from a strategy document to content and back: nothing is lost or becomes markup.

A document's `<script>` is a word, not an element. Content writes it as `&lt;script>`, so that a page shows what the
document says.
"""

import re
from collections.abc import Iterable

from generator.formats.markup import Markup, strip_marks

# What marks a text that the document does not have. No page shows it, and `content.unfinished` finds it.
STUB = "<!-- TODO -->"
ELEMENT = re.compile(rf"<(?!https?://[^\s<>]+>|{STUB[1:]})(?=[A-Za-z/!?])")
BRACKET = re.compile(r"(?<!\\)\[")
EXTERNAL = re.compile(r"https?://|mailto:")
OPEN_ENTITY = re.compile(r"&\w*$")  # cut off before its semicolon
SHORTEST, LONGEST, LONGEST_SLUG = 50, 160, 60
# A summary of this length gets no further sentence.
LONG_ENOUGH = LONGEST - 40


def mark_stub(text: str) -> str:
    """A text that somebody has yet to write."""
    return f"{text} {STUB}"


def strip_stub(text: str) -> str:
    return text.removesuffix(f" {STUB}")


def protect(text: str, markup: Markup) -> str:
    """A text of the document for content: no elements, pictures or links to pages of the site come out of it."""
    text = ELEMENT.sub("&lt;", text.replace("&lt;", "<"))
    if any(mark in text for mark in ("](", "]:", "<")):
        findings = markup.inspect(text, False)
        if findings.problems or findings.pictures or not all(EXTERNAL.match(link.value) for link in findings.links):
            text = BRACKET.sub(r"\\[", text)
    return text


def restore(text: str) -> str:
    """A text of content for the document, on one line: `protect` undone. Nothing of one that is to be written."""
    return "" if STUB in text else " ".join(text.replace("&lt;", "<").split())


class SummaryWriter:
    """Writes the summaries of pages; no two are alike."""

    def __init__(self, markup: Markup) -> None:
        self.markup = markup
        self.used: set[str] = set()

    def write(self, pieces: Iterable[str], name: str, filler: str) -> str:
        """As many of the pieces as fit, as sentences. `name` goes in front if another page has the same summary,
        `filler` behind, with the mark of a stub, if the summary is too short.
        """
        sentences = [_end_sentence(self._clean(piece)) for piece in pieces if piece.strip()]
        name = self._clean(name)
        for number in range(len(self.used) + 2):
            front = [_end_sentence(f"{name} {number}" if number > 1 else name)] if number else []
            summary = _fit([*front, *sentences], filler)
            if summary not in self.used:
                break
        self.used.add(summary)
        return summary

    def _clean(self, text: str) -> str:
        return protect(" ".join(strip_marks(protect(text, self.markup)).split()), self.markup)


def _fit(sentences: list[str], filler: str) -> str:
    text = ""
    for sentence in sentences:
        longer = f"{text} {sentence}".strip()
        if len(longer) > LONGEST:
            return text if len(text) >= SHORTEST else _cut(longer)
        text = longer
        if len(text) >= LONG_ENOUGH:
            break
    return text if len(text) >= SHORTEST else mark_stub(_cut(f"{text} {filler}".strip(), LONGEST - len(STUB) - 1))


def _cut(text: str, longest: int = LONGEST) -> str:
    """A text that is too long, cut after a word."""
    if len(text) <= longest:
        return text
    cut = OPEN_ENTITY.sub("", text[: longest - 1])
    word = cut.rpartition(" ")[0]
    return f"{(word if len(word) >= SHORTEST else cut).rstrip(' ,;:–—-.')}…"


def _end_sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?…。！？" else f"{text}."
