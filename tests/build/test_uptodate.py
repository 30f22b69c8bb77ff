"""The up-to-date check, its state, and the program as an input of what it writes."""

import os
from pathlib import Path

import pytest

from generator.build.uptodate import Environment, read_state, recorded_files, write_state
from generator.files.program import LIBRARIES, find_libraries, read_program
from generator.files.tree import UNRELIABLE, DiskTree
from tests.tools.waiting import wait_until_stamps_are_trusted

FAR_FUTURE = 2**62

# The program


def write_code(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    return folder


def test_the_program_is_known_by_the_content_of_its_code(tmp_path: Path) -> None:
    folder = write_code(tmp_path / "program", one="1", two="2")
    before = read_program(folder=folder).digest
    assert read_program(folder=folder).digest == before
    write_code(folder, two="3")
    assert read_program(folder=folder).digest != before


def test_compiled_code_and_what_is_not_python_does_not_count(tmp_path: Path) -> None:
    folder = write_code(tmp_path / "program", one="1")
    before = read_program(folder=folder).digest
    write_code(folder / "__pycache__", one="1")
    (folder / "client.js").write_text("1")
    assert read_program(folder=folder).digest == before


def test_every_library_is_found_at_the_version_that_is_installed() -> None:
    for library in LIBRARIES:
        (place,) = find_libraries([library])
        assert os.path.basename(place).lower().startswith(f"{library}-")
        assert Path(place, "RECORD").is_file()
    assert find_libraries(["no_such_library"]) == []


def test_the_program_is_its_code_and_its_libraries() -> None:
    program = read_program()
    assert {"bootstrap.py", "cli/build.py"} <= {*program.code.paths()}
    assert len(program.libraries) == len(LIBRARIES)


# The state


def test_a_state_is_read_as_it_was_written(tmp_path: Path) -> None:
    state = {"command": [["--drafts"], "\udcff"], "inputs": {"content": ["/x", {"a": [1, 2, 3, 4, "d"]}]}}
    write_state(tmp_path / "new", state)
    assert read_state(tmp_path / "new") == state
    assert recorded_files(state, "content") == {"a": [1, 2, 3, 4, "d"]}
    assert recorded_files(None, "content") == recorded_files(state, "layouts") == {}


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"3 00000000\n[]", None])
def test_a_state_that_is_damaged_counts_as_missing(tmp_path: Path, damage: bytes | None) -> None:
    write_state(tmp_path, {"report": ["", "output", 3]})
    place = tmp_path / "state.json"
    data = place.read_bytes()
    for at in range(len(data)) if damage is None else []:
        place.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert read_state(tmp_path) is None
    if damage is not None:
        place.write_bytes(damage)
    assert read_state(tmp_path) is None


def test_the_environment_records_what_it_was_asked_for() -> None:
    environment = Environment({"URL": "https://a.org", "HOME": "/home"})
    assert environment.get("URL") == "https://a.org"
    assert environment.get("CONTEXT", "none") == "none"
    assert "NETLIFY" not in environment
    assert environment.asked == {"URL": "https://a.org", "CONTEXT": None, "NETLIFY": None}


# Trees


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
