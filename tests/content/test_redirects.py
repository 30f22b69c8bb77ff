"""An address that was published stays answered: by a page, by a redirect, or by the page above it."""

import json
import re
from pathlib import Path

import pytest

from generator.content.redirects import Redirect, open_redirects
from generator.pages.target import Target
from generator.server.static_host import find_response, read_redirects
from tests import sites
from tests.sites import ABLE, ABOUT, SITE, Files, edit, without

BASE = "https://small-site.org/repo/"
OLD = """\
redirects:
  /old/: /about/#team
  /older: /old/
  /oldest.html: /older/
  /shop/: https://shop.small-site.org/
  /way/: /shop/
  /news/*: /makers/
  /news/1/: /makers/able/
published: [/, /about/, /news/2/, /makers/able/, /compare/9/]
"""
ABOUT_TEAM = edit(ABOUT, "We are", "# Team\n\nWe are")


def with_addresses(text: str, files: Files = ABOUT_TEAM) -> Files:
    return {**files, "addresses.yaml": text}


def list_redirects(files: Files) -> dict[str, str]:
    return {source: target for source, target, _ in open_redirects(sites.load(files).site).list_redirects()}


def test_chains_are_joined_and_keep_the_part_of_the_page() -> None:
    assert list_redirects(with_addresses(OLD)) == {
        "/compare/9/": "/",
        "/news/1/": "/makers/able/",
        "/old/": "/about/#team",
        "/older/": "/about/#team",
        "/oldest.html": "/about/#team",
        "/shop/": "https://shop.small-site.org/",
        "/way/": "https://shop.small-site.org/",
        "/news/*": "/makers/",
    }


@pytest.mark.parametrize(
    ("address", "files", "answer"),
    [
        ("/makers/able/", edit(ABLE, "offers:", "draft: true\noffers:"), "/makers/"),
        ("/about/", edit(ABOUT, "title:", "expire: 2026-01-01\ntitle:"), "/"),
        ("/users/lost/", edit("users/audience.md", "order: 2", "order: 2\ndraft: true"), "/"),
        ("/quiz/", SITE, "/makers/quiz/"),
    ],
)
def test_the_page_above_answers_while_another_is_not_live(address: str, files: Files, answer: str) -> None:
    found = open_redirects(sites.load(with_addresses(f"published: [{address}]", files)).site).list_redirects()
    assert found == [Redirect(address, answer, permanent=False)]


def test_a_draft_that_is_shown_needs_no_redirect_and_hides_none() -> None:
    files = with_addresses("redirects: {/makers/able/: /about/}", edit(ABLE, "offers:", "draft: true\noffers:"))
    shown = sites.CALENDAR._replace(drafts=True)
    assert sites.problems_of(files, shown) == []
    assert open_redirects(sites.load(files, shown).site).list_redirects() == []


@pytest.mark.parametrize("host", ["netlify", "cloudflare-pages"])
def test_hosts_that_redirect_read_it_from_their_file(host: str, tmp_path: Path) -> None:
    output = sites.build(with_addresses(OLD), tmp_path / "o", sites.real_layouts(), Target(BASE, host=host))
    text = (output / "_redirects").read_text()
    assert "/old/ /about/#team 301\n" in text
    assert "/compare/9/ / 302\n" in text
    assert text.endswith("/news/* /makers/ 301\n"), "after those for one address"
    assert not (output / "old").exists()
    files = {path.relative_to(output).as_posix() for path in output.rglob("*")}
    answers = {"/older": "/about/#team", "/news/7/x.html": "/makers/", "/news/1/": "/makers/able/"}
    rules = read_redirects(text)
    assert {address: find_response(address, files, rules).location for address in answers} == answers


def test_vercel_prefers_pages_to_redirects_of_all_below(tmp_path: Path) -> None:
    output = sites.build(with_addresses(OLD), tmp_path / "o", sites.real_layouts(), Target(BASE, host="vercel"))
    routes = json.loads((output / "vercel-config.json").read_text())["routes"]
    places = {route["src"]: index for index, route in enumerate(routes) if "src" in route}
    assert places["^/old/?$"] < routes.index({"handle": "filesystem"}) < places["^/news/.*$"]


@pytest.mark.parametrize("target", [Target(BASE), Target(BASE, host="github-pages"), Target(BASE, preview=True)])
def test_elsewhere_a_page_leads_on_below_any_path(target: Target, tmp_path: Path) -> None:
    output = sites.build(with_addresses(OLD), tmp_path / "o", sites.real_layouts(), target)
    for file, href in {
        "old/index.html": "../about/#team",
        "oldest.html": "./about/#team",
        "shop/index.html": "https://shop.small-site.org/",
        "news/index.html": "../makers/",
        "news/2/index.html": "../../makers/",
        "news/1/index.html": "../../makers/able/",
    }.items():
        page = (output / file).read_text()
        assert f'content="0; url={href}"' in page
        assert f'<a href="{href}">' in page
        canonical = re.search(r'rel="canonical" href="([^"]*)"', page)
        if href.startswith("."):
            assert canonical
            assert canonical[1] == BASE + re.sub(r"^(\.+/)+", "", href)
    later = (output / "compare/9/index.html").read_text()
    assert 'content="1; url=../../"' in later, "search engines take it for one that will not last"
    assert "canonical" not in later
    assert "old" not in (output / "sitemap.xml").read_text()


def test_a_page_that_leads_on_speaks_the_language_of_the_site(tmp_path: Path) -> None:
    files = with_addresses(OLD, edit("site.yaml", "tagline:", "language: de\ntagline:", ABOUT_TEAM))
    page = sites.build(files, tmp_path / "o", sites.real_layouts(), Target(BASE)) / "old/index.html"
    assert '<html lang="de"' in page.read_text()
    assert "Diese Adresse führt zu einer anderen Seite" in page.read_text()


def test_published_addresses_change_no_other_page(tmp_path: Path) -> None:
    """A build adds them itself, so nothing may be made again for that."""
    plain = sites.build(without(), tmp_path / "plain", sites.real_layouts())
    files = with_addresses("published: [/, /about/]", SITE)
    assert sites.read_folder(plain) == sites.read_folder(sites.build(files, tmp_path / "more", sites.real_layouts()))
