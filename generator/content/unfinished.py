"""Texts that were never meant for visitors: notes, dummy text, and what `new` begins files with in any language."""

import re

from generator.i18n.editor_words import list_placeholders, split_clauses

DUMMY = r"(?i:\b(?:FIXME|TBD|TBC):|\blorem\s+ipsum\b|\bdolor\s+sit\s+amet\b|\bconsectetur\s+adipi)"
NOTE = re.compile(rf"\b(?:TODO|FIXME|TBD|TBC)\b|(?i:\btodo:)|{DUMMY}")
# In these languages `todo` says that all is included: it is a note only where it stands as one.
WITH_THE_WORD = ("es", "gl", "pt")
STANDING_NOTE = re.compile(
    rf"(?:^|(?<=<!-- )|(?<=[(\[*]))TODO(?=\W*$|\s*[:(])|\b(?:FIXME|TBD|TBC)\b|{DUMMY}", re.MULTILINE
)
# Each note has one of these in it. Looking for words is ten times as fast as the pattern.
SIGNS = ("todo", "fixme", "tbd", "tbc", "lorem", "dolor", "consectetur")
CODE = re.compile(r"(`+|~~~+).*?\1", re.DOTALL)


def may_be_unfinished(data: str) -> bool:
    """Whether it is worth to look at each of the texts in JSON."""
    if _has_sign(data):
        return True
    return not list_placeholders().isdisjoint(split_clauses(data.replace("\\n", "\n").replace('"', "\n")))


def find_unfinished(text: str, language: str = "") -> tuple[str, int] | None:
    """The first piece of such a text, if it is not in code, and where it begins."""
    note = STANDING_NOTE if language.partition("-")[0] in WITH_THE_WORD else NOTE
    if _has_sign(text) and (found := note.search(CODE.sub(lambda code: " " * len(code[0]), text))):
        return found[0], found.start()
    clause = next(filter(list_placeholders().__contains__, split_clauses(text)), "").strip()
    return (clause, text.index(clause)) if clause else None


def is_mark(text: str, start: int) -> bool:
    """Whether the note that begins there is a mark behind a text, which no page shows."""
    return text[:start].endswith("<!-- ")


def _has_sign(text: str) -> bool:
    small = text.lower()
    return any(sign in small for sign in SIGNS)
