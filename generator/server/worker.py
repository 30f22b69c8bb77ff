"""A thread that works off changes: those that come in while it works are handled together in the next call."""

from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Thread, current_thread

from generator.server.watcher import ChangedPaths

# More changes at once than a person makes: a tool is at work, a switch of branches, say. The worker waits until none
# has come for DEBOUNCE_SECONDS, but at most DEBOUNCE_ROUNDS times.
DEBOUNCE_THRESHOLD = 20
DEBOUNCE_SECONDS = 0.05
DEBOUNCE_ROUNDS = 20

# Without changes, a call after this many seconds: a new day may have begun.
IDLE_SECONDS = 30.0


class StoppedError(Exception):
    """Cancels the build under way when the worker is stopped."""


class Worker(Thread):
    """Calls `work` with everything submitted since its last call, until it is stopped."""

    def __init__(self, work: Callable[[ChangedPaths], None]) -> None:
        super().__init__(name="build", daemon=True)
        self._work = work
        self._condition = Condition()
        self._pending = False
        self._changed: ChangedPaths = frozenset()
        self._stopping = False

    def submit(self, changed: ChangedPaths) -> None:
        """Adds changes to the next call. Returns at once; may be called from any thread."""
        with self._condition:
            self._changed = None if changed is None or self._changed is None else self._changed | changed
            self._pending = True
            self._condition.notify_all()

    def run(self) -> None:
        with suppress(StoppedError):
            while True:
                self._work(self._wait())

    def stop(self) -> None:
        """Ends the thread before its next call, or when the call under way asks `raise_if_stopped`."""
        with self._condition:
            self._stopping = True
            self._condition.notify_all()
        if self.is_alive() and current_thread() is not self:
            self.join(timeout=5)

    def raise_if_stopped(self) -> None:
        """For long calls to ask now and then: raises `StoppedError` if the worker is to end."""
        if self._stopping:
            raise StoppedError

    def _wait(self) -> ChangedPaths:
        with self._condition:
            self._condition.wait_for(self._is_woken, IDLE_SECONDS)
            for _ in range(DEBOUNCE_ROUNDS):
                if self._stopping or self._changed is None or len(self._changed) <= DEBOUNCE_THRESHOLD:
                    break
                self._pending = False
                if not self._condition.wait_for(self._is_woken, DEBOUNCE_SECONDS):
                    break
            self.raise_if_stopped()
            changed, self._changed, self._pending = self._changed, frozenset(), False
            return changed

    def _is_woken(self) -> bool:
        return self._pending or self._stopping
