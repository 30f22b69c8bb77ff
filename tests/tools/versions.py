"""Runs the tests with each Python, and with the oldest and the newest libraries that `pyproject.toml` allows.

    python3 -m tests.tools.versions [ARGUMENTS OF PYTEST]

Each Python that the program supports and that is on the PATH gets an environment with the newest libraries in
`.cache/versions`, and the oldest Python another one with the oldest. The tests that start no other process are run
there. Standard library only.
"""

import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / ".cache/versions"
NEWEST_PYTHON = 14


class Combination(NamedTuple):
    python: str
    libraries: str

    @property
    def name(self) -> str:
        return f"{self.python}-{self.libraries}"

    def install(self, requirements: Sequence[str]) -> bool:
        return run(self.python, "-m", "venv", "--clear", str(FOLDER / self.name)) and self.run(
            "pip", "install", "--quiet", "--disable-pip-version-check", *requirements
        )

    def run(self, module: str, *arguments: str) -> bool:
        """Runs a module in the environment."""
        return run(str(FOLDER / self.name / "bin/python"), "-m", module, *arguments)


def run(*command: str) -> bool:
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0


def list_combinations(requires_python: str) -> Iterator[Combination]:
    """All that there should be; `requires_python` reads as in `pyproject.toml`: `>=3.11`."""
    oldest = int(requires_python.removeprefix(">=3."))
    yield Combination(f"python3.{oldest}", "oldest")
    yield from (Combination(f"python3.{minor}", "newest") for minor in range(oldest, NEWEST_PYTHON + 1))


def find_requirements(settings: dict[str, Any], libraries: str) -> list[str]:
    """What the program and its tests need; of the program's own libraries the oldest or the newest."""
    own = settings["project"]["dependencies"]
    own = [dependency.replace(">=", "==") for dependency in own] if libraries == "oldest" else own
    return [*own, *settings["dependency-groups"]["test"]]


def main(arguments: Sequence[str]) -> int:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    failed = []
    for combination in list_combinations(settings["project"]["requires-python"]):
        if not shutil.which(combination.python) or not run(combination.python, "-c", "import ensurepip"):
            print(f"{combination.python} is not on this machine, or lacks venv.", flush=True)
            continue
        print(f"{combination.name}:", flush=True)
        is_installed = combination.install(find_requirements(settings, combination.libraries))
        if not is_installed or not combination.run("pytest", "-q", "-n", "auto", "-m", "not process", *arguments):
            failed.append(combination.name)
    print("\n".join(f"FAILED {name}" for name in failed) or "All passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
