"""Whoever does the work, the outcome is the same; and a worker that is killed is a sentence, not a wait."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import pytest

from generator.build.crew import WORTHWHILE, Crew
from generator.build.output import OutputFolder
from generator.build.pipeline import build_site
from generator.diagnostics.diagnostic import SiteError
from generator.files.tree import MemoryFolder
from tests.sites import CALENDAR, ROOT, SITE, TARGET, build, crowd, read_folder, tiny_layouts

JOBS = list(range(500))


# What the workers are told to do. Other processes find these by their names.


def add_all(number: int, jobs: list[int]) -> list[int]:
    return [number + job for job in jobs]


def tell_process(_: None, jobs: list[int]) -> list[int]:
    return [os.getpid() for _ in jobs]


def fail(_: None, jobs: list[int]) -> list[int]:
    raise ValueError(f"job {jobs[0]}")


def die(_: None, jobs: list[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return jobs


@contextmanager
def open_executor(kind: str) -> Iterator[Executor | None]:
    if kind == "threads":
        with ThreadPoolExecutor(2) as threads:
            yield threads
    elif kind == "processes":
        with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
            yield processes
    else:
        yield None


@pytest.mark.parametrize("kind", ["none", "threads", "processes"])
def test_every_job_is_done_once_by_any_executor(kind: str) -> None:
    with open_executor(kind) as executor, Crew(1, executor) as crew:
        assert sorted(crew.run(add_all, 7, JOBS, len(JOBS), 1)) == [7 + job for job in JOBS]


def test_a_crew_of_its_own_does_every_job_once() -> None:
    with Crew(2) as crew:
        assert sorted(crew.run(add_all, 7, JOBS, len(JOBS), WORTHWHILE)) == [7 + job for job in JOBS]
        assert sorted(crew.run(add_all, 8, JOBS, len(JOBS), WORTHWHILE)) == [8 + job for job in JOBS]


@pytest.mark.parametrize(("size", "pages", "jobs"), [(1, WORTHWHILE, 9), (2, WORTHWHILE - 1, 9), (2, WORTHWHILE, 1)])
def test_little_work_is_done_here(size: int, pages: int, jobs: int) -> None:
    with Crew(size) as crew:
        assert set(crew.run(tell_process, None, JOBS[:jobs], jobs, pages)) == {os.getpid()}


def test_much_work_is_done_beside() -> None:
    with Crew(2) as crew:
        assert os.getpid() not in set(crew.run(tell_process, None, JOBS, len(JOBS), WORTHWHILE))


@pytest.mark.parametrize("kind", ["none", "threads", "processes"])
def test_a_job_that_fails_says_so_as_it_would_here(kind: str) -> None:
    with open_executor(kind) as executor, Crew(1, executor) as crew, pytest.raises(ValueError, match=r"^job \d+$"):
        list(crew.run(fail, None, JOBS, len(JOBS), 1))


def test_jobs_are_taken_when_it_is_their_turn_so_that_a_large_site_needs_no_memory() -> None:
    taken: list[int] = []
    jobs = (taken.append(job) or job for job in range(10_000))
    with Crew(2) as crew:
        results = crew.run(add_all, 0, jobs, 10_000, WORTHWHILE)
        first = next(results)
        assert len(taken) < 500
        assert sorted([first, *results]) == taken == list(range(10_000))


def test_a_worker_that_is_killed_is_a_sentence() -> None:
    with Crew(2) as crew, pytest.raises(SiteError) as failure:
        list(crew.run(die, None, JOBS, len(JOBS), WORTHWHILE))
    assert [str(problem) for problem in failure.value.diagnostics] == [
        "build.py: a process of the build was ended from outside. "
        "Free some memory, or build with fewer processes: --jobs 1."
    ]


@pytest.mark.parametrize("kind", ["threads", "processes"])
def test_any_executor_builds_the_same_site(tmp_path: Path, kind: str) -> None:
    with open_executor(kind) as executor, Crew(2, executor) as crew:
        folder = OutputFolder(tmp_path / "output", "output")
        build_site(MemoryFolder(SITE), tiny_layouts(), folder, calendar=CALENDAR, target=TARGET, crew=crew)
    assert read_folder(tmp_path / "output") == read_folder(build(SITE, tmp_path / "alone"))


AGAIN = """
import sys
from pathlib import Path
from generator.build import crew
from generator.files import spill
from generator.files.tree import DiskFolder
from generator.build.output import OutputFolder
from generator.build.pipeline import build_site
from generator.build.store import Store
from tests.sites import CALENDAR, TARGET, tiny_layouts

spill.KEPT = spill.PIECE = crew.WORTHWHILE = 1
root = Path(sys.argv[1])
for force in (False, True, True):
    with crew.Crew(2) as workers:
        build_site(DiskFolder(root / "content"), tiny_layouts(), OutputFolder(root / "output"), calendar=CALENDAR,
                   target=TARGET, store=Store(root / "known", "1"), crew=workers, force=force)
"""


def test_copies_of_a_process_make_again_what_it_knows_in_files(tmp_path: Path, write_site: Callable[..., Path]) -> None:
    """As on a site of thousands of audiences. A process of one thread alone is copied."""
    write_site(crowd(30), tmp_path / "content")
    command = [sys.executable, "-c", AGAIN, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert read_folder(tmp_path / "output") == read_folder(build(crowd(30), tmp_path / "alone"))
