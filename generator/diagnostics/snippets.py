"""Diagnostics with the source lines around them, as the preview shows them in a terminal and in a browser."""

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from generator.diagnostics.diagnostic import CONTROL, Diagnostic, has_errors
from generator.files.fingerprint import digest_bytes

# Lines shown before and after the one with the mistake, and the longest line that is shown in full.
CONTEXT_LINES = 2
MAX_COLUMNS = 160

# A browser shows this many diagnostics, and counts the others.
MAX_IN_BROWSER = 30

RED, YELLOW, BOLD, DIM, RESET = "\x1b[31m", "\x1b[33m", "\x1b[1m", "\x1b[2m", "\x1b[0m"
ANSI_CODE = re.compile(r"\x1b\[\d+m")

# Text with an ANSI code in front, or without.
Paint = Callable[[str, str], str]


class Line(NamedTuple):
    """A line of a source file. `column`, counted from 1, is where the mistake begins; 0 in the lines around it."""

    number: int
    text: str
    column: int = 0


class Snippet(NamedTuple):
    """A diagnostic and the lines around it. There are no lines if it is about a file as a whole."""

    diagnostic: Diagnostic
    lines: tuple[Line, ...]


def read_snippets(diagnostics: Iterable[Diagnostic], roots: Mapping[str, str]) -> list[Snippet]:
    """Reads each file once. `roots` maps the names of folders in diagnostics to their paths."""
    texts: dict[str, list[str]] = {}

    def read(path: str) -> list[str]:
        if path not in texts:
            texts[path] = _read_lines(path, roots)
        return texts[path]

    return [Snippet(diagnostic, _select_lines(diagnostic, read(diagnostic.path))) for diagnostic in diagnostics]


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


def _select_lines(diagnostic: Diagnostic, lines: Sequence[str]) -> tuple[Line, ...]:
    number = diagnostic.line
    if not 1 <= number <= len(lines):
        return ()
    first, last = max(1, number - CONTEXT_LINES), min(len(lines), number + CONTEXT_LINES)
    column = max(1, diagnostic.column)
    # Of a very long line, the part with the mistake.
    skipped = max(0, column - MAX_COLUMNS // 2) if column > MAX_COLUMNS - 20 else 0
    return tuple(
        Line(at, _shorten(lines[at - 1], skipped), column - skipped + (skipped > 0) if at == number else 0)
        for at in range(first, last + 1)
        if at == number or at < len(lines) or lines[at - 1]
    )


def _shorten(line: str, skipped: int) -> str:
    text = CONTROL.sub("\ufffd", line.replace("\t", " "))[skipped:]
    return ("…" if skipped else "") + (text if len(text) <= MAX_COLUMNS else text[: MAX_COLUMNS - 1] + "…")


def format_for_browser(snippets: Sequence[Snippet]) -> dict[str, object] | None:
    """The report as data for `client.js`, None without snippets. Reports with the same `key` are the same."""
    if not snippets:
        return None
    rows = [
        {
            "location": diagnostic.location,
            "severity": diagnostic.severity,
            "message": diagnostic.message,
            "hint": diagnostic.hint,
            "lines": lines,
        }
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
    paint = _paint_ansi if colour else _paint_plain
    errors = [snippet for snippet in snippets if snippet.diagnostic.severity == "error"]
    reported = errors or snippets
    blocks = [_to_block(snippet, paint) for snippet in reported]
    width, height = size
    if sum(_count_rows(block, width) for block in blocks) > height:
        blocks = [*blocks[:1], *(block[:1] for block in blocks[1:])]
    shown: list[str] = []
    used = 0
    for index, block in enumerate(blocks):
        used += _count_rows(block, width)
        if shown and used > height - 1:
            shown.append(paint(DIM, f"  and {len(blocks) - index} more"))
            break
        shown += block
    warnings = len(snippets) - len(reported)
    if warnings:
        shown.append(paint(DIM, f"  and {warnings} warning" + ("" if warnings == 1 else "s")))
    return "\n".join(shown)


def _count_rows(block: Iterable[str], width: int) -> int:
    """The rows of a terminal that the lines of a block take."""
    return sum(max(1, -(-len(ANSI_CODE.sub("", line)) // width)) for line in block)


def _paint_ansi(code: str, text: str) -> str:
    return f"{code}{text}{RESET}"


def _paint_plain(_: str, text: str) -> str:
    return text


def _to_block(snippet: Snippet, paint: Paint) -> list[str]:
    diagnostic, lines = snippet
    colour, mark = (RED, "") if diagnostic.severity == "error" else (YELLOW, "warning: ")
    location = paint(BOLD, diagnostic.location.replace("/", os.sep))
    block = [f"  {location}: {paint(colour, mark + diagnostic.message)} {diagnostic.hint}".rstrip()]
    width = len(str(lines[-1].number)) if lines else 0
    for line in lines:
        row = f"{'>' if line.column else ' '} {line.number:>{width}} | {line.text}"
        block.append("    " + paint(colour if line.column else DIM, row).rstrip())
    return block
