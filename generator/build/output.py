"""The output folder: what is in it that is ours, what of that is intact, and how new files get there.

Files are staged beside their place and then moved. The order keeps every page whole whenever the build may be stopped:
a manifest with old and new names, then assets, new pages, those that lead to them, removals, and the manifest. What a
step relies on is on the disk before it, so that a loss of power keeps the order too: a build waits for the disk once
where only pages change, and up to six times. A first build, which is every one on a build server, waits only for its
manifest: should the power fail then, the next build makes all of it again. Files that no build has made are never
changed or deleted.
"""

import errno
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from msgspec import structs

from generator.build.cache import Cache
from generator.build.manifest import SITE, Entries, Entry, Manifest, decode_manifest, encode_manifest
from generator.build.staleness import find_removed
from generator.content.routes import BEFORE_PAGES, HOME, file_of
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, SiteError, error_at
from generator.files.disk import write_file
from generator.files.fingerprint import FileStat, digest_bytes, digest_file, is_reliable, open_file, stat_file
from generator.files.lock import LockTimeoutError, hold_lock
from generator.files.names import see_from
from generator.files.ordered_changes import OrderedChanges, find_clashes, find_obstacle
from generator.files.recorded import is_as_recorded

MANIFEST = ".pyramid-site.json"
STAGING = ".pyramid-site-staging"
JOINED = f"{MANIFEST}.joined"
LOCK = ".pyramid-site.lock"

# What file systems answer that have no locks.
NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EINVAL)

Place = str | os.PathLike[str]
# What is recorded of a file: its metadata, or its digest where the metadata might not show a change; None where there
# is to be none.
Recorded = FileStat | str | None


