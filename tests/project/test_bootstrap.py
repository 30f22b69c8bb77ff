"""build.py: it sets up its environment on the first run, and says in a sentence why if it cannot."""

import ast
import contextlib
import errno
import hashlib
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from generator import bootstrap, environment
from tests.project.test_architecture import MODULES, find_imports
from tests.tools import java, node

ROOT = Path(__file__).resolve().parent.parent.parent
REQUIREMENTS = ("requirements.txt", "requirements-test.txt", "requirements-node.txt", "requirements-java.txt",
                "requirements-night.txt")  # fmt: skip


def find_first_modules() -> dict[str, bytes]:
    """The files of the modules that build.py runs before the packages are installed, by their paths."""
    todo, found = ["generator.bootstrap"], dict[str, bytes]()
    while todo:
        module = todo.pop()
        place = next(path for path in (f"{module.replace('.', '/')}.py", f"{module.replace('.', '/')}/__init__.py")
                     if (ROOT / path).exists())  # fmt: skip
        if place not in found:
            found[place] = (ROOT / place).read_bytes()
            todo += [name for name in find_imports(MODULES[module]) if name != "generator.cli.main"]
            todo += [".".join(module.split(".")[:-1])] if module != "generator" else []
    return found


PIPES: dict[str, Any] = {
    "stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "cwd": ROOT,
}  # fmt: skip
HOLD_LOCK = """
import sys
from pathlib import Path
from generator.environment import hold_lock
with hold_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""

# A program that needs one package: it prints its arguments and where the package came from.
PROGRAM = """\
import atexit
import re
import tiny

atexit.register(print, "clean-up")

def main(arguments):
    print(tiny.VERSION, arguments, re.split(r"[/\\\\][Ll]ib[/\\\\]", tiny.__file__)[0])
    if arguments == ["interrupt"]:
        raise KeyboardInterrupt
    return len(arguments)
