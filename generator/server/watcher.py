"""Watches files, and reports what has changed as soon as no more changes come for a moment."""

import os
from collections.abc import Callable, Iterator, Sequence
from threading import Event, Thread

from watchfiles import watch

from generator.files.fingerprint import FileStat, stat_file

# Milliseconds. Changes are reported when no more have come for DEBOUNCE_STEP, at the latest after DEBOUNCE_MAX.
# Every HEARTBEAT without changes, the watcher looks at what the system does not report.
DEBOUNCE_STEP = 5
DEBOUNCE_MAX = 60
HEARTBEAT = 500

# With more changes than this at once, the system may have lost some.
RELIABLE_CHANGES = 100

# Absolute paths, or None: anything may have changed.
ChangedPaths = frozenset[str] | None


class Watcher(Thread):
    """Calls `notify` with what changes in single files and below folders, until it is stopped.

    Folders may disappear and come back. The system reports a new folder, but not always what was put into it at
    once: a moment after that, and after very many changes, `notify` is called with None.
    """

    def __init__(self, folders: Sequence[str], files: Sequence[str], notify: Callable[[ChangedPaths], None]) -> None:
        super().__init__(name="watch", daemon=True)
        self._folders = folders
        self._files = files
        self._notify = notify
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
                self._report_changes(present, identity)
            except FileNotFoundError:
                self._stopped.wait(HEARTBEAT / 1000)  # a folder has just disappeared
            except (OSError, RuntimeError):
                # The system cannot watch this many files, or this kind of disk.
                self._polling = True
                self._stopped.wait(HEARTBEAT / 1000)

    def stop(self) -> None:
        self._stopped.set()
        if self.is_alive():
            self.join()

    def _report_changes(self, folders: list[str], identity: list[object]) -> None:
        """Returns when a folder has been replaced by another, or is gone."""
        batches = self._watch(folders)
        incomplete = self.watching.is_set()  # not the first time: changes in between may have been missed
        stamps = self._stat_files()
        for changes in batches:
            self.watching.set()
            if changes:
                incomplete |= len(changes) > RELIABLE_CHANGES or any(os.path.isdir(path) for path in changes)
                self._notify(changes)
            elif incomplete:
                incomplete = False
                self._notify(None)
            now = self._stat_files()
            touched = frozenset(path for path in now if now[path] != stamps[path])
            stamps = now
            if touched:
                self._notify(touched)
            if self._identify() != identity:
                self._notify(None)
                return

    def _watch(self, folders: list[str]) -> Iterator[frozenset[str]]:
        batches = watch(
            *folders,
            watch_filter=None,
            debounce=DEBOUNCE_MAX,
            step=DEBOUNCE_STEP,
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
