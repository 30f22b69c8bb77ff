"""The site as it is being edited: each look at what has changed ends in a new site, or in what is wrong."""

import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.build.cache import Cache
from generator.build.load import Progress, Resources
from generator.build.manifest import Entry, Manifest
from generator.build.output import Output
from generator.build.pipeline import BuildOptions, BuildReport, build_site
from generator.build.uptodate import read_state, recorded_files
from generator.content.loader import Calendar
from generator.diagnostics.diagnostic import Diagnostic, SiteError, has_errors
from generator.diagnostics.snippets import Snippet, read_snippets
from generator.files.layouts import Layouts
from generator.files.program import CODE_FOLDER, read_program
from generator.files.tree import DiskTree
from generator.pages.target import Target
from generator.server.block_gallery import render_block_gallery
from generator.server.program import describe_failure

MISSING = Entry("", "")


class PreviewOptions(NamedTuple):
    """What is previewed. Folders come with the name they have in reports; `today` is None for whatever day it is.

    `settle` is how many seconds a file may be gone or empty until that counts: some programs save a file by moving it
    away, or emptying it, before they write it anew.
    """

    content: tuple[str, str]
    layouts: tuple[str, str]
    drafts: bool = False
    today: date | None = None
    strict: bool = False
    resources: Resources = Resources()
    settle: float = 0.0


class PreviewResult(NamedTuple):
    """What came of a build. `manifest` lists the last good site, None where there has been none; `changed` names the
    files that differed, `written` the pages that now read otherwise; `trace` is the traceback if the program failed.
    """

    snippets: list[Snippet]
    manifest: Manifest | None
    changed: frozenset[str]
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    seconds: float = 0.0
    trace: str = ""

    @property
    def failed(self) -> bool:
        return has_errors(snippet.diagnostic for snippet in self.snippets)


class Preview:
    """Builds a site again and again, in one thread. Everything it makes and knows lies in `folder`: the site, and what
    the next preview needs to begin where this one ends.
    """

    def __init__(self, options: PreviewOptions, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        state = read_state(folder / "known")
        self.options = options
        self.progress: Progress | None = None
        self.content = DiskTree(*options.content, recorded_files(state, "content"))
        self.layouts = Layouts(*options.layouts, partial(recorded_files, state))
        self.output = Output(folder / "site", "preview", exclusive=True)
        self.cache = Cache(folder / "known", read_program().digest, state)
        self.roots = {tree.name: tree.root for tree in self.inputs.values()}
        self.roots[CODE_FOLDER.name] = str(CODE_FOLDER)
        self._clock = clock
        # Files that have changed since the last build, each with whether it is there and has something in it.
        self._changed: dict[str, bool] = {}
        self._changed_at = 0.0
        self._day: date | None = None
        self._dated = False
        self._manifest: Manifest | None = None

    @property
    def inputs(self) -> dict[str, DiskTree]:
        """What is read, by the name under which a build records it."""
        return {"content": self.content, **self.layouts.inputs}

    def rebuild(self, changed: Iterable[str] | None) -> PreviewResult | None:
        """Looks at absolute paths, or at everything, and builds if anything differs. None if nothing does, or if a file
        seems to be in the middle of being saved.
        """
        begun = time.perf_counter()
        self._note(None if changed is None else list(changed))
        today = self.options.today or date.today()
        first = self._day is None
        if not first and not all(self._changed.values()) and self._clock() < self._changed_at + self.options.settle:
            return None
        files = frozenset(self._changed)
        self._changed.clear()
        if not files and not first and (today == self._day or not self._dated):
            return None
        self._day = today
        result = self._build(Calendar(today, self.options.drafts), frozenset() if first else files)
        return result._replace(seconds=time.perf_counter() - begun)

    def _note(self, paths: list[str] | None) -> None:
        """Looks at absolute paths, or at everything, and notes which files differ."""
        trees = self.inputs.values()
        changed = {tree.name_of(path): tree.is_whole(path) for tree in trees for path in tree.update(paths)}
        if changed:
            self._changed |= changed
            self._changed_at = self._clock()

    def save(self) -> None:
        """Leaves to the next preview what is known of this one."""
        if self._manifest is None:
            return
        with suppress(OSError):
            self.output.save(self._manifest)
            for tree in self.inputs.values():
                tree.update()
            self.cache.save(
                {
                    "inputs": {name: [tree.root, tree.record()] for name, tree in self.inputs.items()},
                    "output": str(self.output.root),
                    "outputs": self.output.record(self._manifest, ()),
                }
            )

    def render_block_gallery(self) -> str:
        """A page with every kind of block, as the layouts are now."""
        return render_block_gallery(self.content, self.layouts, Calendar(self.options.today or date.today()))

    def explain(self, diagnostics: Iterable[Diagnostic], changed: frozenset[str] = frozenset()) -> PreviewResult:
        """The last good site, and what is wrong."""
        return PreviewResult(read_snippets(diagnostics, self.roots), self._manifest, changed)

    def _build(self, calendar: Calendar, changed: frozenset[str]) -> PreviewResult:
        resources = self.options.resources._replace(progress=self.progress, quick=True)
        options = BuildOptions(
            calendar, Target(shares=False), strict=self.options.strict, persist=False, resources=resources
        )
        try:
            report = build_site(self.content, self.layouts, self.output, self.cache, options)
        except SiteError as error:
            self._dated = True  # nobody knows, so a new day is a new chance
            return self.explain(error.diagnostics, changed)
        except Exception:  # a failure of the program must not end the preview
            self._dated = True
            trace = traceback.format_exc()
            failure = describe_failure("program-failed", "the program failed", trace, "See the terminal for it.")
            return self.explain([failure], changed)._replace(trace=trace)
        return self._take_over(report, changed)

    def _take_over(self, report: BuildReport, changed: frozenset[str]) -> PreviewResult:
        before, self._manifest = self._manifest, report.manifest
        self._dated = report.dated
        now, known = report.manifest.entries(), before.entries() if before else {}
        paths = now if before is None else report.rendered
        written = tuple(path for path in paths if known.get(path, MISSING).content != now[path].content)
        snippets = read_snippets(report.diagnostics, self.roots)
        return PreviewResult(snippets, report.manifest, changed, written, tuple(report.removed))
