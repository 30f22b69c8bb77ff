"""Watches files, and works off what has changed, in a thread of its own."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Event, Thread

from watchfiles import watch

from generator.files.fingerprint import stat_file

# Milliseconds. Changes are taken together until none has come for DEBOUNCE_STEP, at most for DEBOUNCE_MAX.
DEBOUNCE_STEP = 5
DEBOUNCE_MAX = 1000
# The time without changes after which the watcher looks at what the system may not have reported.
HEARTBEAT = 500

# Absolute paths, or None: anything may have changed.
ChangedPaths = frozenset[str] | None


class StopWork(BaseException):
    """Cancels the call under way. No `Exception`, so that no handler takes it for a failure."""


class Watcher(Thread):
    """Calls `work` with what has changed below some folders since its last call, until it is stopped.

    Folders may disappear and come back. The system does not report all that happens, such as what is put into a new
    folder at once: so `work` is called with None at first, in the first quiet moment after a change, and when a
    folder has been replaced. It is also called now and then without any change, since a new day may have begun.
    """

    def __init__(self, folders: Sequence[str], work: Callable[[ChangedPaths], None]) -> None:
        super().__init__(name="watch", daemon=True)
        self._folders = folders
        self._work = work
        self._stopped = Event()
        self._polling = False

    def run(self) -> None:
        with suppress(StopWork):
            while not self._stopped.is_set():
                self._work(None)
                try:
                    self._follow_changes()
                except (OSError, RuntimeError) as error:
                    # A folder has just disappeared; or the system cannot watch this many files, or this kind of disk.
                    self._polling |= not isinstance(error, FileNotFoundError)
                    self._stopped.wait(HEARTBEAT / 1000)

    def stop(self) -> None:
        """Ends the thread before its next call, or where the call under way asks `raise_if_stopped`."""
        self._stopped.set()
        self.join(timeout=5)

    def raise_if_stopped(self) -> None:
        """For a long call to ask now and then: raises `StopWork` if the watcher is to end."""
        if self._stopped.is_set():
            raise StopWork

    def _follow_changes(self) -> None:
        """Returns when a folder has come, has gone or has been replaced by another."""
        folders = self._find_folders()
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
        complete = False
        for batch in batches:
            changed = frozenset(path for _, path in batch)
            self._work(changed if changed or complete else None)
            complete = not changed
            if self._find_folders() != folders:
                return

    def _find_folders(self) -> dict[str, int]:
        """The folders that are there, each with its inode."""
        return {folder: stat[3] for folder in self._folders if (stat := stat_file(folder))}
