"""A preview that remembers: after any series of saves it shows what a clean build makes, to the byte."""

import errno
import os
import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.build.load import Resources
from generator.build.pipeline import BuildOptions
from generator.content.loader import Calendar
from generator.files.tree import DiskTree
from generator.server.live_site import Preview, PreviewOptions, PreviewResult
from tests.sites import ABLE, ABOUT, QUIZ, SITE, TODAY, Files, rebuild, text_of, tiny_layouts

Write = Callable[..., Path]


class Room:
    """A site in a folder, and the preview of it."""

    def __init__(self, folder: Path, write_site: Write) -> None:
        layouts = tiny_layouts()
        self.folder = folder
        write_site(SITE, folder / "content")
        write_site({path: layouts.read(path) for path in layouts.paths()}, folder / "layouts")
        self.preview = self.open()

    def open(self, resources: Resources = Resources()) -> Preview:  # noqa: B008 - immutable
        content, layouts = ((str(self.folder / name), name) for name in ("content", "layouts"))
        return Preview(PreviewOptions(content, layouts, today=TODAY, resources=resources), self.folder)

    def look(self, *changed: str) -> PreviewResult | None:
        """Has the preview look at paths, or at everything."""
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
        clean = rebuild(content, self.folder / "clean", layouts, BuildOptions(Calendar(TODAY)))
        assert self.read_site() == {path: (self.folder / "clean" / path).read_bytes() for path in clean.manifest}


@pytest.fixture
def room(tmp_path: Path, write_site: Write) -> Room:
    made = Room(tmp_path, write_site)
    result = made.look()
    assert result
    assert not result.failed
    return made


def test_what_other_processes_make_is_shown_as_well(room: Room) -> None:
    """A preview works with as many processes as there are cores, where there is enough to do."""
    room.preview = room.open(Resources(2, 1))
    for path in ("base.html", "components/bullets.html"):
        result = room.look(room.write(f"layouts/{path}", room.read(f"layouts/{path}") + "\n"))
        assert result
        assert not result.failed
        room.assert_clean()
    room.preview.save()
    room.preview = room.open()
    room.look()
    room.assert_clean()


def test_what_failed_half_way_is_not_left_to_the_next_preview(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk, say, and then the edit is taken back."""
    moves = 0

    def replace(source: str, target: str, *, real: Callable[..., None] = os.replace) -> None:
        nonlocal moves
        moves += Path(target).is_relative_to(room.folder / "site")
        if moves > 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), target)
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        result = room.look(room.write("content/site.yaml", text_of("site.yaml").replace("Small Site", "Other Site")))
    assert result
    assert result.failed
    room.write("content/site.yaml", text_of("site.yaml"))
    time.sleep(0.1)  # until the stamps of what was written are trusted
    room.preview.save()
    room.preview = room.open()
    room.look()
    room.assert_clean()


# What may happen between two looks. Each returns the paths that a watcher would report.


def edit_level(room: Room, dice: random.Random) -> list[str]:
    return [room.write(f"content/{ABLE}", text_of(ABLE).replace("You did it", f"You did {dice.randrange(9)}"))]


def edit_quiz(room: Room, dice: random.Random) -> list[str]:
    return [room.write(f"content/{QUIZ}", text_of(QUIZ).replace("Much", f"Very much {dice.randrange(9)}"))]


def edit_settings(room: Room, dice: random.Random) -> list[str]:
    return [room.write("content/site.yaml", text_of("site.yaml").replace("below", f"below {dice.randrange(9)}"))]


def edit_template(room: Room, dice: random.Random) -> list[str]:
    return [room.write("layouts/components/bullets.html", room.read("layouts/components/bullets.html") + "\n")]


def edit_style(room: Room, dice: random.Random) -> list[str]:
    return [room.write("layouts/css/base.css", f"body {{ color: #{dice.randrange(100, 999)} }}")]


def come_or_go(room: Room, dice: random.Random) -> list[str]:
    """An audience comes or goes with all its folder."""
    if (room.folder / "content/users").exists():
        shutil.rmtree(room.folder / "content/users")
    else:
        for path in ("users/audience.md", "users/1-lost.md", "users/2-found.md"):
            room.write(f"content/{path}", SITE[path])
    return ["content/users"]


def rename_page(room: Room, dice: random.Random) -> list[str]:
    old = next((room.folder / "content/pages").iterdir())
    new = old.with_name(f"about-{dice.randrange(9)}.md")
    old.rename(new)
    return [f"content/pages/{old.name}", f"content/pages/{new.name}"]


def fail_and_mend(room: Room, dice: random.Random) -> list[str]:
    """A mistake leaves the last good site as it is."""
    room.look()
    before, text = room.read_site(), room.read("content/home.md")
    result = room.look(room.write("content/home.md", "---\ntitle: [\n---\n"))
    assert result
    assert result.failed
    assert room.read_site() == before
    return [room.write("content/home.md", text)]


def begin_anew(room: Room, dice: random.Random) -> list[str]:
    """The preview ends, and another begins: after it has left what it knows, or has been killed."""
    if dice.random() < 0.5:
        room.preview.save()
    room.preview = room.open()
    return []


EDITS = (edit_level, edit_quiz, edit_settings, edit_template, edit_style, come_or_go, rename_page, fail_and_mend,
         begin_anew)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_after_any_series_of_saves_it_shows_what_a_clean_build_makes(room: Room, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(30):
        changed = [path for edit in dice.choices(EDITS, k=dice.choice((1, 1, 3))) for path in edit(room, dice)]
        room.look(*(changed if dice.random() < 0.7 and room.manifest else []))
        room.assert_clean()


def test_where_nothing_has_changed_nothing_is_built(room: Room) -> None:
    assert room.look() is None
    assert room.look(f"content/{ABOUT}", "content/pages", "elsewhere/x.md") is None


def test_a_look_says_which_files_differed_and_which_pages_read_otherwise(room: Room) -> None:
    room.write(f"content/{ABLE}", text_of(ABLE).replace("You did it", "You did it well"))
    result = room.look(f"content/{ABLE}")
    assert result
    assert result.changed == {f"content/{ABLE}"}
    assert set(result.written) == {
        "makers/able/index.html", "makers/compare/index.html", "compare/2/index.html"
    }  # fmt: skip
    (room.folder / "content" / QUIZ).unlink()
    result = room.look(f"content/{QUIZ}")
    assert result
    assert result.removed == ("makers/quiz/index.html",)


def test_a_save_whose_pages_could_not_all_be_written_is_made_up_for(room: Room) -> None:
    """Something is in the way of one page; the others that were written already are of a text that is gone again."""
    place = room.folder / "site/makers/able/index.html"
    place.unlink()
    place.mkdir()
    room.write(f"content/{ABLE}", text_of(ABLE).replace("You did it", "You did it well"))
    result = room.look(f"content/{ABLE}")
    assert result
    assert result.failed
    place.rmdir()
    room.write(f"content/{ABLE}", SITE[ABLE])
    assert room.look(f"content/{ABLE}")
    room.assert_clean()


def test_another_preview_begins_where_the_last_one_ended(room: Room) -> None:
    room.look(*rename_page(room, random.Random(0)), *edit_level(room, random.Random(0)))
    room.preview.save()
    before = {path: (room.folder / "site" / path).stat().st_ctime_ns for path in room.read_site()}
    room.preview = room.open()
    assert room.look()
    assert before == {path: (room.folder / "site" / path).stat().st_ctime_ns for path in room.read_site()}
