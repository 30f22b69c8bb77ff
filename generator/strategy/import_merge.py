"""What an import does to a content folder that is there: only what the strategy changed, never an edit.

The last import is kept beside the content, in a hidden file. With it three versions of each value are
known: as it was imported, as it is now, and as the strategy has it now.
"""

import difflib
import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.content.file_data import read_file
from generator.content.kinds import match_path
from generator.content.rewrite import rewrite
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, Keys, Position, SiteError, error_at, warning_at
from generator.files.tree import Folder
from generator.formats.document import Document, read_text
from generator.formats.merge import ABSENT, Conflict, Side, merge
from generator.strategy.importer import write_data
from generator.strategy.values import fold

BASE_FILE = ".strategy-import.json"
Data = Any


class Proposal(NamedTuple):
    """The files to write (None: to take away), the report, and the diff that shows it."""

    files: dict[str, str | None]
    problems: list[Diagnostic]
    diff: str
    conflicts: int

    def encode(self) -> dict[str, bytes | None]:
        return {path: None if text is None else text.encode() for path, text in self.files.items()}


def propose(
    folder: Folder, base_text: str | None, made: Mapping[str, Data], settle: Side | None = None, write: bool = True
) -> Proposal:
    """What importing `made` would do. `settle` says whose version a conflict takes: `mine`, `strategy` or None.
    Lines in the report are those of the files as they will be, or with `write` False as they are.

    Raises `SiteError` where a file that is there cannot be read.
    """
    texts = {path: read_text(folder, path) for path in folder.paths()}
    ours = {path: read_file(path, text, folder.name) for path, text in texts.items() if _is_content(path)}
    base = _read_base(base_text, folder.name)
    made, base = align(made, ours, base)
    known = base if base is not None else {}
    files: dict[str, str | None] = {}
    after: dict[str, Data] = {}
    problems: list[Diagnostic] = []
    conflicts = 0
    for path in sorted({*made, *known}):
        theirs = made.get(path, ABSENT)
        here = ours.get(path, ABSENT)
        if path not in known and here is not ABSENT and here != theirs:
            problems.append(_report_foreign(folder, path))
            continue
        result = merge(known.get(path, ABSENT), here, theirs, settle=settle)
        conflicts += len(result.conflicts)
        if result.base is not ABSENT:
            after[path] = result.base
        text = _write(path, texts.get(path), here, result.value, known.get(path, ABSENT))
        shown = (text if write else texts.get(path)) or ""
        problems += [_report_conflict(folder, path, shown, found) for found in result.conflicts]
        if text != texts.get(path):
            files[path] = text
    record = json.dumps({"version": 1, "files": after}, ensure_ascii=False, indent=1) + "\n"
    diff = "".join(_diff(folder, path, texts.get(path), text) for path, text in sorted(files.items()))
    if record != base_text:
        files[BASE_FILE] = record
    return Proposal(files, problems, diff, conflicts)


def _is_content(path: str) -> bool:
    """Whether an import may have made a file: free pages and words are the editors' alone."""
    return path.endswith((".md", ".yaml")) and not path.startswith("pages/") and path != "words.yaml"


def _read_base(text: str | None, folder: str) -> dict[str, Data] | None:
    if text is None:
        return None
    try:
        files = json.loads(text)["files"]
    except (ValueError, LookupError, TypeError):
        files = None
    if not isinstance(files, dict):
        message = "this file is not as the last import left it."
        raise SiteError(
            [
                error_at(
                    "?", f"{folder}/{BASE_FILE}", WHOLE_FILE, message, "Restore it from an older version, or delete it."
                )
            ]
        )
    return files


def _write(path: str, text: str | None, here: Data, value: Data, base: Data) -> str | None:
    if value is ABSENT:
        return None
    if text is None:
        return write_data(path, value)
    if here == value:
        return text
    if base is not ABSENT and text == write_data(path, base):
        return write_data(path, value)
    return rewrite(path, text, here, value)


