"""The output folder by itself, without a site: what is ours in it, what is recorded of it, and what a report names."""

import errno
import os
from pathlib import Path

import pytest

from generator.build.cache import Cache
from generator.build.manifest import SITE, Entries, Entry, Manifest, encode_manifest
from generator.build.output import LOCK, MANIFEST, STAGING, Output, stage
from generator.diagnostics.diagnostic import SiteError
from generator.files.fingerprint import digest_bytes, stat_file
from tests.sites import read_folder
from tests.tools.waiting import FAR_FUTURE, wait_until_stamps_are_trusted

NOTHING, SOME = (
    "nothing was written.",
    "some files are new already, the others are as they were; the next build goes on.",
)


def entries(*paths: str, text: str = "old") -> Entries:
    return {path: Entry("inputs", digest_bytes(text.encode())) for path in paths}


@pytest.fixture
def output(tmp_path: Path) -> Output:
    """A folder with two files of ours and one of somebody else's."""
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text("old")
        os.utime(tmp_path / name, (0, 0))
    (tmp_path / "mine").write_text("mine")
    return Output(tmp_path, "shown/")


BEFORE = Manifest({SITE: entries("a.html"), "makers": entries("b.html")})
AFTER = Manifest({SITE: entries("a.html", text="new"), "makers": entries("b.html", text="new")})


def publish(output: Output, *paths: str, after: Manifest = AFTER) -> tuple[Manifest, list[str]]:
    """Stages new texts for these files, and publishes them."""
    with output.staging_place():
        for path in paths:
            stage(output.staging, output.name, path, b"new")
    return output.publish(paths, BEFORE, after)


def fail(output: Output, *paths: str) -> tuple[list[str], str]:
    """What the report says of a publication that fails, and how it ends."""
    with pytest.raises(SiteError) as failure:
        publish(output, *paths)
    assert not output.staging.exists()
    return [str(problem) for problem in failure.value.diagnostics], failure.value.outcome


# What cannot be written


def test_a_file_that_cannot_be_written_is_named_and_so_is_whether_others_have_been(output: Output) -> None:
    for name in ("a.html", "b.html"):
        (output.root / name).unlink()
        (output.root / name / "in-the-way").mkdir(parents=True)
    line = "shown/{}: cannot be written: Is a directory. Check the disk and its rights."
    assert fail(output, "b.html") == ([line.format("b.html")], NOTHING)
    (output.root / "a.html/in-the-way").rmdir()
    (output.root / "a.html").rmdir()
    assert fail(output, "a.html", "b.html") == ([line.format("b.html")], SOME)
    assert (output.root / "a.html").read_text() == "new"


