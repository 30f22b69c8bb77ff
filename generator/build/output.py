"""The output folder: what is in it that is ours, what is out of date, and how new files get there.

Files are staged beside their place and then moved, and the manifest is written last. It lists the
files that are ours; no other file is ever changed or deleted.
"""

import os
import time
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from generator.build.manifest import Entry, Manifest, Shelf, Stale, read_manifest, read_templates, write_manifest
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, SiteError, error_at
from generator.files.fingerprint import Stamp, digest_file, is_settled, take_stamp
from generator.files.spill import Keep, SpillDict

MANIFEST = ".pyramid-site.json"
STAGING = ".pyramid-site-staging"


# The files that were put into the staging place, by those they were made for.
Staged = Mapping[str, Iterable[Stale]]


class OutputFolder:
    """An output folder on a disk. `name` is what reports call it.

    Whatever concerns many files is handed over by those they were made for, as the manifest has them,
    in dicts that `keep` makes.
    """

    keep: Keep = SpillDict

    def __init__(self, root: str | Path, name: str | None = None) -> None:
        self.root = Path(root)
        self.name = (name or os.fspath(root)).replace(os.sep, "/").rstrip("/")
        self.staging = self.root / STAGING
        # The stamps of the files that `find_sound` has found sound, and when.
        self._seen: MutableMapping[str, dict[str, Stamp]] = {}
        self._seen_at = 0

    def __reduce__(self) -> tuple[type["OutputFolder"], tuple[str, str]]:
        """Another process only puts files into the staging place."""
        return OutputFolder, (str(self.root), self.name)

    def read_manifest(self) -> Manifest | None:
        """The files that are ours; None where there is no manifest, or none that can be read."""
        shelves = self.keep(dict[str, Entry])
        try:
            with open(self.root / MANIFEST, "rb") as lines:
                shelves.update(read_manifest(lines))
        except (OSError, ValueError):
            return None
        return Manifest(shelves)

    def recover_manifest(self, made: Manifest) -> Manifest | None:
        """What a lost manifest would say: the files that are still what a build is known to have made."""
        shelves = self.keep(dict[str, Entry])
        for owner, shelf in made.shelves.items():
            contents = {path: content for path, (_, content) in shelf.items()}
            left = {path for path in contents if digest_file(f"{self.root}/{path}") == contents[path]}
            if left:
                shelves[owner] = {path: Entry("", contents[path]) for path in left}
        return Manifest(shelves) if shelves else None

    def read_templates(self) -> dict[str, str]:
        """The digests of the templates of the last build, for the reason why a page is made again."""
        try:
            with open(self.root / MANIFEST, "rb") as lines:
                return read_templates(lines.readline())
        except (OSError, ValueError):
            return {}

    def is_ours(self) -> bool:
        """Whether this program has written here before. If so, and its manifest is broken, what is in our way is
        taken for ours.
        """
        return (self.root / MANIFEST).exists()

    def look(self) -> None:
        """Begins to look at what there is."""
        self._seen, self._seen_at = self.keep(dict[str, Stamp]), time.time_ns()

    def find_sound(self, owner: str, shelf: Shelf, made: Shelf, stamps: Mapping[str, Stamp]) -> frozenset[str]:
        """Of a shelf the files whose content is what it says. `made`: what is known to have been made, when the
        files had these `stamps`, which told of any change.
        """
        seen: dict[str, Stamp] = {}
        for path, entry in shelf.items():
            place = f"{self.root}/{path}"
            stamp = take_stamp(place)
            if stamp and stamp == stamps.get(path) and path in made:
                content: str | None = made[path].content
            else:
                content = digest_file(place)
            if stamp and content == entry.content:
                seen[path] = stamp
        self._seen[owner] = seen
        return frozenset(seen)

    def recall_sound(self, owner: str, shelf: Shelf) -> frozenset[str]:
        """What `find_sound` has found."""
        return frozenset(self._seen.get(owner, ()))

    def settled(self, manifest: Manifest, staged: Staged) -> MutableMapping[str, dict[str, Stamp]]:
        """For `find_sound`, next time. Files that were `staged` since it last looked are looked at again."""
        settled = self.keep(dict[str, Stamp])
        now = time.time_ns()
        for owner, shelf in manifest.shelves.items():
            seen, new = self._seen.get(owner, {}), {entry.path for entry in staged.get(owner, ())}
            stamps: dict[str, Stamp] = {}
            for path in shelf:
                known = None if path in new else seen.get(path)
                stamp = known or take_stamp(f"{self.root}/{path}")
                if stamp and is_settled(stamp, self._seen_at if known else now):
                    stamps[path] = stamp
            settled[owner] = stamps
        return settled

    def find_conflicts(self, staged: Staged, manifest: Manifest) -> list[Diagnostic]:
        """A problem for each file in the way of these that we did not make."""
        blocked: set[str] = set()
        for top, paths in groupby(_list_paths(staged), key=lambda path: path.partition("/")[0]):
            # Nothing is in the way of what goes into a new folder.
            if os.path.lexists(f"{self.root}/{top}"):
                some = list(paths)
                folders = {folder for path in some for folder in _folders_of(path)}
                new = (path for path in some if path not in manifest)
                blocked |= {path for path in new if os.path.lexists(f"{self.root}/{path}")}
                blocked |= {path for path in folders if _is_no_folder(f"{self.root}/{path}") and path not in manifest}
        return [
            error_at(
                "?",
                f"{self.name}/{path}",
                WHOLE_FILE,
                "this file was not made by a build, so it is left alone.",
                "Delete it, or choose another folder with --output.",
            )
            for path in sorted(blocked)
        ]

    def stage(self, path: str, data: bytes) -> None:
        """Puts a file in the staging place."""
        place = f"{self.staging}/{path}"
        try:
            _make_folder(os.path.dirname(place))
            with open(place, "wb", buffering=0) as file:
                while data:  # a disk that is nearly full takes a part, and fails at the next one
                    data = data[file.write(data) :]
        except OSError as error:
            raise self._cannot(path, error) from error

    def start(self) -> None:
        """Makes the folder, and clears what an interrupted build may have left."""
        try:
            _remove_folder(self.staging)
            self.staging.mkdir(parents=True)
        except OSError as error:
            raise self._cannot("", error) from error

    def discard(self) -> None:
        """Forgets what was staged, and a folder that was made for nothing."""
        _remove_folder(self.staging)
        with suppress(OSError):
            self.root.rmdir()

    def publish(self, staged: Staged, before: Manifest, after: Manifest, templates: Mapping[str, str]) -> list[str]:
        """Moves staged files in, removes those of ours that are no longer planned, and writes the manifest.

        If there are new names, a first manifest has both old and new ones, so that a build killed here leaves
        nothing unknown.
        """
        gone = before.find_gone(after)
        try:
            ours = self.is_ours()
            if any(staged.values()) or gone or before != after or not ours:
                if not ours or not all(path in before for path in _list_paths(staged)):
                    self._announce(before.join(after, staged), templates)
                for path in gone:
                    self._remove(path)
                self._move_all(_list_paths(staged))
                self._write_manifest(after.in_order(), templates)
            self.discard()
        except OSError as error:
            self.discard()
            raise self._cannot(self._name(error), error) from error
        return gone

    def _announce(self, shelves: Iterable[tuple[str, Shelf]], templates: Mapping[str, str]) -> None:
        """Writes down both old and new names, before files move."""
        self._write_manifest(shelves, templates)

    def _move_all(self, staged: Iterable[str]) -> None:
        """Moves files to their place; a folder that is new moves as a whole."""
        moved: set[str] = set()
        for path in staged:
            top = path.partition("/")[0]
            if top in moved:
                continue
            if top != path and not os.path.lexists(self.root / top):
                os.replace(self.staging / top, self.root / top)
                moved.add(top)
            else:
                target = f"{self.root}/{path}"
                _make_folder(os.path.dirname(target))
                os.replace(f"{self.staging}/{path}", target)

    def _remove(self, path: str) -> None:
        """Deletes a file of ours, and the folders that are empty without it."""
        target = self.root / path
        with suppress(FileNotFoundError, NotADirectoryError):
            target.unlink()
        for folder in target.parents:
            if folder == self.root:
                break
            try:
                folder.rmdir()
            except OSError:
                break

    def _write_manifest(self, shelves: Iterable[tuple[str, Shelf]], templates: Mapping[str, str]) -> None:
        self.staging.mkdir(parents=True, exist_ok=True)
        temporary = self.staging / MANIFEST
        with open(temporary, "wb") as file:
            file.writelines(write_manifest(shelves, templates))
        os.replace(temporary, self.root / MANIFEST)

    def _name(self, error: OSError) -> str:
        """The path below the folder of what an error is about; empty where it is about none of its files."""
        place = os.fspath(error.filename2 or error.filename or "")
        return (
            os.path.relpath(place, self.root).replace(os.sep, "/") if place.startswith(f"{self.root}{os.sep}") else ""
        )

    def _cannot(self, path: str, error: OSError) -> SiteError:
        shown = f"{self.name}/{path}".rstrip("/")
        return SiteError(
            [
                error_at(
                    "?", shown, WHOLE_FILE, f"cannot be written: {error.strerror}.", "Check the disk and its rights."
                )
            ]
        )


def _list_paths(staged: Staged) -> Iterator[str]:
    return (entry.path for entries in staged.values() for entry in entries)


def _folders_of(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]


def _is_no_folder(place: str) -> bool:
    return os.path.lexists(place) and not os.path.isdir(place)


def _remove_folder(place: str | Path) -> None:
    """Removes a folder with all that is in it, as far as that can be done. To load `shutil` for it takes 2 ms."""
    with suppress(OSError):
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    _remove_folder(entry.path)
                else:
                    os.unlink(entry.path)
        os.rmdir(place)


def _make_folder(place: str) -> None:
    """Makes a folder where it is missing. Nearly always the one above it is there."""
    try:
        os.mkdir(place)
    except FileExistsError:
        return
    except FileNotFoundError:
        os.makedirs(place, exist_ok=True)
