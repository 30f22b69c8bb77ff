"""What cannot be read is told in one true sentence by every command, and no page goes because of it."""

import argparse
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import schema
from generator.cli.main import main
from generator.diagnostics.diagnostic import SiteError
from generator.server.live_site import Preview, PreviewOptions
from tests.sites import ABLE, ABOUT, CASES, NEW, ROOT, SITE, append, edit, read_folder, tiny_layouts

Write = Callable[..., Path]
Capture = pytest.CaptureFixture[str]

COMMANDS = {
    "build": ["build", "--output", "output"],
    "check": ["check"],
    "status": ["status"],
    "new": ["new", "page", "Us"],
    "import": ["import", str(CASES / "strategies/minimal.md")],
    "export": ["export"],
    "quiz": ["quiz"],
}
FOLDERS = ["--content", "content", "--layouts", "layouts"]
DENIED = "cannot be read: Permission denied."
MEND = "Check the rights and the disk, or move it elsewhere."


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a site that was built."""
    folder = tmp_path_factory.mktemp("good")
    layouts = tiny_layouts()
    files = {f"content/{path}": text for path, text in SITE.items()}
    for path, text in {**files, **{f"layouts/{path}": layouts.read(path) for path in layouts.paths()}}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("PYRAMID_CACHE", str(folder / "cache"))
        assert main(["build", *FOLDERS, "--output", "output"]) == 0
    return folder


@pytest.fixture
def project(tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it: the current folder."""
    shutil.copytree(good, tmp_path / "project")
    monkeypatch.chdir(tmp_path / "project")
    monkeypatch.setenv("PYRAMID_CACHE", str(tmp_path / "project/cache"))
    return tmp_path / "project"


def lock_folder(project: Path, locked: set[str]) -> str:
    locked.add(str(project / "content/makers"))
    return f"content/makers: {DENIED} {MEND}"


def lock_level(project: Path, locked: set[str]) -> str:
    (project / "content" / ABLE).chmod(0o200)
    locked.add(str(project / "content" / ABLE))
    return f"content/{ABLE}: {DENIED} {MEND}"


def lock_all(project: Path, locked: set[str]) -> str:
    locked.add(str(project / "content"))
    return f"content: {DENIED} {MEND}"


def lock_words(project: Path, locked: set[str]) -> str:
    (project / "content/words.yaml").write_text("home: Start")
    locked.add(str(project / "content/words.yaml"))
    return f"content/words.yaml: {DENIED} {MEND}"


def link_in_a_circle(project: Path, locked: set[str]) -> str:
    (project / "content/makers/self").symlink_to(".")
    return "content/makers/self: this is a link that leads back to itself. Delete it."


def lose_a_target(project: Path, locked: set[str]) -> str:
    (project / "content" / ABLE).unlink()
    (project / "content" / ABLE).symlink_to("gone.md")
    return (
        f"content/{ABLE}: this is a link to what is not there. Put the file in its place, or delete the link."
    )  # fmt: skip


def link_to_elsewhere(project: Path, locked: set[str]) -> str:
    (project / "content" / NEW).rename(project / "new.md")
    (project / "content" / NEW).symlink_to("../../new.md")
    return (
        f"content/{NEW}: this link leads out of the folder. Put a copy of what it leads to in its place."
    )  # fmt: skip


def put_a_pipe(project: Path, locked: set[str]) -> str:
    (project / "content" / NEW).unlink()
    os.mkfifo(project / "content" / NEW)
    return f"content/{NEW}: this is neither a file nor a folder. Delete it, or move it elsewhere."


OBSTACLES = (lock_folder, lock_level, lock_all, lock_words, link_in_a_circle, lose_a_target, link_to_elsewhere,
             put_a_pipe)  # fmt: skip
Obstacle = Callable[[Path, set[str]], str]


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_every_command_tells_it_and_changes_nothing(
    project: Path, locked: set[str], capsys: Capture, obstacle: Obstacle
) -> None:
    before = read_folder(project / "output")
    sentence = obstacle(project, locked)
    for command in COMMANDS.values():
        if command[0] == "import" and obstacle is lock_words:
            continue  # it has no use for words
        capsys.readouterr()
        assert main([*command, *FOLDERS]) == 1
        said = capsys.readouterr().err.splitlines()
        assert [line for line in said if line.startswith("content")] == [sentence], command
        assert "Traceback" not in said
    locked.clear()
    assert read_folder(project / "output") == before
    assert not (project / "content/pages/us.md").exists()


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_the_preview_keeps_its_pages_and_goes_on_once_the_cause_has_gone(
    project: Path, locked: set[str], obstacle: Obstacle, write_site: Write
) -> None:
    folders = (str(project / "content"), "content"), (str(project / "layouts"), "layouts")
    preview = Preview(PreviewOptions(*folders), project / "preview")
    first = preview.rebuild(None)
    assert first is not None
    assert not first.failed
    sentence = obstacle(project, locked)
    result = preview.rebuild(None)
    assert result is not None
    assert [str(snippet.diagnostic) for snippet in result.snippets] == [sentence]
    assert result.manifest == first.manifest
    locked.clear()
    for path in ("makers/self", NEW, ABLE, "words.yaml"):
        if (project / "content" / path).is_symlink() or (project / "content" / path).is_fifo():
            (project / "content" / path).unlink()
    (project / "content/words.yaml").unlink(missing_ok=True)
    write_site(SITE, project / "content")
    result = preview.rebuild(None)
    assert result is not None
    assert not result.failed
    assert result.manifest is not None
    assert set(result.manifest) == set(first.manifest or ())


