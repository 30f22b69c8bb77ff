#!/usr/bin/env python3
"""Measures the pages of the site in Lighthouse: a cheap phone on a slow 4G network. See docs/performance.md.

Lighthouse is installed into the work folder. One page of each kind is measured.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402
from report import PAGES, tabulate_pages, tabulate_taps, write_section  # noqa: E402 - the path comes first

from tests.tools.chromium import find_chromium  # noqa: E402
from tests.tools.server import serve  # noqa: E402

VERSION = "12"
SLOWDOWN = 4
# Milliseconds that a visitor takes to read a question, at the least.
READING = 600
RECORD = """window.taps = [];
new PerformanceObserver((list) => window.taps.push(...list.getEntries()
  .filter((entry) => entry.interactionId).map((entry) => entry.duration)))
  .observe({type: "event", durationThreshold: 16, buffered: true});"""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, metavar="FOLDER", help="where Lighthouse and the site go")
    parser.add_argument("--docs", type=Path, help="the document with a place for the table")
    options = parser.parse_args()
    work = options.work.resolve()
    site = work / "site"
    subprocess.run([sys.executable, ROOT / "build.py", "--output", site], check=True)
    subprocess.run(["npm", "install", "--silent", "--prefix", work, f"lighthouse@{VERSION}"], check=True)
    with serve(site) as address:
        results = {route or "/": measure(work, site, address, route) for route in choose_routes(site)}
        taps = {route: time_taps(address + route) for route in results if route.endswith("/quiz/")}
    lines = [*tabulate_pages(results), *tabulate_taps(taps)]
    print("\n".join(lines))
    if options.docs:
        write_section(options.docs, PAGES, lines)
    return 0


def choose_routes(site: Path) -> list[str]:
    """The first page of each kind, as far as addresses tell."""
    kinds: dict[tuple[str, ...], str] = {}
    audiences = {path.parent.parent.name for path in site.glob("*/compare/index.html")}
    for page in sorted(site.rglob("index.html")):
        parts = page.relative_to(site).parts[:-1]
        first = ["audience" if part in audiences else part for part in parts]
        second = [part if part in ("quiz", "compare") else "level" for part in parts[1:]]
        kinds.setdefault((*first[:1], *second), "".join(f"{part}/" for part in parts))
    return sorted(kinds.values())


def measure(work: Path, site: Path, address: str, route: str) -> dict[str, Any]:
    """What Lighthouse says of a page: scores of 100, milliseconds, and kilobytes of HTML and styles, compressed."""
    report = work / "report.json"
    report.unlink(missing_ok=True)
    command = [work / "node_modules/.bin/lighthouse", address + route, "--quiet", "--output=json"]
    flags = ["--chrome-flags=--headless=new --no-sandbox", f"--output-path={report}"]
    subprocess.run([*command, *flags], check=True, env={**os.environ, "CHROME_PATH": find_chromium() or ""})
    found = json.loads(report.read_text(encoding="utf-8"))
    audits = found["audits"]
    return {
        "scores": [round(found["categories"][name]["score"] * 100) for name in CATEGORIES],
        "first paint": audits["first-contentful-paint"]["numericValue"],
        "largest paint": audits["largest-contentful-paint"]["numericValue"],
        "blocked": audits["total-blocking-time"]["numericValue"],
        "size": len(gzip.compress((site / route / "index.html").read_bytes(), 9)) / 1000,
    }


def time_taps(address: str) -> list[float]:
    """Milliseconds from each tap of a visitor who takes the quiz until the page shows what it did.

    The processor is slowed down four times. The browser rounds times to 8 ms.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        page = browser.new_page(**playwright.devices["Pixel 5"])
        page.goto(address)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
        page.evaluate(RECORD)
        for question in page.locator(".quiz_form__question").all():
            page.wait_for_timeout(READING)  # Two quick taps in one place are something else to a browser.
            question.locator("label").nth(1).tap()  # which leads to the next one
        page.locator(".quiz_result:visible").wait_for()
        page.wait_for_timeout(1000)  # The browser reports a while later.
        times: list[float] = page.evaluate("window.taps")
        browser.close()
    return times


if __name__ == "__main__":
    sys.exit(main())
