"""Pictures in a real browser: which file it takes, when, and that nothing moves when it comes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import sites
from tests.images import photo
from tests.sites import ABOUT, SITE, Files, text_of
from tests.tools.axe import Inspect

OpenPage = Callable[..., Page]
Serve = Callable[..., str]

FIELD = "picture: {file: /media/team.jpg, alt: Four people, focus: top}\n"
FILES: Files = {
    **SITE,
    "media/team.jpg": photo(2000, 1400),
    "media/low.jpg": photo(1000, 700),
    "media/terms.pdf": b"%PDF-1.7" + bytes(300_000),
    ABOUT: text_of(ABOUT).replace("title:", FIELD + "title:")
    + "\n[The terms](/media/terms.pdf)\n"
    + "\nA paragraph.\n" * 200
    + '\n![Low on the page](/media/low.jpg "Far below")\n\nThe end.\n',
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sites.build(FILES, tmp_path_factory.mktemp("media") / "site", sites.real_layouts())


def shown(page: Page) -> list[str]:
    """The files that the pictures of a page have chosen; empty where one has not been asked for."""
    found: list[str] = page.eval_on_selector_all("picture img", "found => found.map(each => each.currentSrc)")
    return [address.rpartition("/")[2] for address in found]


@pytest.mark.parametrize(
    ("width", "ratio", "chosen"),
    [(360, 1, "team-400."), (390, 3, "team-1280."), (1280, 1, "team-1280."), (1600, 2, "team-1920.")],
)
def test_a_browser_takes_the_width_that_its_screen_needs(
    new_page: OpenPage, serve_folder: Serve, site: Path, width: int, ratio: int, chosen: str
) -> None:
    page = new_page(viewport={"width": width, "height": 900}, device_scale_factor=ratio)
    page.goto(serve_folder(site) + "about/", wait_until="load")
    first = shown(page)[0]
    assert first.startswith(chosen) and first.endswith(".avif")


def test_a_picture_further_down_is_asked_for_when_it_is_needed(
    new_page: OpenPage, serve_folder: Serve, site: Path
) -> None:
    page = new_page(viewport={"width": 1280, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(serve_folder(site) + "about/", wait_until="networkidle")
    assert any(name.startswith("team-") for name in asked)
    assert not any(name.startswith("low-") for name in asked)
    with page.expect_response("**/low-*"):
        page.locator("figure").scroll_into_view_if_needed()
    assert any(name.startswith("low-") for name in asked)


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_when_a_picture_comes(new_page: OpenPage, serve_folder: Serve, site: Path, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    page.route("**/*.avif", lambda route: None)  # the first look is one at a page whose pictures are not there
    address = serve_folder(site) + "about/"
    page.goto(address, wait_until="domcontentloaded")
    places = "[...document.querySelectorAll('h1, p, picture img')].map(each => each.getBoundingClientRect())"
    places += ".map(({top, height}) => [top, height])"
    before = page.evaluate(places)
    page.unroute("**/*.avif")
    page.goto(address, wait_until="load")
    page.locator("figure img").scroll_into_view_if_needed()
    page.evaluate("Promise.all([...document.images].map(image => image.decode()))")
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    assert page.evaluate(places) == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_with_pictures_is_accessible_and_fits(
    new_page: OpenPage, serve_folder: Serve, site: Path, inspect: Inspect, width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page.goto(serve_folder(site) + "about/")
    assert inspect(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator("picture img").first.bounding_box()
    assert box and box["width"] <= width and box["height"] <= 0.7 * 900 + 1
