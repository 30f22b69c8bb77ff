"""The output folder: what is out of date and why, and that nothing which happens to a build harms what is there."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.cache import Cache
from generator.build.manifest import VERSION, Entry, Manifest, decode_manifest, encode_manifest
from generator.build.output import LOCK, MANIFEST, Output
from generator.diagnostics.diagnostic import SiteError
from generator.files.names import is_inside
from generator.files.sealed import seal
from tests.sites import ABOUT, NEW, ROOT, SITE, Files, build, edit, read_folder, without

Write = Callable[..., Path]

WITHOUT_MAKERS = edit(ABOUT, "(/makers/)", "(/users/)", without(*(path for path in SITE if path.startswith("makers/"))))


def test_the_manifest_lists_every_file_of_the_output(tmp_path: Path) -> None:
    output = build(SITE, tmp_path / "output")
    assert {*Output(output).read(Cache()), MANIFEST} == set(read_folder(output))


# What is not ours


MINE: Files = {"CNAME": b"small-site.org", ".git/config": b"[core]", "makers/new/notes.txt": b"mine", "a/b/c": b"mine"}


def test_files_of_others_are_never_touched(tmp_path: Path, write_site: Write) -> None:
    output = build(SITE, write_site(MINE, tmp_path / "output"))
    build(WITHOUT_MAKERS, output)
    files = read_folder(output)
    assert {path: data for path, data in files.items() if path in MINE} == MINE
    assert [path for path in files if path.startswith("makers/")] == ["makers/new/notes.txt"]


@pytest.mark.parametrize("place", ["index.html", "makers", "makers/new/index.html", "makers/new/index.html/in/the/way"])
def test_a_file_of_others_in_the_way_is_told_and_nothing_is_written(
    tmp_path: Path, write_site: Write, place: str
) -> None:
    output = write_site({place: "mine", "CNAME": "mine"}, tmp_path / "output")
    with pytest.raises(SiteError) as failure:
        build(SITE, output)
    assert [str(problem) for problem in failure.value.diagnostics if "made by a build" in problem.message] == [
        f"output/{place.removesuffix('/in/the/way')}: this file was not made by a build, so it is left alone. "
        "Delete it, or choose another folder with --output."
    ]
    assert read_folder(output) == {place: b"mine", "CNAME": b"mine"}


@pytest.mark.parametrize(
    "path",
    ["../precious.txt", "a/../../precious.txt", "/precious.txt", "c:/x", "a//b", "", "./precious.txt", "a\0b", "."],
)
def test_a_manifest_cannot_lead_out_of_its_folder(tmp_path: Path, write_site: Write, path: str) -> None:
    assert not is_inside(path)
    precious = write_site({"precious.txt": "mine"}, tmp_path)
    output = build(SITE, tmp_path / "output")
    manifest = decode_manifest((output / MANIFEST).read_bytes())
    assert manifest is not None
    files = {**manifest.files, "": {**manifest.files[""], path: Entry("", "")}}
    (output / MANIFEST).write_bytes(encode_manifest(Manifest(files, manifest.templates, (path,))))
    assert set(Output(output).read(Cache())) == set(manifest)
    build(without("makers/quiz.yaml"), output)
    assert (precious / "precious.txt").read_text(encoding="utf-8") == "mine"


def claim(output: Path, *paths: str) -> None:
    """Makes the manifest say that these files are ours, too."""
    manifest = decode_manifest((output / MANIFEST).read_bytes())
    assert manifest is not None
    files = {**manifest.files[""], **{path: Entry("", "") for path in paths}}
    (output / MANIFEST).write_bytes(encode_manifest(Manifest({**manifest.files, "": files}, manifest.templates)))


def test_nothing_is_deleted_or_written_behind_a_link(tmp_path: Path, write_site: Write) -> None:
    elsewhere = write_site({"precious.txt": "mine", "new/index.html": "mine"}, tmp_path / "elsewhere")
    output = build(WITHOUT_MAKERS, tmp_path / "output")
    (output / "link").symlink_to(elsewhere)
    (output / "makers").symlink_to(elsewhere)
    claim(output, "link/precious.txt", "users", "x" * 300)
    with pytest.raises(SiteError, match="output/makers: this file was not made by a build"):
        build(SITE, output)
    build(edit(ABOUT, "here", "there", WITHOUT_MAKERS), output)
    assert read_folder(elsewhere) == {"precious.txt": b"mine", "new/index.html": b"mine"}
    assert (output / "users/index.html").exists()


def test_the_output_may_be_a_link_and_the_lock_and_the_manifest_lead_nowhere_else(
    tmp_path: Path, write_site: Write
) -> None:
    elsewhere = write_site({"manifest": "mine"}, tmp_path / "elsewhere")
    (tmp_path / "real").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "real")
    (tmp_path / "real" / MANIFEST).symlink_to(elsewhere / "manifest")
    (tmp_path / "real" / LOCK).symlink_to(elsewhere / "lock")
    output = Output(tmp_path / "output", "output")
    with pytest.raises(SiteError, match="output: cannot be written"), output.lock(lambda: None):
        raise AssertionError("it is locked")
    assert read_folder(build(SITE, tmp_path / "output")).keys() > {"index.html"}
    assert read_folder(elsewhere) == {"manifest": b"mine"}


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"\xff" * 99, b"[" * 100_000, b"0" * 5_000_000, encode_manifest(Manifest())[:-5]],
    ids=["empty", "of another program", "bytes", "deep", "huge", "cut short"],
)
def test_a_manifest_that_is_not_ours_is_made_anew(tmp_path: Path, data: bytes) -> None:
    output = build(SITE, tmp_path / "output")
    clean = read_folder(output)
    (output / MANIFEST).write_bytes(data)
    build(SITE, output)
    assert read_folder(output) == clean


@pytest.mark.parametrize("data", [b"null", b"[]", b'{"files": 3}', b'{"files": {"": {"a": ["", 1]}}}', b"\xff"])
def test_a_manifest_with_a_good_seal_and_another_form_is_none(data: bytes) -> None:
    assert decode_manifest(seal(data, VERSION)) is None


# What is no longer planned


def test_a_page_that_is_no_longer_planned_goes_with_its_empty_folders(tmp_path: Path) -> None:
    output = build(SITE, tmp_path / "output")
    build(WITHOUT_MAKERS, output)
    assert not (output / "makers").exists()
    assert not (output / "compare").exists()


# What may happen to a build


def run_python(code: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """Runs a program in a process of its own, which has the generator and the sites of the tests."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


