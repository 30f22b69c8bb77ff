"""The tables of Markdown as people have them: with or without bars at the ends, drawn as a grid, or in HTML.

What a cell has on several lines, by `<br>`, as a list or as paragraphs, is on as many lines of its text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from typing import NamedTuple

from generator.formats.lists import split_at

DELIMITER = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
GRID_RULE = re.compile(r"^\s*\+(?:[-=:]+\+)+\s*$")
HTML_START = re.compile(r"^\s*<table\b", re.IGNORECASE)
HTML_END = re.compile(r"</table\s*>\s*$", re.IGNORECASE)
BAR = re.compile(r"(?<!\\)\|")
BULLET = re.compile(r"^(?:[-*+•▪◦·–✓✔✅☑]|\d{1,2}[.)])\s+")
INLINE_BULLET = re.compile(r"\s*[•▪◦✓✔✅☑]\s*")
NOTHING = {"", "-", "–", "—", "n/a", "n.a.", "none", "/", "…"}
BREAK = re.compile(r"\s*(?:<br\s*/?>|</li>|</?[uo]l>)\s*|\s*<li>", re.IGNORECASE)


class Cell(NamedTuple):
    """The text of a cell and its line in the document."""

    text: str
    line: int


class Table(NamedTuple):
    """The rows of a table, all of one length; the first is its head."""

    rows: tuple[tuple[Cell, ...], ...]

    @property
    def line(self) -> int:
        return self.rows[0][0].line

    def transpose(self) -> "Table":
        return Table(tuple(zip(*self.rows, strict=True)))


def find_tables(lines: Sequence[str]) -> dict[int, tuple[Table, int]]:
    """The tables of a text by the index of their first line, each with the index behind its last."""
    found: dict[int, tuple[Table, int]] = {}
    end = 0
    for start, line in enumerate(lines):
        if start < end or not line.strip():
            continue
        below = lines[start + 1] if start + 1 < len(lines) else ""
        rows: Iterator[list[Cell]] | None = None
        if "|" in line and "|" in below and DELIMITER.match(below):
            end = _find_end(lines, start, lambda text: bool(text.strip()) and not text.lstrip().startswith("#"))
            rows = _read_bars(lines, start, end)
        elif GRID_RULE.match(line):
            end = _find_end(lines, start, lambda text: text.lstrip()[:1] in ("|", "+"))
            rows = _read_grid(lines, start, end)
        elif HTML_START.match(line):
            closed = (index for index in range(start, len(lines)) if HTML_END.search(lines[index]))
            end = next(closed, len(lines) - 1) + 1
            rows = _read_html(lines, start, end)
        if table := _make(rows):
            found[start] = table, end
    return found


def _find_end(lines: Sequence[str], start: int, belongs: Callable[[str], bool]) -> int:
    return next((index for index in range(start + 1, len(lines)) if not belongs(lines[index])), len(lines))


def _make(rows: Iterator[list[Cell]] | None) -> Table | None:
    """The table of these rows, filled up to the length of the longest, without columns and rows that are empty."""
    read = [row for row in rows or () if any(cell.text for cell in row)]
    width = max(map(len, read), default=0)
    full = [[*row, *[Cell("", row[0].line)] * (width - len(row))] for row in read]
    used = [column for column in range(width) if any(row[column].text for row in full)]
    return Table(tuple(tuple(row[column] for column in used) for row in full)) if full else None


def _split(line: str) -> list[str]:
    text = line.strip().removeprefix("|")
    text = text[:-1] if text.endswith("|") and not text.endswith("\\|") else text
    return BAR.split(text)


def _read_bars(lines: Sequence[str], start: int, end: int) -> Iterator[list[Cell]]:
    for index in (start, *range(start + 2, end)):
        yield [Cell(_clean(text.replace("\\|", "|")), index + 1) for text in _split(lines[index])]


def _read_grid(lines: Sequence[str], start: int, end: int) -> Iterator[list[Cell]]:
    texts: list[list[str]] = []
    for index in range(start + 1, end):
        if lines[index].lstrip()[0] == "+":
            yield [Cell(_clean("\n".join(column)), index + 1 - len(texts)) for column in zip(*texts, strict=False)]
            texts = []
        else:
            texts.append(_split(lines[index]))


def _read_html(lines: Sequence[str], start: int, end: int) -> Iterator[list[Cell]]:
    reader = _HtmlReader(start)
    reader.feed("\n".join(lines[start:end]))
    reader.close()
    yield from reader.rows


class _HtmlReader(HTMLParser):
    """Collects the cells of an HTML table. `start` is the index of its first line."""

    def __init__(self, start: int) -> None:
        super().__init__()
        self.start = start
        self.rows: list[list[Cell]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr" or (tag in ("td", "th") and not self.rows):
            self.rows.append([])
        if tag in ("td", "th"):
            self.rows[-1].append(Cell("", self.start + self.getpos()[0]))
        self._add({"br": "\n", "li": "\n", "p": "\n", "strong": "**", "b": "**"}.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self._add({"strong": "**", "b": "**"}.get(tag, ""))
        if tag in ("td", "th") and self.rows and self.rows[-1]:
            self.rows[-1][-1] = self.rows[-1][-1]._replace(text=_clean(self.rows[-1][-1].text))

    def handle_data(self, data: str) -> None:
        self._add(" ".join(data.split("\n")) if data.strip() else " ")

    def _add(self, text: str) -> None:
        if text and self.rows and self.rows[-1]:
            cell = self.rows[-1][-1]
            self.rows[-1][-1] = cell._replace(text=cell.text + text)


def _clean(text: str) -> str:
    lines = (" ".join(line.split()) for line in BREAK.sub("\n", text).split("\n"))
    return "\n".join(filter(None, lines))


def split_cell(text: str, is_list: bool) -> list[str]:
    """The parts of a cell: of a list its lines, and what bullets or semicolons divide; else all of it."""
    parts = [BULLET.sub("", part).strip() for line in text.split("\n") for part in INLINE_BULLET.split(line)]
    whole = [" ".join(filter(None, parts))]
    parts = [piece for part in parts for piece in split_at(part, ";")] if is_list else whole
    return [part for part in parts if part.casefold() not in NOTHING]
