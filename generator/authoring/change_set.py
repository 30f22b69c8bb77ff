"""What `new` does to a content folder: it is planned as a whole, tried in memory, and only then written."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.build.check import load_content
from generator.content.loader import Calendar
from generator.diagnostics.diagnostic import Diagnostic, SiteError
from generator.files.tree import Tree


class ChangeSet(NamedTuple):
    """Files to move, to change and to create, by path, and what an editor has to check afterwards.

    `moved` leads from old paths to new ones, in an order in which no file is moved over another. `changed` has the
    paths that files have after the move.
    """

    moved: dict[str, str]
    changed: dict[str, str]
    created: dict[str, str]
    checks: list[Diagnostic]

    @property
    def written(self) -> dict[str, str]:
        return {**self.changed, **self.created}

    def preview(self, files: Mapping[str, str]) -> dict[str, str]:
        """The files of a content folder as they will be."""
        return {**{self.moved.get(path, path): text for path, text in files.items()}, **self.written}

    def find_obstacle(self, root: Path) -> str | None:
        """The path of a file that would be overwritten, or of a folder that is to be that of a new audience."""
        audiences = [path.partition("/")[0] for path in self.created if path.endswith("/audience.md")]
        targets = [path for path in self.moved.values() if path not in self.moved]
        return next((path for path in (*audiences, *self.created, *targets) if os.path.lexists(root / path)), None)

    def list_changes(self, root: Path) -> dict[str, bytes | None]:
        """The content of every file that differs afterwards, None for one that is deleted. Raises `OSError`."""
        moved = {new: (root / old).read_bytes() for old, new in self.moved.items()}
        written = {path: text.encode() for path, text in self.written.items()}
        return {**dict.fromkeys(self.moved), **moved, **written}


def read_files(folder: Tree) -> dict[str, str]:
    """The text of every file, its line ends as they are."""
    texts: dict[str, str] = {}
    for path in folder.paths():
        try:
            texts[path] = folder.read(path).decode()
        except (OSError, UnicodeDecodeError):
            continue  # loading the site reports what is wrong with it
    return texts


def find_new_errors(content: Tree, layouts: Tree, calendar: Calendar, known: list[Diagnostic]) -> list[Diagnostic]:
    """The errors of a content folder that are not among the `known` ones, such as an address that is taken."""
    try:
        load_content(content, layouts, calendar)
    except SiteError as error:
        before = {(problem.path, problem.message) for problem in known}
        errors = (problem for problem in error.diagnostics if problem.severity == "error")
        return [problem for problem in errors if (problem.path, problem.message) not in before]
    return []
