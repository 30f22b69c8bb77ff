"""The gallery of blocks in a real browser: accessible, and whole at any width, in any mode, and on paper."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.server.block_gallery import render_block_gallery
from tests import sites
from tests.tools.axe import Inspect

OpenPage = Callable[..., Page]
Serve = Callable[..., str]


@pytest.fixture(scope="session")
def gallery(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gallery beside the assets of the real site, as the preview serves it."""
    folder = tmp_path_factory.mktemp("gallery")
    shutil.copytree(built_site / "assets", folder / "assets")
    (folder / "_blocks").mkdir()
    html = render_block_gallery(sites.real_content(), sites.real_layouts(), sites.CALENDAR)
    (folder / "_blocks/index.html").write_text(html, encoding="utf-8")
    return folder


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_gallery_is_accessible_and_does_not_scroll_sideways(
    new_page: OpenPage, serve_folder: Serve, gallery: Path, inspect: Inspect, tmp_path: Path, width: int, scheme: str
) -> None:
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page.goto(serve_folder(gallery) + "_blocks/")
    assert inspect(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    picture = page.screenshot(path=tmp_path / f"blocks-{width}-{scheme}.png", full_page=True)
    assert picture.startswith(b"\x89PNG")


# The texts of pictures that are smaller than 11 pixels, or larger than 22.
FIND_ODD_SIZES = """() => [...document.querySelectorAll(".drawing svg text")].map((text) => {
    const svg = text.closest("svg"), { width } = svg.getBoundingClientRect();
    const scale = width / (svg.viewBox.baseVal.width || width || 1);
    return [text.textContent, scale * parseFloat(getComputedStyle(text).fontSize)];
}).filter(([text, size]) => (size && size < 11) || size > 22)"""


@pytest.mark.parametrize("width", [320, 390, 415, 416, 639, 640, 768, 1280, 1920])
def test_texts_in_pictures_are_of_a_size_to_read_at_any_width(
    new_page: OpenPage, serve_folder: Serve, gallery: Path, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    page.goto(serve_folder(gallery) + "_blocks/")
    assert page.locator(".drawing svg text").count() > 5
    assert page.evaluate(FIND_ODD_SIZES) == []


@pytest.mark.parametrize("width", [320, 768, 1280, 1920])
def test_steps_lead_up_where_there_is_room_and_follow_each_other_where_there_is_none(
    new_page: OpenPage, serve_folder: Serve, gallery: Path, width: int
) -> None:
    page = new_page(viewport={"width": width, "height": 900})
    page.goto(serve_folder(gallery) + "_blocks/")
    steps = "[...document.querySelectorAll('.block_steps > li')]"
    tops = page.evaluate(f"{steps}.map((step) => step.getBoundingClientRect().top)")
    assert tops == sorted(tops, reverse=width >= 1280)


def test_questions_are_unfolded_by_the_keyboard(new_page: OpenPage, serve_folder: Serve, gallery: Path) -> None:
    page = new_page()
    page.goto(serve_folder(gallery) + "_blocks/")
    page.focus(".block_faq summary")
    page.keyboard.press("Enter")
    assert page.locator(".block_faq details").first.get_attribute("open") is not None
