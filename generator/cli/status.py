"""`status`: what is live, draft, scheduled or expired, audience by audience."""

import argparse
from collections.abc import Iterator
from datetime import date

from generator.cli.options import add_folder_options, add_today_option, open_folder, open_layouts
from generator.content.status import STATES, PageStatus, Status, StatusGroup, read_status
from generator.diagnostics.diagnostic import SiteError, has_errors
from generator.i18n.words import load_words

EPILOG = """\
A page whose audience is not live is not live either. `draft: true` goes before dates.
A day begins where the site is built: on GitHub and Netlify, at midnight UTC.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    add_folder_options(parser)
    add_today_option(parser)
    parser.set_defaults(format="text")


def run(options: argparse.Namespace) -> int:
    content, layouts = open_folder(options.content), open_layouts(options.layouts)
    words, diagnostics = load_words(layouts, content)
    if has_errors(diagnostics):
        raise SiteError(diagnostics)
    status = read_status(content, words, options.today or date.today())
    print("\n".join(describe_status(status, options.content)))
    return 0


def describe_status(status: Status, folder: str) -> Iterator[str]:
    """The lines of the report."""
    yield f"{status.today}: {_count(status)}"
    for group in status.groups:
        yield f"\n{group.name or 'Pages'}: {_count(group)}"
        for entry in group.entries:
            yield f"  {entry.state:<9}  {folder}/{entry.path}{_note(entry, group)}"
    if status.questions:
        yield "\nQuestions left out of a quiz:"
        for path, question in status.questions:
            yield f"  draft      {folder}/{path}: {question}"
    if status.open_questions:
        yield "\nVisitors will ask, and no page says:"
        for path, field, entries in status.open_questions:
            yield f"  {field:<9}  {folder}/{path}: {', '.join(entries)}"
    changes = status.list_changes()
    if changes:
        yield "\nTo come:"
        for change in changes:
            yield f"  {change.day}  {folder}/{change.path} {'goes live' if change.live else 'ends'}"


def _count(counted: Status | StatusGroup) -> str:
    counts = {state: counted.count(state) for state in STATES}
    return ", ".join(f"{count} {state}" for state, count in counts.items() if count or state == "live")


def _note(entry: PageStatus, group: StatusGroup) -> str:
    """What decides the state of an entry, where the file's own dates or its audience do."""
    if entry.state != entry.own:
        return f", with {group.slug}/audience.md"
    if entry.state == "scheduled":
        return f", from {entry.publish}"
    if entry.state == "expired":
        return f", since {entry.expire}"
    return f", until {entry.expire}" if entry.state == "live" and entry.expire else ""
