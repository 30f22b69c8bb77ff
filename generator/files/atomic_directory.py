"""Changes a folder in one step: it is as it was, or as it is to be, whenever the program may be stopped.

The new folder is made beside the old one, out of hard links to the files that stay, and then takes its
place. On Linux the two are exchanged by a single system call; elsewhere there is an instant between two
renames, and what was left then is put back by the next run.
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


def change_folder(root: Path, files: Mapping[str, bytes | None]) -> None:
    """Writes files below `root`, given as path and content; None takes a file away. Makes the folder if need be.

    Raises `OSError`, and leaves the folder as it was, where that cannot be done.
    """
    root = Path(os.path.realpath(root))
    heal_folder(root)
    new = _beside(root, NEW)
    try:
        _stage(root, new, files)
        _take_place(root, new)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def heal_folder(root: Path) -> None:
    """Puts back what a run that was killed has left."""
    root = Path(os.path.realpath(root))
    old, new = _beside(root, OLD), _beside(root, NEW)
    if old.is_dir() and not root.exists():
        os.rename(old, root)
    for rest in (old, new):
        shutil.rmtree(rest, ignore_errors=True)


def _beside(root: Path, ending: str) -> Path:
    return root.with_name(f".{root.name}{ending}")


def _stage(root: Path, new: Path, files: Mapping[str, bytes | None]) -> None:
    """The folder as it is to be."""
    if root.is_dir():
        shutil.copytree(root, new, symlinks=True, copy_function=_link)
    else:
        new.mkdir(parents=True)
    for path, data in files.items():
        place = new / path
        with suppress(FileNotFoundError):
            place.unlink()
        if data is None:
            with suppress(OSError):  # the folder has other files
                place.parent.rmdir()
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        with open(place, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:
        shutil.copy2(source, target, follow_symlinks=False)


def _take_place(root: Path, new: Path) -> None:
    if not root.exists():
        root.parent.mkdir(parents=True, exist_ok=True)
        os.rename(new, root)
        return
    if _exchange(new, root):
        return
    old = _beside(root, OLD)
    os.rename(root, old)
    try:
        os.rename(new, root)
    except BaseException:
        os.rename(old, root)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Lets two folders change places at once, where the system can."""
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)
