"""The program as an input of what it writes: its own code, and the versions of its libraries. Standard library only."""

import os
import sys
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from generator.files.fingerprint import FileStat, digest_bytes, stat_file
from generator.files.tree import DiskTree, Record

# The code of the program.
CODE_FOLDER = Path(__file__).parent.parent
# The packages that decide what is written, by the names under which they are installed.
LIBRARIES = ("babel", "brotli", "fonttools", "jinja2", "markdown_it_py", "markupsafe", "mdit_py_plugins", "msgspec",
             "nh3", "pillow", "py_svg_hush", "pygments", "pyphen", "pyyaml", "rcssmin", "resvg_py",
             "rjsmin")  # fmt: skip


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
    installed = find_libraries(LIBRARIES)
    parts = [".".join(map(str, sys.version_info[:2])), *map(os.path.basename, installed)]
    parts += [f"{path} {code.digest(path)}" for path in code.paths() if path.endswith((".py", ".yaml"))]
    records = {f"{place}/RECORD": stat_file(f"{place}/RECORD") for place in installed}
    libraries = {path: stat for path, stat in records.items() if stat}
    return Program(digest_bytes("\n".join(parts).encode()), code, libraries)


def find_libraries(names: Collection[str]) -> list[str]:
    """Where an installer has recorded that libraries are there: folders that are named for their versions.

    Looked up in the file system, in the order of imports, since loading all libraries to ask for their versions takes
    50 ms.
    """
    found: dict[str, list[str]] = {}
    for folder in sys.path:
        here: dict[str, list[str]] = {}
        with suppress(OSError):
            for entry in sorted(os.listdir(folder or ".")):
                if entry.endswith((".dist-info", ".egg-info")):
                    here.setdefault(entry.partition("-")[0].lower(), []).append(f"{folder}/{entry}")
        found = here | found
    return [place for name in names for place in found.get(name, ())]
