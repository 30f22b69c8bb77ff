"""Header and footer: what an editor puts there, what is there otherwise, and that it works without a script."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from tests import sites
from tests.sites import NEW, SITE, edit, plan, text_of

MENUS = """\
navigation:
  - {text: Makers, to: /makers/}
  - text: The school
    links:
      - {text: About us, to: /about/}
      - {text: Blog, to: "https://blog.small-site.org/"}
header: {action: {text: Join, to: /offers/#course}}
footer:
  - {title: More, links: [{text: Blog, to: "https://blog.small-site.org/"}, {text: About us, to: /about/}]}
"""
WITH_MENUS = {**SITE, "site.yaml": text_of("site.yaml") + MENUS}


def read(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sites.build(WITH_MENUS, tmp_path_factory.mktemp("menus") / "site", sites.real_layouts())


def test_groups_unfold_without_a_script(output: Path) -> None:
    page = read(output / "makers/new/index.html")
    group = page.select_one(".masthead__menu details")
    assert group
    assert group.summary and group.summary.get_text() == "The school"
    links = [(link.get_text(), link["href"]) for link in group.select("a")]
    assert links == [("About us", "../../about/"), ("Blog", "https://blog.small-site.org/")]


def test_narrow_screens_get_the_same_links_in_a_menu_that_unfolds(output: Path) -> None:
    page = read(output / "about/index.html")
    wide = [link["href"] for link in page.select(".masthead__menu a")]
    narrow = [link["href"] for link in page.select("details.drawer a") if not link.find_parent(class_="drawer_levels")]
    assert narrow == ["../offers/#course", *wide]
    assert page.select_one("details.drawer > summary")
    assert {link.get_text() for link in page.select("header [aria-current=true]")} == {"About us"}
    assert page.select_one(".menu_group__current"), "the group of this page is marked as well"


def test_narrow_screens_have_the_levels_of_an_audience_below_it_but_for_its_quiz(tmp_path: Path) -> None:
    output = sites.build(SITE, tmp_path, sites.real_layouts())
    levels = read(output / "makers/able/index.html").select("details.drawer .drawer_levels")[0]
    assert levels["data-levels"] == "2"
    links = [(link.get_text(), link["href"], link.get("aria-current")) for link in levels.select("a")]
    assert links == [("2 Able", "../../makers/able/", "page"), ("1 New", "../../makers/new/", None)]
    assert not read(output / "makers/quiz/index.html").select(".drawer_levels")


def test_the_button_of_the_header_is_the_editors_own_or_leads_to_the_quiz(output: Path) -> None:
    action = read(output / "about/index.html").select_one(".masthead__action")
    assert action and (action.get_text(), action["href"]) == ("Join", "../offers/#course")
    pages = plan()
    assert pages["about/index.html"].context["header_action"]["href"] == "../makers/quiz/"
    for path in ("index.html", "makers/quiz/index.html", "offers/index.html"):
        assert pages[path].context["header_action"] is None, "the page itself begins with it"
    assert plan(sites.without("makers/quiz.yaml"))["about/index.html"].context["header_action"] is None


def test_the_footer_has_groups_and_the_pages_that_ask_for_it(output: Path) -> None:
    footer = read(output / "makers/index.html").select_one("footer")
    assert footer
    assert [title.get_text() for title in footer.select(".footer_groups__title")] == ["More"]
    links = [(link.get_text(), link["href"]) for link in footer.select("a")]
    assert links == [("Blog", "https://blog.small-site.org/"), ("About us", "../about/"), ("About us", "../about/")]


def test_what_is_not_live_leaves_no_link_and_no_empty_group(tmp_path: Path) -> None:
    files = {**WITH_MENUS, sites.ABOUT: text_of(sites.ABOUT).replace("title:", "draft: true\ntitle:")}
    files["site.yaml"] = files["site.yaml"].replace('      - {text: Blog, to: "https://blog.small-site.org/"}\n', "")
    page = read(sites.build(files, tmp_path, sites.real_layouts()) / "makers/index.html")
    assert page.select(".menu_group") == []
    assert [link.get_text() for link in page.select("footer a")] == ["Blog"]
    assert not re.search(r"about/", str(page))


def test_a_site_without_groups_has_no_styles_for_them(tmp_path: Path) -> None:
    page = sites.build(edit(NEW, "name: New", "name: Fresh"), tmp_path, sites.real_layouts()) / "about/index.html"
    assert "footer_groups__title" not in page.read_text()
    assert "menu_group[" not in page.read_text()
