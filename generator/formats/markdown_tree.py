"""Any Markdown as a tree: sections, and in them labels with the texts, lists and tables below.

A label is a bold line that ends in a colon or has nothing behind it, or a short plain line that ends in a colon.
Every shape that people give a document is read, from word processors and chats too, and not only GitHub's.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.formats import lists
from generator.formats.markdown_tables import Table, find_tables
from generator.formats.titles import PICTURES, clean_title

HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
LABEL = re.compile(r"^ {0,3}(?:\*\*|__)(?P<inside>[^*]+?)(?:\*\*|__)(?P<after>\s*[:：])?[ \t]*(?P<rest>.*)$")
PLAIN_LABEL = re.compile(r"^ {0,3}(?P<inside>[^\W\d_][^:*|]{0,60})[:：]$")
# A short line that may be a label with its text behind it.
PLAIN_FACT = re.compile(r"^ {0,3}(?P<inside>[^\W\d_][^:：*|]{0,30}?)\s*[:：]\s*(?P<rest>\S.*)$")
RULE = re.compile(r"^ {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*$")
# A line below a line of text that makes a heading of it.
UNDERLINE = re.compile(r"^ {0,3}(?:(=+)|-{2,})[ \t]*$")
# What word processors escape without need.
ESCAPED_NUMBER = re.compile(r"^([ \t]*\d{1,3})\\([.)])(?=[ \t])", re.MULTILINE)
NEEDLESS_ESCAPE = re.compile(r"(?<=[\w%)€$])( *)\\([+=&-])|\\(?=[$%€])")
# What is no title, even if it is underlined.
NO_TITLE = re.compile(r"[-*+•|>]\s|\d+[.)]\s|[*_]{2}[^*]+:|[^*]+[:：]\s*$|[*_][^*]+[*_]$")
# A picture or a box at the beginning of a bullet.
DECORATION = re.compile(rf"^(?:{PICTURES.pattern}\s*|\[[ xX]\]\s+)(?=\S)")
FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})[ \t]*\w*[ \t]*$")
MARKERS = "-*+•◦▪"


class SourceText(NamedTuple):
    """A text and its line; a bullet has those nested below it, and its number in a numbered list."""

    text: str
    line: int = 0
    children: tuple["SourceText", ...] = ()
    number: int | None = None


class Block(NamedTuple):
    """A label or (where that is None) a text, with the bullets or the table below it."""

    label: str | None
    text: str
    line: int
    bullets: tuple[SourceText, ...] = ()
    table: Table | None = None

    @property
    def title(self) -> str:
        """The words to name it by in a message."""
        return self.label or self.text or (self.bullets[0].text if self.bullets else "")

    @property
    def is_bare(self) -> bool:
        """Whether it is a label and nothing else."""
        return self.label is not None and not (self.text or self.bullets or self.table)


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

    def walk_paths(self, above: tuple["SectionNode", ...] = ()) -> Iterator[tuple["SectionNode", ...]]:
        """Each section behind those that it is in, the lowest first."""
        path = (*above, self)
        for section in self.sections:
            yield from section.walk_paths(path)
        yield path

    @property
    def titled_blocks(self) -> list[Block]:
        """All blocks; the title is the label of the first, or a block of its own if the first has a label."""
        first, *more = self.blocks or [Block(None, "", self.line)]
        title = self.title.rstrip(":：")
        own = [first._replace(label=title, line=self.line), *more]
        if first.label is not None:
            own = [Block(title, "", self.line), *self.blocks]
        return [*own, *self._blocks_below]

    @property
    def all_blocks(self) -> list[Block]:
        """The blocks, and those of the sections below it, whose titles serve as labels."""
        return [*self.blocks, *self._blocks_below]

    @property
    def _blocks_below(self) -> list[Block]:
        return [block for section in self.sections for block in section.titled_blocks]


def read_tree(text: str, is_fact: Callable[[str], bool]) -> SectionNode:
    """The tree of a document. `is_fact` says which words are a label if they have no bold and a text behind them."""
    top = SectionNode(0, "", 1, [], [])
    path = [top]
    reader = _BlockReader(top.blocks, is_fact)
    lines = _simplify(lists.blank_comments(text)).split("\n")
    tables, end = find_tables(lines), 0
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else ""
        if index < end:
            continue
        if index in tables:
            table, end = tables[index]
            reader.add_table(table)
        elif heading := reader.match_heading(line, below):
            reader.close()
            while path[-1].depth >= heading[0]:
                path.pop()
            section = SectionNode(heading[0], heading[1].strip(), index + 1, [], [])
            path[-1].sections.append(section)
            path.append(section)
            reader = _BlockReader(section.blocks, is_fact)
        else:
            reader.read_line(line, index + 1)
    reader.close()
    return top


def _simplify(text: str) -> str:
    """The text without what word processors put in front of signs, so that nothing is taken for Markdown."""
    plain = ESCAPED_NUMBER.sub(r"\1\2", text.replace("\u00a0", " "))
    return NEEDLESS_ESCAPE.sub(lambda sign: "+" if sign[2] == "+" else f"{sign[1] or ''}{sign[2] or ''}", plain)


class _BlockReader:
    """Reads the lines of one section into its blocks."""

    def __init__(self, blocks: list[Block], is_fact: Callable[[str], bool]) -> None:
        self.blocks = blocks
        self.is_fact = is_fact
        self.after_blank = True
        self.head: Block | None = None
        self.list = lists.ListReader(MARKERS, strict=False)

    def match_heading(self, line: str, below: str) -> tuple[int, str] | None:
        """The depth and the title of a heading; `below` is the line below it, which may underline it."""
        if heading := HEADING.match(line):
            return len(heading[1]), heading[2]
        underline = UNDERLINE.match(below) if self.after_blank and line[:1].strip() else None
        if underline is None or NO_TITLE.match(line):
            return None
        return 1 if underline[1] else 2, line

    def add_table(self, table: Table) -> None:
        if self.list or self.head is None or self.head.text:
            self.close()
        self.blocks.append((self.head or Block(None, "", table.line))._replace(table=table))
        self.head = None

    def open_label(self, label: str, rest: str, line: int) -> None:
        self.close()
        self.head = Block(label.strip().rstrip(":：").strip(), rest.strip(), line)

    def read_line(self, line: str, number: int) -> None:
        if FENCE.match(line) or RULE.match(line) or UNDERLINE.match(line):
            self.close()
            line = ""
        elif label := self._match_label(line):
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

    def _match_label(self, line: str) -> tuple[str, str] | None:
        """The label of a line and the text behind it."""
        bold = LABEL.match(line)
        if bold:
            inside, rest = bold["inside"].strip(), bold["rest"].strip()
            if inside[-1] in ":：" or bold["after"] or not rest:
                return inside, rest
        fact = PLAIN_FACT.match(line)
        if fact and self.is_fact(fact["inside"]):
            return fact["inside"], fact["rest"]
        plain = PLAIN_LABEL.match(line.rstrip())
        return (plain["inside"], "") if plain else None


def _convert(bullet: lists.Bullet) -> SourceText:
    text = " ".join(line for line in bullet.text if line)
    text = DECORATION.sub("", text)
    children = (below for below in map(_convert, bullet.children) if below.text or below.children)
    return SourceText(text, bullet.line, tuple(children), bullet.number)


def promote_labels(
    section: SectionNode, find_role: Callable[[SectionNode, int], str | None], is_lower: Callable[[str], bool]
) -> SectionNode:
    """The section with a section below it for each bold line that stands for one.

    `find_role` says what a block begins, if anything; `is_lower` whether a title is for a section of the lowest depth.
    """
    roles = [find_role(section, index) for index in range(len(section.blocks))]
    if not any(roles):
        return section
    made = section._replace(blocks=[], sections=[])
    path = [made]
    if section.depth == 0 and roles[0] is None and section.blocks[0].is_bare:
        roles[0] = "title"
    top = 2 if roles[0] == "title" else 1
    for block, role in zip(section.blocks, roles, strict=True):
        if role is None:
            path[-1].blocks.append(block)
            continue
        title = clean_title(block.label or "")
        has_host = len(path) > top and not is_lower(path[top].title)
        path = path[: top + (is_lower(title) and has_host)]
        opened = SectionNode(path[-1].depth + 1, title, block.line, [], [])
        if not block.is_bare:
            opened.blocks.append(block._replace(label=None))
        path[-1].sections.append(opened)
        path.append(opened)
    made.sections.extend(section.sections)
    return made
