"""A file written so that nobody sees a part of it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def write_whole(place: Path) -> Iterator[IO[bytes]]:
    """Takes a file's bytes beside its place, and moves it there when it has come to its end. Raises `OSError`."""
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = place.with_suffix(f".{os.getpid()}")
    with open(temporary, "wb") as file:
        yield file
    os.replace(temporary, place)
