#!/usr/bin/env python3
"""Times this program against other generators that build the same site. See docs/performance.md.

The peers are installed into the work folder. Runs are interleaved, so that whatever else the machine
does hits everybody; results are medians, and ratios to the first peer in the same turn.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from checks import find_difference
from generators import Generator, Ours, find_generators
from report import RESULTS, describe, tabulate, write_section
from samples import Sample
from scenarios import SCENARIOS, build_cold
from timing import CommandError, time_command

HERE = Path(__file__).resolve().parent
Measured = dict[str, dict[str, list[dict[str, float]]]]  # runs by scenario and generator


def main() -> int:
    options = parse_arguments()
    work = options.work.resolve()
    generators = [Ours(work), *find_generators(options.peers, work)]
    versions = {generator.name: generator.install() for generator in generators}
    data: dict[str, Any] = {
        "machine": describe_machine(), "versions": versions, "seed": options.seed, "runs": options.runs
    }  # fmt: skip
    try:
        data["results"] = {sample.name: measure(sample, generators, options) for sample in options.sizes}
        data["growth"] = [grow(generators[0], sample, options) for sample in options.growth]
    except CommandError as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        generators[0].delete_aside()
    path = options.json or work / "results.json"
    path.write_text(json.dumps(data, indent=1), encoding="utf-8")
    if data["results"]:
        print("\n".join(tabulate(data["results"])))
    if options.docs:
        write_document(data, path, options.docs, generators[0])
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, metavar="FOLDER", help="where peers, sites and results go")
    parser.add_argument("--sizes", default="2x4,100x10", help="audiences x levels of the sites (default: 2x4,100x10)")
    parser.add_argument("--growth", default="", help="further sizes, for this program alone, cold: 10000x10")
    parser.add_argument("--peers", default="hugo", help="who else (default: hugo)")
    parser.add_argument("--runs", type=int, default=3, help="turns of each scenario (default: 3)")
    parser.add_argument("--seed", type=int, default=7, help="of the made-up content (default: 7)")
    parser.add_argument("--verify", action="store_true", help="compare the pages of all, tag by tag")
    parser.add_argument("--keep", action="store_true", help="use sites that an earlier run has written")
    parser.add_argument("--json", type=Path, metavar="FILE", help="results (default: results.json in the work folder)")
    parser.add_argument("--docs", type=Path, metavar="FILE", help="a Markdown file to write tables and plots into")
    options = parser.parse_args()
    options.peers = [name for name in options.peers.split(",") if name]
    options.sizes = parse_sizes(options.sizes, options.seed)
    options.growth = parse_sizes(options.growth, options.seed)
    return options


def parse_sizes(text: str, seed: int) -> list[Sample]:
    pairs = [part.split("x") for part in text.split(",") if part]
    return [Sample(int(audiences), int(levels), seed) for audiences, levels in pairs]


def measure(sample: Sample, generators: list[Generator], options: argparse.Namespace) -> Measured:
    """All scenarios of one size: turn by turn, scenario by scenario, one generator after the other."""
    for generator in generators:
        prepare(generator, sample, options.keep)
        time_command(generator.command(sample))  # so that nobody's first run reads from a cold disk
    if options.verify:
        verify(sample, generators)
    runs: Measured = {scenario: {generator.name: [] for generator in generators} for scenario in SCENARIOS}
    for turn in range(options.runs):
        for scenario, build in SCENARIOS.items():
            for generator in generators:
                run = build(generator, sample, turn)
                runs[scenario][generator.name].append(run._asdict())
                say(sample, scenario, generator.name, run.wall, run.cpu, run.peak)
    return runs


def prepare(generator: Generator, sample: Sample, keep: bool) -> None:
    if not (keep and generator.site_of(sample).exists()):
        generator.write(sample)


def verify(sample: Sample, generators: list[Generator]) -> None:
    """Ends the program where a generator's pages are not those of the first."""
    first = generators[0]
    for other in generators[1:]:
        count, difference = find_difference(sample, first.output_of(sample), other.output_of(sample))
        if difference:
            sys.exit(f"{sample.name}: {first.name} and {other.name} differ: {difference}")
        print(f"{sample.name}: {count} files of {first.name} and {other.name} are the same")


def grow(generator: Generator, sample: Sample, options: argparse.Namespace) -> dict[str, Any]:
    """Cold builds of this program alone: the median by the clock."""
    prepare(generator, sample, options.keep)
    runs = sorted(build_cold(generator, sample, turn) for turn in range(options.runs))
    run = runs[len(runs) // 2]
    say(sample, "cold, alone", generator.name, run.wall, run.cpu, run.peak)
    return {"size": sample.name, "pages": sample.pages, **run._asdict()}


def say(sample: Sample, scenario: str, name: str, wall: float, cpu: float, peak: float) -> None:
    print(f"{sample.name:10} {scenario:16} {name:10} {wall:7.2f} s  cpu {cpu:7.2f} s  {peak:6.0f} MiB", flush=True)


def write_document(data: dict[str, Any], results: Path, document: Path, generator: Generator) -> None:
    """Plots into the document's folder, tables into the document."""
    generator.pip("matplotlib")
    command = [generator.python(), str(HERE / "charts.py"), str(results.resolve()), str(document.resolve().parent)]
    subprocess.run(command, check=True)
    write_section(document, RESULTS, describe(data))


def describe_machine() -> dict[str, str | int]:
    processor = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        lines = cpuinfo.read_text(encoding="utf-8").splitlines()
        processor = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), processor)
    return {"processor": processor, "cores": os.cpu_count() or 1, "system": platform.platform(terse=True),
            "python": platform.python_version()}  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
