"""Has a file changed? Answered from its metadata where that can be trusted, else from its content.

Standard library only, so that the answer can be given before anything else is loaded.
"""

import hashlib
import os
from collections.abc import Iterator

# A file changed this shortly before its stamp was taken may change again without the stamp showing it,
# since file systems keep time in ticks of a few milliseconds. Such a stamp is not kept.
TICK = 50_000_000

# Files are read in pieces of so many bytes: a manifest may be long.
PIECE = 1 << 20

LEFTOVERS = ("~", ".bak", ".tmp", ".swp", ".orig", "__pycache__")

# Modification time, change time, size and number of the file; times in nanoseconds. The change time
# tells of an edit that kept size and modification time, and cannot be set by programs.
Stamp = tuple[int, int, int, int]


def is_left_out(name: str) -> bool:
    """Whether a file or folder of this name is hidden, or a leftover of an editor or of Python."""
    return name.startswith((".", "#")) or name.endswith(LEFTOVERS)


def walk_folder(root: str) -> Iterator[tuple[str, Stamp]]:
    """Path below `root` and stamp of each file, hidden ones and editors' leftovers aside."""
    return ((path, to_stamp(entry.stat())) for path, entry in _walk(root, ""))


def sum_names(root: str) -> int:
    """A number that stands for the names of all files that `walk_folder` has, in this process."""
    return sum(hash(path) for path, _ in _walk(root, ""))


def _walk(root: str, prefix: str) -> Iterator[tuple[str, "os.DirEntry[str]"]]:
    with os.scandir(f"{root}/{prefix}") as entries:
        for entry in entries:
            name = entry.name
            if is_left_out(name):
                continue
            if entry.is_dir():
                yield from _walk(root, f"{prefix}{name}/")
            elif entry.is_file():
                yield prefix + name, entry


def to_stamp(status: os.stat_result) -> Stamp:
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def take_stamp(path: str) -> Stamp | None:
    """The stamp of a file, None where there is none."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return to_stamp(status)


def is_settled(stamp: Stamp, now: int) -> bool:
    """Whether a stamp taken at `now` tells every later change. A clock set back makes it False."""
    return max(stamp[0], stamp[1]) < now - TICK


def digest_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:24]


def digest_file(path: str) -> str | None:
    """The digest of a file's content, None where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with open(path, "rb", buffering=0) as file:
            while data := file.read(PIECE):
                digest.update(data)
    except OSError:
        return None
    return digest.hexdigest()[:24]
