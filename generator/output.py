"""The output folder: what is in it that is ours, what is out of date, and how new files get there.

Files are staged beside their place and then moved, and the manifest is written last. It lists the
files that are ours; no other file is ever changed or deleted.
"""

import os
import time
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from generator.manifest import Entry, Manifest, Shelf, read_manifest, read_templates, write_manifest
from generator.problems import Place, Problem, SiteError
from generator.stamps import Stamp, digest_file, is_settled, take_stamp

MANIFEST = ".pyramid-site.json"
STAGING = ".pyramid-site-staging"


class OutputFolder:
    """An output folder on a disk. `name` is what reports call it."""

    def __init__(self, root: str | Path, name: str | None = None) -> None:
        self.root = Path(root)
        self.name = (name or os.fspath(root)).replace(os.sep, "/").rstrip("/")
        self.staging = self.root / STAGING
        # The stamps of the files that `find_sound` has found sound, and when.
        self._seen: dict[str, Stamp] = {}
        self._seen_at = 0

    def read_manifest(self) -> Manifest | None:
        """The files that are ours; None where there is no manifest, or none that can be read."""
        try:
            return read_manifest((self.root / MANIFEST).read_bytes())
        except (OSError, ValueError):
            return None

    def recover_manifest(self, made: Manifest) -> Manifest | None:
        """What a lost manifest would say: the files that are still what a build is known to have made."""
        shelves = {
            owner: {
                path: Entry("", content)
                for path, (_, content) in shelf.items()
                if digest_file(f"{self.root}/{path}") == content
            }
            for owner, shelf in made.shelves.items()
        }
        return Manifest(shelves) if any(shelves.values()) else None

    def read_templates(self) -> dict[str, str]:
        """The digests of the templates of the last build, for the reason why a page is made again."""
        try:
            return read_templates((self.root / MANIFEST).read_bytes())
        except (OSError, ValueError):
            return {}

    def is_ours(self) -> bool:
        """Whether this program has written here before. If so, and its manifest is broken, what is in our way is
        taken for ours.
        """
        return (self.root / MANIFEST).exists()

    def find_sound(self, manifest: Manifest, made: Manifest, stamps: Mapping[str, Stamp]) -> Manifest:
        """Of a manifest the files whose content is what it says. `made`: what is known to have been made, when the
        files had these `stamps`, which told of any change.
        """
        self._seen_at = time.time_ns()
        self._seen = {}
        return Manifest(
            {
                owner: self._find_sound(shelf, made.shelves.get(owner, {}), stamps)
                for owner, shelf in manifest.shelves.items()
            }
        )

    def _find_sound(self, shelf: Shelf, made: Shelf, stamps: Mapping[str, Stamp]) -> Shelf:
        sound = {}
        for path, entry in shelf.items():
            place = f"{self.root}/{path}"
            stamp = take_stamp(place)
            if stamp and stamp == stamps.get(path) and path in made:
                content: str | None = made[path].content
            else:
                content = digest_file(place)
            if stamp and content == entry.content:
                self._seen[path] = stamp
                sound[path] = entry
        return sound

    def settled(self, manifest: Manifest, made: Collection[str]) -> dict[str, Stamp]:
        """For `find_sound`, next time. Only files that were `made` since it last looked are looked at again."""
        now = time.time_ns()
        settled = {}
        for path in manifest:
            stamp, at = (None if path in made else self._seen.get(path)), self._seen_at
            if stamp is None:
                stamp, at = take_stamp(f"{self.root}/{path}"), now
            if stamp and is_settled(stamp, at):
                settled[path] = stamp
        return settled

    def find_conflicts(self, paths: Collection[str], manifest: Manifest) -> list[Problem]:
        """A problem for each file in the way of these that we did not make."""
        # Nothing is in the way of what goes into a new folder.
        tops = {path.partition("/")[0] for path in paths}
        there = {top for top in tops if os.path.lexists(f"{self.root}/{top}")}
        paths = [path for path in paths if path.partition("/")[0] in there]
        folders = {folder for path in paths for folder in _folders_of(path)}
        blocked = [path for path in paths if path not in manifest and os.path.lexists(f"{self.root}/{path}")]
        blocked += [path for path in folders if path not in manifest and _is_no_folder(f"{self.root}/{path}")]
        return [
            Problem(
                Place(f"{self.name}/{path}"),
                "this file was not made by a build, so it is left alone.",
                "Delete it, or choose another folder with --output.",
            )
            for path in blocked
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

    def publish(
        self, staged: Iterable[str], before: Manifest, after: Manifest, templates: Mapping[str, str]
    ) -> list[str]:
        """Moves staged files in, removes those of ours that are no longer planned, and writes the manifest.

        If there are new names, a first manifest has both old and new ones, so that a build killed here leaves
        nothing unknown.
        """
        gone = before.find_gone(after)
        staged = list(staged)
        try:
            ours = self.is_ours()
            if staged or gone or before != after or not ours:
                if not ours or not all(path in before for path in staged):
                    self._announce(before, after, {*staged, *gone}, templates)
                for path in gone:
                    self._remove(path)
                self._move_all(staged)
                self._write_manifest(after, templates)
            self.discard()
        except OSError as error:
            self.discard()
            raise self._cannot(self._name(error), error) from error
        return gone

    def _announce(
        self, before: Manifest, after: Manifest, doubtful: Collection[str], templates: Mapping[str, str]
    ) -> None:
        """Writes down both old and new names, before files move."""
        self._write_manifest(before.join(after, doubtful), templates)

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

    def _write_manifest(self, manifest: Manifest, templates: Mapping[str, str]) -> None:
        self.staging.mkdir(parents=True, exist_ok=True)
        temporary = self.staging / MANIFEST
        with open(temporary, "wb") as file:
            file.writelines(write_manifest(manifest, templates))
        os.replace(temporary, self.root / MANIFEST)

    def _name(self, error: OSError) -> str:
        """The path below the folder of what an error is about; empty where it is about none of its files."""
        place = os.fspath(error.filename2 or error.filename or "")
        return (
            os.path.relpath(place, self.root).replace(os.sep, "/") if place.startswith(f"{self.root}{os.sep}") else ""
        )

    def _cannot(self, path: str, error: OSError) -> SiteError:
        place = Place(f"{self.name}/{path}".rstrip("/"))
        return SiteError([Problem(place, f"cannot be written: {error.strerror}.", "Check the disk and its rights.")])


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
