#!/usr/bin/env python3
"""Times the preview: from a save to the new text on the screen, and to the new bytes of every page concerned.

Screen: the site of this project in a real Chromium; the clock stops when the first frame that can show the
text is under way. Bytes: made-up sites of any size; an edit concerns the level and its comparison, a new name
of a file also the sitemap. See docs/performance.md.
"""

import argparse
import json
import shutil
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from checks import LOCATION  # noqa: E402 - the path comes first
from generators import Ours  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402
from report import LATENCY, tabulate_latency, write_section  # noqa: E402
from samples import Sample  # noqa: E402

from tests.tools import chromium  # noqa: E402
from tests.tools.preview import RunningPreview, copy_program, run_preview  # noqa: E402

# Seconds between an arrival and the next save, and between two questions for new bytes.
PAUSE = 0.2
POLL = 0.002
PATIENCE = 30.0

# Runs in every page: notes the time of the first frame in which each marker stands.
WATCH = """
const known = JSON.parse(sessionStorage.getItem("seen") || "{}");
const look = () => {
  const found = document.body?.textContent.match(/marker-\\d+-end/);
  if (found && !known[found[0]]) {
    known[found[0]] = performance.timeOrigin + performance.now();
    sessionStorage.setItem("seen", JSON.stringify(known));
  }
  requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


def main() -> int:
    options = parse_arguments()
    work = options.work.resolve()
    project = work / "latency"
    shutil.rmtree(project, ignore_errors=True)
    copy_program(project)
    shutil.copytree(ROOT / "content", project / "content")
    results: dict[str, dict[str, float]] = {}
    if not options.no_browser:
        results["screen, this site"] = summarise(time_screen(project, options.saves))
    for sample in options.sizes:
        for kind, times in time_bytes(Ours(work), project, sample, options.saves).items():
            results[f"bytes, {sample.pages} level pages, {kind}"] = summarise(times)
    for name, result in results.items():
        figures = ", ".join(f"{key} {value:.0f}" for key, value in result.items())
        print(f"{name}: {figures} ms")
    if options.docs:
        write_section(options.docs, LATENCY, tabulate_latency(results))
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), encoding="utf-8")
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, metavar="FOLDER", help="where sites and results go")
    parser.add_argument("--saves", type=int, default=50, help="saves of each series (default: 50)")
    parser.add_argument("--sizes", default="2x4,1000x10", help="audiences x levels of the sites (default: 2x4,1000x10)")
    parser.add_argument("--seed", type=int, default=7, help="of the made-up content (default: 7)")
    parser.add_argument("--no-browser", action="store_true", help="leave out the screen")
    parser.add_argument("--json", type=Path, metavar="FILE", help="a file for the results")
    parser.add_argument("--docs", type=Path, metavar="FILE", help="a Markdown file to write a table into")
    options = parser.parse_args()
    pairs = [part.split("x") for part in options.sizes.split(",") if part]
    options.sizes = [Sample(int(audiences), int(levels), options.seed) for audiences, levels in pairs]
    return options


def summarise(times: list[float]) -> dict[str, float]:
    """Milliseconds of seconds."""
    ordered = sorted(time * 1000 for time in times)
    return {
        "median": statistics.median(ordered),
        "95th percentile": ordered[max(0, -(-len(ordered) * 95 // 100) - 1)],
        "least": ordered[0],
        "most": ordered[-1],
    }


def time_screen(project: Path, saves: int) -> list[float]:
    file = next(iter(sorted((project / "content").glob("*/1-*.md"))))
    address = f"{file.parent.name}/{file.stem.partition('-')[2]}/"
    with run_preview(project) as preview, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.install_chromium(), args=chromium.ARGUMENTS)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.add_init_script(WATCH)
        page.goto(preview.address + address, wait_until="networkidle")
        times = [_time_save(page, file, number) for number in range(saves)]
        browser.close()
    return times


def _time_save(page: Page, file: Path, number: int) -> float:
    marker = f"marker-{number}-end"
    text = _mark(file.read_text(encoding="utf-8"), marker)
    begun = time.time()
    file.write_text(text, encoding="utf-8")
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        time.sleep(PAUSE)
        seen = json.loads(page.evaluate("sessionStorage.getItem('seen') || '{}'"))
        if marker in seen:
            return float(seen[marker]) / 1000 - begun
    raise SystemExit(f"{marker} was lost")


def _mark(text: str, marker: str) -> str:
    """A level's text whose first point has the marker instead of the last one."""
    lines = text.split("\n")
    at = next(index for index, line in enumerate(lines) if line.startswith("- "))
    lines[at] = f"- {marker} {lines[at].removeprefix('- ').partition('-end ')[2] or lines[at].removeprefix('- ')}"
    return "\n".join(lines)


def time_bytes(ours: Ours, project: Path, sample: Sample, saves: int) -> dict[str, list[float]]:
    ours.write(sample)
    site = ours.site_of(sample)
    audience = sample.make_audience(max(1, sample.audiences // 2))
    file = site / ours.level_file(audience, audience.levels[0])
    options = ("--content", str(site / "content"), "--layouts", str(site / "layouts"))
    with run_preview(project, *options) as preview:
        return {
            "edit": list(_time_edits(preview, file, audience.slug, saves)),
            "new name": list(_time_names(preview, file, audience.slug, max(2, saves // 5))),
        }


def _time_edits(preview: RunningPreview, file: Path, audience: str, saves: int) -> Iterator[float]:
    slug = file.stem.partition("-")[2]
    for number in range(saves):
        marker = f"marker-{number}-end"
        text = _mark(file.read_text(encoding="utf-8"), marker)
        pages = {f"/{audience}/{slug}/": marker, f"/{audience}/compare/": marker}
        yield _time_arrival(preview, pages, lambda text=text: file.write_text(text, encoding="utf-8"))


def _time_names(preview: RunningPreview, file: Path, audience: str, saves: int) -> Iterator[float]:
    number = file.name.partition("-")[0]
    sitemap = _find_sitemap(preview, audience)
    for turn in range(saves):
        name = f"renamed-{turn}"
        target = file.with_name(f"{number}-{name}.md")
        pages = {f"/{audience}/{name}/": "<", f"/{audience}/compare/": f"{name}/", sitemap: f"{name}/"}
        yield _time_arrival(preview, pages, lambda source=file, target=target: source.rename(target))
        file = target


def _find_sitemap(preview: RunningPreview, audience: str) -> str:
    """The sitemap that has the pages of an audience: the only one, or one of those that it leads to."""
    leads = LOCATION.findall(preview.get("/sitemap.xml")[2])
    names = [f"/{address.rpartition('/')[2]}" for address in leads if address.endswith(".xml")]
    return next(name for name in (*names, "/sitemap.xml") if f"/{audience}/" in preview.get(name)[2])


def _time_arrival(preview: RunningPreview, pages: dict[str, str], save: Callable[[], object]) -> float:
    """Seconds from a save until every page has its text."""
    time.sleep(PAUSE)
    connection = HTTPConnection(preview.address.split("/")[2], timeout=PATIENCE)
    save()
    begun = time.perf_counter()
    waiting = dict(pages)
    while waiting:
        path, text = next(iter(waiting.items()))
        connection.request("GET", path, headers={"Preview": "source"})
        answer = connection.getresponse()
        if text in answer.read().decode() and answer.status == 200:
            del waiting[path]
        elif time.perf_counter() - begun > PATIENCE:
            raise SystemExit(f"{path} never had {text}")
        else:
            time.sleep(POLL)
    connection.close()
    return time.perf_counter() - begun


if __name__ == "__main__":
    raise SystemExit(main())
