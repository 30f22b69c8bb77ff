"""What is in a folder: what was left behind is not looked at, and what cannot be read is never taken for missing."""

import errno
import os
import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.files.fingerprint import digest_file
from generator.files.names import find_unportable
from generator.files.scan import is_left_out, scan
from generator.files.tree import DiskTree
from tests.tools.waiting import wait_until_stamps_are_trusted

LEFT_BEHIND = """
desktop.ini,Desktop.ini,Thumbs.db,ehthumbs_vista.db,.DS_Store,._1-new.md,.git,.idea,.vscode,__MACOSX,__pycache__
~$plan.docx,.~lock.plan.odt#,4913,1-new.md___jb_tmp___,1-new.md___jb_old___,.1-new.md.swp,1-new.md.swx,1-new.md.swo
1-new.md.rej,1-new.md.bck,1-new.md.bak,1-new.md.orig,1-new.md~,#1-new.md#,.#1-new.md,plan.tmp,plan.temp,plan.part
@eaDir,Network Trash Folder,Temporary Items,1-new.md:Zone.Identifier,Picasa.ini,sync.ffs_db,1-new.$$$
plan.crdownload,quiz.yaml.old,quiz.yaml.12345,1-new.md.sb-1a2b3c-xYz1,1-new.md.save,System Volume Information
"""
PERHAPS_MEANT = """
1-new.txt,2-able.markdown,1-new.MD,quiz.yml,1-new.md.txt,quiz.yaml.txt,logo.png,plan.docx,2024,README,1-new.mdx
plan.md~HEAD,plan (1).md,plan - Copy.md,plan-DESKTOP-AB12.md,plan.sync-conflict-20240501.md
makers,nojekyll,_headers,__init__.py,favicon.svg
"""


@pytest.mark.parametrize("name", [*re.split("[,\n]", LEFT_BEHIND.strip()), "Icon\r"])
def test_what_systems_and_programs_leave_behind_is_left_out(name: str) -> None:
    assert is_left_out(name)


