"""`export`: writes the strategy document of the content."""

import argparse
from datetime import date
from pathlib import Path

from generator.build.check import load_content
from generator.cli.options import add_folder_options, add_format_option, open_folder, open_layouts, refuse
from generator.content.loader import Calendar
from generator.diagnostics.diagnostic import WHOLE_FILE, SiteError, error_at
from generator.files.atomic_write import atomic_write
from generator.strategy.documents.writer import write_strategy
from generator.strategy.exporter import make_strategy, read_strategy_file

EPILOG = """\
examples:
  python3 build.py export                         print the document
  python3 build.py export STRATEGY.md             write it into a file that is not there yet
  python3 build.py export STRATEGY.md --force     write it over the one that is there

What the form has no place for is left out: summaries, opening paragraphs, most answers of a quiz. An import
of the document into the same content keeps all of it.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("strategy", nargs="?", metavar="STRATEGY.md", help="where to write it (default: print it)")
    add_folder_options(parser)
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    add_format_option(parser)


def run(options: argparse.Namespace) -> int:
    content, layouts = open_folder(options.content), open_layouts(options.layouts)
    loaded, _ = load_content(content, layouts, Calendar(date.today(), drafts=True))
    text = write_strategy(make_strategy(loaded, read_strategy_file(content), options.strategy or "strategy"))
    if options.strategy is None:
        print(text, end="")
        return 0
    return save(options.strategy, text, options.force)


def save(name: str, text: str, force: bool | None = None) -> int:
    """Writes the document in one step. A file that differs is written over only with --force."""
    path = Path(name)
    if path.is_dir():
        refuse(f"{name} is a folder, not a file.")
    if path.exists() and not path.is_file():
        refuse(f"{name} is no file.")
    data = text.encode()
    if path.exists() and path.read_bytes() == data:
        print(f"{name}: nothing to change.")
        return 0
    if path.exists() and not force:
        message = "this file is there, and says something else."
        hint = "Name another file." if force is None else "Write over it with --force, or name another file."
        raise SiteError([error_at("file-differs", name, WHOLE_FILE, message, hint)])
    try:
        atomic_write(path, data, durable=True)
    except OSError as error:
        message = f"this file cannot be written: {error.strerror}."
        raise SiteError([error_at("file-not-writable", name, WHOLE_FILE, message, "It is as it was.")]) from None
    print(f"{name}: written.")
    return 0
