"""Pictures and files of `content/media/` through builds, checks and previews: made once, kept, and taken away."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from generator.build.cache import Cache
from generator.build.load import Resources
from generator.build.pipeline import BuildOptions, BuildReport
from generator.build.uptodate import read_state
from generator.content.kinds import KINDS
from generator.content.loader import Calendar
from generator.diagnostics.diagnostic import SiteError
from generator.rendering.pictures import PictureMaker
from generator.schema.fields import note_fields
from generator.server.live_site import Preview, PreviewOptions
from tests import sites
from tests.images import moving, noise, photo, write
from tests.sites import ABLE, ABOUT, MAKERS, NEW, SITE, TARGET, TODAY, Files, text_of

LOST = "users/1-lost.md"
FIELD = "picture: {{file: {}, alt: A picture, focus: 30% 70%}}\n"
TEXT = """
![The team](/media/Team/Über%20uns.JPG "In 2026")

Inline ![a dot](/media/dot.png), and the [syllabus](/media/Syllabus%20(1).pdf#page=2).
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><script>x()</script><path d="M0 0h9v9z"/></svg>'
MEDIA: Files = {
    "media/Team/Über uns.JPG": photo(900, 600),
    "media/dot.png": write(noise(30, 20), "PNG"),
    "media/Syllabus (1).pdf": b"%PDF-1.7" + bytes(1_234_567),
    "media/logo.svg": SVG,
    "media/walk.gif": moving(),
    "media/intro.mp4": bytes(2_000),
    "media/unused.jpg": photo(800, 300),
}


def add_field(path: str, link: str) -> str:
    return text_of(path).replace("title:", FIELD.format(link) + "title:", 1)


FILES: Files = {
    **SITE,
    **MEDIA,
    ABOUT: add_field(ABOUT, "/media/Team/Über uns.JPG") + TEXT,
    "home.md": add_field("home.md", "/media/logo.svg"),
    MAKERS: add_field(MAKERS, "/media/walk.gif"),
    NEW: add_field(NEW, "/media/team/ueber-uns.jpg"),
    "offers.yaml": text_of("offers.yaml").replace("  name:", "  " + FIELD.format("/media/dot.png") + "  name:", 1),
}


class Site:
    """A site in memory, its output folder and its cache; and which files were made by the last build."""

    def __init__(self, folder: Path) -> None:
        self.output, self.cache = folder / "output", folder / "cache"

    def build(self, files: Files, **options: bool) -> BuildReport:
        cache = Cache(self.cache, "program", read_state(self.cache))
        resources = Resources(options.pop("jobs", 2), quick=options.pop("quick", False))
        wanted = BuildOptions(Calendar(TODAY, **options), TARGET, resources=resources)
        report = sites.rebuild(files, self.output, sites.real_layouts(), wanted, cache)
        cache.save({"output": str(self.output), "outputs": report.outputs})
        return report

    def read(self, route: str) -> BeautifulSoup:
        return BeautifulSoup((self.output / route / "index.html").read_text(), "html.parser")

    def media(self) -> set[str]:
        return {path for path in sites.read_folder(self.output) if "media/" in path}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def names_of(paths: set[str]) -> set[str]:
    """The paths without the digests in them."""
    return {re.sub(r"\.[0-9a-f]{10}\.", ".", path) for path in paths}


def addresses_of(picture: Tag) -> list[str]:
    files = [part.split(" ")[0] for source in picture.find_all("source") for part in str(source["srcset"]).split(", ")]
    assert picture.img
    return [*files, str(picture.img["src"])]


def test_every_page_has_its_pictures_and_all_of_them_are_there(site: Site) -> None:
    report = site.build(FILES)
    assert [str(problem) for problem in report.diagnostics] == [
        f"{place}: warning: '/media/{name}' is only {width} pixels wide. It needs 320 pixels or more here."
        for place, name, width in (
            ("content/makers/audience.md:3:11", "walk.gif", 60),
            ("content/offers.yaml:2:13", "dot.png", 30),
        )
    ]
    about = site.read("about")
    first, second, third = about.main.find_all("picture")  # type: ignore[union-attr]
    assert first["class"] == ["picture", "picture--wide", "picture--x30", "picture--y70"]
    assert (first.img["width"], first.img["height"], first.img["alt"]) == ("900", "600", "A picture")
    assert "loading" not in first.img.attrs and second.img["loading"] == third.img["loading"] == "lazy"
    assert second.parent.name == "figure" and second.parent.figcaption.text == "In 2026"
    assert third.parent.name == "p" and third.img["alt"] == "a dot"
    for path in report.manifest:
        if path.endswith(".html"):
            root = "../" * path.count("/") or "./"
            page = BeautifulSoup((site.output / path).read_text(), "html.parser")
            for picture in page.find_all("picture"):
                for address in addresses_of(picture):
                    assert (site.output / path).parent.joinpath(address).exists(), (path, address, root)
    made = names_of(site.media())
    team = {f"assets/media/ueber-uns-{width}.{end}" for width in (400, 640, 900) for end in ("avif", "webp")}
    assert made == {
        *team, "assets/media/ueber-uns-900.jpg", "assets/media/logo-40.svg", "assets/media/walk-60.webp",
        "assets/media/walk-60.gif", "assets/media/dot-30.avif", "assets/media/dot-30.webp", "assets/media/dot-30.png",
        "media/syllabus-1.pdf",
    }  # fmt: skip
    assert "<script" not in next(site.output.glob("assets/media/logo-*.svg")).read_text()


def test_a_link_to_a_file_says_its_type_and_size(site: Site) -> None:
    site.build(FILES)
    link = site.read("about").find("a", href="../media/syllabus-1.pdf#page=2")
    assert link and link.text == "syllabus PDF, 1.2 MB"
    german = {**FILES, "site.yaml": text_of("site.yaml") + "language: de\n"}
    site.build(german)
    assert "PDF, 1,2 MB" in site.read("about").text


def test_a_build_without_changes_opens_no_picture_and_makes_none(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    first = site.build(FILES)
    before = sites.read_folder(site.output)
    monkeypatch.setitem(sys.modules, "PIL", None)
    second = site.build(FILES)
    assert second.rendered == {} and second.removed == [] and second.manifest == first.manifest
    third = site.build({**FILES, ABOUT: text_of(ABOUT, FILES) + "\nA word more.\n"})
    assert list(third.rendered) == ["about/index.html", "about/index.md"]
    assert {path: data for path, data in sites.read_folder(site.output).items() if "media/" in path} == {
        path: data for path, data in before.items() if "media/" in path
    }


def test_without_its_cache_a_build_makes_the_same_bytes(site: Site, tmp_path: Path) -> None:
    site.build(FILES)
    again = Site(tmp_path / "again")
    again.build(FILES, jobs=1)
    read = {place: sites.read_folder(place) for place in (site.output, again.output)}
    assert read[site.output] == read[again.output]


def test_what_was_deleted_comes_back_from_the_cache(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.build(FILES)
    before = sites.read_folder(site.output)
    for path in site.media():
        (site.output / path).unlink()
    monkeypatch.setitem(sys.modules, "PIL", None)
    site.build(FILES)
    assert sites.read_folder(site.output) == before


def test_a_picture_that_is_exchanged_stays_for_one_more_build(site: Site) -> None:
    site.build(FILES)
    before = site.media()
    exchanged = {**FILES, "media/Team/Über uns.JPG": photo(500, 400)}
    report = site.build(exchanged)
    assert {"about/index.html", "makers/new/index.html"} <= report.rendered.keys()
    assert before < site.media()
    site.build({**exchanged, ABOUT: text_of(ABOUT, FILES) + "\nA word more.\n"})
    after = site.media()
    assert names_of(after) >= {"assets/media/ueber-uns-500.avif"}
    assert not names_of(after) & {"assets/media/ueber-uns-900.avif"}


def test_a_file_that_is_exchanged_keeps_its_address(site: Site) -> None:
    site.build(FILES)
    site.build({**FILES, "media/Syllabus (1).pdf": b"%PDF-2.0"})
    assert (site.output / "media/syllabus-1.pdf").read_bytes() == b"%PDF-2.0"


def test_what_only_a_draft_shows_is_nowhere(site: Site) -> None:
    files = {**FILES, ABOUT: text_of(ABOUT, FILES).replace("title:", "draft: true\ntitle:")}
    site.build(files)
    assert not [path for path in site.media() if "syllabus" in path]
    site.build(files, drafts=True)
    assert [path for path in site.media() if "syllabus" in path]


def test_a_preview_makes_one_size_of_each(site: Site) -> None:
    site.build(FILES, quick=True)
    assert names_of(site.media()) == {
        "assets/media/ueber-uns-900.jpg", "assets/media/logo-40.svg", "assets/media/walk-60.webp",
        "assets/media/walk-60.gif", "assets/media/dot-30.png", "media/syllabus-1.pdf",
    }  # fmt: skip


def test_a_picture_that_two_audiences_show_is_made_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {**FILES, ABLE: add_field(ABLE, "/media/Team/Über uns.JPG")}
    files[LOST] = add_field(LOST, "/media/team/ueber uns.jpg")
    made: list[str] = []
    plain: Callable[..., object] = PictureMaker._make_group

    def make_group(maker: PictureMaker, variants: list[object]) -> object:
        made.append(variants[0].path)  # type: ignore[attr-defined]
        return plain(maker, variants)

    monkeypatch.setattr(PictureMaker, "_make_group", make_group)
    site.build(files)
    assert made.count("media/Team/Über uns.JPG") == 1


def test_a_link_to_a_picture_leads_to_one_without_metadata(site: Site) -> None:
    site.build({**FILES, ABOUT: text_of(ABOUT) + "\n[the team](</media/Team/Über uns.JPG>)\n"})
    link = site.read("about").find("a", string="the team")
    assert link and re.fullmatch(r"\.\./assets/media/ueber-uns-900\.[0-9a-f]{10}\.jpg", str(link["href"]))
    assert (site.output / "about" / str(link["href"])).exists()


def test_a_button_may_lead_to_a_file(site: Site) -> None:
    offers = text_of("offers.yaml").replace("https://shop.small-site.org/talk", "/media/Syllabus%20(1).pdf")
    site.build({**FILES, "offers.yaml": offers})
    assert site.read("makers/new").find("a", href="../../media/syllabus-1.pdf")
    assert "media/syllabus-1.pdf" in site.media()


PICTURED = [kind for kind in KINDS if any(note.name == "picture" for note in note_fields(kind.fields))]


def test_the_kinds_with_a_picture_are_those_that_visitors_see() -> None:
    assert {kind.name for kind in PICTURED} >= {"home", "audience", "level", "page", "offers"}


def test_a_large_site_is_built_in_several_processes_with_the_same_pictures(site: Site, tmp_path: Path) -> None:
    files = {**FILES, ABLE: add_field(ABLE, "/media/Team/Über uns.JPG")}
    site.build(files)
    other = Site(tmp_path / "other")
    options, cache = BuildOptions(Calendar(TODAY), TARGET, resources=Resources(2, 1)), Cache(other.cache, "program")
    sites.rebuild(files, other.output, sites.real_layouts(), options, cache)
    assert sites.read_folder(other.output) == sites.read_folder(site.output)


def test_a_picture_that_breaks_is_reported_though_nothing_else_has_changed(site: Site) -> None:
    site.build(FILES)
    place = "media/Team/Über uns.JPG"
    with pytest.raises(SiteError, match=f"content/{place}: this picture is damaged"):
        site.build({**FILES, place: MEDIA[place][:-9000]})
    with pytest.raises(SiteError, match="there is no file '/media/Team/Über uns"):
        site.build({path: data for path, data in FILES.items() if path != place})
    assert site.build(FILES).rendered == {}


def test_a_preview_shows_a_picture_that_was_saved(tmp_path: Path, write_site: Callable[..., Path]) -> None:
    write_site(FILES, tmp_path / "content")
    content, layouts = (str(tmp_path / "content"), "content"), (str(sites.ROOT / "layouts"), "layouts")
    preview = Preview(PreviewOptions(content, layouts, today=TODAY), tmp_path / "preview")
    assert preview.rebuild(None)
    place = tmp_path / "content" / "media/Team/Über uns.JPG"
    place.write_bytes(photo(500, 400))
    result = preview.rebuild([str(place)])
    assert result and {"about/index.html", "makers/new/index.html"} <= {*result.written}
    assert list((tmp_path / "preview/site/assets/media").glob("ueber-uns-500.*.jpg"))
    place.write_bytes(b"")
    result = preview.rebuild([str(place)])
    assert result and result.failed and not result.trace
