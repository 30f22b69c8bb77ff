"""Several files of a folder change in one step: whenever the program is stopped, all are changed or none."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.files.atomic_directory import DECIDED, apply_changes, recover
from tests.sites import read_folder
from tests.tools.disk import FAULTS, KILL, FailingDisk, Fault, Files, Killed, LossyDisk

Write = Callable[..., Path]

BEFORE: Files = {"a.md": b"one", "makers/b.md": b"two", "makers/c.md": b"stays", "gone/d.md": b"three"}
CHANGES: dict[str, bytes | None] = {"a.md": b"new", "makers/b.md": b"new too", "gone/d.md": None, "far/e.md": b"four"}
AFTER = {"a.md": b"new", "makers/b.md": b"new too", "makers/c.md": b"stays", "far/e.md": b"four"}
MADE = {path: data for path, data in CHANGES.items() if data is not None}


def read(folder: Path) -> object:
    return read_folder(folder) if folder.exists() else {}


def make(folder: Path, before: Files, write_site: Write) -> Path:
    folder.parent.mkdir()
    return write_site(before, folder) if before else folder


@pytest.mark.parametrize(("before", "after"), [(BEFORE, AFTER), ({}, MADE)], ids=["an existing folder", "a new folder"])
@pytest.mark.parametrize("fault", [KILL, *FAULTS], ids=lambda fault: fault.name)
def test_whenever_the_program_is_stopped_all_files_are_changed_or_none(
    before: Files, after: Files, fault: Fault, tmp_path: Path, write_site: Write
) -> None:
    """At once or after the next command, and a report of a failure is true."""
    seen, step, was_stopped = [], 0, True
    while was_stopped:
        folder = make(tmp_path / str(step) / "content", before, write_site)
        disk = FailingDisk(tmp_path / str(step), step, fault)
        failed = False
        with disk.watch():
            try:
                apply_changes(folder, CHANGES)
            except (OSError, KeyboardInterrupt, Killed):
                failed = True
        was_stopped = disk.was_stopped
        if failed and fault.number > 0 and not (folder / DECIDED).exists():
            assert read_visible(folder) == before, step
        if not failed:
            assert read_visible(folder) == after, step
        recover(folder)
        assert read(folder) in (before, after), step
        assert not any(path.name.startswith(".") for path in folder.parent.rglob("*")), step
        seen.append(read(folder) == after)
        step += 1
    assert {*seen} == {True, False}
    assert step > 10


def read_visible(folder: Path) -> dict[str, object]:
    return {path: data for path, data in read_folder(folder).items() if not path.startswith(".")}


@pytest.mark.parametrize(("before", "after"), [(BEFORE, AFTER), ({}, MADE)], ids=["an existing folder", "a new folder"])
def test_whenever_power_is_lost_all_files_are_changed_or_none(
    before: Files, after: Files, tmp_path: Path, write_site: Write
) -> None:
    folder = make(tmp_path / "made/content", before, write_site)
    disk = LossyDisk(folder.parent)
    with disk.watch():
        apply_changes(folder, CHANGES)
    assert len(disk.left) > 10
    for number, (state, why) in enumerate(disk.left.items()):
        left = write_site({**dict(state)}, tmp_path / str(number)) / "content"
        recover(left)
        assert read(left) in (before, after), why


def test_the_folder_and_the_files_that_stay_are_left_in_peace(tmp_path: Path, write_site: Write) -> None:
    """Somebody may stand in the folder, and have files of it open."""
    folder = write_site({**BEFORE, "run.sh": "x"}, tmp_path / "content")
    (folder / "a.md").chmod(0o755)
    (folder / "link.md").symlink_to("a.md")
    (tmp_path / "other").symlink_to(folder)
    before = {path: path.lstat().st_ino for path in (folder, folder / "makers/c.md", folder / "run.sh")}
    apply_changes(tmp_path / "other", CHANGES)
    assert {path: path.lstat().st_ino for path in before} == before
    assert (tmp_path / "other").is_symlink()
    assert (folder / "link.md").readlink() == Path("a.md")
    assert (folder / "a.md").stat().st_mode & 0o777 == 0o755
    assert (folder / "a.md").read_bytes() == b"new"


def test_a_hard_link_to_an_old_file_keeps_the_old_content(tmp_path: Path, write_site: Write) -> None:
    folder = write_site(BEFORE, tmp_path / "content")
    os.link(folder / "a.md", tmp_path / "copy.md")
    apply_changes(folder, CHANGES)
    assert (tmp_path / "copy.md").read_bytes() == b"one"
