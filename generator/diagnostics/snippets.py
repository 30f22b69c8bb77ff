"""Problems with the lines around them, as they are told in a terminal and in a browser."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.diagnostics.diagnostic import CONTROL, Diagnostic, has_errors
from generator.files.fingerprint import digest_bytes

# Lines shown before and after the one that is meant, and how many columns of each.
AROUND = 2
WIDTH = 160

# So many problems are shown in a browser; further ones are counted.
SHOWN = 30

RED, YELLOW, BOLD, DIM, PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"
COLOUR = re.compile(r"\x1b\[\d+m")


class Line(NamedTuple):
    """A line of a source file. `column`, counted from 1, is where the problem begins in the line that is meant."""

    number: int
    text: str
    column: int = 0

    @property
    def marked(self) -> bool:
        return self.column > 0


class Excerpt(NamedTuple):
    """A problem and the lines around it; none where it is about a file as a whole."""

    problem: Diagnostic
    lines: tuple[Line, ...]


def take_excerpts(problems: Iterable[Diagnostic], roots: Mapping[str, str]) -> list[Excerpt]:
    """`roots` leads from the names of folders in reports to those folders. Each file is read once."""
    texts: dict[str, list[str]] = {}

    def read(path: str) -> list[str]:
        if path not in texts:
            texts[path] = _read_lines(path, roots)
        return texts[path]

    return [Excerpt(problem, _choose_lines(problem, read(problem.path))) for problem in problems]


def _read_lines(path: str, roots: Mapping[str, str]) -> list[str]:
    root = next((name for name in roots if path.startswith(f"{name}/")), None)
    if root is None:
        return []
    try:
        with open(f"{roots[root]}/{path.removeprefix(root + '/')}", "rb") as file:
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return []
    return text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _choose_lines(problem: Diagnostic, lines: Sequence[str]) -> tuple[Line, ...]:
    number = problem.line
    if not 1 <= number <= len(lines):
        return ()
    first, last = max(1, number - AROUND), min(len(lines), number + AROUND)
    column = max(1, problem.column)
    # Of a very long line, the part where the problem is.
    skipped = max(0, column - WIDTH // 2) if column > WIDTH - 20 else 0
    return tuple(
        Line(at, _cut(lines[at - 1], skipped), column - skipped + (skipped > 0) if at == number else 0)
        for at in range(first, last + 1)
        if at == number or at < len(lines) or lines[at - 1]
    )


def _cut(line: str, skipped: int) -> str:
    text = CONTROL.sub("\ufffd", line.replace("\t", " "))[skipped:]
    return ("…" if skipped else "") + (text if len(text) <= WIDTH else text[: WIDTH - 1] + "…")


def to_message(excerpts: Sequence[Excerpt]) -> dict[str, object] | None:
    """What a browser is told; None where there is nothing to tell. `key` names this very report."""
    if not excerpts:
        return None
    problems = [
        {
            "path": problem.path,
            "place": problem.location,
            "severity": problem.severity,
            "message": problem.message,
            "hint": problem.hint,
            "lines": [[line.number, line.text, line.column] for line in lines],
        }
        for problem, lines in excerpts[:SHOWN]
    ]
    return {
        "key": digest_bytes(repr(excerpts).encode("utf-8", "replace")),
        "failed": has_errors(excerpt.problem for excerpt in excerpts),
        "count": len(excerpts),
        "problems": problems,
    }


def to_text(excerpts: Sequence[Excerpt], size: tuple[int, int], colour: bool) -> str:
    """What a terminal of so many columns and lines is told: the errors, if there are any, else the warnings.

    All of them with their lines if that fits; else the first with its lines, and as many others as do.
    """
    paint = _Paint(colour)
    errors = [excerpt for excerpt in excerpts if excerpt.problem.severity == "error"]
    told = errors or excerpts
    blocks = [_to_block(excerpt, paint) for excerpt in told]
    width, height = size
    if sum(_count_rows(block, width) for block in blocks) > height:
        blocks = [block if index < 1 else block[:1] for index, block in enumerate(blocks)]
    shown: list[str] = []
    used = 0
    for index, block in enumerate(blocks):
        used += _count_rows(block, width)
        if shown and used > height - 1:
            shown.append(paint.dim(f"  and {len(blocks) - index} more"))
            break
        shown += block
    if len(told) < len(excerpts):
        left = len(excerpts) - len(told)
        shown.append(paint.dim(f"  and {left} warning" + ("" if left == 1 else "s")))
    return "\n".join(shown)


def _count_rows(block: Iterable[str], width: int) -> int:
    """How many rows of a terminal the lines of a block take."""
    return sum(max(1, -(-len(COLOUR.sub("", line)) // width)) for line in block)


class _Paint:
    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def mark(self, text: str, problem: Diagnostic) -> str:
        return self._wrap(RED if problem.severity == "error" else YELLOW, text)

    def bold(self, text: str) -> str:
        return self._wrap(BOLD, text)

    def dim(self, text: str) -> str:
        return self._wrap(DIM, text)

    def _wrap(self, code: str, text: str) -> str:
        return f"{code}{text}{PLAIN}" if self.colour else text


def _to_block(excerpt: Excerpt, paint: _Paint) -> list[str]:
    problem, lines = excerpt
    severity = "warning: " if problem.severity == "warning" else ""
    place = paint.bold(problem.location.replace("/", os.sep) if os.sep == "\\" else problem.location)
    block = [f"  {place}: {paint.mark(severity + problem.message, problem)} {problem.hint}".rstrip()]
    width = len(str(lines[-1].number)) if lines else 0
    for line in lines:
        row = f"{'>' if line.marked else ' '} {line.number:>{width}} | {line.text}"
        block.append("    " + (paint.mark(row, problem) if line.marked else paint.dim(row)).rstrip())
    return block
