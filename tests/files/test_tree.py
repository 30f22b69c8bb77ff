"""A folder of files: which it has, what they hold, and what has changed since the last look."""

import os
from pathlib import Path

from generator.files.tree import UNRELIABLE, DiskTree, MemoryTree
from tests.tools.waiting import FAR_FUTURE, wait_until_stamps_are_trusted


def test_a_folder_on_a_disk_and_one_in_memory_are_alike(tmp_path: Path) -> None:
    files = {"b/c.md": "two\n", "a.yaml": "one\n"}
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    disk, memory = DiskTree(tmp_path, "content"), MemoryTree(files)
    assert disk.name == memory.name == "content"
    assert disk.paths() == memory.paths() == ("a.yaml", "b/c.md")
    for path in files:
        assert disk.read(path) == memory.read(path)
        assert disk.digest(path) == memory.digest(path)


def test_hidden_files_and_the_leftovers_of_editors_are_no_content(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in ("a.md", ".a.md.swp", "a.md~", "a.md.bak", "#a.md#", ".git/config", ".DS_Store"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert DiskTree(tmp_path).paths() == ("a.md",)


def test_a_file_is_known_by_its_metadata_once_that_can_be_trusted(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    os.utime(tmp_path / "a", ns=(FAR_FUTURE, FAR_FUTURE))  # later than any look at it
    assert DiskTree(tmp_path).record()["a"][:4] == UNRELIABLE
    os.utime(tmp_path / "a", ns=(0, 0))
    wait_until_stamps_are_trusted(tmp_path)
    record = DiskTree(tmp_path).record()
    assert record["a"][:4] != UNRELIABLE
    known = {"a": [*record["a"][:4], "what is known"]}
    assert DiskTree(tmp_path, known=known).digest("a") == "what is known"
    (tmp_path / "a").write_text("2")
    assert DiskTree(tmp_path, known=known).digest("a") == DiskTree(tmp_path).digest("a") != record["a"][4]


def test_a_look_tells_what_came_went_and_changed(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("a", "b", "folder/c"):
        (tmp_path / name).write_text("1")
    tree = DiskTree(tmp_path)
    assert tree.update() == set()
    (tmp_path / "a").write_text("2")
    (tmp_path / "b").unlink()
    (tmp_path / "d").write_text("1")
    assert tree.update([str(tmp_path / name) for name in ("a", "b", "d", "folder/c")]) == {"a", "b", "d"}
    assert (tree.paths(), tree.tops()) == (("a", "d", "folder/c"), ["", "folder"])
    (tmp_path / "folder").rename(tmp_path / "other")
    assert tree.update([str(tmp_path / "folder"), str(tmp_path / "other")]) == {"folder/c", "other/c"}
    assert tree.below("other") == ("other/c",)


def test_a_file_that_differs_from_one_reading_to_the_next_counts_as_changed(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    tree = DiskTree(tmp_path)
    tree.read("a")
    (tmp_path / "a").write_text("2")
    tree.read("a")
    assert tree.update([str(tmp_path / "a")]) == {"a"}
    assert tree.update([str(tmp_path / "a")]) == set()


def test_the_digest_of_a_folder_stands_for_its_names_and_contents(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/a").write_text("1")
    tree = DiskTree(tmp_path)
    seen = {tree.digest_folder("folder")}
    for change in (lambda: (tmp_path / "folder/a").write_text("2"), lambda: (tmp_path / "folder/b").write_text("2"),
                   lambda: (tmp_path / "folder/a").rename(tmp_path / "folder/c")):  # fmt: skip
        change()
        tree.update()
        seen.add(tree.digest_folder("folder"))
        assert tree.digest_folder("folder") == DiskTree(tmp_path).digest_folder("folder")
    assert len(seen) == 4


def test_a_folder_knows_what_the_last_build_has_read(tmp_path: Path) -> None:
    place = tmp_path / "a.md"
    place.write_text("one", encoding="utf-8")
    folder = DiskTree(tmp_path, "content")
    assert folder.paths() == ("a.md",)
    assert folder.read("a.md") == b"one"
    place.write_text("one", encoding="utf-8")
    assert folder.update([str(place)]) == set()
    place.write_text("two", encoding="utf-8")
    assert folder.update([str(place)]) == {"a.md"}
    assert folder.read("a.md") == b"two"
    place.write_text("one", encoding="utf-8")
    assert folder.update(None) == {"a.md"}
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "b.md").write_text("b", encoding="utf-8")
    assert folder.update([str(tmp_path / "new")]) == {"new/b.md"}
    place.unlink()
    assert folder.update([str(place)]) == {"a.md"}
    assert folder.paths() == ("new/b.md",)
