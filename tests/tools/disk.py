"""A disk that fails, that a process is killed at, or that loses its power: at each step that changes what is on it.

A step is whatever a program does to files below a folder, by whatever function of Python: making, writing, moving,
deleting and syncing. So steps that the program takes tomorrow are counted, too.
"""

import builtins
import errno
import io
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from generator.files import disk

CALLS = ("mkdir", "rmdir", "unlink", "remove", "rename", "replace", "link", "symlink")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
Files = dict[str, bytes]


class Killed(BaseException):
    """The process is no more: nothing that it does from now on has any effect."""


class Disk:
    """Watches the steps below a folder. `before` and `after` are what a kind of disk does at each."""

    def __init__(self, root: Path) -> None:
        self.root = os.path.realpath(root)
        self.numbers: dict[int, str] = {}

    def before(self, call: str, *paths: str) -> None: ...

    def after(self, call: str, *paths: str, data: bytes = b"") -> None: ...

    @contextmanager
    def watch(self) -> Iterator["Disk"]:
        with pytest.MonkeyPatch.context() as patch:
            for name in CALLS:
                patch.setattr(os, name, self._wrap(name, getattr(os, name)))
            patch.setattr(os, "open", self._wrap_open(os.open))
            patch.setattr(os, "fsync", lambda number: self._sync(self.numbers[number]))
            # To sync file by file promises less than to sync them all.
            patch.setattr(disk, "_sync_file_system", lambda path: False)
            opened = self._wrap_file(builtins.open)
            patch.setattr(builtins, "open", opened)
            patch.setattr(io, "open", opened)
            yield self

    def _sync(self, path: str) -> None:
        if path:
            self.before("sync", path)
            self.after("sync", path)

    def _find(self, path: Any, folder: int | None = None) -> str:
        """The path below the folder, which itself is "."; empty where it is elsewhere."""
        place = os.path.join(self.numbers.get(folder, "") if folder is not None else "", os.fspath(path))
        place = os.path.abspath(os.path.join(self.root, place) if folder is not None else place)
        return os.path.relpath(place, self.root) if f"{place}{os.sep}".startswith(f"{self.root}{os.sep}") else ""

    def _wrap(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, *arguments: Any, **named: Any) -> Any:
            paths = [self._find(path, named.get("dir_fd"))]
            paths += [self._find(arguments[0])] if name in ("rename", "replace", "link", "symlink") else []
            if not any(paths):
                return real(path, *arguments, **named)
            self.before(name, *paths)
            result = real(path, *arguments, **named)
            self.after(name, *paths)
            return result

        return call

    def _wrap_open(self, real: Callable[..., int]) -> Callable[..., int]:
        def call(path: Any, flags: int, *arguments: Any, **named: Any) -> int:
            place = self._find(path, named.get("dir_fd"))
            if place and flags & WRITING:
                self.before("open", place)
            number = real(path, flags, *arguments, **named)
            self.numbers[number] = place
            if place and flags & os.O_CREAT:
                self.after("open", place)
            return number

        return call

    def _wrap_file(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(path: Any, mode: str = "r", *arguments: Any, **named: Any) -> Any:
            place = self._find(path) if isinstance(path, str | os.PathLike) else ""
            if not place or not {*mode} & {*"wxa+"}:
                return real(path, mode, *arguments, **named)
            self.before("open", place)
            file = real(path, mode, *arguments, **named)
            self.after("open", place)
            return _File(self, place, file)

        return call


class _File:
    """A file that is written, each time as a step. A write that fails has taken a part."""

    def __init__(self, disk: Disk, place: str, file: Any) -> None:
        self.disk, self.place, self.file = disk, place, file

    def write(self, data: Any) -> int:
        data = bytes(data)
        try:
            self.disk.before("write", self.place)
        except BaseException:
            self.file.write(data[: len(data) // 2])
            raise
        self.disk.after("write", self.place, data=data)
        return int(self.file.write(data))

    def __enter__(self) -> "_File":
        return self

    def __exit__(self, *error: object) -> None:
        self.file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


class Fault(NamedTuple):
    """What happens at a step; `lasts`: also at all later ones of those `calls`. The number is that of an error, or that
    of a signal below zero; without one, the process ends.
    """

    name: str
    number: int = 0
    lasts: bool = False
    calls: tuple[str, ...] = ()


GROWING = ("open", "write", "mkdir", "link", "symlink")
KILL = Fault("killed")
FAULTS = (
    Fault("full", errno.ENOSPC, True, GROWING),
    Fault("no right", errno.EACCES),
    Fault("read-only", errno.EROFS, True),
    Fault("too many files", errno.EMFILE, True, ("open",)),
    Fault("quota", errno.EDQUOT, True, GROWING),
    Fault("not allowed", errno.EPERM),
    Fault("broken", errno.EIO),
    Fault("interrupted", -signal.SIGINT),
    Fault("terminated", -signal.SIGTERM),
)


class FailingDisk(Disk):
    """Fails at one of the steps. `count` is how many steps there were."""

    def __init__(self, root: Path, stop: int, fault: Fault) -> None:
        super().__init__(root)
        self.stop, self.fault, self.count = stop, fault, 0

    def before(self, call: str, *paths: str) -> None:
        self.count += 1
        fault, is_later = self.fault, self.count > self.stop + 1
        if self.count <= self.stop or (is_later and fault.number and not fault.lasts):
            return
        if not fault.number:
            raise Killed
        if fault.number < 0:
            raise KeyboardInterrupt(-fault.number)
        if not is_later or not fault.calls or call in fault.calls:
            raise OSError(fault.number, os.strerror(fault.number), os.path.join(self.root, paths[0]))

    @property
    def was_stopped(self) -> bool:
        return self.count > self.stop


# Loss of power


class Change(NamedTuple):
    """A step in folders: names that lead to other files and folders from now on, or to none. It happens as one.

    The first of the names is that in the folder which has to be synced so that the change lasts.
    """

    at: int
    names: tuple[tuple[int, str, int | None], ...]

    def relies_on(self, earlier: Iterable["Change"]) -> bool:
        """Whether one of the earlier changes is of the same name."""
        places = {(folder, name) for folder, name, _ in self.names}
        return any(place[:2] in places for change in earlier if change.at < self.at for place in change.names)


class LossyDisk(Disk):
    """Remembers what would be left of a folder if power were lost after any of the steps.

    What was not synced may be lost: the content of each file, and each change of a folder, but for those that later
    changes of the same name rely on. `hidden` are names of folders that do not matter.
    """

    def __init__(self, root: Path, hidden: tuple[str, ...] = ()) -> None:
        super().__init__(root)
        self.hidden = hidden
        self.folders: dict[int, dict[str, int]] = {0: {}}
        self.contents: dict[int, bytes] = {}
        self.durable: dict[int, bytes] = {}
        self.changes: list[Change] = []
        self.steps = 0
        self.saved: dict[int, dict[str, int]] = {}
        self.left: dict[tuple[tuple[str, bytes], ...], str] = {}
        self._take_over(Path(self.root), 0)
        self._save_all()

    def _take_over(self, folder: Path, at: int) -> None:
        for path in sorted(folder.iterdir()):
            number = self.folders[at][path.name] = self._new_number()
            if path.is_dir():
                self.folders[number] = {}
                self._take_over(path, number)
            else:
                self.contents[number] = path.read_bytes()

    def _new_number(self) -> int:
        return 1 + max((*self.folders, *self.contents))

    def after(self, call: str, *paths: str, data: bytes = b"") -> None:
        if call == "sync":
            self._save(self._look_up(paths[0]))
        elif call == "write":
            self.contents[self._look_up(paths[0])] += data
        elif call in ("open", "mkdir"):
            self._make(paths[0], call == "mkdir")
        elif call in ("rename", "replace"):
            number = self._look_up(paths[0])
            self._change((*self._split(paths[1]), number), (*self._split(paths[0]), None))
        else:
            self._change((*self._split(paths[0]), None))
        for state, why in self._lose(call, *paths):
            self.left.setdefault(tuple(sorted(state.items())), why)

    def _make(self, path: str, is_folder: bool) -> None:
        folder, name = self._split(path)
        number = self.folders[folder].get(name)
        if number is not None:  # a file that is written anew
            self.contents[number] = b""
            return
        number = self._new_number()
        if is_folder:
            self.folders[number] = {}
            self.saved[number] = {}
        else:
            self.contents[number] = b""
        self._change((folder, name, number))

    def _split(self, path: str) -> tuple[int, str]:
        folder, name = os.path.split(path)
        return self._look_up(folder), name

    def _look_up(self, path: str) -> int:
        at = 0
        for name in path.split(os.sep) if path not in ("", ".") else ():
            at = self.folders[at][name]
        return at

    def _change(self, *names: tuple[int, str, int | None]) -> None:
        self.steps += 1
        change = Change(self.steps, names)
        self.changes.append(change)
        _apply(self.folders, change)

    def _save(self, number: int) -> None:
        if number in self.contents:
            self.durable[number] = self.contents[number]
            return
        for change in self._with_what_they_rely_on(one for one in self.changes if one.names[0][0] == number):
            self.changes.remove(change)
            _apply(self.saved, change)

    def _with_what_they_rely_on(self, wanted: Iterable[Change]) -> list[Change]:
        kept = list(wanted)
        for change in reversed(self.changes):
            if change not in kept and any(one.relies_on([change]) for one in kept):
                kept.append(change)
        return sorted(kept)

    def _without(self, lost: Change) -> list[Change]:
        """The changes without one, and without those that rely on it."""
        gone = [lost]
        for change in self.changes:
            if change.relies_on(gone):
                gone.append(change)
        return [change for change in self.changes if change not in gone]

    def _save_all(self) -> None:
        self.durable = dict(self.contents)
        self.saved = {number: dict(names) for number, names in self.folders.items()}
        self.changes = []

    def _lose(self, *call: str) -> Iterator[tuple[Files, str]]:
        """What may be left: everything, nothing that was not synced, all changes but one, and one change only."""
        yield self._read(self.changes, self.contents), f"all is left after {call}"
        yield self._read([], self.durable), f"only what was synced is left after {call}"
        for change in self.changes:
            yield self._read(self._without(change), self.durable), f"all but {change} is left after {call}"
            kept = self._with_what_they_rely_on([change])
            yield self._read(kept, self.durable), f"only {change} is left after {call}"

    def _read(self, changes: list[Change], contents: dict[int, bytes]) -> Files:
        """The files of the folder with some of the changes. A file that was not synced is empty."""
        folders = {number: dict(names) for number, names in self.saved.items()}
        for change in changes:
            _apply(folders, change)
        found: Files = {}
        waiting = [("", 0)]
        while waiting:
            prefix, at = waiting.pop()
            for name, number in folders.get(at, {}).items():
                if number in self.contents:
                    found[prefix + name] = contents.get(number, b"")
                elif name not in self.hidden:
                    waiting.append((f"{prefix}{name}/", number))
        return found


def _apply(folders: dict[int, dict[str, int]], change: Change) -> None:
    for folder, name, number in change.names:
        if number is None:
            folders.setdefault(folder, {}).pop(name, None)
        else:
            folders.setdefault(folder, {})[name] = number
