"""What was likely meant as Markdown and is none, or is on no page: lists and tables that lack a sign, texts that stand
where only an address or a footnote can stand.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from markdown_it.token import Token

from generator.formats.lists import LOST_BULLET, is_lost_bullet
from generator.formats.markdown import ParsedText

# Signs of word processors, and blanks that hold a line together, begin no list and no heading.
NO_POINT = re.compile(r"[•▪◦●‣][^•▪◦●‣]*\Z|(?:[-*+]|\d{1,3}[.)])\u00a0")
# What begins a list only with a blank behind it. It may as well be a word, so it takes two such lines.
NO_BLANK = re.compile(r"-(?=[^\W\d_])|\*(?=[^\s*][^*]*\Z)|\d{1,3}[.)](?=[^\W\d_])")
NO_HEADING = re.compile(r"#{2,6}(?=[^\s#])|#{1,6}(?=\u00a0)")
BAR = re.compile(r"(?<!\\)\|")
CONTAINER = re.compile(r"[\s>]*")
# The target of a `[name]: address` that is an address; any other word makes a text of the line.
ADDRESS = re.compile(r"[/.#:@]|\A\Z")
NOTE = re.compile(r"(\[\^[^\]\s]+\]):")
BULLET_HINT = "Begin each point with '- ', or '1. ', and put an empty line above the first."


class Slip(NamedTuple):
    """Something that was likely meant in another way; `line` counts from 0."""

    code: str
    line: int
    excerpt: str
    message: str
    hint: str


def find_slips(parsed: ParsedText, lines: Sequence[str]) -> Iterator[Slip]:
    yield from _find_hidden(parsed, lines)
    depth = columns = 0
    for before, token in pairwise(parsed.tokens):
        depth += token.nesting if token.type.startswith("list_item") else 0
        if token.type == "inline" and token.map and before.type == "paragraph_open":
            written = token.content.split("\n")
            if depth:
                yield from _find_lost_points(written, lines, token.map[0])
            else:
                yield from _find_in_paragraph(written, token.map[0])
        elif token.type == "thead_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and before.type != "thead_open" and token.map:
            yield from _find_lost_cells(lines, token.map[0], columns)


def _find_lost_points(written: Sequence[str], lines: Sequence[str], first: int) -> Iterator[Slip]:
    """Lines of a list that go on with the point above, though they begin like one, or at the edge with a capital."""
    for number, (above, line) in enumerate(pairwise(written), first + 1):
        if NO_BLANK.match(line) or (is_lost_bullet(above, line) and not lines[number][:1].isspace()):
            yield Slip("lost-bullet", number, line, LOST_BULLET, "Begin it with '- ', or with blanks.")


def _find_in_paragraph(lines: Sequence[str], first: int) -> Iterator[Slip]:
    for number, (above, line) in enumerate(pairwise(["", *lines]), first):
        if NO_POINT.match(line) or (NO_BLANK.match(above) and NO_BLANK.match(line)):
            start, point = (number, line) if NO_POINT.match(line) else (number - 1, above)
            yield Slip("no-list", start, point, "this is shown as text, not as a point of a list.", BULLET_HINT)
            return
        elif sign := NO_HEADING.match(line):
            hint = f"Write a plain blank behind {sign[0]}."
            yield Slip("no-heading", number, line, "this is shown as text, not as a heading.", hint)
        elif above.startswith("|") and line.startswith("|") and len(BAR.findall(line)) > 1:
            hint = "Put a line below the first that has |---| for each of its columns."
            yield Slip("no-table", number - 1, above, "these lines are shown as text, not as a table.", hint)
            return


def _find_lost_cells(lines: Sequence[str], number: int, columns: int) -> Iterator[Slip]:
    row = CONTAINER.sub("", lines[number], count=1).removeprefix("|")
    for cell in BAR.split(row)[columns:]:
        if cell.strip():
            message = f"this cell is not shown: the table has {columns} columns."
            hint = "Add a column to the first two lines, or write \\| where the sign is meant."
            yield Slip("lost-cell", number, cell.strip(), message, hint)
            return


def _find_hidden(parsed: ParsedText, lines: Sequence[str]) -> Iterator[Slip]:
    """Lines that no page shows."""
    notes = {note: number for number, line in enumerate(lines) for note in NOTE.findall(line)}
    for label in parsed.unnamed_footnotes:
        sign = f"[^{label}]"
        number = notes.get(sign, 0)
        message, hint = "no text names this footnote, so it is not shown.", f"Write {sign} where it belongs."
        yield Slip("unnamed-footnote", number, sign, message, hint)
    used = {str(target) for token in parsed.tokens for target in _list_targets(token)}
    for target, number in parsed.references:
        if target not in used and not ADDRESS.search(target):
            message = "this line is not shown: it gives a link its address."
            yield Slip("hidden-line", number, lines[number].strip(), message, "Write \\[ where a text begins with [.")


def _list_targets(token: Token) -> Iterator[object]:
    yield token.attrGet("href") or token.attrGet("src")
    for child in token.children or ():
        yield from _list_targets(child)
