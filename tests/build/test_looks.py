"""A look of one's own: layouts with only the files that differ from those of the program, which they lie over."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli.main import main
from generator.cli.no_change import find_state
from generator.cli.options import ROOT
from generator.files.layouts import PROGRAM_LAYOUTS, Layouts
from generator.server.live_site import Preview, PreviewOptions
from tests.sites import SITE, Files, read_folder
from tests.tools.waiting import wait_until_stamps_are_trusted

Write = Callable[..., Path]
FOOTER = "partials/footer.html"
LOOK: Files = {
    FOOTER: "<footer>Ours</footer>\n",
    "css/base.css": "body { color: #123456 }\n",
    "css/extra.css": "p { margin: 7px }\n",
}


class Project:
    """A content folder and a look beside it."""

    def __init__(self, root: Path, write: Write) -> None:
        self.root, self._write = root, write
        self.write("content", SITE)
        self.write("look", LOOK)

    def write(self, folder: str, files: Files) -> None:
        self._write(files, self.root / folder)

    def arguments(self, look: str = "look", output: str = "site") -> list[str]:
        return ["--content", "content", "--layouts", look, "--output", output, "--today", "2026-07-01"]

    def build(self, look: str = "look", output: str = "site") -> int:
        return main(self.arguments(look, output))

    def copy_layouts(self, name: str, changes: Files) -> str:
        """Whole layouts: those of the program, and what is changed in them."""
        shutil.copytree(PROGRAM_LAYOUTS, self.root / name)
        self.write(name, changes)
        return name


@pytest.fixture
def project(tmp_path: Path, write_site: Write, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYRAMID_CACHE", str(tmp_path / "cache"))
    return Project(tmp_path, write_site)


def test_a_look_makes_the_site_that_a_whole_copy_with_its_files_makes(project: Project) -> None:
    assert project.build() == 0
    assert project.build(project.copy_layouts("whole", LOOK), "other") == 0
    assert read_folder(project.root / "site") == read_folder(project.root / "other")
    home = (project.root / "site/index.html").read_text(encoding="utf-8")
    assert "<footer>Ours</footer>" in home
    assert "color:#123456" in home
    assert "margin:7px" in home


def test_after_an_edit_of_a_look_the_site_is_that_of_a_clean_build(project: Project) -> None:
    assert project.build() == 0
    wait_until_stamps_are_trusted(project.root)
    assert project.build() == 0
    assert find_state(project.arguments(), ROOT)
    project.write("look", {FOOTER: "<footer>Changed</footer>\n"})
    (project.root / "look/css/extra.css").unlink()
    assert find_state(project.arguments(), ROOT) is None
    assert project.build() == 0
    assert "<footer>Changed</footer>" in (project.root / "site/index.html").read_text(encoding="utf-8")
    assert project.build(output="clean") == 0
    edited, clean = read_folder(project.root / "site"), read_folder(project.root / "clean")
    assert {path: text for path, text in edited.items() if path.endswith(".html")} == {
        path: text for path, text in clean.items() if path.endswith(".html")
    }


def test_whole_layouts_stand_alone(project: Project) -> None:
    whole = project.copy_layouts("whole", {})
    (project.root / whole / FOOTER).unlink()
    assert project.build(whole) == 1


def test_a_mistake_is_reported_where_it_stands(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("look", {FOOTER: "<footer>{% if %}</footer>\n"})
    assert project.build() == 1
    said = capsys.readouterr().err
    assert f"look/{FOOTER}:1: Expected an expression" in said
    project.write("look", {FOOTER: "{{ words.nothing_of_the_kind }}\n"})
    assert project.build() == 1
    assert f"look/{FOOTER}:1: " in capsys.readouterr().err


def test_a_file_that_replaces_nothing_is_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("look", {"page/level.html": "x", "README.md": "How we look."})
    assert main(["check", *project.arguments()[:4]]) == 0
    said = capsys.readouterr().err
    assert (
        "look/page/level.html: warning: this file replaces none of the program's layouts. "
        "Did you mean 'pages/level.html'?\n"
    ) in said
    assert "README" not in said


@pytest.mark.parametrize("command", [["build"], ["check"]])
def test_a_folder_without_layouts_is_told_in_one_line(
    command: list[str], project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("other", {f"notes/{number}.txt": "x" for number in range(99)} | {"README.md": "Ours."})
    options = ["--content", "content", "--layouts", "other", *(["--output", "site"] if command == ["build"] else [])]
    assert main([*command, *options]) == 1
    said = capsys.readouterr().err
    expected = "other: no file in it replaces one of the program's layouts. Name the folder that has your own.\n"
    assert [line for line in said.splitlines() if "other" in line] == [expected.strip()]
    assert not (project.root / "site/index.html").exists()


def test_the_preview_follows_a_look(project: Project) -> None:
    folders = ((str(project.root / name), name) for name in ("content", "look"))
    preview = Preview(PreviewOptions(*folders), project.root / "preview")

    def rebuild() -> str:
        result = preview.rebuild([str(place)])
        assert result
        assert not result.failed, result.snippets
        return (project.root / "preview/site/index.html").read_text(encoding="utf-8")

    place = project.root / "look" / FOOTER
    assert preview.roots["look"] == str(project.root / "look")
    assert str(PROGRAM_LAYOUTS) in preview.roots.values()
    assert "<footer>Ours</footer>" in rebuild()
    place.write_text("<footer>Changed</footer>", encoding="utf-8")
    assert "<footer>Changed</footer>" in rebuild()
    place.unlink()
    assert '<footer class="footer' in rebuild()


def test_a_look_as_a_tree_is_the_programs_layouts_with_its_files(write_site: Write) -> None:
    look, files = Layouts(str(write_site(LOOK)), "look"), {**read_folder(PROGRAM_LAYOUTS), **LOOK}
    paths = look.paths()
    assert set(files) >= set(paths) >= set(LOOK)
    assert look.tops() == sorted({path.rpartition("/")[0].partition("/")[0] for path in paths})
    assert sorted(path for top in look.tops() for path in look.below(top)) == list(paths)
    for path in paths:
        text = files[path]
        assert look.read(path) == (text if isinstance(text, bytes) else text.encode())
        assert look.size(path) == len(look.read(path))
    assert (look.name_of(FOOTER), look.name_of("nowhere")) == (f"look/{FOOTER}", "look/nowhere")
    assert look.name_of("base.html").endswith("layouts/base.html")
    assert look.digest(FOOTER) != Layouts(str(PROGRAM_LAYOUTS), "layouts").digest(FOOTER)
    assert Layouts(str(PROGRAM_LAYOUTS), "layouts").split_own()[1] == []
