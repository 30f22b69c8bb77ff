"""One thread that does what is told, one thing after another: what is told meanwhile is done together."""

from collections.abc import Callable
from contextlib import suppress
from threading import Condition, Thread, current_thread

from generator.server.watcher import Told

# More changes than this are of a tool, not of a person: it is left to finish, as long as it goes on
# telling of changes within SETTLE seconds, but no longer than PATIENCE times.
TOOL = 20
SETTLE = 0.05
PATIENCE = 20

# Without anything told, a look after so many seconds: a new day may have begun.
IDLE = 30.0


class StopError(Exception):
    """Ends a build under way when the worker is stopped."""


class Worker(Thread):
    """Calls `work` with what was told since its last call, until it is stopped."""

    def __init__(self, work: Callable[[Told], None]) -> None:
        super().__init__(name="build", daemon=True)
        self._work = work
        self._condition = Condition()
        self._waiting = False
        self._told: Told = frozenset()
        self._stopping = False

    def tell(self, told: Told) -> None:
        """Adds absolute paths to look at, or None for everything. Returns at once; for any thread."""
        with self._condition:
            self._told = None if told is None or self._told is None else self._told | told
            self._waiting = True
            self._condition.notify_all()

    def run(self) -> None:
        with suppress(StopError):
            while True:
                self._work(self._await())

    def stop(self) -> None:
        """Ends the thread as soon as it can: before the next call, or where a call asks `check`."""
        with self._condition:
            self._stopping = True
            self._condition.notify_all()
        if self.is_alive() and current_thread() is not self:
            self.join(timeout=5)

    def check(self) -> None:
        """For long calls: raises `StopError` if there is no use in going on."""
        if self._stopping:
            raise StopError

    def _await(self) -> Told:
        with self._condition:
            self._condition.wait_for(lambda: self._waiting or self._stopping, IDLE)
            for _ in range(PATIENCE):
                if self._stopping or self._told is None or len(self._told) <= TOOL:
                    break
                self._waiting = False
                if not self._condition.wait_for(lambda: self._waiting or self._stopping, SETTLE):
                    break
            self.check()
            told, self._told, self._waiting = self._told, frozenset(), False
            return told
