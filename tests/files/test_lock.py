"""A lock file: one process holds it, others say once that they wait, and it is free when its holder ends."""

import subprocess
import sys
import threading
from pathlib import Path

from generator.files.lock import take_turn
from tests.sites import ROOT

HOLD = """
import sys, time
from generator.files.lock import take_turn

with take_turn(sys.argv[1], lambda: None):
    print("held", flush=True)
    time.sleep(600)
"""


def refuse_to_wait() -> None:
    raise AssertionError("another process holds the lock")


def test_a_free_lock_is_taken_at_once(tmp_path: Path) -> None:
    place = str(tmp_path / "new" / "lock")
    with take_turn(place, refuse_to_wait):
        pass
    with take_turn(place, refuse_to_wait):
        pass


def test_a_second_process_says_once_that_it_waits_and_then_takes_the_lock(tmp_path: Path) -> None:
    place = str(tmp_path / "lock")
    told: list[str] = []
    waiting = threading.Event()

    def say_waiting() -> None:
        told.append("waiting")
        waiting.set()

    def come_second() -> None:
        with take_turn(place, say_waiting):
            told.append("second")

    second = threading.Thread(target=come_second)
    with take_turn(place, refuse_to_wait):
        second.start()
        assert waiting.wait(20)
        second.join(0.3)  # it looks several times meanwhile
        told.append("first")
    second.join(20)
    assert told == ["waiting", "first", "second"]


def test_the_lock_is_free_once_its_holder_is_killed(tmp_path: Path) -> None:
    place = str(tmp_path / "lock")
    holder = subprocess.Popen([sys.executable, "-c", HOLD, place], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        holder.kill()
    with take_turn(place, refuse_to_wait):
        pass