"""


# Exit code, output and messages.
Said = tuple[int, str, str]


class Project(NamedTuple):
    """A small project with the real build.py, and a package index of its own in a folder."""

    folder: Path
    index: Path

    @property
    def venv(self) -> Path:
        return self.folder / ".venv"

    @property
    def environment(self) -> dict[str, str]:
        """No index but the folder, no settings of this machine."""
        pip = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.index), "PIP_CONFIG_FILE": os.devnull}
        return {**{name: value for name, value in os.environ.items() if not name.startswith("PIP_")}, **pip}

    def pin(self, version: str) -> None:
        """Makes the package `tiny` of a version, and pins it."""
        wheel = self.index / f"tiny-{version}-py3-none-any.whl"
        information = f"tiny-{version}.dist-info"
        files = {
            "tiny.py": f'VERSION = "{version}"\n',
            f"{information}/METADATA": f"Metadata-Version: 2.1\nName: tiny\nVersion: {version}\n",
            f"{information}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        record = "".join(f"{path},,\n" for path in [*files, f"{information}/RECORD"])
        with zipfile.ZipFile(wheel, "w") as archive:
            for path, text in {**files, f"{information}/RECORD": record}.items():
                archive.writestr(zipfile.ZipInfo(path), text)  # without the time, so that its digest stays
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        (self.folder / "requirements.txt").write_text(f"tiny=={version} --hash=sha256:{digest}\n")

    def unpack(self) -> Path:
        """A folder from which the package can be imported."""
        with zipfile.ZipFile(next(self.index.glob("*.whl"))) as archive:
            archive.extractall(self.index)
        return self.index

    def start(self, *arguments: str, before: str = "", **environment: str) -> subprocess.Popen[str]:
        """Starts build.py; `before` is a statement that changes the Python which runs it."""
        script = str(self.folder / "build.py")
        run = f"import runpy, sys; {before}; sys.argv.pop(0); runpy.run_path(sys.argv[0], run_name='__main__')"
        return subprocess.Popen(
            [sys.executable, *(["-c", run] if before else []), script, *arguments],
            env={**self.environment, **environment}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def load_environment(self) -> dict[str, Any]:
        """The names of the module `environment`, for the `.venv` of this project."""
        return runpy.run_path(str(self.folder / "generator/environment.py"))

    def run(self, *arguments: str, before: str = "", **environment: str) -> Said:
        process = self.start(*arguments, before=before, **environment)
        output, messages = process.communicate()
        return process.returncode, output, messages


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return make_project(tmp_path / "project", tmp_path / "index")


def make_project(folder: Path, index: Path) -> Project:
    files = {
        "build.py": (ROOT / "build.py").read_bytes(),
        "pyproject.toml": '[project]\ndependencies = ["tiny>=1.0"]\n',
        "generator/cli/main.py": PROGRAM,
        **find_first_modules(),
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode() if isinstance(text, str) else text)
    index.mkdir(exist_ok=True)
    project = Project(folder, index)
    project.pin("1.0")
    return project


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Said]:
    """A project in a folder of an odd name that has set up its environment, and what was said meanwhile."""
    folder = tmp_path_factory.mktemp("made") / "100 % größer; #1 & 'mehr'"
    project = make_project(folder, tmp_path_factory.mktemp("index"))
    return project, project.run("a", "b c")


@pytest.fixture
def made(first_run: tuple[Project, Said]) -> Project:
    """That project. Tests leave it as it is."""
    return first_run[0]


@pytest.fixture
def ready(project: Project, made: Project) -> Project:
    """A project with a copy of that environment. Its files are links: whatever is installed replaces them."""
    shutil.copytree(made.venv, project.venv, symlinks=True, copy_function=os.link)
    return project


# Setting up


def test_the_first_run_sets_up_and_later_runs_start_at_once_whatever_the_folder_is_called(
    first_run: tuple[Project, Said],
) -> None:
    project, said = first_run
    assert said == (
        2, f"1.0 ['a', 'b c'] {project.venv}\n",
        "Setting up: installing 1 pinned packages into .venv. This takes up to a minute, and only this once.\n",
    )  # fmt: skip
    assert project.run() == (0, f"1.0 [] {project.venv}\n", "")


def test_a_changed_lock_is_installed_by_the_next_run(ready: Project) -> None:
    ready.pin("2.0")
    assert ready.run()[:2] == (0, f"2.0 [] {ready.venv}\n")
    assert ready.run() == (0, f"2.0 [] {ready.venv}\n", "")


def test_an_incomplete_environment_is_made_again(project: Project) -> None:
    leftover = project.venv / "bin" / "leftover"
    leftover.parent.mkdir(parents=True)
    leftover.write_text("half a program")
    assert project.run()[:2] == (0, f"1.0 [] {project.venv}\n")
    assert not leftover.exists()


def test_a_changed_requirements_file_is_installed_by_the_python_of_the_environment(ready: Project) -> None:
    ready.pin("2.0")
    script = str(ready.folder / "build.py")
    run = subprocess.run(
        [ready.load_environment()["PYTHON"], script],
        env=ready.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.returncode, run.stdout) == (0, f"2.0 [] {ready.venv}\n")


@pytest.mark.parametrize("missing", [f"{sys.implementation.cache_tag}-requirements.txt", "pyvenv.cfg", "bin/python"])
def test_an_environment_that_lacks_a_part_is_not_used(project: Project, missing: str) -> None:
    environment = project.load_environment()
    (project.venv / "bin").mkdir(parents=True)
    for name in ("pyvenv.cfg", "bin/python"):
        (project.venv / name).touch()
    environment["find_copy"]("requirements.txt").write_bytes((project.folder / "requirements.txt").read_bytes())
    assert environment["is_ready"]("requirements.txt")
    (project.venv / missing).unlink()
    assert not environment["is_ready"]("requirements.txt")


def test_two_first_runs_at_once_make_one_environment(project: Project) -> None:
    (project.folder / ".cache").mkdir()
    with environment.hold_lock(project.folder / ".cache/setup.lock"):
        runs = [project.start("a"), project.start("a")]
        assert [run.stderr and run.stderr.readline() for run in runs] == ["Waiting for another set-up to end.\n"] * 2
    messages = [run.communicate()[1] for run in runs]
    assert [run.returncode for run in runs] == [1, 1]
    assert sorted(message.partition(":")[0] for message in messages) == ["", "Setting up"]


def test_packages_that_the_running_python_has_are_used_and_no_environment_is_made(project: Project) -> None:
    code, output, messages = project.run("a", PYTHONPATH=str(project.unpack()))
    assert (code, output, messages) == (1, f"1.0 ['a'] {project.index / 'tiny.py'}\n", "")
    assert not project.venv.exists()


def test_packages_that_are_too_old_are_not_used(project: Project) -> None:
    has_packages = project.load_environment()["has_packages"]
    installed = metadata.version("pytest")
    for bound, is_enough in ((installed, True), ("1.9.100", True), ("999.0", False)):
        (project.folder / "pyproject.toml").write_text(f'[project]\ndependencies = ["pytest>={bound}"]\n')
        assert has_packages() is is_enough


def test_versions_are_compared_as_numbers() -> None:
    assert environment.split_version("10.2") > environment.split_version("9.11.1")
    assert environment.split_version("3.1.6rc2") == [3, 1, 6]


def test_an_environment_of_another_version_of_python_is_made_again(
    ready: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = ready.load_environment()
    assert environment["is_ready"]("requirements.txt")
    monkeypatch.setattr(sys.implementation, "cache_tag", "cpython-399")
    assert not environment["is_ready"]("requirements.txt")


def test_an_environment_that_a_link_leads_to_is_left_alone(project: Project, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "file").touch()
    project.venv.symlink_to(shared)
    project.run()
    assert [path.name for path in shared.iterdir()] == ["file"]
    assert project.load_environment()["is_ready"]("requirements.txt")


# One set-up at a time


def test_a_second_set_up_waits_until_the_first_ends(project: Project, tmp_path: Path) -> None:
    hold_lock = project.load_environment()["hold_lock"]
    with hold_lock(tmp_path / "lock"):
        waiting = subprocess.Popen([sys.executable, "-c", HOLD_LOCK, tmp_path / "lock"], **PIPES)
        assert waiting.stderr and waiting.stderr.readline() == "Waiting for another set-up to end.\n"
        assert waiting.poll() is None
    assert waiting.communicate("") == ("held\n", "")


def test_a_lock_is_free_once_its_holder_is_killed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD_LOCK, tmp_path / "lock"], **PIPES)
    assert holder.stdout and holder.stdout.readline() == "held\n"
    holder.kill()
    holder.communicate()
    with environment.hold_lock(tmp_path / "lock"):
        assert capsys.readouterr().err == ""


@pytest.mark.parametrize("error", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS])
def test_without_locks_on_the_disk_nothing_waits(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], error: int
) -> None:
    def refuse(_: int) -> None:
        raise OSError(error, os.strerror(error))

    with environment.hold_lock(tmp_path / "lock", refuse):
        assert capsys.readouterr().err == ""


def test_a_set_up_waits_no_longer_than_ten_minutes(tmp_path: Path) -> None:
    def refuse(_: int) -> None:
        raise BlockingIOError

    waits: list[float] = []
    with environment.hold_lock(tmp_path / "lock", refuse, waits.append):
        assert round(sum(waits)) == 600


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_a_lock_file_has_whatever_its_packages_need(name: str) -> None:
    pins = dict(re.findall(r"^([\w.-]+)(?:\[\w+\])?==(\S+)(?: ;.*)? \\$", (ROOT / name).read_text(), re.MULTILINE))
    assert len(pins) > 10
    needed: dict[str, set[str]] = {}
    for package in pins:
        with contextlib.suppress(metadata.PackageNotFoundError):  # one for another system
            for requirement in map(Requirement, metadata.requires(package) or ()):
                if not requirement.marker or requirement.marker.evaluate({"extra": ""}):
                    needed.setdefault(canonicalize_name(requirement.name), set()).add(package)
    assert {package: by for package, by in needed.items() if package not in pins} == {}


# Failures, each with its remedy


def test_an_old_python_is_told_what_to_do() -> None:
    source = (ROOT / "build.py").read_text()
    ast.parse(source, feature_version=(3, 6))
    pretend = "import sys; sys.version_info = (3, 6, 15); exec(compile(open('build.py').read(), 'build.py', 'exec'))"
    run = subprocess.run([sys.executable, "-c", pretend], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr == (
        "build.py: this needs Python 3.11 or newer, and this is Python 3.6. Install a newer one from "
        "python.org or from your system's packages, then run it by its name: python3.11 build.py\n"
    )


def test_build_py_looks_at_its_python_before_anything_that_an_old_one_lacks() -> None:
    body = ast.parse((ROOT / "build.py").read_text()).body
    before = [entry for entry in body if entry.lineno < next(e.lineno for e in body if isinstance(e, ast.If))]
    assert [ast.unparse(entry) for entry in before[1:]] == [
        "import os",
        "import sys",
        "from contextlib import suppress",
    ]


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_what_to_install(project: Project, missing: str) -> None:
    hide = f"import importlib.util as u; u.find_spec = lambda name: name != {missing!r} or None"
    code, output, messages = project.run(before=hide)
    assert (code, output) == (1, "")
    assert messages == f"build.py: {environment.NO_VENV}, then run this again.\n"
    assert "sudo apt install python3-venv" in messages
    assert not project.venv.exists()


def test_a_path_with_a_colon_is_told_what_to_rename(tmp_path: Path) -> None:
    project = make_project(tmp_path / f"my{os.pathsep}site", tmp_path / "index")
    code, output, messages = project.run()
    assert (code, output) == (1, "")
    assert messages == (
        f"build.py: Python can make no environment in {project.folder}, because of the {os.pathsep} in the path. "
        "Rename that folder, or move the project, then run this again.\n"
    )
    assert not project.venv.exists()


def test_without_a_network_one_sentence_says_so_and_the_next_run_sets_up(project: Project) -> None:
    code, output, messages = project.run(PIP_FIND_LINKS="")
    assert (code, output) == (1, "")
    assert messages.splitlines()[1:] == [
        "build.py: the packages cannot be downloaded. Check the network (behind a proxy, set HTTPS_PROXY), "
        "then run this again."
    ]
    assert project.run()[:2] == (0, f"1.0 [] {project.venv}\n")


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("/x/.venv/bin/python: No module named pip", environment.NO_VENV),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "the disk is full. Free some space",
        ),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n  Expected sha256 a\n",
            "a package is not the one that was pinned. Run `git checkout requirements*.txt` if the pins were edited, "
            "else `python3 -m pip cache purge`",
        ),
        (
            "Collecting tiny\nERROR: Failed building wheel for tiny.\n\nat the end",
            "pip cannot install the packages: ERROR: Failed building wheel for tiny. Delete the folder .venv",
        ),
    ],
)
def test_the_output_of_pip_becomes_a_sentence_with_a_remedy(output: str, sentence: str) -> None:
    assert environment.explain("pip cannot install the packages", output) == sentence


def test_a_step_that_fails_without_a_word_is_a_sentence_too(project: Project) -> None:
    code, output, messages = project.run(before="sys.executable = '/bin/false'")
    assert (code, output) == (1, "")
    assert messages.splitlines()[1:] == [
        "build.py: cannot make .venv: it said nothing. Delete the folder .venv, then run this again."
    ]


def test_a_folder_that_cannot_be_written_is_a_sentence(project: Project) -> None:
    (project.folder / ".cache").write_text("not a folder")
    code, _, messages = project.run()
    assert code == 1
    assert messages == (
        f"build.py: cannot set up: {project.folder / '.cache'}: File exists. Mend that, then run this again.\n"
    )


def test_a_package_that_has_gone_is_a_sentence(ready: Project) -> None:
    next(ready.venv.glob("**/tiny.py")).unlink()
    assert ready.run() == (
        1, "", "build.py: the package tiny has gone. Delete the folder .venv, then run this again.\n"
    )  # fmt: skip


def test_an_interruption_is_130_and_no_traceback(project: Project) -> None:
    assert project.run("interrupt", PYTHONPATH=str(project.unpack()))[::2] == (130, "Interrupted.\n")


def test_an_interrupted_set_up_ends_at_once(project: Project) -> None:
    # A shell that starts the tests in the background makes them ignore this signal.
    process = project.start(before="import signal; signal.signal(signal.SIGINT, signal.default_int_handler)")
    assert process.stderr
    assert process.stderr.readline().startswith("Setting up")
    process.send_signal(signal.SIGINT)
    assert process.communicate() == ("", "Interrupted.\n")
    assert process.returncode == 130


def test_all_output_is_written_although_the_process_ends_without_clean_up(project: Project) -> None:
    code, output, _ = project.run("a", PYTHONPATH=str(project.unpack()))
    assert (code, output) == (1, f"1.0 ['a'] {project.index / 'tiny.py'}\n")
    assert "clean-up" in PROGRAM


# On Windows


def test_on_windows_the_other_program_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[tuple[str, ...]] = []

    def call(command: tuple[str, ...]) -> int:
        commands.append(command)
        return 3

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(subprocess, "call", call)
    monkeypatch.setattr(os, "execv", None)
    assert bootstrap.replace_process("python.exe", "build.py") == 3
    assert commands == [("python.exe", "build.py")]


def test_on_windows_python_and_the_packages_are_in_other_folders(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    environment = project.load_environment()
    assert environment["PYTHON"] == project.venv / "Scripts/python.exe"
    assert environment["PACKAGES"] == project.venv / "Lib/site-packages"


# The tests


def test_the_tests_run_in_the_environment_with_the_arguments_of_pytest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands: list[tuple[str, ...]] = []
    monkeypatch.setattr(bootstrap, "replace_process", lambda *command: commands.append(command) or 0)
    monkeypatch.setattr(environment, "is_ready", lambda *names: names == ("requirements-test.txt",))
    monkeypatch.setattr(node, "find_node", lambda: node.Node(["node"], ["npm"]))
    monkeypatch.setattr(java, "find_java", lambda: "java")
    monkeypatch.chdir(ROOT / "tests")
    assert bootstrap.main(["test", "-k", "quiz"]) == 0
    assert Path.cwd() == ROOT
    assert commands[0][:3] == (str(environment.PYTHON), "-m", "pytest")
    assert commands[0][-2:] == ("-k", "quiz")
    assert "-m" not in commands[0][3:]
    said = capsys.readouterr().out
    assert "- Python packages: in .venv.\n- Node.js: node.\n- Node.js packages: " in said
    assert "- Browser: " in said


def test_quick_leaves_out_what_takes_long_and_needs_nothing_for_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands: list[tuple[str, ...]] = []
    monkeypatch.setattr(bootstrap, "replace_process", lambda *command: commands.append(command) or 0)
    monkeypatch.setattr(bootstrap, "set_up", lambda *names: commands.append(names))
    monkeypatch.setattr(node, "find_node", lambda: None)
    monkeypatch.chdir(ROOT)
    assert bootstrap.main(["test", "--quick", "-x"]) == 0
    assert commands[0] == ("requirements-test.txt",)
    assert commands[1][-3:] == ("-m", "not (process or chance or thorough)", "-x")
    assert "Browser" not in capsys.readouterr().out


def test_without_node_and_java_the_tests_install_them(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[tuple[str, ...]] = []
    monkeypatch.setattr(bootstrap, "replace_process", lambda *_: 0)
    monkeypatch.setattr(bootstrap, "set_up", lambda *names: installed.append(names))
    monkeypatch.setattr(node, "find_node", lambda: None)
    monkeypatch.setattr(java, "find_java", lambda: None)
    monkeypatch.chdir(ROOT)
    assert bootstrap.main(["test"]) == 0
    assert installed == [("requirements-test.txt", "requirements-node.txt", "requirements-java.txt")]


# The requirements files


def read_pins(name: str) -> dict[str, str]:
    """The versions in a requirements file, by package and condition."""
    line = re.compile(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^\s;]+)( ; [^\\\n]+)?", re.MULTILINE)
    pins = line.findall((ROOT / name).read_text())
    return {package + condition.strip(): version for package, version, condition in pins}


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_a_requirements_file_pins_every_package_with_hashes_and_names_no_index(name: str) -> None:
    text = (ROOT / name).read_text()
    entries = text.split("\n", 2)[2].replace("\\\n", " ").strip().splitlines()
    assert len(entries) == len(read_pins(name)) > 0
    assert all(re.fullmatch(r"\S+==\S+( ; [^-]+?)? +(--hash=sha256:[0-9a-f]{64} *)+", entry) for entry in entries)
    assert "://" not in text
    assert "--index" not in text


def test_the_pins_of_the_tests_repeat_those_of_the_program() -> None:
    assert read_pins("requirements.txt").items() <= read_pins("requirements-test.txt").items()


def test_the_requirements_files_satisfy_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wanted = {
        "requirements.txt": project["project"]["dependencies"],
        "requirements-test.txt": project["dependency-groups"]["test"],
        "requirements-node.txt": project["dependency-groups"]["node"],
        "requirements-java.txt": project["dependency-groups"]["java"],
        "requirements-night.txt": project["dependency-groups"]["night"],
    }
    for name, dependencies in wanted.items():
        pins = {package.partition(";")[0]: version for package, version in read_pins(name).items()}
        for dependency in dependencies:
            package, _, bound = dependency.partition(" ;")[0].partition(">=")
            assert environment.split_version(pins[package.replace(".", "-")]) >= environment.split_version(bound), (
                dependency
            )
