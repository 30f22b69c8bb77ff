"""Diagnostics with the source lines around them, as the preview shows them in a terminal and in a browser."""

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from generator.diagnostics.diagnostic import CONTROL, Diagnostic, has_errors
from generator.files.fingerprint import digest_bytes

# Lines shown before and after the one with the mistake, and the longest line that is shown in full.
CONTEXT_LINES = 2
MAX_COLUMNS = 160
# Of a longer line, this much is shown after the beginning of the mistake.
COLUMNS_AFTER = 80

# A browser shows this many diagnostics, and counts the others.
MAX_IN_BROWSER = 30

RED, YELLOW, DIM, RESET = "\x1b[31m", "\x1b[33m", "\x1b[2m", "\x1b[0m"


class Line(NamedTuple):
    """A line of a source file; the one with the mistake is marked."""

    number: int
    text: str
    marked: bool


class Snippet(NamedTuple):
    """A diagnostic and the lines around it. There are no lines if it is about a file as a whole."""

    diagnostic: Diagnostic
    lines: tuple[Line, ...]


def read_snippets(diagnostics: Iterable[Diagnostic], roots: Mapping[str, str]) -> list[Snippet]:
    """Reads each file once. `roots` maps the names of folders in diagnostics to their paths."""
    read = cache(lambda path: _read_lines(path, roots))
    return [
        Snippet(diagnostic, _select_lines(diagnostic, read(diagnostic.path)) if diagnostic.line else ())
        for diagnostic in diagnostics
    ]


def _read_lines(path: str, roots: Mapping[str, str]) -> list[str]:
    root = next((name for name in roots if path.startswith(f"{name}/")), None)
    if root is None:
        return []
    try:
        with open(roots[root] + path.removeprefix(root), encoding="utf-8-sig", errors="replace") as file:
            return file.read().removesuffix("\n").split("\n")
    except OSError:
        return []


def _select_lines(diagnostic: Diagnostic, lines: Sequence[str]) -> tuple[Line, ...]:
    before = max(0, diagnostic.line - 1 - CONTEXT_LINES)
    selected = enumerate(lines[before : diagnostic.line + CONTEXT_LINES], before + 1)
    start = max(0, diagnostic.column - 1 + COLUMNS_AFTER - MAX_COLUMNS)
    return tuple(Line(number, _cut(text, start), number == diagnostic.line) for number, text in selected)


def _cut(line: str, start: int) -> str:
    """At most `MAX_COLUMNS` of a line."""
    start = min(start, max(0, len(line) - MAX_COLUMNS))
    end = start + MAX_COLUMNS
    text = CONTROL.sub("\ufffd", line[start:end].replace("\t", " "))
    return ("…" if start else "") + text + ("…" if end < len(line) else "")


def format_for_browser(snippets: Sequence[Snippet]) -> dict[str, object] | None:
    """The report as data for `client.js`, None without snippets. Reports with the same `key` are the same."""
    if not snippets:
        return None
    rows = [
        {name: getattr(diagnostic, name) for name in ("location", "severity", "message", "hint")} | {"lines": lines}
        for diagnostic, lines in snippets[:MAX_IN_BROWSER]
    ]
    return {
        "key": digest_bytes(repr(snippets).encode("utf-8", "replace")),
        "failed": has_errors(snippet.diagnostic for snippet in snippets),
        "count": len(snippets),
        "diagnostics": rows,
    }


def format_for_terminal(snippets: Sequence[Snippet], size: tuple[int, int], colour: bool) -> str:
    """The report for a terminal of `size` columns and rows: its errors, or its warnings if there are no errors.

    With lines for all of them if that fits; else with lines for the first, and as many others as fit.
    """
    width, height = size
    reported = [snippet for snippet in snippets if snippet.diagnostic.severity == "error"] or snippets
    blocks = [_to_block(snippet) for snippet in reported]
    if sum(_count_rows(block, width) for block in blocks) > height:
        blocks = [*blocks[:1], *(block[:1] for block in blocks[1:])]
    ends = accumulate(_count_rows(block, width) for block in blocks)
    fitting = max(1, sum(end < height for end in ends))
    shown = [line for block in blocks[:fitting] for line in block]
    if fitting < len(blocks):
        shown.append((DIM, f"  and {len(blocks) - fitting} more"))
    if warnings := len(snippets) - len(reported):
        shown.append((DIM, f"  and {warnings} warning{'s' if warnings > 1 else ''}"))
    return "\n".join(f"{code}{text}{RESET}" if colour else text for code, text in shown)


def _count_rows(block: Iterable[tuple[str, str]], width: int) -> int:
    """The rows of a terminal that the lines of a block take."""
    return sum(max(1, -(-len(text) // width)) for _, text in block)


def _to_block(snippet: Snippet) -> list[tuple[str, str]]:
    """The lines of a report on one diagnostic, each with its colour."""
    diagnostic, lines = snippet
    colour, mark = (RED, "") if diagnostic.severity == "error" else (YELLOW, "warning: ")
    location = diagnostic.location.replace("/", os.sep)
    block = [(colour, f"  {location}: {mark}{diagnostic.message} {diagnostic.hint}".rstrip())]
    for line in lines:
        row = f"    {'>' if line.marked else ' '} {line.number:>{len(str(lines[-1].number))}} | {line.text}"
        block.append((colour if line.marked else DIM, row.rstrip()))
    return block
