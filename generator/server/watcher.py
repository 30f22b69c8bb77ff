"""Watches files, and works off what has changed, in a thread of its own."""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from threading import Event, Thread

from watchfiles import watch
from watchfiles.main import FileChange

from generator.files.fingerprint import stat_file

# Milliseconds. Changes are taken together until none has come for DEBOUNCE_STEP, at most for DEBOUNCE_MAX.
DEBOUNCE_STEP = 5
DEBOUNCE_MAX = 1000
# The time without changes after which work is called without any.
HEARTBEAT = 100
# Seconds between two looks at everything, and how many times longer this has to be than a look takes.
LOOK_PAUSE, LOOK_SHARE = 1.0, 20

# Absolute paths, or None: anything may have changed.
ChangedPaths = frozenset[str] | None
Clock = Callable[[], float]


class StopWork(BaseException):
    """Cancels the call under way. No `Exception`, so that no handler takes it for a failure."""


class Watcher(Thread):
    """Calls `work` with what has changed below some folders since its last call, until it is stopped.

    Folders may disappear and come back. The system does not report all that happens: what is put into a new folder at
    once, or on a network drive by others, or in a container by its host. So `work` is called with None at first, in the
    first quiet moment after a change, when a folder has been replaced, and every second or so; on a disk so slow that
    a look takes long, less often. It is also called now and then without any change. It returns whether there was
    something to do.
    """

    def __init__(
        self,
        folders: Sequence[str],
        work: Callable[[ChangedPaths], object],
        clock: Clock = time.monotonic,
        watch: Callable[..., Iterable[set[FileChange]]] = watch,
        pause: float = LOOK_PAUSE,
    ) -> None:
        super().__init__(name="watch", daemon=True)
        self._folders = folders
        self._work = work
        self._clock = clock
        self._stopped = Event()
        self._watch = watch
        self._looked = 0.0
        self._least_pause = self._pause = pause

    def run(self) -> None:
        with suppress(StopWork):
            while not self._stopped.is_set():
                self._look()
                try:
                    self._follow_changes()
                except (OSError, RuntimeError):
                    # A folder has just disappeared; or the system cannot watch this many files, or this kind of disk.
                    self._stopped.wait(self._pause)

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
        batches = self._watch(
            *folders,
            watch_filter=None,
            debounce=DEBOUNCE_MAX,
            step=DEBOUNCE_STEP,
            stop_event=self._stopped,
            rust_timeout=HEARTBEAT,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        )
        complete = False
        for batch in batches:
            changed = frozenset(path for _, path in batch)
            if changed or (complete and self._clock() < self._looked + self._pause):
                self._work(changed)
            else:
                self._look()
            complete = not changed
            if self._find_folders() != folders:
                return

    def _look(self) -> None:
        """Has everything looked at. What was there to do does not count as the time that a look takes."""
        begun = self._clock()
        has_worked = self._work(None)
        self._looked = self._clock()
        if not has_worked:
            self._pause = max(self._least_pause, (self._looked - begun) * LOOK_SHARE)

    def _find_folders(self) -> dict[str, int]:
        """The folders that are there, each with its inode."""
        return {folder: stat[3] for folder in self._folders if (stat := stat_file(folder))}
