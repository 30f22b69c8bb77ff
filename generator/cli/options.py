"""Options that several commands share, and the one place where problems are printed."""

import argparse
import re
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from generator.content.loader import Calendar
from generator.diagnostics.diagnostic import Diagnostic, Format, format_diagnostics
from generator.files.tree import DiskFolder

ROOT = Path(__file__).resolve().parent.parent.parent
DEFAULTS = ("content", "layouts", "output")


def add_source_options(parser: argparse.ArgumentParser) -> None:
    """Where the site comes from, what counts as live, and how problems are told."""
    add_content_options(parser)
    add_format_option(parser)


def add_content_options(parser: argparse.ArgumentParser) -> None:
    """Where the site comes from, and what counts as live."""
    add_folder_options(parser)
    parser.add_argument("--strict", action="store_true", help="take warnings for errors")
    parser.add_argument("--drafts", action="store_true", help="show drafts, and pages before or after their dates")
    parser.add_argument("--today", type=parse_date, metavar="DATE", help="the day that dates are held against")


def add_folder_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--content", default="content", metavar="FOLDER", help="what editors write (default: content)")
    parser.add_argument("--layouts", default="layouts", metavar="FOLDER", help="how it looks (default: layouts)")


def add_format_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=("text", "github", "json"),
        default="text",
        help="how problems are written: for people, as annotations on GitHub, or as JSON",
    )


def report(problems: Sequence[Diagnostic], style: Format) -> None:
    """Prints problems: text for people on standard error, the other forms where programs read them."""
    if not problems and style != "json":
        return
    if style == "github":
        problems = [name_from_root(problem) for problem in problems]
    stream = sys.stderr if style == "text" else sys.stdout
    print(format_diagnostics(problems, style), file=stream)


def name_from_root(problem: Diagnostic) -> Diagnostic:
    """The problem with its file as GitHub calls it: from the top of the repository, wherever this runs."""
    path = Path(problem.path).absolute()
    if not path.exists() or not path.is_relative_to(ROOT):
        return problem
    return problem._replace(path=path.relative_to(ROOT).as_posix())


def report_failure(problems: Sequence[Diagnostic], style: Format) -> None:
    """Prints the problems that ended a command, and how many there were."""
    report(problems, style)
    if style == "text":
        errors = sum(problem.severity == "error" for problem in problems)
        told = (
            count(errors, "error") if errors else f"{count(len(problems), 'warning')}, with --strict as good as errors"
        )
        print(f"\n{told}; nothing was written.", file=sys.stderr)


def count(number: int, noun: str) -> str:
    """`1 error`, `3 errors`."""
    return f"{number} {noun}" + ("" if number == 1 else "s")


def make_calendar(options: argparse.Namespace) -> Calendar:
    return Calendar(options.today or date.today(), options.drafts)


def open_folder(name: str) -> DiskFolder:
    """A folder named on the command line; ends the program where there is none."""
    root = resolve(name)
    if not root.is_dir():
        refuse(f"there is no folder '{name}'.")
    return DiskFolder(root, name)


def resolve(name: str) -> Path:
    """The path of a folder; the defaults are those beside build.py, wherever one stands."""
    return ROOT / name if name in DEFAULTS and not Path(name).exists() else Path(name)


def refuse(message: str) -> NoReturn:
    """Ends the program for a wrong command line."""
    print(f"build.py: {message} See python3 build.py --help.", file=sys.stderr)
    raise SystemExit(2)


def parse_url(text: str) -> str:
    if not re.match(r"https?://[^\s/]+", text):
        raise argparse.ArgumentTypeError(f"'{text}' is not a web address such as https://example.org/")
    return text


def parse_count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of 1 or more")
    return int(text)


def parse_port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port, a number from 0 to 65535")
    return int(text)


def parse_date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is not a date such as 2027-01-31") from None
