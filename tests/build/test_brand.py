"""A brand through builds: colours, logo, icon and fonts reach every page, and so does a change of one of them."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from PIL import Image

from generator.build.cache import Cache
from generator.build.load import Resources
from generator.build.pipeline import BuildOptions, BuildReport
from generator.build.uptodate import read_state
from generator.content.loader import Calendar
from generator.pages.target import Target
from generator.rendering.pictures import PictureMaker
from tests import sites
from tests.images import moving
from tests.sites import ABOUT, ROOT, SITE, TODAY, Files, text_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}"><path fill="{}" d="M0 0h90v90z"/></svg>'
ARCHIVO = (ROOT / "layouts/fonts/archivo.woff2").read_bytes()
BRAND = """\
brand:
  colors: {low: "#123a63", high: "#8a2f6b"}
  logo: /media/logo.svg
  logo_dark: /media/night.png
  icon: /media/icon.svg
  fonts: {text: /media/fonts/text.woff2, display: /media/fonts/display.ttf}
"""


def unpack(font: bytes) -> bytes:
    """The same font as TTF."""
    read, result = TTFont(BytesIO(font)), BytesIO()
    read.flavor = None
    read.save(result)
    return result.getvalue()


def freeze(data: bytes) -> bytes:
    """The same font in one weight and one width."""
    font, result = TTFont(BytesIO(data)), BytesIO()
    for table in ("fvar", "gvar", "avar", "HVAR", "STAT", "MVAR"):
        if table in font:
            del font[table]
    font["OS/2"].usWeightClass = 500
    font.save(result)
    return result.getvalue()


def paint(width: int, height: int) -> bytes:
    result = BytesIO()
    Image.new("RGBA", (width, height), (200, 30, 30, 128)).save(result, "PNG")
    return result.getvalue()


FILES: Files = {
    **SITE,
    "media/logo.svg": SVG.format(300, 60, "#123a63"),
    "media/night.png": paint(500, 100),
    "media/icon.svg": SVG.format(90, 90, "#8a2f6b"),
    "media/fonts/text.woff2": ARCHIVO,
    "media/fonts/display.ttf": unpack(ARCHIVO),
    "site.yaml": text_of("site.yaml") + BRAND,
}


class Site:
    """A site that is built again and again into the same folder."""

    def __init__(self, place: Path) -> None:
        self.output, self.cache = place / "output", place / "cache"

    def build(self, files: Files, quick: bool = False) -> BuildReport:
        resources = Resources(jobs=2, quick=quick)
        cache = Cache(self.cache, "program", read_state(self.cache))
        options = BuildOptions(Calendar(TODAY), Target("https://small-site.org/"), resources=resources)
        report = sites.rebuild(files, self.output, sites.real_layouts(), options, cache)
        cache.save({"output": str(self.output), "outputs": report.outputs})
        return report

    def page(self, route: str = "about") -> BeautifulSoup:
        return BeautifulSoup((self.output / route / "index.html").read_text(), "html.parser")

    def follow(self, address: str, route: str = "about") -> bytes:
        return (self.output / route / address).read_bytes()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def brand(text: str) -> Files:
    return {**FILES, "site.yaml": text_of("site.yaml") + f"brand:\n  {text}\n"}


def test_the_colours_of_levels_and_of_the_window_are_those_of_the_brand(site: Site) -> None:
    assert site.build(FILES).diagnostics == []
    page = site.page()
    style = page.style.text  # type: ignore[union-attr]
    assert "--stratum-1:#123a63" in style and "--stratum-2:#8a2f6b" in style
    light, dark = (str(tag["content"]) for tag in page.find_all("meta", attrs={"name": "theme-color"}))
    assert light == "#8a2f6b" and dark != "#0f171d" and dark in style


def test_the_logo_stands_in_the_header_with_the_name_of_the_site(site: Site) -> None:
    site.build(FILES)
    link = site.page().find("a", class_="masthead__name")
    assert link and link.text.strip() == "" and not link.svg
    assert link.img and link.img["alt"] == "Small Site" and (link.img["width"], link.img["height"]) == ("200", "40")
    assert b"#123a63" in site.follow(str(link.img["src"]))
    source = link.source
    assert source and "dark" in str(source["media"])
    with Image.open(BytesIO(site.follow(str(source["srcset"])))) as night:
        assert night.size == (400, 80)
    assert link.picture["class"] == ["logo"]  # type: ignore[index]
    site.build(brand("logo: /media/logo.svg"))
    lit = site.page().find("picture", class_="logo--lit")
    assert lit and not lit.source
    site.build(brand("logo: /media/logo.svg\n  logo_dark: /media/logo.svg"))
    picture = site.page().find("picture", class_="logo")
    assert picture and not picture.source and picture["class"] == ["logo"]


def test_the_icon_comes_in_the_sizes_that_browsers_want(site: Site) -> None:
    site.build(FILES)
    mark, small, large = site.page().find_all("link", rel=re.compile("icon"))
    assert mark["type"] == "image/svg+xml" and b"#8a2f6b" in site.follow(mark["href"])
    for link, side, rel in ((small, 96, ["icon"]), (large, 180, ["apple-touch-icon"])):
        assert link["rel"] == rel and link.get("sizes") == (f"{side}x{side}" if link is small else None)
        with Image.open(BytesIO(site.follow(link["href"]))) as icon:
            assert icon.size == (side, side)
    with Image.open(BytesIO(site.follow(large["href"]))) as icon:
        assert icon.convert("RGBA").getpixel((2, 170)) == (248, 250, 246, 255)


@pytest.mark.parametrize("icon", ["", "icon: /media/icon.png"], ids=["none", "PNG"])
def test_every_site_has_icons(site: Site, icon: str) -> None:
    site.build({**brand(icon or 'colors: {accent: "#0a5c4a"}'), "media/icon.png": paint(256, 256)})
    links = site.page().find_all("link", rel=re.compile("icon"))
    assert [link.get("type") for link in links] == ["image/svg+xml"] * (not icon) + [None] * 2
    if not icon:
        assert b"#0a5c4a" in site.follow(links[0]["href"])
    for link, side in zip(links[-2:], (96, 180), strict=True):
        with Image.open(BytesIO(site.follow(link["href"]))) as image:
            assert image.size == (side, side)
            darkest, _ = image.convert("RGBA").getchannel("A").getextrema()
            assert (darkest == 255) == (side == 180)


def test_a_picture_that_moves_stands_still_as_logo_and_icon(site: Site) -> None:
    site.build({**brand("logo: /media/walk.gif\n  icon: /media/walk.gif"), "media/walk.gif": moving(size=(60, 60))})
    page = site.page()
    logo = page.find("picture", class_="logo")
    assert logo and logo.img
    for address in (logo.img["src"], *(link["href"] for link in page.find_all("link", rel=re.compile("icon")))):
        with Image.open(BytesIO(site.follow(str(address)))) as image:
            assert image.format == "PNG"


def test_search_engines_are_told_of_the_logo_of_an_organisation(site: Site) -> None:
    site.build({**FILES, "site.yaml": f"{FILES['site.yaml']}organisation: {{name: Small School}}\n"})
    data = re.search(r'"logo": "https://small-site.org/([^"]*)"', (site.output / "index.html").read_text())
    assert data and (site.output / data[1]).exists()


def test_pages_are_set_in_the_fonts_of_the_brand_which_have_what_the_site_shows(site: Site) -> None:
    site.build({**FILES, ABOUT: text_of(ABOUT) + "\nŁódź\n"})
    page = site.page()
    style = page.style.text  # type: ignore[union-attr]
    loaded = [str(link["href"]) for link in page.find_all("link", rel="preload")]
    assert [re.sub(r"\.[0-9a-f]{10}\.", ".", address) for address in loaded] == [
        "../assets/text.woff2", "../assets/display.woff2",
    ]  # fmt: skip
    for address in loaded:
        assert f"url({address})" in style
        font = TTFont(BytesIO(site.follow(address)))
        assert font.flavor == "woff2" and ord("Ł") in font.getBestCmap() and ord("Ж") not in font.getBestCmap()
    assert "font-weight:400 600;font-stretch:62% 125%" in style
    assert '--family:"brand/text",system-ui' in style and '--display:"brand/display",var(--family)' in style


def test_a_change_of_the_brand_reaches_every_page(site: Site, tmp_path: Path) -> None:
    changes: list[Files] = [
        FILES,
        {**FILES, "media/logo.svg": SVG.format(300, 60, "#000000")},
        {**FILES, "media/icon.svg": SVG.format(90, 90, "#000000")},
        {**FILES, "media/fonts/text.woff2": freeze(ARCHIVO)},
        brand('colors: {low: "#123a63", high: "#5c2f8a"}'),
        SITE,
    ]
    for number, files in enumerate(changes):
        report = site.build(files)
        pages = {path for path in report.manifest if path.endswith(".html")}
        assert {path for path in report.rendered if path.endswith(".html")} == pages
        clean = Site(tmp_path / str(number))
        clean.build(files)
        found, wanted = sites.read_folder(site.output), sites.read_folder(clean.output)
        retired = {".pyramid-site.json", *report.manifest.retired}
        assert {path: data for path, data in found.items() if path not in retired} == {
            path: data for path, data in wanted.items() if path not in retired
        }
        assert site.build(files).rendered == {}


def test_nothing_is_drawn_twice(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build(FILES)
    monkeypatch.setattr(PictureMaker, "_read_kept", lambda *_: pytest.fail("a picture was made again"))
    site.build({**FILES, ABOUT: text_of(ABOUT) + "\nA word more.\n"})


def test_a_preview_shows_the_brand(site: Site) -> None:
    site.build(FILES, quick=True)
    for link in site.page().find_all("link", rel=re.compile("icon|preload")):
        assert site.follow(link["href"])


def test_a_font_of_one_weight_says_so(site: Site) -> None:
    site.build({**brand("fonts: {text: /media/fonts/text.woff2}"), "media/fonts/text.woff2": freeze(ARCHIVO)})
    style = site.page().style.text  # type: ignore[union-attr]
    assert "font-weight:500;font-stretch:100%" in style and "--display:var(--family)" in style
