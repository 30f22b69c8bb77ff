"""The Markdown of a strategy document as a tree: sections, and in them labels with the bullets below.

A label is a bold line that ends in a colon, or a heading of the fourth level or deeper. Bullets nest as
GitHub's preview nests them.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.strategy.documents.strategy import Point, Said

HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
LABEL = re.compile(r"^ {0,3}(?:\*\*|__)(?P<inside>[^*]+?)(?:\*\*|__)(?P<after>\s*[:：])?[ \t]*(?P<rest>.*)$")
BARE_LABEL = re.compile(r"^ {0,3}(?P<inside>[^\W\d_][^:*|]{0,60})[:：]$")
BULLET = re.compile(r"^([ \t]*)([-*+•]|\d{1,9}[.)])(?:[ \t]+(.*))?$")
RULE = re.compile(r"^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
LEVEL = re.compile(r"level\b", re.IGNORECASE)
DEEP = 4


class Block(NamedTuple):
    """A label or (where that is None) a text, with the bullets below it and the numbers of those that have one."""

    label: str | None
    text: str
    line: int
    points: tuple[Point, ...] = ()
    numbers: tuple[int | None, ...] = ()


class Section(NamedTuple):
    """A heading and what is below it; the top of the document has depth 0."""

    depth: int
    title: str
    line: int
    blocks: list[Block]
    sections: list["Section"]

    def walk(self) -> Iterator["Section"]:
        """This section and all below it, in order."""
        yield self
        for section in self.sections:
            yield from section.walk()


class _Row(NamedTuple):
    """A bullet while it is read: where it starts, where its text starts, its number, its lines."""

    start: int
    content: int
    number: int | None
    words: list[str]
    line: int


def read_sections(text: str) -> Section:
    """The tree of a document."""
    top = Section(0, "", 1, [], [])
    path = [top]
    reader = _Reader()
    text = COMMENT.sub(lambda comment: re.sub(r"[^\n]", "", comment[0]), text)
    for number, line in enumerate(text.split("\n"), 1):
        heading = None if reader.fenced else HEADING.match(line)
        if heading and (len(heading[1]) < DEEP or LEVEL.match(heading[2])):
            path[-1].blocks.extend(reader.finish())
            while path[-1].depth >= len(heading[1]):
                path.pop()
            section = Section(len(heading[1]), heading[2].strip(), number, [], [])
            path[-1].sections.append(section)
            path.append(section)
        elif heading:
            reader.open_label(heading[2].strip().strip("*"), "", number)
        else:
            reader.take(line, number)
    path[-1].blocks.extend(reader.finish())
    return top


class _Reader:
    """Collects the blocks of one section, line by line."""

    def __init__(self) -> None:
        self.fenced = False
        self._reset()

    def _reset(self) -> None:
        self.blocks: list[Block] = []
        self.head: Block | None = None
        self.rows: list[_Row] = []
        self.blank = True

    def finish(self) -> list[Block]:
        self._close()
        blocks = self.blocks
        self._reset()
        return blocks

    def open_label(self, label: str, rest: str, line: int) -> None:
        self._close()
        self.head = Block(label.strip().rstrip(":：").strip(), rest.strip(), line)

    def take(self, line: str, number: int) -> None:
        """Takes in the next line."""
        if FENCE.match(line):
            self.fenced = not self.fenced
        bullet = None if self.fenced or RULE.match(line) else BULLET.match(line)
        label = None if self.fenced or bullet else _match_label(line)
        if RULE.match(line) and not self.fenced:
            self._close()
        elif bullet:
            self._add_bullet(bullet, line, number)
        elif label:
            self.open_label(label[0], label[1], number)
        elif line.strip():
            self._add_text(line, number)
        self.blank = not line.strip()

    def _add_bullet(self, bullet: re.Match[str], line: str, number: int) -> None:
        start, words = len(bullet[1].expandtabs(4)), bullet[3] or ""
        content = start + len(line) - len(bullet[1]) - len(words)
        value = int(bullet[2][:-1]) if bullet[2][0].isdigit() else None
        self.rows.append(_Row(start, content, value, [words.strip()], number))

    def _add_text(self, line: str, number: int) -> None:
        indented = line[0] in " \t"
        if self.rows and (indented or not self.blank):
            self.rows[-1].words.append(line.strip())
            return
        if self.rows or self.head is None or (self.blank and (self.head.text or self.head.label is None)):
            self._close()
            self.head = Block(None, line.strip(), number)
        else:
            self.head = self.head._replace(text=f"{self.head.text}\n{line.strip()}".strip())

    def _close(self) -> None:
        if self.rows:
            points, _ = _nest(self.rows, 0, 0)
            tops = {point.line: row.number for point in points for row in self.rows if row.line == point.line}
            head = self.head or Block(None, "", self.rows[0].line)
            self.blocks.append(head._replace(points=points, numbers=tuple(tops[point.line] for point in points)))
        elif self.head:
            self.blocks.append(self.head)
        self.head, self.rows = None, []


def _match_label(line: str) -> tuple[str, str] | None:
    bold = LABEL.match(line)
    if bold:
        inside, rest = bold["inside"].strip(), bold["rest"].strip()
        if inside[-1] in ":：" or bold["after"] or not rest:
            return inside, rest
    bare = BARE_LABEL.match(line.rstrip())
    return (bare["inside"], "") if bare else None


def _nest(rows: list[_Row], index: int, indent: int) -> tuple[tuple[Point, ...], int]:
    points: list[Point] = []
    while index < len(rows) and (rows[index].start >= indent or not points):
        row = rows[index]
        children: tuple[Point, ...] = ()
        index += 1
        if index < len(rows) and rows[index].start >= row.content:
            children, index = _nest(rows, index, row.content)
        points.append(Point(" ".join(word for word in row.words if word), row.line, children))
    return tuple(points), index


def to_said(points: tuple[Point, ...]) -> tuple[Said, ...]:
    """The texts of bullets; what is nested follows the bullet it belongs to."""
    found: list[Said] = []
    for point in points:
        found.append(Said(point.text, point.line))
        found.extend(to_said(point.points))
    return tuple(found)
