"""A preview that remembers: after any series of saves it shows what a clean build makes, to the byte."""

import errno
import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.load import Resources
from generator.build.pipeline import BuildOptions
from generator.content.loader import Calendar
from generator.files.tree import DiskTree
from generator.pages.target import Target
from generator.server.live_site import Preview, PreviewOptions, PreviewResult
from tests.sites import ABLE, ABOUT, QUIZ, SITE, TODAY, Files, rebuild, text_of, tiny_layouts
from tests.tools.waiting import wait_until_stamps_are_trusted

Write = Callable[..., Path]


class PreviewedSite:
    """A site in a folder, and the preview of it."""

    def __init__(self, folder: Path, write_site: Write) -> None:
        layouts = tiny_layouts()
        self.folder = folder
        self.now = 100.0
        write_site(SITE, folder / "content")
        write_site({path: layouts.read(path) for path in layouts.paths()}, folder / "layouts")
        self.preview = self.open()

    def open(self, resources: Resources = Resources(), settle: float = 0.0) -> Preview:  # noqa: B008 - immutable
        content, layouts = ((str(self.folder / name), name) for name in ("content", "layouts"))
        options = PreviewOptions(content, layouts, today=TODAY, resources=resources, settle=settle)
        return Preview(options, self.folder, lambda: self.now)

    def rebuild(self, *changed: str) -> PreviewResult | None:
        """Has the preview look at paths, or at everything, and build."""
        return self.preview.rebuild([str(self.folder / path) for path in changed] or None)

    @property
    def manifest(self) -> set[str]:
        """The files of the site that is shown."""
        result = self.preview.explain([])
        return set(result.manifest or ())

    def write(self, path: str, text: str | bytes) -> str:
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def read_site(self) -> Files:
        """What is shown. A preview that was killed may leave a file that nobody asks for."""
        return {path: (self.folder / "site" / path).read_bytes() for path in self.manifest}

    def assert_clean(self) -> None:
        shutil.rmtree(self.folder / "clean", ignore_errors=True)
        content, layouts = (DiskTree(self.folder / name, name) for name in ("content", "layouts"))
        clean = rebuild(content, self.folder / "clean", layouts, BuildOptions(Calendar(TODAY), Target(shares=False)))
        assert self.read_site() == {path: (self.folder / "clean" / path).read_bytes() for path in clean.manifest}


@pytest.fixture
def site(tmp_path: Path, write_site: Write) -> PreviewedSite:
    made = PreviewedSite(tmp_path, write_site)
    result = made.rebuild()
    assert result
    assert not result.failed
    return made


def test_pages_that_other_processes_render_are_shown(site: PreviewedSite) -> None:
    """A preview works with as many processes as there are cores, where there is enough to do."""
    site.preview = site.open(Resources(2, 1))
    for path in ("base.html", "components/bullets.html"):
        result = site.rebuild(site.write(f"layouts/{path}", site.read(f"layouts/{path}") + "\n"))
        assert result
        assert not result.failed
        site.assert_clean()
    site.preview.save()
    site.preview = site.open()
    site.rebuild()
    site.assert_clean()


