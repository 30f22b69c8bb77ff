"""How few clicks it takes from any page of the first site to what visitors come for."""

import os
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests.sites import ROOT

Pages = dict[str, BeautifulSoup]


@pytest.fixture(scope="module")
def pages(built_site: Path) -> Pages:
    """The pages by their path, but for the one for addresses that do not exist: its links are those of the host."""
    files = [file for file in sorted(built_site.rglob("*.html")) if file.name != "404.html"]
    return {
        file.relative_to(built_site).as_posix(): BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        for file in files
    }


def list_pages_behind(pages: Pages, path: str) -> set[str]:
    """The pages that the links of a page lead to."""
    links = {str(link["href"]).partition("#")[0] for link in pages[path].select("a[href]")}
    folder = os.path.dirname(path)
    found = {os.path.normpath(os.path.join(folder, link, "index.html")) for link in links if ":" not in link}
    return found & pages.keys()


def list_buttons(page: BeautifulSoup) -> set[str]:
    """Where the buttons of a page lead, those of quiz results left out: they show when the quiz is over."""
    return {str(link["href"]) for link in page.select("a.action") if not link.find_parent(class_="quiz_result")}


def test_every_offer_is_two_clicks_away_from_every_page(pages: Pages) -> None:
    buttons = {path: list_buttons(page) for path, page in pages.items()}
    offers = {href for href in buttons["offers/index.html"] if href.startswith(("mailto:", "https:"))}
    assert len(offers) == len(pages["offers/index.html"].select(".comparison_table--rows tbody tr")) > 1
    for path in pages:
        near = buttons[path].union(*(buttons[other] for other in list_pages_behind(pages, path)))
        assert offers <= near, path


def test_every_page_but_quizzes_and_free_pages_begins_with_something_to_do(pages: Pages) -> None:
    free = {f"{file.stem}/index.html" for file in (ROOT / "content/pages").glob("*.md")}
    for path in pages.keys() - free:
        if "quiz/" not in path:
            first = pages[path].select_one("main h2, main .action")
            assert first and first.name == "a", path


def test_of_a_quiz_the_answers_and_one_click_lead_to_an_offer(pages: Pages) -> None:
    """At most seven times something is done: an answer is chosen and confirmed, and the offer stands in the result."""
    for path, page in pages.items():
        if results := page.select(".quiz_result"):
            assert len(page.select(".quiz_form__question")) + 1 <= 7, path
            assert all(result.select_one(".offer a.action") for result in results), path
