"""Results as Markdown: the tables that stand on the terminal and in docs/performance.md."""

import re
import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

RESULTS = ("<!-- results: written by benchmarks/run.py -->", "<!-- end of results -->")
LATENCY = ("<!-- latency: written by benchmarks/latency.py -->", "<!-- end of latency -->")
PHOTOGRAPHS = ("<!-- photographs: written by benchmarks/photographs.py -->", "<!-- end of photographs -->")
PAGES = ("<!-- pages: written by benchmarks/pages.py -->", "<!-- end of pages -->")
UNITS = {"wall": "s", "cpu": "s", "peak": "MiB"}
LABELS = {"wall": "clock", "cpu": "processors", "peak": "memory"}


def write_section(path: Path, marks: tuple[str, str], lines: Iterable[str]) -> None:
    """Puts lines between two marks of a document."""
    begin, end = marks
    text = path.read_text(encoding="utf-8")
    if begin not in text or end not in text:
        raise ValueError(f"{path} lacks the lines '{begin}' and '{end}'.")
    section = "\n".join([begin, "", *lines, end])
    between = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    path.write_text(between.sub(lambda _: section, text), encoding="utf-8")


def describe(data: dict[str, Any]) -> Iterator[str]:
    machine, versions = data["machine"], data["versions"]
    named = ", ".join(f"{name} {version}" for name, version in versions.items() if name != "ours")
    yield f"{machine['cores']} cores of {machine['processor']}, {machine['system']}."
    yield f"Python {machine['python']}, {named}."
    yield f"Medians of {data['runs']} runs, seed {data['seed']}."
    yield ""
    if data["results"]:
        yield from tabulate(data["results"])
        yield ""
        yield "![Processor time of each scenario by number of pages](performance-scenarios.svg)"
        yield ""
    if data["growth"]:
        yield from tabulate_growth(data["growth"])
        yield ""
        yield "![Time per page and memory by number of pages](performance-growth.svg)"
        yield ""


def tabulate(results: dict[str, Any]) -> Iterator[str]:
    """Medians, and this program's share of what the first peer takes."""
    names = list(next(iter(next(iter(results.values())).values())))
    peers = names[1:2]
    columns = ["level pages", "scenario", "measure", *names, *(f"ratio to {name}" for name in peers)]
    yield f"| {' | '.join(columns)} |"
    yield "|---" * 3 + "|---:" * (len(columns) - 3) + "|"
    for size, scenarios in results.items():
        audiences, levels = map(int, size.split("x"))
        for scenario, runs in scenarios.items():
            for measure, unit in UNITS.items():
                medians = [statistics.median(run[measure] for run in runs[name]) for name in names]
                cells = [f"{value:.{0 if unit == 'MiB' else 2}f} {unit}" for value in medians]
                cells += [f"{find_ratio(runs[names[0]], runs[peer], measure):.3f}" for peer in peers]
                yield f"| {audiences * levels:,} | {scenario} | {LABELS[measure]} | {' | '.join(cells)} |"


def find_ratio(mine: list[dict[str, float]], theirs: list[dict[str, float]], measure: str) -> float:
    """The median of the ratios turn by turn: a slow moment of the machine hits both sides of each."""
    return statistics.median(one[measure] / other[measure] for one, other in zip(mine, theirs, strict=True))


def tabulate_growth(growth: list[dict[str, Any]]) -> Iterator[str]:
    yield "| level pages, cold, alone | clock | a page | processors | largest process |"
    yield "|---:|---:|---:|---:|---:|"
    for run in growth:
        each = run["wall"] / run["pages"] * 1000
        yield f"| {run['pages']:,} | {run['wall']:.1f} s | {each:.2f} ms | {run['cpu']:.1f} s | {run['peak']:.0f} MiB |"


def tabulate_latency(results: Mapping[str, Mapping[str, float]]) -> Iterator[str]:
    names = list(next(iter(results.values())))
    yield f"| from a save to | {' | '.join(names)} |"
    yield "|---" + "|---:" * len(names) + "|"
    for what, result in results.items():
        yield f"| {what} | {' | '.join(f'{result[name]:.0f} ms' for name in names)} |"
    yield ""


def tabulate_pages(results: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield "| page | first paint | largest paint | blocked | HTML, styles | speed, accessibility, practices, SEO |"
    yield "|---|---:|---:|---:|---:|---|"
    for route, result in results.items():
        times = [f"{result[name]:.0f} ms" for name in ("first paint", "largest paint", "blocked")]
        scores = ", ".join(map(str, result["scores"]))
        yield f"| {route} | {' | '.join(times)} | {result['size']:.1f} kB | {scores} |"
    yield ""


def tabulate_taps(taps: Mapping[str, Sequence[float]]) -> Iterator[str]:
    for route, times in taps.items():
        yield f"The slowest tap in {route}, on a processor slowed down four times: {max(times, default=0):.0f} ms."
    yield ""
