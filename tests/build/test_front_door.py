"""Every way in gives the same report: a build from nothing, a build after a good one, `check`, and the preview.

No mistake of an editor is a traceback, and the last good site stays as it was.
"""

import json
import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from generator.build.output import MANIFEST
from generator.cli.main import main
from generator.server.live_site import Preview, PreviewOptions
from tests.build.test_incremental import read_tree
from tests.content.test_bad_inputs import CASES_BY_NAME, EXPECTED
from tests.edits import START, Step, draw_step, shorten, take
from tests.sites import NEW, ROOT, SITE, TODAY, Files, edit, problems_of, read_folder

CORPUS = ROOT / "tests" / "corpus"

Capture = pytest.CaptureFixture[str]


class Project:
    """A site in the current folder, and every way into the program."""

    def __init__(self, folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.capsys = capsys
        monkeypatch.chdir(folder)
        monkeypatch.setenv("PYRAMID_CACHE", str(folder / "cache"))

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

    def run(self, *words: str) -> tuple[int, list[str]]:
        """Exit code, and the lines of the report."""
        code = main([*words, "--content", "content", "--today", str(TODAY)])
        return code, [line for line in self.capsys.readouterr().err.splitlines() if line.startswith("content")]

    def build(self, output: str, cache: str = "cache") -> tuple[int, list[str]]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYRAMID_CACHE", str(self.folder / cache))
            return self.run("build", "--output", output)

    def open_preview(self) -> Preview:
        content, layouts = (str(self.folder / "content"), "content"), (str(ROOT / "layouts"), "layouts")
        return Preview(PreviewOptions(content, layouts, today=TODAY), self.folder / "preview")

    def read(self, name: str = "output") -> Files:
        return read_folder(self.folder / name) if (self.folder / name).exists() else {}


def report_of(preview: Preview, changed: list[str] | None = None) -> list[str]:
    result = preview.rebuild(changed)
    assert result is not None
    assert result.trace == ""
    return [str(snippet.diagnostic) for snippet in result.snippets]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project after a good build, and after a preview of it."""
    folder = tmp_path_factory.mktemp("good")
    with pytest.MonkeyPatch.context() as patch:
        project = Project(folder, None, patch)  # type: ignore[arg-type]
        project.write(SITE)
        assert main(["build", "--output", "output", "--content", "content", "--today", str(TODAY)]) == 0
        preview = project.open_preview()
        preview.rebuild(None)
        preview.save()
    yield folder


@pytest.fixture
def open_project(tmp_path: Path, good: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Project]:
    """Makes copies of the good project, with what its cache knows of it."""

    def make() -> Project:
        folder = tmp_path / f"project{len(list(tmp_path.iterdir()))}"
        shutil.copytree(good, folder)
        return Project(folder, capsys, monkeypatch)

    return make


@pytest.fixture
def project(open_project: Callable[[], Project]) -> Project:
    return open_project()


@pytest.mark.parametrize("name", CASES_BY_NAME)
def test_every_way_in_gives_the_same_report(project: Project, name: str) -> None:
    expected = EXPECTED[name]
    code = int(any(": warning: " not in line for line in expected))
    before, preview = project.read(), project.open_preview()
    preview.rebuild(None)
    shown = {path: (project.folder / "preview/site" / path).read_bytes() for path in preview.explain([]).manifest or ()}
    project.write(CASES_BY_NAME[name])
    assert project.run("check") == (code, expected)
    assert project.run("build", "--output", "fresh") == (code, expected)
    assert project.run("build", "--output", "output") == (code, expected)
    assert report_of(preview) == expected
    if code:
        assert project.read() == before
        assert project.read("fresh") == {}
        assert shown == {path: (project.folder / "preview/site" / path).read_bytes() for path in shown}
    project.write(SITE)
    assert project.run("build", "--output", "output") == (0, [])
    assert project.read().keys() == before.keys() or code == 0


# Series of edits


def take_steps(project: Project, steps: Iterable[Step]) -> None:
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
            assert not changed or preview_of(preview) == {path: fresh[path] for path in fresh if path != MANIFEST}


def preview_of(preview: Preview) -> Files:
    return {path: (preview.output.root / path).read_bytes() for path in preview.explain([]).manifest or ()}


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
    open_project: Callable[[], Project], dice: random.Random
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


@pytest.mark.parametrize("path", sorted((CORPUS / "edits").glob("*.json")), ids=lambda path: path.stem)
def test_edits_that_once_went_wrong(project: Project, path: Path) -> None:
    take_steps(project, json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("files", "line"),
    [
        (edit(NEW, "[talk]", "[no-such-offer]"), "content/makers/1-new.md:10:10: there is no offer 'no-such-offer'."),
        (edit("offers.yaml", "id: talk", "id: lecture"), "content/makers/1-new.md:10:10: there is no offer 'talk'."),
    ],
)
def test_an_offer_that_is_not_there_is_a_report(project: Project, files: Files, line: str) -> None:
    project.write(files)
    code, lines = project.run("build", "--output", "output")
    assert code == 1
    assert lines[0].startswith(line)
