"""The site as a browser finds it on a host: every link leads to a page of it, and to a place on that page."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup

from generator.pages.target import Target
from tests.sites import SITE, build, real_layouts

Serve = Callable[..., str]

MARKS = ("href", "src", "action")


@cache
def fetch(address: str) -> tuple[int, BeautifulSoup]:
    """The status and the page at an address; an empty page where it is a file of another kind."""
    try:
        answer = urlopen(address)  # noqa: S310 - the server of these tests
    except HTTPError as error:
        answer = error
    with answer:
        text = answer.read().decode() if answer.headers.get_content_type() == "text/html" else ""
        return answer.status, BeautifulSoup(text, "html.parser")


def list_links(page: str) -> Iterator[str]:
    """The whole addresses that a page leads to on its own host."""
    host = urljoin(page, "/")
    for mark in MARKS:
        for tag in fetch(page)[1].find_all(attrs={mark: True}):
            address = urljoin(page, str(tag[mark]))
            if address.startswith(host):
                # What is hidden is shown by a script, which knows what to do with its fragment.
                yield urldefrag(address)[0] if tag.find_parent(hidden=True) else address


def find_dead(home: str, page: str) -> list[str]:
    """The links of a page that lead out of the site, to nothing, or to no place on their page."""
    dead = []
    for link in list_links(page):
        address, anchor = urldefrag(link)
        status, found = fetch(address)
        there = address.startswith(home) and (status == 200 or address == page)
        if not there or (anchor and not found.find(id=unquote(anchor))):
            dead.append(link)
    return dead


def walk(home: str) -> set[str]:
    """Every page that can be reached from the first."""
    reached, waiting = set[str](), [home]
    while waiting:
        page = waiting.pop()
        if page not in reached:
            reached.add(page)
            waiting += [address for link in list_links(page) if (address := urldefrag(link)[0]).endswith("/")]
    return reached


def list_pages(home: str, site: Path) -> set[str]:
    return {home + path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("index.html")}


@pytest.mark.parametrize("prefix", ["/", "/repo/"])
def test_every_page_is_reached_and_every_link_leads_somewhere(
    serve_folder: Serve, built_site: Path, prefix: str
) -> None:
    home = serve_folder(built_site, prefix)
    reached = walk(home)
    assert reached == list_pages(home, built_site)
    assert [link for page in sorted(reached) for link in find_dead(home, page)] == []


@pytest.mark.parametrize("address", ["no-such-page", "makers/no/such/page/", "makers/able/index.htm"])
def test_the_page_for_dead_addresses_leads_back_from_any_depth(
    serve_folder: Serve, tmp_path: Path, address: str
) -> None:
    """It is the one page that stands at many addresses, so its links begin with the path of the site's own."""
    target = Target("https://me.github.io/repo/")
    home = serve_folder(build(SITE, tmp_path / "site", real_layouts(), target), "/repo/")
    assert fetch(home + address)[0] == 404
    assert home in set(list_links(home + address))
    assert find_dead(home, home + address) == []
