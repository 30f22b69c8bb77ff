"""A site of photographs with every kind of block: a page loads the pictures that it shows, in the sizes it needs."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.files.tree import DiskTree
from tests import sites
from tests.pages.test_weight import FIRST_FLIGHT
from tests.photographs import load_page, write_photo_site

ROUTES = ["", "about/", "gallery/", "makers/", "makers/new/", "text/"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("photographs")
    write_photo_site(folder / "content", 9, (1300, 800))
    return sites.build(DiskTree(folder / "content", "content"), folder / "output", sites.real_layouts())


@pytest.mark.parametrize("route", ROUTES)
def test_a_page_loads_what_it_shows_and_nothing_larger(
    new_page: Callable[..., Page], serve_folder: Callable[..., str], site: Path, route: str
) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2)
    load = load_page(page, serve_folder(site) + route)
    assert load.all
    assert (load.idle, load.oversized) == ([], [])


@pytest.mark.thorough
def test_with_blocks_of_every_kind_pages_come_with_the_first_flight(site: Path) -> None:
    sizes = {str(page.relative_to(site)): len(gzip.compress(page.read_bytes(), 9)) for page in site.rglob("*.html")}
    assert {page: size for page, size in sizes.items() if size > FIRST_FLIGHT} == {}
