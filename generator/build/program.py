"""The program as an input of what it writes: its own code, and the versions of its libraries."""

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

from generator.build.answer import Note, Witness, find_cache
from generator.files.atomic_write import atomic_write
from generator.files.fingerprint import take_stamp
from generator.files.tree import DiskFolder, Known

LIBRARIES = ("babel", "jinja2", "markdown", "markupsafe", "msgspec", "nh3", "rcssmin", "rjsmin", "yaml")
# Packages that are not named like what they hold.
PACKAGES = {"yaml": "pyyaml"}
FOLDER = Path(__file__).parent.parent


class Program(NamedTuple):
    """A digest of the code and of the versions of all that decides what is written; and what it was taken of."""

    digest: str
    witnesses: tuple[Witness, ...]


@cache
def read_program() -> Program:
    """The program as it is when this process first asks."""
    code, notes = read_code(str(FOLDER), find_cache(FOLDER.parent) / "program.json")
    libraries = {library: find_library(library) for library in LIBRARIES}
    digest = hashlib.sha256(".".join(map(str, sys.version_info[:2])).encode())
    for library, places in libraries.items():
        digest.update(f"{library} {' '.join(map(os.path.basename, places))}\n".encode())
    for path in code:
        digest.update(f"{path} {code[path]}\n".encode())
    installed = {f"{place}/RECORD": take_stamp(f"{place}/RECORD") for places in libraries.values() for place in places}
    records: dict[str, Note] = {place: stamp for place, stamp in installed.items() if stamp}
    return Program(
        digest.hexdigest()[:24], (Witness(str(FOLDER), list(notes.items())), Witness("", list(records.items())))
    )


def digest_program() -> str:
    """A digest of the generator's code and of the versions of all that decides what it writes."""
    return read_program().digest


def read_code(folder: str, place: Path) -> tuple[dict[str, str], dict[str, Note]]:
    """The digest of each Python file of a folder, and a note of it. The file at `place` keeps the digests of
    those whose stamps tell of any change.
    """
    files = DiskFolder(folder)
    known = _recall(place)
    files.trust(known)
    code = {path: files.digest(path) for path in files.paths() if path.endswith(".py")}
    settled = dict(files.settled())
    if settled != known:
        _keep(place, settled)
    return code, {path: note for path, note in files.notes() if path in code}


def find_library(name: str) -> list[str]:
    """Where an installer has noted that the library is there: a folder that is named for its version.

    Looked up in the file system, in the order of imports, since loading all libraries for their versions
    takes 50 ms.
    """
    package = PACKAGES.get(name, name)
    for place in sys.path:
        found = [entry for entry in _list_installed(place) if entry.lower().startswith(f"{package}-")]
        if found:
            return [f"{place}/{entry}" for entry in found]
    return []


@cache
def _list_installed(folder: str) -> list[str]:
    try:
        return sorted(entry for entry in os.listdir(folder or ".") if entry.endswith((".dist-info", ".egg-info")))
    except OSError:
        return []


def _recall(place: Path) -> dict[str, Known]:
    try:
        return {
            top: {path: (tuple(stamp), str(digest)) for path, (stamp, digest) in files.items()}
            for top, files in json.loads(place.read_bytes()).items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _keep(place: Path, digests: Mapping[str, object]) -> None:
    with suppress(OSError), atomic_write(place) as file:
        file.write(json.dumps(digests).encode())
