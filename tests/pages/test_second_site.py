"""Other content is another site: three audiences of 3, 4 and 5 levels, in German and euros; and one in Arabic."""

from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from generator.audit.checks import audit_site
from generator.build.pipeline import BuildOptions, BuildReport
from generator.content.loader import Calendar
from generator.files.tree import DiskTree, Tree
from tests.languages import find_english
from tests.sites import CALENDAR, CASES, real_layouts, rebuild


def build(content: Tree, output: Path, calendar: Calendar = CALENDAR) -> BuildReport:
    return rebuild(content, output, real_layouts(), BuildOptions(calendar))


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("german") / "site"
    diagnostics = build(DiskTree(CASES / "second_site", "content"), output).diagnostics
    assert "untranslated-words" not in {problem.code for problem in diagnostics}
    return output


def read(site: Path, path: str) -> str:
    soup = BeautifulSoup((site / path).read_bytes(), "html.parser")
    return " ".join(soup.get_text(" ").split())


def test_every_audience_has_its_own_number_of_landing_pages(german: Path) -> None:
    counts = {
        slug: len(
            [path for path in (german / slug).glob("*/index.html") if path.parent.name not in ("compare", "quiz")]
        )
        for slug in ("haeuser", "pensionen", "zeltplaetze")
    }
    assert counts == {"haeuser": 3, "pensionen": 4, "zeltplaetze": 5}


def test_levels_are_compared_across_the_audiences_that_have_them(german: Path) -> None:
    columns = {
        number: len(BeautifulSoup((german / f"compare/{number}/index.html").read_bytes(), "html.parser")
                    .select("thead th[scope=col]")) - 1
        for number in (1, 2, 3, 4)
    }  # fmt: skip
    assert columns == {1: 3, 2: 3, 3: 3, 4: 2}
    assert not (german / "compare/5").exists()


def test_money_and_ranges_follow_the_language(german: Path) -> None:
    text = read(german, "pensionen/compare/index.html")
    assert "25.000–100.000 € im Jahr" in text.replace("\xa0", " ")
    assert "Ab 2,4 Mio. € im Jahr" in text.replace("\xa0", " ")
    assert "1.290 €" in read(german, "offers/index.html").replace("\xa0", " ")
    assert "10–60 Betten" in read(german, "haeuser/index.html")
    assert "25–50 %" in read(german, "zeltplaetze/index.html").replace("\xa0", " ")


def test_a_site_may_say_things_in_its_own_way(german: Path) -> None:
    text = read(german, "curriculum/index.html")
    assert "Heft 1" in text
    assert "Modul" not in text


def test_no_english_is_left_on_any_page(german: Path) -> None:
    assert find_english(german, "de") == []


def test_the_german_site_passes_the_audit_below_a_path_too(german: Path) -> None:
    found = audit_site(german).problems
    below = audit_site(german, base_url="https://example.org/repo/").problems
    found += [problem for problem in below if problem.path != "404.html"]
    assert [str(problem) for problem in found] == []


def test_long_words_do_not_make_a_phone_scroll_sideways(
    new_page: Callable[..., Page], serve_folder: Callable[..., str], german: Path
) -> None:
    site = serve_folder(german)
    page = new_page(viewport={"width": 320, "height": 800})
    for path in sorted(german.rglob("index.html")):
        address = path.relative_to(german).as_posix().removesuffix("index.html")
        page.goto(site + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_a_right_to_left_site_runs_from_right_to_left(
    new_page: Callable[..., Page], serve_folder: Callable[..., str], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    build(DiskTree(CASES / "arabic_site", "content"), site)
    assert [str(problem) for problem in audit_site(site).problems] == []
    page = new_page(viewport={"width": 390, "height": 800})
    address = serve_folder(site)
    for path in ("", "people/", "people/one/", "people/compare/"):
        page.goto(address + path)
        assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    thousand = "\u0623\u0644\u0641"
    assert thousand in read(site, "people/one/index.html")
