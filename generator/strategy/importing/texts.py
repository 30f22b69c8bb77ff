"""Texts and names on their way from a strategy document to content and back: nothing is lost or becomes markup.

A document's `<script>` is a word, not an element. Content writes it as `&lt;script>`, so that a page shows what the
document says.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import count

from generator.content.routes import reserved_names
from generator.formats.markup import Markup, strip_marks
from generator.formats.slugs import make_slug

ELEMENT = re.compile(r"<(?!https?://[^\s<>]+>)(?=[A-Za-z/!?])")
BRACKET = re.compile(r"(?<!\\)\[")
EXTERNAL = re.compile(r"https?://|mailto:")
OPEN_ENTITY = re.compile(r"&\w*$")  # cut off before its semicolon
SHORTEST, LONGEST, LONGEST_SLUG = 50, 160, 60
# A summary of this length gets no further sentence.
LONG_ENOUGH = LONGEST - 40


def protect(text: str, markup: Markup) -> str:
    """A text of the document for content: no elements, pictures or links to pages of the site come out of it."""
    text = ELEMENT.sub("&lt;", text.replace("&lt;", "<"))
    if any(mark in text for mark in ("](", "]:", "<")):
        findings = markup.inspect(text, False)
        if findings.problems or findings.pictures or not all(EXTERNAL.match(link.value) for link in findings.links):
            text = BRACKET.sub(r"\\[", text)
    return text


def restore(text: str) -> str:
    """A text of content for the document, on one line: `protect` undone."""
    return " ".join(text.replace("&lt;", "<").split())


class SummaryWriter:
    """Writes the summaries of pages; no two are alike."""

    def __init__(self, markup: Markup) -> None:
        self.markup = markup
        self.used: set[str] = set()

    def write(self, pieces: Iterable[str], name: str, filler: str) -> str:
        """As many of the pieces as fit, as sentences. `name` goes in front if another page has the same summary,
        `filler` behind if the summary is too short.
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
    return text if len(text) >= SHORTEST else _cut(f"{text} {filler}".strip())


def _cut(text: str) -> str:
    """A text that is too long, cut after a word."""
    if len(text) <= LONGEST:
        return text
    cut = OPEN_ENTITY.sub("", text[: LONGEST - 1])
    word = cut.rpartition(" ")[0]
    return f"{(word if len(word) >= SHORTEST else cut).rstrip(' ,;:–—-.')}…"


def _end_sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".!?…。！？" else f"{text}."


def make_slugs(names: Sequence[str], kind: str, first_side: bool = False) -> list[str]:
    """A slug for each name. A name without Latin letters gets `kind` and its number instead.

    `first_side`: one side of a name with a slash is enough.
    """
    reserved = reserved_names()
    slugs: list[str] = []
    for number, name in enumerate(names, 1):
        short = re.split(r"[/(,]", name, maxsplit=1)[0] if first_side else name
        slug = _shorten(make_slug(short) or make_slug(name)) or f"{kind}-{number}"
        slugs.append(make_unique(f"{slug}-{kind}" if slug in reserved else slug, slugs))
    return slugs


def _shorten(slug: str) -> str:
    """A slug that is not too long for a file name, cut between words."""
    cut = slug[:LONGEST_SLUG]
    return slug if slug == cut else (cut.rpartition("-")[0] or cut).strip("-")


def make_unique(slug: str, taken: Sequence[str]) -> str:
    """The slug, with a number if it is taken."""
    slugs = (f"{slug}-{number}" if number > 1 else slug for number in count(1))
    return next(unique for unique in slugs if unique not in taken)
