"""Plots of a result file, as SVG: one for the scenarios, one for growth.

The work folder's Python runs it, since it has matplotlib.
"""

import json
import statistics
import sys
from pathlib import Path
from typing import Any

from matplotlib import pyplot

COLOURS = {"ours": "#0f6e5c", "hugo": "#c2410c", "eleventy": "#6d28d9", "pelican": "#475569"}
INK = "#64748b"  # is seen on light and on dark pages


def main(results: Path, folder: Path) -> None:
    data = json.loads(results.read_text(encoding="utf-8"))
    pyplot.rcParams.update({"svg.hashsalt": "performance", "font.size": 9, "text.color": INK, "axes.labelcolor": INK,
                            "xtick.color": INK, "ytick.color": INK, "axes.edgecolor": INK,
                            "axes.spines.top": False, "axes.spines.right": False})  # fmt: skip
    if data["results"]:
        plot_scenarios(data["results"], folder / "performance-scenarios.svg")
    if data["growth"]:
        plot_growth(data["growth"], folder / "performance-growth.svg")


def plot_scenarios(results: dict[str, Any], path: Path) -> None:
    """Seconds of processors by number of level pages, one panel a scenario."""
    scenarios = list(next(iter(results.values())))
    figure, panels = pyplot.subplots(1, len(scenarios), figsize=(9, 3), sharey=True)
    for panel, scenario in zip(panels, scenarios, strict=True):
        for name in next(iter(results.values()))[scenario]:
            points = [
                (count_pages(size), statistics.median(run["cpu"] for run in runs[scenario][name]))
                for size, runs in results.items()
            ]
            panel.loglog(*zip(*points, strict=True), marker="o", label=name, color=COLOURS.get(name))
        panel.set_title(scenario)
        panel.set_xlabel("level pages")
        panel.grid(alpha=0.2)
    panels[0].set_ylabel("processor time, s")
    panels[0].legend(frameon=False)
    save(figure, path)


def plot_growth(growth: list[dict[str, Any]], path: Path) -> None:
    """Time per level page, and memory of the largest process, by number of level pages."""
    pages = [run["pages"] for run in growth]
    figure, panels = pyplot.subplots(1, 2, figsize=(9, 3))
    values = ([run["wall"] / run["pages"] * 1000 for run in growth], [run["peak"] for run in growth])
    for panel, series, label in zip(panels, values, ("time per level page, ms", "largest process, MiB"), strict=True):
        panel.semilogx(pages, series, marker="o", color=COLOURS["ours"])
        panel.set_ylim(0, max(series) * 1.2)
        panel.set_xlabel("level pages")
        panel.set_ylabel(label)
        panel.grid(alpha=0.2)
    save(figure, path)


def count_pages(size: str) -> int:
    audiences, levels = map(int, size.split("x"))
    return audiences * levels


def save(figure: Any, path: Path) -> None:
    figure.tight_layout()
    figure.savefig(path, transparent=True, metadata={"Date": None})
    pyplot.close(figure)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
