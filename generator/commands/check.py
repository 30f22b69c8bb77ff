"""`check`: reports every problem of the content; with --strict a warning is a failure too."""

import argparse

from generator.commands.options import add_source_options, count, make_calendar, open_folder, report
from generator.survey import load_content


def add_options(parser: argparse.ArgumentParser) -> None:
    add_source_options(parser)


def run(options: argparse.Namespace) -> int:
    content, layouts = open_folder(options.content), open_folder(options.layouts)
    _, problems = load_content(content, layouts, make_calendar(options))
    report(problems, options.format)
    if options.format == "text":
        print(f"{options.content}: no errors" + (f", {count(len(problems), 'warning')}." if problems else "."))
    return 1 if problems and options.strict else 0
