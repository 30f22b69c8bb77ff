"""Texts that were never meant for visitors: notes, dummy text, and what `new` begins files with in any language."""

import re

from generator.i18n.editor_words import list_placeholders, split_clauses

NOTE = re.compile(r"\b(?:TODO|FIXME|TBD|TBC)\b|\b[Ll]orem ipsum\b")
# Each note has one of these in it. Looking for words is ten times as fast as the pattern.
SIGNS = ("TODO", "FIXME", "TBD", "TBC", "orem ipsum")
CODE = re.compile(r"(`+|~~~+).*?\1", re.DOTALL)


def may_be_unfinished(data: str) -> bool:
    """Whether it is worth to look at each of the texts in JSON."""
    if any(sign in data for sign in SIGNS):
        return True
    return not list_placeholders().isdisjoint(split_clauses(data.replace("\\n", "\n").replace('"', "\n")))


def find_unfinished(text: str) -> tuple[str, int] | None:
    """The first piece of such a text, if it is not in code, and where it begins."""
    if any(sign in text for sign in SIGNS) and (note := NOTE.search(CODE.sub(lambda code: " " * len(code[0]), text))):
        return note[0], note.start()
    clause = next(filter(list_placeholders().__contains__, split_clauses(text)), "").strip()
    return (clause, text.index(clause)) if clause else None


def is_mark(text: str, start: int) -> bool:
    """Whether the note that begins there is a mark behind a text, which no page shows."""
    return text[:start].endswith("<!-- ")
