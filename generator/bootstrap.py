"""Behind the front door: makes sure that the packages of the program are there, then hands over to `cli`.

Standard library only. The first run makes the environment `.venv` from the pinned packages of
`requirements.txt`; every other run goes straight to work. Where the packages can be imported already,
as on a build server that has read `requirements.txt`, no environment is made. `build.py test` does the
same with `requirements-test.txt` and runs the tests.

A copy of the lock file lies in `.venv` once everything in it is installed. Where the copy is missing or
differs, the environment is made anew: so a change of the pins, another Python or an interrupted set-up
all mend themselves.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
SETUP_LOCK = os.path.join(ROOT, ".cache", "setup.lock")
RUNTIME, TEST, NODE = "requirements.txt", "requirements-test.txt", "requirements-node.txt"

# What pip says when it cannot reach a package index, in any of its ways.
OFFLINE = ("NewConnectionError", "name resolution", "ProxyError", "ConnectTimeout", "Connection refused", "timed out",
           "Network is unreachable", "No matching distribution found")  # fmt: skip

NO_VENV = (
    "this Python lacks the module venv or pip. Install it (on Debian and Ubuntu: `sudo apt install python3-venv`), "
    "then run this again."
)
FULL = "the disk is full. Free some space, then run this again."


class SetupError(Exception):
    """Why the set-up cannot go on: one sentence or two, with what mends it."""


def main(arguments: list[str]) -> int:
    """Runs a command line and returns its exit code, unless another process takes over."""
    try:
        if arguments[:1] == ["test"]:
            return run_tests(arguments[1:])
        return run_program(arguments)
    except SetupError as error:
        print(f"build.py: {error}", file=sys.stderr)
        return 1


def run_program(arguments: list[str]) -> int:
    """Runs the program with its packages: here, or in `.venv`. Where nothing has changed, neither is needed."""
    import gc

    # Nearly all that a build makes stays to its end. Looking for garbage as often as Python does takes it a tenth
    # of its time.
    gc.set_threshold(100_000, 50, 50)
    arrange_path()
    if is_build(arguments) and answer_build(arguments):
        return 0
    if not is_ready([RUNTIME]):
        if not is_inside() and has_packages():
            return call_program(arguments)
        set_up([RUNTIME])
    if not is_inside() and is_build(arguments):
        # A build borrows the packages: starting another Python would take a fifth of the time of a small one.
        sys.path.insert(sys.path.index(ROOT) + 1, find_packages())
        return call_program(arguments)
    if is_inside():
        return call_program(arguments)
    return hand_over([find_python(), os.path.join(ROOT, "build.py"), *arguments])


def arrange_path() -> None:
    """Puts the program after Python's own modules, which are looked for more often, and before any packages."""
    places = [place for place in sys.path if place != ROOT]
    packages = (at for at, place in enumerate(places) if os.path.basename(place) in ("site-packages", "dist-packages"))
    places.insert(next(packages, len(places)), ROOT)
    sys.path[:] = places


def is_build(arguments: list[str]) -> bool:
    return not arguments or arguments[0] == "build" or arguments[0].startswith("-")


def answer_build(arguments: list[str]) -> bool:
    """Says what a build would say, if it would do nothing; a matter of milliseconds."""
    from pathlib import Path

    from generator.build.uptodate import answer_for_build as answer

    return answer(arguments[1:] if arguments[:1] == ["build"] else arguments, Path(ROOT))


def call_program(arguments: list[str]) -> int:
    try:
        from generator.cli.main import main as run

        return run(arguments)
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] == "generator":
            raise
        raise SetupError(f"the package {error.name} has gone. Delete the folder .venv, then run this again.") from None


def leave(code: int, arguments: list[str]) -> None:
    """Ends the process. After a build that is done at once: to take apart all that was loaded would take 12 ms."""
    if not is_build(arguments):
        sys.exit(code)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def run_tests(arguments: list[str]) -> int:
    """Runs the tests in `.venv`; the arguments are pytest's."""
    from tests.tools.node import find_node

    locks = [TEST] if find_node() else [TEST, NODE]
    if not is_ready(locks):
        set_up(locks)
    os.chdir(ROOT)
    return hand_over([find_python(), "-m", "pytest", "-n", "auto", "--maxprocesses=4", "--dist=worksteal",
                      "--cov=generator", "--cov-report=term", *arguments])  # fmt: skip


# Is there anything to set up?


def is_inside() -> bool:
    """Whether the running Python is the one of `.venv`."""
    try:
        return os.path.samefile(os.path.dirname(os.path.dirname(sys.executable)), VENV)
    except OSError:
        return False


def is_ready(locks: list[str]) -> bool:
    """Whether `.venv` holds exactly what the lock files name, for this version of Python."""
    try:
        return (
            os.path.exists(find_python())
            and os.path.exists(os.path.join(VENV, "pyvenv.cfg"))
            and all(read_file(stamp_path(lock)) == make_stamp(lock) for lock in locks)
        )
    except OSError:
        return False


