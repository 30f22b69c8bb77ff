"""The command `build`: where the site goes, what it says of its work, and what it refuses."""

import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.output import LOCK, MANIFEST, STAGING
from generator.build.pipeline import PAGES
from generator.cli.build import LOG_FROM, RESERVED, ProgressLine
from generator.cli.main import main
from generator.cli.no_change import answer_for_build
from generator.server.live_site import Preview, PreviewOptions
from tests.sites import ABLE, ABOUT, NEW, ROOT, SITE, TODAY, Files, crowd, edit, read_folder, without
from tests.tools.waiting import wait_until, wait_until_stamps_are_trusted

Write = Callable[..., Path]
Capture = pytest.CaptureFixture[str]


class Project:
    """A site in a folder, built by the command line."""

    def __init__(self, folder: Path, write_site: Write) -> None:
        self.folder = folder
        self.write_site = write_site
        self.write(SITE)

    def write(self, files: Files) -> None:
        self.write_site(files, self.folder / "content")

    def build(self, *options: str) -> int:
        return main(["build", "--content", "content", "--output", "site", "--today", "2026-07-01", *options])

    def read(self) -> Files:
        return read_folder(self.folder / "site")


@pytest.fixture
def project(tmp_path: Path, write_site: Write, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYRAMID_CACHE", str(tmp_path / "cache"))
    return Project(tmp_path, write_site)


def without_seconds(text: str) -> str:
    return re.sub(r"\d+\.\d\d s", "… s", text)


def test_it_says_in_one_line_what_was_done(project: Project, capsys: Capture) -> None:
    assert project.build() == 0
    count = len(project.read()) - 1
    assert project.build("--jobs", "1") == 0
    said = capsys.readouterr()
    assert without_seconds(said.out).splitlines() == [
        f"site: {count} rendered, 0 unchanged, 0 removed in … s",
        f"site: 0 rendered, {count} unchanged, 0 removed in … s",
    ]
    assert said.err == ""


def test_quiet_prints_nothing_but_problems(project: Project, capsys: Capture) -> None:
    project.write(edit("site.yaml", "small-site.org\ncontact", "small-site.example\ncontact"))
    assert project.build("--quiet") == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.splitlines()) == 1
    assert "is a placeholder that reaches nobody" in said.err


def test_why_gives_the_reason_for_every_file(project: Project, capsys: Capture) -> None:
    assert project.build("--why") == 0
    *lines, _ = capsys.readouterr().out.splitlines()
    assert sorted(lines) == sorted(f"site/{path}: new" for path in project.read() if path != ".pyramid-site.json")
    project.write(edit("makers/quiz.yaml", "What can you do?", "What can you do today?"))
    (project.folder / "content" / ABOUT).unlink()
    (project.folder / "site/robots.txt").unlink()
    assert project.build("--why") == 0
    lines = capsys.readouterr().out.splitlines()
    assert {
        "site/makers/quiz/index.html: content changed",
        "site/robots.txt: missing or edited in the output",
        "site/about/index.html: removed",
    } <= set(lines)


def test_verbose_names_files_without_reasons(project: Project, capsys: Capture) -> None:
    assert project.build("--verbose") == 0
    assert "site/index.html" in capsys.readouterr().out.splitlines()


def test_force_renders_every_page_and_changes_none(project: Project, capsys: Capture) -> None:
    assert project.build() == 0
    before = project.read()
    capsys.readouterr()
    assert project.build("--force") == 0
    assert f"site: {len(before) - 1} rendered, 0 unchanged" in capsys.readouterr().out
    assert project.read() == before


def test_programs_read_problems_as_json_and_nothing_else(project: Project, capsys: Capture) -> None:
    assert project.build("--format", "json") == 0
    assert capsys.readouterr() == ("[]\n", "")


def test_drafts_are_left_out_unless_they_are_wanted(project: Project) -> None:
    project.write(edit(ABLE, "offers:", "draft: true\noffers:"))
    assert project.build() == 0
    assert "makers/able/index.html" not in project.read()
    assert project.build("--drafts") == 0
    assert "makers/able/index.html" in project.read()


