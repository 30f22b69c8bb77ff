"""The answer to a build where nothing has changed: the same command, the same files, the same result.

After a build, all that it read and wrote is noted in one file, by its command line. The next time the
notes are held against the files; if nothing differs, the answer is known. Standard library only: this
runs before the environment of the program is looked for.
"""

import hashlib
import json
import os
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from generator.files.atomic_write import atomic_write
from generator.files.fingerprint import Stamp, digest_file, sum_names, take_stamp

VERSION = 2
KEPT = 12
# So many notes stand on a line, so that the memory it takes to read them does not grow with the site.
PART = 500
END = "end"
ENVIRONMENT = ("URL", "DEPLOY_PRIME_URL", "CONTEXT", "NETLIFY")

# A note is a stamp, or a digest of the content where the stamp could not be trusted when it was taken.
Note = Stamp | str


class Witness(NamedTuple):
    """What a build read or wrote below a folder: a note of each file. `whole`: a file more is a change too."""

    folder: str
    notes: Iterable[tuple[str, Note]]
    whole: bool = False


def find_cache(root: Path) -> Path:
    """The cache folder: `.cache` beside build.py, or what PYRAMID_CACHE names."""
    return Path(os.environ.get("PYRAMID_CACHE") or root / ".cache")


class Answer(NamedTuple):
    """What there is to say of a build: its warnings, the name of its output (none if it is to be quiet),
    and how many files that has.
    """

    warnings: str
    output: str
    files: int


def answer_build(arguments: Sequence[str], root: Path) -> bool:
    """Says what a build with these arguments would say, if nothing has changed; else returns False."""
    begun = time.monotonic()
    answer = recall(arguments, root, time.strftime("%Y-%m-%d"))
    if answer is None:
        return False
    if answer.warnings:
        print(answer.warnings, file=sys.stderr)
    if answer.output:
        print(summarise(answer.output, 0, answer.files, 0, time.monotonic() - begun))
    return True


def summarise(output: str, rendered: int, unchanged: int, removed: int, seconds: float) -> str:
    """The one line that every build ends with."""
    return f"{output}: {rendered} rendered, {unchanged} unchanged, {removed} removed in {seconds:.2f} s"


def recall(arguments: Sequence[str], root: Path, today: str) -> Answer | None:
    """What a build with these arguments would say, or None where something has changed."""
    try:
        with open(_place(arguments, root), encoding="utf-8") as file:
            head = json.loads(file.readline())
            if head["version"] != VERSION or head["today"] not in (None, today):
                return None
            return Answer(*head["answer"]) if _are_unchanged(map(json.loads, file)) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember(
    arguments: Sequence[str], root: Path, witnesses: Iterable[Witness], answer: Answer, today: str | None
) -> None:
    """Notes a build, some files a line. `today` is None where the result does not depend on the day.

    That the notes cannot be written is no error: the next build then looks for itself.
    """
    place = _place(arguments, root)
    try:
        with atomic_write(place) as file:
            file.write(_line({"version": VERSION, "today": today, "answer": answer}))
            for folder, notes, whole in witnesses:
                rest = iter(notes)
                while part := dict(islice(rest, PART)):
                    file.write(_line([folder, part, whole]))
            file.write(_line(END))
        for old in sorted(place.parent.glob("answer-*.json"), key=os.path.getmtime)[:-KEPT]:
            old.unlink()
    except OSError:
        return


def _line(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode() + b"\n"


def forget(arguments: Sequence[str], root: Path) -> None:
    """Drops what is known of a command line, before its build begins."""
    with suppress(OSError):
        _place(arguments, root).unlink(missing_ok=True)


def _place(arguments: Sequence[str], root: Path) -> Path:
    said = [list(arguments), os.getcwd(), sys.version, [os.environ.get(name) for name in ENVIRONMENT]]
    key = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]
    return find_cache(root) / f"answer-{key}.json"


def _are_unchanged(lines: Iterable[Any]) -> bool:
    """Whether the notes are still true, and there are all of them."""
    noted: dict[str, int] = {}
    for line in lines:
        if line == END:
            return all(sum_names(folder) == total for folder, total in noted.items())
        folder, notes, whole = line
        if whole:
            noted[folder] = noted.get(folder, 0) + sum(map(hash, notes))
        for path, note in notes.items():
            place = os.path.join(folder, path)
            stamp = take_stamp(place)
            if stamp is None or (digest_file(place) if isinstance(note, str) else list(stamp)) != note:
                return False
    return False
