"""`move`: gives a page, a level or an audience another address, and lets the old one lead there."""

import argparse
import difflib
from datetime import date
from pathlib import Path

from generator.authoring.change_set import ChangeSet, find_fresh
from generator.authoring.move import plan_move
from generator.build.check import look_at_content
from generator.cli.new import report_changes
from generator.cli.options import (
    add_folder_options,
    add_format_option,
    change_folder,
    open_folder,
    open_layouts,
    refuse,
)
from generator.content.loader import Calendar
from generator.diagnostics.diagnostic import SiteError, has_errors
from generator.files.tree import MemoryTree, Tree

EPILOG = """\
examples:
  python3 build.py move /about/ /company/team/                       a page, by its address
  python3 build.py move content/founders/2-surviving.md content/founders/2-renting.md
  python3 build.py move /founders/ /makers/                          an audience, with all of its pages
  python3 build.py move /old-page/ /offers/#course                   only a redirect: that page is no more
  python3 build.py move /about/ /team/ --dry-run                     show what would change, and write nothing

The files are renamed, links to the old addresses are changed wherever they stand, and addresses.yaml gets a
redirect from each address that somebody may know. Whoever has renamed the file already runs the same command.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="OLD", help="the address or the file as it was")
    parser.add_argument("new", metavar="NEW", help="the address or the file as it is to be")
    parser.add_argument("--dry-run", action="store_true", help="show the changes as a diff, and write nothing")
    add_folder_options(parser)
    add_format_option(parser)


def run(options: argparse.Namespace) -> int:
    folder, layouts = open_folder(options.content), open_layouts(options.layouts)
    calendar = Calendar(date.today(), drafts=True)
    content, known = look_at_content(folder, layouts, calendar)
    if unread := [problem for problem in known if problem.severity == "error" and not is_about_addresses(problem.code)]:
        raise SiteError(unread, "links in these files would be lost, so nothing was moved.")
    root, after = Path(folder.root), MemoryTree({}, folder.name)
    try:
        changes = plan_move(options.old, options.new, folder, content)
    except ValueError as error:
        refuse(str(error))
    if obstacle := changes.find_obstacle(root):
        refuse(f"{folder.name_of(obstacle)} is there already.")
    after = MemoryTree(changes.preview(folder), folder.name)
    _, now = look_at_content(after, layouts, calendar)
    fresh = find_fresh(changes, known, now, folder.name)
    if has_errors(fresh):
        raise SiteError(fresh)
    if options.dry_run:
        print(write_diff(changes, folder), end="")
        return 0
    change_folder(root, changes.list_changes(root), options.content)
    report_changes(changes, after, options.format, [problem for problem in now if problem.severity == "error"])
    return 0


def is_about_addresses(code: str) -> bool:
    """Whether a mistake is one that moving pages may mend."""
    return code.startswith(("address-", "redirect-", "dead-"))


def write_diff(changes: ChangeSet, folder: Tree) -> str:
    """The files that would move, and what would change in them, as a unified diff."""
    origins = {new: old for old, new in changes.moved.items()}
    lines = [f"{folder.name_of(old)}: now {folder.name_of(new)}\n" for old, new in changes.moved.items()]
    for path, text in sorted(changes.changed.items()):
        old = origins.get(path, path)
        before = folder.read(old).decode() if old in folder.paths() else ""
        names = (folder.name_of(old), folder.name_of(path))
        lines += difflib.unified_diff(before.splitlines(keepends=True), text.splitlines(keepends=True), *names)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)
