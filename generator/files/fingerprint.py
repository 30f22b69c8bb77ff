"""Has a file changed? Answered from its metadata where that can be trusted, else from its content.

Standard library only, so that the answer can be given before anything else is loaded.
"""

import hashlib
import os
from collections.abc import Iterator

# Modification time, change time, size and inode; times in nanoseconds. The change time tells of an edit that kept
# size and modification time, and programs cannot set it. A list, as JSON gives it back.
FileStat = list[int]

# A file that changed this shortly before it was looked at may change again without its metadata showing it, since file
# systems keep time in ticks of a few milliseconds (git calls such a file "racy").
RACY_NS = 50_000_000

CHUNK_SIZE = 1 << 20
LEFTOVERS = ("~", ".bak", ".tmp", ".swp", ".orig", "__pycache__")


def scan(root: str) -> dict[str, FileStat]:
    """The files below a folder by their paths, hidden ones and editors' leftovers left out. Raises `OSError`."""
    return {path: to_stat(entry.stat()) for path, entry in _walk(root, "")}


def scan_existing(root: str) -> dict[str, FileStat]:
    """The same while files come and go; an empty folder where there is none."""
    for _ in range(10):
        try:
            return scan(root)
        except FileNotFoundError:
            if not os.path.isdir(root):
                break
        except OSError:
            break
    return {}


def is_left_out(name: str) -> bool:
    """Whether a file or folder of this name is hidden, or a leftover of an editor or of Python."""
    return name.startswith((".", "#")) or name.endswith(LEFTOVERS)


def stat_file(path: str) -> FileStat | None:
    """The metadata of a file, None where there is none."""
    try:
        return to_stat(os.stat(path))
    except OSError:
        return None


def to_stat(status: os.stat_result) -> FileStat:
    return [status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino]


def is_reliable(stat: FileStat, now: int) -> bool:
    """Whether metadata that was read at `now` shows every later change. A clock that was set back makes it False."""
    return max(stat[0], stat[1]) < now - RACY_NS


def digest_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:24]


def digest_file(path: str) -> str | None:
    """The digest of a file's content, None where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with open(path, "rb", buffering=0) as file:
            while data := file.read(CHUNK_SIZE):
                digest.update(data)
    except OSError:
        return None
    return digest.hexdigest()[:24]


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
