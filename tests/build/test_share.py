"""Pictures beside shared links through builds: each page has its own, it is drawn once, and follows its page."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from generator.build.cache import Cache
from generator.build.load import Resources
from generator.build.pipeline import BuildOptions, BuildReport
from generator.build.uptodate import read_state
from generator.content.loader import Calendar
from generator.content.routes import MANY_AUDIENCES
from generator.pages.target import Target
from generator.rendering.share_pictures import ShareArtist
from generator.server.live_site import Preview, PreviewOptions
from tests import sites
from tests.images import photo
from tests.sites import ABOUT, NEW, SITE, TODAY, Files, edit, text_of

BASE = "https://small-site.org/"


class Site:
    """A site that is built again and again into the same folder."""

    def __init__(self, place: Path) -> None:
        self.output, self.cache = place / "output", place / "cache"

    def build(self, files: Files, base: str | None = BASE, jobs: int = 2) -> BuildReport:
        cache = Cache(self.cache, "program", read_state(self.cache))
        options = BuildOptions(Calendar(TODAY), Target(base), resources=Resources(jobs))
        report = sites.rebuild(files, self.output, sites.real_layouts(), options, cache)
        cache.save({"output": str(self.output), "outputs": report.outputs})
        return report

    def tags(self, path: str) -> dict[str, str]:
        page = BeautifulSoup((self.output / path).read_text(), "html.parser")
        return {
            str(tag.get("property") or tag.get("name")): str(tag["content"])
            for tag in page.find_all("meta", attrs={"property": True})
        }

    def images(self) -> dict[str, str]:
        """The picture of each page."""
        pages = {page.relative_to(self.output).as_posix() for page in self.output.rglob("*.html")} - {"404.html"}
        return {page: self.tags(page)["og:image"] for page in pages}

    def follow(self, address: str) -> bytes:
        return (self.output / address.removeprefix(BASE)).read_bytes()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The headlines of the pictures that are drawn."""
    found: list[str] = []
    plain = ShareArtist.draw

    def draw(artist: ShareArtist, picture, logo=None) -> bytes:  # type: ignore[no-untyped-def]
        found.append(picture.headline)
        return plain(artist, picture, logo)

    monkeypatch.setattr(ShareArtist, "draw", draw)
    return found


def test_every_page_has_a_picture_of_its_own_that_is_there_and_says_what_it_shows(site: Site) -> None:
    site.build(SITE)
    images = site.images()
    assert len({*images.values()}) == len(images) > 10
    for address in images.values():
        with Image.open(BytesIO(site.follow(address))) as image:
            assert image.size == (1200, 630) and image.format == "PNG"
    tags = site.tags("makers/new/index.html")
    assert tags["og:image:alt"] == "Makers · Level 1 of 2, You are new."
    assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
    assert "twitter:card" in (site.output / "index.html").read_text()
    assert "og:image" not in site.tags("404.html")


def test_nothing_is_drawn_twice_and_what_changes_is_drawn_anew(site: Site, drawn: list[str]) -> None:
    site.build(SITE)
    before, count = site.images(), len(drawn)
    assert count == len({*before.values()})
    site.build({**SITE, ABOUT: text_of(ABOUT) + "\nA word more.\n"})
    assert len(drawn) == count and site.images() == before
    site.build(edit(NEW, "You are new.", "You are here."))
    assert drawn[count:] == ["You are here."]
    assert {page for page, address in site.images().items() if address != before[page]} == {"makers/new/index.html"}


def test_the_cache_and_the_number_of_threads_decide_nothing(site: Site, tmp_path: Path) -> None:
    site.build(SITE)
    again = Site(tmp_path / "again")
    again.build(SITE, jobs=1)
    assert sites.read_folder(again.output) == sites.read_folder(site.output)


def test_what_was_deleted_comes_back_without_being_drawn(site: Site, drawn: list[str]) -> None:
    site.build(SITE)
    address = site.images()["index.html"].removeprefix(BASE)
    (site.output / address).unlink()
    drawn.clear()
    assert address in site.build(SITE).rendered and drawn == []


def test_a_picture_of_the_editor_takes_its_place(site: Site) -> None:
    files = {**edit(ABOUT, "title:", "seo: {image: /media/team.jpg}\ntitle:"), "media/team.jpg": photo(900, 600)}
    site.build(files)
    tags = site.tags("about/index.html")
    assert re.search(r"assets/media/team-900\.\w+\.jpg$", tags["og:image"]) and site.follow(tags["og:image"])
    assert (tags["og:image:width"], tags["og:image:height"]) == ("900", "600")
    assert tags["og:image:alt"] == "About us"


def test_the_brand_is_in_the_picture(site: Site) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3"><path fill="#0a5c4a" d="M0 0h9v3H0z"/></svg>'
    brand = 'brand: {colors: {low: "#123a63", high: "#8a2f6b"}, logo: /media/logo.svg}\n'
    files = {**SITE, "site.yaml": text_of("site.yaml") + brand, "media/logo.svg": svg}
    site.build(files)
    before = site.images()
    with Image.open(BytesIO(site.follow(before["makers/new/index.html"]))) as image:
        assert image.convert("RGB").getpixel((20, 600)) == (0x12, 0x3A, 0x63)
        assert image.convert("RGB").getpixel((90, 58)) == (0x0A, 0x5C, 0x4A)
    site.build({**files, "media/logo.svg": svg.replace("0a5c4a", "000000")})
    assert not {*before.values()} & {*site.images().values()}


def test_pages_of_many_audiences_share_one_for_each_level(site: Site) -> None:
    files = {
        path.replace("makers", f"makers-{number}"): text_of(path).replace("Makers", f"Makers {number}")
        for path in SITE
        for number in range(MANY_AUDIENCES + 1)
        if path.startswith("makers/")
    }
    summaries = {
        path: re.sub(r"(?m)^summary: .*", f"summary: {path} {'.' * 60}", str(text)) for path, text in files.items()
    }
    site.build({**{path: text for path, text in SITE.items() if "/" not in path}, **summaries})
    images = site.images()
    assert images["makers-1/new/index.html"] == images["makers-2/new/index.html"] != images["makers-1/able/index.html"]
    assert len({*images.values()}) <= 10


def test_layouts_that_show_none_have_none(tmp_path: Path, drawn: list[str]) -> None:
    output = sites.build(SITE, tmp_path, sites.tiny_layouts(), Target(BASE))
    assert drawn == [] and list(output.rglob("*.png")) == []


def test_without_an_address_there_is_none_and_a_preview_draws_none(
    site: Site, tmp_path: Path, drawn: list[str]
) -> None:
    site.build({**SITE, "site.yaml": re.sub(r"(?m)^address: .*\n", "", str(text_of("site.yaml")))}, None)
    for path, data in SITE.items():
        place = tmp_path / "content" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data if isinstance(data, bytes) else data.encode())
    layouts = (str(sites.ROOT / "layouts"), "layouts")
    preview = Preview(
        PreviewOptions((str(tmp_path / "content"), "content"), layouts, today=TODAY), tmp_path / "preview"
    )
    assert preview.rebuild(None) and drawn == []
