"""The Python environment `.venv`: whether it holds the pinned packages, and how it is made. Standard library only.

When a requirements file has been installed, a copy of it is left in `.venv`, named for the version of Python.
If the copy is missing or differs, the environment is made again: this covers changed pins, another Python and
an interrupted set-up.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).absolute().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
PACKAGES = VENV / ("Lib" if sys.platform == "win32" else "lib/python{}.{}".format(*sys.version_info)) / "site-packages"
RUNTIME, TEST = "requirements.txt", "requirements-test.txt"
NODE, JAVA = "requirements-node.txt", "requirements-java.txt"

NO_VENV = "this Python lacks the module venv or pip. Install it (on Debian and Ubuntu: `sudo apt install python3-venv`)"
# What venv or pip print when they fail: the cause and the remedy.
FAILURES = {
    "No space left": "the disk is full. Free some space",
    "No module named pip": NO_VENV,
    "DO NOT MATCH THE HASHES": "a package is not the one that was pinned. Run `git checkout requirements*.txt` "
    "if the pins were edited, else `python3 -m pip cache purge`",
    "NewConnectionError|name resolution|ProxyError|ConnectTimeout|Connection refused|timed out|Network is unreachable"
    "|No matching distribution found": "the packages cannot be downloaded. Check the network (behind a proxy, "
    "set HTTPS_PROXY)",
}


def has_packages() -> bool:
    """Whether the running Python has every package that `pyproject.toml` asks for, none of them too old."""
    import tomllib
    from importlib.metadata import PackageNotFoundError, version

    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    bounds = (dependency.split(">=") for dependency in dependencies)
    try:
        return all(split_version(version(name)) >= split_version(bound) for name, bound in bounds)
    except PackageNotFoundError:
        return False


def split_version(text: str) -> list[int]:
    """The leading numbers of a version: `3.1.6rc2` gives 3, 1, 6."""
    import re

    return [int(number) for number in re.findall(r"\d+", text)[:3]]


def is_inside() -> bool:
    """Whether the running Python is that of `.venv`."""
    return VENV.exists() and VENV.samefile(sys.prefix)


def is_ready(*requirements: str) -> bool:
    """Whether `.venv` is whole and holds exactly what these files pin, for this version of Python."""
    try:
        are_installed = all(find_copy(name).read_bytes() == (ROOT / name).read_bytes() for name in requirements)
        return are_installed and PYTHON.exists() and (VENV / "pyvenv.cfg").exists()
    except OSError:
        return False


def find_copy(requirements: str) -> Path:
    return VENV / f"{sys.implementation.cache_tag}-{requirements}"


def set_up(*requirements: str) -> None:
    """Installs requirements files into `.venv`, unless they are. Exits with a sentence or two if it cannot."""
    if is_ready(*requirements):
        return
    try:
        with hold_lock(ROOT / ".cache/setup.lock"):
            if not is_ready(*requirements):  # another process may have done it meanwhile
                install(requirements)
    except OSError as error:
        place = error.filename or VENV
        sys.exit(f"build.py: cannot set up: {place}: {error.strerror}. Mend that, then run this again.")


def lock(file: int) -> None:
    """Locks an open file until it is closed, at the latest when its process ends."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def hold_lock(
    path: Path, lock: Callable[[int], None] = lock, sleep: Callable[[float], None] = time.sleep
) -> Iterator[None]:
    """Lets one process at a time set up; others wait for ten minutes at most. Does nothing on a disk without locks."""
    path.parent.mkdir(exist_ok=True)
    with open(path, "ab") as file:
        for attempt in range(6000):
            try:
                lock(file.fileno())
                break
            except (BlockingIOError, PermissionError):  # another process has locked it
                if attempt == 0:
                    print("Waiting for another set-up to end.", file=sys.stderr)
                sleep(0.1)
            except OSError:
                break
        yield


def install(requirements: Sequence[str]) -> None:
    from importlib.util import find_spec

    # The packages of the tests are added to those of the program. Any other environment is made from nothing, as it
    # may be incomplete; only the running Python cannot remove its own.
    from_nothing = not is_inside() and not is_ready(RUNTIME)
    if from_nothing and not (find_spec("venv") and find_spec("ensurepip")):
        sys.exit(f"build.py: {NO_VENV}, then run this again.")
    if from_nothing and os.pathsep in str(VENV):
        sys.exit(
            f"build.py: Python can make no environment in {VENV.parent}, because of the {os.pathsep} in the path. "
            "Rename that folder, or move the project, then run this again."
        )
    count = sum((ROOT / name).read_text("utf-8").count("==") for name in requirements)
    note = "This takes up to a minute, and only this once."
    print(f"Setting up: installing {count} pinned packages into .venv. {note}", file=sys.stderr)
    if from_nothing and VENV.is_symlink():  # what it leads to may be the environment of another project
        VENV.unlink()
    for name in (RUNTIME, TEST, NODE):
        find_copy(name).unlink(missing_ok=True)
    if from_nothing:
        run_step("cannot make .venv", sys.executable, "-m", "venv", "--clear", VENV)
    pip = (PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--no-user", "--retries", "2",
           "--disable-pip-version-check", "--require-hashes")  # fmt: skip
    for name in requirements:
        run_step("pip cannot install the packages", *pip, "--requirement", ROOT / name)
    for name in {*requirements, RUNTIME}:  # requirements-test.txt repeats requirements.txt, pin by pin
        find_copy(name).write_bytes((ROOT / name).read_bytes())


def run_step(failure: str, *command: str | os.PathLike[str]) -> None:
    """Runs a command without showing its output. Exits with a sentence if it fails."""
    import subprocess

    pipe = subprocess.PIPE
    run = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, stdout=pipe, stderr=subprocess.STDOUT)
    if run.returncode:
        sys.exit(f"build.py: {explain(failure, run.stdout.decode(errors='replace'))}, then run this again.")


def explain(failure: str, output: str) -> str:
    """The cause of a failure and the remedy, found in what venv or pip has printed."""
    import re

    for pattern, explanation in FAILURES.items():
        if re.search(pattern, output):
            return explanation
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["it said nothing"]
    last = [*lines, *(line for line in lines if line.lower().startswith("error"))][-1]
    return f"{failure}: {last.rstrip('.')}. Delete the folder .venv"
