"""The output folder: what is in it that is ours, what of that is intact, and how new files get there.

Files are staged beside their place and then moved. The order keeps every page whole whenever the build may be stopped:
a manifest with old and new names, then assets, pages, removals, and the manifest. Files that no build has made are
never changed or deleted.
"""

import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from generator.build.cache import Cache
from generator.build.manifest import SITE, Entries, Entry, Manifest, decode_manifest, encode_manifest
from generator.build.staleness import find_removed
from generator.content.routes import ASSETS
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, SiteError, error_at
from generator.files.fingerprint import FileStat, digest_bytes, digest_file, is_reliable, stat_file

if TYPE_CHECKING:
    from filelock import BaseFileLock

MANIFEST = ".pyramid-site.json"
STAGING = ".pyramid-site-staging"
LOCK = ".pyramid-site.lock"
# Seconds that a build waits for another one.
LOCK_TIMEOUT = 600

# What is recorded of a file: its metadata, or its digest where the metadata might not show a change.
Recorded = FileStat | str


class Output:
    """An output folder; `name` is what reports call it. `exclusive`: nobody else writes there, so that after the first
    look it is known what is in it.
    """

    def __init__(self, root: str | os.PathLike[str], name: str | None = None, exclusive: bool = False) -> None:
        self.root = Path(root)
        self.name = (name or os.fspath(root)).replace(os.sep, "/").rstrip("/")
        self.staging = self.root / STAGING
        self.exclusive = exclusive
        self.notes: list[str] = []
        self._manifest: Manifest | None = None
        self._recovering = False
        self._recorded: Mapping[str, Mapping[str, Recorded]] = {}
        self._stats: dict[str, dict[str, FileStat]] = {}
        self._looked_at = 0
        self._in_doubt = True

    def is_foreign(self, cache: Cache) -> bool:
        """Whether it has files, and no build has made a site there."""
        if self.exclusive or (self.root / MANIFEST).exists():
            return False
        try:
            found = {*os.listdir(self.root)} - {STAGING, LOCK}
        except FileNotFoundError:
            return False
        except OSError as error:
            raise cannot_write(self.name, error) from error
        return bool(found) and not len(self.read(cache))

    @contextmanager
    def lock(self, say_waiting: Callable[[], None]) -> Iterator[bool]:
        """Keeps other builds out, by whatever name they call the folder, and tells whether there was one to wait for.
        The lock goes with the process that holds it. Raises `SiteError` where the folder cannot be made.
        """
        from filelock import FileLock, Timeout

        waited = False
        try:
            self.root.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise cannot_write(self.name, error) from error
        held = FileLock(os.path.realpath(self.root / LOCK), fallback_to_soft=False)
        try:
            held.acquire(timeout=0)
        except Timeout:
            waited = True
            say_waiting()
            self._wait(held)
        except OSError:  # a file system without locks, or one that cannot be written, as staging will tell
            self.notes.append(f"{self.name}: this disk has no locks, so let no other build write there meanwhile.")
        try:
            yield waited
        finally:
            held.release()
            if {*os.listdir(self.root)} == {LOCK}:  # it was made for nothing
                with suppress(OSError):
                    (self.root / LOCK).unlink()
                    self.root.rmdir()

    def _wait(self, lock: "BaseFileLock") -> None:
        from filelock import Timeout

        try:
            lock.acquire(timeout=LOCK_TIMEOUT)
        except Timeout:
            message, hint = "another build has held this folder for ten minutes.", "End it, then build again."
            raise SiteError([error_at("folder-locked", self.name, WHOLE_FILE, message, hint)]) from None

    def read(self, cache: Cache) -> Manifest:
        """The files that are ours. Where the manifest is lost or damaged, those that the state of the last build knows.

        What the cache has learned of pages belongs to one manifest: the folder may have been exchanged for another.
        """
        if self._manifest is not None:
            return self._manifest
        try:
            data = (self.root / MANIFEST).read_bytes()
        except OSError:
            data = b""
        manifest = decode_manifest(data)
        recorded = cache.state.get("outputs", {}) if cache.state.get("output") == str(self.root) else {}
        if manifest is not None and recorded.get(SITE, {}).get(MANIFEST) == digest_bytes(data):
            self._recorded = recorded
        else:
            cache.page_keys = {}
        if manifest is not None:
            return manifest
        self._recovering = (self.root / MANIFEST).exists()
        if self._recovering:
            self.notes.append(f"{self.name}/{MANIFEST} was damaged or of another version; every page is made again.")
        return Manifest({owner: self._recover(files) for owner, files in recorded.items()})

    def _recover(self, recorded: Mapping[str, Recorded]) -> Entries:
        """The files that are still what the last build has made."""
        return {
            path: Entry("", digest_file(f"{self.root}/{path}") or "")
            for path, file in recorded.items()
            if path != MANIFEST and self._is_as_recorded(path, file)
        }

    def _is_as_recorded(self, path: str, recorded: Recorded) -> bool:
        place = f"{self.root}/{path}"
        return digest_file(place) == recorded if isinstance(recorded, str) else stat_file(place) == recorded

    def find_intact(self, owner: str, entries: Entries) -> frozenset[str]:
        """The files of an owner whose content is what the manifest says."""
        if self.exclusive and not self._in_doubt:
            return frozenset(entries)
        self._looked_at = self._looked_at or time.time_ns()
        recorded, stats = self._recorded.get(owner, {}), {}
        for path, entry in entries.items():
            place = f"{self.root}/{path}"
            stat = stat_file(place)
            if stat and (stat == recorded.get(path) or digest_file(place) == entry.content):
                stats[path] = stat
        self._stats[owner] = stats
        return frozenset(stats)

    def find_conflicts(self, staged: Iterable[str], manifest: Manifest) -> list[Diagnostic]:
        """A diagnostic for each file that is in the way and that no build has made."""
        if self.exclusive or self._recovering:
            return []
        ours, blocked = {*manifest, *manifest.retired}, set[str]()
        tops: dict[str, bool] = {}
        for path in staged:
            top = path.partition("/")[0]
            if top not in tops:
                tops[top] = os.path.lexists(f"{self.root}/{top}")
            if tops[top]:  # nothing is in the way of what goes into a new folder
                folders = [folder for folder in _folders_of(path) if folder not in ours]
                blocked |= {folder for folder in folders if _is_no_folder(f"{self.root}/{folder}")}
                if path not in ours and os.path.lexists(f"{self.root}/{path}"):
                    blocked.add(path)
        hint = "Delete it, or choose another folder with --output."
        message = "this file was not made by a build, so it is left alone."
        return [error_at("foreign-file", f"{self.name}/{path}", WHOLE_FILE, message, hint) for path in sorted(blocked)]

    @contextmanager
    def staging_place(self) -> Iterator[None]:
        """Makes the staging place, without what an interrupted build may have left there. It stays for `publish`,
        unless the block ends with an error.
        """
        try:
            _remove_folder(self.staging)
            self.staging.mkdir(parents=True)
        except OSError as error:
            raise cannot_write(self.name, error) from error
        try:
            yield
        except BaseException:
            self.discard()
            with suppress(OSError):
                self.root.rmdir()  # where it was made for nothing
            raise

    def stage(self, path: str, data: bytes) -> None:
        """Puts a file into the staging place."""
        stage(self.staging, self.name, path, data)

    def discard(self) -> None:
        """Deletes what was staged."""
        _remove_folder(self.staging)

    def publish(
        self, staged: Collection[str], before: Manifest, after: Manifest, persist: bool = True
    ) -> tuple[Manifest, list[str]]:
        """Moves staged files to their places. Returns the manifest as it now is, and the files that were removed.

        `persist`: the manifest is written, too. Raises `SiteError`; where files have moved before it, that says so.
        """
        if not staged and before.files == after.files and before.templates == after.templates:
            self.discard()
            self._finish(before)
            return before, []
        removal = find_removed(before, after, ASSETS)
        after = structs.replace(after, retired=removal.retired)
        ours, moved = {*before, *before.retired}, False
        self._in_doubt = True
        try:
            if persist and not all(path in ours for path in staged):
                self._write_manifest(_join(before, after, staged))
            moved = True
            for path in _find_clashes(removal.removed, staged):
                self._remove(path)
            # Assets before the pages that name them, and new pages before those that lead to them.
            self._move(sorted(staged, key=lambda path: (not path.startswith(ASSETS), path in ours, path)))
            for path in removal.removed:
                self._remove(path)
            if persist:
                self._write_manifest(after)
        except OSError as error:
            raise cannot_write(f"{self.name}/{self._name(error)}".rstrip("/"), error, moved) from error
        finally:
            self.discard()
        self._finish(after)
        return after, removal.removed

    def _finish(self, manifest: Manifest) -> None:
        self._manifest = manifest if self.exclusive else None
        self._in_doubt = False

    def save(self, manifest: Manifest) -> None:
        """Writes a manifest that was published without being written. Raises `OSError`."""
        self._write_manifest(manifest)
        self.discard()

    def record(self, manifest: Manifest, staged: Collection[str]) -> dict[str, dict[str, Recorded]]:
        """For the state: what tells of a later change of each file, by owner. `staged`: the files that are new."""
        if self._in_doubt:
            return {}
        now = time.time_ns()
        recorded: dict[str, dict[str, Recorded]] = {}
        for owner, entries in manifest.files.items():
            seen = self._stats.get(owner, {})
            files = recorded[owner] = {}
            for path, entry in entries.items():
                known = None if path in staged else seen.get(path)
                stat = known or stat_file(f"{self.root}/{path}")
                reliable = stat is not None and is_reliable(stat, self._looked_at if known else now)
                files[path] = stat if stat is not None and reliable else entry.content
        for path in (MANIFEST, *manifest.retired):
            recorded.setdefault(SITE, {})[path] = digest_file(f"{self.root}/{path}") or ""
        return recorded

    def _move(self, staged: Iterable[str]) -> None:
        """Moves files to their places; a folder that is new moves as a whole."""
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

    def _write_manifest(self, manifest: Manifest) -> None:
        self.staging.mkdir(parents=True, exist_ok=True)
        temporary = self.staging / MANIFEST
        temporary.write_bytes(encode_manifest(manifest))
        os.replace(temporary, self.root / MANIFEST)

    def _name(self, error: OSError) -> str:
        """The path below the folder of what an error is about; empty where it is about none of its files."""
        place = os.fspath(error.filename2 or error.filename or "")
        inside = place.startswith(f"{self.root}{os.sep}")
        return os.path.relpath(place, self.root).replace(os.sep, "/") if inside else ""


