"""A dict that lies in a file for the most part behaves like any other, and takes no memory."""

import os
import random
import subprocess
import sys
import tracemalloc

import pytest

from generator.files import spill
from generator.files.spill import SpillDict
from tests.sites import ROOT

Value = tuple[int, str]


@pytest.fixture
def _tight(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three values stay in memory, and of the others but a few bytes."""
    monkeypatch.setattr(spill, "KEPT", 3)
    monkeypatch.setattr(spill, "PIECE", 20)


@pytest.mark.usefixtures("_tight")
@pytest.mark.parametrize("seed", range(20))
def test_it_behaves_like_a_dict(seed: int) -> None:
    dice = random.Random(seed)
    model: dict[str, Value] = {}
    spilled: SpillDict[Value] = SpillDict(Value)
    for step in range(300):
        name = str(dice.randrange(12))
        deed = dice.choice(("set", "set", "get", "delete", "pop", "compare"))
        if deed == "set":
            model[name] = spilled[name] = (step, "ä" * dice.randrange(30))
        elif deed == "delete" and name in model:
            del model[name], spilled[name]
        elif deed == "pop":
            assert spilled.pop(name, None) == model.pop(name, None)
        elif deed == "compare":
            assert dict(spilled) == model
        assert spilled.get(name) == model.get(name)
        assert (name in spilled, len(spilled), set(spilled)) == (name in model, len(model), set(model))


@pytest.mark.usefixtures("_tight")
def test_what_is_not_there_is_missing_as_in_any_dict() -> None:
    spilled: SpillDict[Value] = SpillDict(Value)
    spilled.update((str(number), (number, "")) for number in range(9))
    for name in ("nine", "9"):
        with pytest.raises(KeyError):
            spilled[name]
        with pytest.raises(KeyError):
            del spilled[name]


def test_it_takes_no_more_memory_for_more_values() -> None:
    spilled: SpillDict[str] = SpillDict(str)
    tracemalloc.start()
    for number in range(20_000):
        spilled[f"{number}"] = f"{number}" + "x" * 2_000
    kept, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < 10_000_000, "of 40 million"
    assert all(spilled[f"{number}"].startswith(f"{number}x") for number in range(0, 20_000, 7))


FULL = """
import resource, signal
from generator.files import spill

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))
spill.KEPT, spill.PIECE = 3, 20
spilled = spill.SpillDict(str)
for number in range(1000):
    spilled[str(number)] = f"{number:9}"
print([spilled[str(number)] for number in range(1000)] == [f"{number:9}" for number in range(1000)])
"""


def test_what_a_full_disk_does_not_take_stays_in_memory() -> None:
    done = subprocess.run([sys.executable, "-c", FULL], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("True\n", "")


@pytest.mark.usefixtures("_tight")
def test_a_copy_of_the_process_leaves_the_file_alone() -> None:
    spilled: SpillDict[Value] = SpillDict(Value)
    spilled.update((str(number), (number, "x" * 30)) for number in range(50))
    child = os.fork()
    if child == 0:
        del spilled
        os._exit(0)
    os.waitpid(child, 0)
    spilled.update((str(number), (number, "y" * 30)) for number in range(50, 99))
    assert [spilled[str(number)][0] for number in range(99)] == list(range(99))