def test_the_number_of_processes_changes_nothing(project: Project) -> None:
    """Enough pages for several processes to be worth their while."""
    people = without("users/audience.md", "users/1-lost.md", "users/2-found.md", "makers/quiz.yaml")
    for number in range(110):
        for path in ("makers/audience.md", NEW, ABLE):
            text = str(SITE[path]).replace("Makers", f"Makers {number}").replace("for New", f"for New {number}")
            people[path.replace("makers", f"makers-{number}")] = text.replace("for Able", f"for Able {number}")
    project.write(people)
    assert project.build("--jobs", "1") == 0
    alone = project.read()
    assert project.build("--jobs", "2", "--output", "beside") == 0
    assert read_folder(project.folder / "beside") == alone


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--output", "content"], "--output content and content must not lie within each other."),
        (["--output", "content/site"], "--output content/site and content must not lie within each other."),
        (["--output", "."], "--output . and content must not lie within each other."),
        (["--output", "site/../content"], "--output site/../content and content must not lie within each other."),
        (["--output", "link"], "--output link and content must not lie within each other."),
        (["--output", "layouts/site", "--layouts", "layouts"], "--output layouts/site and layouts must not lie"),
        (["--output", "file"], "--output file is a file, not a folder."),
    ],
)
def test_output_that_would_mix_with_what_is_read_is_refused(
    project: Project, capsys: Capture, options: list[str], sentence: str
) -> None:
    (project.folder / "layouts").mkdir()
    (project.folder / "link").symlink_to(project.folder / "content", target_is_directory=True)
    (project.folder / "file").write_text("mine", encoding="utf-8")
    before = read_folder(project.folder)
    assert project.build(*options) == 2
    assert sentence in capsys.readouterr().err
    assert read_folder(project.folder) == before


def test_builds_of_one_folder_at_once_go_one_after_the_other_by_whatever_name_and_cache(project: Project) -> None:
    command = [sys.executable, str(ROOT / "build.py"), "--content", "content", "--today", "2026-07-01", "--quiet"]
    (project.folder / "site").mkdir()
    (project.folder / "link").symlink_to(project.folder / "site", target_is_directory=True)
    names = (["site"], ["site", "--force"], ["./site", "--jobs", "1"], ["link"], [str(project.folder / "link")])
    running = [
        subprocess.Popen(
            [*command, "--output", *more], cwd=project.folder, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "PYRAMID_CACHE": str(project.folder / f"cache-{number % 2}")},
        )
        for number, more in enumerate(names)
    ]  # fmt: skip
    content, layouts = (str(project.folder / "content"), "content"), (str(ROOT / "layouts"), "layouts")
    for number in range(2):
        preview = Preview(PreviewOptions(content, layouts, today=TODAY), project.folder / f"cache-{number}/preview")
        result = preview.rebuild(None)
        assert result is not None and not result.failed
    said = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0] * len(running), said
    assert all(errors in ("", "Waiting for another build of this folder to end.\n") for _, errors in said), said
    together = project.read()
    assert project.build("--output", "alone") == 0
    assert read_folder(project.folder / "alone") == together


def test_a_folder_with_files_of_others_is_refused(project: Project, capsys: Capture) -> None:
    (project.folder / "site").mkdir()
    (project.folder / "site/notes.txt").write_text("mine", encoding="utf-8")
    assert project.build() == 2
    assert "--output site has files that no build has made. Empty it, or choose" in capsys.readouterr().err
    assert project.read() == {"notes.txt": b"mine"}
    assert not (project.folder / "site" / LOCK).exists()


def test_a_folder_on_the_command_line_is_one_from_where_one_stands(project: Project, capsys: Capture) -> None:
    """The program's own site, and its output, are untouched."""
    before = read_folder(ROOT / "output") if (ROOT / "output").exists() else None
    assert main(["build", "--content", "content", "--today", "2026-07-01"]) == 0
    assert "index.html" in read_folder(project.folder / "output")
    assert capsys.readouterr().out.startswith("output: ")
    assert main(["build", "--content", "./content/", "--output", "../other", "--today", "2026-07-01"]) == 0
    assert (project.folder.parent / "other/index.html").exists()
    assert (read_folder(ROOT / "output") if (ROOT / "output").exists() else None) == before


