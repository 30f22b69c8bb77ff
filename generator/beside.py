"""Work in a copy of this process while this one goes on."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def work_beside(work: Callable[[], object]) -> Iterator[None]:
    """Lets a copy of this process do some work, and waits for it in the end.

    The work must be such that it can be left undone: where a process cannot be copied, or not safely, and where the
    copy fails, nothing happens. What it learns has to reach this process by way of files.
    """
    if sys.platform != "linux" or len(os.listdir("/proc/self/task")) > 1:
        yield
        return
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)  # neither its errors nor what it has not yet written are anybody's business
    try:
        yield
    finally:
        os.waitpid(child, 0)
