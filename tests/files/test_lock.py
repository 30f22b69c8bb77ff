"""A lock that one process holds at a time, whatever has become of the others."""

import errno
import os
import signal
from pathlib import Path

import pytest

from generator.build.output import LOCK, Output
from generator.diagnostics.diagnostic import SiteError
from generator.files.lock import LockTimeoutError, hold_lock


def never() -> None:
    raise AssertionError("nobody holds it")


def test_a_lock_is_waited_for_and_then_given_up(tmp_path: Path) -> None:
    said: list[str] = []
    with (
        hold_lock(tmp_path / "lock", never),
        pytest.raises(LockTimeoutError),
        hold_lock(tmp_path / "lock", lambda: said.append("waiting"), timeout=0.01),
    ):
        pass
    assert said == ["waiting"]


def test_what_a_process_that_was_killed_has_left_is_no_lock(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        with hold_lock(tmp_path / "lock", never):
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert (tmp_path / "lock").exists()
    with hold_lock(tmp_path / "lock", never) as waited:
        assert not waited


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_a_build_on_a_disk_without_locks_says_so_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", refuse)
    output = Output(tmp_path / "output", "output")
    with output.lock(never) as waited:
        assert not waited
    assert output.notes == ["output: this disk has no locks, so let no other build write there meanwhile."]


def test_a_lock_that_cannot_be_made_ends_the_build(tmp_path: Path) -> None:
    (tmp_path / LOCK).mkdir()
    with pytest.raises(SiteError, match="output: cannot be written"), Output(tmp_path, "output").lock(never):
        pass
