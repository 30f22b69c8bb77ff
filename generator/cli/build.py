"""`build`: builds the site and says in one line what was done."""

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TextIO

from generator.authoring.published import PATH, add_published
from generator.build.cache import Cache
from generator.build.load import Resources
from generator.build.output import Output
from generator.build.pipeline import PAGES, BuildOptions, BuildReport, build_site
from generator.build.uptodate import describe_command, find_site_cache, read_state, recorded_files
from generator.cli.no_change import default_output, summarise
from generator.cli.options import (
    ROOT,
    add_source_options,
    count_cores,
    make_calendar,
    open_folder,
    open_layouts,
    parse_count,
    parse_url,
    refuse,
    report,
)
from generator.diagnostics.diagnostic import Diagnostic, SiteError, count, fold, format_diagnostics
from generator.files.atomic_directory import apply_changes
from generator.files.history import History, read_history
from generator.files.names import name_from_here
from generator.files.program import Program, read_program
from generator.files.recorded import Environment
from generator.files.tree import DiskTree
from generator.pages.target import find_target

# Seconds. A build that takes longer says how far it is: on a terminal, and where nobody watches.
SHOW_AFTER, LOG_AFTER = 0.5, 3.0
# Where nobody watches, a site of fewer pages is not worth a line, however slow the machine.
LOG_FROM = 100
# Seconds between two states of that line.
REFRESH = 0.2
# Folders of the program itself, beside build.py, and those of version control: a site never goes there.
RESERVED = ("generator", "tests", "docs", "benchmarks", ".git", ".github", ".venv", ".ci", ".cache", ".vscode")


