"""The program as an input of what it writes: its own code, and the versions of its libraries."""

import hashlib
import os
import sys
import time
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from generator.answer import Note, Witness, note_stamp
from generator.stamps import digest_file, take_stamp

LIBRARIES = ("babel", "jinja2", "markdown", "markupsafe", "msgspec", "nh3", "rcssmin", "rjsmin", "yaml")
# Packages that are not named like what they hold.
PACKAGES = {"yaml": "pyyaml"}
FOLDER = Path(__file__).parent


@cache
def digest_program() -> str:
    """A digest of the generator's code and of the versions of all that decides what it writes."""
    digest = hashlib.sha256(".".join(map(str, sys.version_info[:2])).encode())
    for library in LIBRARIES:
        digest.update(f"{library} {' '.join(os.path.basename(place) for place in find_library(library))}\n".encode())
    for path in list_code():
        digest.update(f"{path} {digest_file(f'{FOLDER}/{path}')}\n".encode())
    return digest.hexdigest()[:24]


def find_library(name: str) -> list[str]:
    """Where an installer has noted that the library is there: a folder that is named for its version.

    Looked up in the file system, since loading all libraries for their versions takes 50 ms.
    """
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        return []
    package = PACKAGES.get(name, name)
    folder = os.path.dirname(spec.origin)
    top = folder if os.path.basename(spec.origin).startswith(f"{name}.") else os.path.dirname(folder)
    return sorted(
        f"{top}/{entry}"
        for entry in os.listdir(top)
        if entry.endswith((".dist-info", ".egg-info")) and entry.lower().startswith(f"{package}-")
    )


def list_code() -> list[str]:
    """The files of the program, below its folder."""
    return sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.py"))


def witness_program() -> list[Witness]:
    """What the program consists of, for the notes of a build."""
    code: dict[str, Note] = {path: _note(f"{FOLDER}/{path}") for path in list_code()}
    places = [f"{place}/RECORD" for library in LIBRARIES for place in find_library(library)]
    libraries: dict[str, Note] = {place: _note(place) for place in places if os.path.isfile(place)}
    return [Witness(str(FOLDER), code), Witness("", libraries)]


def _note(path: str) -> Note:
    return note_stamp(take_stamp(path), digest_file(path) or "", time.time_ns())
