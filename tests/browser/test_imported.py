"""Sites made from strategy documents, in a real browser: as sound as the one that was written by hand."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.sites import build, real_layouts
from tests.strategies import make, read_document
from tests.tools.axe import Inspect

OpenPage = Callable[..., Page]
Serve = Callable[..., str]

# Audiences of different sizes, another script, and signs that would be code.
SHAPES = ("clinics", "japanese", "hostile")


@pytest.fixture(scope="module", params=SHAPES)
def imported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    files = make(read_document(request.param)).texts()
    return build(dict(files), tmp_path_factory.mktemp(request.param) / "site", real_layouts())


def list_addresses(site: Path) -> list[str]:
    """The address of every page but that for dead addresses."""
    return sorted(path.parent.relative_to(site).as_posix() + "/" for path in site.rglob("index.html"))


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "dark")])
def test_every_page_is_accessible_quiet_and_does_not_scroll_sideways(
    new_page: OpenPage, serve_folder: Serve, imported: Path, inspect: Inspect, width: int, scheme: str
) -> None:
    site = serve_folder(imported)
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    found = []
    for address in list_addresses(imported):
        page.goto(site + address)
        found += [f"/{address} {line}" for line in inspect(page)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"/{address} scrolls sideways")
    assert found == []


def test_every_quiz_can_be_taken_to_its_lowest_and_its_highest_level(
    page: Page, serve_folder: Serve, imported: Path
) -> None:
    site = serve_folder(imported)
    quizzes = [address for address in list_addresses(imported) if address.endswith("/quiz/")]
    assert quizzes
    for address in quizzes:
        for choice in ("first", "last"):
            page.goto(site + address)
            page.evaluate("sessionStorage.clear()")
            page.reload()
            while page.locator(".quiz_form__question:visible").count():
                labels = page.locator(".quiz_form__question:visible label")
                (labels.first if choice == "first" else labels.last).evaluate("(label) => label.click()")
                page.locator(".quiz_form button[type=submit]").click()
            result = page.locator(".quiz_result:visible")
            levels = page.locator(".quiz_result").count()
            assert result.get_attribute("data-result") == ("1" if choice == "first" else str(levels)), address