def test_what_is_wrong_elsewhere_is_told_as_well_but_nothing_that_may_be_untrue(
    project: Path, locked: set[str], capsys: Capture, write_site: Write
) -> None:
    """Nobody knows what is in a folder that cannot be read: whether a page that a link leads to is missing, say."""
    write_site(edit("home.md", "title:", "titel:"), project / "content")
    (project / "content" / NEW).unlink()
    locked.add(str(project / "content/users"))
    (project / "content/makers/1-new.md").symlink_to("gone.md")
    assert main(["check", *FOLDERS]) == 1
    assert [line.split(": ")[0] for line in capsys.readouterr().err.splitlines() if line.startswith("content")] == [
        "content/home.md:2:1", "content/makers/1-new.md", "content/users"
    ]  # fmt: skip


def test_an_unreadable_folder_after_a_good_build_is_noticed_by_the_next(project: Path, capsys: Capture) -> None:
    """The up-to-date check does not take it for a folder without a change."""
    from generator.cli.no_change import answer_for_build

    arguments = [*FOLDERS, "--output", "output"]
    assert main(["build", *arguments]) == 0
    assert answer_for_build(arguments, ROOT)
    (project / "content/odd").symlink_to("gone")
    assert not answer_for_build(arguments, ROOT)


@pytest.mark.parametrize("place", ["css", "css/base.css", "words.yaml", "static/mark.svg", "pages/home.html"])
def test_layouts_that_cannot_be_read_are_told_as_well(
    project: Path, locked: set[str], capsys: Capture, place: str
) -> None:
    locked.add(str(project / "layouts" / place))
    assert main(["build", *FOLDERS, "--output", "output"]) == 1
    assert capsys.readouterr().err.splitlines()[0] == f"layouts/{place}: {DENIED} {MEND}"


def test_the_schemas_are_not_written_without_words(project: Path) -> None:
    (project / "layouts/words.yaml").unlink()
    (project / "layouts/words.yaml").symlink_to("gone")
    with pytest.raises(SiteError, match=r"^layouts/words\.yaml: this is a link to what is not there\."):
        schema.run(argparse.Namespace(check=False, format="text"), project)
    assert not (project / "docs").exists()


@pytest.mark.parametrize("command", ["check", "build", "import", "new", "serve"])
def test_a_folder_that_one_may_not_even_look_for_is_not_called_missing(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    real = os.stat

    def stat(path: object, **more: object) -> os.stat_result:
        if str(path).endswith("content"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return real(path, **more)  # type: ignore[arg-type]

    more = {"import": COMMANDS["import"][1:], "new": ["page", "Us"]}.get(command, [])
    monkeypatch.setattr(os, "stat", stat)
    assert main([command, *more, "--content", "content"]) in (1, 2)
    said = capsys.readouterr().err
    assert "Permission denied" in said
    assert "Traceback" not in said
    assert "there is no folder" not in said


# Even root may not read what it has no rights for, once it has given up these.
AS_ANYBODY = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@pytest.mark.parametrize("command", ["build", "check", "new"])
def test_a_content_folder_that_nobody_may_look_into_is_told(project: Path, command: str) -> None:
    (project / "content").chmod(0)
    words = [*AS_ANYBODY, sys.executable, str(ROOT / "build.py"), *COMMANDS[command], *FOLDERS]
    done = subprocess.run(words, check=False, cwd=project, capture_output=True, text=True)
    (project / "content").chmod(0o755)
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, f"content: {DENIED} {MEND}")


def test_a_file_to_load_down_that_cannot_be_read_is_told(
    project: Path, locked: set[str], capsys: Capture, write_site: Write
) -> None:
    write_site(append(ABOUT, "\n[Terms](/media/terms.pdf)\n") | {"media/terms.pdf": b"%PDF-1.7"}, project / "content")
    locked.add(str(project / "content/media/terms.pdf"))
    assert main(["build", *FOLDERS, "--output", "output"]) == 1
    assert f"content/media/terms.pdf: {DENIED} {MEND}" in capsys.readouterr().err


def test_a_link_in_the_place_of_the_content_that_leads_nowhere_is_told(project: Path, capsys: Capture) -> None:
    (project / "linked").symlink_to("gone")
    assert main(["check", "--content", "linked"]) == 2
    assert "'linked' is a link to what is not there." in capsys.readouterr().err


def test_a_strategy_document_that_is_a_pipe_is_not_waited_for(project: Path, capsys: Capture) -> None:
    os.mkfifo(project / "strategy.md")
    assert main(["import", "strategy.md", "--content", "content"]) == 2
    assert "strategy.md cannot be read: it is no file." in capsys.readouterr().err
    assert main(["check", "--strategy", "strategy.md", "--content", "content"]) == 2
    assert main(["export", "strategy.md", "--content", "content"]) == 2
