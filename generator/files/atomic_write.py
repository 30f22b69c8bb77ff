"""A file is written whole or not at all."""

import os
from contextlib import suppress

from generator.files.disk import sync, write_file


def atomic_write(path: str | os.PathLike[str], data: bytes, durable: bool = False) -> None:
    """Writes a file beside its place, and moves it there. Makes its folder. `durable`: it outlasts a loss of power.

    Raises `OSError`, and leaves what was there, where that cannot be done.
    """
    folder, name = os.path.split(path)
    # Always the same name, so that the next one takes the place of what a process that was killed has left.
    temporary = os.path.join(folder, f".{name}.tmp")
    try:
        write_file(temporary, data)
        if durable:
            sync([temporary])
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    if durable:
        with suppress(OSError):  # the file is there, though it may not outlast a loss of power
            sync([folder or "."])
