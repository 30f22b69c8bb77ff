"""Writes a file, and makes what was written outlast a loss of power. Standard library only.

On a virtual disk with ext4, a wait for one file takes 1 to 2 ms. For 1,000 files in as many folders it takes 3.3 s file
by file, 1.7 s where writing was begun for all of them before, 0.2 to 0.5 s in 16 threads, and 0.1 to 0.2 s in one call
for the file system.
"""

import errno
import os
import sys
from collections.abc import Iterable

# From this number on, one call for the whole file system takes less time than a call for each file.
MANY = 8
# What file systems answer that cannot sync a folder.
UNKNOWN = (errno.EINVAL, errno.ENOTSUP)


def write_file(path: str | os.PathLike[str], data: bytes) -> None:
    """Writes a file, whatever was there. Makes its folder. Raises `OSError`."""
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb", buffering=0) as file:
        rest = memoryview(data)
        while rest:  # a disk that is nearly full takes a part, and fails at the next one
            rest = rest[file.write(rest) :]


def sync(paths: Iterable[str]) -> None:
    """Returns when files, or the names in folders, are on the disk. Does nothing on Windows. Raises `OSError`."""
    paths = list(paths)
    if sys.platform == "win32" or (len(paths) >= MANY and _sync_file_system(paths[0])):
        return
    for path in paths:
        number = os.open(path, os.O_RDONLY)
        try:
            os.fsync(number)
        except OSError as error:
            if error.errno not in UNKNOWN:
                raise OSError(error.errno, error.strerror, path) from None
        finally:
            os.close(number)


def _sync_file_system(path: str) -> bool:
    """Syncs all of the file system that a path is on. Returns whether this system can."""
    if sys.platform != "linux":
        return False
    import ctypes

    number = os.open(path, os.O_RDONLY)
    try:
        return bool(ctypes.CDLL(None).syncfs(number) == 0)
    except AttributeError:
        return False
    finally:
        os.close(number)
