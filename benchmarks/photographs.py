#!/usr/bin/env python3
"""A site of photographs with every kind of block on its pages: how long it takes, and what browsers load of a page.

Run it with the interpreter of the program's environment, which draws the photographs and drives Chromium.
"""

import argparse
import gzip
import os
import shutil
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from generators import Command  # noqa: E402 - the path comes first
from playwright.sync_api import sync_playwright  # noqa: E402
from report import PHOTOGRAPHS, write_section  # noqa: E402
from timing import Run, time_command  # noqa: E402

from tests.photographs import Load, load_page, write_photo_site  # noqa: E402
from tests.tools import chromium, server  # noqa: E402

PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, metavar="FOLDER", help="where the site goes")
    parser.add_argument("--photos", type=int, default=60, help="how many (default: 60)")
    parser.add_argument("--docs", type=Path, metavar="FILE", help="a Markdown file to write the tables into")
    options = parser.parse_args()
    folder = options.work.resolve() / "photographs"
    write_photo_site(folder / "content", options.photos, (3000, 2000))
    lines = []
    for line in chain(describe_builds(folder, options.photos), [""], describe_pages(folder / "output"), [""]):
        print(line, flush=True)
        lines.append(line)
    if options.docs:
        write_section(options.docs, PHOTOGRAPHS, lines)
    return 0


def describe_builds(folder: Path, photos: int) -> Iterator[str]:
    words = [sys.executable, str(ROOT / "build.py"), "build", "--quiet", "--content", str(folder / "content")]
    command = Command([*words, "--output", str(folder / "output")], ROOT, {"PYRAMID_CACHE": str(folder / "cache")})
    for name in ("output", "cache"):
        shutil.rmtree(folder / name, ignore_errors=True)
    weight = sum(path.stat().st_size for path in (folder / "content/media").glob("*.jpg"))
    yield f"{photos} photographs of 3000 x 2000, {weight / 1e6:.0f} MB; {os.cpu_count()} processors."
    yield ""
    yield "| build | clock | processors | memory |"
    yield "|---|---:|---:|---:|"
    yield describe_run("cold", time_command(command))
    shutil.rmtree(folder / "output")
    yield describe_run("without output, with the cache", time_command(command))
    yield describe_run("nothing changed", time_command(command))


def describe_run(name: str, run: Run) -> str:
    return f"| {name} | {run.wall:.2f} s | {run.cpu:.2f} s | {run.peak:.0f} MiB |"


def describe_pages(output: Path) -> Iterator[str]:
    """What a phone loads of each page."""
    yield "| page | HTML, styles | pictures at first | pictures to the end | not shown | too large |"
    yield "|---|---:|---:|---:|---:|---:|"
    with server.serve(output) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find_chromium(), args=chromium.ARGUMENTS)
        page = browser.new_context(**PHONE, bypass_csp=True).new_page()  # type: ignore[arg-type]
        for path in sorted(output.rglob("index.html")):
            route = "".join(f"{part}/" for part in path.relative_to(output).parts[:-1])
            weight = len(gzip.compress(path.read_bytes(), 9)) / 1000
            yield f"| /{route} | {weight:.1f} kB | {describe_load(load_page(page, address + route))} |"
        browser.close()


def describe_load(load: Load) -> str:
    seen = (f"{len(files)}, {sum(files.values()) / 1000:.0f} kB" for files in (load.first, load.all))
    return " | ".join([*seen, str(len(load.idle)), str(len(load.oversized))])


if __name__ == "__main__":
    sys.exit(main())