FULL = """
import resource, signal, sys
from pathlib import Path
from generator.cli.main import main

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1500, 1500))
sys.exit(main(sys.argv[1:]))
"""


def test_a_disk_that_takes_no_more_is_a_sentence_and_leaves_the_last_good_site(
    tmp_path: Path, write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A limit of the system for the size of files stands for a full disk: the write itself fails."""
    monkeypatch.setenv("PYRAMID_CACHE", str(tmp_path / "cache"))
    content = write_site(edit(NEW, "You are new.", "You are very new."))
    output = build(SITE, tmp_path / "output")
    before = read_folder(output)
    failed = run_python(FULL, "--content", content, "--output", output, "--today", "2026-07-01")
    assert failed.returncode == 1
    assert "cannot be written: File too large. Check the disk and its rights." in failed.stderr
    assert "Traceback" not in failed.stderr
    assert read_folder(output) == before


def test_a_folder_that_cannot_be_made_is_a_sentence(tmp_path: Path, write_site: Write) -> None:
    write_site({"file": "mine"}, tmp_path)
    with pytest.raises(SiteError) as failure:
        build(SITE, tmp_path / "file" / "output")
    assert [str(problem) for problem in failure.value.diagnostics] == [
        "output: cannot be written: Not a directory. Check the disk and its rights."
    ]


def test_a_manifest_that_cannot_be_written_is_a_sentence_with_its_place(tmp_path: Path, write_site: Write) -> None:
    output = write_site({f"{MANIFEST}/in-the-way": "mine"}, tmp_path / "output")
    with pytest.raises(SiteError) as failure:
        build(SITE, output)
    assert [str(problem) for problem in failure.value.diagnostics] == [
        f"output/{MANIFEST}: cannot be written: Is a directory. Check the disk and its rights."
    ]
    assert list(read_folder(output)) == [f"{MANIFEST}/in-the-way"]
