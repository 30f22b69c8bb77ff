"""Draws the picture that shows the look: docs/screenshot.png.

    .venv/bin/python -m tests.tools.pictures

To be run after a change of the look. Pictures differ by a few points from browser to browser, so no test compares them.
"""

import base64
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.tools import chromium
from tests.tools.server import serve

ROOT = Path(__file__).resolve().parent.parent.parent
SCREENSHOT = ROOT / "docs" / "screenshot.png"
# What stands side by side in the README, and how large: as on a laptop, drawn at two thirds.
PAGES = ("", "founders/surviving/", "founders/compare/")
WINDOW: ViewportSize = {"width": 1200, "height": 972}
SCALE = 2 / 3

PANES = """<style>body { margin: 0; padding: 16px; display: flex; gap: 16px; background: #d9ddd5; width: max-content }
img { display: block }</style>"""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.install_chromium(), args=chromium.ARGUMENTS)
        build = [sys.executable, str(ROOT / "build.py"), "--quiet", "--output", f"{folder}/site"]
        subprocess.run(build, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
        with serve(Path(folder) / "site") as address:
            views = [photograph(browser, f"{address}{page}") for page in PAGES]
        images = "".join(f'<img src="data:image/png;base64,{base64.b64encode(view).decode()}">' for view in views)
        width, height = (round(side * SCALE) for side in (WINDOW["width"], WINDOW["height"]))
        SCREENSHOT.write_bytes(draw(browser, PANES + images, len(views) * (width + 16) + 16, height + 32))
        browser.close()
    return 0


def photograph(browser: Browser, address: str) -> bytes:
    page = browser.new_page(viewport=WINDOW, device_scale_factor=SCALE, reduced_motion="reduce")
    page.goto(address, wait_until="networkidle")
    data = page.screenshot()
    page.close()
    return data


def draw(browser: Browser, html: str, width: int, height: int) -> bytes:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_content(html)
    data = page.screenshot()
    page.close()
    return data


if __name__ == "__main__":
    sys.exit(main())
