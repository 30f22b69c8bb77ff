"""`import`: turns a strategy document into content, or brings what changed in it into the content there is."""

import argparse
import difflib
from collections.abc import Collection
from pathlib import Path

from generator.cli.options import (
    add_folder_options,
    add_format_option,
    change_folder,
    has_folder,
    open_layouts,
    refuse,
    report,
)
from generator.content.file_data import name_sections
from generator.diagnostics.collector import DiagnosticCollector
from generator.diagnostics.diagnostic import Diagnostic, SiteError, count, has_errors, sort_diagnostics
from generator.files.atomic_directory import recover
from generator.files.fingerprint import open_file
from generator.files.tree import DiskTree, MemoryTree, Tree
from generator.formats.document import decode_text, find_obstacles, read_text
from generator.i18n.words import ENGLISH, load_words
from generator.strategy.documents.model import Strategy
from generator.strategy.documents.reader import read_strategy
from generator.strategy.drift.contradictions import find_contradictions
from generator.strategy.importing.importer import make_content
from generator.strategy.importing.merging import BASE_FILE, ImportPlan, plan_import

EPILOG = """\
examples:
  python3 build.py import STRATEGY.md --content my-site/content   make a content folder
  python3 build.py import STRATEGY.md --dry-run                    show what would change, and write nothing
  python3 build.py import STRATEGY.md --settle mine                where both were edited, keep the content's text

Into content that is there, only what changed in the document since the last import is brought in. What
was edited in the content stays. What was changed on both sides is reported with both texts and left
alone; the exit code is 1 then.
"""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("strategy", metavar="STRATEGY.md", help="the strategy document")
    add_folder_options(parser)
    parser.add_argument("--dry-run", action="store_true", help="show the changes as a diff, and write nothing")
    parser.add_argument(
        "--settle",
        choices=("mine", "strategy"),
        help="whose version a value takes that was changed both in the content and in the document",
    )
    add_format_option(parser)


def run(options: argparse.Namespace) -> int:
    root = Path(options.content)
    is_there = has_folder(options.content)
    strategy, problems = open_strategy(options.strategy)
    if not options.dry_run:
        recover(root)
    folder: Tree = DiskTree(root, options.content) if is_there else MemoryTree({}, options.content)
    if obstacles := find_obstacles(folder):
        raise SiteError(obstacles)
    before = frozenset(folder.paths())
    collector = DiagnosticCollector(options.strategy)
    made = make_content(strategy, collector)
    base = root / BASE_FILE
    base_text = decode_text(base.read_bytes(), f"{options.content}/{BASE_FILE}") if base.is_file() else None
    plan = plan_import(folder, base_text, made, options.settle, not options.dry_run)
    tag = "" if is_there else str(made["site.yaml"].get("language", ENGLISH))
    words = load_words(open_layouts(options.layouts), folder, tag)[0]
    fresh = {path: text for path, text in plan.files.items() if text and path not in before and path.endswith(".md")}
    plan.files.update((path, name_sections(text, words)) for path, text in fresh.items())
    contradictions = [diagnostic for _, diagnostic in find_contradictions(strategy)]
    problems = sort_diagnostics([*problems, *collector.diagnostics, *contradictions, *plan.diagnostics])
    if plan.files and not options.dry_run:
        changes = {path: None if text is None else text.encode() for path, text in plan.files.items()}
        change_folder(root, changes, options.content)
    report(problems, options.format)
    # The other forms are read by programs, which expect nothing else.
    if options.format == "text":
        print(write_diff(plan, folder) if options.dry_run else "", end="")
        print(summarise(plan, before, options))
    return 1 if has_errors(problems) else 0


def open_strategy(name: str) -> tuple[Strategy, list[Diagnostic]]:
    """A strategy document and its diagnostics. Raises `SiteError` if it cannot be understood."""
    try:
        with open_file(name) as file:
            data = file.read()
    except OSError as error:
        refuse(f"{name} cannot be read: {error.strerror}.")
    strategy, problems = read_strategy(decode_text(data, name), name)
    if strategy is None:
        raise SiteError(problems)
    return strategy, problems


def write_diff(plan: ImportPlan, folder: Tree) -> str:
    """The changes of the content files as a unified diff."""
    lines: list[str] = []
    for path, after in list_changes(plan):
        before = read_text(folder, path) if path in folder.paths() else None
        names = [folder.name_of(path) if text is not None else "nothing" for text in (before, after)]
        texts = [(text or "").splitlines(keepends=True) for text in (before, after)]
        lines += difflib.unified_diff(texts[0], texts[1], names[0], names[1])
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def list_changes(plan: ImportPlan) -> list[tuple[str, str | None]]:
    """The content files that change, by path, without the record of the import."""
    return sorted((path, text) for path, text in plan.files.items() if path != BASE_FILE)


def summarise(plan: ImportPlan, before: Collection[str], options: argparse.Namespace) -> str:
    """What was changed, or would be. `before` are the files that there were."""
    changes = list_changes(plan)
    lines = [
        f"{options.content}/{path}: {'removed' if text is None else 'changed' if path in before else 'made'}"
        for path, text in changes
    ]
    what = f"{count(len(changes), 'file')} {'would change' if options.dry_run else 'changed'}"
    lines.append(f"{options.content}: {what if changes else 'nothing to change'}.")
    if plan.conflicts:
        left = "left as they are" if plan.conflicts > 1 else "left as it is"
        lines.append(f"{count(plan.conflicts, 'conflict')} {left}.")
    return "\n".join(lines)
