"""Several files of a folder change in one step: whenever the program is stopped, all are changed or none."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.files.atomic_directory import apply_changes, recover
from tests.sites import ROOT, read_folder

BEFORE: dict[str, bytes] = {"a.md": b"one", "makers/b.md": b"two", "makers/c.md": b"stays", "gone/d.md": b"three"}
CHANGES: dict[str, bytes | None] = {"a.md": b"new", "makers/b.md": b"new too", "gone/d.md": None, "far/e.md": b"four"}
AFTER = {"a.md": b"new", "makers/b.md": b"new too", "makers/c.md": b"stays", "far/e.md": b"four"}

# Changes a folder, and is killed at one of the steps that touch the disk: those for which Python raises audit events.
VICTIM = """
import os, sys
from pathlib import Path
from typing import Any
import ctypes, shutil
from generator.files.atomic_directory import apply_changes
folder, last, platform, changes = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], eval(sys.argv[4])
steps = 0
def count(event, values):
    global steps
    if event.startswith(("os.", "open", "shutil.", "ctypes.")):
        steps += 1
        if steps == last:
            os.kill(os.getpid(), 9)
sys.platform = platform
sys.addaudithook(count)
apply_changes(folder, changes)
"""


def interrupt(folder: Path, step: int, platform: str) -> bool:
    """Changes a folder in a process that is killed at a step. Returns False if it ended before that step."""
    command = [sys.executable, "-c", VICTIM, str(folder), str(step), platform, repr(CHANGES)]
    run = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert run.returncode in (0, -signal.SIGKILL), run.stderr
    return run.returncode != 0


@pytest.mark.parametrize("platform", ["linux", "elsewhere"])
@pytest.mark.parametrize("before", [BEFORE, None], ids=["an existing folder", "a new folder"])
def test_whenever_the_program_is_killed_all_files_are_changed_or_none(
    before: dict[str, bytes] | None, platform: str, tmp_path: Path, write_site: Callable[..., Path]
) -> None:
    after = AFTER if before else {path: data for path, data in CHANGES.items() if data is not None}
    seen = set()
    for step in range(1, 500):
        folder = tmp_path / str(step) / "content"
        folder.parent.mkdir()
        if before:
            write_site(before, folder)
        was_killed = interrupt(folder, step, platform)
        if platform == "linux" or not was_killed:
            assert (read_folder(folder) if folder.exists() else None) in (before, after), step
        recover(folder)
        found = read_folder(folder) if folder.exists() else None
        assert found in (before, after), step
        assert [path.name for path in folder.parent.iterdir()] == (["content"] if found else []), step
        seen.add(found == after)
        if not was_killed:
            break
    assert seen == {True, False} and found == after and step > 10


def test_symbolic_links_and_file_modes_are_kept(tmp_path: Path, write_site: Callable[..., Path]) -> None:
    folder = write_site({**BEFORE, "run.sh": "x"}, tmp_path / "content")
    (folder / "run.sh").chmod(0o755)
    (folder / "link.md").symlink_to("a.md")
    (tmp_path / "other").symlink_to(folder)
    apply_changes(tmp_path / "other", CHANGES)
    assert (tmp_path / "other").is_symlink()
    assert (folder / "link.md").readlink() == Path("a.md")
    assert (folder / "run.sh").stat().st_mode & 0o777 == 0o755
    assert (folder / "a.md").read_bytes() == b"new"


def test_a_hard_link_to_an_old_file_keeps_the_old_content(tmp_path: Path, write_site: Callable[..., Path]) -> None:
    folder = write_site(BEFORE, tmp_path / "content")
    os.link(folder / "a.md", tmp_path / "copy.md")
    apply_changes(folder, CHANGES)
    assert (tmp_path / "copy.md").read_bytes() == b"one"
