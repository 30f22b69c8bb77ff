"""What a preview keeps in memory between two builds, so that the next one looks only at what has changed.

Each class passes for the one it extends. Sent to another process, it becomes that one.
"""

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import structs

from generator.build.manifest import Manifest, Shelf
from generator.build.output import OutputFolder, Staged
from generator.build.store import Ledger, Store
from generator.diagnostics.diagnostic import Diagnostic
from generator.files.fingerprint import (
    Stamp,
    digest_bytes,
    digest_file,
    is_left_out,
    is_settled,
    take_stamp,
    walk_folder,
)
from generator.files.tree import DiskFolder, Known, find_top

# A file changed so shortly ago, in nanoseconds, is read again even if its stamp is the same.
RECENT = 2_000_000_000


def keep_all(kind: object) -> dict[str, Any]:
    """A dict that stays in memory, with the very values that were put into it."""
    return {}


class WatchedFolder(DiskFolder):
    """A folder that is listed once; from then on it is told where to look again.

    `keep`: what is read stays in memory.
    """

    keep = staticmethod(keep_all)

    def __init__(self, root: str, name: str, keep: bool = False) -> None:
        super().__init__(os.path.abspath(root), name)
        self._keep = keep
        self._kept: dict[str, bytes] = {}
        self._sorted: dict[str, tuple[str, ...]] = {}
        # The digest of each file as the last build has read it; empty where it has read two different ones.
        self._taken: dict[str, str] = {}
        # The last answer of `digest_group` for each of the tops, and to what.
        self._groups: dict[str, tuple[tuple[str, ...], str]] = {}
        self._begun = False

    def __reduce__(self) -> tuple[type[DiskFolder], tuple[str, str]]:
        return DiskFolder, (self.root, self.name)

    def below(self, top: str) -> tuple[str, ...]:
        if top not in self._sorted:
            self._sorted[top] = super().below(top)
        return self._sorted[top]

    def read(self, path: str) -> bytes:
        data = self._kept.get(path)
        if data is None:
            data = super().read(path)
            self._take(path, digest_bytes(data))
            if self._keep:
                self._kept[path] = data
        return data

    def digest(self, path: str) -> str:
        known = self._find_digests(find_top(path))
        if path not in known:
            self._take(path, super().digest(path))
        return known[path]

    def digest_group(self, paths: tuple[str, ...]) -> str:
        top = find_top(paths[0])
        known = self._groups.get(top)
        if known is None or known[0] != paths:
            known = self._groups[top] = paths, super().digest_group(paths)
        return known[1]

    def learn(self, paths: Iterable[str], digests: Iterable[str]) -> None:
        for path, digest in zip(paths, digests, strict=True):
            self._learn(path, digest)
            self._take(path, digest)

    def trust(self, known: Mapping[str, Known]) -> None:
        if not self._begun:
            super().trust(known)
            for top in self.stamps:
                self._taken |= self._find_digests(top)
            self._trusted = {}  # they are forgotten one by one from now on
        self._begun = True

    def settled(self) -> Iterator[tuple[str, Known]]:
        """Nothing between builds; `settle` is for the end."""
        return iter(())

    def settle(self) -> Iterator[tuple[str, Known]]:
        """For `trust`, in the next process: the files that are what they were when they were last read."""
        now, found = time.time_ns(), dict(walk_existing(self.root))
        for top, files in self.stamps.items():
            digests = self._find_digests(top)
            same = (path for path in files if files[path] == found.get(path) and path in digests)
            yield top, {path: (files[path], digests[path]) for path in same if is_settled(files[path], now)}

    def look(self, told: Iterable[str] | None) -> set[str]:
        """Looks again at what lies at absolute paths, or at everything. Returns the files that differ from
        what the last build has read, as paths below the folder.
        """
        if told is not None:
            inside = [path for path in map(self._find_inside, told) if path is not None]
            places = {path: f"{self.root}/{path}" for path in inside}
            if not any(not path or os.path.isdir(place) or self._was_folder(path) for path, place in places.items()):
                return {path for path, place in places.items() if self._note(path, _take_file_stamp(place), True)}
        now = dict(walk_existing(self.root))
        recently = time.time_ns() - RECENT
        return {
            path
            for path in sorted({*self.paths(), *now})
            if self._note(path, now.get(path), path in self._taken and path in now and max(now[path][:2]) > recently)
        }

    def _find_inside(self, path: str) -> str | None:
        """The path below the folder; None where it is elsewhere, or is none of the folder's files."""
        if path == self.root:
            return ""
        inside = path.removeprefix(self.root + os.sep).replace(os.sep, "/")
        if inside == path.replace(os.sep, "/") or any(map(is_left_out, inside.split("/"))):
            return None
        return inside

    def _was_folder(self, path: str) -> bool:
        return any(known.startswith(f"{path}/") for known in self.below(find_top(f"{path}/")))

    def _note(self, path: str, stamp: Stamp | None, read: bool) -> bool:
        """Takes note of a file as it is now, and tells whether it differs from what the last build has read."""
        top = find_top(path)
        files = self.stamps.setdefault(top, {})
        before = files.get(path)
        if (stamp is None) != (before is None):
            self._sorted.pop(top, None)
        if stamp is None:
            files.pop(path, None)
            if not files:
                del self.stamps[top]
            if before is not None:
                self._forget(path)
            return before is not None
        files[path] = stamp
        if before == stamp and not read:
            return False
        if before is not None and self._taken.get(path) == digest_file(f"{self.root}/{path}"):
            return False
        self._forget(path)
        return True

    def _forget(self, path: str) -> None:
        self._groups.pop(find_top(path), None)
        self._find_digests(find_top(path)).pop(path, None)
        self._taken.pop(path, None)
        self._kept.pop(path, None)

    def _take(self, path: str, digest: str) -> None:
        self._taken[path] = digest if self._taken.get(path, digest) == digest else ""


