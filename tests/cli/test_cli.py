"""The command line: its help is true and complete, its exit codes say what happened, and no mistake is a traceback."""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli.main import COMMANDS, Command, main
from tests.sites import MAKERS, ROOT, SITE, edit, read_folder

Write = Callable[..., Path]

NAMES = [command.name for command in COMMANDS]

TEXTS = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md")}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYRAMID_CACHE", str(tmp_path / "cache"))


def list_options(command: Command) -> dict[str, argparse.Action]:
    """The options of a command by their long names."""
    parser = argparse.ArgumentParser()
    command.load().add_options(parser)
    return {name: action for action in parser._actions for name in action.option_strings if name.startswith("--")}


# What it says of itself


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["help"]])
def test_help_names_every_command_and_what_it_does(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {f"  {command.name:<8} {command.summary}" for command in COMMANDS} <= set(lines)


@pytest.mark.parametrize("command", COMMANDS, ids=NAMES)
def test_the_help_of_a_command_explains_every_option(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command.name, "--help"]) == 0
    said = capsys.readouterr().out
    for name, action in list_options(command).items():
        assert name in said
        assert action.help, name


@pytest.mark.parametrize("command", NAMES)
def test_the_documents_name_every_command(command: str) -> None:
    spoken = "python3 build.py" if command == "build" else f"python3 build.py {command}"
    assert any(spoken in text for text in TEXTS.values())


def test_every_command_line_in_help_and_documents_is_one_that_exists(capsys: pytest.CaptureFixture[str]) -> None:
    """Commands and their options, as people read them and copy them."""
    for words in [["--help"], *([command, "--help"] for command in NAMES)]:
        assert main(words) == 0
    spoken = [capsys.readouterr().out, *TEXTS.values(), (ROOT / "docs/architecture.md").read_text(encoding="utf-8")]
    lines = [line for text in spoken for line in re.findall(r"python3 build\.py([^\n`#]*)", text)]
    assert len(lines) > 20
    for line in lines:
        words = line.split()
        name = words[0] if words and words[0].isalpha() and words[0].islower() else "build"
        if name == "test":
            continue
        known = {**list_options(COMMANDS[NAMES.index(name)]), "--help": None}
        assert [word for word in words if word.startswith("--") and word not in known] == [], line


def test_an_unknown_command_gets_a_suggestion(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["biuld"]) == 2
    assert capsys.readouterr().err == (
        "build.py: there is no command 'biuld'. Did you mean 'build'? See python3 build.py --help.\n"
    )


# Exit codes


@pytest.fixture
def folders(write_site: Write, tmp_path: Path) -> list[str]:
    """A site without mistakes, as options."""
    return ["--content", str(write_site(SITE)), "--output", str(tmp_path / "output")]


def test_success_is_0(folders: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *folders[:2]]) == 0
    assert capsys.readouterr() == (f"{folders[1]}: no errors.\n", "")


