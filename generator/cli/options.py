"""What commands share: their options, how options are parsed, and how diagnostics are printed."""

import argparse
import errno
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from stat import S_ISDIR
from typing import NoReturn, TypeVar

from generator.content.loader import Calendar
from generator.diagnostics.diagnostic import (
    WHOLE_FILE,
    Diagnostic,
    Format,
    SiteError,
    count,
    error_at,
    format_diagnostics,
)
from generator.files.atomic_directory import DECIDED, apply_changes, finish_changes
from generator.files.layouts import Layouts
from generator.files.names import name_from_here
from generator.files.tree import DiskTree, Record

T = TypeVar("T")
HALF_DONE = "some files are new already, the others are as they were; the next command goes on."
ROOT = Path(__file__).resolve().parent.parent.parent


def add_source_options(parser: argparse.ArgumentParser) -> None:
    """Where the site comes from, what counts as live, and the format of reports."""
    add_content_options(parser)
    add_format_option(parser)


def add_content_options(parser: argparse.ArgumentParser) -> None:
    """Where the site comes from, and what counts as live."""
    add_folder_options(parser)
    parser.add_argument("--strict", action="store_true", help="take warnings for errors")
    parser.add_argument("--drafts", action="store_true", help="show drafts, and pages before or after their dates")
    add_today_option(parser)


def add_folder_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--content",
        default=default_folder("content"),
        metavar="FOLDER",
        help="what editors write",
    )
    parser.add_argument(
        "--layouts",
        default=default_folder("layouts"),
        metavar="FOLDER",
        help="how it looks: whole layouts, or only the files that differ from those of the program",
    )


def add_today_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--today", type=parse_date, metavar="DATE", help="the day that dates are held against")


def add_format_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--format",
        choices=("text", "github", "json"),
        default="text",
        help="how problems are written: for people, as annotations on GitHub, or as JSON",
    )


def make_calendar(options: argparse.Namespace) -> Calendar:
    return Calendar(options.today or date.today(), options.drafts)


def open_folder(name: str, known: Mapping[str, Record] = {}) -> DiskTree:
    """A folder named on the command line. Ends the program if there is none. `known`: as for `DiskTree`."""
    require_folder(name)
    finish_changes(Path(name))
    return DiskTree(Path(name), name, known)


def open_layouts(name: str, recorded: Callable[[str], Mapping[str, Record]] = lambda _: {}) -> Layouts:
    """The layouts in a folder named on the command line. Ends the program if there is none."""
    require_folder(name)
    return Layouts(name, name, recorded)


def require_folder(name: str) -> None:
    """Ends the program if there is no folder of this name."""
    if not has_folder(name):
        refuse(f"there is no folder '{name}'.")


def has_folder(name: str) -> bool:
    """Whether there is a folder of this name. Ends the program if it is something else, or nobody can tell."""
    try:
        if S_ISDIR(os.stat(name).st_mode):
            return True
    except OSError as error:
        if error.errno == errno.ENOENT and os.path.islink(name):
            refuse(f"'{name}' is a link to what is not there.")
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG):
            return False
        refuse(f"'{name}' cannot be read: {error.strerror}.")
    return refuse(f"{name} is a file, not a folder.")


def change_folder(root: Path, changes: Mapping[str, bytes | None], name: str) -> None:
    """Changes files of the content, all or none. Raises `SiteError` if that fails, which says what there is now."""
    try:
        apply_changes(root, changes)
    except OSError as error:
        outcome = HALF_DONE if (root / DECIDED).exists() else "nothing was written."
        message = f"this folder cannot be changed: {error.strerror}."
        hint = "Check the disk and its rights."
        problem = error_at("folder-not-writable", name, WHOLE_FILE, message, hint)
        raise SiteError([problem], outcome) from None


def default_folder(name: str) -> str:
    """A folder of the project that this program belongs to, as one would name it from where one stands."""
    return name_from_here(ROOT / name)


def value_parser(pattern: str, description: str, convert: Callable[[str], T]) -> Callable[[str], T]:
    """A `type` for argparse: a value that matches is converted, any other is refused with its description."""

    def parse(text: str) -> T:
        try:
            if re.fullmatch(pattern, text):
                return convert(text)
        except ValueError:
            pass
        raise argparse.ArgumentTypeError(f"'{text}' is not {description}")

    return parse


parse_url = value_parser(r"https?://[^\s/]+.*", "a web address such as https://example.org/", str)
parse_count = value_parser(r"0*[1-9]\d{0,8}", "a number of 1 or more", int)
parse_port = value_parser(r"\d{1,9}", "a port, a number from 0 to 65535", lambda text: range(65536).index(int(text)))
parse_date = value_parser(r".*", "a date such as 2027-01-31", date.fromisoformat)


def count_cores() -> int:
    """How many processes can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def refuse(message: str) -> NoReturn:
    """Ends the program because of a wrong command line."""
    print(f"build.py: {message} See python3 build.py --help.", file=sys.stderr)
    raise SystemExit(2)


def report(diagnostics: Sequence[Diagnostic], style: Format) -> None:
    """The one place that prints diagnostics: text to standard error, and what programs read to standard output."""
    if not diagnostics and style != "json":
        return
    if style == "github":
        diagnostics = [_name_from_root(diagnostic) for diagnostic in diagnostics]
    print(format_diagnostics(diagnostics, style), file=sys.stderr if style == "text" else sys.stdout)


def report_failure(diagnostics: Sequence[Diagnostic], style: Format, outcome: str) -> None:
    """Prints the diagnostics that ended a command, and how many there are."""
    report(diagnostics, style)
    if style == "text":
        errors = sum(diagnostic.severity == "error" for diagnostic in diagnostics)
        warnings = f"{count(len(diagnostics), 'warning')}, with --strict as good as errors"
        print(f"\n{count(errors, 'error') if errors else warnings}; {outcome}", file=sys.stderr)


def _name_from_root(diagnostic: Diagnostic) -> Diagnostic:
    """GitHub knows files by their path from the top of the repository, wherever a build runs."""
    path = Path(diagnostic.path).absolute()
    if not os.path.exists(path) or not path.is_relative_to(ROOT):
        return diagnostic
    return diagnostic._replace(path=path.relative_to(ROOT).as_posix())
