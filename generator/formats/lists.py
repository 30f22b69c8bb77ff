"""Markdown lists: which lines are bullets, which text belongs to them, and how they nest.

A bullet belongs to the one above it when it starts at or right of that one's text, as in GitHub's preview.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
# A mark behind a text that somebody has yet to write. It stays there until somebody has.
MARK = re.compile(r"(?<=\S )<!-- TODO\b[^\n]*-->(?=[ \t]*$)", re.MULTILINE)
NUMBER = r"\d{1,9}[.)]"
# Lines that cannot continue a bullet: headings, rules, tables, and what was meant as a bullet but lacks the space
# after its marker, or has the marker of a word processor.
STRAY = re.compile(r"^[ \t]*(?:#{1,6}[ \t]|[-*_=]{3,}[ \t]*$|\||-\w|[•·▪◦●–—])")
# Only these may begin a list within the text of a bullet.
INTERRUPTING = ("-", "*", "+", "1.", "1)")
# A line of a list that is shorter than this was not broken for want of room.
SHORT_LINE = 60
LOST_BULLET = "this line belongs to the point above."
# What an enumeration is not split within.
UNIT = r"""\((?:[^()]|\([^()]*\))*\)|\[[^]]*\]|\{[^}]*\}|"[^"]*"|“[^”]*”|„[^“]*“|«[^»]*»"""
# Text this much further right than it has to be is code.
CODE_INDENT = 4


@dataclass
class Bullet:
    """One bullet of a list.

    `line` is the number of its first line, `marker` what it begins with (`-`, `2.`), `column` how many columns its
    text stands from the left. `text` has the lines of its own text, stripped; `children` are nested below it.
    """

    line: int
    marker: str
    column: int
    text: list[str]
    children: list["Bullet"] = field(default_factory=list)

    @property
    def number(self) -> int | None:
        """The number of a bullet in a numbered list."""
        return int(self.marker[:-1]) if self.marker[0].isdigit() else None


class ListReader:
    """Collects the bullets of a list line by line.

    `markers` are the characters that begin a bullet. With `strict`, CommonMark says whether a bullet may interrupt
    a text, and a line that looks like a heading, a rule, a table or a mistyped bullet does not belong to the list.
    """

    def __init__(self, markers: str = "-*+", strict: bool = True) -> None:
        self._bullet = re.compile(rf"^([ \t]*)([{re.escape(markers)}]|{NUMBER})(?:[ \t]+(.*))?$")
        self._strict = strict
        self._bullets: list[Bullet] = []
        self._open: list[Bullet] = []  # the last bullet, below those that it is nested in
        self._after_blank = True

    def add(self, line: str, number: int) -> bool:
        """Takes in the next line; False if it is neither a bullet, nor text of one, nor blank."""
        match = self._bullet.match(line)
        start = len(match[1].expandtabs(4)) if match else 0
        if not match or self._continues(start, match[2]):
            return self._add_text(line)
        words = match[3] or ""
        bullet = Bullet(number, match[2], start + len(line) - len(match[1]) - len(words), [words.strip()])
        while self._open and start < self._open[-1].column:
            self._open.pop()
        (self._open[-1].children if self._open else self._bullets).append(bullet)
        self._open.append(bullet)
        self._after_blank = False
        return True

    def _add_text(self, line: str) -> bool:
        """Takes in the next line as text. False as for `add`."""
        after_blank, self._after_blank = self._after_blank, not line.strip()
        if not line.strip():
            return True
        belongs = bool(self._open) and (line[0].isspace() or not after_blank)
        if not belongs or (self._strict and STRAY.match(line)):
            return False
        self._open[-1].text.append(line.strip())
        return True

    def _continues(self, start: int, marker: str) -> bool:
        """Whether what looks like a bullet goes on with the text above."""
        if not self._strict or self._after_blank or not self._open:
            return False
        within = start - self._open[-1].column
        return within >= 0 and (within >= CODE_INDENT or marker not in INTERRUPTING)

    def finish(self) -> list[Bullet]:
        """The bullets so far, nested; the reader begins anew."""
        bullets, self._bullets, self._open = self._bullets, [], []
        return bullets

    def __bool__(self) -> bool:
        return bool(self._bullets)


def read_list(lines: Iterable[str], first_line: int = 1) -> tuple[list[Bullet], list[tuple[int, str]]]:
    """The bullets of lines that are one list, and the lines that do not belong to it, with their numbers."""
    reader = ListReader()
    stray = [(number, line) for number, line in enumerate(lines, first_line) if not reader.add(line, number)]
    return reader.finish(), stray


def is_lost_bullet(above: str, line: str) -> bool:
    """Whether a line was likely meant as a point of a list: it begins with a capital, where there was room above."""
    words, before = line.strip().lstrip("*_"), above.rstrip()
    return words[:1].isupper() and len(before) < SHORT_LINE and not before.endswith((",", ";", ":", "-", "–", "\\"))


def blank_comments(text: str) -> str:
    """The text without its comments but for marks; line ends stay, so that each line keeps its number."""
    if "<!--" not in text:
        return text
    marks = {mark.start() for mark in MARK.finditer(text)}
    return COMMENT.sub(lambda comment: comment[0] if comment.start() in marks else "\n" * comment[0].count("\n"), text)


def split_at(text: str, separator: str) -> list[str]:
    """The parts of an enumeration, not split within parentheses, quotes or numbers."""
    parts = re.findall(rf"(?:{UNIT}|{separator}(?=\d)|[^{separator}])+", text)
    return [part.strip() for part in parts if part.strip()]
