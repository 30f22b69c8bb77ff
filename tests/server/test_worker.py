"""The worker handles every change once, those of one moment together, and ends when it is stopped."""

import threading
from queue import Queue

from generator.server.watcher import ChangedPaths
from generator.server.worker import Worker

TIMEOUT = 20.0


def test_changes_that_come_in_during_a_call_are_handled_together_in_the_next() -> None:
    done: list[ChangedPaths] = []
    busy, go_on = threading.Event(), threading.Event()

    def work(told: ChangedPaths) -> None:
        done.append(told)
        busy.set()
        assert go_on.wait(10)

    worker = Worker(work)
    worker.start()
    worker.submit(frozenset("a"))
    assert busy.wait(10)
    busy.clear()
    for name in "bcd":
        worker.submit(frozenset(name))
    go_on.set()
    assert busy.wait(10)
    worker.stop()
    assert done == [frozenset("a"), frozenset("bcd")]


def test_if_anything_may_have_changed_single_paths_do_not_matter() -> None:
    done: Queue[ChangedPaths] = Queue()
    worker = Worker(done.put)
    worker.submit(frozenset("a"))
    worker.submit(None)
    worker.submit(frozenset("b"))
    worker.start()
    assert done.get(timeout=TIMEOUT) is None
    worker.stop()
    assert done.empty()


def test_a_call_under_way_ends_where_it_asks_whether_to_stop() -> None:
    done: list[str] = []

    def work(_: ChangedPaths) -> None:
        done.append("begun")
        worker.stop()
        worker.raise_if_stopped()
        done.append("ended")

    worker = Worker(work)
    worker.submit(None)
    worker.start()
    worker.join(TIMEOUT)
    assert not worker.is_alive()
    assert done == ["begun"]


def test_a_worker_that_was_never_started_can_be_stopped() -> None:
    Worker(lambda _: None).stop()
