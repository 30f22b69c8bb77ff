"""Any bytes become data or diagnostics: inputs that once failed, and some that are drawn. See `tests.tools.fuzz`."""

import random
from pathlib import Path

import pytest

from tests.tools import fuzz

KEPT = sorted(path for name in fuzz.TARGETS for path in (fuzz.CORPUS / name).glob("*"))


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_the_corpus_of_what_once_failed(path: Path) -> None:
    fuzz.run_target(path.parent.name, path.read_bytes())


@pytest.mark.parametrize("name", fuzz.TARGETS)
def test_any_bytes_are_data_or_a_report(name: str, dice: random.Random) -> None:
    for _ in range(60):
        fuzz.run_target(name, fuzz.draw_input(name, dice))


@pytest.mark.parametrize("name", fuzz.TARGETS)
def test_accidents_happen_to_what_is_sound(name: str) -> None:
    for data in fuzz.sound_inputs(name):
        assert not fuzz.TARGETS[name](data)


def test_an_input_that_fails_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(data: bytes) -> None:
        assert b"\xff" not in data

    monkeypatch.setitem(fuzz.TARGETS, "yaml", fail)
    with pytest.raises(AssertionError):
        fuzz.fuzz_by_chance("yaml", seed=0, minutes=60, corpus=tmp_path)
    (kept,) = (tmp_path / "yaml").iterdir()
    assert b"\xff" in kept.read_bytes()
    assert str(kept) in capsys.readouterr().err


def test_work_that_grows_beyond_all_bounds_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    fuzz.warm_up("yaml")
    monkeypatch.setitem(fuzz.TARGETS, "yaml", lambda data: [len(data) for _ in range(1 << len(data))])
    fuzz.run_target("yaml", b"1234567890")
    with pytest.raises(AssertionError, match="more than 120000 calls"):
        fuzz.run_target("yaml", b"12345678901234567890")
