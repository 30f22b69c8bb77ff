"""The output folder by itself, without a site: what is ours in it, what is recorded of it, and what a report names."""

import errno
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from generator.build import output as output_module
from generator.build.cache import Cache
from generator.build.manifest import SITE, Entries, Entry, Manifest, decode_manifest, encode_manifest
from generator.build.output import LOCK, MANIFEST, STAGING, Output, stage
from generator.diagnostics.diagnostic import WHOLE_FILE, SiteError
from generator.files.fingerprint import digest_bytes, stat_file
from generator.files.lock import hold_lock
from tests.sites import read_folder
from tests.tools.waiting import wait_until_stamps_are_trusted

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
    for path in paths:
        stage(output.staging, output.name, path, b"new")
    return output.publish(paths, BEFORE, after)


def fail(output: Output, *paths: str) -> tuple[list[str], str]:
    """What the report says of a publication that fails, and how it ends."""
    with pytest.raises(SiteError) as failure:
        publish(output, *paths)
    assert not output.staging.exists()
    assert {(problem.code, problem.position) for problem in failure.value.diagnostics} == {("cannot-write", WHOLE_FILE)}
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


def test_where_nothing_can_be_staged_nothing_has_changed(output: Output) -> None:
    line = "{}: cannot be written: Not a directory. Check the disk and its rights."
    inside = Output(output.root / "mine/folder", "shown")
    assert fail(inside, "a.html") == ([line.format("shown/a.html")], NOTHING)
    with pytest.raises(SiteError) as failure, inside.lock(list):
        pass
    assert ([*map(str, failure.value.diagnostics)], failure.value.outcome) == ([line.format("shown")], NOTHING)


def test_a_manifest_may_be_written_later(output: Output) -> None:
    stage(output.staging, output.name, "a.html", b"new")
    after, _ = output.publish(["a.html"], BEFORE, AFTER, persist=False)
    assert not (output.root / MANIFEST).exists()
    output.save(after)
    assert (output.root / MANIFEST).read_bytes() == encode_manifest(AFTER)
    assert not output.staging.exists()


def test_what_was_only_removed_counts_as_a_change(output: Output) -> None:
    (output.root / MANIFEST).mkdir()
    with pytest.raises(SiteError) as failure:
        output.publish([], BEFORE, Manifest({SITE: entries("a.html")}))
    assert failure.value.outcome == SOME
    assert not (output.root / "b.html").exists()


# In which order


ASSETS = entries("assets/new.css", "assets/back.css", text="new")
OLD = Manifest(
    {SITE: entries("a.html", "same.html", "assets/gone.css"), "makers": entries("b.html")},
    {"base.html": "old"},
    retired=("assets/back.css", "assets/older.css"),
)
NEW = Manifest(
    {SITE: {**entries("a.html", text="new"), **entries("same.html"), **ASSETS}, "users": entries("new/c.html")},
    {"base.html": "new"},
)
CHANGED = ("a.html", "assets/back.css", "assets/new.css", "new/c.html")


def stage_all(output: Output) -> None:
    for path in CHANGED:
        stage(output.staging, output.name, path, b"new")
    (output.root / "assets").mkdir()