def has_packages() -> bool:
    """Whether the running Python has every package that `pyproject.toml` asks for, none of them too old."""
    import tomllib
    from importlib.metadata import PackageNotFoundError, version

    with open(os.path.join(ROOT, "pyproject.toml"), "rb") as file:
        bounds = [entry.split(">=") for entry in tomllib.load(file)["project"]["dependencies"]]
    try:
        return all(split_version(version(name)) >= split_version(bound) for name, bound in bounds)
    except PackageNotFoundError:
        return False


def split_version(text: str) -> list[int]:
    """The leading numbers of a version: `3.1.6rc2` is 3, 1, 6."""
    import re

    return [int(number) for number in re.findall(r"\d+", text)[:3]]


def find_python() -> str:
    folder, name = ("Scripts", "python.exe") if sys.platform == "win32" else ("bin", "python")
    return os.path.join(VENV, folder, name)


def find_packages() -> str:
    """The folder of the packages in `.venv`, which was made for this very version of Python."""
    if sys.platform == "win32":
        return os.path.join(VENV, "Lib", "site-packages")
    return os.path.join(VENV, "lib", f"python{sys.version_info.major}.{sys.version_info.minor}", "site-packages")


def stamp_path(lock: str) -> str:
    return os.path.join(VENV, f"installed-{lock}")


def make_stamp(lock: str) -> bytes:
    """The lock file itself, under the version of Python that it was installed for."""
    return f"{sys.implementation.cache_tag}\n".encode() + read_file(os.path.join(ROOT, lock))


def read_file(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


# Set-up.


def set_up(locks: list[str]) -> None:
    """Makes `.venv` anew from the lock files. Only one process at a time does so; others wait for it."""
    from generator.files.lock import take_turn

    try:
        with take_turn(SETUP_LOCK, lambda: tell("Waiting for another set-up to end.")):
            if not is_ready(locks):
                make_environment(locks)
    except OSError as error:
        raise SetupError(
            f"cannot set up: {error.filename or VENV}: {error.strerror}. Mend that, then run this again."
        ) from None


def make_environment(locks: list[str]) -> None:
    # The environment of the program grows into that of the tests; any other is made from nothing, since
    # a half-made one is not to be mended. The running Python cannot remove its own.
    anew = not is_inside() and not is_ready([RUNTIME])
    if anew:
        require_venv()
    count = sum(read_file(os.path.join(ROOT, lock)).count(b"==") for lock in locks)
    tell(f"Setting up: installing {count} pinned packages into .venv. This takes up to a minute, and only this once.")
    for lock in (RUNTIME, TEST, NODE):
        if os.path.exists(stamp_path(lock)):
            os.unlink(stamp_path(lock))
    if anew:
        failure = run_step([sys.executable, "-m", "venv", "--clear", VENV])
        if failure is not None:
            raise SetupError(explain_venv(failure))
    for lock in locks:
        failure = run_step([find_python(), "-m", "pip", "install", "--quiet", "--no-input", "--no-user",
                            "--retries", "2", "--disable-pip-version-check", "--require-hashes",
                            "-r", os.path.join(ROOT, lock)])  # fmt: skip
        if failure is not None:
            raise SetupError(explain_pip(failure))
    # The lock for the tests repeats that of the program, pin for pin.
    for lock in {*locks, RUNTIME}:
        with open(stamp_path(lock), "wb") as file:
            file.write(make_stamp(lock))


def require_venv() -> None:
    from importlib.util import find_spec

    if find_spec("venv") and find_spec("ensurepip"):
        return
    raise SetupError(NO_VENV)


def run_step(command: list[str]) -> str | None:
    """Runs a command without showing what it says. Returns that if the command fails."""
    import subprocess

    result = subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    return result.stdout.decode(errors="replace") if result.returncode else None


def explain_venv(output: str) -> str:
    if "No space left" in output:
        return FULL
    return f"cannot make .venv: {last_line(output)}. Delete the folder .venv, then run this again."


def explain_pip(output: str) -> str:
    if "No space left" in output:
        return FULL
    if "No module named pip" in output:
        return NO_VENV
    if "DO NOT MATCH THE HASHES" in output:
        return (
            "a package is not the one that was pinned. Run `git checkout requirements*.txt` if the pins were edited, "
            "else `python3 -m pip cache purge`, then run this again."
        )
    if any(sign in output for sign in OFFLINE):
        return (
            "the packages cannot be downloaded. Check the network (behind a proxy, set HTTPS_PROXY), "
            "then run this again."
        )
    return f"pip cannot install the packages: {last_line(output)}. Delete the folder .venv, then run this again."


def last_line(output: str) -> str:
    """The line that tells most: pip's last error, else the last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["it said nothing"]
    errors = [line for line in lines if line.lower().startswith("error")]
    return (errors or lines)[-1].rstrip(".")


def tell(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def hand_over(command: list[str]) -> int:
    """Lets another program take the place of this one. Returns its exit code where that cannot be had."""
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform != "win32":
        os.execv(command[0], command)
    # On Windows, execv would return to the shell before the other program has ended.
    import subprocess

    return subprocess.call(command)
