"""Who holds the file goes first; who waits says so once; and a holder that ends, however it ends, frees it."""

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
    raise AssertionError("another holds the file")


def test_who_comes_first_does_not_wait(tmp_path: Path) -> None:
    place = str(tmp_path / "new" / "lock")
    with take_turn(place, refuse_to_wait):
        pass
    with take_turn(place, refuse_to_wait):
        pass


def test_who_comes_second_says_once_that_it_waits_and_then_has_its_turn(tmp_path: Path) -> None:
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


def test_a_holder_that_is_killed_frees_the_file(tmp_path: Path) -> None:
    place = str(tmp_path / "lock")
    holder = subprocess.Popen([sys.executable, "-c", HOLD, place], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        holder.kill()
    with take_turn(place, refuse_to_wait):
        pass
