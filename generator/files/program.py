"""The program as an input of what it writes: its own code, and the versions of its libraries. Standard library only."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.files.fingerprint import FileStat, digest_bytes, stat_file
from generator.files.tree import DiskTree, Record

# The code of the program.
CODE_FOLDER = Path(__file__).parent.parent
# The packages that decide what is written, by the names under which they are installed.
LIBRARIES = ("babel", "jinja2", "markdown", "markupsafe", "msgspec", "nh3", "pyyaml", "rcssmin", "rjsmin")


class Program(NamedTuple):
    """`digest` stands for the code and for the versions of all libraries; `libraries` has the files in which an
    installer has recorded them.
    """

    digest: str
    code: DiskTree
    libraries: dict[str, FileStat]


def read_program(known: Mapping[str, Record] = {}, folder: Path = CODE_FOLDER) -> Program:
    """The program as it is on the disk. `known`: what an earlier build has recorded of its code."""
    code = DiskTree(folder, folder.name, known)
    installed = [place for library in LIBRARIES for place in find_library(library)]
    parts = [".".join(map(str, sys.version_info[:2])), *map(os.path.basename, installed)]
    parts += [f"{path} {code.digest(path)}" for path in code.paths() if path.endswith(".py")]
    records = {f"{place}/RECORD": stat_file(f"{place}/RECORD") for place in installed}
    libraries = {path: stat for path, stat in records.items() if stat}
    return Program(digest_bytes("\n".join(parts).encode()), code, libraries)


def find_library(name: str) -> list[str]:
    """Where an installer has recorded that the library is there: a folder that is named for its version.

    Looked up in the file system, in the order of imports, since loading all libraries to ask for their versions takes
    50 ms.
    """
    for folder in sys.path:
        try:
            entries = sorted(os.listdir(folder or "."))
        except OSError:
            continue
        found = [entry for entry in entries if entry.lower().startswith(f"{name}-")]
        if found := [entry for entry in found if entry.endswith((".dist-info", ".egg-info"))]:
            return [f"{folder}/{entry}" for entry in found]
    return []
