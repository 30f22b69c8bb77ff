"""Files that only we write: whatever was cut short, altered, or written under another key counts as missing."""

import hashlib
import os
from contextlib import suppress

from generator.files.atomic_write import atomic_write
from generator.files.fingerprint import open_file


def seal(data: bytes, key: str = "") -> bytes:
    """The data below a line that `unseal` knows it by. A key is what it depends on, such as a version."""
    return _digest(data, key) + b"\n" + data


def unseal(sealed: bytes, key: str = "") -> bytes | None:
    """The data that was sealed with this key; None if it is not the same any more."""
    digest, _, data = sealed.partition(b"\n")
    return data if digest == _digest(data, key) else None


def read_sealed(path: str, key: str = "") -> bytes | None:
    """The data that was written under this key; None where there is none, or it is not what was written."""
    try:
        with open_file(path) as file:
            return unseal(file.read(), key)
    except OSError:
        return None


def write_sealed(path: str, data: bytes, key: str = "") -> None:
    """Writes data for `read_sealed`. That it cannot be written is no error: the next build takes longer."""
    with suppress(OSError):
        atomic_write(path, seal(data, key))


def remove_unknown(folder: str, known: set[str]) -> None:
    """Deletes the files of a folder that are not known any more."""
    with suppress(OSError):
        for name in os.listdir(folder):
            if name not in known:
                os.unlink(os.path.join(folder, name))


def _digest(data: bytes, key: str) -> bytes:
    return hashlib.sha256(key.encode() + b"\0" + data).hexdigest().encode()