@pytest.mark.parametrize("place", [(), ("/elsewhere/a.html",)])
def test_where_the_disk_does_not_say_which_file_it_is_the_folder_is_named(
    output: Output, place: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def replace(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", *place)

    monkeypatch.setattr(os, "replace", replace)
    assert fail(output, "a.html") == (
        ["shown: cannot be written: No space left on device. Check the disk and its rights."], NOTHING
    )  # fmt: skip


# What is ours


def recorded(output: Output, **files: object) -> Cache:
    """A cache that has recorded this of the files of a folder."""
    outputs = {SITE: {f"{name}.html": file for name, file in files.items()}, "makers": {MANIFEST: "no file of ours"}}
    return Cache(state={"output": str(output.root), "outputs": outputs})


def test_where_the_manifest_is_lost_the_cache_knows_what_is_ours(output: Output) -> None:
    stat = stat_file(str(output.root / "a.html"))
    cache = recorded(output, a=stat, b=digest_bytes(b"old"), c="gone", d=digest_bytes(b"other"))
    (output.root / "d.html").write_text("edited")
    known = Manifest({SITE: {name: Entry("", digest_bytes(b"old")) for name in ("a.html", "b.html")}, "makers": {}})
    assert output.read(cache) == known
    assert output.notes == []
    cache.state["output"] = "elsewhere"
    assert output.read(cache) == Manifest()


def test_a_manifest_that_is_damaged_is_told_and_no_file_is_in_the_way(output: Output) -> None:
    (output.root / MANIFEST).write_text("{")
    assert len(output.read(Cache())) == 0
    assert output.notes == [
        f"shown/{MANIFEST} was damaged or of another version; every page is made again."
    ]  # fmt: skip
    assert output.find_conflicts(["mine"], Manifest()) == []


def test_what_the_cache_knows_of_pages_belongs_to_one_manifest(output: Output) -> None:
    for is_known in (True, False):
        data = encode_manifest(BEFORE)
        (output.root / MANIFEST).write_bytes(data)
        state = {"output": str(output.root), "outputs": {SITE: {MANIFEST: digest_bytes(data) if is_known else "other"}}}
        cache = Cache(state=state)
        cache.page_keys = {"makers": "key"}
        assert Output(output.root).read(cache) == BEFORE
        assert cache.page_keys == ({"makers": "key"} if is_known else {})


def test_a_folder_is_foreign_if_it_has_files_and_none_is_ours(output: Output, tmp_path: Path) -> None:
    assert output.is_foreign(Cache())
    assert not output.is_foreign(recorded(output, a=digest_bytes(b"old")))
    assert not Output(output.root, exclusive=True).is_foreign(Cache())
    assert not Output(tmp_path / "none").is_foreign(Cache())
    empty = Output(tmp_path / "empty")
    empty.staging.mkdir(parents=True)
    (empty.root / LOCK).touch()
    assert not empty.is_foreign(Cache())
    (output.root / MANIFEST).touch()
    assert not output.is_foreign(Cache())


def test_a_file_is_intact_while_its_content_is_what_the_manifest_says(output: Output) -> None:
    known = entries("a.html", "b.html", "gone.html")
    assert output.find_intact(SITE, known) == {"a.html", "b.html"}
    (output.root / "b.html").write_text("edited")
    assert output.find_intact(SITE, known) == {"a.html"}


# What is recorded


def test_a_file_is_recorded_by_its_metadata_once_that_can_be_trusted_else_by_its_content(output: Output) -> None:
    assert output.record(BEFORE, []) == {}, "nobody has looked"
    wait_until_stamps_are_trusted(output.root)
    manifest, _ = publish(output, "b.html", after=Manifest({SITE: BEFORE.files[SITE], "makers": AFTER.files["makers"]}))
    os.utime(output.root / "b.html", ns=(FAR_FUTURE, FAR_FUTURE))  # as if it were written only now
    found = output.record(manifest, ["b.html"])
    assert found["makers"] == {"b.html": digest_bytes(b"new")}
    assert found[SITE] == {
        "a.html": stat_file(str(output.root / "a.html")),
        MANIFEST: digest_bytes((output.root / MANIFEST).read_bytes()),
    }


def test_what_changes_after_the_last_look_is_not_recorded_as_seen(output: Output) -> None:
    """Between the look at a file and the record of it lies a whole build."""
    output.find_intact(SITE, BEFORE.files[SITE])
    manifest, _ = publish(output, "b.html", after=Manifest({SITE: BEFORE.files[SITE], "makers": AFTER.files["makers"]}))
    (output.root / "a.html").write_text("edited")
    found = output.record(manifest, ["b.html"])[SITE]["a.html"]
    assert found != stat_file(str(output.root / "a.html"))
    assert found != digest_bytes(b"edited")


# What is removed


def test_what_goes_is_removed_with_the_folders_that_it_leaves_empty(output: Output) -> None:
    before = Manifest({SITE: entries("a.html", "x/y/z.html", "x/kept/z.html", "assets/a.css", "gone.html")})
    for path in ("x/y/z.html", "x/kept/z.html", "x/kept/mine", "assets/a.css"):
        (output.root / path).parent.mkdir(parents=True, exist_ok=True)
        (output.root / path).write_text("old")
    after, removed = output.publish([], before, Manifest({SITE: entries("a.html")}))
    assert removed == ["gone.html", "x/kept/z.html", "x/y/z.html"]
    assert after == Manifest({SITE: entries("a.html")}, retired=("assets/a.css",))
    assert {*read_folder(output.root)} == {"a.html", "assets/a.css", "b.html", "mine", "x/kept/mine", MANIFEST}
    assert not (output.root / "x/y").exists()
    assert output.publish([], after, after) == (after, [])


def test_a_folder_takes_the_place_of_a_file_and_a_file_that_of_a_folder(output: Output) -> None:
    first = Manifest({SITE: entries("a.html", "b.html")})
    second = Manifest({SITE: entries("a.html/index.html", "b.html")})
    for before, after in ((first, second), (second, first)):
        new = [path for path in after if path not in before]
        with output.staging_place():
            for path in new:
                stage(output.staging, output.name, path, b"new")
        output.publish(new, before, after)
        assert {*read_folder(output.root)} == {*after, "mine", MANIFEST}
        assert not (output.root / STAGING).exists()
