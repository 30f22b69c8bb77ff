"""What is in a folder: its files, and what in it cannot be read. Standard library only."""

import errno
import os
import re
from contextlib import suppress
from typing import NamedTuple

from generator.files.fingerprint import FileStat, to_stat

# How names begin that systems hide, and those of locks.
HIDDEN = (".", "~", "#")
# How files are named that people write; no other pattern needs to be tried on most names.
WRITTEN = (".md", ".yaml", ".html", ".css", ".js", ".py")
# What systems and programs leave behind: files of their own, copies by their ending, and whatever goes on behind the
# ending of a content file, unless a person may have let an editor add that.
LEFTOVER = re.compile(
    r".*[~#]"
    r"|desktop\.ini|(eh)?thumbs.*\.db|icon\r|__macosx|__pycache__|\$recycle\.bin|system volume information|lost\+found"
    r"|@eadir|network trash folder|temporary items|picasa\.ini|autorun\.inf|sync\.ffs_db|.*:zone\.identifier|.*\$\$\$"
    r"|4913"  # by which vim finds out whether it may write
    r"|.*\.(bak|bck|backup|old|orig|rej|te?mp|part|partial|(cr)?download|sw[a-z]|save|pyc|lnk)"
    r"|.*\.(md|ya?ml)[._-](?!(txt|text|rtf|docx?|odt|html?|md|markdown|ya?ml)$).*",
    re.IGNORECASE | re.DOTALL,
)

# What is wrong with a place in a folder, and how to mend it.
Obstacle = tuple[str, str]
MEND_RIGHTS = "Check the rights and the disk, or move it elsewhere."
NO_TARGET = ("this is a link to what is not there.", "Put the file in its place, or delete the link.")
ENDLESS = ("this is a link that leads back to itself.", "Delete it.")
OUTSIDE = ("this link leads out of the folder.", "Put a copy of what it leads to in its place.")
NO_FILE = ("this is neither a file nor a folder.", "Delete it, or move it elsewhere.")


class Scan(NamedTuple):
    """The files below a folder by their paths, and what in it, or in its place (""), cannot be read."""

    files: dict[str, FileStat]
    obstacles: dict[str, Obstacle]


def scan(root: str) -> Scan:
    """Looks at all below a folder, but for what is hidden or left over. What vanishes meanwhile is not there."""
    found = Scan({}, {})
    # The folders to look into, each with the places of those that it lies in: a link to one of them would never end.
    waiting: list[tuple[str, tuple[str, ...]]] = [("", (os.path.realpath(root),))]
    while waiting:
        prefix, above = waiting.pop()
        try:
            with os.scandir(f"{root}/{prefix}") as entries:
                waiting += [
                    (f"{prefix}{entry.name}/", (*above, inner))
                    for entry in entries
                    if not is_left_out(entry.name) and (inner := _look_at(entry, prefix + entry.name, above, found))
                ]
        except OSError as error:
            if not prefix or not isinstance(error, FileNotFoundError):
                found.obstacles[prefix.rstrip("/")] = explain(error)
    return found


def _look_at(entry: "os.DirEntry[str]", path: str, above: tuple[str, ...], found: Scan) -> str | None:
    """Notes a file, or what cannot be read. The place of a folder that has to be looked into. Raises `OSError`."""
    place = os.path.join(above[-1], entry.name)
    if entry.is_symlink():
        place = os.path.realpath(entry.path)
        if obstacle := _explain_link(entry.path, place, above):
            found.obstacles[path] = obstacle
            return None
    if entry.is_dir():
        return place
    if entry.is_file():
        with suppress(FileNotFoundError):
            found.files[path] = to_stat(entry.stat())
    elif os.path.lexists(entry.path):
        found.obstacles[path] = NO_FILE
    return None


def _explain_link(link: str, target: str, above: tuple[str, ...]) -> Obstacle | None:
    """Why a link in a folder cannot be followed; None if it can."""
    try:
        os.stat(link)
    except FileNotFoundError:
        return NO_TARGET if os.path.lexists(link) else None
    except OSError as error:
        return ENDLESS if error.errno == errno.ELOOP else explain(error)
    if any(f"{folder}{os.sep}".startswith(f"{target}{os.sep}") for folder in above):
        return ENDLESS
    return None if target.startswith(f"{above[0]}{os.sep}") else OUTSIDE


def explain(error: OSError) -> Obstacle:
    """What to say of something that cannot be read."""
    return f"cannot be read: {error.strerror}.", MEND_RIGHTS


def is_left_out(name: str) -> bool:
    """Whether a file or folder of this name is hidden, or was left behind by a system, an editor or Python."""
    return name.startswith(HIDDEN) or (not name.endswith(WRITTEN) and LEFTOVER.fullmatch(name) is not None)