def add_options(parser: argparse.ArgumentParser) -> None:
    add_source_options(parser)
    parser.add_argument(
        "--output",
        metavar="FOLDER",
        help="where the site goes (default: the folder output beside the content)",
    )
    parser.add_argument(
        "--base-url",
        type=parse_url,
        metavar="URL",
        help="address the site is published at; without it that of the host or of site.yaml is used",
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
    parser.add_argument("--quiet", action="store_true", help="print nothing but problems")


def run(options: argparse.Namespace) -> int:
    begun = time.monotonic()
    environment = Environment(os.environ)
    options.output = options.output or name_from_here(default_output(Path(options.content)))
    refuse_output(options)
    output = Output(Path(options.output), options.output, content=options.content)
    folder = find_site_cache(ROOT, Path(options.content), output.root, environment)
    state = read_state(folder)
    program = read_program(recorded_files(state, "program"))
    content = open_folder(options.content, recorded_files(state, "content"))
    layouts = open_layouts(options.layouts, partial(recorded_files, state))
    cache = Cache(folder, program.digest, state)
    if output.is_foreign(cache):
        refuse(f"--output {options.output} has files that no build has made. Empty it, or choose another folder.")
    added = ""
    with output.lock(say_waiting) as waited:
        cache = Cache(folder, program.digest, read_state(folder)) if waited else cache
        if other := output.find_other_source():
            place = name_from_here(Path(os.path.realpath(options.output), other))
            refuse(f"--output {options.output} has the site of {place}. Choose another folder, or delete it first.")
        history = read_history(Path(content.root), (state or {}).get("history", {}))
        result = build_site(content, layouts, output, cache, make_options(options, environment, history))
        if result.unpublished and not (options.drafts or options.today):  # which show what visitors do not see
            added = record_addresses(content, output, result.unpublished)
        inputs = {"content": content, **layouts.inputs, "program": program.code}
        state = make_state(options, environment, inputs) | describe_result(options, result, program, output)
        state |= {"history": history._asdict(), "libraries": {**program.libraries, **history.stamps}}
        try:
            cache.save(state)
        except OSError as error:
            output.notes.append(f"{folder}: cannot be written: {error.strerror}; the next build takes longer.")
    report(fold_warnings(result.diagnostics, options), options.format)
    for note in output.notes:
        print(note, file=sys.stderr)
    if not options.quiet and options.format != "json":
        print_files(result, options)
        print(added, end="")
        unchanged = len(result.manifest) - len(result.rendered)
        print(summarise(options.output, len(result.rendered), unchanged, len(result.removed), begun))
    return 0


def make_options(options: argparse.Namespace, environment: Environment, history: History) -> BuildOptions:
    progress = None if options.quiet else ProgressLine(sys.stderr)
    return BuildOptions(
        make_calendar(options),
        find_target(options.base_url, environment)._replace(history=history.dates),
        options.strict,
        options.force,
        resources=Resources(options.jobs or count_cores(), progress=progress),
    )


def record_addresses(content: DiskTree, output: Output, addresses: list[str]) -> str:
    """Adds to `addresses.yaml` what is published now, and returns a line about it. A site goes live all the same where
    that cannot be written, as on some build servers.
    """
    root = Path(content.root)
    try:
        text = (root / PATH).read_bytes().decode() if (root / PATH).exists() else ""
        apply_changes(root, {PATH: add_published(text, addresses).encode()})
    except (OSError, ValueError, SiteError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        output.notes.append(f"{content.name_of(PATH)}: new addresses could not be added: {reason}.")
        return ""
    content.update([str(root / PATH)])
    return f"{content.name_of(PATH)}: {count(len(addresses), 'new address', 'es')}; commit it with the rest.\n"


def say_waiting() -> None:
    print("Waiting for another build of this folder to end.", file=sys.stderr, flush=True)


def make_state(options: argparse.Namespace, environment: Environment, inputs: dict[str, DiskTree]) -> dict[str, object]:
    """What was asked and read, for the up-to-date check."""
    return {
        "command": describe_command(options.arguments),
        "environment": environment.asked,
        "inputs": {name: [tree.root, tree.record()] for name, tree in inputs.items()},
    }


def describe_result(
    options: argparse.Namespace, result: BuildReport, program: Program, output: Output
) -> dict[str, object]:
    """What came of the build, and what it would say once more. Where it would say something else, nothing."""
    says_the_same = options.format == "text" and not options.force
    warnings = format_diagnostics(fold_warnings(result.diagnostics, options))
    said = [warnings, "" if options.quiet else options.output, len(result.manifest)]
    return {
        "day": str(make_calendar(options).today) if result.dated and not options.today else None,
        "report": said if says_the_same else None,
        "output": str(output.root),
        "outputs": result.outputs,
    }


def fold_warnings(warnings: list[Diagnostic], options: argparse.Namespace) -> list[Diagnostic]:
    """For people: of many warnings of a kind one. `check` has them all."""
    note = "And {} more like this; python3 build.py check lists them."
    return fold(warnings, lambda warning: warning.code, note) if options.format == "text" else warnings


def print_files(result: BuildReport, options: argparse.Namespace) -> None:
    for path, reason in result.rendered.items() if options.why or options.verbose else ():
        print(f"{options.output}/{path}" + (f": {reason}" if options.why else ""))
    for path in result.removed if options.why or options.verbose else ():
        print(f"{options.output}/{path}: removed")


class ProgressLine:
    """How many files were read, then how many pages are done, the rate and the time left: on one line, as soon as it
    is clear that the build takes its time.

    Where no one watches, as on CI, one plain line says once how it goes with the pages.
    """

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self.stream = stream
        self.clock = clock
        self.live = stream.isatty()
        self.begun = self.shown = clock()
        self.what = ""
        self.told = False

    def __call__(self, what: str, done: int, total: int) -> None:
        now = self.clock()
        if what != self.what:
            self.what, self.since, self.before = what, now, done
        if self.live and now - self.begun >= SHOW_AFTER and (now - self.shown >= REFRESH or done == total):
            self.shown = now
            text = self._describe(done, total, now) if done < total else ""
            self.stream.write("\r" + text.ljust(60) + ("\r" if done == total else ""))
            self.stream.flush()
        elif not self.live and not self.told and what == PAGES and LOG_FROM <= total > done and self._is_long(now):
            self.told = True
            print(self._describe(done, total, now), file=self.stream, flush=True)

    def _is_long(self, now: float) -> bool:
        """Whether the build takes long, and its rate can be told."""
        return now - self.begun > LOG_AFTER and now - self.since > SHOW_AFTER

    def _describe(self, done: int, total: int, now: float) -> str:
        rate = (done - self.before) / max(now - self.since, SHOW_AFTER)
        left = f", {rate:.0f} a second, {(total - done) / rate:.0f} s left" if rate else ""
        return f"{done} of {total} {self.what}{left}"


def refuse_output(options: argparse.Namespace) -> None:
    """Ends the program where the output would mix with the sources, with the program, or with what is not ours."""
    output = Path(os.path.realpath(options.output))
    for name in (options.content, options.layouts):
        source = Path(os.path.realpath(name))
        if output == source or source in output.parents or output in source.parents:
            refuse(f"--output {options.output} and {name} must not lie within each other.")
    if output in (ROOT, *ROOT.parents) or ".git" in output.parts or _is_reserved(output):
        refuse(f"--output {options.output} belongs to the program. Choose another folder.")
    if output.exists() and not output.is_dir():
        refuse(f"--output {options.output} is a file, not a folder.")


def _is_reserved(output: Path) -> bool:
    inside: Iterable[str] = output.relative_to(ROOT).parts[:1] if output.is_relative_to(ROOT) else ()
    return any(part in RESERVED for part in inside)
