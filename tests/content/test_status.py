"""Drafts and dates: what is live on a day, and how `status` tells."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.cli.main import main
from generator.content.loader import Calendar
from generator.content.model import State
from generator.content.status import read_status
from generator.diagnostics.diagnostic import SiteError
from generator.files.tree import DiskTree, MemoryTree
from generator.i18n.words import load_words
from generator.schema.page import PageFields
from tests import sites

Write = Callable[..., Path]
TODAY = date(2026, 7, 1)
DATES = [
    ("", "live"),
    ("draft: false\n", "live"),
    ("draft: true\n", "draft"),
    ("publish: 2026-06-30\n", "live"),
    ("publish: 2026-07-01\n", "live"),
    ("publish: 2026-07-02\n", "scheduled"),
    ("expire: 2026-06-30\n", "expired"),
    ("expire: 2026-07-01\n", "expired"),
    ("expire: 2026-07-02\n", "live"),
    ("publish: 2026-06-01\nexpire: 2026-07-02\n", "live"),
    ("draft: true\npublish: 2026-06-01\n", "draft"),
    ("draft: true\nexpire: 2026-06-01\n", "draft"),
]


def change(path: str, more: str) -> sites.Files:
    """The small site with further front matter in one file."""
    return sites.add(path, sites.text_of(path).replace("---\n", f"---\n{more}", 1))


def state_of(files: sites.Files, path: str, today: date = TODAY) -> State:
    folder = MemoryTree(files)
    status = read_status(folder, load_words(sites.real_layouts(), folder)[0], today)
    return next(entry.state for group in status.groups for entry in group.entries if entry.path == path)


def pages_of(files: sites.Files, calendar: Calendar) -> set[str]:
    return set(sites.plan_content(sites.load(files, calendar), sites.Target("https://small-site.org/")))


@pytest.mark.parametrize(("more", "state"), DATES)
@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("makers/2-able.md", "makers/able/index.html"),
        ("makers/audience.md", "makers/index.html"),
        ("pages/about.md", "about/index.html"),
    ],
)
def test_a_page_is_on_the_site_exactly_while_it_is_live(path: str, page: str, more: str, state: State) -> None:
    files = change(path, more)
    files["pages/about.md"] = str(files["pages/about.md"]).replace("[here](/makers/)", "here")
    assert state_of(files, path) == state
    assert (page in pages_of(files, Calendar(TODAY))) == (state == "live")
    assert page in pages_of(files, Calendar(TODAY, drafts=True))


def test_the_home_page_cannot_be_a_draft() -> None:
    assert any("unknown field 'draft'" in line for line in sites.report(change("home.md", "draft: true\n")))


def test_a_level_is_not_live_while_its_audience_is_not() -> None:
    assert state_of(change("makers/audience.md", "draft: true\n"), "makers/1-new.md") == "draft"
    assert state_of(change("makers/audience.md", "publish: 2027-01-01\n"), "makers/quiz.yaml") == "scheduled"
    assert state_of(change("makers/audience.md", "expire: 2026-01-01\n"), "makers/1-new.md") == "expired"
    both = change("makers/audience.md", "publish: 2027-01-01\n")
    both["makers/1-new.md"] = change("makers/1-new.md", "draft: true\n")["makers/1-new.md"]
    assert state_of(both, "makers/1-new.md") == "draft"


def test_every_state_follows_from_the_calendar() -> None:
    page = PageFields(title="A", summary="B", publish=date(2026, 7, 1), expire=date(2026, 7, 3))
    states = [
        Calendar(date(2026, 6, 29 + day) if day < 2 else date(2026, 7, day - 1)).find_state(page) for day in range(5)
    ]
    assert states == ["scheduled", "scheduled", "live", "live", "expired"]


SEVERAL = {
    **change("makers/2-able.md", "publish: 2026-08-01\nexpire: 2026-09-01\n"),
    "users/audience.md": change("users/audience.md", "draft: true\n")["users/audience.md"],
    "pages/about.md": change("pages/about.md", "expire: 2026-06-01\n")["pages/about.md"],
    "pages/news.md": change("pages/about.md", "expire: 2026-07-20\n")["pages/about.md"],
    "makers/quiz.yaml": """\
title: Where are you?
questions:
  - id: skill
    text: What can you do?
    options: [{text: Little, level: 1}, {text: Much, level: 2}]
  - id: plan
    draft: true
    text: What do you plan?
    options: [{text: Little, level: 1}, {text: Much, level: 2}]
""",
}


def run(folder: Path, *options: str) -> int:
    layouts = str(sites.ROOT / "layouts")
    return main(["status", "--content", str(folder), "--layouts", layouts, "--today", "2026-07-01", *options])


def test_the_report_lists_every_file_with_counts_for_each_audience(
    write_site: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_site(SEVERAL)
    assert run(folder) == 0
    assert (
        capsys.readouterr().out.replace(str(folder), "content")
        == """\
2026-07-01: 7 live, 3 draft, 1 scheduled, 1 expired

Makers: 3 live, 1 scheduled
  live       content/makers/audience.md
  live       content/makers/1-new.md
  scheduled  content/makers/2-able.md, from 2026-08-01
  live       content/makers/quiz.yaml

Users: 0 live, 3 draft
  draft      content/users/audience.md
  draft      content/users/1-lost.md, with users/audience.md
  draft      content/users/2-found.md, with users/audience.md

Pages: 4 live, 1 expired
  live       content/offers.yaml: course
  live       content/offers.yaml: talk
  live       content/curriculum.yaml
  expired    content/pages/about.md, since 2026-06-01
  live       content/pages/news.md, until 2026-07-20

Questions left out of a quiz:
  draft      content/makers/quiz.yaml: plan

Visitors will ask, and no page says:
  taught_by  content/offers.yaml: course, talk
  starts     content/offers.yaml: course, talk
  length     content/offers.yaml: course, talk
  refunds    content/offers.yaml: course, talk
  name       content/curriculum.yaml: 2

To come:
  2026-07-20  content/pages/news.md ends
  2026-08-01  content/makers/2-able.md goes live
  2026-09-01  content/makers/2-able.md ends
"""
    )


@pytest.mark.parametrize("path", ["makers/2-able.md", "makers/audience.md", "pages/about.md"])
@pytest.mark.parametrize("day", ["2026-08-31", "2026-09-01"])
@pytest.mark.parametrize("more", ["", "draft: true\n"])
def test_what_would_end_before_it_begins_is_a_mistake_with_its_line(path: str, day: str, more: str) -> None:
    files = change(path, f"publish: 2026-09-01\nexpire: {day}\n{more}")
    problems = [problem for problem in sites.problems_of(files) if problem.severity == "error"]
    assert [(problem.code, problem.location) for problem in problems][:1] == [
        ("ends-before-it-begins", f"{MemoryTree(files).name}/{path}:3:1")
    ]


def test_a_file_that_cannot_be_read_is_a_mistake_with_its_line(
    write_site: Write, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_site(change("makers/2-able.md", "publish: soon\n"))
    assert run(folder) == 1
    assert f"{folder}/makers/2-able.md:2:1: 'publish' is 'soon'." in capsys.readouterr().err
    with pytest.raises(SiteError):
        read_status(DiskTree(folder), {}, TODAY)


def test_the_real_site_has_a_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--content", str(sites.ROOT / "content")]) == 0
    assert "Founders: " in capsys.readouterr().out
