"""The audit finds what is wrong in built pages, and finds nothing in ours."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.audit.checks import audit_site

GOOD = """<!doctype html><html lang="en" dir="ltr"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{name}</title>
<meta name="description" content="About {name}."><link rel="canonical" href="https://site.test/">
<link rel="stylesheet" href="{root}assets/site.css"></head><body><h1>{name}</h1><h2 id="part">Part</h2>
<table><caption>Table</caption><tr><th scope="col">Head</th></tr></table><a href="{root}other/#part">Other</a>
<svg aria-hidden="true"></svg><img src="{root}assets/dot.png" alt=""></body></html>"""

# A defect planted in the page, and the whole report of it.
DEFECTS = {
    "no language": ('lang="en" ', "", "the html element has no lang, or no dir."),
    "no direction": (' dir="ltr"', "", "the html element has no lang, or no dir."),
    "no title": ("<title>home</title>", "", "the page has no title."),
    "empty title": ("<title>home</title>", "<title> </title>", "the page has no title."),
    "no description": ('<meta name="description" content="About home.">', "", "the page has no description."),
    "no viewport": ('<meta name="viewport" content="width=device-width">', "", "the page has no viewport for phones."),
    "relative canonical": (
        'href="https://site.test/"', 'href="/"',
        "the canonical address '/' is not absolute, or does not end in a slash.",
    ),
    "no first heading": ("<h1>home</h1>", "", "the page has 0 first headings (h1), not one."),
    "two first headings": ("<h2", "<h1>again</h1><h2", "the page has 2 first headings (h1), not one."),
    "a rank skipped": ('<h2 id="part">Part</h2>', '<h4 id="part">Part</h4>', "a heading h4 follows an h1."),
    "an id twice": ("<table>", '<p id="part"></p><table>', "the id 'part' is there 2 times."),
    "a label for nothing": ("<table>", '<label for="x">X</label><table>', "for='x' leads to no element."),
    "a script from elsewhere": (
        "<table>", '<script src="https://cdn.test/x.js"></script><table>',
        "it loads https://cdn.test/x.js from elsewhere.",
    ),
    "a style from elsewhere": (
        'href="assets/site.css"', 'href="//cdn.test/x.css"', "it loads //cdn.test/x.css from elsewhere.",
    ),
    "a picture from elsewhere": (
        'src="assets/dot.png"', 'src="https://cdn.test/x.png"', "it loads https://cdn.test/x.png from elsewhere.",
    ),
    "a table without caption": ("<caption>Table</caption>", "", "a table has no caption."),
    "a header without scope": (' scope="col"', "", "the table header 'Head' has no scope."),
    "a picture without alt": (' alt=""', "", "the picture 'assets/dot.png' has no alt."),
    "a drawing without name": (
        ' aria-hidden="true"', "", "a drawing has no name, and is not hidden from screen readers.",
    ),
    "a dead link": ('href="other/#part"', 'href="othr/"', "the link 'othr/' leads nowhere."),
    "a link out of the site": ('href="other/#part"', 'href="../other/"', "the link '../other/' leads nowhere."),
    "a dead anchor": ("other/#part", "other/#prt", "the link 'other/#prt' leads to no element of that page."),
    "a missing file": ('src="assets/dot.png"', 'src="assets/dott.png"', "the link 'assets/dott.png' leads nowhere."),
    "a heavy page": ("<table>", "<p>" + "".join(map(chr, range(0x4E00, 0x9000))) * 2 + "<table>", "it weighs"),
}  # fmt: skip


@pytest.fixture
def good_site(write_site: Callable[..., Path]) -> Path:
    home = GOOD.format(name="home", root="")
    other = GOOD.format(name="other", root="../")
    style = "body { background: url(dot.png) }"
    return write_site(
        {"index.html": home, "other/index.html": other, "assets/site.css": style, "assets/dot.png": b"PNG"}
    )


def test_a_sound_site_has_no_findings(good_site: Path) -> None:
    assert audit_site(good_site) == []


@pytest.mark.parametrize("name", DEFECTS)
def test_a_planted_defect_is_found(good_site: Path, name: str) -> None:
    before, after, message = DEFECTS[name]
    page = good_site / "index.html"
    text = page.read_text()
    assert before in text
    page.write_text(text.replace(before, after, 1))
    found = audit_site(good_site)
    assert {problem.path for problem in found} == {"index.html"}
    assert [problem.message for problem in found if problem.message.startswith(message)]


def test_two_pages_of_one_title_are_found(good_site: Path) -> None:
    page = good_site / "other/index.html"
    page.write_text(page.read_text().replace("other</title>", "home</title>").replace("About other.", "About home."))
    assert [problem.message for problem in audit_site(good_site)] == [
        "it has the title of index.html: 'home'.",
        "it has the description of index.html: 'About home.'.",
    ]


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("lost.woff2", "there is no file 'lost.woff2'."),
        ("https://cdn.test/a.woff2", "it loads https://cdn.test/a.woff2 from elsewhere."),
    ],
)
def test_a_style_that_loads_what_is_not_there_is_found(good_site: Path, url: str, message: str) -> None:
    (good_site / "assets/site.css").write_text(f"a {{ src: url({url}) }}")
    assert [problem.message for problem in audit_site(good_site)] == [message]


@pytest.mark.parametrize("base_path", ["/", "/repo/"])
def test_the_real_site_has_no_findings(built_site: Path, base_path: str) -> None:
    """The page for dead addresses is the one that knows where the site lives, so it is audited at the root."""
    found = [problem for problem in audit_site(built_site, base_path) if problem.path != "404.html"]
    found += [problem for problem in audit_site(built_site) if problem.path == "404.html"]
    assert [str(problem) for problem in found] == []


def test_no_link_of_the_real_site_begins_at_the_root_of_the_domain(built_site: Path) -> None:
    for page in sorted(built_site.rglob("*.html")):
        if page.name != "404.html" and "admin" not in page.parts:
            assert not re.findall(r'(?:href|src)="/', page.read_text(encoding="utf-8")), page