def cannot_write(shown: str, error: OSError, moved: bool = False) -> SiteError:
    """A file that cannot be written. `moved`: other files have been published already."""
    hint = "Check the disk and its rights."
    diagnostic = error_at("cannot-write", shown, WHOLE_FILE, f"cannot be written: {error.strerror}.", hint)
    if not moved:
        return SiteError([diagnostic])
    return SiteError([diagnostic], "some files are new already, the others are as they were; the next build goes on.")


def stage(staging: str | os.PathLike[str], name: str, path: str, data: bytes) -> None:
    """Puts a file into a staging place, also from another process. `name` is what reports call the output folder."""
    place = f"{staging}/{path}"
    try:
        _make_folder(os.path.dirname(place))
        with open(place, "wb", buffering=0) as file:
            while data:  # a disk that is nearly full takes a part, and fails at the next one
                data = data[file.write(data) :]
    except OSError as error:
        raise cannot_write(f"{name}/{path}", error) from error


def _join(before: Manifest, after: Manifest, staged: Collection[str]) -> Manifest:
    """Old and new names, while files move. What changes is only known by its name, so that it is made again if the
    build is stopped.
    """
    unknown = Entry("", "")
    files = {}
    for owner in {*before.files, *after.files}:
        now = after.files.get(owner, {})
        entries = {**before.files.get(owner, {}), **now}
        files[owner] = {
            path: unknown if path in staged or path not in now else entry for path, entry in entries.items()
        }
    return Manifest(files, after.templates, tuple(sorted({*before.retired, *after.retired} - {*after})))


def _find_clashes(removed: Iterable[str], staged: Collection[str]) -> list[str]:
    """Files that have to go first: where a folder takes the place of a file, or a file that of a folder."""
    removed = list(removed)
    folders = {folder for path in staged for folder in _folders_of(path)} if removed else set()
    return [path for path in removed if path in folders or any(folder in staged for folder in _folders_of(path))]


def _folders_of(path: str) -> list[str]:
    parts = path.split("/")[:-1]
    return ["/".join(parts[:length]) for length in range(1, len(parts) + 1)]


def _is_no_folder(place: str) -> bool:
    return os.path.lexists(place) and not os.path.isdir(place)


def _remove_folder(place: str | Path) -> None:
    """Removes a folder with all that is in it, as far as that can be done. Loading `shutil` for it would take 2 ms."""
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
