"""A folder of files, on a disk or in memory: which files it has, and what they hold."""

import errno
import os
import time
from collections.abc import Iterable, Mapping
from typing import Protocol

from generator.files.fingerprint import (
    FileStat,
    digest_bytes,
    digest_file,
    is_reliable,
    open_file,
    stat_file,
)
from generator.files.scan import Obstacle, is_left_out, scan

# What is known of a file: its metadata (zeros where that might not show a change) and the digest of its content.
Record = list[int | str]
UNRELIABLE = [0, 0, 0, 0]


class Tree(Protocol):
    """A folder of files. `name` is what reports call it, and `name_of` a path of it; paths are relative and have
    slashes.

    The `tops` of a tree are the folders directly in it, and "" for the files that lie in none of them. Its `obstacles`
    are what cannot be read: nobody knows what else there is.
    """

    @property
    def name(self) -> str: ...

    @property
    def obstacles(self) -> Mapping[str, Obstacle]: ...

    def name_of(self, path: str) -> str: ...

    def paths(self) -> tuple[str, ...]: ...

    def tops(self) -> list[str]: ...

    def below(self, top: str) -> tuple[str, ...]: ...

    def read(self, path: str) -> bytes: ...

    def size(self, path: str) -> int: ...

    def learn(self, digests: Mapping[str, str]) -> None: ...

    def digest(self, path: str) -> str: ...

    def digest_folder(self, top: str) -> str: ...