class Output:
    """An output folder; `name` is what reports call it. `exclusive`: nobody else writes there, so that after the first
    look it is known what is in it. `content` is the folder that the site is made from.
    """

    def __init__(self, root: Place, name: str | None = None, exclusive: bool = False, content: Place = "") -> None:
        self.root = Path(root)
        self.source = see_from(root, content) if content else ""
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
        """Whether it has files, and no build has made a site there. Raises `OSError`."""
        if self.exclusive or (self.root / MANIFEST).exists() or not self.root.exists():
            return False
        return bool({*os.listdir(self.root)} - {STAGING, LOCK}) and not len(self.read(cache))

    def find_other_source(self) -> str | None:
        """The content folder, as seen from this one, if the site here was made from another than now."""
        manifest = decode_manifest(self._read_file())
        source = manifest.source if manifest is not None else ""
        return source if source and self.source and source != self.source else None

    @contextmanager
    def lock(self, say_waiting: Callable[[], None]) -> Iterator[bool]:
        """Keeps other builds out, by whatever name they call the folder, and tells whether there was one to wait for.

        Raises `SiteError` where the folder cannot be made, or another build does not end.
        """
        try:
            with ExitStack() as stack:
                yield self._enter_lock(stack, say_waiting)
        finally:
            with suppress(OSError):
                if os.listdir(self.root) == [LOCK]:  # the folder was made for nothing
                    (self.root / LOCK).unlink()
                    self.root.rmdir()

    def _enter_lock(self, stack: ExitStack, say_waiting: Callable[[], None]) -> bool:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            return stack.enter_context(hold_lock(self.root / LOCK, say_waiting))
        except LockTimeoutError:
            message, hint = "another build has held this folder for ten minutes.", "End it, then build again."
            raise SiteError([error_at("folder-locked", self.name, WHOLE_FILE, message, hint)]) from None
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise cannot_write(self.name, error) from error
            self.notes.append(f"{self.name}: this disk has no locks, so let no other build write there meanwhile.")
            return False

    def read(self, cache: Cache) -> Manifest:
        """The files that are ours. Where the manifest is lost or damaged, those that the state of the last build knows.

        What the cache has learned of pages belongs to one manifest: the folder may have been exchanged for another.
        """
        if self._manifest is not None:
            return self._manifest
        data = self._read_file()
        manifest = decode_manifest(data)
        recorded = cache.state.get("outputs", {}) if cache.state.get("output") == str(self.root) else {}
        if manifest is not None and recorded.get(SITE, {}).get(MANIFEST) == digest_bytes(data):
            self._recorded = recorded
        else:
            cache.page_keys = {}
        if manifest is not None:
            return manifest
        self._recovering = (self.root / MANIFEST).exists()
        note = f"{self.name}/{MANIFEST} was damaged or of another version; every page is made again."
        if self._recovering and note not in self.notes:
            self.notes.append(note)
        return Manifest({owner: self._recover(files) for owner, files in recorded.items()})

    def _read_file(self) -> bytes:
        """The manifest as it lies in the folder; nothing where there is none."""
        try:
            with open_file(f"{self.root}/{MANIFEST}") as file:
                return file.read()
        except OSError:
            return b""

    def _recover(self, recorded: Mapping[str, Recorded]) -> Entries:
        """The files that are still what the last build has made."""
        return {
            path: Entry("", digest_file(f"{self.root}/{path}") or "")
            for path, file in recorded.items()
            if path not in (MANIFEST, STAGING) and is_as_recorded(f"{self.root}/{path}", file)
        }

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
        ours = {*manifest, *manifest.retired}
        blocked = {place for path in staged if (place := find_obstacle(self.root, path, ours))}
        message = "this file was not made by a build, so it is left alone."
        hint = "Delete it, or choose another folder with --output."
        return [error_at("foreign-file", f"{self.name}/{path}", WHOLE_FILE, message, hint) for path in sorted(blocked)]

    @contextmanager
    def staging_place(self) -> Iterator[None]:
        """What is staged in the block stays for `publish`, unless it ends with an error."""
        try:
            yield
        except BaseException:
            self.discard()
            with suppress(OSError):
                self.root.rmdir()  # it was made for nothing
            raise

    def begin(self) -> None:
        """Makes the staging place, without what an interrupted build may have left there. Raises `SiteError`."""
        try:
            self.discard()
            self.staging.mkdir(parents=True)
        except OSError as error:
            raise cannot_write(self.name, error) from error

    def discard(self) -> None:
        """Deletes what was staged."""
        shutil.rmtree(self.staging, ignore_errors=True)

    def publish(
        self, staged: Collection[str], before: Manifest, after: Manifest, persist: bool = True
    ) -> tuple[Manifest, list[str]]:
        """Moves staged files to their places. Returns the manifest as it now is, and the files that were removed.

        `persist`: the manifest is written, too. Raises `SiteError`, which says whether anything has changed by then.
        """
        removed: list[str] = []
        changes = OrderedChanges(self.root, self.staging, durable=persist)
        try:
            if staged or before.files != after.files or before.templates != after.templates:
                removed, retired = find_removed(before, after, BEFORE_PAGES)
                after = structs.replace(after, retired=retired)
                self._in_doubt = True
                self._transfer(changes, staged, before, after, removed)
            else:
                after = before
        except OSError as error:
            raise cannot_write(self._name(error), error, changes.has_begun) from error
        finally:
            self.discard()
        self._manifest = after if self.exclusive else None
        self._in_doubt = False
        return after, removed

    def _transfer(
        self, changes: OrderedChanges, staged: Collection[str], before: Manifest, after: Manifest, removed: list[str]
    ) -> None:
        """The steps of publishing. After each of them, no page names an asset that is not there, and none that can be
        reached from the home page another page.
        """
        ours = {*before, *before.retired}
        assets = sorted(path for path in staged if path.startswith(BEFORE_PAGES))
        new = sorted({*staged} - {*assets, *ours, file_of(HOME)})
        is_kept = changes.durable
        has_new_names = is_kept and not ours.issuperset(staged)
        manifests = {MANIFEST: after} if is_kept else {}
        if has_new_names:
            manifests[JOINED] = _join(before, after, staged)
        for name, manifest in manifests.items():
            self._stage_manifest(name, manifest)
        changes.sync_source([*(staged if ours else ()), *manifests])
        if has_new_names:
            changes.rename(JOINED, MANIFEST)
        if not ours:  # there is no site yet that could be harmed: it is enough that the next build knows the names
            changes.wait()
            changes.durable = False
        for path in find_clashes(removed, staged):
            changes.remove(path)
        for group in (assets, new, sorted({*staged} - {*assets, *new})):
            if group:
                changes.wait()
                changes.move(group)
        if removed or after.retired:
            changes.wait()
        for path in removed:
            changes.remove(path)
        if removed:
            changes.wait()
        if is_kept:
            changes.rename(MANIFEST, MANIFEST)

    def save(self, manifest: Manifest) -> None:
        """Writes a manifest that was published without being written. Raises `OSError`."""
        self._stage_manifest(MANIFEST, manifest)
        os.replace(self.staging / MANIFEST, self.root / MANIFEST)
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
        recorded[SITE][STAGING] = None  # what a build leaves there that is killed, another one has to clear away
        return recorded

    def _stage_manifest(self, name: str, manifest: Manifest) -> None:
        write_file(self.staging / name, encode_manifest(structs.replace(manifest, source=self.source)))

    def _name(self, error: OSError) -> str:
        """What reports call the file that an error is about, if it is in the folder; else the folder."""
        place = os.fspath(error.filename2 or error.filename or "")
        inside = place.removeprefix(f"{self.root}{os.sep}").replace(os.sep, "/")
        return f"{self.name}/{inside}" if inside != place.replace(os.sep, "/") else self.name


def cannot_write(shown: str, error: OSError, has_changed: bool = False) -> SiteError:
    """A file that cannot be written. `has_changed`: others have been published already."""
    hint = "Check the disk and its rights."
    diagnostic = error_at("cannot-write", shown, WHOLE_FILE, f"cannot be written: {error.strerror}.", hint)
    if not has_changed:
        return SiteError([diagnostic])
    return SiteError([diagnostic], "some files are new already, the others are as they were; the next build goes on.")


def stage(staging: Place, name: str, path: str, data: bytes) -> None:
    """Puts a file into a staging place, also from another process. `name` is what reports call the output folder."""
    try:
        write_file(f"{staging}/{path}", data)
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
