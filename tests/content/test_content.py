"""Files become a site: what is loaded from where, in which order, and on which day."""

from datetime import date

import pytest

from generator.content.content_files import find_content_files
from generator.content.loader import Calendar, Loader
from generator.content.model import ContentFile, Site
from generator.files.tree import MemoryTree
from generator.formats.document import Item
from generator.schema.types import Dated
from tests.sites import (
    ABOUT,
    MAKERS,
    NEW,
    QUIZ,
    SITE,
    TODAY,
    add,
    edit,
    level,
    load,
    plan,
    problems_of,
    text_of,
    without,
)

DRAFT, FUTURE, PAST = "draft: true\n", "publish: 2027-01-01\n", "expire: 2026-01-01\n"


def pages_of(site: Site) -> list[ContentFile]:
    """The free pages."""
    return [file for file in site.files.values() if file.kind.name == "page"]


def test_the_small_site_has_no_problem() -> None:
    assert list(problems_of(SITE)) == []


def test_a_site_has_settings_home_offers_curriculum_and_free_pages() -> None:
    site = load().site
    assert (site.settings.name, site.settings.language) == ("Small Site", "en")
    home = site.files["home.md"]
    assert (home.title, home.body) == ("The top of the site", "Welcome to the *small* site.")
    assert [(offer.id, offer.price) for offer in site.offers] == [("course", 1997), ("talk", "free")]
    assert [(stage.name, stage.modules) for stage in site.stages] == [("Foundation", (1, 2))]
    assert [(module.number, module.name) for module in site.modules] == [(1, "Beginnings"), (2, None)]
    assert [(page.route, page.menu) for page in pages_of(site)] == [("about/", "footer")]


def test_an_audience_has_levels_and_may_have_a_quiz() -> None:
    makers, users = load().audiences
    assert (makers.slug, makers.name, makers.body) == ("makers", "Makers", "You are one of the Makers.")
    assert [(level.number, level.slug, level.name) for level in makers.levels] == [
        (1, "new", "New"),
        (2, "able", "Able"),
    ]
    assert makers.quiz is not None
    assert makers.quiz.questions[0].id == "skill"
    assert users.quiz is None


def test_a_level_has_the_fields_of_its_front_matter_and_the_lists_of_its_body() -> None:
    new = load().audiences[0].levels[0]
    assert new.metric is not None
    assert (new.metric.low, new.metric.high) == (0, 1000)
    assert (new.message.focus, new.opening) == ("Focus of New", "Opening of New.")
    assert new.symptoms == (Item("You have the first symptom"), Item("You have the second symptom"))
    assert new.keys == (Item("**Do** the first thing"), Item("**Do** the second thing"))
    assert new.success == (Item("You did it"),)
    assert (new.offers, new.modules) == (("talk",), (1, 2))


def test_offers_curriculum_quiz_and_free_pages_may_be_left_out() -> None:
    files = without("offers.yaml", "curriculum.yaml", QUIZ, ABOUT)
    files = edit(NEW, "offers: [talk]\nmodules: [1, 2]\n", "", files)
    files = edit("makers/2-able.md", "offers: [course, talk]\nmodules: all\n", "", files)
    site = load(files).site
    assert (site.offers, site.curriculum, pages_of(site)) == ((), None, [])


def test_audiences_may_have_different_numbers_of_levels() -> None:
    files = {**SITE, "users/3-end.md": level("End", 900, None)}
    files = edit("users/2-found.md", "{from: 500}", "{from: 500, to: 900}", files)
    assert [len(audience.levels) for audience in load(files).audiences] == [2, 3]


def test_ten_levels_are_in_the_order_of_their_numbers() -> None:
    listing, _ = find_content_files(MemoryTree({f"a/{number}-x{number}.md": "" for number in range(1, 12)}))
    loader = Loader(MemoryTree({}), Calendar(TODAY))
    loader.load_audience("a", listing.audiences["a"], {})
    assert not any("is missing. Number" in str(problem) for problem in loader.problems)


def test_files_are_listed_by_what_they_are_for() -> None:
    listing, problems = find_content_files(
        MemoryTree({**SITE, "notes.txt": "", "pages/x y/z.md": "", "a b/audience.md": ""})
    )
    assert set(listing.site) == {"site.yaml", "home.md", "offers.yaml", "curriculum.yaml", ABOUT}
    assert listing.audiences.keys() == {"makers", "users"}
    assert [problem.path for problem in problems] == [
        "content/a b",
        "content/notes.txt",
        "content/pages/x y",
    ]