class DiskTree:
    """A folder on a disk, hidden files and editors' leftovers left out. It is scanned once, when it is made; `update`
    looks again.

    `known` has records of an earlier `record()`: where the metadata of a file is still the same, so is its digest.
    """

    def __init__(self, root: str | os.PathLike[str], name: str | None = None, known: Mapping[str, Record] = {}) -> None:
        self.root = os.path.abspath(root)
        self.name = (name or os.fspath(root)).replace(os.sep, "/").rstrip("/")
        self._scanned_at = time.time_ns()
        found = scan(self.root)
        self._stats = found.files
        self.obstacles: Mapping[str, Obstacle] = found.obstacles
        self._digests = {
            path: str(known[path][4]) for path, stat in self._stats.items() if path in known and known[path][:4] == stat
        }
        # Files whose metadata may not show the next change: `update` reads them again.
        self._racy = {path for path, stat in self._stats.items() if not is_reliable(stat, self._scanned_at)}
        # Files that were read since the last look.
        self._read: set[str] = set()
        self._folders: dict[str, tuple[str, ...]] | None = None
        self._folder_digests: dict[str, str] = {}

    def name_of(self, path: str) -> str:
        """What reports call a file or folder of it; the path of the folder itself is empty."""
        return f"{self.name}/{path}" if path else self.name

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(self._stats))

    def tops(self) -> list[str]:
        return sorted(self._group())

    def below(self, top: str) -> tuple[str, ...]:
        return self._group().get(top, ())

    def read(self, path: str) -> bytes:
        """The content of a file, whose digest is from now on that of these very bytes. Raises `OSError`."""
        try:
            with open_file(f"{self.root}/{path}") as file:
                data = file.read()
        except OSError:
            self._digests[path] = ""  # so that the next look tries again
            self._folder_digests.pop(find_top(path), None)
            raise
        self.learn({path: digest_bytes(data)})
        return data

    def size(self, path: str) -> int:
        """How many bytes a file has."""
        return self._stats[path][2]

    def learn(self, digests: Mapping[str, str]) -> None:
        """Takes over the digests of files as they were read, here or in another process. A file that was read twice,
        and differed, gets a digest that no content has: so it counts as changed at the next look.
        """
        for path, digest in digests.items():
            known = self._digests.get(path)
            if known != digest:
                self._digests[path] = "" if path in self._read else digest
                self._folder_digests.pop(find_top(path), None)
            self._read.add(path)

    def digest(self, path: str) -> str:
        """The digest of a file's content; empty where it cannot be read."""
        if path not in self._digests:
            self._digests[path] = digest_file(f"{self.root}/{path}") or ""
        return self._digests[path]

    def digest_folder(self, top: str) -> str:
        """One digest of the names and the contents of all files below one of the `tops`."""
        if top not in self._folder_digests:
            self._folder_digests[top] = join_digests(self, top)
        return self._folder_digests[top]

    def record(self) -> dict[str, Record]:
        """What is known of each file, for `known` and for the up-to-date check."""
        return {
            path: [*(UNRELIABLE if path in self._racy else stat), self.digest(path)]
            for path, stat in self._stats.items()
        }

    def update(self, changed: Iterable[str] | None = None) -> set[str]:
        """Looks again at absolute paths, or at the whole folder. Returns the paths of files whose content differs from
        what is known of them, or that have come or gone.
        """
        now = time.time_ns()
        self._read.clear()
        places = None if changed is None else [path for path in map(self._find_inside, changed) if path is not None]
        if places is not None and all(map(self._is_plain, places)):
            return {path for path in places if self._look_at(path, stat_file(f"{self.root}/{path}"), now)}
        found, before = scan(self.root), self.obstacles
        self.obstacles = found.obstacles
        changed_obstacles = {path for path, _ in before.items() ^ found.obstacles.items()}
        paths = {*self._stats, *found.files}
        return changed_obstacles | {path for path in paths if self._look_at(path, found.files.get(path), now)}

    def is_whole(self, path: str) -> bool:
        """Whether a file is there and has something in it; if not, an editor may be about to write it."""
        return path in self._stats and self._stats[path][2] > 0

    def _look_at(self, path: str, stat: FileStat | None, now: int) -> bool:
        """Takes over the metadata of a file, and tells whether its content differs from what is known of it."""
        before, known = self._stats.get(path), self._digests.get(path)
        if stat is not None and stat == before and path not in self._racy and known != "":
            return False
        top = find_top(path)
        if (stat is None) != (before is None) and self._folders is not None:
            self._regroup(path, top, stat is not None)
        self._racy.discard(path)
        if stat is None:
            self._stats.pop(path, None)
            self._digests.pop(path, None)
            self._folder_digests.pop(top, None)
            return before is not None
        self._stats[path] = stat
        if not is_reliable(stat, now):
            self._racy.add(path)
        digest = digest_file(f"{self.root}/{path}") or ""
        if before is not None and (digest == known or (known is None and stat == before)):
            return False
        self._digests[path] = digest
        self._folder_digests.pop(top, None)
        return True

    def _find_inside(self, path: str) -> str | None:
        """The path below the folder; None where it is elsewhere, or no file of the folder."""
        if path == self.root:
            return ""
        inside = path.removeprefix(self.root + os.sep).replace(os.sep, "/")
        if inside == path.replace(os.sep, "/") or any(map(is_left_out, inside.split("/"))):
            return None
        return inside

    def _is_plain(self, path: str) -> bool:
        """Whether a path is that of a file, or of one that has gone: then there is no more to look at."""
        place = f"{self.root}/{path}"
        if not path or os.path.islink(place) or any(_overlap(path, other) for other in self.obstacles):
            return False
        if os.path.lexists(place):
            return os.path.isfile(place)
        return not any(known.startswith(f"{path}/") for known in self.below(find_top(f"{path}/")))

    def _group(self) -> dict[str, tuple[str, ...]]:
        if self._folders is None:
            groups: dict[str, list[str]] = {}
            for path in sorted(self._stats):
                groups.setdefault(find_top(path), []).append(path)
            self._folders = {top: tuple(paths) for top, paths in groups.items()}
        return self._folders

    def _regroup(self, path: str, top: str, is_there: bool) -> None:
        """Sorts one folder anew rather than all of them."""
        assert self._folders is not None
        paths = {*self._folders.get(top, ()), path} if is_there else {*self._folders.get(top, ())} - {path}
        self._folders[top] = tuple(sorted(paths))
        if not paths:
            del self._folders[top]


class MemoryTree:
    """A mapping of path to text or bytes that is a tree."""

    def __init__(self, files: Mapping[str, str | bytes], name: str = "content") -> None:
        self.files = files
        self.name = name
        self.obstacles: Mapping[str, Obstacle] = {}

    def name_of(self, path: str) -> str:
        return f"{self.name}/{path}" if path else self.name

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

    def size(self, path: str) -> int:
        return len(self.read(path))

    def learn(self, digests: Mapping[str, str]) -> None:
        """Memory needs no reading."""

    def digest(self, path: str) -> str:
        return digest_bytes(self.read(path))

    def digest_folder(self, top: str) -> str:
        return join_digests(self, top)


def find_top(path: str) -> str:
    """The outermost folder that a file lies in; empty where it lies in none."""
    return path[: max(0, path.find("/"))]


def _overlap(one: str, other: str) -> bool:
    """Whether two paths are the same, or one lies in the other. The path of the folder itself is empty."""
    return one == other or not other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def join_digests(tree: Tree, top: str) -> str:
    """One digest of the names and the contents of all files below one of the `tops` of a tree."""
    paths = tree.below(top)
    return digest_bytes("\0".join([*paths, *map(tree.digest, paths)]).encode("utf-8", "surrogateescape"))
