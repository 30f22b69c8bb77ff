"""Saves are told of, and a worker does what it is told: all of it, together, and not when it is to stop."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue

import pytest

from generator.server.hosting import find_type
from generator.server.watcher import Told, Watcher
from generator.server.worker import Worker

PATIENCE = 20.0


class Heard:
    """A watcher of two folders and a file, and what it has told."""

    def __init__(self, folder: Path) -> None:
        self.queue: Queue[Told] = Queue()
        self.folder = folder
        for name in ("content", "layouts"):
            (folder / name).mkdir()
        (folder / "build.py").write_text("", encoding="utf-8")
        folders = [str(folder / name) for name in ("content", "layouts")]
        self.watcher = Watcher(folders, [str(folder / "build.py")], self.queue.put)

    def await_told(self, ask: Callable[[Told], bool]) -> None:
        """Waits for something told that fits; fails if it does not come."""
        while not ask(self.queue.get(timeout=PATIENCE)):
            pass

    def await_path(self, path: str) -> None:
        place = str(self.folder / path)
        self.await_told(lambda told: told is not None and place in told)


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[Heard]:
    made = Heard(tmp_path)
    made.watcher.start()
    assert made.watcher.watching.wait(PATIENCE)
    yield made
    made.watcher.stop()
    assert not made.watcher.is_alive()


def test_a_save_is_told_of_by_its_path(heard: Heard) -> None:
    for path in ("content/a.md", "layouts/base.html"):
        (heard.folder / path).write_text("a", encoding="utf-8")
        heard.await_path(path)
        (heard.folder / path).unlink()
        heard.await_path(path)


def test_a_single_file_is_watched_as_well(heard: Heard) -> None:
    (heard.folder / "build.py").write_text("changed", encoding="utf-8")
    heard.await_path("build.py")


def test_after_a_new_folder_everything_is_looked_at(heard: Heard) -> None:
    """What was put into it at once may have escaped."""
    (heard.folder / "content/makers").mkdir()
    heard.await_told(lambda told: told is None)


def test_a_folder_may_go_and_come_back(heard: Heard) -> None:
    shutil.rmtree(heard.folder / "content")
    heard.await_told(lambda told: told is None)
    (heard.folder / "content").mkdir()
    heard.await_told(lambda told: told is None)
    (heard.folder / "content/a.md").write_text("a", encoding="utf-8")
    heard.await_told(lambda told: told is None or str(heard.folder / "content/a.md") in told)


def test_everything_is_more_than_any_file() -> None:
    done: Queue[Told] = Queue()
    worker = Worker(done.put)
    worker.tell(frozenset("a"))
    worker.tell(None)
    worker.tell(frozenset("b"))
    worker.start()
    assert done.get(timeout=PATIENCE) is None
    worker.stop()
    assert done.empty()


def test_a_call_under_way_is_broken_off_where_it_asks() -> None:
    done: list[str] = []

    def work(_: Told) -> None:
        done.append("begun")
        worker.stop()
        worker.check()
        done.append("ended")

    worker = Worker(work)
    worker.tell(None)
    worker.start()
    worker.join(PATIENCE)
    assert not worker.is_alive()
    assert done == ["begun"]


def test_a_worker_that_was_never_started_can_be_stopped() -> None:
    Worker(lambda _: None).stop()


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("assets/main.0a1b.js", "text/javascript; charset=utf-8"),
        ("assets/font.0a1b.woff2", "font/woff2"),
        ("picture.png", "image/png"),
        (".nojekyll", "application/octet-stream"),
        ("file", "application/octet-stream"),
    ],
)
def test_a_file_is_served_as_what_it_is(file: str, kind: str) -> None:
    assert find_type(file) == kind
