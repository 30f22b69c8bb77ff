"""Blocks on pages: each kind has what it needs, stands where it belongs, and costs nothing where it is not."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from msgspec import inspect

from generator.content.file_data import read_file, write_file
from generator.content.videos import find_player
from generator.pages.block_gallery import VIDEO, add_samples, plan_block_gallery
from generator.pages.blocks import CONTEXTS
from generator.pages.drawn_blocks import DRAWN_CONTEXTS
from generator.schema.block import Section
from generator.schema.blocks import AnyBlock
from generator.schema.fields import compose_group, tagged
from tests import images, sites
from tests.sites import ABOUT, MAKERS, NEW, ROOT, SITE, Files, text_of

KINDS = {kind: compose_group(group.cls) for kind, group in tagged(inspect.type_info(AnyBlock)).items()}
LOGOS = ("club", "magazine")
# Files that the examples name.
SAMPLES: Files = {
    **{f"media/{name}.jpg": images.photo(400, 300) for name in ("team", "hut", "ines")},
    **{
        f"media/{name}.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
        for name in ("club", "magazine")
    },
    "media/intro.mp4": b"\0\0\0\x18ftypmp42",
    "media/packing-list.pdf": b"%PDF-1.7",
}
LEADS = "leads: {action: https://mail.small-site.org/, consent: Write to me.}\n"


def site_with(path: str, *blocks: dict[str, Any]) -> Files:
    text = write_file(path, {**read_file(path, text_of(path)), "blocks": list(blocks)})
    return {**SITE, **SAMPLES, "site.yaml": text_of("site.yaml") + LEADS, path: text}


def show(path: str, page: str, folder: Path, *blocks: dict[str, Any]) -> BeautifulSoup:
    site = sites.build(site_with(path, *blocks), folder / "site", sites.real_layouts())
    return BeautifulSoup((site / page / "index.html").read_text(encoding="utf-8"), "html.parser")


def find(soup: BeautifulSoup, selector: str) -> Tag:
    found = soup.select_one(selector)
    assert found is not None, selector
    return found


def without_place(kind: str) -> dict[str, Any]:
    return {name: value for name, value in KINDS[kind].items() if name != "after"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_a_context_and_a_component_that_the_dispatcher_knows(kind: str) -> None:
    assert tagged(inspect.type_info(AnyBlock))[kind].cls in {**CONTEXTS, **DRAWN_CONTEXTS}
    assert (ROOT / f"layouts/components/block_{kind}.html").exists()
    assert f'"{kind}": block_{kind}' in (ROOT / "layouts/components/blocks.html").read_text()


@pytest.mark.thorough
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("path", "page"), [("home.md", ""), (MAKERS, "makers"), (NEW, "makers/new"), (ABOUT, "about")])
def test_a_page_with_one_kind_has_the_styles_of_no_other(kind: str, path: str, page: str, tmp_path: Path) -> None:
    soup = show(path, page, tmp_path, without_place(kind))
    assert set(re.findall(r"\.(block_[a-z]+)", find(soup, "style").text)) <= {f"block_{kind}"}
    assert len(soup.select(f"#block-1.chapter--{kind}")) == 1


def test_a_page_without_blocks_has_no_byte_of_them(built_site: Path) -> None:
    for path in built_site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert 'id="block-' in text or not re.search("block_|drawing", text), path


def test_a_block_follows_the_section_that_it_names_else_it_comes_before_the_end(tmp_path: Path) -> None:
    sections = Section.__args__
    blocks = [{"kind": "text", "text": f"zq{section}z", "after": section} for section in sections]
    soup = show(NEW, "makers/new", tmp_path, {"kind": "text", "text": "zqendz"}, *blocks)
    text = " ".join(find(soup, "main").get_text(" ").split())
    places = [text.index(f"zq{section}z") for section in (*sections, "end")]
    marks = {
        "hero": ("for New.", "Opening of New"),
        "signs": ("zqheroz", "Opening of New"),
        "opening": ("Opening of New", "You have the first symptom"),
        "symptoms": ("You have the second symptom", "Promise of New"),
        "pain": ("Pain of New", "Promise of New"),
        "promise": ("Promise of New", "Do the first thing"),
        "keys": ("Do the second thing", "You did it"),
        "success": ("You did it", "A talk"),
        "offers": ("Listen", "Focus of New"),
        "end": ("Listen", "Focus of New"),
    }
    for (section, (before, after)), place in zip(marks.items(), places, strict=True):
        start = text.rindex(before, 0, place)
        assert start < place < text.index(after, start), section


def test_texts_of_a_page_share_no_id(tmp_path: Path) -> None:
    text = "## Why\n\nSo[^1].\n\n[^1]: Or so.\n"
    faq = {"kind": "faq", "items": [{"question": "Why?", "answer": text}, {"question": "How?", "answer": text}]}
    soup = show(ABOUT, "about", tmp_path, {"kind": "text", "text": text}, faq)
    ids = [str(each["id"]) for each in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {"block-1.why", "block-2.1.why", "block-2.2.why", "block-1.fn-1"} <= set(ids)
    for link in soup.select("sup a, .footnotes a"):
        assert str(link["href"]).removeprefix("#") in ids


def test_a_link_to_a_heading_in_a_block_is_known(tmp_path: Path) -> None:
    block = {"kind": "text", "text": "## Why\n"}
    files = site_with(ABOUT, block, {"kind": "action", "text": "Go", "to": "/about/#block-1.why"})
    assert list(sites.problems_of(files)) == []
    [problem] = sites.problems_of({**files, ABOUT: str(files[ABOUT]).replace("block-1.why", "block-1.wy")})
    assert problem.code == "dead-fragment"


def test_the_source_of_a_quote_or_a_figure_is_a_link_if_it_is_an_address(tmp_path: Path) -> None:
    address = "https://www.letters.org/a_b_c?d=1"
    quote = {"kind": "quote", "text": "Good.", "name": "Ines", "source": address, "consent": "2026-11-03"}
    figures = {"kind": "figures", "items": [{"value": "5", "text": "summits", "source": "Our *own* books"}]}
    soup = show(ABOUT, "about", tmp_path, quote, figures)
    link = find(soup, ".block_quote__source a")
    assert (link["href"], link.text) == (address, "letters.org")
    assert find(soup, ".block_figures__source").decode_contents() == "Our <em>own</em> books"
    assert "2026-11-03" not in soup.get_text()


def test_offers_that_are_not_live_are_left_out_and_so_is_a_block_of_none(tmp_path: Path) -> None:
    files = site_with(
        ABOUT, {"kind": "offers", "offers": ["course", "talk"], "recommended": "course"},
        {"kind": "offers", "title": "Zqnonez", "offers": ["course"]},
    )  # fmt: skip
    files["offers.yaml"] = text_of("offers.yaml").replace("- id: course", "- draft: true\n  id: course")
    site = sites.build(files, tmp_path / "site", sites.real_layouts())
    html = (site / "about/index.html").read_text()
    assert "A talk" in html
    assert "The course" not in html
    assert "Zqnonez" not in html


def test_the_recommended_offer_alone_has_the_button(tmp_path: Path) -> None:
    soup = show(ABOUT, "about", tmp_path, {"kind": "offers", "offers": ["course", "talk"], "recommended": "talk"})
    assert [button.text.strip() for button in soup.select(".action:not(.action--quiet)")] == ["Listen"]


def test_a_form_says_where_it_stands_only_on_pages_of_an_audience(tmp_path: Path) -> None:
    form = {"kind": "form", "form": "leads"}
    hidden = 'main form [type="hidden"]'
    assert show(ABOUT, "about", tmp_path / "1", form).select(hidden) == []
    assert [each["value"] for each in show(MAKERS, "makers", tmp_path / "2", form).select(hidden)] == ["makers"]


def test_code_is_shown_as_it_is_written_and_in_colours(tmp_path: Path) -> None:
    code = 'if a < b:  # <script> [x](/nowhere/) TODO\n    c = "**d**"\n'
    soup = show(ABOUT, "about", tmp_path, {"kind": "code", "code": code, "language": "python"})
    assert find(soup, "pre").get_text() == code.strip("\n")
    assert find(soup, "pre .k").get_text() == "if"


def test_questions_unfold_on_paper_so_their_page_has_a_script(tmp_path: Path) -> None:
    assert show(ABOUT, "about", tmp_path / "1", without_place("faq")).select('script[src*="main"]')
    assert not show(ABOUT, "about", tmp_path / "2", without_place("table")).select('script[src*="main"]')


def test_a_video_of_another_site_is_asked_for_nothing_before_a_click(tmp_path: Path) -> None:
    video = {**without_place("video"), "url": "https://youtu.be/jNQXAC9IVRw?t=1"}
    del video["file"]
    soup = show(ABOUT, "about", tmp_path, video)
    link = find(soup, "a.block_video__play")
    assert link["href"] == "https://youtu.be/jNQXAC9IVRw?t=1"
    assert link["data-player"] == "https://www.youtube-nocookie.com/embed/jNQXAC9IVRw?autoplay=1"
    assert soup.select("iframe, video") == []
    assert soup.select('script[src*="video"]')
    assert "frame-src https://www.youtube-nocookie.com;" in policy_of(soup)
    assert "media-src" not in policy_of(soup)
    # No other page may load it, and what a site does with data says so.
    home = BeautifulSoup((tmp_path / "site/index.html").read_text(encoding="utf-8"), "html.parser")
    assert "youtube" not in policy_of(home)
    assert home.select('script[src*="video"]') == []


def test_a_video_of_ones_own_is_a_link_to_it_and_needs_no_other_site(tmp_path: Path) -> None:
    soup = show(ABOUT, "about", tmp_path, without_place("video"))
    link = find(soup, "a.block_video__play")
    assert (tmp_path / "site/about" / str(link["href"])).is_file()
    assert soup.select("video, [data-player]") == []
    assert soup.select('script[src*="video"]')
    assert "media-src 'self';" in policy_of(soup)
    assert "frame-src" not in policy_of(soup)


def policy_of(soup: BeautifulSoup) -> str:
    return str(find(soup, "[http-equiv]")["content"])


@pytest.mark.parametrize(
    ("url", "player"),
    [
        ("https://www.youtube.com/watch?v=abc-DEF_1", "https://www.youtube-nocookie.com/embed/abc-DEF_1?autoplay=1"),
        ("https://m.youtube.com/watch?list=x&v=abc&t=2", "https://www.youtube-nocookie.com/embed/abc?autoplay=1"),
        ("https://youtube.com/shorts/abc?x=1", "https://www.youtube-nocookie.com/embed/abc?autoplay=1"),
        ("https://vimeo.com/123", "https://player.vimeo.com/video/123?autoplay=1&dnt=1"),
        ("https://player.vimeo.com/video/123", "https://player.vimeo.com/video/123?autoplay=1&dnt=1"),
        ("https://tube.org/videos/embed/1", "https://tube.org/videos/embed/1"),
        ("https://youtube.com.evil.org/watch?v=abc", "https://youtube.com.evil.org/watch?v=abc"),
    ],
)
def test_the_player_of_a_video(url: str, player: str) -> None:
    assert find_player(url) == player


@pytest.mark.parametrize("path", ["home.md", MAKERS, NEW])
def test_whose_videos_are_shown_is_said_where_the_site_speaks_of_data(path: str, tmp_path: Path) -> None:
    files = site_with(path, {**VIDEO, "poster": "/media/hut.jpg"})
    files[ABOUT] = text_of(ABOUT) + "\n{{ data }}\n"
    site = sites.build(files, tmp_path / "site", sites.real_layouts())
    assert "player.vimeo.com" in (site / "about/index.html").read_text(encoding="utf-8")


def test_the_gallery_has_every_kind_and_is_no_page_of_a_site(built_site: Path) -> None:
    site = sites.load(SITE).site
    page = plan_block_gallery(sites.PageFactory(add_samples(site, sites.TARGET), sites.TARGET))
    assert [block["kind"] for block in page.context["blocks"]["end"]] == [*KINDS, "video"]
    assert json.dumps(page.context)
    assert not (built_site / "_blocks").exists()


def test_a_picture_or_a_video_may_be_loaded_down(tmp_path: Path) -> None:
    blocks = [{"kind": "download", "file": f"/media/{name}", "text": name} for name in ("team.jpg", "intro.mp4")]
    links = show(ABOUT, "about", tmp_path, *blocks).select(".block_download a")
    assert len(links) == 2
    assert all((tmp_path / "site/about" / str(link["href"])).is_file() for link in links)


def test_a_link_within_a_link_is_its_words(tmp_path: Path) -> None:
    button = {"kind": "action", "text": "See [**our** dates](/makers/) now", "to": "/offers/"}
    soup = show(ABOUT, "about", tmp_path, button)
    assert soup.select("a a") == []
    assert "".join(map(str, find(soup, "main a.action").contents)) == "See <strong>our</strong> dates now"
