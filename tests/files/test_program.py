"""The program as an input of what it writes: known by its code, and by the versions of its libraries."""

import os
from pathlib import Path

from generator.files.program import LIBRARIES, find_libraries, read_program


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
