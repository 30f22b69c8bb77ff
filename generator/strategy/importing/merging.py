"""Merges an import into content that exists: only what the strategy changed, and never over an edit.

The last import is kept beside the content, in a hidden file. So each value is known in three versions: as it was
imported, as it is now, and as the strategy has it now.
"""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.content.file_data import read_file
from generator.content.kinds import match_path
from generator.content.rewrite import rewrite
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, Position, SiteError, error_at, warning_at
from generator.files.tree import Tree
from generator.formats.document import Document, read_text
from generator.formats.merge import ABSENT, Conflict, Side, merge
from generator.formats.names import normalise
from generator.strategy.importing.importer import write_new_file

BASE_FILE = ".strategy-import.json"
Data = Any
Files = Mapping[str, Data]


class ImportPlan(NamedTuple):
    """The files to write (None: to delete), and the diagnostics."""

    files: dict[str, str | None]
    diagnostics: list[Diagnostic]

    @property
    def conflicts(self) -> int:
        """How many values were changed on both sides, and stay as they are."""
        return sum(diagnostic.code == "conflict" for diagnostic in self.diagnostics)


def plan_import(
    folder: Tree, base_text: str | None, made: Files, settle: Side | None = None, write: bool = True
) -> ImportPlan:
    """What it takes to import the files `made` into a folder; `base_text` is what the last import left.

    `settle` says whose version a conflict takes: `mine`, `strategy` or None. The lines of diagnostics are those of the
    files as they will be, or with `write` False as they are. Raises `SiteError` if a file cannot be read.
    """
    # Free pages and words are the editors' alone.
    paths = (path for path in folder.paths() if not path.startswith("pages/") and path != "words.yaml")
    texts = {path: read_text(folder, path) for path in paths if path.endswith((".md", ".yaml"))}
    ours = {path: read_file(path, text, folder.name) for path, text in texts.items()}
    base: Files = {} if base_text is None else _read_base(base_text, f"{folder.name}/{BASE_FILE}")
    base_folders, made_folders = _find_folders(ours, base, made)
    base, made = _move(base, base_folders, ours), _move(made, made_folders, ours)
    plan = ImportPlan({}, [])
    after: dict[str, Data] = {}
    for path in sorted({*made, *base}):
        shown = f"{folder.name}/{path}"
        theirs, here, before = (files.get(path, ABSENT) for files in (made, ours, base))
        if path not in base and here is not ABSENT and here != theirs:
            message = "this file was not made by an import, so it is left as it is."
            hint = "Compare it: python3 build.py check --strategy."
            plan.diagnostics.append(warning_at("file-not-imported", shown, WHOLE_FILE, message, hint))
            continue
        merged = merge(before, here, theirs, settle=settle)
        if merged.base is not ABSENT:
            after[path] = merged.base
        old = texts.get(path)
        new = _write_merged(path, old, here, merged.value, before)
        plan.diagnostics.extend(_report_conflict(shown, (new if write else old) or "", one) for one in merged.conflicts)
        if new != old:
            plan.files[path] = new
    record = json.dumps({"version": 1, "files": after}, ensure_ascii=False, indent=1) + "\n"
    if record != base_text:
        plan.files[BASE_FILE] = record
    return plan


def _read_base(text: str, shown: str) -> dict[str, Data]:
    try:
        files = json.loads(text)["files"]
    except (ValueError, LookupError, TypeError):
        files = None
    if isinstance(files, dict):
        return files
    message = "this file is not as the last import left it."
    hint = "Restore it from an older version, or delete it."
    raise SiteError([error_at("import-record-broken", shown, WHOLE_FILE, message, hint)])


def _write_merged(path: str, text: str | None, here: Data, value: Data, base: Data) -> str | None:
    if value is ABSENT:
        return None
    if here == value and text is not None:
        return text
    if text is None or (base is not ABSENT and text == write_new_file(path, base)):
        return write_new_file(path, value)
    return rewrite(path, text, here, value)


def _find_folders(ours: Files, base: Files, made: Files) -> tuple[dict[str, str], dict[str, str]]:
    """The folder that each audience has now, by its slug in the last import and in this one.

    An audience is known by its slug or its name, or as the only one with a new name where another is gone.
    """
    here, then, now = map(_name_audiences, (ours, base, made))
    gone = [slug for slug, name in then.items() if slug not in now and name not in now.values()]
    fresh = [slug for slug, name in now.items() if slug not in then and name not in then.values()]
    renamed = dict(zip(fresh, gone, strict=True)) if len(gone) == len(fresh) == 1 else {}
    folders = {slug: _find_audience(slug, name, here) or slug for slug, name in then.items()}
    made_folders = {}
    for slug, name in now.items():
        old = renamed.get(slug) or _find_audience(slug, name, then)
        made_folders[slug] = folders[old] if old else _find_audience(slug, name, here) or slug
    return folders, made_folders


def _name_audiences(files: Files) -> dict[str, str]:
    """The name of each audience by its folder."""
    return {
        path.partition("/")[0]: normalise(str(data.get("name")))
        for path, data in files.items()
        if path.endswith("/audience.md") and isinstance(data, dict)
    }


def _find_audience(slug: str, name: str, audiences: Mapping[str, str]) -> str | None:
    """The slug of an audience among others."""
    return slug if slug in audiences else next((other for other in audiences if audiences[other] == name), None)


def _move(files: Files, folders: Mapping[str, str], ours: Files) -> Files:
    """The files of an import by their paths now. A level is known by its number, whatever its file is called."""
    moved = {}
    for path, data in files.items():
        slug, _, name = path.partition("/")
        folder, found = folders.get(slug, slug), match_path(path)
        start = f"{folder}/{found[1]['number']}-" if found and found[0].name == "level" else None
        own = [other for other in ours if start and other.startswith(start)]
        moved[own[0] if len(own) == 1 else f"{folder}/{name}" if name else path] = data
    return moved


def _report_conflict(shown: str, text: str, conflict: Conflict) -> Diagnostic:
    ours, theirs = conflict.ours, conflict.theirs
    if ours is ABSENT or theirs is ABSENT:
        did = "was deleted here and changed" if ours is ABSENT else "was changed here and deleted"
        value = f": {_say(theirs if ours is ABSENT else ours)}" if conflict.keys else ""
        what = f"this {'' if value else 'file '}{did} in the strategy{value}"
    else:
        what = f"here it says {_say(ours)}, the strategy now says {_say(theirs)}"
    hint = "It stays as it is. Settle it here, or with --settle mine or --settle strategy."
    return error_at("conflict", shown, _find_position(shown, text, conflict), f"conflict: {what}.", hint)


def _find_position(shown: str, text: str, conflict: Conflict) -> Position:
    """The line that begins with our text, or else the place of the keys; those below the front matter have none."""
    words = conflict.ours.split("\n")[0] if isinstance(conflict.ours, str) else ""
    lines = (number for number, line in enumerate(text.split("\n"), 1) if words and words in line)
    if line := next(lines, None):
        return Position(line)
    if not text or not conflict.keys or str(conflict.keys[0]).startswith("#"):
        return WHOLE_FILE
    return Document(shown, text, None).position_of(conflict.keys)


def _say(value: Data) -> str:
    return f"'{' '.join(value.split())}'" if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
