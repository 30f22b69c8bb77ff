"""The command line: words become calls, problems become text, and outcomes become exit codes.

0 is success, 1 is something to mend in the site, 2 is a wrong command line, 130 an interruption.
Each command is a module of `commands`; only the one that is asked for is loaded.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from generator.cli.options import report_failure
from generator.diagnostics.diagnostic import SiteError, suggest

DESCRIPTION = "Builds a static marketing site for several audiences, each at several levels, from Markdown and YAML."
COMMANDS = {
    "build": "build the site into output/ (what happens without a command)",
    "serve": "show the site in a browser, and every page anew as soon as a file is saved",
    "check": "report every problem of the content, and write nothing",
    "import": "make content out of a strategy document, or bring its changes into the content",
    "export": "write the strategy document of the content",
    "new": "write a starting file: an audience, a level, a page, or a whole small site",
    "status": "say what is live, draft, scheduled or expired, audience by audience",
    "schema": "write the JSON Schema files and the content reference",
    "quiz": "print what is proved about each quiz, with a chart of its results",
}
# Modules cannot have the names of Python's own words.
MODULES = {"import": "import_"}
EPILOG = """\
Further, `python3 build.py test` runs all tests of this program, a real browser included.
`python3 build.py COMMAND --help` tells about a command.

examples:
  python3 build.py                                build the site into output/
  python3 build.py --drafts --output preview      with drafts, into another folder
  python3 build.py serve --open                   see it in a browser while you write
  python3 build.py --base-url https://me.github.io/course/
  python3 build.py check --strict                 nothing may be amiss, not even a warning

exit codes: 0 done, 1 something in the site has to be mended, 2 wrong command line, 130 interrupted
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command line and returns its exit code."""
    try:
        code = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader of our output has gone; there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _run(arguments: list[str]) -> int:
    if arguments and arguments[0] in ("-h", "--help", "help"):
        print(_describe())
        return 0
    name = arguments.pop(0) if arguments and not arguments[0].startswith("-") else "build"
    if name not in COMMANDS:
        print(f"build.py: there is no command '{name}'. {_suggest(name)}", file=sys.stderr)
        return 2
    command = import_module(f"generator.cli.{MODULES.get(name, name)}")
    text = COMMANDS[name]
    parser = argparse.ArgumentParser(
        prog=f"build.py {name}", description=text[0].upper() + text[1:] + ".",
        formatter_class=argparse.RawDescriptionHelpFormatter, epilog=getattr(command, "EPILOG", None),
    )  # fmt: skip
    command.add_options(parser)
    try:
        options = parser.parse_args(arguments)
        options.arguments = arguments
        return int(command.run(options))
    except SystemExit as error:
        return int(error.code or 0)
    except SiteError as error:
        report_failure(error.diagnostics, options.format)
        return 1
    except KeyboardInterrupt:
        print("Interrupted; the last good output is as it was.", file=sys.stderr)
        return 130


def _describe() -> str:
    commands = "\n".join(f"  {name:<8} {text}" for name, text in COMMANDS.items())
    return f"usage: python3 build.py [COMMAND] [OPTIONS]\n\n{DESCRIPTION}\n\ncommands:\n{commands}\n\n{EPILOG}"


def _suggest(name: str) -> str:
    return f"{suggest(name, COMMANDS)} See python3 build.py --help."
