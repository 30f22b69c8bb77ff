"""Who does the work: this process alone, or several beside it where there is enough to do."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from generator.diagnostics.diagnostic import WHOLE_FILE, SiteError, error_at

if TYPE_CHECKING:  # a build that works alone saves the 20 ms of loading them
    from concurrent.futures import Executor, ProcessPoolExecutor

Job = TypeVar("Job")
Result = TypeVar("Result")
Tools = TypeVar("Tools")

# Below so many pages, starting processes costs more than it saves; benchmarks/threshold.py measures it.
WORTHWHILE = 300
CHUNKS = 16
# So many jobs are handed over at once, and so many times for each process: of more, neither jobs nor results are kept.
LONGEST = 32
AHEAD = 3


class Crew:
    """Runs jobs in `size` processes, or with an executor of one's own. Use it in a `with`."""

    def __init__(self, size: int = 1, executor: "Executor | None" = None) -> None:
        self.size = size
        self._executor = executor
        self._own: ProcessPoolExecutor | None = None

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self._own:
            self._own.shutdown(wait=True, cancel_futures=True)

    def run(
        self,
        work: Callable[[Tools, list[Job]], list[Result]],
        tools: Tools,
        jobs: Iterable[Job],
        count: int,
        pages: int,
    ) -> Iterator[Result]:
        """The results of all jobs, as they come. A job is taken when it is its turn.

        `count` is how many there are, `pages` how much work it is, for choosing who does it. Raises `SiteError`
        where a process was ended from outside.
        """
        if not self._executor and (self.size == 1 or pages < WORTHWHILE or count < 2):
            for job in jobs:
                yield from work(tools, [job])
            return
        from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
        from tempfile import TemporaryDirectory

        length = max(1, min(LONGEST, count // (self.size * CHUNKS)))
        ahead = AHEAD * (count_cores() if self._executor else self.size)
        executor = self._executor or self._start()
        rest = iter(jobs)
        waiting: set[Future[list[Result]]] = set()
        try:
            with TemporaryDirectory() as folder:
                place = pack_tools(tools, folder)
                while True:
                    while len(waiting) < ahead and (chunk := list(islice(rest, length))):
                        waiting.add(executor.submit(work_with, work, place, chunk))
                    if not waiting:
                        return
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    for future in done:
                        yield from future.result()
        except BrokenExecutor as error:
            message = "a process of the build was ended from outside."
            hint = "Free some memory, or build with fewer processes: --jobs 1."
            raise SiteError([error_at("?", "build.py", WHOLE_FILE, message, hint)]) from error

    def _start(self) -> "ProcessPoolExecutor":
        """Processes that take over what is loaded, where that is safe."""
        if self._own is None:
            import multiprocessing
            import threading
            from concurrent.futures import ProcessPoolExecutor

            alone = threading.active_count() == 1
            method = "fork" if sys.platform == "linux" and alone else "spawn"
            context = multiprocessing.get_context(method)
            self._own = ProcessPoolExecutor(self.size, mp_context=context, initializer=_ignore_interrupts)
        return self._own


def pack_tools(tools: object, folder: str) -> str:
    """Puts tools where every process can take them once, and not with each of its jobs. Returns the place."""
    import pickle

    place = f"{folder}/tools-{os.urandom(8).hex()}"
    with open(place, "wb") as file:
        pickle.dump(tools, file, pickle.HIGHEST_PROTOCOL)
    return place


@lru_cache(maxsize=1)
def _unpack_tools(place: str) -> Any:
    import pickle

    with open(place, "rb") as file:
        return pickle.load(file)  # noqa: S301 - this program has just written it


def work_with(work: Callable[[Any, list[Job]], list[Result]], place: str, jobs: list[Job]) -> list[Result]:
    """What an executor calls: does jobs with the tools that lie at a place."""
    return work(_unpack_tools(place), jobs)


def _ignore_interrupts() -> None:
    """An interruption is for the parent to handle, which then ends its processes."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def count_cores() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
