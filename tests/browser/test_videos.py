"""Videos on pages: nothing is loaded before a click, and then the player is in the place of the picture."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests import sites
from tests.pages.test_blocks import site_with, without_place
from tests.sites import ABOUT

OpenPage = Callable[..., Page]
Serve = Callable[..., str]
PLAYER = "https://player.vimeo.com"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    elsewhere = {**without_place("video"), "url": "https://vimeo.com/76979871"}
    del elsewhere["file"]
    files = site_with(ABOUT, elsewhere, without_place("video"))
    return sites.build(files, tmp_path_factory.mktemp("videos") / "site", sites.real_layouts())


def test_the_player_of_another_site_comes_with_a_click_and_is_allowed(
    new_page: OpenPage, serve_folder: Serve, site: Path, faults: list[str]
) -> None:
    page, asked = new_page(), list[str]()

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(content_type="text/html", body="<!doctype html><title>Player</title><p>Playing</p>")

    page.route(f"{PLAYER}/**", answer)
    page.goto(serve_folder(site) + "about/")
    picture = page.locator(".block_video__play").first
    expect(picture).to_have_accessible_name("Play the video: A weekend on the ridge")
    before = picture.bounding_box()
    assert asked == []
    picture.focus()
    page.keyboard.press("Enter")
    expect(page.frame_locator(".block_video iframe").get_by_text("Playing")).to_be_visible()
    assert asked == [f"{PLAYER}/video/76979871?autoplay=1&dnt=1"]
    frame = page.locator(".block_video iframe")
    after = frame.bounding_box()
    assert before and after
    assert before["width"] == pytest.approx(after["width"], abs=1)
    assert before["height"] == pytest.approx(after["height"], abs=1)
    expect(frame).to_have_attribute("title", "A weekend on the ridge")
    # That one request goes to another site, which is a fault anywhere else.
    [request] = faults
    assert f"request to {PLAYER}" in request
    faults.clear()


def test_a_video_of_ones_own_is_not_loaded_before_it_is_started(
    new_page: OpenPage, serve_folder: Serve, site: Path
) -> None:
    page, asked = new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(serve_folder(site) + "about/")
    expect(page.locator("video")).to_have_count(0)
    assert [url for url in asked if ".mp4" in url] == []
    page.locator(".block_video__play").nth(1).click()
    video = page.locator("video")
    expect(video).to_have_attribute("aria-label", "A weekend on the ridge")
    expect(video).to_be_focused()
    assert [url for url in asked if ".mp4" in url]


def test_without_a_script_the_picture_is_a_link_to_the_video(
    new_page: OpenPage, serve_folder: Serve, site: Path
) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(serve_folder(site) + "about/")
    first, second = page.locator(".block_video__play").all()
    expect(first).to_have_attribute("href", "https://vimeo.com/76979871")
    expect(second).to_have_attribute("href", re.compile(r"\.\./.*intro.*\.mp4"))
