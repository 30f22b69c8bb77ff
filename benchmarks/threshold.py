#!/usr/bin/env python3
"""From how many pages on do several processes pay? Measures what PARALLEL_THRESHOLD in
generator/build/workers.py says.

Cold builds of growing sites, by one process and by as many as there are cores, in turns.
"""

import argparse
import statistics
import sys
from pathlib import Path

from generators import ROOT, Command, Ours
from samples import Sample
from timing import time_command

SIZES = (5, 10, 20, 40, 80)
LEVELS = 10
# Lets several processes work, however little there is to do.
ALWAYS = """\
import sys
from functools import partial
from generator.cli import build
from generator.cli.main import main
build.Resources = partial(build.Resources, threshold=0)
sys.exit(main(sys.argv[1:]))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True, metavar="FOLDER", help="where sites go")
    parser.add_argument("--runs", type=int, default=5, help="turns (default: 5)")
    options = parser.parse_args()
    ours = Ours(options.work.resolve())
    ours.install()
    print("files to load   one process   several   ratio")
    for audiences in SIZES:
        sample = Sample(audiences, LEVELS, 7)
        ours.write(sample)
        pairs = [(time_build(ours, sample, alone=True), time_build(ours, sample, alone=False))
                 for _ in range(options.runs)]  # fmt: skip
        one, several = (statistics.median(side) for side in zip(*pairs, strict=True))
        ratio = statistics.median(two / one for one, two in pairs)
        print(f"{sample.pages + audiences:13} {one:11.2f} s {several:7.2f} s {ratio:7.2f}", flush=True)
    ours.delete_aside()
    return 0


def time_build(ours: Ours, sample: Sample, alone: bool) -> float:
    """Seconds on the clock of a cold build."""
    ours.remove_caches(sample)
    command = ours.command(sample)
    arguments = [*command.words[2:], *(["--jobs", "1"] if alone else [])]
    words = [str(ROOT / ".venv" / "bin" / "python"), "-c", ALWAYS, *arguments]
    return time_command(Command(words, command.folder, {**command.environment, "PYTHONPATH": str(ROOT)})).wall


if __name__ == "__main__":
    sys.exit(main())
