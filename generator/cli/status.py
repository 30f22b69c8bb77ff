"""`status`: what is live, draft, scheduled or expired, audience by audience."""

import argparse
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from generator.cli.options import add_folder_options, add_format_option, add_today_option, open_folder
from generator.content.status import STATES, PageStatus, Status, StatusChange, StatusGroup, read_status
from generator.diagnostics.diagnostic import SiteError, has_errors
from generator.i18n.words import load_words

EPILOG = """\
A page whose audience is not live is not live either. `draft: true` goes before dates.
A day begins where the site is built: on GitHub and Netlify, at midnight UTC.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    add_folder_options(parser)
    add_today_option(parser)
    add_format_option(parser)


def run(options: argparse.Namespace) -> int:
    content, layouts = open_folder(options.content), open_folder(options.layouts)
    words, diagnostics = load_words(layouts, content)
    if has_errors(diagnostics):
        raise SiteError(diagnostics)
    status = read_status(content, words, options.today or date.today())
    if options.format == "json":
        print(json.dumps(to_json(status, options.content), indent=1, ensure_ascii=False))
    else:
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


def to_json(status: Status, folder: str) -> dict[str, Any]:
    """The report for programs. Dates are ISO 8601; `own` is the state without that of the audience."""
    return {
        "today": str(status.today),
        "counts": {state: status.count(state) for state in STATES},
        "groups": [
            {
                "audience": group.slug or None,
                "name": group.name or None,
                "counts": {state: group.count(state) for state in STATES},
                "pages": [_page_to_json(entry, folder) for entry in group.entries],
            }
            for group in status.groups
        ],
        "draft_questions": [{"path": f"{folder}/{path}", "id": name} for path, name in status.questions],
        "changes": [_change_to_json(change, folder) for change in status.list_changes()],
    }


def _page_to_json(entry: PageStatus, folder: str) -> dict[str, Any]:
    return {
        "path": f"{folder}/{entry.path}",
        "address": entry.route,
        "state": entry.state,
        "own": entry.own,
        "publish": str(entry.publish) if entry.publish else None,
        "expire": str(entry.expire) if entry.expire else None,
    }


def _change_to_json(change: StatusChange, folder: str) -> dict[str, Any]:
    return {"day": str(change.day), "path": f"{folder}/{change.path}", "becomes": "live" if change.live else "expired"}
