"""`new`: writes a starting file, complete and valid, and never over one that is there."""

import argparse
import json
from datetime import date
from pathlib import Path

from generator.authoring.change_set import ChangeSet, find_fresh, read_files
from generator.authoring.new_content import Request, plan_content, plan_site
from generator.authoring.salvage import add_broken_audiences
from generator.authoring.scaffolding import Starters, read_strategy_template
from generator.build.check import look_at_content
from generator.cli.export import save
from generator.cli.options import (
    add_folder_options,
    add_format_option,
    change_folder,
    default_folder,
    open_folder,
    open_layouts,
    parse_count,
    refuse,
    report,
    value_parser,
)
from generator.content.checks import UNFINISHED
from generator.content.loader import Calendar
from generator.diagnostics.diagnostic import (
    Diagnostic,
    Format,
    SiteError,
    format_diagnostics,
    has_errors,
    sort_diagnostics,
)
from generator.files.tree import MemoryTree, Tree
from generator.formats.document import locate
from generator.i18n.conventions import Conventions
from generator.i18n.editor_words import read_editor_words
from generator.i18n.words import ENGLISH, find_language, load_words

KINDS = ("audience", "level", "page", "site", "strategy")
STRATEGY = "strategy.md"
EPILOG = """\
examples:
  python3 build.py new audience "Team leads"                        a folder with two levels and a quiz
  python3 build.py new level "Getting there" --audience founders     after the last level
  python3 build.py new level "Getting there" --audience founders --at 2
  python3 build.py new page "About us"
  python3 build.py new site my-site/content                          a whole small content folder
  python3 build.py new site my-site/content --language de            the same in German
  python3 build.py new strategy                                      a document to fill in, for import

All begin as drafts, which nobody sees but you, with --drafts. With --at, the later levels move up by one: their
files are renamed, and the quiz follows. The band of the level below is split in two, at --from or near its
middle. What you have to check is reported with its line, and then what is wrong elsewhere.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=KINDS, help="what to begin")
    parser.add_argument(
        "name", metavar="NAME", nargs="?",
        help=f"its name on the site; for a site, the folder to make; for a strategy, the file (default: {STRATEGY})",
    )  # fmt: skip
    parser.add_argument("--audience", metavar="FOLDER", help="for a level: the audience it belongs to")
    parser.add_argument(
        "--at", dest="number", type=parse_count, metavar="N", help="for a level: its number (default: the next)"
    )
    parse_amount = value_parser(r"\d+(\.\d+)?", "a number such as 150000", json.loads)
    parser.add_argument(
        "--from", dest="boundary", type=parse_amount, metavar="VALUE",
        help="for a level: where its band meets that of the level below, or of the level above for the lowest",
    )  # fmt: skip
    parser.add_argument("--slug", metavar="SLUG", help="its name in file names and addresses (default: from NAME)")
    parser.add_argument("--language", metavar="TAG", help="for a site: its language, such as de or pt-BR (default: en)")
    add_folder_options(parser)
    add_format_option(parser)


def run(options: argparse.Namespace) -> int:
    others = (options.audience, options.number, options.boundary, options.slug, options.language)
    if options.kind == "strategy":
        if any(other is not None for other in others) or options.content != default_folder("content"):
            refuse("new strategy takes only the file to write: python3 build.py new strategy strategy.md.")
        return save(options.name or STRATEGY, read_strategy_template())
    if options.name is None:
        refuse(f"say its name: python3 build.py new {options.kind} NAME.")
    return create_site(options) if options.kind == "site" else create_content(options)


def create_content(options: argparse.Namespace) -> int:
    """An audience, a level or a page in a content folder that is there, whatever else is wrong in it."""
    if options.language:
        refuse("--language is for a site; all else is begun in the language that site.yaml names.")
    folder, layouts = open_folder(options.content), open_layouts(options.layouts)
    calendar = Calendar(date.today(), drafts=True)
    files = read_files(folder)
    content, known = look_at_content(folder, layouts, calendar)
    if unreadable := [problem for problem in known if problem.code == "unreadable-file"]:
        raise SiteError(unreadable)  # what is in them might be in the way
    request = Request(options.kind, options.name, options.slug, options.audience, options.number, options.boundary)
    try:
        known_audiences = add_broken_audiences(content, folder, calendar)
        changes = plan_content(request, files, known_audiences, find_language(folder))
    except ValueError as error:
        refuse(str(error))
    root = Path(folder.root)
    if obstacle := changes.find_obstacle(root):
        refuse(f"{folder.name_of(obstacle)} is there already.")
    after = MemoryTree(changes.preview(folder), folder.name)
    _, now = look_at_content(after, layouts, calendar)
    fresh = find_fresh(changes, known, now, folder.name)
    made = {folder.name_of(path) for path in changes.created}
    in_the_way = [found for found in fresh if found.path in made or is_clash(found)]
    if has_errors(in_the_way):
        raise SiteError(in_the_way)
    change_folder(root, changes.list_changes(root), options.content)
    # What was wrong before is no reason to begin nothing, nor to fail.
    others = [found._replace(severity="warning") for found in now if found.severity == "error" and found not in fresh]
    told = [found for found in fresh if found.code not in UNFINISHED]  # that a draft is to be written is said once
    if any(found.code == "unreachable-level" for found in fresh):  # that says which questions need an answer
        changes.checks[:] = [check for check in changes.checks if check.code != "level-without-answers"]
    report_changes(changes, after, options.format, [*told, *others])
    return 0


def is_clash(problem: Diagnostic) -> bool:
    """Whether something is there twice now, such as an address; it may be reported where it was before."""
    return problem.code.endswith("-taken")


def create_site(options: argparse.Namespace) -> int:
    """A whole content folder, in a new or empty folder."""
    others = (options.audience, options.number, options.boundary, options.slug)
    if any(other is not None for other in others) or options.content != default_folder("content"):
        refuse("new site takes only the folder to make, and --language: python3 build.py new site my-site/content.")
    tag = options.language or ENGLISH
    if not Conventions().is_language(tag):
        refuse(f"there is no language '{tag}'. Known: en, de, fr-CA, ar, ...")
    words, problems = load_words(open_layouts(options.layouts), MemoryTree({}), tag)
    if has_errors(problems):
        raise SiteError(problems)
    root = Path(options.name)
    try:
        changes = plan_site(root, Starters(words, read_editor_words(tag)))
    except ValueError as error:
        refuse(str(error))
    change_folder(root, changes.list_changes(root), options.name)
    report_changes(changes, MemoryTree(changes.created, options.name), options.format, [])
    return 0


def report_changes(changes: ChangeSet, after: Tree, style: Format, found: list[Diagnostic]) -> None:
    """Which files there are now, what to check, and what else was found."""
    checks = sort_diagnostics([*(locate(after, check) for check in changes.checks), *found])
    moved = {after.name_of(old): after.name_of(new) for old, new in changes.moved.items()}
    written = sorted(after.name_of(path) for path in changes.written)
    if style == "json":
        result = {"moved": moved, "written": written, "checks": json.loads(format_diagnostics(checks, "json"))}
        print(json.dumps(result, indent=1, ensure_ascii=False))
        return
    for old, new in reversed(moved.items()):
        print(f"{old}: now {new}")
    for path in written:
        print(f"{path}: written")
    report(checks, style)