def test_without_an_output_nothing_to_do_is_found_there_as_well(project: Project, capsys: Capture) -> None:
    arguments = ["--content", "content", "--today", "2026-07-01"]
    assert main(["build", *arguments]) == 0
    wait_until_stamps_are_trusted(project.folder)
    assert main(["build", *arguments]) == 0
    assert answer_for_build(arguments, ROOT)


def test_the_output_of_another_site_is_refused(project: Project, capsys: Capture) -> None:
    assert project.build() == 0
    before = project.read()
    project.write_site(edit("site.yaml", "name: Small", "name: Other"), project.folder / "theirs")
    assert main(["build", "--content", "theirs", "--output", "site"]) == 2
    sentence = "--output site has the site of content. Choose another folder, or delete it first."
    assert sentence in capsys.readouterr().err
    assert project.read() == before


def test_a_project_may_be_moved_and_its_content_may_be_named_by_a_link(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert project.build() == 0
    moved = project.folder / "moved"
    moved.mkdir()
    for name in ("content", "site"):
        (project.folder / name).rename(moved / name)
    (moved / "link").symlink_to("content")
    monkeypatch.chdir(moved)
    assert project.build() == 0
    assert main(["build", "--content", "link", "--output", str(moved / "site"), "--today", "2026-07-01"]) == 0


@pytest.mark.parametrize("name", [*RESERVED, "generator/new", "docs/site", ".cache/x"])
def test_a_folder_of_the_program_is_refused(project: Project, capsys: Capture, name: str) -> None:
    assert project.build("--output", str(ROOT / name)) == 2
    assert "belongs to the program. Choose another folder." in capsys.readouterr().err
    assert not (ROOT / "generator/new").exists()
    assert not (ROOT / "docs/site").exists()


def test_another_repository_of_the_host_is_noticed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a build has asked of the environment is what the up-to-date check looks at."""
    project.write({**SITE, "site.yaml": f"{SITE['site.yaml']}admin: true\n"})
    for repository in ("me/course", "you/course", "you/course"):
        monkeypatch.setenv("GITHUB_REPOSITORY", repository)
        assert run_as_a_person(project) == 0
        assert f"repo: {repository}".encode() in bytes(project.read()["admin/config.yml"])  # type: ignore[arg-type]


def run_as_a_person(project: Project) -> int:
    """As from a terminal, the up-to-date check first."""
    arguments = ["--content", "content", "--output", "site", "--today", "2026-07-01"]
    return 0 if answer_for_build(arguments, ROOT) else main(arguments)


@pytest.mark.parametrize("at", [3, 30, 300, -3])
def test_a_damaged_manifest_is_recovered_and_told_in_a_line(project: Project, capsys: Capture, at: int) -> None:
    assert run_as_a_person(project) == 0
    before = project.read()
    (project.folder / "content" / ABOUT).unlink()
    project.write({**without(ABOUT), "site.yaml": f"{SITE['site.yaml']}"})
    place = project.folder / "site" / MANIFEST
    data = bytearray(place.read_bytes())
    data[at] ^= 1
    place.write_bytes(data)
    capsys.readouterr()
    assert run_as_a_person(project) == 0
    said = capsys.readouterr().err.splitlines()
    assert said == [f"site/{MANIFEST} was damaged or of another version; every page is made again."]
    assert before.keys() - project.read().keys() == {"about/index.html", "about/index.md"}
    assert run_as_a_person(project) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("redirection", [">/dev/full", "2>/dev/full", ">&-", "2>&-", "<&- >&- 2>&-", "| head -c 0"])
def test_a_stream_that_cannot_be_written_is_no_traceback(project: Project, redirection: str) -> None:
    """Neither in a build nor where nothing has changed since."""
    project.write(edit("site.yaml", "small-site.org\ncontact", "small-site.example\ncontact"))
    for _ in range(2):
        done = run_in_shell(f"%s --content content --output site --today 2026-07-01 {redirection}", project.folder)
        assert done.returncode in (0, 1)
        assert "Traceback" not in done.stderr
    assert "index.html" in project.read()


@pytest.mark.parametrize(
    "command",
    [
        "env -i %s check --content content >&-",
        "PYTHONUNBUFFERED=1 %s status --content content >/dev/full",
        "PYTHONIOENCODING=cp1252 %s export --content content | head -c 0",
        "env -u HOME %s serve --content nowhere >&- 2>&-",
        "PYTHONIOENCODING=ascii %s new page 'Gr\u00fc\u00dfe \u2603' --content content",
        "env -u TERM %s new page Hello --content content <&- >&- 2>/dev/full",
        "PYTHONIOENCODING=ascii %s quiz --content content 2>&-",
    ],
)
def test_no_command_ends_in_a_traceback_whatever_its_streams_and_environment(project: Project, command: str) -> None:
    done = run_in_shell(command, project.folder)
    assert "Traceback" not in done.stderr + done.stdout


def run_in_shell(command: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """`%s` is the program."""
    line = command % f"'{sys.executable}' '{ROOT}/build.py'"
    return subprocess.run(line, shell=True, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S602


def test_a_folder_that_is_not_there_any_more_is_a_sentence(project: Project) -> None:
    (project.folder / "gone").mkdir()
    done = run_in_shell("cd gone && rmdir ../gone && %s check", project.folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "build.py: the current folder is not there any more. Go to another one, then run this again.\n"
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_a_build_in_several_processes_and_all_of_these(project: Project, number: int) -> None:
    """Also where nobody is told of the end of a process, and where the program has no time to end them."""
    project.write(crowd(80))
    command = f"trap '' CHLD; exec '{sys.executable}' '{ROOT}/build.py' --content content --output site --jobs 2"
    running = subprocess.Popen(
        ["sh", "-c", command], cwd=project.folder, text=True, stderr=subprocess.PIPE, start_new_session=True,
        preexec_fn=lambda: signal.signal(number, signal.SIG_DFL),  # noqa: PLW1509 - the tests may ignore it
    )  # fmt: skip
    wait_until((project.folder / "site" / STAGING).exists, lambda: "nothing is staged")
    os.killpg(running.pid, number)
    said = running.communicate()[1]
    assert running.returncode == 128 + number
    assert said.splitlines()[-1:] == ["Interrupted. Every file is whole; run the command again to go on."]
    assert project.read() == {}


def test_processes_of_a_build_that_is_killed_end_with_it(project: Project) -> None:
    project.write(crowd(80))
    command = [sys.executable, str(ROOT / "build.py"), "--content", "content", "--output", "site", "--jobs", "2"]
    running = subprocess.Popen(command, cwd=project.folder, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
    wait_until((project.folder / "site" / STAGING).exists, lambda: "nothing is staged")
    running.kill()
    running.communicate()  # returns when the last process that has these streams has ended
    assert project.build() == 0


# Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def show_progress(stream: io.StringIO, pages: int = LOG_FROM) -> str:
    """What is said of a build that has read for ten seconds, and goes on making pages for ten more."""
    now = 0.0
    line = ProgressLine(stream, lambda: now)
    for what, steps in (("files read", (0, 40, 80)), (PAGES, (0, pages // 2, pages // 2, pages))):
        line(what, steps[0], steps[-1])
        now += 10
        for done in steps[1:]:
            line(what, done, steps[-1])
    return stream.getvalue()


def test_progress_is_one_line_on_a_terminal_and_leaves_nothing_behind() -> None:
    told = show_progress(Terminal()).split("\r")
    shown = [text.strip() for text in told if text.strip()]
    assert shown == [
        "40 of 80 files read, 4 a second, 10 s left",
        "50 of 100 pages, 5 a second, 10 s left",
    ]
    assert told[-2:] == [" " * 60, ""]


def test_where_no_one_watches_progress_is_told_once_and_plainly() -> None:
    assert show_progress(io.StringIO()) == "50 of 100 pages, 5 a second, 10 s left\n"


def test_where_no_one_watches_a_small_site_is_built_in_silence_however_long_it_takes() -> None:
    assert show_progress(io.StringIO(), pages=LOG_FROM - 2) == ""
