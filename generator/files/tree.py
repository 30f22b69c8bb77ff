"""A folder of files: on a disk, or in memory."""

import errno
import os
import time
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Protocol

from generator.files.fingerprint import Stamp, digest_bytes, digest_file, is_settled, walk_folder
from generator.files.spill import Keep, SpillDict

# What is known of files by their paths: stamp and digest.
Known = dict[str, tuple[Stamp, str]]


class Folder(Protocol):
    """A folder of files: on a disk, or in memory for tests. `name` is what reports call it.

    `tops` are the folders in it, with an empty name for the files that lie in none; `below` has the files in one.
    """

    name: str

    def paths(self) -> tuple[str, ...]: ...

    def tops(self) -> list[str]: ...

    def below(self, top: str) -> tuple[str, ...]: ...

    def read(self, path: str) -> bytes: ...

    def digest(self, path: str) -> str: ...

    def digest_all(self, paths: Iterable[str]) -> list[str]: ...

    def digest_group(self, paths: tuple[str, ...]) -> str: ...

    def trust(self, known: Mapping[str, Known]) -> None: ...

    def learn(self, paths: Iterable[str], digests: Iterable[str]) -> None: ...

    def settled(self) -> Iterable[tuple[str, Known]]: ...


def find_top(path: str) -> str:
    """The outermost folder that a file lies in; empty where it lies in none."""
    return path[: max(0, path.find("/"))]


def join_digests(paths: Iterable[str], digests: Iterable[str]) -> str:
    return digest_bytes("\0".join([*paths, *digests]).encode())


class DiskFolder:
    """The files below a folder on a disk, hidden ones and editors' leftovers aside.

    It is listed once, when it is first asked what it has. All that is known of its files is kept by their `tops`,
    in dicts that `keep` makes.
    """

    keep: Keep = SpillDict

    def __init__(self, root: str | Path, name: str | None = None) -> None:
        self.root = os.fspath(root)
        self.name = (name or self.root).replace(os.sep, "/").rstrip("/")
        self.listed_at = 0
        self.digests: MutableMapping[str, dict[str, str]] = self.keep(dict[str, str])
        self._trusted: Mapping[str, Known] = {}

    def __reduce__(self) -> tuple[type["DiskFolder"], tuple[str, str]]:
        """Another process lists it for itself: that takes less than to hand over a long list."""
        return DiskFolder, (self.root, self.name)

    @cached_property
    def stamps(self) -> MutableMapping[str, dict[str, Stamp]]:
        """The stamp of each file, as of the time it was listed."""
        self.listed_at = time.time_ns()
        stamps = self.keep(dict[str, Stamp])
        loose: dict[str, Stamp] = {}
        for top, files in groupby(walk_folder(self.root), key=lambda file: find_top(file[0])):
            if top:
                stamps[top] = dict(files)
            else:
                loose.update(files)
        if loose:
            stamps[""] = loose
        return stamps

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(path for files in self.stamps.values() for path in files))

    def tops(self) -> list[str]:
        return sorted(self.stamps)

    def below(self, top: str) -> tuple[str, ...]:
        return tuple(sorted(self.stamps.get(top, ())))

    def read(self, path: str) -> bytes:
        with open(f"{self.root}/{path}", "rb", buffering=0) as file:
            data = file.read()
        self._learn(path, digest_bytes(data))
        return data

    def trust(self, known: Mapping[str, Known]) -> None:
        """Takes over the digests of files whose stamps are still what they were."""
        self._trusted = known
        self.digests = self.keep(dict[str, str])

    def learn(self, paths: Iterable[str], digests: Iterable[str]) -> None:
        """Takes over the digests of files that another process has read."""
        for path, digest in zip(paths, digests, strict=True):
            self._learn(path, digest)

    def digest(self, path: str) -> str:
        """The digest of a file's content; empty where it cannot be read."""
        known = self._find_digests(find_top(path))
        return known[path] if path in known else self._learn(path, digest_file(f"{self.root}/{path}") or "")

    def digest_all(self, paths: Iterable[str]) -> list[str]:
        """The digests of many files."""
        found: list[str] = []
        for top, some in groupby(paths, key=find_top):
            known = self._find_digests(top)
            found += [known.get(path) or self.digest(path) for path in some]
        return found

    def digest_group(self, paths: tuple[str, ...]) -> str:
        """One digest of the names and contents of files in one of the `tops`."""
        return join_digests(paths, self.digest_all(paths))

    def settled(self) -> Iterator[tuple[str, Known]]:
        """For `trust`, next time: the files whose stamps will tell of any change."""
        now = self.listed_at
        for top, files in self.stamps.items():
            digests = zip(files.items(), self.digest_all(files), strict=True)
            yield top, {path: (stamp, digest) for (path, stamp), digest in digests if is_settled(stamp, now)}

    def notes(self) -> Iterator[tuple[str, Stamp | str]]:
        """What tells of a later change of each file: its stamp, or its digest where the stamp might not."""
        for files in self.stamps.values():
            for path, stamp in files.items():
                yield path, stamp if is_settled(stamp, self.listed_at) else self.digest(path)

    def _find_digests(self, top: str) -> dict[str, str]:
        known = self.digests.get(top)
        if known is None:
            trusted = self._trusted.get(top)
            stamps = self.stamps.get(top, {}) if trusted else {}
            known = {path: digest for path, (stamp, digest) in (trusted or {}).items() if stamps.get(path) == stamp}
            self.digests[top] = known
        return known

    def _learn(self, path: str, digest: str) -> str:
        top = find_top(path)
        known = self._find_digests(top)
        if path not in known:
            known[path] = digest
            self.digests[top] = known
        return known[path]


class MemoryFolder:
    """A dict of path to text that passes for a folder."""

    def __init__(self, files: Mapping[str, str | bytes], name: str = "content") -> None:
        self.files = files
        self.name = name

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(self.files))

    def tops(self) -> list[str]:
        return sorted(set(map(find_top, self.files)))

    def below(self, top: str) -> tuple[str, ...]:
        return tuple(path for path in self.paths() if find_top(path) == top)

    def read(self, path: str) -> bytes:
        if path not in self.files:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        data = self.files[path]
        return data.encode() if isinstance(data, str) else data

    def digest(self, path: str) -> str:
        return digest_bytes(self.read(path))

    def digest_all(self, paths: Iterable[str]) -> list[str]:
        return [self.digest(path) for path in paths]

    def digest_group(self, paths: tuple[str, ...]) -> str:
        return join_digests(paths, self.digest_all(paths))

    def trust(self, known: Mapping[str, Known]) -> None:
        """Memory has no stamps to trust."""

    def learn(self, paths: Iterable[str], digests: Iterable[str]) -> None:
        """Memory is read at once."""

    def settled(self) -> Iterable[tuple[str, Known]]:
        return ()
