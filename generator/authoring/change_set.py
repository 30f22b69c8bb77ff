"""What `new` does to a content folder: it is planned as a whole, tried in memory, and only then written."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from generator.diagnostics.diagnostic import Diagnostic
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

    def preview(self, folder: Tree) -> dict[str, str | bytes]:
        """The files of a content folder as they will be."""
        files = {self.moved.get(path, path): data for path, data in _read_bytes(folder)}
        return {**files, **self.written}

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
    for path, data in _read_bytes(folder):
        with suppress(UnicodeDecodeError):  # loading the site reports it
            texts[path] = data.decode()
    return texts


def _read_bytes(folder: Tree) -> Iterator[tuple[str, bytes]]:
    for path in folder.paths():
        with suppress(OSError):
            yield path, folder.read(path)


def find_fresh(changes: ChangeSet, known: list[Diagnostic], now: list[Diagnostic], folder: str) -> list[Diagnostic]:
    """What is wrong `now`, after the changes, and was not among what is `known` from before."""
    moved = {f"{folder}/{old}": f"{folder}/{new}" for old, new in changes.moved.items()}
    before = {(moved.get(problem.path, problem.path), problem.message) for problem in known}
    return [problem for problem in now if (problem.path, problem.message) not in before]
