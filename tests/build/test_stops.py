"""A build that is stopped at any step, or loses its power there, harms nothing, and the next one mends it."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from generator.build.manifest import decode_manifest
from generator.build.output import LOCK, MANIFEST, STAGING
from generator.cli.main import main
from generator.files.program import read_program
from tests.sites import ABOUT, SITE, Files, edit, read_folder, text_of, tiny_layouts
from tests.tools.disk import FAULTS, KILL, FailingDisk, Fault, Killed, LossyDisk

Write = Callable[..., Path]
Capture = pytest.CaptureFixture[str]

PARTS = ("site.yaml", "home.md", ABOUT, "users/audience.md", "users/1-lost.md", "users/2-found.md")
OLD: Files = {path: SITE[path] for path in PARTS} | {ABOUT: text_of(ABOUT).replace("/makers/", "/users/")}
# Every page differs, and one is new and one has gone.
NEW = edit("site.yaml", "Small Site", "Other Site", OLD) | {"users/2-later.md": OLD["users/2-found.md"]}
NEW["pages/more.md"] = text_of(ABOUT, OLD).replace("About us", "More").replace("page about us", "page with more")
del NEW["users/2-found.md"]
INTERRUPTED = "Interrupted. Every file is whole; run the command again to go on.\n"
REFERENCE = re.compile(rb"""(?:href|src)="([^"#?:]+)[^":]*\"""")


class Project:
    """A site in a folder, and what there is after a build of the old content and after one of the new."""

    def __init__(self, folder: Path, write_site: Write, capsys: Capture) -> None:
        self.folder, self.capsys = folder, capsys
        # What a build writes lies apart from what it reads.
        self.made = folder / "made"
        write_site(tiny_layouts().files, folder / "layouts")
        self.edit(write_site, NEW, "b{top:1px}")
        self.build()
        self.clean, self.names = self.read(), self.all_names()
        shutil.rmtree(self.made / "site")
        self.edit(write_site, OLD, "a{top:1px}")
        self.build()
        self.before = read_folder(self.made)
        self.edit(write_site, NEW, "b{top:1px}")

    def edit(self, write_site: Write, files: Files, style: str) -> None:
        shutil.rmtree(self.folder / "content", ignore_errors=True)
        write_site(files, self.folder / "content")
        write_site({"css/base.css": style}, self.folder / "layouts")

    def reset(self, is_first: bool) -> None:
        """Takes everything back to before the build of the new content."""
        known = ("site/", "loaded/") if is_first else ()
        self.restore({path: data for path, data in self.before.items() if not any(part in path for part in known)})

    def restore(self, files: Files) -> None:
        """Writes only what differs, which takes much less time."""
        shutil.rmtree(self.made / "site" / STAGING, ignore_errors=True)
        now = read_folder(self.made)
        for path in now.keys() - files.keys():
            (self.made / path).unlink()
        for path, data in files.items():
            if now.get(path) != data:
                (self.made / path).parent.mkdir(parents=True, exist_ok=True)
                (self.made / path).write_bytes(data if isinstance(data, bytes) else data.encode())
        for folder in sorted(self.made.rglob("*"), reverse=True):
            with suppress(OSError):  # it is a file, or has some
                folder.rmdir()

    def build(self) -> tuple[int, str]:
        """The exit code, and all that was said."""
        folders = ["--content", "content", "--layouts", "layouts", "--output", "made/site"]
        code = main([*folders, "--today", "2026-07-01"])
        return code, "".join(self.capsys.readouterr())

    def read(self) -> Files:
        site = self.made / "site"
        files = read_folder(site) if site.exists() else {}
        return {path: data for path, data in files.items() if not path.startswith(STAGING)}

    def read_all(self) -> Files:
        """The cache, too, and whether anything is staged."""
        everything = read_folder(self.made)
        staged = {path for path in everything if STAGING in path}
        return {path: data for path, data in everything.items() if path not in staged} | {STAGING: bytes(bool(staged))}

    def all_names(self) -> set[str]:
        return {path for path in read_folder(self.made) if "/assets/" not in path}


def without_retired(files: Files) -> Files:
    """The site without what only builds read, and without the assets of the build before."""
    data = files.get(MANIFEST, b"")
    manifest = decode_manifest(data if isinstance(data, bytes) else data.encode())
    hidden = {MANIFEST, *(manifest.retired if manifest else ())}
    return {path: data for path, data in files.items() if path not in hidden}


def are_whole(files: Files, *sites: Files) -> bool:
    """Whether each file is that of one of the sites."""
    return all(data in [site.get(path) for site in sites] for path, data in without_retired(files).items())


