"""Every page of the site, in a real browser: quiet, at home, readable at any width, and accessible."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator.content.file_data import write_file
from generator.content.kinds import KINDS
from tests import sites
from tests.content.test_kinds import SITE, data_of, path_of, places_of, plant
from tests.tools.axe import Inspect

OpenPage = Callable[..., Page]
Serve = Callable[..., str]


@pytest.fixture(scope="session")
def addresses(built_site: Path) -> list[str]:
    """The address of every page."""
    paths = sorted(path.relative_to(built_site).as_posix() for path in built_site.rglob("*.html"))
    return [path.removesuffix("index.html") for path in paths]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_accessible_and_quiet(
    new_page: OpenPage,
    serve_folder: Serve,
    built_site: Path,
    addresses: list[str],
    inspect: Inspect,
    scheme: str,
    width: int,
) -> None:
    site = serve_folder(built_site)
    page = new_page(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    found = []
    for address in addresses:
        page.goto(site + address)
        found += [f"/{address} {line}" for line in inspect(page)]
    assert found == []


@pytest.mark.parametrize("width", [320, 360, 768, 1920])
def test_no_page_scrolls_sideways(
    new_page: OpenPage, serve_folder: Serve, built_site: Path, addresses: list[str], width: int
) -> None:
    site = serve_folder(built_site)
    page = new_page(viewport={"width": width, "height": 900})
    found = {}
    for address in addresses:
        page.goto(site + address)
        found[address] = page.evaluate("document.documentElement.scrollWidth")
    assert {address: size for address, size in found.items() if size > width} == {}


# The texts that begin or end outside the window, or outside what hides the rest of them, where nothing scrolls.
FIND_CUT = """() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), cut = [];
    const ways = (node) => node === document.body ? [] : [node, ...ways(node.parentElement)];
    const flow = (node) => getComputedStyle(node).overflowX;
    while (texts.nextNode()) {
        const element = texts.currentNode.parentElement, range = document.createRange();
        range.selectNodeContents(texts.currentNode);
        const around = ways(element), hidden = element.closest(".hidden, .skip, script, .comparison_table thead");
        if (hidden || around.some((node) => /auto|scroll/.test(flow(node)))) continue;
        const edges = around.filter((node) => flow(node) !== "visible").map((node) => node.getBoundingClientRect());
        edges.push({left: 0, right: innerWidth});
        const isCut = (box) => edges.some((edge) => box.left < edge.left - 1 || box.right > edge.right + 1);
        if ([...range.getClientRects()].some((box) => box.width > 1 && isCut(box)))
            cut.push(texts.currentNode.data.trim());
    }
    return [...new Set(cut)];
}"""

# What scripts make into fields is text again, and what they say of fields is gone.
UNDO_FIELDS = """() => {
    for (const field of document.querySelectorAll("main .block_bill__sentence label"))
        field.replaceWith(field.textContent, field.querySelector("input").value);
    document.querySelectorAll("main .block_bill--live").forEach((bill) => bill.classList.remove("block_bill--live"));
}"""

MARKDOWN = """
| WORD | b |
|---|---|
| c | WORD |

## WORD

- [ ] WORD

> [!NOTE]
> `WORD` WORD[^1]