class WarmStore(Store):
    """A cache whose ledger stays in memory until `save`."""

    keep = staticmethod(keep_all)

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)  # type: ignore[arg-type]
        self.ledger: Ledger | None = None

    def __reduce__(self) -> tuple[type[Store], tuple[object, ...]]:
        return Store, (self.root, self.program)

    def read_ledger(self) -> Ledger:
        self.ledger = self.ledger or super().read_ledger()
        return self.ledger

    def write_ledger(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def save(self, content: WatchedFolder, output: "WarmOutput") -> None:
        """Writes the ledger for the next process."""
        if self.ledger and output.manifest is not None:
            output.look()
            # What a failed build may have left half-way is looked at in full the next time.
            stamps = {} if output.in_doubt else super(WarmOutput, output).settled(output.manifest, {})
            super().write_ledger(structs.replace(self.ledger, content=dict(content.settle()), output=stamps))


class WarmOutput(OutputFolder):
    """An output folder that nobody else writes to: after the first build, memory tells what is in it."""

    keep = staticmethod(keep_all)

    def __init__(self, root: str | Path, name: str) -> None:
        super().__init__(root, name)
        self.manifest: Manifest | None = None
        self.templates: Mapping[str, str] = {}
        self._staged: dict[str, bytes] = {}
        self.in_doubt = False

    def __reduce__(self) -> tuple[type[OutputFolder], tuple[str, str]]:
        return OutputFolder, (str(self.root), self.name)

    def read_manifest(self) -> Manifest | None:
        return super().read_manifest() if self.manifest is None else self.manifest

    def read_templates(self) -> dict[str, str]:
        return super().read_templates() if self.manifest is None else dict(self.templates)

    def is_ours(self) -> bool:
        return self.manifest is not None or super().is_ours()

    def find_sound(self, owner: str, shelf: Shelf, made: Shelf, stamps: Mapping[str, Stamp]) -> frozenset[str]:
        if self.manifest is None:
            return super().find_sound(owner, shelf, made, stamps)
        return super().find_sound(owner, shelf, made, {}) if self.in_doubt else frozenset(shelf)

    def recall_sound(self, owner: str, shelf: Shelf) -> frozenset[str]:
        looked = self.manifest is None or self.in_doubt
        return super().recall_sound(owner, shelf) if looked else frozenset(shelf)

    def settled(self, manifest: Manifest, staged: Staged) -> dict[str, dict[str, Stamp]]:
        return {}

    def find_conflicts(self, staged: Staged, manifest: Manifest) -> list[Diagnostic]:
        """None: the folder is the preview's own."""
        return []

    def stage(self, path: str, data: bytes) -> None:
        """In memory; other processes stage on the disk."""
        self._staged[path] = data

    def start(self) -> None:
        self._staged.clear()
        super().start()

    def discard(self) -> None:
        self._staged.clear()
        super().discard()

    def publish(self, staged: Staged, before: Manifest, after: Manifest, templates: Mapping[str, str]) -> list[str]:
        self.in_doubt = True  # and so it stays if this ends half-way
        gone = super().publish(staged, before, after, templates)
        self.manifest, self.templates, self.in_doubt = after, templates, False
        return gone

    def _move_all(self, staged: Iterable[str]) -> None:
        temporary = self.staging / "next"
        staged = list(staged)
        for path in staged:
            if path in self._staged:
                target = self.root / path
                if not target.parent.is_dir():
                    target.parent.mkdir(parents=True)
                temporary.write_bytes(self._staged[path])
                os.replace(temporary, target)
        super()._move_all(path for path in staged if path not in self._staged)

    def _write_manifest(self, shelves: Iterable[tuple[str, Shelf]], templates: Mapping[str, str]) -> None:
        """On the disk only once, at the end: a killed preview is mended by what is known of its files."""
        if self.manifest is None:
            super()._write_manifest(shelves, templates)

    def save(self) -> None:
        """Writes the manifest for the next process."""
        if self.manifest is not None:
            super()._write_manifest(self.manifest.in_order(), self.templates)
            self.discard()


def _take_file_stamp(place: str) -> Stamp | None:
    return take_stamp(place) if os.path.isfile(place) else None


def walk_existing(root: str) -> list[tuple[str, Stamp]]:
    """The files below a folder, as far as they stay there meanwhile."""
    for _ in range(10):
        try:
            return list(walk_folder(root))
        except FileNotFoundError:
            if not os.path.isdir(root):
                break
        except OSError:
            break
    return []
