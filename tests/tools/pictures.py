"""Draws the pictures that show the look: docs/screenshot.png, and layouts/static/share.png for links that are shared.

    .venv/bin/python -m tests.tools.pictures

To be run after a change of the look. Pictures differ by a few points from browser to browser, so no test compares them.
"""

import base64
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from generator.rendering.palette import write_palette
from tests.tools import chromium
from tests.tools.server import serve

ROOT = Path(__file__).resolve().parent.parent.parent
SCREENSHOT = ROOT / "docs" / "screenshot.png"
SHARE = ROOT / "layouts" / "static" / "share.png"
# What stands side by side in the README, and how large: as on a laptop, drawn at two thirds.
PAGES = ("", "founders/surviving/", "founders/compare/")
WINDOW: ViewportSize = {"width": 1200, "height": 972}
SCALE = 2 / 3
# Half the width of the mountain for each point of its height.
SLOPE = 0.674

PANES = """<style>body { margin: 0; padding: 16px; display: flex; gap: 16px; background: #d9ddd5; width: max-content }
img { display: block }</style>"""

# The mountain of the front page, in the colours of the style sheet: lit from the left.
MOUNTAIN = """<style>%s
body { margin: 0; background: var(--paper) }
polygon { fill: var(--stratum) } .shade polygon { fill: var(--shade) }</style>
<svg width="1200" height="630" data-levels="4">%s<rect y="581" width="1200" height="3" fill="var(--ink)"/></svg>"""


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.install_chromium(), args=chromium.ARGUMENTS)
        SHARE.write_bytes(draw(browser, MOUNTAIN % (read_tokens(), write_mountain()), 1200, 630))
        build = [sys.executable, str(ROOT / "build.py"), "--quiet", "--output", f"{folder}/site"]
        subprocess.run(build, cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
        with serve(Path(folder) / "site") as address:
            views = [photograph(browser, f"{address}{page}") for page in PAGES]
        images = "".join(f'<img src="data:image/png;base64,{base64.b64encode(view).decode()}">' for view in views)
        width, height = (round(side * SCALE) for side in (WINDOW["width"], WINDOW["height"]))
        SCREENSHOT.write_bytes(draw(browser, PANES + images, len(views) * (width + 16) + 16, height + 32))
        browser.close()
    return 0


def read_tokens() -> str:
    return (ROOT / "layouts" / "css" / "tokens.css").read_text(encoding="utf-8") + write_palette([4])


def write_mountain() -> str:
    """Four layers, the summit above the middle of the right half."""
    layers = []
    for level in range(1, 5):
        top = 60 + 130.5 * (4 - level)
        foot = 60 + 130.5 * (5 - level) - (6 if level > 1 else 0)
        sides = []
        for turn in (-1, 1):
            near, far = 820 + turn * (top - 60) * SLOPE, 820 + turn * (foot - 60) * SLOPE
            sides.append(f"820,{top} 820,{foot} {far},{foot} {near},{top}")
        light, shade = (f'<polygon points="{points}"/>' for points in sides)
        layers.append(f'<g data-level="{level}">{light}<g class="shade">{shade}</g></g>')
    return "".join(layers)


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