[^1]: WORD
"""


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("de", "Kundenzufriedenheitsbefragungsauswertungsgespräch"),
        ("fi", "lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas"),
    ],
)
def test_no_long_word_is_cut_on_a_small_phone(
    new_page: OpenPage, serve_folder: Serve, tmp_path: Path, language: str, word: str
) -> None:
    files = dict(SITE)
    for kind in (kind for kind in KINDS if kind.is_published):
        data = data_of(kind)
        for keys in places_of(kind):
            data = plant(data, keys, word) if keys[-1] not in ("summary", "name") else data
        files[path_of(kind)] = write_file(path_of(kind), data)
    files["pages/about.md"] = sites.text_of("pages/about.md", files) + MARKDOWN.replace("WORD", word)
    more = f"language: {language}\nnavigation: [{{text: {word}, to: /makers/}}]\n"
    files["site.yaml"] = sites.text_of("site.yaml", files) + more
    built = sites.build(files, tmp_path / "site", sites.real_layouts())
    site, page = serve_folder(built), new_page(viewport={"width": 320, "height": 900})
    for path in sorted(path.relative_to(built).as_posix() for path in built.rglob("*.html")):
        page.goto(site + path.removesuffix("index.html"))
        assert (path, page.evaluate(FIND_CUT)) == (path, [])


def test_text_of_double_size_loses_nothing_to_the_side(
    new_page: OpenPage, serve_folder: Serve, built_site: Path, addresses: list[str]
) -> None:
    site = serve_folder(built_site)
    page = new_page(viewport={"width": 640, "height": 900})
    for address in addresses:
        page.goto(site + address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, address


def test_every_page_works_below_a_path_as_on_a_project_page(
    new_page: OpenPage, serve_folder: Serve, built_site: Path, addresses: list[str]
) -> None:
    site = serve_folder(built_site, "/repo/")
    page = new_page(viewport={"width": 1280, "height": 900})
    for address in addresses:
        if address == "404.html":
            continue
        page.goto(site + address)
        assert page.evaluate("getComputedStyle(document.body).fontFamily").startswith("Archivo"), address
        assert page.evaluate(
            "document.styleSheets.length && [...document.styleSheets].every((sheet) => sheet.cssRules.length)"
        ), address


def test_a_visitor_without_scripts_reads_everything(
    new_page: OpenPage, serve_folder: Serve, built_site: Path, addresses: list[str]
) -> None:
    site = serve_folder(built_site)
    scripted = new_page(viewport={"width": 1280, "height": 900})
    plain = new_page(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    for address in addresses:
        if address.endswith("quiz/"):
            continue  # the quiz has tests of its own
        scripted.goto(site + address)
        plain.goto(site + address)
        scripted.evaluate(UNDO_FIELDS)
        assert plain.locator("main").inner_text() == scripted.locator("main").inner_text(), address


def test_a_visitor_gets_from_the_front_page_to_an_offer_by_links_alone(
    page: Page, serve_folder: Serve, built_site: Path
) -> None:
    page.goto(serve_folder(built_site))
    page.get_by_role("link", name="Surviving").last.click()
    expect(page).to_have_url(re.compile(r"/surviving/$"))
    expect(page.locator("h1")).to_have_count(1)
    page.get_by_role("link", name="Compare the levels").first.click()
    expect(page.get_by_role("table")).to_have_count(1)
    expect(page.get_by_role("columnheader", name="Surviving")).to_have_count(1)
    page.get_by_role("link", name="Core course, cohort").first.click()
    expect(page).to_have_url(re.compile(r"/offers/#core-cohort$"))


def test_a_keyboard_reaches_the_content_past_the_menu(page: Page, serve_folder: Serve, built_site: Path) -> None:
    page.goto(serve_folder(built_site) + "founders/surviving/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


def test_a_phone_compares_two_levels_at_a_time(new_page: OpenPage, serve_folder: Serve, built_site: Path) -> None:
    page = new_page(viewport={"width": 360, "height": 800})
    page.goto(serve_folder(built_site) + "founders/compare/")
    levels = [
        page.get_by_role("columnheader", name=name) for name in ("Struggling", "Surviving", "Thriving", "Driving")
    ]
    assert [level.is_visible() for level in levels] == [True, True, False, False]
    page.get_by_role("radio", name="Driving").last.check()
    assert [level.is_visible() for level in levels] == [True, False, False, True]


def test_the_head_of_a_comparison_stays_in_sight(new_page: OpenPage, serve_folder: Serve, built_site: Path) -> None:
    page = new_page(viewport={"width": 1280, "height": 700})
    page.goto(serve_folder(built_site) + "founders/compare/")
    page.get_by_role("rowheader", name="How you will know").scroll_into_view_if_needed()
    head = page.get_by_role("columnheader", name="Thriving").bounding_box()
    assert head is not None
    assert 0 <= head["y"] < 200


@pytest.mark.parametrize("address", ["", "founders/surviving/", "founders/compare/"])
def test_forced_colours_and_print_show_the_same_words(
    new_page: OpenPage, serve_folder: Serve, built_site: Path, address: str
) -> None:
    site = serve_folder(built_site)
    page = new_page(viewport={"width": 1280, "height": 900}, forced_colors="active")
    page.goto(site + address)
    words = page.locator("h1").inner_text()
    page.emulate_media(media="print", forced_colors="none")
    assert page.locator("h1").inner_text() == words
    assert len(page.pdf()) > 5_000


def test_a_dead_address_shows_the_way_back(
    page: Page, serve_folder: Serve, built_site: Path, faults: list[str]
) -> None:
    site = serve_folder(built_site)
    answer = page.goto(site + "no/such/page/")
    assert answer is not None
    assert answer.status == 404
    page.get_by_role("link", name="Home").first.click()
    expect(page).to_have_url(site)
    faults[:] = [fault for fault in faults if "404" not in fault]


def test_code_runs_from_the_left_among_arabic(new_page: OpenPage, serve_folder: Serve, tmp_path: Path) -> None:
    files = sites.append("pages/about.md", "\nفقرة مع `f(x)`.\n\n```python\nreturn (x + 1)\n```\n")
    files["site.yaml"] = sites.text_of("site.yaml") + "language: ar\n"
    page = new_page()
    page.goto(serve_folder(sites.build(files, tmp_path / "site", sites.real_layouts())) + "about/")
    ways = "codes => codes.map(code => [getComputedStyle(code).direction, getComputedStyle(code).textAlign])"
    assert page.locator("code").evaluate_all(ways) == [["ltr", "start"], ["ltr", "start"]]
