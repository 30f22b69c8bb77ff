"""The up-to-date check: has anything changed since the last build with this command line?

Every build leaves its state in the cache: all that it has read, asked and written. The check compares that with what is
there now. Standard library only: it runs before any package is loaded.
"""

import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.files.atomic_write import atomic_write
from generator.files.fingerprint import digest_bytes, stat_file
from generator.files.recorded import is_as_recorded, is_same_folder
from generator.files.sealed import read_sealed, seal
from generator.files.tree import Record

VERSION = "state 4"
STATE_FILE = "state.json"

# JSON, as `make_state` describes it.
State = dict[str, Any]


def find_cache(root: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """The cache folder: `.cache` beside build.py, or what PYRAMID_CACHE names."""
    return Path(environment.get("PYRAMID_CACHE") or root / ".cache")


def find_site_cache(root: Path, content: Path, output: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """The folder in the cache for one content folder and one output folder."""
    name = f"{os.path.realpath(content)}\n{os.path.realpath(output)}"
    return find_cache(root, environment) / digest_bytes(name.encode("utf-8", "surrogateescape"))[:16]


def describe_command(arguments: Sequence[str]) -> list[Any]:
    """What tells one command from another."""
    return [list(arguments), os.getcwd(), sys.version]


def is_up_to_date(state: State, arguments: Sequence[str]) -> bool:
    """Whether a build with these arguments would find nothing to do, and what it would say is known."""
    if state.get("command") != describe_command(arguments) or state["report"] is None:
        return False
    if any(os.environ.get(name) != value for name, value in state["environment"].items()):
        return False
    if state["day"] not in (None, time.strftime("%Y-%m-%d")):
        return False
    return (
        all(is_same_folder(*recorded) for recorded in state["inputs"].values())
        and all(stat_file(path) == stat for path, stat in state["libraries"].items())
        and all(
            is_as_recorded(f"{state['output']}/{path}", recorded)
            for files in state["outputs"].values()
            for path, recorded in files.items()
        )
    )


def read_state(folder: Path) -> State | None:
    """The state in a cache folder; None where there is none, or it is not what was written."""
    data = read_sealed(str(folder / STATE_FILE), VERSION)
    try:
        state = json.loads(data) if data else None
    except ValueError:
        return None
    return state if isinstance(state, dict) else None


def recorded_files(state: State | None, name: str) -> Mapping[str, Record]:
    """What the last build has recorded of the files of an input: `content`, `layouts` or `program`."""
    inputs = state.get("inputs", {}) if state else {}
    return dict(inputs[name][1]) if name in inputs else {}


def write_state(folder: Path, state: State) -> None:
    """Writes the state of a build. Raises `OSError`."""
    data = json.dumps(state, separators=(",", ":")).encode()
    atomic_write(folder / STATE_FILE, seal(data, VERSION))
