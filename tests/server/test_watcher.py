"""The watcher hands on every save, and whatever it may have missed; changes of one moment together."""

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import pytest
from watchfiles import Change, watch

from generator.server.watcher import ChangedPaths, Watcher
from tests.tools.waiting import PATIENCE, wait_for_item


class Recorder:
    """A watcher of two folders, and what it has reported."""

    def __init__(self, folder: Path) -> None:
        self.queue: Queue[ChangedPaths] = Queue()
        self.folder = folder
        for name in ("content", "layouts"):
            (folder / name).mkdir()
        self.watcher = Watcher([str(folder / name) for name in ("content", "layouts")], self.queue.put)

    def wait_for_changes(self, ask: Callable[[ChangedPaths], bool]) -> None:
        """Waits for a report that fits; fails if there is none."""
        wait_for_item(self.queue, ask)

    def wait_for_path(self, path: str) -> None:
        place = str(self.folder / path)
        self.wait_for_changes(lambda changed: changed is not None and place in changed)


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recorder]:
    made = Recorder(tmp_path)
    made.watcher.start()
    made.wait_for_changes(lambda changed: changed == frozenset())
    yield made
    made.watcher.stop()
    made.watcher.join(PATIENCE)
    assert not made.watcher.is_alive()


def test_a_save_is_reported_by_its_path(recorder: Recorder) -> None:
    for path in ("content/a.md", "layouts/base.html"):
        (recorder.folder / path).write_text("a", encoding="utf-8")
        recorder.wait_for_path(path)
        (recorder.folder / path).unlink()
        recorder.wait_for_path(path)


def test_after_a_change_anything_may_have_changed(recorder: Recorder) -> None:
    """What was put into a new folder at once may have been missed."""
    (recorder.folder / "content/makers").mkdir()
    recorder.wait_for_path("content/makers")
    recorder.wait_for_changes(lambda changed: changed is None)


def test_a_folder_may_disappear_and_come_back(recorder: Recorder) -> None:
    shutil.rmtree(recorder.folder / "content")
    recorder.wait_for_changes(lambda changed: changed is None)
    (recorder.folder / "content").mkdir()
    recorder.wait_for_changes(lambda changed: changed is None)
    (recorder.folder / "content/a.md").write_text("a", encoding="utf-8")
    recorder.wait_for_changes(lambda changed: changed is None or str(recorder.folder / "content/a.md") in changed)


def test_changes_that_come_in_during_a_call_are_handled_together_in_the_next(tmp_path: Path) -> None:
    calls: Queue[ChangedPaths] = Queue()
    busy, go_on = threading.Event(), threading.Event()

    first, *others = (tmp_path / name for name in "abcd")

    def work(changed: ChangedPaths) -> None:
        # The system may report once more what it has reported.
        calls.put(changed and changed - {str(first)})
        if changed:
            busy.set()
            assert go_on.wait(PATIENCE)

    def watch_patiently(*folders: str, **options: Any) -> Iterator[set[tuple[Change, str]]]:
        """Waits for the system to report all of a moment, which takes it a while where there is much to do."""
        return watch(*folders, **{**options, "step": 1000})

    watcher = Watcher([str(tmp_path)], work, watch=watch_patiently, pause=PATIENCE)
    watcher.start()
    wait_for_item(calls, lambda changed: changed == frozenset())
    first.touch()
    assert busy.wait(PATIENCE)
    for path in others:
        path.touch()
    go_on.set()
    changed = wait_for_item(calls, bool)
    watcher.stop()
    assert changed == {str(path) for path in others}


def test_a_call_under_way_ends_where_it_asks_whether_to_stop() -> None:
    calls: list[ChangedPaths] = []
    busy = threading.Event()

    def work(changed: ChangedPaths) -> None:
        calls.append(changed)
        busy.set()
        while True:
            watcher.raise_if_stopped()

    watcher = Watcher([], work)
    watcher.start()
    assert busy.wait(PATIENCE)
    watcher.stop()
    watcher.join(PATIENCE)
    assert not watcher.is_alive()
    assert calls == [None]


class Clock:
    """A clock that only moves when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def run_without_events(work: Callable[[ChangedPaths], object], clock: Clock) -> None:
    """Runs a watcher for ten seconds, by its clock, on a disk that reports nothing."""

    def watch(*folders: str, stop_event: threading.Event, **options: object) -> Iterator[set[tuple[int, str]]]:
        for _ in range(100):
            clock.now += 0.1
            yield set()
        stop_event.set()

    Watcher([], work, clock, watch).run()


def test_a_disk_that_reports_nothing_is_looked_at_every_second() -> None:
    calls: list[ChangedPaths] = []
    run_without_events(calls.append, Clock())
    assert 9 <= calls.count(None) <= 12


def test_a_slow_disk_is_looked_at_less_often() -> None:
    clock, calls = Clock(), 0

    def work(changed: ChangedPaths) -> None:
        nonlocal calls
        if changed is None:
            calls += 1
            clock.now += 0.2

    run_without_events(work, clock)
    assert 3 <= calls <= 5


def test_a_build_does_not_count_as_the_time_of_a_look() -> None:
    clock, calls = Clock(), 0

    def work(changed: ChangedPaths) -> bool:
        nonlocal calls
        if changed is None:
            calls += 1
            clock.now += 2
        return changed is None

    run_without_events(work, clock)
    assert calls >= 9


def test_where_nothing_can_be_watched_looks_have_to_do() -> None:
    calls: list[ChangedPaths] = []

    def watch(*folders: str, stop_event: threading.Event, **options: object) -> Iterator[set[tuple[int, str]]]:
        if len(calls) == 3:
            stop_event.set()
        raise RuntimeError("no space left for watches")

    Watcher([], calls.append, Clock(), watch, pause=0.0).run()
    assert calls == [None] * 3
