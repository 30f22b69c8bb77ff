"""Runs a command line with the packages that it needs. Standard library only.

A build that has nothing to do needs none. Any other command first makes sure that `.venv` holds the packages
of `requirements.txt`, unless the running Python has them already, as on a build server that installs them by
itself. `build.py test` does the same with `requirements-test.txt` and runs pytest.
"""

import gc
import os
import sys
from collections.abc import Sequence

from generator.environment import (
    JAVA,
    NODE,
    PACKAGES,
    PYTHON,
    ROOT,
    RUNTIME,
    TEST,
    has_packages,
    is_inside,
    is_ready,
    set_up,
)


def main(arguments: Sequence[str]) -> int:
    """Runs a command line. Returns its exit code, or does not return if another program takes over this process.

    Exits with one or two sentences on stderr, the remedy included, if the packages cannot be installed.
    """
    open_closed_streams()
    try:
        os.getcwd()
    except OSError:
        sys.exit("build.py: the current folder is not there any more. Go to another one, then run this again.")
    return run_tests(arguments[1:]) if arguments[:1] == ["test"] else run_command(arguments)


def open_closed_streams() -> None:
    """Python has no stream for a closed one, whose number the next file that is opened would get."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - as long as the process


def run_command(arguments: Sequence[str]) -> int:
    # Nearly everything that a build makes lives until its end: frequent collections would take 7 % of its time.
    gc.set_threshold(100_000, 50, 50)
    is_build = not arguments or arguments[0] == "build" or arguments[0].startswith("-")
    if is_build:
        from generator.cli.no_change import answer_for_build

        if answer_for_build(arguments[1:] if arguments[:1] == ["build"] else arguments, ROOT):
            return 0
    if is_ready(RUNTIME) or is_inside() or not has_packages():
        set_up(RUNTIME)
        if not is_build and not is_inside():
            return replace_process(str(PYTHON), str(ROOT / "build.py"), *arguments)
        # A build imports from `.venv` in this process: to start the Python there would take a small one a quarter
        # more time.
        own = [path for path in sys.path if os.path.basename(path) not in ("site-packages", "dist-packages")]
        sys.path[:] = [*own, str(PACKAGES)]
    return run_cli(arguments)


def run_cli(arguments: Sequence[str]) -> int:
    try:
        from generator.cli.main import main as run

        return run(arguments)
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] == "generator":
            raise
        sys.exit(f"build.py: the package {error.name} has gone. Delete the folder .venv, then run this again.")


def run_tests(arguments: Sequence[str]) -> int:
    """Runs pytest in `.venv` with these arguments; with `--quick` without the tests that start other processes, and
    without those of chance and thorough ones, which take two thirds of the rest.
    """
    from tests.tools import announcement, java, node

    quick, rest = "--quick" in arguments, [argument for argument in arguments if argument != "--quick"]
    print("\n".join(announcement.describe(quick)), flush=True)
    missing = [name for name, found in ((NODE, node.find_node()), (JAVA, java.find_java())) if not found]
    set_up(TEST, *(() if quick else missing))
    os.chdir(ROOT)
    chosen = ("-m", "not (process or chance or thorough)") if quick else ()
    options = ("-q", "-n", "auto", "--maxprocesses=4", "--dist=worksteal", *chosen)
    return replace_process(str(PYTHON), "-m", "pytest", *options, *rest)


def replace_process(*command: str) -> int:
    """Runs a command in place of this process. On Windows, which cannot do that, returns its exit code."""
    sys.stdout.flush()
    if sys.platform != "win32":
        os.execv(command[0], command)
    import subprocess

    return subprocess.call(command)
