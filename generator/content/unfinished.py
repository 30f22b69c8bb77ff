"""Texts that were never meant for visitors: notes, dummy text, and what `new` begins files with in English."""

import re

UNFINISHED_TEXT = re.compile(
    r"\b(?:TODO|FIXME|TBD|TBC)\b|\b[Ll]orem ipsum\b"
    r"|\b[Ss]ay here (?:who|what)\b|: say in a sentence or two what\b|: a headline that .{1,80} stop at\b"
    r"|: what it is like to be here, and what brings you up\b"
    r"|\bWhat .{1,80} is about, in a few words\b|\bWhat it costs to stay here\.|\bWhat your offer does about it\."
    r"|\bSpeak to the visitor here, in a paragraph or two\b|\bYou see a (?:first sign of this level|second one)\b"
    r"|\bthe first thing that leads up\b|\bYou have arrived when this is true of you\b"
    r"|\bThe text of the page\. Markdown, with\b|\bWhat is true of people at the (?:first|second) level\b"
    r"|\bWhat tells the levels of .{1,80} apart\?"
)
# Each such text has one of these in it. Looking for words is ten times as fast as the pattern.
PIECES = (
    "TODO", "FIXME", "TBD", "TBC", "orem ipsum", "ay here wh", " in a sentence or two what", " headline that ",
    "what it is like to be here", " is about, in a few", " costs to stay here", "your offer does", "a paragraph or two",
    "You see a ", "first thing that leads", "have arrived when", "text of the page.", "is true of people at",
    "tells the levels of",
)  # fmt: skip
CODE = re.compile(r"(`+|~~~+).*?\1", re.DOTALL)


def may_be_unfinished(text: str) -> bool:
    """Whether it is worth to look for the pattern in a text, or in JSON."""
    return any(piece in text for piece in PIECES)


def find_unfinished(text: str) -> re.Match[str] | None:
    """The first piece of such a text, if it is not in code."""
    if UNFINISHED_TEXT.search(text) is None:
        return None
    return UNFINISHED_TEXT.search(CODE.sub(lambda code: " " * len(code[0]), text))
