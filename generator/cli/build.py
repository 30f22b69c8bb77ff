"""`build`: builds the site and says in one line what was done."""

import argparse
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from typing import TextIO

from generator.build.answer import Answer, Note, Witness, find_cache, forget, remember, summarise
from generator.build.crew import Crew, count_cores
from generator.build.output import MANIFEST, OutputFolder
from generator.build.pipeline import PAGES, Report, build_site
from generator.build.program import read_program
from generator.build.stopwatch import format_seconds
from generator.build.store import Store
from generator.cli.options import (
    ROOT,
    add_source_options,
    make_calendar,
    open_folder,
    parse_count,
    parse_url,
    refuse,
    report,
    resolve,
)
from generator.diagnostics.diagnostic import format_problems
from generator.files.fingerprint import Stamp, digest_bytes, digest_file
from generator.files.lock import take_turn
from generator.files.tree import DiskFolder
from generator.pages.hosts import find_target

# A build that takes longer than so many seconds says how far it is: on a terminal, and where no one watches.
HASTE, PATIENCE = 0.5, 3.0
# Seconds between two states of that line.
OFTEN = 0.2


def add_options(parser: argparse.ArgumentParser) -> None:
    add_source_options(parser)
    parser.add_argument("--output", default="output", metavar="FOLDER", help="where the site goes (default: output)")
    parser.add_argument(
        "--base-url",
        type=parse_url,
        metavar="URL",
        help="address the site is published at; without it that of the host (Netlify) or of site.yaml is used",
    )
    parser.add_argument("--force", action="store_true", help="render every page, also those that are up to date")
    parser.add_argument(
        "--jobs",
        type=parse_count,
        metavar="N",
        help="processes that work at once (default: as many as there are cores)",
    )
    parser.add_argument("--why", action="store_true", help="say why each page was rendered")
    parser.add_argument("--verbose", action="store_true", help="name every file that is written or removed")
    parser.add_argument("--profile", action="store_true", help="say where the processors' time went")
    parser.add_argument("--quiet", action="store_true", help="print nothing but problems")


def run(options: argparse.Namespace) -> int:
    begun = time.monotonic()
    arguments = options.arguments
    content, layouts = open_folder(options.content), open_folder(options.layouts)
    refuse_overlap(options)
    output = OutputFolder(resolve(options.output), options.output)
    calendar = make_calendar(options)
    with hold_output(output), Crew(options.jobs or count_cores()) as crew:
        forget(arguments, ROOT)
        result = build_site(
            content,
            layouts,
            output,
            calendar=calendar,
            target=find_target(options.base_url, os.environ),
            strict=options.strict,
            force=options.force,
            store=open_store(content, output),
            crew=crew,
            progress=None if options.quiet else ProgressLine(sys.stderr),
        )
    report(result.problems, options.format)
    if not options.quiet and options.format != "json":
        print_files(result, options)
        seconds = time.monotonic() - begun
        rendered = sum(map(len, result.made.values()))
        unchanged = len(result.manifest) - rendered
        print(summarise(options.output, rendered, unchanged, len(result.removed), seconds))
    if options.profile:
        print(format_seconds(result.seconds))
    if not (options.force or options.profile) and options.format == "text":
        answer = Answer(format_problems(result.problems), "" if options.quiet else options.output, len(result.manifest))
        day = str(calendar.today) if result.dated and not options.today else None
        remember(arguments, ROOT, witness_build(content, layouts, output, result), answer, day)
    return 0


@contextmanager
def hold_output(output: OutputFolder) -> Iterator[None]:
    """Lets no other build write to the same folder meanwhile. Without a cache folder there is no lock."""
    place = find_cache(ROOT) / f"output-{digest_bytes(os.path.abspath(output.root).encode())[:16]}.lock"
    with ExitStack() as stack:
        with suppress(OSError):
            stack.enter_context(take_turn(str(place), say_waiting))
        yield


def say_waiting() -> None:
    print("Waiting for another build of this folder to end.", file=sys.stderr)


def witness_build(content: DiskFolder, layouts: DiskFolder, output: OutputFolder, result: Report) -> list[Witness]:
    """Everything the build has read and written."""
    read = [Witness(os.path.abspath(folder.root), folder.notes(), whole=True) for folder in (content, layouts)]
    return [*read, Witness(os.path.abspath(output.root), note_output(output, result)), *read_program().witnesses]


def note_output(output: OutputFolder, result: Report) -> Iterator[tuple[str, Note]]:
    for owner, shelf in result.manifest.shelves.items():
        stamps: Mapping[str, Stamp] = result.settled.get(owner, {})
        for path, entry in shelf.items():
            yield path, stamps.get(path) or entry.content
    yield MANIFEST, digest_file(f"{output.root}/{MANIFEST}") or ""


def open_store(content: DiskFolder, output: OutputFolder) -> Store:
    """The cache of this content and this output."""
    place = f"{os.path.abspath(content.root)}\n{os.path.abspath(output.root)}"
    return Store(find_cache(ROOT) / digest_bytes(place.encode())[:16], read_program().digest)


def print_files(result: Report, options: argparse.Namespace) -> None:
    for entry in result.rendered if options.why or options.verbose else ():
        print(f"{options.output}/{entry.path}" + (f": {entry.reason}" if options.why else ""))
    for path in result.removed if options.why or options.verbose else ():
        print(f"{options.output}/{path}: removed")


class ProgressLine:
    """How many files were read, then how many pages are done, the rate and the time left: on one line, as soon as it
    is clear that the build takes its time.

    Where no one watches, as on CI, one plain line says once how it goes with the pages.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.live = stream.isatty()
        self.begun = self.shown = time.monotonic()
        self.what = ""
        self.told = False

    def __call__(self, what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if what != self.what:
            self.what, self.since, self.before = what, now, done
        if self.live and now - self.begun >= HASTE and (now - self.shown >= OFTEN or done == total):
            self.shown = now
            text = self._describe(done, total, now) if done < total else ""
            self.stream.write("\r" + text.ljust(60) + ("\r" if done == total else ""))
            self.stream.flush()
        elif not self.live and not self.told and what == PAGES and done < total and self._says_something(now):
            self.told = True
            print(self._describe(done, total, now), file=self.stream, flush=True)

    def _says_something(self, now: float) -> bool:
        """Whether the build is a long one, and the rate no chance."""
        return now - self.begun > PATIENCE and now - self.since > HASTE

    def _describe(self, done: int, total: int, now: float) -> str:
        rate = (done - self.before) / max(now - self.since, HASTE)
        left = f", {rate:.0f} a second, {(total - done) / rate:.0f} s left" if rate else ""
        return f"{done} of {total} {self.what}{left}"


def refuse_overlap(options: argparse.Namespace) -> None:
    """Output within the sources, or around them, would mix what is written with what is read."""
    output = resolve(options.output).resolve()
    for name in (options.content, options.layouts):
        source = resolve(name).resolve()
        if output == source or source in output.parents or output in source.parents:
            refuse(f"--output {options.output} and {name} must not lie within each other.")
    if output.exists() and not output.is_dir():
        refuse(f"--output {options.output} is a file, not a folder.")