@pytest.mark.parametrize("name", re.split("[,\n]", PERHAPS_MEANT.strip()))
def test_what_a_person_may_have_meant_is_not_left_out(name: str) -> None:
    assert not is_left_out(name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content/makers").mkdir(parents=True)
    (tmp_path / "content/makers/1-new.md").write_text("new")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/far.md").write_text("far")
    return tmp_path / "content"


def make_pipe(place: Path) -> None:
    os.mkfifo(place)


def make_socket(place: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(os.path.relpath(place))  # a path of a hundred letters at most


OBSTACLES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a link to what is not there": (lambda place: place.symlink_to("gone.md"), "this is a link to what is not there."),
    "a link to itself": (lambda place: place.symlink_to(place), "this is a link that leads back to itself."),
    "a link to its folder": (lambda place: place.symlink_to("."), "this is a link that leads back to itself."),
    "a link to a folder above": (lambda place: place.symlink_to(".."), "this is a link that leads back to itself."),
    "a link to a file elsewhere": (
        lambda place: place.symlink_to("../../elsewhere/far.md"), "this link leads out of the folder."
    ),
    "a link to a folder elsewhere": (
        lambda place: place.symlink_to("../../elsewhere"), "this link leads out of the folder."
    ),
    "a pipe": (make_pipe, "this is neither a file nor a folder."),
    "a socket": (make_socket, "this is neither a file nor a folder."),
}  # fmt: skip


@pytest.mark.parametrize("name", OBSTACLES)
def test_what_cannot_be_read_is_told_and_does_not_hide_the_rest(folder: Path, name: str) -> None:
    make, reason = OBSTACLES[name]
    make(folder / "makers/odd")
    found = scan(str(folder))
    assert list(found.files) == ["makers/1-new.md"]
    assert {path: message for path, (message, _) in found.obstacles.items()} == {"makers/odd": reason}


def test_links_within_the_folder_are_followed(folder: Path) -> None:
    (folder / "users").symlink_to("makers")
    (folder / "home.md").symlink_to("makers/1-new.md")
    assert scan(str(folder)).files.keys() == {"makers/1-new.md", "users/1-new.md", "home.md"}
    assert scan(str(folder)).obstacles == {}


def test_two_folders_with_links_to_each_other_end(folder: Path) -> None:
    (folder / "users").mkdir()
    (folder / "users/theirs").symlink_to("../makers")
    (folder / "makers/theirs").symlink_to("../users")
    found = scan(str(folder))
    assert found.files.keys() == {"makers/1-new.md", "users/theirs/1-new.md"}
    assert found.obstacles.keys() == {"makers/theirs/theirs", "users/theirs/theirs"}


def test_the_folder_itself_may_be_a_link(folder: Path) -> None:
    link = folder.with_name("link")
    link.symlink_to(folder)
    assert scan(str(link)).files.keys() == {"makers/1-new.md"}


def test_a_path_that_is_too_long_is_told(folder: Path) -> None:
    here = os.open(folder, os.O_RDONLY)
    for _ in range(25):
        os.mkdir("a" * 200, dir_fd=here)
        inner = os.open("a" * 200, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    ((reason, _),) = scan(str(folder)).obstacles.values()
    assert reason == f"cannot be read: {os.strerror(errno.ENAMETOOLONG)}."


def test_a_folder_that_nobody_may_read_is_no_empty_folder(folder: Path, locked: set[str]) -> None:
    tree = DiskTree(folder)
    locked.add(f"{folder}/makers")
    assert tree.update() == {"makers", "makers/1-new.md"}
    assert tree.obstacles["makers"][0] == f"cannot be read: {os.strerror(errno.EACCES)}."
    locked.clear()
    assert tree.update([f"{folder}/makers"]) == {"makers", "makers/1-new.md"}
    assert tree.obstacles == {}


@pytest.mark.parametrize("gone", [True, False])
def test_the_folder_itself_may_not_be_there(folder: Path, locked: set[str], gone: bool) -> None:
    tree = DiskTree(folder)
    if gone:
        folder.rename(folder.with_name("away"))
    else:
        locked.add(str(folder))
    assert "makers/1-new.md" in tree.update()
    assert list(tree.obstacles) == [""]


def test_a_file_that_could_not_be_read_is_tried_again_though_it_looks_the_same(folder: Path, locked: set[str]) -> None:
    wait_until_stamps_are_trusted(folder)
    tree = DiskTree(folder)
    tree.digest("makers/1-new.md")
    locked.add(f"{folder}/makers/1-new.md")
    with pytest.raises(PermissionError):
        tree.read("makers/1-new.md")
    assert tree.update() == set()
    locked.clear()
    assert tree.update() == {"makers/1-new.md"}
    assert tree.read("makers/1-new.md") == b"new"


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(folder: Path) -> None:
    tree = DiskTree(folder)
    (folder / "makers/1-new.md").unlink()
    os.mkfifo(folder / "makers/1-new.md")
    with pytest.raises(OSError, match="it is no file"):
        tree.read("makers/1-new.md")
    assert digest_file(str(folder / "makers/1-new.md")) is None


def test_a_save_below_a_link_that_leads_out_is_none_of_the_folder(folder: Path) -> None:
    (folder / "odd").symlink_to("../elsewhere")
    tree = DiskTree(folder)
    (folder.parent / "elsewhere/far.md").write_text("farther")
    assert tree.update([f"{folder}/odd/far.md"]) == set()
    assert tree.paths() == ("makers/1-new.md",)


def test_names_that_windows_cannot_hold_or_tell_apart_are_found() -> None:
    names = (
        "static/a:b.svg",
        "static/aux.svg",
        "end.",
        "end ",
        "logo.svg",
        "Logo.svg",
        "caf\u00e9.svg",
        "cafe\u0301.svg",
    )
    fine = ("static/auxiliary.svg", "css/base.css", "_headers", "a b.svg")
    assert find_unportable((*names, *fine)).keys() == {*names} - {"logo.svg", "caf\u00e9.svg"}
