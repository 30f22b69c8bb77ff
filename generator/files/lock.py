"""A lock that one process holds at a time, and that goes with it however it ends."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class LockTimeoutError(Exception):
    """Another process has held the lock for too long."""


@contextmanager
def hold_lock(path: str | os.PathLike[str], say_waiting: Callable[[], None], timeout: float = 600) -> Iterator[bool]:
    """Holds the lock at `path` until the end of the block, and yields whether there was another holder to wait for.

    Raises `LockTimeoutError` after so many seconds, and `OSError` where the file system has no locks.
    """
    from filelock import FileLock, Timeout

    folder, name = os.path.split(path)  # a link in the place of the lock itself is not followed
    lock, waited = FileLock(os.path.join(os.path.realpath(folder), name), fallback_to_soft=False), False
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waited = True
        say_waiting()
        try:
            lock.acquire(timeout=timeout)
        except Timeout:
            raise LockTimeoutError(lock.lock_file) from None
    try:
        yield waited
    finally:
        lock.release()
