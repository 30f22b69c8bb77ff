"""`check`: reports every problem of the content; with --strict a warning is a failure too."""

import argparse

from generator.build.check import load_content
from generator.cli.import_ import open_strategy
from generator.cli.options import add_source_options, count, make_calendar, open_folder, report
from generator.content.loader import Calendar
from generator.diagnostics.diagnostic import Diagnostic, SiteError, has_errors, sort_diagnostics
from generator.files.tree import DiskTree
from generator.strategy.drift.drift_report import report_drift

EPILOG = """\
examples:
  python3 build.py check                          every problem of the content
  python3 build.py check --strategy STRATEGY.md   and every fact in which it differs from its document

Copy may be reworded freely; audiences, levels, the items of lists, leading verbs and figures may not
differ. A difference that is meant is recorded in strategy.yaml, with its reason.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    add_source_options(parser)
    parser.add_argument("--strategy", metavar="STRATEGY.md", help="compare the content with its strategy document")


def run(options: argparse.Namespace) -> int:
    content, layouts = open_folder(options.content), open_folder(options.layouts)
    calendar = make_calendar(options)
    _, problems = load_content(content, layouts, calendar)
    if options.strategy:
        problems = sort_diagnostics([*problems, *compare(options, content, layouts, calendar)])
    if has_errors(problems):
        raise SiteError(problems)
    report(problems, options.format)
    if options.format == "text":
        print(f"{options.content}: no errors" + (f", {count(len(problems), 'warning')}." if problems else "."))
    return 1 if problems and options.strict else 0


def compare(options: argparse.Namespace, content: DiskTree, layouts: DiskTree, calendar: Calendar) -> list[Diagnostic]:
    """The diagnostics of the document, and where the content, drafts included, differs from it."""
    strategy, problems = open_strategy(options.strategy)
    loaded, _ = load_content(content, layouts, calendar._replace(drafts=True))
    return [*problems, *report_drift(strategy, loaded, content)]