def test_a_build_that_failed_half_way_does_not_mislead_the_next_preview(
    site: PreviewedSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk, say, and then the edit is taken back."""
    moves = 0

    def replace(source: str, target: str, *, real: Callable[..., None] = os.replace) -> None:
        nonlocal moves
        moves += Path(target).is_relative_to(site.folder / "site")
        if moves > 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), target)
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        result = site.rebuild(site.write("content/site.yaml", text_of("site.yaml").replace("Small Site", "Other Site")))
    assert result
    assert result.failed
    site.write("content/site.yaml", text_of("site.yaml"))
    wait_until_stamps_are_trusted(site.folder)
    site.preview.save()
    site.preview = site.open()
    site.rebuild()
    site.assert_clean()


# What may happen between two builds. Each returns the paths that a watcher would report.


def edit_level(site: PreviewedSite, dice: random.Random) -> list[str]:
    return [site.write(f"content/{ABLE}", text_of(ABLE).replace("You did it", f"You did {dice.randrange(9)}"))]


def edit_quiz(site: PreviewedSite, dice: random.Random) -> list[str]:
    return [site.write(f"content/{QUIZ}", text_of(QUIZ).replace("Much", f"Very much {dice.randrange(9)}"))]


def edit_settings(site: PreviewedSite, dice: random.Random) -> list[str]:
    return [site.write("content/site.yaml", text_of("site.yaml").replace("below", f"below {dice.randrange(9)}"))]


def edit_template(site: PreviewedSite, dice: random.Random) -> list[str]:
    return [site.write("layouts/components/bullets.html", site.read("layouts/components/bullets.html") + "\n")]


def edit_style(site: PreviewedSite, dice: random.Random) -> list[str]:
    return [site.write("layouts/css/base.css", f"body {{ color: #{dice.randrange(100, 999)} }}")]


def come_or_go(site: PreviewedSite, dice: random.Random) -> list[str]:
    """An audience comes or goes with all its folder."""
    if (site.folder / "content/users").exists():
        shutil.rmtree(site.folder / "content/users")
    else:
        for path in ("users/audience.md", "users/1-lost.md", "users/2-found.md"):
            site.write(f"content/{path}", SITE[path])
    return ["content/users"]


def rename_page(site: PreviewedSite, dice: random.Random) -> list[str]:
    old = next((site.folder / "content/pages").iterdir())
    new = old.with_name(f"about-{dice.randrange(9)}.md")
    old.rename(new)
    return [f"content/pages/{old.name}", f"content/pages/{new.name}"]


def fail_and_mend(site: PreviewedSite, dice: random.Random) -> list[str]:
    """A mistake leaves the last good site as it is."""
    site.rebuild()
    before, text = site.read_site(), site.read("content/home.md")
    result = site.rebuild(site.write("content/home.md", "---\ntitle: [\n---\n"))
    assert result
    assert result.failed
    assert site.read_site() == before
    return [site.write("content/home.md", text)]


def begin_anew(site: PreviewedSite, dice: random.Random) -> list[str]:
    """The preview ends, and another begins: after it has left what it knows, or has been killed."""
    if dice.random() < 0.5:
        site.preview.save()
    site.preview = site.open()
    return []


EDITS = (edit_level, edit_quiz, edit_settings, edit_template, edit_style, come_or_go, rename_page, fail_and_mend,
         begin_anew)  # fmt: skip


@pytest.mark.chance(3)
def test_after_any_series_of_saves_it_shows_what_a_clean_build_makes(site: PreviewedSite, dice: random.Random) -> None:
    for _ in range(30):
        changed = [path for edit in dice.choices(EDITS, k=dice.choice((1, 1, 3))) for path in edit(site, dice)]
        site.rebuild(*(changed if dice.random() < 0.7 and site.manifest else []))
        site.assert_clean()


def test_where_nothing_has_changed_nothing_is_built(site: PreviewedSite) -> None:
    assert site.rebuild() is None
    assert site.rebuild(f"content/{ABOUT}", "content/pages", "elsewhere/x.md") is None


def test_a_result_says_which_files_and_which_pages_differ(site: PreviewedSite) -> None:
    site.write(f"content/{ABLE}", text_of(ABLE).replace("You did it", "You did it well"))
    result = site.rebuild(f"content/{ABLE}")
    assert result
    assert result.changed == {f"content/{ABLE}"}
    assert set(result.written) == {
        f"{page}/index.{kind}" for page in ("makers/able", "makers/compare", "compare/2") for kind in ("html", "md")
    }
    (site.folder / "content" / QUIZ).unlink()
    result = site.rebuild(f"content/{QUIZ}")
    assert result
    assert result.removed == ("makers/quiz/index.html", "makers/quiz/index.md")


def test_a_save_whose_pages_could_not_all_be_written_is_made_up_for(site: PreviewedSite) -> None:
    """Something is in the way of one page; the others that were written already are of a text that is gone again."""
    place = site.folder / "site/makers/able/index.html"
    place.unlink()
    place.mkdir()
    site.write(f"content/{ABLE}", text_of(ABLE).replace("You did it", "You did it well"))
    result = site.rebuild(f"content/{ABLE}")
    assert result
    assert result.failed
    place.rmdir()
    site.write(f"content/{ABLE}", SITE[ABLE])
    assert site.rebuild(f"content/{ABLE}")
    site.assert_clean()


def test_another_preview_begins_where_the_last_one_ended(site: PreviewedSite) -> None:
    site.rebuild(*rename_page(site, random.Random(0)), *edit_level(site, random.Random(0)))
    site.preview.save()
    before = {path: (site.folder / "site" / path).stat().st_ctime_ns for path in site.read_site()}
    site.preview = site.open()
    assert site.rebuild()
    assert before == {path: (site.folder / "site" / path).stat().st_ctime_ns for path in site.read_site()}


def move_away(place: Path) -> None:
    place.rename(place.with_name(f"{place.name}~"))


def empty(place: Path) -> None:
    place.write_bytes(b"")


@pytest.mark.parametrize("path", [ABLE, ABOUT])
@pytest.mark.parametrize("begin", [move_away, empty])
@pytest.mark.parametrize("reported", [True, False])
def test_a_save_in_several_steps_is_waited_for(
    site: PreviewedSite, path: str, begin: Callable[[Path], None], reported: bool
) -> None:
    """Whether the system reports each step, or a look at everything falls between them."""
    site.preview = site.open(settle=0.3)
    site.rebuild()
    changed = [f"content/{path}"] if reported else []
    begin(site.folder / "content" / path)
    assert site.rebuild(*changed) is None
    site.now += 0.05
    assert site.preview.rebuild(()) is None
    site.write(f"content/{path}", text_of(path).replace("title:", "title: Well,"))
    result = site.rebuild(*changed)
    assert result
    assert not result.failed
    assert result.removed == ()
    assert result.changed == {f"content/{path}"}
    site.assert_clean()


def test_a_file_that_stays_away_is_missed_after_a_while(site: PreviewedSite) -> None:
    site.preview = site.open(settle=0.3)
    site.rebuild()
    (site.folder / "content" / ABOUT).unlink()
    assert site.rebuild(f"content/{ABOUT}") is None
    site.now += 0.31
    result = site.preview.rebuild(())
    assert result
    assert result.removed == ("about/index.html", "about/index.md")
    site.assert_clean()
