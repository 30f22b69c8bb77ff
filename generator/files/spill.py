"""A dict of which the values that were set last lie in memory, and the others in a file."""

import os
from collections.abc import Callable, Iterator, MutableMapping
from typing import IO, Any, TypeVar

from msgspec import msgpack

# So many values lie in memory: those of a thousand audiences take some 20 MiB.
KEPT = 1024
# The length of a value stands before it, in so many bytes; so many bytes are written to the file at once.
LENGTH, PIECE = 4, 1 << 18
UNWRITTEN = -1

Value = TypeVar("Value")
# Makes a dict for values of a kind.
Keep = Callable[[Any], MutableMapping[str, Any]]


class SpillDict(MutableMapping[str, Value]):
    """Values of a `kind` that msgspec knows, by name. The last `KEPT` that were set lie in memory.

    A value that was read is not to be changed: what is to be kept has to be set. Only the process that made it
    may use it.
    """

    def __init__(self, kind: Any) -> None:
        self._kind = kind
        self._kept: dict[str, Value] = {}
        # Where in the file the value of each name begins.
        self._places: dict[str, int] = {}
        self._file: IO[bytes] | None = None
        self._tail = bytearray()
        self._length = 0
        self._full = False
        self._process = os.getpid()

    def __del__(self) -> None:
        if self._file is not None:
            self._file.close()

    def __getitem__(self, name: str) -> Value:
        value = self._kept.get(name)
        return self._read(self._places[name]) if value is None else value

    def __setitem__(self, name: str, value: Value) -> None:
        """Takes a value into memory, and the one that has been there longest out of it."""
        self._places[name] = UNWRITTEN
        self._kept.pop(name, None)
        self._kept[name] = value
        if len(self._kept) > KEPT:
            oldest = next(iter(self._kept))
            self._places[oldest] = self._write(msgpack.encode(self._kept.pop(oldest)))

    def __delitem__(self, name: str) -> None:
        del self._places[name]
        self._kept.pop(name, None)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def _write(self, data: bytes) -> int:
        """Puts a value behind the others, and returns where it begins. What a full disk does not take stays here."""
        place = self._length + len(self._tail)
        self._tail += len(data).to_bytes(LENGTH) + data
        if len(self._tail) > PIECE and not self._full:
            try:
                self._empty_tail()
            except OSError:
                self._full = True
        return place

    def _empty_tail(self) -> None:
        assert self._process == os.getpid()
        if self._file is None:
            from tempfile import TemporaryFile  # few sites are so large

            # Unbuffered, or else a process that was copied from this one would write it out once more.
            self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - it goes with this dict
        self._file.seek(self._length)
        written = 0
        while written < len(self._tail):
            written += self._file.write(self._tail[written:])
        self._length += written
        self._tail.clear()

    def _read(self, place: int) -> Value:
        if place >= self._length:
            start = place - self._length + LENGTH
            size = int.from_bytes(self._tail[start - LENGTH : start])
            data = bytes(self._tail[start : start + size])
        else:
            assert self._file is not None
            assert self._process == os.getpid()
            self._file.seek(place)
            size = int.from_bytes(self._file.read(LENGTH))
            data = self._file.read(size)
        value: Value = msgpack.decode(data, type=self._kind)
        return value
