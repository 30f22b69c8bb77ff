"""Work in several processes, where there is enough to do."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from generator.diagnostics.diagnostic import WHOLE_FILE, SiteError, error_at

if TYPE_CHECKING:  # a build that works alone saves the 20 ms of loading them
    from concurrent.futures import ProcessPoolExecutor

Task = TypeVar("Task")
Result = TypeVar("Result")
Work = Callable[[Any, Sequence[Task]], list[Result]]

# Below this number of files or pages, starting processes costs more than it saves; see benchmarks/threshold.py.
PARALLEL_THRESHOLD = 300
# Tasks are handed over in chunks: some for each process, so that none is idle at the end, but not one by one.
CHUNKS_PER_PROCESS, LONGEST_CHUNK = 16, 32

# What a worker process is given when it starts. An executor has no other way to hand over a value once rather than with
# every task; this is the one variable at the top of a module that changes.
_shared: Any = None


class Workers:
    """Runs tasks on a `shared` value: in this process, or in `size` processes that get it when they start. Use it in a
    `with`, which ends the processes.
    """

    def __init__(self, size: int, shared: object, threshold: int = PARALLEL_THRESHOLD) -> None:
        self.size = size
        self.shared = shared
        self.threshold = threshold
        self._executor: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *error: object) -> None:
        if self._executor:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def map(self, work: "Work[Task, Result]", tasks: Sequence[Task], weight: int) -> Iterator[Result]:
        """The results of all tasks, in their order. `weight`: how many files or pages they are.

        Processes start on them at once, so that there is time for something else before the first result is asked for.
        `work` is a function of a module that takes the shared value and some of the tasks. Raises `SiteError` where a
        process was killed.
        """
        if self.size == 1 or weight < self.threshold or len(tasks) < 2:
            return chain.from_iterable(work(self.shared, [task]) for task in tasks)
        length = max(1, min(LONGEST_CHUNK, len(tasks) // (self.size * CHUNKS_PER_PROCESS)))
        chunks = [tasks[at : at + length] for at in range(0, len(tasks), length)]
        return _collect(self._start().map(_work_on_shared, [work] * len(chunks), chunks))

    def _start(self) -> "ProcessPoolExecutor":
        if self._executor is None:
            import multiprocessing
            import threading
            from concurrent.futures import ProcessPoolExecutor

            # A copy of this process has the shared value already. A process with threads cannot be copied safely.
            can_fork = sys.platform == "linux" and threading.active_count() == 1
            context = multiprocessing.get_context("fork" if can_fork else "spawn")
            self._executor = ProcessPoolExecutor(self.size, context, _initialize, (self.shared,))
        return self._executor


def _collect(chunks: Iterator[list[Result]]) -> Iterator[Result]:
    from concurrent.futures import BrokenExecutor

    try:
        for results in chunks:
            yield from results
    except BrokenExecutor as error:
        message = "a process of the build was killed."
        hint = "Free some memory, or build with fewer processes: --jobs 1."
        raise SiteError([error_at("worker-killed", "build.py", WHOLE_FILE, message, hint)]) from error


def _initialize(shared: object) -> None:
    """Begins a worker process. A signal is for its parent to handle; but however that ends, this ends with it."""
    import signal
    from multiprocessing import parent_process
    from threading import Thread

    global _shared  # noqa: PLW0603 - see above
    _shared = shared
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    Thread(target=_end_after, args=[parent_process()], daemon=True).start()


def _end_after(parent: Any) -> None:
    parent.join()
    os._exit(1)


def _work_on_shared(work: "Work[Task, Result]", tasks: Sequence[Task]) -> list[Result]:
    return work(_shared, tasks)
