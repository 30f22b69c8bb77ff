"""Has a file changed? Answered from its metadata where that can be trusted, else from its content.

Standard library only, so that the answer can be given before anything else is loaded.
"""

import errno
import hashlib
import os
from io import FileIO
from stat import S_ISREG

# Modification time, change time, size and inode; times in nanoseconds. The change time tells of an edit that kept
# size and modification time, and programs cannot set it. A list, as JSON gives it back.
FileStat = list[int]

# A file that changed this shortly before it was looked at may change again without its metadata showing it, since file
# systems keep time in ticks of a few milliseconds (git calls such a file "racy").
RACY_NS = 50_000_000

CHUNK_SIZE = 1 << 20


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


def open_file(path: str) -> FileIO:
    """Opens a file to be read. Raises `OSError` also for a pipe or a device, whose end might never come."""
    file = open(path, "rb", buffering=0, opener=_open_at_once)  # noqa: SIM115 - closed by the caller
    if S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    raise OSError(errno.EINVAL, "it is no file", path)


def _open_at_once(path: str, flags: int) -> int:
    """Without waiting for somebody who writes into it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def digest_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:24]


def digest_file(path: str) -> str | None:
    """The digest of a file's content, None where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with open_file(path) as file:
            while data := file.read(CHUNK_SIZE):
                digest.update(data)
    except OSError:
        return None
    return digest.hexdigest()[:24]
