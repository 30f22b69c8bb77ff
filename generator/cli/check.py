"""`check`: reports every problem of the content, or of a built site; with --strict a warning is a failure too."""

import argparse
import os
from pathlib import Path

from generator.build.check import load_content
from generator.cli import options as shared
from generator.cli.import_ import open_strategy
from generator.cli.options import open_folder, open_layouts, refuse, report
from generator.content.checks import UNFINISHED
from generator.content.loader import Calendar
from generator.content.model import Site
from generator.diagnostics.diagnostic import (
    WHOLE_FILE,
    Diagnostic,
    SiteError,
    count,
    error_at,
    has_errors,
    sort_diagnostics,
)
from generator.files.tree import DiskTree, Tree
from generator.pages.target import find_target
from generator.strategy.drift.comparison import report_drift

EPILOG = """\
examples:
  python3 build.py check                          every problem of the content
  python3 build.py check --publish                is it ready to go live?
  python3 build.py check --strategy STRATEGY.md   and every fact in which it differs from its document
  python3 build.py check --built                  every problem of the pages in output/
  python3 build.py check --built FOLDER           the same for any site, whatever has built it

Copy may be reworded freely; audiences, levels, the items of lists, leading verbs and figures may not
differ. A difference that is meant is recorded in strategy.yaml, with its reason.

With --publish these are errors, too: texts that a file began with and notes such as TODO, words that the
site's language lacks, offers without an address, addresses that reach no visitor (placeholders, previews,
this machine) or none for the site itself, and texts that a # may have cut short. What a text promises, no
program can tell: read it.

In built pages, links, ids, titles, headings, images, tables, languages, weight and requests to other
sites are checked. Nothing is asked of the network: whether links to other sites work is not known.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    shared.add_source_options(parser)
    parser.add_argument("--strategy", metavar="STRATEGY.md", help="compare the content with its strategy document")
    parser.add_argument(
        "--publish", action="store_true", help="what must not go live is an error: placeholders, drafts of texts"
    )
    parser.add_argument(
        "--built",
        nargs="?",
        const=shared.default_folder("output"),
        metavar="FOLDER",
        help="check a built site instead (default: output)",
    )
    parser.add_argument(
        "--base-url", type=shared.parse_url, metavar="URL", help="with --built: the address of the site's front page"
    )


def run(options: argparse.Namespace) -> int:
    if options.built is not None:
        return check_built(options)
    content, layouts = open_folder(options.content), open_layouts(options.layouts)
    calendar = shared.make_calendar(options)
    loaded, problems = load_content(content, layouts, calendar, find_target(None, os.environ).host)
    if options.strategy:
        problems = sort_diagnostics([*problems, *compare(options, content, layouts, calendar)])
    if options.publish:
        problems = sort_diagnostics([*map(refuse_unfinished, problems), *miss_address(loaded.site, content.name)])
    if has_errors(problems):
        raise SiteError(problems)
    report(problems, options.format)
    if options.format == "text":
        print(f"{options.content}: no errors" + (f", {count(len(problems), 'warning')}." if problems else "."))
    return 1 if problems and options.strict else 0


def refuse_unfinished(problem: Diagnostic) -> Diagnostic:
    """A warning as an error, where it is about what must not go live."""
    return problem._replace(severity="error") if problem.code in UNFINISHED else problem


def miss_address(site: Site, content: str) -> list[Diagnostic]:
    """An error where neither the content nor a host says where the site will be."""
    if site.settings.address or find_target(None, os.environ).base_url:
        return []
    message = "the site has no address: search engines get no sitemap, and shared links no picture."
    hint = "Add address: to it; what a host says when it builds goes first."
    return [error_at("address-missing", f"{content}/site.yaml", WHOLE_FILE, message, hint)]


def check_built(options: argparse.Namespace) -> int:
    """Checks the pages of a built site, and nothing else."""
    from generator.audit.checks import audit_site, fold_repeats  # no other command needs the parser that these load

    root = Path(options.built)
    if options.strategy:
        refuse("--built and --strategy are two checks: run one after the other.")
    if not os.path.isdir(root):  # a folder that may not be looked into is none, and no exception
        refuse(f"there is no folder '{options.built}'. A build makes one: python3 build.py.")
    pages, problems = audit_site(root, options.built, options.base_url)
    report(problems if options.format == "json" else fold_repeats(problems), options.format)
    errors = sum(problem.severity == "error" for problem in problems)
    if options.format == "text":
        found = f"{count(errors, 'error')}, {count(len(problems) - errors, 'warning')}" if problems else "no errors"
        print(f"{options.built}: {count(pages, 'page')}, {found}.")
    return 1 if errors or (problems and options.strict) else 0


def compare(options: argparse.Namespace, content: DiskTree, layouts: Tree, calendar: Calendar) -> list[Diagnostic]:
    """The diagnostics of the document, and where the content, drafts included, differs from it."""
    strategy, problems = open_strategy(options.strategy)
    loaded, _ = load_content(content, layouts, calendar._replace(drafts=True))
    return [*problems, *report_drift(strategy, loaded, content)]
