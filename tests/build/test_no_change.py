"""The up-to-date check, with each thing that may have changed since the last build."""

import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.uptodate import (
    State,
    describe_command,
    find_cache,
    find_site_cache,
    is_up_to_date,
    read_state,
    write_state,
)
from generator.files.fingerprint import digest_bytes, stat_file
from generator.files.recorded import Environment
from generator.files.tree import DiskTree

ARGUMENTS = ["--drafts"]


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> State:
    """The state of a build of one file, in a folder with one library."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("URL", raising=False)
    monkeypatch.setenv("CONTEXT", "production")
    for path in ("content/home.md", "layouts/base.html", "output/index.html", "output/new.html", "library"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("text")
        os.utime(tmp_path / path, (0, 0))  # the clock of files may not tell two writes apart
    trees = {name: DiskTree(tmp_path / name) for name in ("content", "layouts")}
    records = {name: [str(tmp_path / name), tree.record()] for name, tree in trees.items()}
    # One file is known by its metadata, the other by its content.
    records["content"][1]["home.md"][:4] = stat_file("content/home.md") or []
    records["layouts"][1]["base.html"][:4] = [0, 0, 0, 0]
    outputs = {"": {"index.html": stat_file("output/index.html")}, "makers": {"new.html": digest_bytes(b"text")}}
    return {
        "command": describe_command(ARGUMENTS), "report": ["", "output", 2], "day": None, "inputs": records,
        "environment": {"URL": None, "CONTEXT": "production"}, "libraries": {"library": stat_file("library")},
        "output": "output", "outputs": outputs,
    }  # fmt: skip


def test_where_nothing_has_changed_a_build_is_up_to_date(state: State) -> None:
    assert is_up_to_date(state, ARGUMENTS)
    assert is_up_to_date({**state, "day": time.strftime("%Y-%m-%d")}, ARGUMENTS)


def rewrite(path: str) -> None:
    """Another text of the same length."""
    Path(path).write_text("TEXT")


CHANGES: dict[str, Callable[[State, pytest.MonkeyPatch], object]] = {
    "another folder": lambda state, patch: patch.chdir("content"),
    "another Python": lambda state, patch: patch.setattr(sys, "version", "4.0"),
    "no command": lambda state, patch: state.pop("command"),
    "no report": lambda state, patch: state.update(report=None),
    "another day": lambda state, patch: state.update(day="2001-01-01"),
    "a variable that was not set": lambda state, patch: patch.setenv("URL", "https://a.org"),
    "a variable that had another value": lambda state, patch: patch.setenv("CONTEXT", "branch"),
    "a variable that is gone": lambda state, patch: patch.delenv("CONTEXT"),
    "a file of the content": lambda state, patch: rewrite("content/home.md"),
    "a file of the layouts": lambda state, patch: rewrite("layouts/base.html"),
    "a file more": lambda state, patch: Path("content/more.md").write_text("text"),
    "a file less": lambda state, patch: Path("layouts/base.html").unlink(),
    "a file of another name": lambda state, patch: Path("content/home.md").rename("content/house.md"),
    "no content": lambda state, patch: shutil.rmtree("content"),
    "a library": lambda state, patch: rewrite("library"),
    "a library less": lambda state, patch: Path("library").unlink(),
    "a file of the output": lambda state, patch: rewrite("output/index.html"),
    "a file of another owner": lambda state, patch: rewrite("output/new.html"),
    "a file of the output less": lambda state, patch: Path("output/new.html").unlink(),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_has_changed_a_build_is_not_up_to_date(
    state: State, change: Callable[[State, pytest.MonkeyPatch], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(state, monkeypatch)
    assert not is_up_to_date(state, ARGUMENTS)


def test_with_other_arguments_a_build_is_not_up_to_date(state: State) -> None:
    assert not is_up_to_date(state, [])


def test_a_cache_is_where_it_is_asked_for_and_each_site_has_a_folder_in_it(tmp_path: Path) -> None:
    assert find_cache(tmp_path, {}) == find_cache(tmp_path, {"PYRAMID_CACHE": ""}) == tmp_path / ".cache"
    assert find_cache(tmp_path, {"PYRAMID_CACHE": "/elsewhere"}) == Path("/elsewhere")
    assert find_site_cache(tmp_path, tmp_path, tmp_path, {"PYRAMID_CACHE": "/elsewhere"}).parent == Path("/elsewhere")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    names = [("a", "b"), ("link", "b"), ("b", "a"), ("a", "\udcff"), ("a\nb", "c"), ("a", "b\nc")]
    folders = [find_site_cache(tmp_path, tmp_path / one, tmp_path / other, {}) for one, other in names]
    assert folders[0] == folders[1]
    assert len({*folders}) == 5
    assert {len(folder.relative_to(tmp_path / ".cache").name) for folder in folders} == {16}


def test_a_state_that_is_no_group_of_fields_counts_as_missing(tmp_path: Path) -> None:
    write_state(tmp_path, ["text"])  # type: ignore[arg-type]
    assert read_state(tmp_path) is None


def test_the_environment_is_asked_by_names() -> None:
    environment = Environment({"URL": "https://a.org", "HOME": "/home"})
    assert len(environment) == 2
    with pytest.raises(TypeError, match=r"^ask for variables by name$"):
        list(environment)