def align(
    made: Mapping[str, Data], ours: Mapping[str, Data], base: Mapping[str, Data] | None
) -> tuple[dict[str, Data], dict[str, Data] | None]:
    """The imported files and those of the last import under the names they have in the folder now.

    An audience is known by its folder or its name, a level by its number: neither a new name in the
    strategy nor a file renamed by an editor makes a second one.
    """
    here = _audiences(ours)
    then = _audiences(base or {})
    folders: dict[str, str] = {slug: _find_folder(slug, name, here) for slug, name in then.items()}
    gone = [slug for slug in then if slug not in _audiences(made) and then[slug] not in _audiences(made).values()]
    fresh = [slug for slug, name in _audiences(made).items() if slug not in then and name not in then.values()]
    renamed = dict(zip(fresh, gone, strict=True)) if len(gone) == len(fresh) == 1 else {}
    places = {}
    for slug, name in _audiences(made).items():
        old = renamed.get(slug) or next((other for other in then if other == slug or then[other] == name), None)
        places[slug] = folders[old] if old else _find_folder(slug, name, here)
    moved = {_place(path, places, ours): data for path, data in made.items()}
    return moved, None if base is None else {_place(path, folders, ours): data for path, data in base.items()}


def _audiences(files: Mapping[str, Data]) -> dict[str, str]:
    """The name of each audience by its folder."""
    return {
        path.partition("/")[0]: fold(str(data.get("name")))
        for path, data in files.items()
        if path.endswith("/audience.md") and isinstance(data, dict)
    }


def _find_folder(slug: str, name: str, here: Mapping[str, str]) -> str:
    return slug if slug in here else next((other for other in here if here[other] == name), slug)


def _place(path: str, folders: Mapping[str, str], ours: Mapping[str, Data]) -> str:
    top, slash, rest = path.partition("/")
    if not slash or top not in folders:
        return path
    found = match_path(path)
    if found and found[0].name == "level":
        number = found[1]["number"]
        own = [other for other in ours if other.startswith(f"{folders[top]}/{number}-") and other.endswith(".md")]
        if len(own) == 1:
            return own[0]
    return f"{folders[top]}/{rest}"


def _report_foreign(folder: Folder, path: str) -> Diagnostic:
    return warning_at(
        "?",
        f"{folder.name}/{path}",
        WHOLE_FILE,
        "this file was not made by an import, so it is left as it is.",
        "Compare it: python3 build.py check --strategy.",
    )


def _report_conflict(folder: Folder, path: str, text: str, conflict: Conflict) -> Diagnostic:
    shown = f"{folder.name}/{path}"
    position = _find_position(shown, text, conflict)
    if conflict.ours is ABSENT or conflict.theirs is ABSENT:
        who = ("deleted here", "changed") if conflict.ours is ABSENT else ("changed here", "deleted")
        what = f": {_say(conflict.theirs if conflict.ours is ABSENT else conflict.ours)}" if conflict.keys else ""
        message = f"conflict: this {'' if what else 'file '}was {who[0]} and {who[1]} in the strategy{what}."
    else:
        message = f"conflict: here it says {_say(conflict.ours)}, the strategy now says {_say(conflict.theirs)}."
    hint = "It stays as it is. Settle it here, or with --settle mine or --settle strategy."
    return error_at("?", shown, position, message, hint)


def _find_position(shown: str, text: str, conflict: Conflict) -> Position:
    if isinstance(conflict.ours, str) and (line := _line_of(text, conflict.ours.split("\n")[0])):
        return Position(line)
    keys: Keys = conflict.keys
    if not keys or (isinstance(keys[0], str) and keys[0].startswith("#")) or not text:
        return WHOLE_FILE
    return Document(shown, text, None).position_of(keys)


def _line_of(text: str, words: str) -> int | None:
    return next((number for number, line in enumerate(text.split("\n"), 1) if words and words in line), None)


def _say(value: Data) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"'{' '.join(text.split())}'" if isinstance(value, str) else text


def _diff(folder: Folder, path: str, before: str | None, after: str | None) -> str:
    return "".join(
        line if line.endswith("\n") else f"{line}\n"
        for line in difflib.unified_diff(
            (before or "").splitlines(keepends=True),
            (after or "").splitlines(keepends=True),
            f"{folder.name}/{path}" if before is not None else "nothing",
            f"{folder.name}/{path}" if after is not None else "nothing",
        )
    )


def list_changes(proposal: Proposal, before: Mapping[str, object]) -> Iterator[str]:
    """One line for each content file: what happens to it."""
    for path, text in sorted(proposal.files.items()):
        if path != BASE_FILE:
            yield f"{path}: {'removed' if text is None else 'changed' if path in before else 'made'}"
