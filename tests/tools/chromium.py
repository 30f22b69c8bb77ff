"""The browser of the tests: any of the Chromium family that is on the machine.

Looked for, in this order:

1. the environment variables `CHROMIUM`, then `CHROME_PATH`: a program or its path;
2. on the PATH: `chromium`, `chromium-browser`, `google-chrome`, `google-chrome-stable`, `chrome`, `msedge`,
   `microsoft-edge`;
3. where macOS and Windows keep Chromium, Chrome and Edge.

Where there is none, root on Debian or Ubuntu gets Debian's package. Nothing else is ever downloaded.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

VARIABLES = ("CHROMIUM", "CHROME_PATH")
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "~/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "~/AppData/Local/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
    "C:/Program Files/Microsoft/Edge/Application/msedge.exe",
)
INSTALL = (
    ("apt-get", "update"),
    ("apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-liberation"),
)
MISSING = (
    "No browser of the Chromium family was found. Install one (on Debian and Ubuntu: `sudo apt-get install chromium`), "
    "or name one in the environment variable CHROMIUM."
)

# No sandbox: root cannot have one. Letters are as wide in Chromium's headless shell as in others. The rest keeps the
# browser from asking anything of the network.
ARGUMENTS = (
    *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
    "--disable-gpu",
    "--font-render-hinting=none",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def find_chromium(environment: Mapping[str, str] = os.environ, places: Sequence[str] = PLACES) -> str | None:
    """The path of a browser, None where there is none. A variable that names no program is an error."""
    for variable in VARIABLES:
        named = environment.get(variable)
        if named:
            found = shutil.which(named)
            assert found, f"The environment variable {variable} names {named}, which cannot be run."
            return found
    for name in NAMES:
        found = shutil.which(name, path=environment.get("PATH"))
        if found:
            return found
    usual = (Path(place).expanduser() for place in places)
    return next((str(place) for place in usual if place.is_file()), None)


def may_install() -> bool:
    """Whether this is root on a Debian or a system made from it."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_chromium(
    find: Callable[[], str | None] = find_chromium, may_install: Callable[[], bool] = may_install
) -> str:
    """Finds a browser, or installs one where that needs no question. Only for one process at a time."""
    found = find()
    if found:
        return found
    assert may_install(), MISSING
    for command in INSTALL:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        result = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        assert result.returncode == 0, f"`{' '.join(command)}` failed:\n{result.stdout}{result.stderr}"
    found = find()
    assert found, MISSING
    return found
