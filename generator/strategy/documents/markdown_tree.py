"""The Markdown of a strategy document as a tree: sections, and in them labels with the bullets below.

A label is a bold line that ends in a colon, a short plain line that does, or a heading of the fourth level or deeper.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from generator.formats import lists
from generator.strategy.documents.model import SourceText
from generator.strategy.documents.names import find_level_numbers

HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
LABEL = re.compile(r"^ {0,3}(?:\*\*|__)(?P<inside>[^*]+?)(?:\*\*|__)(?P<after>\s*[:：])?[ \t]*(?P<rest>.*)$")
PLAIN_LABEL = re.compile(r"^ {0,3}(?P<inside>[^\W\d_][^:*|]{0,60})[:：]$")
# The lines of a level that have their text behind the label.
PLAIN_FACT = re.compile(
    r"^ {0,3}(?P<inside>(?:\w+ )?(?:metric|band|range)|modules?(?: alignment)?|in short|tagline)"
    r"\s*[:：]\s*(?P<rest>\S.*)$",
    re.IGNORECASE,
)
RULE = re.compile(r"^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
LEVEL = re.compile(r"level\b", re.IGNORECASE)
LABEL_DEPTH = 4
MARKERS = "-*+•"


class Block(NamedTuple):
    """A label or (where that is None) a text, with the bullets below it."""

    label: str | None
    text: str
    line: int
    bullets: tuple[SourceText, ...] = ()

    @property
    def title(self) -> str:
        """The words to name it by in a message."""
        return self.label or self.text or (self.bullets[0].text if self.bullets else "")


class SectionNode(NamedTuple):
    """A heading and what is below it; the top of the document has depth 0."""

    depth: int
    title: str
    line: int
    blocks: list[Block]
    sections: list["SectionNode"]

    def walk(self) -> Iterator["SectionNode"]:
        """This section and all below it, in order."""
        yield self
        for section in self.sections:
            yield from section.walk()

    @property
    def titled_blocks(self) -> list[Block]:
        """The blocks; the title is the label of the first, or a block of its own if the first has a label."""
        first, *more = self.blocks or [Block(None, "", self.line)]
        if first.label is not None:
            return [Block(self.title, "", self.line), *self.blocks]
        return [first._replace(label=self.title.rstrip(":"), line=self.line), *more]

    @property
    def all_blocks(self) -> list[Block]:
        """The blocks, and those of the sections right below it, whose titles serve as labels."""
        return [*self.blocks, *(block for section in self.sections for block in section.titled_blocks)]

    @property
    def named_blocks(self) -> list[Block]:
        """All blocks of a part for an audience; a title that names a level serves as a label itself."""
        return self.titled_blocks if find_level_numbers(self.title) else self.all_blocks


def read_tree(text: str) -> SectionNode:
    """The tree of a document."""
    top = SectionNode(0, "", 1, [], [])
    path = [top]
    reader = _BlockReader(top.blocks)
    for number, line in enumerate(lists.blank_comments(text).split("\n"), 1):
        heading = HEADING.match(line)
        if heading and (len(heading[1]) < LABEL_DEPTH or LEVEL.match(heading[2])):
            reader.close()
            while path[-1].depth >= len(heading[1]):
                path.pop()
            section = SectionNode(len(heading[1]), heading[2].strip(), number, [], [])
            path[-1].sections.append(section)
            path.append(section)
            reader = _BlockReader(section.blocks)
        elif heading:
            reader.open_label(heading[2].strip().strip("*"), "", number)
        else:
            reader.read_line(line, number)
    reader.close()
    return top


class _BlockReader:
    """Reads the lines of one section into its blocks."""

    def __init__(self, blocks: list[Block]) -> None:
        self.blocks = blocks
        self.after_blank = True
        self.head: Block | None = None
        self.list = lists.ListReader(MARKERS, strict=False)

    def open_label(self, label: str, rest: str, line: int) -> None:
        self.close()
        self.head = Block(label.strip().rstrip(":：").strip(), rest.strip(), line)

    def read_line(self, line: str, number: int) -> None:
        if RULE.match(line):
            self.close()
        elif label := _match_label(line):
            self.open_label(label[0], label[1], number)
        elif not self.list.add(line, number):
            self._add_text(line, number)
        self.after_blank = not line.strip()

    def _add_text(self, line: str, number: int) -> None:
        """Adds a line that belongs to no bullet."""
        if self.list or self.head is None or (self.after_blank and (self.head.text or self.head.label is None)):
            self.close()
            self.head = Block(None, line.strip(), number)
        else:
            self.head = self.head._replace(text=f"{self.head.text}\n{line.strip()}".strip())

    def close(self) -> None:
        """Ends the block."""
        if self.list:
            bullets = tuple(map(_convert, self.list.finish()))
            head = self.head or Block(None, "", bullets[0].line)
            self.blocks.append(head._replace(bullets=bullets))
        elif self.head:
            self.blocks.append(self.head)
        self.head = None


def _convert(bullet: lists.Bullet) -> SourceText:
    text = " ".join(line for line in bullet.text if line)
    return SourceText(text, bullet.line, tuple(map(_convert, bullet.children)), bullet.number)


def _match_label(line: str) -> tuple[str, str] | None:
    """The label of a line and the text behind it."""
    bold = LABEL.match(line)
    if bold:
        inside, rest = bold["inside"].strip(), bold["rest"].strip()
        if inside[-1] in ":：" or bold["after"] or not rest:
            return inside, rest
    if fact := PLAIN_FACT.match(line):
        return fact["inside"], fact["rest"]
    plain = PLAIN_LABEL.match(line.rstrip())
    return (plain["inside"], "") if plain else None
