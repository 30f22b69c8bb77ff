"""Files are moved and removed in an order that a loss of power keeps: what the steps are, and what is waited for."""

from collections.abc import Callable, Collection
from pathlib import Path

import pytest

from generator.files.ordered_changes import OrderedChanges, find_clashes, find_obstacle, folders_of
from tests.sites import read_folder
from tests.tools.disk import Disk

Write = Callable[..., Path]

OLD = {"a.html": "old", "known/b.html": "old"}
NEW = dict.fromkeys(("a.html", "known/b.html", "known/x/y/c.html", "new/d.html", "new/x/e.html", "z.html"), "new")


class Steps(Disk):
    """Notes what happens: `sync site/known`."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.taken: list[str] = []

    def after(self, call: str, *paths: str, data: bytes = b"") -> None:
        self.taken.append(f"{call} {paths[-1]}")

    def during(self, change: Callable[[], None]) -> list[str]:
        """The steps of a change."""
        before = len(self.taken)
        with self.watch():
            change()
        return self.taken[before:]


@pytest.fixture
def steps(tmp_path: Path) -> Steps:
    return Steps(tmp_path)


@pytest.fixture
def changes(tmp_path: Path, write_site: Write) -> OrderedChanges:
    """Of a folder `site`, with new files in `staged`."""
    return OrderedChanges(write_site(OLD, tmp_path / "site"), write_site(NEW, tmp_path / "staged"), durable=True)


# Moving


def test_a_file_moves_to_its_place_and_a_new_folder_as_a_whole(changes: OrderedChanges, steps: Steps) -> None:
    assert not changes.has_begun
    assert steps.during(lambda: changes.move(iter(NEW))) == [
        "replace site/a.html",
        "replace site/known/b.html",
        "mkdir site/known/x",
        "mkdir site/known/x/y",
        "replace site/known/x/y/c.html",
        "replace site/new",
        "replace site/z.html",
    ]
    assert changes.has_begun
    assert read_folder(changes.root) == {path: text.encode() for path, text in NEW.items()}


def test_a_file_may_get_another_name(changes: OrderedChanges, steps: Steps) -> None:
    assert steps.during(lambda: changes.rename("z.html", "known/other.html")) == ["replace site/known/other.html"]
    assert steps.during(changes.wait) == ["sync site", "sync site/known"]


def test_a_folder_that_a_link_stands_for_is_not_new(changes: OrderedChanges, steps: Steps, write_site: Write) -> None:
    (changes.root / "new").symlink_to("known")
    assert steps.during(lambda: changes.move(["new/d.html"])) == ["replace site/new/d.html"]
    assert (changes.root / "known/d.html").read_text() == "new"


# Waiting


def test_what_has_changed_is_waited_for_once(changes: OrderedChanges, steps: Steps) -> None:
    changes.move(NEW)
    assert steps.during(changes.wait) == ["sync site", "sync site/known", "sync site/known/x", "sync site/known/x/y"]
    assert steps.during(changes.wait) == []


def test_a_folder_that_has_gone_since_is_not_waited_for(changes: OrderedChanges, steps: Steps) -> None:
    changes.move(["known/x/y/c.html"])
    changes.remove("known/x/y/c.html")
    assert steps.during(changes.wait) == ["sync site", "sync site/known"]


def test_before_files_move_they_are_waited_for_and_the_folders_that_move_as_a_whole(
    changes: OrderedChanges, steps: Steps
) -> None:
    assert steps.during(lambda: changes.sync_source(iter(NEW))) == [
        *(f"sync staged/{path}" for path in NEW), "sync staged/new", "sync staged/new/x"
    ]  # fmt: skip


def test_where_nothing_has_to_last_nothing_is_waited_for(changes: OrderedChanges, steps: Steps) -> None:
    changes.durable = False
    changes.sync_source(NEW)
    changes.move(["a.html"])
    assert steps.during(changes.wait) == []
    changes.durable = True
    changes.move(["known/b.html"])
    assert steps.during(changes.wait) == ["sync site", "sync site/known"], "what was before is forgotten"


# Removing


def remove(changes: OrderedChanges, steps: Steps, path: str) -> list[str]:
    return steps.during(lambda: changes.remove(path))


def test_with_a_file_go_the_folders_that_it_leaves_empty(changes: OrderedChanges, steps: Steps) -> None:
    changes.move(["known/x/y/c.html"])
    changes.wait()
    changes.has_begun = False
    gone = ["unlink site/known/x/y/c.html", "rmdir site/known/x/y", "rmdir site/known/x"]
    assert remove(changes, steps, "known/x/y/c.html") == gone
    assert changes.has_begun
    assert steps.during(changes.wait) == ["sync site", "sync site/known"]


def test_a_file_that_has_gone_already_is_none_to_delete_but_its_folder_is(
    changes: OrderedChanges, steps: Steps
) -> None:
    (changes.root / "known/b.html").unlink()
    assert remove(changes, steps, "known/b.html") == ["rmdir site/known"]
    assert not changes.has_begun
    assert steps.during(changes.wait) == ["sync site"]


def test_a_link_is_deleted_and_what_it_leads_to_is_left_alone(changes: OrderedChanges, steps: Steps) -> None:
    (changes.root / "dead.html").symlink_to("nowhere")
    (changes.root / "folder.html").symlink_to("known")
    assert remove(changes, steps, "dead.html") == ["unlink site/dead.html"]
    assert remove(changes, steps, "folder.html") == ["unlink site/folder.html"]
    assert read_folder(changes.root).keys() == OLD.keys()


def test_what_lies_behind_a_link_and_a_folder_in_the_place_of_a_file_are_left_alone(
    changes: OrderedChanges, steps: Steps
) -> None:
    (changes.root / "link").symlink_to("known")
    (changes.root / "known/c.html").mkdir()
    assert remove(changes, steps, "link/b.html") == []
    assert steps.during(changes.wait) == []
    assert remove(changes, steps, "known/c.html") == []
    assert not changes.has_begun


# What is in the way


def test_the_folders_of_a_file_are_told_from_the_outermost() -> None:
    assert folders_of("a/b/c.html") == ["a", "a/b"]
    assert folders_of("c.html") == []


def test_a_file_goes_first_where_a_folder_takes_its_place_and_the_other_way_round() -> None:
    removed = ["page", "same.html", "x/y/z.html", "b/c.html"]
    staged = ["page/index.html", "x/y", "b/d.html", "c.html"]
    assert find_clashes(iter(removed), staged) == ["page", "x/y/z.html"]
    assert find_clashes([], staged) == []


@pytest.mark.parametrize(
    ("path", "ours", "obstacle"),
    [
        ("b.html", (), None),
        ("known/c.html", (), None),
        ("a.html", (), "a.html"),
        ("a.html", ("a.html",), None),
        ("known", (), "known"),
        ("known/b.html/c/d.html", (), "known/b.html"),
        ("known/b.html/c/d.html", ("known/b.html",), None),
        ("link/d.html", (), "link"),
    ],
)
def test_a_file_of_somebody_else_is_in_the_way_and_so_is_one_in_the_place_of_a_folder(
    changes: OrderedChanges, path: str, ours: Collection[str], obstacle: str | None
) -> None:
    (changes.root / "link").symlink_to("known")
    assert find_obstacle(changes.root, path, ours) == obstacle
