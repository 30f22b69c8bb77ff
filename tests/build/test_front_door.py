"""Every way in gives the same report: a build from nothing, a build after a good one, `check`, and the preview.

No mistake of an editor is a traceback, and the last good site stays as it was.
"""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.cli.main import main
from generator.server.live_site import Preview, PreviewOptions
from tests.content.test_bad_inputs import CASES_BY_NAME, EXPECTED
from tests.sites import ABLE, ABOUT, MAKERS, NEW, QUIZ, ROOT, SITE, TODAY, Files, edit, level, read_folder, text_of

Write = Callable[..., Path]
Capture = pytest.CaptureFixture[str]


class Project:
    """A site in the current folder, and every way into the program."""

    def __init__(self, folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.capsys = capsys
        monkeypatch.chdir(folder)
        monkeypatch.setenv("PYRAMID_CACHE", str(folder / "cache"))

    def write(self, files: Files) -> None:
        """Makes the content folder hold these files and no others."""
        content = self.folder / "content"
        shutil.rmtree(content, ignore_errors=True)
        content.mkdir()
        for path, text in files.items():
            place = content / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode() if isinstance(text, str) else text)

    def run(self, *words: str) -> tuple[int, list[str]]:
        """Exit code, and the lines of the report."""
        code = main([*words, "--content", "content", "--today", str(TODAY)])
        return code, [line for line in self.capsys.readouterr().err.splitlines() if line.startswith("content")]

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
def project(tmp_path: Path, good: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the good project, with what its cache knows of it."""
    shutil.copytree(good, tmp_path / "project")
    return Project(tmp_path / "project", capsys, monkeypatch)


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


# Edits of what other files name


def without_offer(files: Files, dice: random.Random) -> None:
    if "offers.yaml" in files:
        files["offers.yaml"] = text_of("offers.yaml", files).partition("- id: talk")[0] or "[]\n"


def rename_offer(files: Files, dice: random.Random) -> None:
    if "offers.yaml" in files:
        files["offers.yaml"] = text_of("offers.yaml", files).replace("id: course", f"id: course-{dice.randrange(9)}")


def rename_module(files: Files, dice: random.Random) -> None:
    if "curriculum.yaml" in files:
        files["curriculum.yaml"] = text_of("curriculum.yaml", files).replace(
            "number: 2", f"number: {dice.randrange(2, 5)}"
        )


def delete_file(files: Files, dice: random.Random) -> None:
    files.pop(dice.choice(sorted(files)), None)


def bring_back_file(files: Files, dice: random.Random) -> None:
    path = dice.choice(sorted(SITE))
    files[path] = SITE[path]


def delete_audience(files: Files, dice: random.Random) -> None:
    slug = dice.choice(("makers", "users"))
    for path in [path for path in files if path.startswith(f"{slug}/")]:
        del files[path]


def rename_audience(files: Files, dice: random.Random) -> None:
    for path in [path for path in files if path.startswith("makers/")]:
        files[path.replace("makers/", "creators/")] = files.pop(path)


def renumber_level(files: Files, dice: random.Random) -> None:
    if ABLE in files:
        files[f"makers/{dice.choice((1, 2, 3))}-able.md"] = files.pop(ABLE)


def rename_level(files: Files, dice: random.Random) -> None:
    if NEW in files:
        files[f"makers/1-newer-{dice.randrange(3)}.md"] = files.pop(NEW)


def add_level(files: Files, dice: random.Random) -> None:
    files["makers/3-expert.md"] = level("Expert", 5000, None)
    if ABLE in files:
        files[ABLE] = text_of(ABLE, files).replace("metric: {from: 1000}", "metric: {from: 1000, to: 5000}")


def draft_level(files: Files, dice: random.Random) -> None:
    path = dice.choice((NEW, ABLE, MAKERS, ABOUT))
    if path in files:
        files[path] = text_of(path, files).replace("---\n", "---\ndraft: true\n", 1)


def link_to_page(files: Files, dice: random.Random) -> None:
    target = dice.choice(("/makers/able/", "/users/", "/about/", "/offers/", "/curriculum/", "/makers/quiz/"))
    if ABOUT in files:
        files[ABOUT] = text_of(ABOUT, files) + f"\nSee [there]({target}).\n"


def rename_page(files: Files, dice: random.Random) -> None:
    if ABOUT in files:
        files["pages/imprint.md"] = files.pop(ABOUT)


def raise_answer(files: Files, dice: random.Random) -> None:
    if QUIZ in files:
        files[QUIZ] = text_of(QUIZ, files).replace("level: 2", f"level: {dice.choice((1, 2, 3))}")


EDITS = (without_offer, rename_offer, rename_module, delete_file, bring_back_file, bring_back_file, delete_audience,
         rename_audience, renumber_level, rename_level, add_level, draft_level, link_to_page, rename_page,
         raise_answer)  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_any_series_of_edits_across_files_ends_in_a_report_or_in_a_clean_site(project: Project, seed: int) -> None:
    """`check`, a build with all that is known and a build from nothing say the same, and so does the preview."""
    dice, files, preview = random.Random(seed), dict(SITE), project.open_preview()
    preview.rebuild(None)
    for _ in range(25):
        for change in dice.choices(EDITS, k=dice.choice((1, 1, 2))):
            change(files, dice)
        if dice.random() < 0.15:
            files = dict(SITE)
        before = project.read()
        project.write(files)
        shutil.rmtree(project.folder / "fresh", ignore_errors=True)
        shutil.rmtree(project.folder / "fresh-cache", ignore_errors=True)
        code, lines = project.run("check")
        assert project.run("build", "--output", "output") == (code, lines)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("PYRAMID_CACHE", str(project.folder / "fresh-cache"))
            assert project.run("build", "--output", "fresh") == (code, lines)
        result = preview.rebuild(None)
        if result is not None:
            assert result.trace == ""
            assert [str(snippet.diagnostic) for snippet in result.snippets] == lines
        assert without_manifest(project.read()) == without_manifest(before if code else project.read("fresh"))


def without_manifest(files: Files) -> Files:
    """The files of a site that visitors ask for; assets of the build before may still be there."""
    return {path: data for path, data in files.items() if not path.startswith((".pyramid", "assets/"))}


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
