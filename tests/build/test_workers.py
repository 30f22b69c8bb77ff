"""Whoever does the work, the outcome is the same; and a worker that is killed is a sentence, not a wait."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from generator.build.workers import Workers
from generator.diagnostics.diagnostic import SiteError
from tests.sites import ROOT, build, crowd, read_folder

TASKS = list(range(500))
MANY = 300


# What the workers are told to do. Other processes find these by their names.


def add(shared: int, tasks: Sequence[int]) -> list[int]:
    return [shared + task for task in tasks]


def name_process(_: object, tasks: Sequence[int]) -> list[int]:
    return [os.getpid() for _ in tasks]


def fail(_: object, tasks: Sequence[int]) -> list[int]:
    raise ValueError(f"task {tasks[0]}")


def die(_: object, tasks: Sequence[int]) -> list[int]:
    os.kill(os.getpid(), signal.SIGKILL)
    return list(tasks)


@pytest.mark.parametrize("size", [1, 2])
def test_every_task_is_done_once_and_in_order(size: int) -> None:
    with Workers(size, 7, MANY) as workers:
        assert list(workers.map(add, TASKS, MANY)) == [7 + task for task in TASKS]
        assert list(workers.map(add, TASKS[:40], MANY)) == [7 + task for task in TASKS[:40]]


@pytest.mark.parametrize(("size", "weight", "tasks"), [(1, MANY, 9), (2, MANY - 1, 9), (2, MANY, 1)])
def test_little_work_is_done_in_this_process(size: int, weight: int, tasks: int) -> None:
    with Workers(size, None, MANY) as workers:
        assert set(workers.map(name_process, TASKS[:tasks], weight)) == {os.getpid()}


def test_much_work_is_done_in_other_processes() -> None:
    with Workers(2, None, MANY) as workers:
        assert os.getpid() not in set(workers.map(name_process, TASKS, MANY))


@pytest.mark.parametrize("size", [1, 2])
def test_a_task_that_fails_raises_what_it_would_raise_here(size: int) -> None:
    with Workers(size, None, MANY) as workers, pytest.raises(ValueError, match=r"^task \d+$"):
        list(workers.map(fail, TASKS, MANY))


def test_a_worker_that_is_killed_is_a_sentence() -> None:
    with Workers(2, None, MANY) as workers, pytest.raises(SiteError) as failure:
        list(workers.map(die, TASKS, MANY))
    assert [str(problem) for problem in failure.value.diagnostics] == [
        "build.py: a process of the build was killed. Free some memory, or build with fewer processes: --jobs 1."
    ]


BUILD = """
import sys
from pathlib import Path
from generator.build.cache import Cache
from generator.build.load import Resources
from generator.build.output import Output
from generator.build.pipeline import BuildOptions, build_site
from generator.files.tree import DiskTree
from tests.sites import CALENDAR, TARGET, tiny_layouts

root, threads = Path(sys.argv[1]), sys.argv[2] == "threads"
if threads:
    import threading
    end = threading.Event()
    threading.Thread(target=end.wait, daemon=True).start()
options = BuildOptions(CALENDAR, TARGET, resources=Resources(2, 1))
for force in (False, True, True):
    build_site(DiskTree(root / "content", "content"), tiny_layouts(), Output(root / "output", "output"),
               Cache(root / "known"), options._replace(force=force))
if threads:
    end.set()
"""


@pytest.mark.parametrize("kind", ["alone", "threads"])
def test_two_processes_build_the_same_site_as_one(tmp_path: Path, write_site: Callable[..., Path], kind: str) -> None:
    """A process of one thread is copied; of one with several threads, new ones are started."""
    write_site(crowd(12), tmp_path / "content")
    command = [sys.executable, "-c", BUILD, str(tmp_path), kind]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert read_folder(tmp_path / "output") == read_folder(build(crowd(12), tmp_path / "alone"))
