"""The watcher reports every save, and whatever it may have missed."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue

import pytest

from generator.server.watcher import ChangedPaths, Watcher

TIMEOUT = 20.0


class Recorder:
    """A watcher of two folders and a file, and what it has reported."""

    def __init__(self, folder: Path) -> None:
        self.queue: Queue[ChangedPaths] = Queue()
        self.folder = folder
        for name in ("content", "layouts"):
            (folder / name).mkdir()
        (folder / "build.py").write_text("", encoding="utf-8")
        folders = [str(folder / name) for name in ("content", "layouts")]
        self.watcher = Watcher(folders, [str(folder / "build.py")], self.queue.put)

    def wait_for_changes(self, ask: Callable[[ChangedPaths], bool]) -> None:
        """Waits for a report that fits; fails if there is none."""
        while not ask(self.queue.get(timeout=TIMEOUT)):
            pass

    def wait_for_path(self, path: str) -> None:
        place = str(self.folder / path)
        self.wait_for_changes(lambda changed: changed is not None and place in changed)


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    made = Recorder(tmp_path)
    made.watcher.start()
    assert made.watcher.watching.wait(TIMEOUT)
    yield made
    made.watcher.stop()
    assert not made.watcher.is_alive()


def test_a_save_is_reported_by_its_path(recorder: Recorder) -> None:
    for path in ("content/a.md", "layouts/base.html"):
        (recorder.folder / path).write_text("a", encoding="utf-8")
        recorder.wait_for_path(path)
        (recorder.folder / path).unlink()
        recorder.wait_for_path(path)


def test_a_single_file_is_watched_as_well(recorder: Recorder) -> None:
    (recorder.folder / "build.py").write_text("changed", encoding="utf-8")
    recorder.wait_for_path("build.py")


def test_after_a_new_folder_anything_may_have_changed(recorder: Recorder) -> None:
    """What was put into it at once may have been missed."""
    (recorder.folder / "content/makers").mkdir()
    recorder.wait_for_changes(lambda changed: changed is None)


def test_a_folder_may_disappear_and_come_back(recorder: Recorder) -> None:
    shutil.rmtree(recorder.folder / "content")
    recorder.wait_for_changes(lambda changed: changed is None)
    (recorder.folder / "content").mkdir()
    recorder.wait_for_changes(lambda changed: changed is None)
    (recorder.folder / "content/a.md").write_text("a", encoding="utf-8")
    recorder.wait_for_changes(lambda changed: changed is None or str(recorder.folder / "content/a.md") in changed)
