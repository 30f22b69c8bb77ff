"""Moves files into a folder and deletes files of it, in an order that a loss of power keeps."""

import os
from collections.abc import Collection, Iterable
from pathlib import Path

from generator.files.disk import sync


class OrderedChanges:
    """Changes of a folder. Files come from another one on the same disk, which has the same paths in it.

    `durable`: `wait` returns when what has happened so far is on the disk, whatever happens next. Raises `OSError`.
    """

    def __init__(self, root: Path, source: Path, durable: bool) -> None:
        self.root = root
        self.source = source
        self.durable = durable
        self.has_begun = False
        self._unsynced: set[Path] = set()

    def sync_source(self, paths: Iterable[str]) -> None:
        """Waits for what is in files that are to be moved, and for the names in folders that move as a whole."""
        if self.durable:
            paths = list(paths)
            moved = {folder for path in paths for folder in folders_of(path) if self._is_new(path)}
            sync(f"{self.source}/{path}" for path in (*paths, *sorted(moved)))

    def wait(self) -> None:
        if self.durable:
            sync(str(folder) for folder in sorted(self._unsynced) if folder.is_dir())
        self._unsynced.clear()

    def move(self, paths: Iterable[str]) -> None:
        """Moves files to their places; a folder that is new moves as a whole."""
        moved: set[str] = set()
        for path in paths:
            top = path.partition("/")[0]
            if top in moved:
                continue
            if self._is_new(path):
                moved.add(top)
                self.rename(top, top)
            else:
                (self.root / path).parent.mkdir(parents=True, exist_ok=True)
                self.rename(path, path)

    def rename(self, source: str, path: str) -> None:
        """Moves a file, or a folder to where there is none."""
        os.replace(self.source / source, self.root / path)
        self.has_begun = True
        self._unsynced.update(self.root / folder for folder in ("", *folders_of(path)))

    def remove(self, path: str) -> None:
        """Deletes a file, and the folders that are empty without it. What a link leads to is left alone, and so is a
        folder in its place.
        """
        place = f"{self.root}/{path}"
        if any((self.root / folder).is_symlink() for folder in folders_of(path)):
            return
        if os.path.isfile(place) or os.path.islink(place):
            os.unlink(place)
            self.has_begun = True
        self._unsynced.update(self.root / folder for folder in ("", *folders_of(path)))
        for folder in reversed(folders_of(path)):
            try:
                (self.root / folder).rmdir()
            except OSError:
                break

    def _is_new(self, path: str) -> bool:
        """Whether a path leads into a folder that is not there."""
        top, slash, _ = path.partition("/")
        return bool(slash) and not os.path.lexists(self.root / top)


def folders_of(path: str) -> list[str]:
    """The folders that a file lies in, the outermost first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]


def find_clashes(removed: Iterable[str], staged: Collection[str]) -> list[str]:
    """Files that have to go first: where a folder takes the place of a file, or a file that of a folder."""
    removed = list(removed)
    folders = {folder for path in staged for folder in folders_of(path)} if removed else set()
    return [path for path in removed if path in folders or any(folder in staged for folder in folders_of(path))]


def find_obstacle(root: Path, path: str, ours: Collection[str]) -> str | None:
    """What is in the way of a file that is not `ours`: itself, or a file where one of its folders is to be."""
    for part in (*folders_of(path), path):
        place = f"{root}/{part}"
        if part in ours or not os.path.lexists(place):
            return None
        if part == path or not os.path.isdir(place) or os.path.islink(place):
            return part
    return None
