"""Changes several files of a folder, all or none, wherever the program is stopped or the power is lost.

The new files are staged in the folder itself. Then their place is renamed, and this one step decides: before it nothing
has changed, and after it the files only have to be moved, which `finish_changes` does for a program that was stopped.
The folder and the files that stay are not touched, as others may have them open.
"""

import errno
import os
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from generator.files.disk import sync, write_file

# Hidden, and so no part of what the folder has. The paths of the files to delete lie beside the new files.
STAGED, DECIDED = ".pyramid-changes-staged", ".pyramid-changes"
NEW, REMOVED = "new", "removed"


def apply_changes(root: Path, changes: Mapping[str, bytes | None]) -> None:
    """Writes files below `root`: a mapping of paths to contents, where None deletes the file.

    Makes the folder if it does not exist. Raises `OSError` if that fails, and then leaves it as it was.
    """
    recover(root)
    made = [folder for folder in (root, *root.parents) if not folder.exists()]
    try:
        _stage(root, changes)
        sync([str(folder.parent) for folder in made])
        os.rename(root / STAGED, root / DECIDED)
    except BaseException:
        shutil.rmtree(root / STAGED, ignore_errors=True)
        with suppress(OSError):
            for folder in made:
                folder.rmdir()
        raise
    finish_changes(root)


def recover(root: Path) -> None:
    """Ends what a call of `apply_changes` has decided before it was stopped, else undoes it. Raises `OSError`."""
    finish_changes(root)
    shutil.rmtree(root / STAGED, ignore_errors=True)


def finish_changes(root: Path) -> None:
    """Moves the files of changes that are decided, if there are any. Raises `OSError`."""
    decided = root / DECIDED
    try:
        removed = (decided / REMOVED).read_text("utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return
    except PermissionError:
        if os.access(root, os.X_OK):
            raise
        return  # whoever reads the folder tells that nobody may
    places = [path for path in (decided / NEW).rglob("*") if path.is_file()]
    moved = [path.relative_to(decided / NEW).as_posix() for path in places]
    for path in moved:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
    sync([str(root), *_find_folders(root, moved)])
    for path, place in zip(moved, places, strict=True):
        with suppress(FileNotFoundError):  # another process is doing the same
            os.replace(place, root / path)
    for path in removed:
        (root / path).unlink(missing_ok=True)
        with suppress(OSError):  # the folder has other files
            (root / path).parent.rmdir()
    sync(_find_folders(root, [*moved, *removed]))
    with suppress(OSError):
        os.rename(decided, root / STAGED)
        sync([str(root)])
        shutil.rmtree(root / STAGED, ignore_errors=True)


def _stage(root: Path, changes: Mapping[str, bytes | None]) -> None:
    staged = root / STAGED
    write_file(staged / REMOVED, "\n".join(path for path, data in changes.items() if data is None).encode())
    for path, data in changes.items():
        if data is not None:
            write_file(staged / NEW / path, data)
            with suppress(OSError):  # there is no such file yet
                shutil.copymode(root / path, staged / NEW / path)
    for folder in _find_folders(root, changes):
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), folder)
    sync([str(staged), *map(str, staged.rglob("*"))])


def _find_folders(root: Path, paths: Iterable[str]) -> list[str]:
    """The folders that are there of those in which files come and go."""
    parents = {parent for path in paths for parent in (root / path).parents if parent.is_relative_to(root)}
    return [str(parent) for parent in sorted(parents) if parent.is_dir()]
