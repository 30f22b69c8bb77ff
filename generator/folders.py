"""A folder of files: on a disk, or in memory."""

import errno
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Protocol

from generator.stamps import Stamp, digest_bytes, digest_file, is_settled, walk_folder


class Folder(Protocol):
    """A folder of files: on a disk, or in memory for tests. `name` is what reports call it."""

    name: str

    def paths(self) -> tuple[str, ...]: ...

    def read(self, path: str) -> bytes: ...

    def digest(self, path: str) -> str: ...

    def digest_all(self, paths: Iterable[str]) -> list[str]: ...

    def trust(self, known: Mapping[str, tuple[Stamp, str]]) -> None: ...

    def learn(self, paths: Iterable[str], digests: Iterable[str]) -> None: ...

    def settled(self) -> dict[str, tuple[Stamp, str]]: ...


class DiskFolder:
    """The files below a folder on a disk, hidden ones and editors' leftovers aside.

    It is listed once, when it is first asked what it has.
    """

    def __init__(self, root: str | Path, name: str | None = None) -> None:
        self.root = os.fspath(root)
        self.name = (name or self.root).replace(os.sep, "/").rstrip("/")
        self.listed_at = 0
        self.digests: dict[str, str] = {}

    def __reduce__(self) -> tuple[type["DiskFolder"], tuple[str, str]]:
        """Another process lists it for itself: that takes less than to hand over a long list."""
        return DiskFolder, (self.root, self.name)

    @cached_property
    def stamps(self) -> dict[str, Stamp]:
        """Path and stamp of each file, as of the time it was listed."""
        self.listed_at = time.time_ns()
        return dict(walk_folder(self.root))

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(self.stamps))

    def read(self, path: str) -> bytes:
        with open(f"{self.root}/{path}", "rb", buffering=0) as file:
            data = file.read()
        self.digests.setdefault(path, digest_bytes(data))
        return data

    def trust(self, known: Mapping[str, tuple[Stamp, str]]) -> None:
        """Takes over the digests of files whose stamps are still what they were."""
        self.digests = {path: digest for path, (stamp, digest) in known.items() if self.stamps.get(path) == stamp}

    def learn(self, paths: Iterable[str], digests: Iterable[str]) -> None:
        """Takes over the digests of files that another process has read."""
        for path, digest in zip(paths, digests, strict=True):
            self.digests.setdefault(path, digest)

    def digest(self, path: str) -> str:
        """The digest of a file's content; empty where it cannot be read."""
        if path not in self.digests:
            self.digests[path] = digest_file(f"{self.root}/{path}") or ""
        return self.digests[path]

    def digest_all(self, paths: Iterable[str]) -> list[str]:
        """The digests of many files."""
        known = self.digests
        return [known.get(path) or self.digest(path) for path in paths]

    def settled(self) -> dict[str, tuple[Stamp, str]]:
        """For `trust`, next time: the files whose stamps will tell of any change."""
        now = self.listed_at
        return {path: (stamp, self.digest(path)) for path, stamp in self.stamps.items() if is_settled(stamp, now)}

    def notes(self) -> Iterator[tuple[str, Stamp | str]]:
        """What tells of a later change of each file: its stamp, or its digest where the stamp might not."""
        for path, stamp in self.stamps.items():
            yield path, stamp if is_settled(stamp, self.listed_at) else self.digest(path)


class MemoryFolder:
    """A dict of path to text that passes for a folder."""

    def __init__(self, files: Mapping[str, str | bytes], name: str = "content") -> None:
        self.files = files
        self.name = name

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(self.files))

    def read(self, path: str) -> bytes:
        if path not in self.files:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        data = self.files[path]
        return data.encode() if isinstance(data, str) else data

    def digest(self, path: str) -> str:
        return digest_bytes(self.read(path))

    def digest_all(self, paths: Iterable[str]) -> list[str]:
        return [self.digest(path) for path in paths]

    def trust(self, known: Mapping[str, tuple[Stamp, str]]) -> None:
        """Memory has no stamps to trust."""

    def learn(self, paths: Iterable[str], digests: Iterable[str]) -> None:
        """Memory is read at once."""

    def settled(self) -> dict[str, tuple[Stamp, str]]:
        return {}
