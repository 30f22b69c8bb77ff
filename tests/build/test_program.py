"""The program as an input of its own output: known by its stamps, never taken for another."""

import json
import os
from pathlib import Path

from generator.build import program
from generator.build.program import find_library, read_code, read_program
from generator.files.fingerprint import digest_file


def write_code(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    return folder


def test_code_is_known_by_its_content(tmp_path: Path) -> None:
    code, notes = read_code(str(write_code(tmp_path, one="1", two="2")), tmp_path / "known.json")
    assert code == {name: digest_file(str(tmp_path / name)) for name in ("one.py", "two.py")}
    assert notes.keys() == code.keys()


def test_code_that_has_not_changed_is_not_read_again(tmp_path: Path) -> None:
    """A file that was changed only now is, as another change in the same moment would not show."""
    folder, place = write_code(tmp_path, one="1"), tmp_path / "known.json"
    before, _ = read_code(str(folder), place)
    assert json.loads(place.read_text()) == {"": {}}, "its stamp is too young to be trusted"
    status = (folder / "one.py").stat()
    stamp = [status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino]
    place.write_text(json.dumps({"": {"one.py": [stamp, "what is known"]}}))
    assert read_code(str(folder), place)[0] == {"one.py": "what is known"}
    write_code(folder, one="22")
    assert read_code(str(folder), place)[0] != before
    assert read_code(str(folder), place)[0]["one.py"] == digest_file(str(folder / "one.py"))


def test_what_is_kept_may_be_damaged_or_lost(tmp_path: Path) -> None:
    folder, place = write_code(tmp_path, one="1"), tmp_path / "known.json"
    expected, _ = read_code(str(folder), place)
    for damage in ("", "{", "[]", '{"": 3}', '{"": {"one.py": 3}}', '{"": {"one.py": [[1], 2, 3]}}'):
        place.write_text(damage)
        assert read_code(str(folder), place)[0] == expected
    place.unlink()
    place.mkdir()
    assert read_code(str(folder), place)[0] == expected


def test_compiled_code_is_no_code(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").mkdir()
    write_code(tmp_path / "__pycache__", one="1")
    assert read_code(str(tmp_path), tmp_path / "known.json")[0] == {}


def test_every_library_is_found_at_the_version_that_is_installed() -> None:
    for library in program.LIBRARIES:
        (place,) = find_library(library)
        assert os.path.basename(place).lower().startswith(f"{program.PACKAGES.get(library, library)}-")
        assert Path(place, "RECORD").is_file()
    assert find_library("no_such_library") == []


def test_the_program_is_what_its_code_and_its_libraries_are() -> None:
    code, libraries = read_program().witnesses
    assert {path for path, _ in code.notes} >= {"program.py", "commands/build.py"}
    assert len(list(libraries.notes)) == len(program.LIBRARIES)
