"""The lists in the body of a level's file: which section is which, and what is missing."""

import re
from collections.abc import Mapping
from unicodedata import normalize

from generator.diagnostics.diagnostic import Diagnostic, Position, error_at, find_nearest, find_position, suggest
from generator.formats.document import EMPTY_HEADING, Document, Item, Section, parse_items
from generator.i18n.headings import find_kind
from generator.i18n.language import Words

SECTIONS = {"symptoms": "Symptoms", "keys_to_success": "Keys to success", "success": "Success"}
NEEDED = ("symptoms", "keys_to_success")
KINDS = ("symptoms", "keys", "success")
Lists = dict[str, tuple[Item, ...]]


def read_lists(document: Document, words: Words) -> tuple[Lists, list[Diagnostic]]:
    """The bullets of each section, by the section's English name or by the site's own word for it."""
    shown = {key: str(words.get(key, name)) for key, name in SECTIONS.items()}
    names = {_fold(name): key for table in (SECTIONS, shown) for key, name in table.items()}
    lists: Lists = {}
    problems: list[Diagnostic] = []
    misspelt: set[str | None] = set()
    for section in document.sections:
        key = names.get(_fold(section.name))
        if not section.name.strip("#"):
            problems.append(_at("empty-heading", document, section, *EMPTY_HEADING))
        elif key is None:
            meant = _find_meant(section.name, names)
            misspelt.add(meant)
            hint = f"Did you mean '## {shown[meant]}'?" if meant else suggest(section.name, shown.values())
            problems.append(_at("unknown-section", document, section, f"unknown section '## {section.name}'.", hint))
        elif key in lists:
            message = f"the section '## {section.name}' is here twice."
            problems.append(_at("repeated-section", document, section, message, "Join them."))
        else:
            lists[key], found = parse_items(section, document.path)
            if key == "success" and any(item.theme for item in lists[key]):
                message, hint = f"headings within '{section.name}' are not shown.", "Remove them: it is one list."
                found = [*found, _at("lost-heading", document, section, message, hint)]
            problems += found or _check_items(document, section, lists[key])
    missing = [key for key in NEEDED if key not in lists and key not in misspelt]
    absent = [_report_missing(document, shown[key], names, key) for key in missing]
    # What was meant for the heading of a missing section is told as that.
    taken = {problem.line for problem in absent}
    return lists, [problem for problem in problems if problem.line not in taken] + absent


def _find_meant(name: str, names: Mapping[str, str]) -> str | None:
    """The section that a heading was probably meant for: by a name that is similar, or by what others call it."""
    if near := find_nearest(_fold(name), names):
        return names[near]
    kind = find_kind(name, "level", exact=True)
    return {"keys": "keys_to_success"}.get(kind or "", kind) if kind in KINDS else None


def _fold(name: str) -> str:
    """A heading however its letters are written: some editors write an accented one as two characters."""
    return normalize("NFC", name).casefold()


def _check_items(document: Document, section: Section, items: tuple[Item, ...]) -> list[Diagnostic]:
    start = f"the section '## {section.name}'"
    if not items:
        return [_at("empty-section", document, section, f"{start} is empty.", "Add a list: - ...")]
    if _has_empty(items):
        return [_at("empty-bullet", document, section, f"{start} has an empty bullet.", "Fill or delete it.")]
    return []


def _has_empty(items: tuple[Item, ...]) -> bool:
    return any(not item.text.strip() or item.text.startswith("<!--") or _has_empty(item.items) for item in items)


def _report_missing(document: Document, name: str, names: Mapping[str, str], key: str) -> Diagnostic:
    """A missing section; where a line looks as if it were meant for its heading, that line is named."""
    message = f"the section '## {name}' is missing."
    words = "|".join(re.escape(word) for word, meant in names.items() if meant == key)
    near = re.search(rf"^[ \t]*[#*_]*[ \t]*({words})[ \t]*:?[#*_ \t]*$", document.body, re.MULTILINE | re.IGNORECASE)
    if near is None:
        end = Position(document.text.count("\n") or 1, 1)
        return error_at("missing-section", document.path, end, message, "Add it.")
    line, _ = find_position(document.body, near.start())
    place = Position(document.body_line + line - 1, 1)
    return error_at("missing-section", document.path, place, message, f"Write '## {name}' on this line.")


def _at(code: str, document: Document, section: Section, message: str, hint: str) -> Diagnostic:
    return error_at(code, document.path, Position(section.line, 1), message, hint)
