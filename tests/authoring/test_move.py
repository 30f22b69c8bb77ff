"""`move`, and the addresses that a build keeps: nothing that was published dies, whatever it is called now."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.authoring.published import add_published, set_redirects
from generator.cli.main import main
from generator.cli.no_change import answer_for_build
from generator.formats.yaml_reader import load_yaml
from tests.sites import ABOUT, MAKERS, ROOT, SITE, Files, edit, text_of, without

Write = Callable[..., Path]
Capture = pytest.CaptureFixture[str]
LINKS = """\
---
title: About us
summary: A sentence of fifty characters and a few more, for the [page](/makers/able/) about us.
---

We are [here](/makers/able/), [there](</makers/able/#key-1>), <a href="/makers/able/?from=about">so</a> and
[elsewhere](https://small-site.org/makers/able/), see /makers/able/ and [this].

| a | b |
|---|---|
| [x](/makers/able/) | [y](/makers/) |

[this]: /makers/able/
"""


class Project:
    def __init__(self, folder: Path, write_site: Write) -> None:
        self.folder, self.write_site = folder, write_site

    def write(self, files: Files) -> None:
        self.write_site(files, self.folder / "content")

    def run(self, *arguments: str) -> int:
        return main([*arguments, "--content", "content", "--layouts", str(ROOT / "layouts")])

    def build(self, *options: str) -> int:
        return self.run("build", "--output", "site", *options)

    def read(self, path: str) -> str:
        return (self.folder / "content" / path).read_text()

    def has(self, path: str) -> bool:
        return (self.folder / "content" / path).exists()


@pytest.fixture
def project(tmp_path: Path, write_site: Write, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYRAMID_CACHE", str(tmp_path / "cache"))
    return Project(tmp_path, write_site)


def test_a_build_keeps_what_is_live_and_then_finds_nothing_to_do(project: Project, capsys: Capture) -> None:
    project.write(edit("makers/1-new.md", "offers:", "draft: true\noffers:"))
    assert project.build() == 0
    assert "content/addresses.yaml: 13 new addresses" in capsys.readouterr().out
    published = load_yaml(project.read("addresses.yaml"), "")["published"]
    assert published == sorted(published)
    assert "/makers/able/" in published
    assert "/makers/new/" not in published
    arguments = ["--output", "site", "--content", "content", "--layouts", str(ROOT / "layouts")]
    assert answer_for_build(arguments, project.folder)


@pytest.mark.parametrize("options", [["--drafts"], ["--today", "2030-01-01"]])
def test_what_visitors_do_not_see_is_not_kept(options: list[str], project: Project) -> None:
    project.write(SITE)
    assert project.build(*options) == 0
    assert not project.has("addresses.yaml")


@pytest.mark.parametrize("address", ["", "address: https://small-site.example/"])
def test_a_site_without_an_address_is_not_live(address: str, project: Project) -> None:
    project.write(edit("site.yaml", "address: https://small-site.org", address))
    assert project.build() == 0
    assert not project.has("addresses.yaml")


def test_a_preview_keeps_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NETLIFY", "true")
    monkeypatch.setenv("CONTEXT", "deploy-preview")
    project.write(SITE)
    assert project.build() == 0
    assert not project.has("addresses.yaml")


def test_a_site_goes_live_where_its_content_cannot_be_written(project: Project, capsys: Capture) -> None:
    project.write({**SITE, ".pyramid-changes-staged": "in the way"})
    assert project.build() == 0
    assert "new addresses could not be added" in capsys.readouterr().err


def test_a_renamed_file_is_an_error_and_its_command_mends_it(project: Project, capsys: Capture) -> None:
    project.write(SITE)
    project.build()
    (project.folder / "content/makers/2-able.md").rename(project.folder / "content/makers/2-skilled.md")
    assert project.build() == 1
    error = capsys.readouterr().err
    assert "Run python3 build.py move /makers/able/ /makers/skilled/ if it is there now." in error
    assert project.run("move", "/makers/able/", "/makers/skilled/") == 0
    assert project.build() == 0
    assert "url=../../makers/skilled/" in (project.folder / "site/makers/able/index.html").read_text()


def test_links_follow_wherever_they_stand(project: Project) -> None:
    navigation = "navigation: [{text: Able, to: /makers/able/#key-1}]\n"
    files = {**SITE, ABOUT: LINKS, "site.yaml": text_of("site.yaml") + navigation}
    files["addresses.yaml"] = "# by hand\nredirects:\n  /old/: /makers/able/  # an old one\n"
    files["strategy.yaml"] = "differences:\n  - {where: 'makers/2-able.md: keys 1', reason: So it is.}\n"
    project.write(files)
    project.build()
    assert project.run("move", "content/makers/2-able.md", "/makers/skilled/") == 0
    assert not project.has("makers/2-able.md")
    text = LINKS.replace("(/makers/able/", "(/makers/skilled/").replace("</makers/able/", "</makers/skilled/")
    text = text.replace('"/makers/able/', '"/makers/skilled/').replace("]: /makers/able/", "]: /makers/skilled/")
    assert project.read(ABOUT) == text
    assert "to: /makers/skilled/#key-1" in project.read("site.yaml")
    assert "makers/2-skilled.md: keys 1" in project.read("strategy.yaml")
    kept = project.read("addresses.yaml")
    assert kept.startswith("# by hand\nredirects:\n  /old/: /makers/skilled/  # an old one\n  /makers/able/: /makers/")
    assert project.build() == 0


def test_line_ends_and_the_mark_of_a_file_stay(project: Project) -> None:
    project.write({**SITE, ABOUT: "\ufeff" + text_of(ABOUT).replace("\n", "\r\n")})
    assert project.run("move", "makers", "crafters") == 0
    data = (project.folder / "content" / ABOUT).read_bytes().decode()
    assert data == "\ufeff" + text_of(ABOUT).replace("/makers/", "/crafters/").replace("\n", "\r\n")


def test_an_audience_moves_with_its_pages_and_back_again(project: Project) -> None:
    project.write(SITE)
    project.build()
    assert project.run("move", "/makers/", "/crafters/") == 0
    assert project.build() == 0
    redirects = load_yaml(project.read("addresses.yaml"), "")["redirects"]
    assert redirects["/makers/able/"] == "/crafters/able/"
    assert redirects["/makers/compare/"] == "/crafters/compare/"
    assert project.run("move", "content/crafters", "makers") == 0
    assert project.build() == 0
    redirects = load_yaml(project.read("addresses.yaml"), "")["redirects"]
    assert redirects["/crafters/able/"] == "/makers/able/"
    assert "/makers/" not in redirects, "there is a page again"
    assert project.read(MAKERS) == SITE[MAKERS]


def test_an_audience_that_was_renamed_by_hand_is_followed(project: Project) -> None:
    project.write(without(ABOUT))
    project.build()
    (project.folder / "content/makers").rename(project.folder / "content/crafters")
    assert project.run("move", "/makers/", "/crafters/") == 0
    assert project.build() == 0
    redirects = load_yaml(project.read("addresses.yaml"), "")["redirects"]
    assert redirects["/makers/quiz/"] == "/crafters/quiz/"


def test_an_address_that_is_no_more_may_lead_to_another_site(project: Project) -> None:
    project.write(SITE)
    assert project.run("move", "/old/", "https://archive.small-site.org/") == 0
    assert project.run("move", "/older/*", "/about/") == 0
    redirects = load_yaml(project.read("addresses.yaml"), "")["redirects"]
    assert redirects == {"/old/": "https://archive.small-site.org/", "/older/*": "/about/"}


def test_a_dry_run_shows_the_changes_and_makes_none(project: Project, capsys: Capture) -> None:
    project.write(SITE)
    project.build()
    capsys.readouterr()
    assert project.run("move", "/about/", "/team/", "--dry-run") == 0
    shown = capsys.readouterr().out
    assert "content/pages/about.md: now content/pages/team.md\n" in shown
    assert "+  /about/: /team/\n" in shown
    assert project.has(ABOUT)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("/about/", "/makers/", "address '/makers/' is that of"),
        ("/about/", "/users/", "address '/users/' is that of"),
        ("/makers/able/", "/users/able/", "the audience of makers/2-able.md has to stay makers"),
        ("makers/2-able.md", "makers/3-able.md", "the number of makers/2-able.md has to stay 2"),
        ("/makers/able/", "/about-able/", "/makers/another-name/ is one"),
        ("/makers/", "/users/", "there is a folder users/ already"),
        ("/makers/", "/Makers/", "no name for a folder"),
        ("/makers/compare/", "/makers/all/", "moves with its audience only"),
        ("offers.yaml", "/prices/", "cannot have another name"),
        ("/makers/quiz/", "/makers/test/", "cannot have another name"),
        ("nowhere.md", "/about/", "there is no 'nowhere.md' in content"),
        ("about", "team", "Did you mean '/about/'?"),
        ("/abuot/", "/neither/", "no page at '/abuot/' that can move, and neither a page nor a file at '/neither/'"),
        ("/abuot/", "/neither/", "Did you mean '/about/'?"),
        ("/about/", "/about", "pages/about.md is at '/about' already"),
        ("/media/team.jpg", "/media/people/team.jpg", "Rename the file itself"),
        ("content/media/team.jpg", "content/media/us.jpg", "Rename the file itself"),
        ("/about/", "https://elsewhere.org/", "no address that pages/about.md can have"),
    ],
)
def test_what_cannot_move_stays_and_that_is_said(
    old: str, new: str, reason: str, project: Project, capsys: Capture
) -> None:
    project.write(SITE)
    assert project.run("move", old, new) != 0
    assert reason in capsys.readouterr().err
    assert project.has(ABOUT)
    assert project.has(MAKERS)
    assert not project.has("addresses.yaml")


def test_nothing_moves_while_a_file_cannot_be_read(project: Project, capsys: Capture) -> None:
    project.write(edit(ABOUT, "title:", "titel:"))
    assert project.run("move", "/makers/able/", "/makers/skilled/") == 1
    assert "nothing was moved" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "published:\n- /b/  # mine\n\n# end\n- /d/\n",
            "published:\n- /a/\n- /b/  # mine\n- /c/\n\n# end\n- /d/\n",
        ),
        ("published: [/b/, /d/]\nredirects: {}\n", "published: [/a/, /b/, /c/, /d/]\nredirects: {}\n"),
        ("redirects: {/x/: /b/}  # why\n", "redirects: {/x/: /b/}  # why\n\npublished:\n  - /a/\n  - /c/\n"),
    ],
)
def test_new_addresses_come_to_their_places_and_comments_stay(before: str, after: str) -> None:
    assert add_published(before, ["/c/", "/a/"]) == after


def test_redirects_come_and_go_in_their_lines() -> None:
    text = set_redirects("", {"/a/": "/b/"})
    assert text.endswith("redirects:\n  /a/: /b/\n")
    assert set_redirects(text, {"/a/": "/b/", "/c/": "/d/"}).endswith("redirects:\n  /a/: /b/\n  /c/: /d/\n")
    assert load_yaml(set_redirects(set_redirects(text, {}), {"/c/": "/d/"}), "") == {"redirects": {"/c/": "/d/"}}
