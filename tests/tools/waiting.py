"""Waiting for a state, however long a machine takes to reach it."""

import time
from collections.abc import Callable
from pathlib import Path
from queue import Queue
from typing import TypeVar

from generator.files.fingerprint import is_reliable, to_stat

# Seconds, for everything that a test waits for. It ends what would never end, and says nothing of any speed.
PATIENCE = 120.0
# The stamp of a file that is always newer than a look at it, in nanoseconds.
FAR_FUTURE = 2**62

T = TypeVar("T")


def wait_until(is_reached: Callable[[], bool], explain: Callable[[], str]) -> None:
    """Returns once a state is reached. `explain` says what is wrong if it never is."""
    end = time.monotonic() + PATIENCE
    while not is_reached():
        assert time.monotonic() < end, explain()
        time.sleep(0.005)


def wait_for_item(queue: Queue[T], fits: Callable[[T], bool]) -> T:
    """The first item that fits. What does not fit is dropped, and does not prolong the wait."""
    end = time.monotonic() + PATIENCE
    while not fits(item := queue.get(timeout=max(0.0, end - time.monotonic()))):
        pass
    return item


def wait_until_stamps_are_trusted(folder: Path) -> None:
    """Until the metadata of each file of a folder shows every change that is still to come."""

    def are_trusted() -> bool:
        files = [path.stat() for path in folder.rglob("*") if path.is_file()]
        return all(is_reliable(to_stat(file), time.time_ns()) for file in files)

    wait_until(are_trusted, lambda: f"the files of {folder} are of the future")
