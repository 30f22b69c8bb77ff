"""Tells of saves: what has changed below some folders, as soon as it has been quiet for a moment."""

import os
from collections.abc import Callable, Iterator, Sequence
from threading import Event, Thread

from watchfiles import watch

from generator.files.fingerprint import FileStat, stat_file

# Milliseconds. A save is told of when nothing more has come for QUIET, or after CAP if it does not get
# quiet; every HEARTBEAT without a save, a look at what the system does not tell of.
QUIET = 5
CAP = 60
HEARTBEAT = 500

# So many changes at once may be more than the system has kept count of.
MANY = 100

# Absolute paths, or None for "look at everything".
Told = frozenset[str] | None
Tell = Callable[[Told], None]


class Watcher(Thread):
    """Watches folders with all that is below them, and single files, until it is stopped.

    Folders may go and come back. A new folder is told of, but not always what was put into it at once:
    some time after such a change, and after very many, a look at everything is asked for.
    """

    def __init__(self, folders: Sequence[str], files: Sequence[str], tell: Tell) -> None:
        super().__init__(name="watch", daemon=True)
        self._folders = folders
        self._files = files
        self._tell = tell
        self._stopped = Event()
        self._polling = False
        self.watching = Event()

    def run(self) -> None:
        while not self._stopped.is_set():
            identity = self._identify()
            present = [folder for folder in self._folders if os.path.isdir(folder)]
            if not present:
                self._stopped.wait(HEARTBEAT / 1000)
                continue
            try:
                self._follow(present, identity)
            except FileNotFoundError:
                self._stopped.wait(HEARTBEAT / 1000)  # a folder went just now
            except (OSError, RuntimeError):
                # The system watches no more files, or none on this kind of disk.
                self._polling = True
                self._stopped.wait(HEARTBEAT / 1000)

    def stop(self) -> None:
        self._stopped.set()
        if self.is_alive():
            self.join()

    def _follow(self, folders: list[str], identity: list[object]) -> None:
        """Tells of changes as long as the folders are the ones that they were."""
        batches = self._watch(folders)
        unsure = self.watching.is_set()  # not the first time: something may have been missed in between
        stamps = self._stat_files()
        for changes in batches:
            self.watching.set()
            if changes:
                unsure = unsure or len(changes) > MANY or any(os.path.isdir(path) for path in changes)
                self._tell(changes)
            elif unsure:
                unsure = False
                self._tell(None)
            now = self._stat_files()
            touched = frozenset(path for path in now if now[path] != stamps[path])
            stamps = now
            if touched:
                self._tell(touched)
            if self._identify() != identity:
                self._tell(None)
                return

    def _watch(self, folders: list[str]) -> Iterator[frozenset[str]]:
        batches = watch(
            *folders,
            watch_filter=None,
            debounce=CAP,
            step=QUIET,
            stop_event=self._stopped,
            rust_timeout=HEARTBEAT,
            yield_on_timeout=True,
            force_polling=self._polling or None,
            ignore_permission_denied=True,
        )
        return (frozenset(path for _, path in batch) for batch in batches)

    def _identify(self) -> list[object]:
        stamps = (stat_file(folder) for folder in self._folders)
        return [stamp and stamp[3] for stamp in stamps]

    def _stat_files(self) -> dict[str, FileStat | None]:
        return {path: stat_file(path) for path in self._files}
