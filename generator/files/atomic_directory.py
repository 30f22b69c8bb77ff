"""Changes several files of a folder in one step: whenever the program is stopped, all are changed or none.

The new folder is made beside the old one, with hard links to the files that stay, and then takes its place.
On Linux the two are exchanged by one system call. Elsewhere there is a moment between two renames; if the
program is stopped then, `recover` puts the old folder back.
"""

import ctypes
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

NEW, OLD = ".import-new", ".import-old"
AT_FDCWD, RENAME_EXCHANGE = -100, 2


def apply_changes(root: Path, changes: Mapping[str, bytes | None]) -> None:
    """Writes files below `root`: a mapping of paths to contents, where None deletes the file.

    Makes the folder if it does not exist. Raises `OSError` if that fails, and then leaves it as it was.
    """
    root = Path(os.path.realpath(root))
    recover(root)
    new = _sibling(root, NEW)
    try:
        _stage(root, new, changes)
        _replace(root, new)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def recover(root: Path) -> None:
    """Cleans up after a call of `apply_changes` that was killed."""
    root = Path(os.path.realpath(root))
    old, new = _sibling(root, OLD), _sibling(root, NEW)
    if old.is_dir() and not root.exists():
        os.rename(old, root)
    for leftover in (old, new):
        shutil.rmtree(leftover, ignore_errors=True)


def _sibling(root: Path, suffix: str) -> Path:
    return root.with_name(f".{root.name}{suffix}")


def _stage(root: Path, new: Path, changes: Mapping[str, bytes | None]) -> None:
    """Makes the changed folder at `new`."""
    if root.is_dir():
        shutil.copytree(root, new, symlinks=True, copy_function=_link_or_copy)
    else:
        new.mkdir(parents=True)
    for path, data in changes.items():
        target = new / path
        with suppress(FileNotFoundError):
            target.unlink()
        if data is None:
            with suppress(OSError):  # the folder has other files
                target.parent.rmdir()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(target, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def _link_or_copy(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _replace(root: Path, new: Path) -> None:
    if not root.exists():
        root.parent.mkdir(parents=True, exist_ok=True)
        os.rename(new, root)
        return
    if _exchange(new, root):
        return
    old = _sibling(root, OLD)
    os.rename(root, old)
    try:
        os.rename(new, root)
    except BaseException:
        os.rename(old, root)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchanges two folders in one system call. Returns False if the system has none."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)
