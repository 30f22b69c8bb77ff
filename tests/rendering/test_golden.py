"""The small site as it is written, file by file and byte for byte: in `cases/small_site/`.

The layouts are those of `cases/layouts`, in which each word shows its name and its values; so this is what
the program says, whatever the design. `python -m tests.rendering.test_golden` writes the files anew, to be read before
they are believed.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.build.output import MANIFEST
from tests.sites import CASES, SITE, build

GOLDEN = CASES / "small_site"


def read_tree(root: Path) -> dict[str, str]:
    """The files of a site, but for the manifest, which depends on the program's own code, and for pictures, which
    depend on the library that draws them.
    """
    files = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*")) if path.is_file()}
    return {
        path: file.read_bytes().decode() for path, file in files.items() if path != MANIFEST and file.suffix != ".png"
    }


EXPECTED = read_tree(GOLDEN)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return read_tree(build(SITE, tmp_path_factory.mktemp("golden") / "site"))


def test_these_are_the_files_of_the_small_site(built: dict[str, str]) -> None:
    assert list(built) == list(EXPECTED)


@pytest.mark.parametrize("path", EXPECTED)
def test_a_file_is_the_same_byte_for_byte(built: dict[str, str], path: str) -> None:
    assert built[path] == EXPECTED[path]


def write_golden() -> None:
    shutil.rmtree(GOLDEN, ignore_errors=True)
    with TemporaryDirectory() as folder:
        shutil.copytree(build(SITE, Path(folder) / "site"), GOLDEN, ignore=shutil.ignore_patterns(MANIFEST, "*.png"))


if __name__ == "__main__":
    write_golden()
