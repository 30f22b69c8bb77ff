"""One at a time: a file that only one process holds, on every system. Standard library only."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def take_turn(path: str, say_waiting: Callable[[], None]) -> Iterator[None]:
    """Holds the file at `path` until the end of the block. Where another process has it, says so and waits.

    The system frees the file when its holder ends, however it ends. Raises `OSError` where the file
    cannot be made.
    """
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "a+b") as file:
        said = False
        while not _try_to_hold(file.fileno()):
            if not said:
                say_waiting()
            said = True
            time.sleep(0.1)
        yield


def _try_to_hold(file: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
