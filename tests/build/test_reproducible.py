"""The same content is the same site, to the byte: wherever, whenever and by whomever it is built."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sites import ROOT, Files, read_folder

HERE = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"}
ELSEWHERE = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "LANGUAGE": "tr"}


FOLDERS = ("--content", "content", "--layouts", "layouts", "--output", "site")
BINARY = (".png", ".woff2")


def build(
    folder: Path,
    environment: dict[str, str],
    *words: str,
    backwards: bool = False,
    mask: int = 0o022,
    line_end: bytes = b"\n",
) -> Files:
    """Builds a copy of the real site, made file by file, for systems list files in the order of their making."""
    files = [path for name in ("content", "layouts") for path in (ROOT / name).rglob("*") if path.is_file()]
    for path in sorted(files, reverse=backwards):
        place = folder / path.relative_to(ROOT)
        place.parent.mkdir(parents=True, exist_ok=True)
        data = path.read_bytes()
        place.write_bytes(data if path.suffix in BINARY else data.replace(b"\n", line_end))
    run = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "--today", "2026-12-01", *FOLDERS, *words],
        cwd=folder,
        env={**os.environ, "PYRAMID_CACHE": str(folder / "cache"), **environment},
        umask=mask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return read_folder(folder / "site")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Files:
    return build(tmp_path_factory.mktemp("here"), HERE, "--jobs", "1")


def test_another_place_another_clock_and_another_language_change_nothing(here: Files, tmp_path: Path) -> None:
    assert build(tmp_path / "a longer way, with spaces & ümlauts", ELSEWHERE, mask=0o077) == here


def test_files_made_in_another_order_change_nothing(here: Files, tmp_path: Path) -> None:
    assert build(tmp_path, HERE, backwards=True) == here


@pytest.mark.parametrize("line_end", [b"\r\n", b"\r"], ids=["Windows", "an old Mac"])
def test_line_ends_of_another_system_change_nothing(here: Files, tmp_path: Path, line_end: bytes) -> None:
    """Neither in a build from nothing, nor after one whose files had other line ends."""
    assert build(tmp_path, HERE, line_end=line_end) == here
    assert build(tmp_path, HERE) == here
    assert build(tmp_path, HERE, line_end=line_end) == here


def test_nothing_of_the_machine_is_in_the_site(here: Files, tmp_path: Path) -> None:
    names = [str(ROOT).encode(), str(tmp_path.parent).encode()]
    assert [path for path, data in here.items() for name in names if isinstance(data, bytes) and name in data] == []