def test_a_folder_named_pages_is_no_audience() -> None:
    listing, problems = find_content_files(MemoryTree({"pages/quiz.yaml": "", "pages/1-first.md": ""}))
    assert listing.audiences == {}
    assert listing.site == ("pages/1-first.md",)
    assert len(problems) == 1


# --- Order ---


@pytest.mark.parametrize(
    ("orders", "names"),
    [
        (("order: 2\n", "order: 1\n"), ["users", "makers"]),
        (("", ""), ["makers", "users"]),
        (("", "order: 9\n"), ["users", "makers"]),
        (("order: 1\n", "order: 1\n"), ["makers", "users"]),
        (("order: 0\n", "order: -1\n"), ["users", "makers"]),
    ],
)
def test_audiences_come_by_their_order_and_then_by_folder(orders: tuple[str, str], names: list[str]) -> None:
    files = edit(MAKERS, "order: 1\n", orders[0], edit("users/audience.md", "order: 2\n", orders[1]))
    content = load(files)
    assert [audience.slug for audience in content.audiences] == names
    assert [audience.slug for audience in content.site.audiences] == names


# --- Days ---


@pytest.mark.parametrize(
    ("dated", "state"),
    [
        (Dated(), "live"),
        (Dated(draft=True), "draft"),
        (Dated(publish=date(2026, 7, 1)), "live"),
        (Dated(publish=date(2026, 7, 2)), "scheduled"),
        (Dated(expire=date(2026, 7, 1)), "expired"),
        (Dated(expire=date(2026, 7, 2)), "live"),
        (Dated(publish=date(2026, 1, 1), expire=date(2026, 6, 1)), "expired"),
        (Dated(draft=True, expire=date(2026, 1, 1)), "draft"),
    ],
)
def test_what_is_live_on_a_day(dated: Dated, state: str) -> None:
    assert Calendar(date(2026, 7, 1)).find_state(dated) == state
    assert Calendar(date(2026, 7, 1)).shows(dated) == (state == "live")
    assert Calendar(date(2026, 7, 1), drafts=True).shows(dated)


@pytest.mark.parametrize("field", [DRAFT, FUTURE, PAST])
def test_a_level_that_is_not_live_keeps_its_number_and_has_no_page(field: str) -> None:
    makers = load(edit(NEW, "name: New\n", f"name: New\n{field}")).audiences[0]
    assert [(level.number, level.live) for level in makers.levels] == [(1, False), (2, True)]
    assert [level.number for level in makers.live_levels] == [2]


@pytest.mark.parametrize("field", [DRAFT, FUTURE, PAST])
def test_an_audience_or_free_page_that_is_not_live_is_not_there(field: str) -> None:
    files = edit("users/audience.md", "name: Users\n", f"name: Users\n{field}")
    files = edit(ABOUT, "title: About us\n", f"title: About us\n{field}", files)
    content = load(files)
    assert [audience.slug for audience in content.site.audiences] == ["makers"]
    assert pages_of(content.site) == []
    shown = load(files, Calendar(TODAY, drafts=True))
    assert len(shown.site.audiences) == 2
    assert len(pages_of(shown.site)) == 1


def test_a_loader_knows_whether_the_day_matters() -> None:
    for field, dated in (("", False), (DRAFT, False), (FUTURE, True), (PAST, True)):
        files = edit(NEW, "name: New\n", f"name: New\n{field}")
        loader = Loader(MemoryTree(files), Calendar(TODAY))
        loader.load_audience("makers", [path for path in files if path.startswith("makers/")], {})
        assert loader.dated is dated


def test_an_empty_file_of_words_changes_nothing() -> None:
    assert load(add("words.yaml", "")).site.words == load().site.words


@pytest.mark.parametrize("path", [MAKERS, NEW, QUIZ, ABOUT, "home.md", "curriculum.yaml"])
def test_a_warning_takes_no_page_from_the_site(path: str) -> None:
    title = next(line for line in text_of(path).splitlines() if line.startswith("title: "))
    files = edit(path, title, f"{title} # 1")
    assert [(problem.severity, problem.path) for problem in problems_of(files)] == [("warning", f"content/{path}")]
    assert plan(files).keys() == plan().keys()
