"""What can be wrong with a site, where, and how a report reads.

Validators return diagnostics and never print: one run tells an editor everything there is to mend.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct

Keys = tuple[str | int, ...]
Severity = Literal["error", "warning"]
Format = Literal["text", "github", "json"]

# What would spoil a report in a terminal or a browser, and has no place in a text.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


class Position(NamedTuple):
    """A point in a file. Lines and columns count from 1; 0 means the file as a whole."""

    line: int = 0
    column: int = 0


class Pointer(Struct, frozen=True):
    """A value that was read from a file: `keys` lead to it from the top, `text` stands in it.

    It costs nothing to make. `formats.document` turns it into a `Position` when there is something to report.
    """

    keys: Keys = ()
    text: str = ""


WHOLE_FILE = Position()


class Diagnostic(NamedTuple):
    """One thing to mend: which rule it breaks (`code`), where it is, what it is, and what to do about it."""

    code: str
    severity: Severity
    path: str
    position: Position | Pointer
    message: str
    hint: str = ""

    @property
    def line(self) -> int:
        return self.position.line if isinstance(self.position, Position) else 0

    @property
    def column(self) -> int:
        return self.position.column if isinstance(self.position, Position) else 0

    @property
    def location(self) -> str:
        """`path:line:column`, as far as they are known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)

    def __str__(self) -> str:
        mark = "warning: " if self.severity == "warning" else ""
        return f"{self.location}: {mark}{self.message}" + (f" {self.hint}" if self.hint else "")


def error_at(code: str, path: str, position: Position | Pointer | Keys, message: str, hint: str = "") -> Diagnostic:
    """Something that has to be mended before the site can be built. Plain keys are those of a `Pointer`."""
    return Diagnostic(code, "error", path, _to_position(position), message, hint)


def warning_at(code: str, path: str, position: Position | Pointer | Keys, message: str, hint: str = "") -> Diagnostic:
    """Something that does not stop a build."""
    return Diagnostic(code, "warning", path, _to_position(position), message, hint)


def _to_position(position: Position | Pointer | Keys) -> Position | Pointer:
    return position if isinstance(position, (Position, Pointer)) else Pointer(position)


class SiteError(Exception):
    """The site cannot be built; carries every problem found. `outcome` says what has become of the output."""

    def __init__(self, problems: Iterable[Diagnostic], outcome: str = "nothing was written.") -> None:
        self.problems = sort_problems(problems)
        self.outcome = outcome
        super().__init__("\n".join(str(problem) for problem in self.problems))


def sort_problems(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Errors before warnings, then by place; each only once."""
    return sorted(
        set(problems),
        key=lambda problem: (problem.severity != "error", problem.path, problem.line, problem.column, problem.message),
    )


def merge_problems(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Each place and message once: a fault in a template shows on many pages."""
    found: dict[tuple[str, str], Diagnostic] = {}
    for problem in problems:
        found.setdefault((problem.location, problem.message), problem)
    return list(found.values())


def has_errors(problems: Iterable[Diagnostic]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def find_position(text: str, index: int) -> tuple[int, int]:
    """Line and column of a place in a text."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def find_nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant."""
    import difflib  # only where something is amiss

    near = difflib.get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)
    return near[0] if near else None


def suggest(word: str, known: Iterable[str]) -> str:
    """`Did you mean 'message'?`, or the list of what is known where nothing is near."""
    names = sorted(set(known))
    near = find_nearest(word, names)
    if near:
        return f"Did you mean '{near}'?"
    if not names:
        return ""
    return f"Known: {', '.join(names[:12])}" + (", ..." if len(names) > 12 else ".")


def format_problems(problems: Sequence[Diagnostic], style: Format = "text") -> str:
    """A report, one problem a line: for people, for annotations on a pull request, or for programs.

    The `github` form is the workflow command syntax of GitHub Actions, which asks for `%`, line ends
    and, in properties, `:` and `,` to be escaped.
    """
    if style == "json":
        return json.dumps(
            [
                {
                    "code": problem.code,
                    "path": problem.path,
                    "line": problem.line,
                    "column": problem.column,
                    "severity": problem.severity,
                    "message": problem.message,
                    "hint": problem.hint,
                }
                for problem in problems
            ],
            indent=1,
            ensure_ascii=False,
        )
    if style == "github":
        return "\n".join(_github_line(problem) for problem in problems)
    return "\n".join(str(problem) for problem in problems)


def _github_line(problem: Diagnostic) -> str:
    def escape(text: str, more: str = "") -> str:
        for character in "%\r\n" + more:
            text = text.replace(character, f"%{ord(character):02X}")
        return text

    properties = [f"file={escape(problem.path, ':,')}"]
    properties += [f"line={problem.line}"] if problem.line else []
    properties += [f"col={problem.column}"] if problem.column else []
    text = f"{problem.message} {problem.hint}".strip()
    return f"::{problem.severity} {','.join(properties)}::{escape(text)}"
