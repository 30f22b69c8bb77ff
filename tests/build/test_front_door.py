"""Every way in gives the same report: a build from nothing, a build after a good one, `check`, and the preview.

No mistake of an editor is a traceback, and the last good site stays as it was.
"""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from generator.cli.main import main
from generator.server.live_site import Preview, PreviewOptions
from tests.content.test_bad_inputs import CASES_BY_NAME, EXPECTED
from tests.sites import HEADLINE, NEW, SITE, TODAY, Files, edit, read_folder, real_layouts, tiny_layouts

Write = Callable[..., Path]
Capture = pytest.CaptureFixture[str]

# Templates of a few lines, with the words of the real ones, and with what links of the inputs lead to.
WORDS = {path: real_layouts().read(path) for path in real_layouts().paths() if path.startswith("words")}
LAYOUTS = tiny_layouts({**WORDS, "pages/level.html": f'{HEADLINE}<p id="self-check"></p>\n'})
PLACES = ("--content", "content", "--layouts", "layouts", "--today", str(TODAY))


class Project:
    """A site in the current folder, and every way into the program."""

    def __init__(self, folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.capsys = capsys
        self.is_good = False
        monkeypatch.chdir(folder)
        monkeypatch.setenv("PYRAMID_CACHE", str(folder / "cache"))

    def write(self, files: Mapping[str, str | bytes], name: str = "content") -> None:
        """Makes a folder hold these files and no others."""
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for path, text in files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode() if isinstance(text, str) else text)

    def run(self, *words: str) -> tuple[int, list[str]]:
        """Exit code, and the lines of the report."""
        code = main([*words, *PLACES])
        return code, [line for line in self.capsys.readouterr().err.splitlines() if line.startswith("content")]

    def build_from_nothing(self) -> tuple[int, list[str]]:
        """Builds into `fresh`, as if nothing had ever been built."""
        for name in ("fresh", "fresh-cache"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYRAMID_CACHE", str(self.folder / "fresh-cache"))
            return self.run("build", "--output", "fresh")

    def open_preview(self) -> Preview:
        content, layouts = (str(self.folder / "content"), "content"), (str(self.folder / "layouts"), "layouts")
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
        project.write(LAYOUTS.files, "layouts")
        assert main(["build", "--output", "output", *PLACES]) == 0
        preview = project.open_preview()
        preview.rebuild(None)
        preview.save()
    yield folder


@pytest.fixture(scope="module")
def left() -> list[Path]:
    """The project that the last test has left, if that was as good in the end as in the beginning."""
    return []


@pytest.fixture
def project(
    good: Path,
    left: list[Path],
    tmp_path_factory: pytest.TempPathFactory,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Project]:
    """A good project: a copy of the first one, or what the last test has left."""
    folder = left.pop() if left else tmp_path_factory.mktemp("project") / "project"
    if not folder.exists():
        shutil.copytree(good, folder)
    project = Project(folder, capsys, monkeypatch)
    yield project
    if project.is_good:
        left.append(folder)


@pytest.mark.thorough
@pytest.mark.parametrize("name", CASES_BY_NAME)
def test_every_way_in_gives_the_same_report(project: Project, name: str) -> None:
    expected = EXPECTED[name]
    code = int(any(": warning: " not in line for line in expected))
    before, preview = project.read(), project.open_preview()
    preview.rebuild(None)
    shown = {path: (project.folder / "preview/site" / path).read_bytes() for path in preview.explain([]).manifest or ()}
    project.write(CASES_BY_NAME[name])
    assert project.run("check") == (code, expected)
    assert project.build_from_nothing() == (code, expected)
    assert project.run("build", "--output", "output") == (code, expected)
    assert report_of(preview) == expected
    if code:
        assert project.read() == before
        assert project.read("fresh") == {}
        assert shown == {path: (project.folder / "preview/site" / path).read_bytes() for path in shown}
    project.write(SITE)
    assert project.run("build", "--output", "output") == (0, [])
    assert project.read().keys() == before.keys() or code == 0
    project.is_good = True


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
