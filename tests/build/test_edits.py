"""Edits across files, by chance and in series: each ends in a report or in a clean site, by every way in."""

import json
import random
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from generator.build.output import MANIFEST
from generator.server.live_site import Preview
from tests.build.test_front_door import Capture, Project, report_of
from tests.build.test_incremental import read_tree
from tests.edits import START, Step, draw_step, shorten, take
from tests.sites import CASES, ROOT, Files, problems_of, read_folder

KEPT = sorted((CASES.parent / "corpus" / "edits").glob("*.json"))
NAMED_PICTURE = re.compile(rb'<meta (?:property="og:image|name="twitter:card")[^\n]*\n')


class EditedProject(Project):
    """A project of which only those files are written that differ."""

    def write(self, files: Files) -> list[str]:
        """Makes the content folder hold these files and no others. Returns the paths of those that differed."""
        content = self.folder / "content"
        before = read_folder(content)
        after = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
        for path in before.keys() - after.keys():
            (content / path).unlink()
        for folder in sorted((path for path in content.rglob("*") if path.is_dir()), reverse=True):
            if not any(folder.iterdir()):
                folder.rmdir()
        changed = [path for path in before | after if before.get(path) != after.get(path)]
        for path in set(changed) & after.keys():
            (content / path).parent.mkdir(parents=True, exist_ok=True)
            (content / path).write_bytes(after[path])
        return [str(content / path) for path in changed]

    def build(self, output: str, cache: str = "cache") -> tuple[int, list[str]]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYRAMID_CACHE", str(self.folder / cache))
            return self.run("build", "--output", output)


@pytest.fixture
def open_project(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> Callable[[], EditedProject]:
    """Makes projects without any content."""

    def make() -> EditedProject:
        folder = tmp_path / f"project{len(list(tmp_path.iterdir()))}"
        (folder / "content").mkdir(parents=True)
        shutil.copytree(ROOT / "layouts", folder / "layouts")
        return EditedProject(folder, capsys, monkeypatch)

    return make


def take_steps(project: EditedProject, steps: Iterable[Step]) -> None:
    """After each step `check`, a build with all that is known, a build from nothing and the preview say the same, and a
    site is the same site. Nothing changes that was published while something is wrong.
    """
    history, preview = [START], project.open_preview()
    project.write(START)
    assert report_of(preview) == project.build("output")[1] == []
    for step in steps:
        take(history, step)
        before, shown = project.read(), project.read("preview/site")
        changed = project.write(history[-1])
        code, lines = project.run("check")
        assert project.build("output") == (code, lines)
        clear(project.folder, "fresh", "fresh-cache")
        assert project.build("fresh", cache="fresh-cache") == (code, lines)
        # A step that changes nothing tells the preview nothing, and a watcher sees whatever has changed.
        assert not changed or report_of(preview, changed) == lines
        if code:
            assert (project.read(), project.read("preview/site")) == (before, shown)
            assert project.read("fresh") == {}
        else:
            fresh = read_tree(project.folder / "fresh")
            assert read_tree(project.folder / "output") == fresh
            assert not changed or preview_of(preview) == without_share_pictures(fresh)


def preview_of(preview: Preview) -> Files:
    return {path: (preview.output.root / path).read_bytes() for path in preview.explain([]).manifest or ()}


def without_share_pictures(files: Files) -> Files:
    """A site as the preview has it: it draws no pictures for links that nobody shares."""
    return {
        path: NAMED_PICTURE.sub(b"", data) if isinstance(data, bytes) else data
        for path, data in files.items()
        if path != MANIFEST and not path.startswith("assets/share.")
    }


def clear(folder: Path, *names: str) -> None:
    for name in names:
        shutil.rmtree(folder / name, ignore_errors=True)


def draw_steps(dice: random.Random, count: int) -> Iterator[Step]:
    """Steps of which each concerns what the ones before have left; most of those that leave a mistake are undone."""
    history = [START]
    for _ in range(count):
        is_good = not any(problem.severity == "error" for problem in problems_of(history[-1]))
        step = draw_step(history[-1], dice) if is_good or dice.random() < 0.3 else ["undo"]
        take(history, step)
        yield step


@pytest.mark.chance(3)
def test_any_series_of_edits_across_files_ends_in_a_report_or_in_a_clean_site(
    open_project: Callable[[], EditedProject], dice: random.Random
) -> None:
    steps = list(draw_steps(dice, 12))

    def fails(steps: list[Step]) -> bool:
        try:
            take_steps(open_project(), steps)
        except Exception:  # whatever it is, it is worth a shorter series
            return True
        return False

    try:
        take_steps(open_project(), steps)
    except Exception as error:
        error.add_note(f"These steps are enough; keep them in tests/corpus/edits:\n{json.dumps(shorten(steps, fails))}")
        raise


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_the_corpus_of_edits_that_once_went_wrong(open_project: Callable[[], EditedProject], path: Path) -> None:
    take_steps(open_project(), json.loads(path.read_text(encoding="utf-8")))
