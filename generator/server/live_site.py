"""The site as it is being edited: each look at what has changed ends in a new site, or in problems."""

import time
import traceback
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.build.crew import Crew
from generator.build.manifest import Entry, Manifest
from generator.build.memory import WarmOutput, WarmStore, WatchedFolder
from generator.build.pipeline import Report, build_site
from generator.build.program import FOLDER
from generator.build.survey import Progress
from generator.content.loader import Calendar
from generator.diagnostics.diagnostic import Diagnostic, Position, SiteError, error_at, has_errors
from generator.diagnostics.snippets import Snippet, read_snippets
from generator.pages.layout_context import Target

NOTHING = Entry("", "")


class Wish(NamedTuple):
    """What is to be previewed. Folders come with the name they have in reports; `today` is None for
    whatever day it is.
    """

    content: tuple[str, str]
    layouts: tuple[str, str]
    drafts: bool = False
    today: date | None = None
    strict: bool = False
    jobs: int = 1


class Outcome(NamedTuple):
    """What came of a look. `manifest` lists the last good site, None where there has been none;
    `changed` names the files that differed, `written` the pages that now read otherwise; `trace` is how
    a fault of the program came about.
    """

    excerpts: list[Snippet]
    manifest: Manifest | None
    changed: frozenset[str]
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    seconds: float = 0.0
    trace: str = ""

    @property
    def failed(self) -> bool:
        return has_errors(excerpt.diagnostic for excerpt in self.excerpts)


class Preview:
    """Builds a site again and again, in one thread."""

    def __init__(self, wish: Wish, output: WarmOutput, store: WarmStore, progress: Progress | None = None) -> None:
        self.wish = wish
        self.content = WatchedFolder(*wish.content)
        self.layouts = WatchedFolder(*wish.layouts, keep=True)
        self.output = output
        self.store = store
        self.progress = progress
        self.roots = {folder.name: folder.root for folder in (self.content, self.layouts)}
        self.roots[FOLDER.name] = str(FOLDER)
        self._day: date | None = None
        self._dated = False
        self._good: Manifest | None = None

    def look(self, told: Iterable[str] | None) -> Outcome | None:
        """Looks at what lies at absolute paths, or at everything. None where all is as it was."""
        begun = time.perf_counter()
        paths = None if told is None else list(told)
        changed = frozenset(
            f"{folder.name}/{path}" for folder in (self.content, self.layouts) for path in folder.look(paths)
        )
        today = self.wish.today or date.today()
        first = self._day is None
        if not changed and not first and (today == self._day or not self._dated):
            return None
        self._day = today
        changed = frozenset() if first else changed
        outcome = self._build(Calendar(today, self.wish.drafts), changed)
        return outcome._replace(seconds=time.perf_counter() - begun)

    def save(self) -> None:
        """Leaves to the next preview what is known of this one."""
        self.store.save(self.content, self.output)
        self.output.save()

    def explain(self, problems: Iterable[Diagnostic], changed: frozenset[str] = frozenset()) -> Outcome:
        """The last good site, with problems."""
        return Outcome(read_snippets(problems, self.roots), self._good, changed)

    def _build(self, calendar: Calendar, changed: frozenset[str]) -> Outcome:
        try:
            report = self._build_site(calendar)
        except SiteError as error:
            self._dated = True  # nobody knows, so a new day is a new chance
            return self.explain(error.diagnostics, changed)
        except Exception as error:  # a fault of the program must not end the preview
            self._dated = True
            return self.explain([describe_crash(error)], changed)._replace(trace=traceback.format_exc())
        before, self._good = self._good, report.manifest
        self._dated = report.dated
        paths = list(report.manifest) if before is None else [entry.path for entry in report.rendered]
        known = before or Manifest({})
        written = (path for path in paths if known.get(path, NOTHING).content != report.manifest[path].content)
        excerpts = read_snippets(report.problems, self.roots)
        return Outcome(excerpts, report.manifest, changed, tuple(written), tuple(report.removed))

    def _build_site(self, calendar: Calendar) -> Report:
        with Crew(self.wish.jobs) as crew:
            return build_site(
                self.content,
                self.layouts,
                self.output,
                calendar=calendar,
                target=Target(),
                strict=self.wish.strict,
                store=self.store,
                crew=crew,
                progress=self.progress,
            )


def describe_crash(error: Exception) -> Diagnostic:
    """A fault of the program itself, with the last line of it that was reached."""
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, SyntaxError) and error.filename:
        frames.append(traceback.FrameSummary(error.filename, error.lineno, ""))
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(FOLDER)]
    frame = ours[-1] if ours else None
    path = Path(frame.filename).relative_to(FOLDER.parent).as_posix() if frame else FOLDER.name
    position = Position(frame.lineno or 0 if frame else 0)
    return error_at(
        "program-failed",
        path,
        position,
        f"the program failed: {type(error).__name__}: {error}.",
        "See the terminal for how it came about.",
    )