def find_missing(files: Files) -> Iterator[str]:
    """The assets that pages name, and the pages that can be reached from the home page, that are not there."""
    pages = {path: list(read_targets(path, data)) for path, data in files.items() if path.endswith(".html")}
    for path, targets in pages.items():
        yield from (f"{path} names {target}" for target in targets if "assets/" in target and target not in files)
    reached, waiting = {"index.html"} & pages.keys(), {"index.html"} & pages.keys()
    while waiting:
        path = waiting.pop()
        for target in pages[path]:
            page = target if target in files else os.path.normpath(f"{target}/index.html")
            if page not in files:
                yield f"{path} names {target}"
            elif page in pages and page not in reached:
                reached.add(page)
                waiting.add(page)


def read_targets(path: str, data: str | bytes) -> Iterator[str]:
    assert isinstance(data, bytes)
    if path != "404.html":  # it is shown at any address, so its links lead to the site as it is on the host
        for target in map(bytes.decode, REFERENCE.findall(data)):
            yield os.path.normpath(os.path.join(os.path.dirname(path), target))


@pytest.fixture
def project(tmp_path: Path, write_site: Write, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYRAMID_CACHE", str(tmp_path / "made/cache"))
    program = read_program()
    monkeypatch.setattr("generator.cli.build.read_program", lambda known: program)
    monkeypatch.setattr("os.fsync", lambda number: None)
    monkeypatch.setattr("generator.files.disk._sync_file_system", lambda path: True)
    return Project(tmp_path, write_site, capsys)


class Stop(NamedTuple):
    was_stopped: bool
    code: int | None
    said: str


def stop_at(project: Project, step: int, fault: Fault) -> Stop:
    disk = FailingDisk(project.made, step, fault)
    code = None
    with disk.watch():
        try:
            code, said = project.build()
        except Killed:
            said = "".join(project.capsys.readouterr())
    return Stop(disk.was_stopped, code, said)


@pytest.mark.thorough
@pytest.mark.parametrize("is_first", [True, False], ids=["the first build", "a build of a changed site"])
def test_a_build_may_be_stopped_at_any_step(project: Project, is_first: bool) -> None:
    """By a kill, and by each kind of failure at one step or another."""
    step, was_stopped, mended = 0, True, []
    while was_stopped:
        # The steps of a first build are many and much alike, so that half of both will do.
        faults = (KILL, FAULTS[step // 2 % len(FAULTS)])
        for fault in faults[step % 2 :][:1] if is_first else faults:
            project.reset(is_first)
            old = project.read()
            was_stopped, code, said = stop_at(project, step, fault)
            where = f"{fault.name} at step {step}: {said}"
            left = project.read()
            assert list(find_missing(left)) == [], where
            assert are_whole(left, old, project.clean), where
            if fault.number < 0 and was_stopped:
                assert (code, said) == (128 - fault.number, INTERRUPTED), where
            elif fault.number:
                check_report(code, said, left, old, where)
            if (state := project.read_all()) not in mended:
                mended.append(state)
                check_that_the_next_build_mends_it(project, where)
        step += 1
    assert step > 40


def check_that_the_next_build_mends_it(project: Project, where: str) -> None:
    assert project.build()[0] == 0, where
    assert without_retired(project.read()) == without_retired(project.clean), where
    assert project.all_names() <= project.names, where


def check_report(code: int | None, said: str, left: Files, old: Files, where: str) -> None:
    """Exactly one of three things is said, and is true."""
    claims = ["nothing was written" in said, "some files are new already" in said, " rendered, " in said]
    assert claims.count(True) == 1, where
    assert claims[0] == (left == old), where
    assert claims[2] == (code == 0), where


@pytest.mark.thorough
@pytest.mark.parametrize("is_first", [True, False], ids=["the first build", "a build of a changed site"])
def test_a_build_may_lose_power_at_any_step(project: Project, is_first: bool) -> None:
    """The pages of a first build may be lost or empty until the next one: there is no site yet that it could harm."""
    project.reset(is_first)
    old, cache = project.read(), {path: data for path, data in project.read_all().items() if "cache/" in path}
    disk = LossyDisk(project.made, hidden=(STAGING, "cache"))
    with disk.watch():
        project.build()
    assert len(disk.left) > 20
    for state, why in disk.left.items():
        files: Files = {path.removeprefix("site/"): data for path, data in state if path != f"site/{LOCK}"}
        assert is_first or list(find_missing(files)) == [], why
        assert is_first or are_whole(files, old, project.clean), why
        project.restore({**cache, **dict(state)})
        check_that_the_next_build_mends_it(project, why)
