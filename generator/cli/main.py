"""The command line: parses it, runs the command it names, and returns an exit code.

0 is success, 1 is something to mend in the site, 2 is a wrong command line, 128 and the number of a signal an
interruption by it.
Each command is a module of this package, and only the one that is run is imported.
"""

import argparse
import io
import os
import re
import signal
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any, NamedTuple

from generator.cli.options import refuse, report_failure
from generator.diagnostics.diagnostic import SiteError, suggest


class Command(NamedTuple):
    """A module of this package with `add_options(parser)`, `run(options)` and perhaps an `EPILOG` for its help."""

    name: str
    summary: str
    module: str

    def load(self) -> Any:
        return import_module(f"generator.cli.{self.module}")


COMMANDS = (
    Command("build", "build the site into output/ (what happens without a command)", "build"),
    Command("serve", "show the site in a browser, and every page anew as soon as a file is saved", "serve"),
    Command("check", "report every problem of the content, and write nothing", "check"),
    Command("import", "make content out of a strategy document, or bring its changes into the content", "import_"),
    Command("export", "write the strategy document of the content", "export"),
    Command("new", "write a starting file: an audience, a level, a page, a small site, a strategy document", "new"),
    Command("move", "give a page another address: rename it, move links, and let the old address lead there", "move"),
    Command("status", "say what is live, draft, scheduled or expired, audience by audience", "status"),
    Command("schema", "write the JSON Schema files and the content reference", "schema"),
    Command("quiz", "print what is proved about each quiz, with a chart of its results", "quiz"),
)
DESCRIPTION = "Builds a static marketing site for several audiences, each at several levels, from Markdown and YAML."
EPILOG = """\
Further, `python3 build.py test` runs all tests of this program, a real browser included.
`python3 build.py COMMAND --help` tells about a command.

examples:
  python3 build.py                                build the site into output/
  python3 build.py --drafts --output preview      with drafts, into another folder
  python3 build.py serve --open                   see it in a browser while you write
  python3 build.py --base-url https://me.github.io/course/
  python3 build.py check --strict                 nothing may be amiss, not even a warning

exit codes: 0 done, 1 something in the site has to be mended, 2 wrong command line, 130 interrupted (Ctrl+C)
"""

# What no path may have: NUL, and the halves of characters by which Python passes on bytes that are not UTF-8.
UNUSABLE = re.compile(r"[\0\ud800-\udfff]")


def main(arguments: Sequence[str]) -> int:
    """Runs a command line and returns its exit code."""
    for stream in (sys.stdout, sys.stderr):  # not every terminal has every character
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        _handle_signals()
        code = _run(list(arguments))
        sys.stdout.flush()
    except KeyboardInterrupt as interruption:
        with suppress(OSError):
            print("Interrupted. Every file is whole; run the command again to go on.", file=sys.stderr)
        code = 128 + (interruption.args[0] if interruption.args else signal.SIGINT)
    except BrokenPipeError:  # nobody reads the output any more
        code = 1
    except OSError as error:  # a full disk, say, or a file without permission
        with suppress(OSError):
            path = f"{error.filename}: " if isinstance(error.filename, str) else ""
            print(f"build.py: {path}{error.strerror or error}.", file=sys.stderr)
        code = 1
    _discard_unwritable_output()
    return code


def _run(arguments: list[str]) -> int:
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        commands = "\n".join(f"  {command.name:<8} {command.summary}" for command in COMMANDS)
        print(f"usage: python3 build.py [COMMAND] [OPTIONS]\n\n{DESCRIPTION}\n\ncommands:\n{commands}\n\n{EPILOG}")
        return 0
    try:
        options = _parse(arguments)
        return int(options.run(options))
    except SystemExit as error:  # from argparse, or from `refuse`
        return int(error.code or 0)
    except SiteError as error:
        report_failure(error.diagnostics, options.format, error.outcome)
        return 1


def _parse(arguments: list[str]) -> argparse.Namespace:
    """The options of a command, its function `run` among them."""
    for argument in arguments:
        if UNUSABLE.search(argument):
            refuse(f"{argument!a} is not text in UTF-8.")
    name, *arguments = arguments if arguments and not arguments[0].startswith("-") else ["build", *arguments]
    command = next((command for command in COMMANDS if command.name == name), None)
    if command is None:
        refuse(f"there is no command '{name}'. {suggest(name, [command.name for command in COMMANDS])}")
    module = command.load()
    parser = argparse.ArgumentParser(
        prog=f"build.py {name}", description=command.summary[0].upper() + command.summary[1:] + ".",
        formatter_class=argparse.RawDescriptionHelpFormatter, epilog=getattr(module, "EPILOG", None),
    )  # fmt: skip
    module.add_options(parser)
    parser.set_defaults(run=module.run, arguments=arguments)
    return parser.parse_args(arguments)


def _handle_signals() -> None:
    """Whatever ends the program lets it clean up as Ctrl+C does, unless it is to be ignored, as with nohup."""
    if threading.current_thread() is not threading.main_thread():
        return
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _interrupt)
    if hasattr(signal, "SIGCHLD"):  # ignored, nobody would know how a process has ended
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)


def _interrupt(number: int, _: object) -> None:
    raise KeyboardInterrupt(number)


def _discard_unwritable_output() -> None:
    """What is left in a stream that cannot be written would fail again at the end of the process."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
