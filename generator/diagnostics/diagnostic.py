"""`Diagnostic`, the one type for what is wrong with a site, and how a report of many reads.

Validators return diagnostics and never print, so that one run tells an editor about every mistake.
"""

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Literal, NamedTuple

from msgspec import Struct

Keys = tuple[str | int, ...]
Severity = Literal["error", "warning"]
Format = Literal["text", "github", "json"]

JSON_KEYS = ("code", "path", "line", "column", "severity", "message", "hint")

# Characters that garble a report in a terminal or a browser, and that no content may have.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


class Position(NamedTuple):
    """A point in a file. Lines and columns count from 1; 0 means the file as a whole."""

    line: int = 0
    column: int = 0


class Pointer(Struct, frozen=True):
    """A place in a file by its value: the keys that lead to it from the top, and a text that occurs in it.

    If `source` is given, it is the value as it was read, and `offset` the place in it. It costs nothing to make.
    `formats.document` finds the `Position` when there is something to report.
    """

    line: ClassVar[int] = 0
    column: ClassVar[int] = 0

    keys: Keys = ()
    text: str = ""
    source: str = ""
    offset: int = 0


WHOLE_FILE = Position()


class Diagnostic(NamedTuple):
    """One mistake: the rule it breaks (`code`, kebab-case), where it is, what is wrong, and how to mend it (`hint`)."""

    code: str
    severity: Severity
    path: str
    position: Position | Pointer
    message: str
    hint: str = ""

    @property
    def line(self) -> int:
        return self.position.line

    @property
    def column(self) -> int:
        return self.position.column

    @property
    def location(self) -> str:
        """`path:line:column`, as far as they are known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)

    def __str__(self) -> str:
        mark = "warning: " if self.severity == "warning" else ""
        return f"{self.location}: {mark}{self.message}" + (f" {self.hint}" if self.hint else "")


def error_at(code: str, path: str, position: Position | Pointer | Keys, message: str, hint: str = "") -> Diagnostic:
    """A mistake that has to be mended before the site can be built. Plain keys stand for a `Pointer`."""
    return Diagnostic(code, "error", path, _to_position(position), message, hint)


def warning_at(code: str, path: str, position: Position | Pointer | Keys, message: str, hint: str = "") -> Diagnostic:
    """A mistake that does not stop a build."""
    return Diagnostic(code, "warning", path, _to_position(position), message, hint)


def _to_position(position: Position | Pointer | Keys) -> Position | Pointer:
    return position if isinstance(position, (Position, Pointer)) else Pointer(position)


class SiteError(Exception):
    """The site cannot be built. `diagnostics` is everything that was found, sorted; `outcome` says what has become of
    the output.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic], outcome: str = "nothing was written.") -> None:
        self.diagnostics = sort_diagnostics(diagnostics)
        self.outcome = outcome
        super().__init__("\n".join(str(diagnostic) for diagnostic in self.diagnostics))


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Errors before warnings, then by place.

    Each place and message comes once, as it was first reported: a mistake in a template shows on many pages.
    """
    unique: dict[tuple[str, Position | Pointer, str], Diagnostic] = {}
    for diagnostic in sorted(diagnostics, key=_sort_key):
        unique.setdefault((diagnostic.path, diagnostic.position, diagnostic.message), diagnostic)
    return list(unique.values())


def _sort_key(diagnostic: Diagnostic) -> tuple[bool, str, int, int, str]:
    is_warning = diagnostic.severity != "error"
    return is_warning, diagnostic.path, diagnostic.line, diagnostic.column, diagnostic.message


def fold(
    diagnostics: Iterable[Diagnostic], cause: Callable[[Diagnostic], object], note: str, most: int = 3
) -> list[Diagnostic]:
    """Of more than `most` diagnostics with the same cause only the first; the `note` says how many more there are."""
    groups: dict[object, list[Diagnostic]] = {}
    for diagnostic in sort_diagnostics(diagnostics):
        groups.setdefault(cause(diagnostic), []).append(diagnostic)
    folded: list[Diagnostic] = []
    for first, *others in groups.values():
        hint = f"{first.hint} ({note.format(len(others))})".strip()
        folded += [first, *others] if len(others) < most else [first._replace(hint=hint)]
    return sort_diagnostics(folded)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(diagnostic.severity == "error" for diagnostic in diagnostics)


def find_position(text: str, index: int) -> Position:
    """The position of an index into a text."""
    return Position(text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def find_nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that was probably meant: one that is much the same, or begins alike and is not too different."""
    import difflib  # slow to load, and needed only for a mistake

    word, names = word.casefold(), {name.casefold(): name for name in sorted(set(known), reverse=True)}
    start = word.lstrip("/#")[:1]
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.75)
    near += [name for name in difflib.get_close_matches(word, names) if name.lstrip("/#").startswith(start)]
    return names[near[0]] if near else None


def suggest(word: str, known: Iterable[str]) -> str:
    """`Did you mean 'message'?`, or the known names if none is similar."""
    names = sorted(set(known))
    if near := find_nearest(word, names):
        return f"Did you mean '{near}'?"
    end = ", ..." if len(names) > 12 else "."
    return f"Known: {', '.join(names[:12])}{end}" if names else ""


def count(number: int, noun: str, ending: str = "s") -> str:
    """`1 error`, `3 errors`."""
    return f"{number} {noun}" + ("" if number == 1 else ending)


def format_diagnostics(diagnostics: Sequence[Diagnostic], style: Format = "text") -> str:
    """A report: one line a diagnostic, for people (`text`) or for annotations on a pull request (`github`), or JSON."""
    if style == "json":
        rows = [{name: getattr(diagnostic, name) for name in JSON_KEYS} for diagnostic in diagnostics]
        return json.dumps(rows, indent=1, ensure_ascii=False)
    return "\n".join(_to_github(row) if style == "github" else str(row) for row in diagnostics)


def _to_github(diagnostic: Diagnostic) -> str:
    """A workflow command of GitHub Actions, where `%`, line ends and, in properties, `:` and `,` are escaped."""
    path, text = diagnostic.path, f"{diagnostic.message} {diagnostic.hint}".strip()
    for character in "%\r\n":
        text = text.replace(character, f"%{ord(character):02X}")
    for character in "%\r\n:,":
        path = path.replace(character, f"%{ord(character):02X}")
    line = f",line={diagnostic.line}" if diagnostic.line else ""
    column = f",col={diagnostic.column}" if diagnostic.column else ""
    return f"::{diagnostic.severity} file={path}{line}{column}::{text}"