def test_assets_come_before_the_pages_that_name_them_and_a_new_folder_as_a_whole(
    output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    for name in ("replace", "unlink"):
        real = getattr(os, name)

        def note(*places: os.PathLike[str], real: Callable[..., None] = real) -> None:
            steps.append(os.path.relpath(places[-1], output.root))
            real(*places)

        monkeypatch.setattr(os, name, note)
    stage_all(output)
    output.publish(CHANGED, OLD, NEW)
    moved = [step for step in steps if not step.startswith((STAGING, "assets/older"))]
    assert {*moved[1:3]} == {"assets/back.css", "assets/new.css"}
    assert [moved[0], *moved[3:]] == [MANIFEST, "new", "a.html", "b.html", MANIFEST]


def test_a_build_that_is_stopped_leaves_old_and_new_names(output: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    """What changes is known by its name alone, so that it is made again."""

    def replace(source: Path, target: Path, real: Callable[..., None] = os.replace) -> None:
        monkeypatch.setattr(os, "replace", stop)
        real(source, target)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    stage_all(output)
    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        output.publish(CHANGED, OLD, NEW)
    unknown = Entry("", "")
    assert decode_manifest((output.root / MANIFEST).read_bytes()) == Manifest(
        {
            SITE: {**dict.fromkeys(["a.html", "assets/gone.css", *ASSETS], unknown), **entries("same.html")},
            "makers": {"b.html": unknown},
            "users": {"new/c.html": unknown},
        },
        NEW.templates,
        retired=("assets/gone.css", "assets/older.css"),
    )


def test_after_a_failure_nobody_trusts_what_was_known_of_the_folder(tmp_path: Path) -> None:
    output = Output(tmp_path / "preview", "preview", exclusive=True)
    for path in ("a.html", "b.html"):
        stage(output.staging, output.name, path, b"old")
    output.publish(["a.html", "b.html"], Manifest(), BEFORE, persist=False)
    assert output.read(Cache()) == BEFORE, "nobody else writes there"
    (output.root / "a.html").write_text("edited")
    assert output.find_intact(SITE, BEFORE.files[SITE]) == {"a.html"}
    (output.root / "b.html").unlink()
    (output.root / "b.html/in-the-way").mkdir(parents=True)
    fail(output, "b.html")
    assert output.find_intact(SITE, BEFORE.files[SITE]) == frozenset()
    assert output.record(BEFORE, []) == {}


# Other builds


def test_two_builds_take_turns_however_they_call_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    first, second = Output(tmp_path / "deep/folder"), Output(tmp_path / "deep/../deep/folder")
    with first.lock(lambda: said.append("first")) as waited:
        monkeypatch.setattr(output_module, "hold_lock", partial(hold_lock, timeout=0))
        with pytest.raises(SiteError) as failure, second.lock(lambda: said.append("second")):
            said.append("both at once")
    (problem,) = failure.value.diagnostics
    assert (problem.code, problem.position, str(problem)) == (
        "folder-locked", WHOLE_FILE,
        f"{second.name}: another build has held this folder for ten minutes. End it, then build again.",
    )  # fmt: skip
    assert (waited, said) == (False, ["second"])
    assert not first.root.exists(), "it was made for nothing"


def test_a_disk_without_locks_is_told(output: Output, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(output_module, "hold_lock", fail)
    with output.lock(list) as waited:
        assert waited is False
    assert output.notes == ["shown: this disk has no locks, so let no other build write there meanwhile."]


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
    assert output.read(Cache(state={"output": str(output.root)})) == Manifest()


def test_a_file_of_somebody_else_is_in_the_way(output: Output) -> None:
    found = output.find_conflicts(["mine", "mine/index.html", "a.html", "new.html"], BEFORE)
    assert [(problem.code, problem.path, problem.position) for problem in found] == [
        ("foreign-file", "shown/mine", WHOLE_FILE)
    ]


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


def test_a_file_whose_metadata_is_as_recorded_is_not_read(output: Output) -> None:
    known = {"a.html": Entry("inputs", "the digest of another text")}
    data = encode_manifest(Manifest({SITE: known}))
    (output.root / MANIFEST).write_bytes(data)
    recorded = {MANIFEST: digest_bytes(data), "a.html": stat_file(str(output.root / "a.html"))}
    assert output.find_intact(SITE, known) == frozenset()
    output.read(Cache(state={"output": str(output.root), "outputs": {SITE: recorded}}))
    assert output.find_intact(SITE, known) == {"a.html"}


def test_what_was_published_may_be_changed_by_another_build(output: Output) -> None:
    publish(output, "a.html", "b.html")
    (output.root / MANIFEST).unlink()
    assert output.read(Cache()) == Manifest()


def test_a_report_calls_the_folder_as_it_was_called() -> None:
    assert [Output("deep/X/").name, Output("deep", "X").name] == ["deep/X", "X"]


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


def set_clock(monkeypatch: pytest.MonkeyPatch, path: Path, later: int) -> None:
    """Has the clock show some nanoseconds more than when a file was changed."""
    now = path.stat().st_ctime_ns + later
    monkeypatch.setattr(time, "time_ns", lambda: now)


ONLY_B = Manifest({SITE: BEFORE.files[SITE], "makers": AFTER.files["makers"]})


def test_a_file_is_recorded_by_its_metadata_once_that_can_be_trusted_else_by_its_content(
    output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert output.record(BEFORE, []) == {}, "nobody has looked"
    wait_until_stamps_are_trusted(output.root)
    for owner, files in BEFORE.files.items():
        output.find_intact(owner, files)
    manifest, _ = publish(output, "b.html", after=ONLY_B)
    set_clock(monkeypatch, output.root / "b.html", later=1)
    found = output.record(manifest, ["b.html"])
    assert found["makers"] == {"b.html": digest_bytes(b"new")}
    assert found[SITE] == {
        "a.html": stat_file(str(output.root / "a.html")),
        MANIFEST: digest_bytes((output.root / MANIFEST).read_bytes()),
        STAGING: None,
    }
    set_clock(monkeypatch, output.root / "b.html", later=10**9)
    assert output.record(manifest, ["b.html"])["makers"] == {"b.html": stat_file(str(output.root / "b.html"))}


def test_what_was_edited_after_the_look_is_recorded_as_it_was_then(output: Output) -> None:
    wait_until_stamps_are_trusted(output.root)
    seen = stat_file(str(output.root / "a.html"))
    output.find_intact(SITE, BEFORE.files[SITE])
    manifest, _ = publish(output, "b.html", after=Manifest({"makers": AFTER.files["makers"]}))
    assert output.record(manifest, []).keys() == {SITE, "makers"}, "although nobody has looked at one of them"
    manifest, _ = publish(output, "b.html", after=ONLY_B)
    (output.root / "a.html").write_text("edited")
    assert output.record(manifest, ["b.html"])[SITE]["a.html"] == seen


def test_what_was_looked_at_too_early_is_recorded_by_its_content(
    output: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at a file and the record of it lies a whole build."""
    set_clock(monkeypatch, output.root / "a.html", later=1)
    output.find_intact(SITE, BEFORE.files[SITE])
    manifest, _ = publish(output, "b.html", after=ONLY_B)
    set_clock(monkeypatch, output.root / "a.html", later=10**9)
    assert output.record(manifest, ["b.html"])[SITE]["a.html"] == digest_bytes(b"old")


# What is removed


def test_what_goes_is_removed_with_the_folders_that_it_leaves_empty(output: Output) -> None:
    gone = ("x/y/z.html", "x/kept/z.html", "assets/a.css", "gone.html", "mine/z.html")
    before = Manifest({SITE: entries("a.html", *gone)})
    for path in ("x/y/z.html", "x/kept/z.html", "x/kept/mine", "assets/a.css"):
        (output.root / path).parent.mkdir(parents=True, exist_ok=True)
        (output.root / path).write_text("old")
    after, removed = output.publish([], before, Manifest({SITE: entries("a.html")}))
    assert removed == ["gone.html", "mine/z.html", "x/kept/z.html", "x/y/z.html"]
    assert after == Manifest({SITE: entries("a.html")}, retired=("assets/a.css",))
    assert {*read_folder(output.root)} == {"a.html", "assets/a.css", "b.html", "mine", "x/kept/mine", MANIFEST}
    assert not (output.root / "x/y").exists()
    assert output.publish([], after, after) == (after, [])


def test_a_folder_takes_the_place_of_a_file_and_a_file_that_of_a_folder(output: Output) -> None:
    first = Manifest({SITE: entries("deep/down/c.html", "b.html")})
    second = Manifest({SITE: entries("deep/down/c.html/index.html", "b.html")})
    (output.root / "a.html").unlink()
    (output.root / "deep/down").mkdir(parents=True)
    (output.root / "deep/down/c.html").write_text("old")
    for before, after in ((first, second), (second, first)):
        new = [path for path in after if path not in before]
        for path in new:
            stage(output.staging, output.name, path, b"new")
        output.publish(new, before, after)
        assert {*read_folder(output.root)} == {*after, "mine", MANIFEST}
        assert not (output.root / STAGING).exists()


# What it was made from


def test_a_site_that_was_made_from_another_content_is_told_wherever_the_project_is_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, moved = tmp_path / "first", tmp_path / "moved"
    (first / "content").mkdir(parents=True)
    output = Output(first / "output", content=first / "content")
    output.publish([], Manifest(), Manifest({SITE: {}}))
    assert output.source == "../content"
    assert output.find_other_source() is None
    first.rename(moved)
    (moved / "link").symlink_to(moved / "content")
    for content, source in {"content": None, "link": None, "other": "../content"}.items():
        assert Output(moved / "output", content=moved / content).find_other_source() == source
    assert Output(moved / "output").find_other_source() is None
    (moved / "output" / MANIFEST).write_bytes(encode_manifest(Manifest()))
    assert Output(moved / "output", content=moved / "other").find_other_source() is None

    def fail(*_: object) -> str:
        raise ValueError

    monkeypatch.setattr(os.path, "relpath", fail)
    assert Output(moved / "output", content=moved / "link").source == str(moved / "content"), "on another drive"
