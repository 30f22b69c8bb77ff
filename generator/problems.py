"""What can be wrong with a site, where, and how a report reads.

Validators return problems and never print: one run tells an editor everything there is to mend.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

Keys = tuple[str | int, ...]
Severity = Literal["error", "warning"]
Format = Literal["text", "github", "json"]


class Place(NamedTuple):
    """A point in a file. Lines and columns count from 1; 0 means the file as a whole."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


class Problem(NamedTuple):
    """One thing to mend: where it is, what it is, and what to do about it."""

    place: Place
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        mark = "warning: " if self.severity == "warning" else ""
        return f"{self.place}: {mark}{self.message}" + (f" {self.hint}" if self.hint else "")


class Fault(NamedTuple):
    """A problem found in a value rather than in a file: `keys` lead to it from the top of its file,
    or `excerpt` stands in the text where it is.

    A fault costs nothing to make; its line is worked out only if there is one to report.
    """

    path: str
    keys: Keys
    message: str
    hint: str = ""
    severity: Severity = "error"
    excerpt: str = ""


class SiteError(Exception):
    """The site cannot be built; carries every problem found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sort_problems(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def sort_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Errors before warnings, then by place; each only once."""
    return sorted(set(problems), key=lambda problem: (problem.severity != "error", *problem.place, problem.message))


def merge_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Each place and message once: a fault in a template shows on many pages."""
    found: dict[tuple[Place, str], Problem] = {}
    for problem in problems:
        found.setdefault((problem.place, problem.message), problem)
    return list(found.values())


def has_errors(problems: Iterable[Problem]) -> bool:
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


def format_problems(problems: Sequence[Problem], style: Format = "text") -> str:
    """A report, one problem a line: for people, for annotations on a pull request, or for programs.

    The `github` form is the workflow command syntax of GitHub Actions, which asks for `%`, line ends
    and, in properties, `:` and `,` to be escaped.
    """
    if style == "json":
        return json.dumps(
            [
                {
                    "path": problem.place.path,
                    "line": problem.place.line,
                    "column": problem.place.column,
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


def _github_line(problem: Problem) -> str:
    def escape(text: str, more: str = "") -> str:
        for character in "%\r\n" + more:
            text = text.replace(character, f"%{ord(character):02X}")
        return text

    place = problem.place
    properties = [f"file={escape(place.path, ':,')}"]
    properties += [f"line={place.line}"] if place.line else []
    properties += [f"col={place.column}"] if place.column else []
    text = f"{problem.message} {problem.hint}".strip()
    return f"::{problem.severity} {','.join(properties)}::{escape(text)}"
