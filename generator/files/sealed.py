"""Files of a cache: whatever was cut short, altered, or written by another program counts as missing."""

import hashlib
import os
from contextlib import suppress

from generator.files.atomic_write import atomic_write

SEAL = 32


def read_sealed(path: str, key: str = "") -> bytes | None:
    """The data that was written under this key; None where there is none, or it is not what was written."""
    try:
        with open(path, "rb", buffering=0) as file:
            seal, data = file.read(SEAL), file.read()
    except OSError:
        return None
    return data if seal == _seal(data, key) else None


def write_sealed(path: str, data: bytes, key: str = "") -> None:
    """Writes data for `read_sealed`. That it cannot be written is no error: the next build takes longer."""
    with suppress(OSError), atomic_write(path) as file:
        file.write(_seal(data, key) + data)


def remove_unknown(folder: str, known: set[str]) -> None:
    """Deletes the files of a folder that are not known any more."""
    with suppress(OSError):
        for name in os.listdir(folder):
            if name not in known:
                os.unlink(os.path.join(folder, name))


def _seal(data: bytes, key: str) -> bytes:
    return hashlib.sha256(key.encode() + b"\0" + data).digest()
