"""Which pages a site has, and where: the same values give the same pages, in the same order."""

import pytest

from generator.content.routes import file_of, relative_root
from generator.pages.page import Page
from generator.pages.target import Target
from tests.sites import (
    ABOUT,
    NEW,
    SITE,
    TARGET,
    Files,
    add,
    crowd,
    edit,
    level,
    load,
    plan,
    plan_content,
    text_of,
    without,
)

MAKERS_PAGES = ["makers/index.html", "makers/new/index.html", "makers/able/index.html", "makers/compare/index.html",
                "makers/quiz/index.html"]  # fmt: skip
USERS_PAGES = ["users/index.html", "users/lost/index.html", "users/found/index.html", "users/compare/index.html"]
ACROSS = ["compare/1/index.html", "compare/2/index.html"]


def paths(files: Files = SITE) -> list[str]:
    """All files but the texts that stand beside pages."""
    return [path for path in plan(files) if not path.endswith(".md")]


def test_these_are_the_pages_of_the_small_site() -> None:
    own = ["index.html", "offers/index.html", "curriculum/index.html", "about/index.html", "404.html"]
    files = [path for path in paths() if plan()[path].template.startswith("files/")]
    assert sorted(paths()) == sorted([*own, *files, *ACROSS, *MAKERS_PAGES, *USERS_PAGES])


def test_these_are_the_files_that_every_site_has_for_hosts_and_search_engines() -> None:
    assert {"sitemap.xml", "robots.txt", "_headers", "_redirects"} <= set(paths())


@pytest.mark.parametrize(
    ("files", "gone"),
    [
        (without(ABOUT), ["about/index.html"]),
        (without("makers/quiz.yaml"), ["makers/quiz/index.html"]),
        (edit(NEW, "offers:", "draft: true\noffers:"), ["makers/new/index.html", "compare/1/index.html"]),
        (edit("users/audience.md", "order: 2", "order: 2\ndraft: true"), [*USERS_PAGES, *ACROSS]),
    ],
)
def test_what_is_not_there_or_not_live_has_no_page(files: Files, gone: list[str]) -> None:
    assert sorted(paths(files)) == sorted(path for path in paths() if path not in gone)


def test_a_second_quiz_brings_the_choice_between_them() -> None:
    files = add("users/quiz.yaml", text_of("makers/quiz.yaml"))
    assert set(paths(files)) - set(paths()) == {"users/quiz/index.html", "quiz/index.html"}


def test_an_audience_with_more_levels_is_compared_where_another_has_one_too() -> None:
    files = edit("users/2-found.md", "{from: 500}", "{from: 500, to: 900}")
    files["users/3-great.md"] = level("Great", 900, None)
    assert set(paths(files)) - set(paths()) == {"users/great/index.html"}


def test_more_audiences_than_fit_side_by_side_are_not_compared_nor_named_on_every_page() -> None:
    few, many = plan(crowd(8)), plan(crowd(9))
    assert set(ACROSS) <= set(few)
    assert not set(ACROSS) & set(many)
    counts = [len(pages["offers/index.html"].context["menu"]) for pages in (few, many)]
    assert counts[0] == 8 + 2
    assert counts[1] < 8


def test_drafts_do_not_make_a_site_a_large_one() -> None:
    files = crowd(9)
    files["users/audience.md"] = files["users/audience.md"].replace("order: 2", "order: 2\ndraft: true")
    small = {path: text for path, text in files.items() if not path.startswith("users/")}
    assert plan(files)["index.html"] == plan(small)["index.html"]


def test_modules_of_a_stage_that_have_no_names_are_one_entry() -> None:
    modules = "".join(f"  - {{number: {number}}}\n" for number in range(3, 6))
    curriculum = text_of("curriculum.yaml").replace("modules: [1, 2]", "modules: [1, 2, 3]") + modules
    listed = plan({**SITE, "curriculum.yaml": curriculum})["curriculum/index.html"].context["modules"]
    assert [(module["label"], module["name"], module["stage"]) for module in listed] == [
        ("Module 1", "Beginnings", "Foundation"),
        ("Modules 2–3", None, "Foundation"),
        ("Modules 4–5", None, None),
    ]


@pytest.mark.parametrize("count", [9, 500])
def test_sitemaps_name_each_page_once_and_a_large_site_has_several(count: int) -> None:
    pages = plan(crowd(count))
    shown = {TARGET.base_url + path.removesuffix("index.html") for path in pages if path.endswith("index.html")}
    head = pages["sitemap.xml"].context
    names = [
        address.removeprefix(TARGET.base_url) for address in head.get("sitemaps", [TARGET.base_url + "sitemap.xml"])
    ]
    assert sorted(path for path in pages if path.startswith("sitemap")) == sorted({*names, "sitemap.xml"})
    addresses = [address for name in names for address in pages[name].context["addresses"]]
    assert sorted(addresses) == sorted(shown)
    assert len(names) == len(addresses) // 1000 + 1


def test_a_new_page_of_a_large_site_changes_one_sitemap() -> None:
    files = crowd(500)
    before = plan(files)
    files["people-100/2-soon.md"] = files.pop("people-100/2-found.md")
    after = plan(files)
    assert [path for path in after if path.startswith("sitemap") and before[path] != after[path]] == ["sitemap-1.xml"]


def test_the_same_values_give_the_same_pages() -> None:
    content = load()
    assert list(plan_content(content, TARGET).values()) == list(plan_content(content, TARGET).values())


def find_plain(value: object) -> bool:
    """Whether a value is plain data, all the way down."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and find_plain(each) for key, each in value.items())
    if isinstance(value, list | tuple):
        return all(map(find_plain, value))
    return value is None or type(value) in (str, int, float, bool)


@pytest.mark.parametrize("page", plan().values(), ids=lambda page: page.path)
def test_a_page_shows_plain_data_and_nothing_else(page: Page) -> None:
    assert [name for name, value in page.context.items() if not find_plain(value)] == []


def test_a_preview_is_hidden_from_search_engines_page_by_page() -> None:
    pages = plan(target=Target("https://preview.small-site.org/", preview=True))
    marks = {path: page.context["page"]["noindex"] for path, page in pages.items() if path.endswith(".html")}
    assert set(marks.values()) == {True}
    assert {path for path, page in plan().items() if path.endswith(".html") and page.context["page"]["noindex"]} == {
        "404.html"
    }


@pytest.mark.parametrize(
    ("route", "file", "root"),
    [("", "index.html", "./"), ("makers/", "makers/index.html", "../"), ("a/b/", "a/b/index.html", "../../"),
     ("404.html", "404.html", "./")],
)  # fmt: skip
def test_a_route_has_a_file_and_a_relative_root(route: str, file: str, root: str) -> None:
    assert (file_of(route), relative_root(route)) == (file, root)