def test_something_to_mend_is_1_and_is_reported(
    write_site: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write_site(edit(MAKERS, "order:", "ordre:"))
    assert main(["--content", str(content), "--output", str(tmp_path / "output")]) == 1
    assert capsys.readouterr() == (
        "",
        f"{content}/{MAKERS}:6:1: unknown field 'ordre'. Did you mean 'order'?\n\n1 error; nothing was written.\n",
    )
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_warning_is_1_only_with_strict(
    command: str, write_site: Write, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = write_site(edit("site.yaml", "https://small-site.org", "https://small-site.example"))
    words = [command, "--content", str(content), *(["--output", str(tmp_path / "out")] if command == "build" else [])]
    assert main(words) == 0
    assert main([*words, "--strict"]) == 1
    assert "is a placeholder that reaches nobody" in capsys.readouterr().err


WRONG = {
    "an unknown option": (["--colour"], "unrecognized arguments: --colour"),
    "not a number": (["--jobs", "many"], "'many' is not a number of 1 or more"),
    "no process": (["--jobs", "0"], "'0' is not a number of 1 or more"),
    "not an address": (["--base-url", "small-site.org"], "'small-site.org' is not a web address such as"),
    "not a date": (["--today", "31.1.2027"], "'31.1.2027' is not a date such as 2027-01-31"),
    "not a port": (["serve", "--port", "99999"], "'99999' is not a port, a number from 0 to 65535"),
    "a folder that is not there": (["--content", "contend"], "there is no folder 'contend'."),
    "a missing argument": (["new"], "the following arguments are required"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_command_line_is_2_and_is_explained_in_a_line(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    words, sentence = WRONG[name]
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err.splitlines()[-1]


INTERRUPTED = """
import os, signal, sys
from generator.cli.main import main

# A shell that starts the tests in the background makes them ignore this signal.
signal.signal(signal.SIGINT, signal.default_int_handler)
move = os.replace

def replace(source, target):
    os.replace = move
    os.kill(os.getpid(), signal.SIGINT)
    move(source, target)

os.replace = replace
sys.exit(main(sys.argv[1:]))
"""


def run_python(code: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_an_interruption_is_130_without_a_traceback(folders: list[str]) -> None:
    run = run_python(INTERRUPTED, *folders)
    assert (run.returncode, run.stdout) == (130, "")
    assert run.stderr == "Interrupted. Every file is whole; run the command again to go on.\n"


@pytest.mark.parametrize("words", [["status"], ["--help"]])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_away_gets_no_traceback(words: list[str], unbuffered: str) -> None:
    """As in `build.py ... | head -1`, where the reader has gone before the first line."""
    come, go = os.pipe()
    os.close(come)
    code = "import sys; from generator.cli.main import main; sys.exit(main(sys.argv[1:]))"
    environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
    run = subprocess.run(
        [sys.executable, "-c", code, *words],
        cwd=ROOT, env=environment, stdout=go, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    os.close(go)
    assert (run.returncode, run.stderr) == (1, "")


# Mistakes that are none of the site


def run_in_shell(redirection: str, *words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """`build.py` in a shell, with its output redirected."""
    command = ["sh", "-c", f'exec "$0" "$@" {redirection}', sys.executable, str(ROOT / "build.py"), *words]
    return subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("words", [["status"], ["check", "--format", "json"]])
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_output_that_cannot_be_written_is_1_and_explained(words: list[str], unbuffered: str) -> None:
    """As on a full disk; here, what is to be written to is open for reading only."""
    run = run_in_shell("1< /dev/null", *words, PYTHONUNBUFFERED=unbuffered)
    assert (run.returncode, run.stderr) == (1, "build.py: Bad file descriptor.\n")
    assert run_in_shell("1< /dev/null 2>&1", *words, PYTHONUNBUFFERED=unbuffered).returncode == 1


@pytest.mark.parametrize("redirection", [">&-", "2>&-", ">&- 2>&-"])
def test_closed_output_changes_nothing(redirection: str) -> None:
    for words in (["status"], ["check", "--format", "json"]):
        run = run_in_shell(redirection, *words)
        assert (run.returncode, run.stderr) == (0, "")


def test_characters_that_a_terminal_does_not_have_are_escaped(write_site: Write) -> None:
    content = write_site(edit("makers/audience.md", "name: Makers", "name: M\u2192kers"))
    run = run_in_shell("", "status", "--content", str(content), PYTHONIOENCODING="cp1252")
    assert (run.returncode, run.stderr) == (0, "")
    assert "M\\u2192kers" in run.stdout


@pytest.mark.parametrize("argument", ["a\0b", "a\udcffb"])
def test_an_argument_that_is_not_text_is_2_and_explained(argument: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--content", argument]) == 2
    assert capsys.readouterr().err == f"build.py: {argument!a} is not text in UTF-8. See python3 build.py --help.\n"


def test_a_path_that_is_too_long_leads_to_no_folder(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--content", "a" * 5000]) == 2
    assert "there is no folder 'aaa" in capsys.readouterr().err


@pytest.mark.parametrize(("option", "text"), [("--port", "9" * 5000), ("--port", "-1"), ("--port", "1.5")])
def test_a_number_out_of_range_is_refused(option: str, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", f"{option}={text}"]) == 2
    assert "is not a port, a number from 0 to 65535" in capsys.readouterr().err


def test_a_folder_that_cannot_be_read_is_1_and_named(write_site: Write, capsys: pytest.CaptureFixture[str]) -> None:
    content = write_site(SITE)
    (content / "loop.md").symlink_to(content / "loop.md")
    assert main(["check", "--content", str(content)]) == 1
    said = capsys.readouterr().err
    assert "loop.md" in said
    assert "Traceback" not in said


def test_the_layouts_of_the_program_are_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["check"]) == 0
    assert read_folder(tmp_path) == {}
