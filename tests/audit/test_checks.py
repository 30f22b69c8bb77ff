"""Each check finds a mistake that is planted for it, and says where; the site of this project has none."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from generator.audit import checks
from generator.audit.checks import audit_site, fold_repeats
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, Position, error_at, warning_at

GOOD = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{name}</title>
<meta name="description" content="About {name}."><link rel="canonical" href="https://site.test/{address}">
<link rel="stylesheet" href="{root}style/site.css"></head><body><h1>{name}</h1>
<h2 id="part">Part</h2>
<table><caption>Table</caption><tr><th scope="col">Head</th></tr></table><a href="{root}other/#part">Other</a>
<svg aria-hidden="true"></svg><img src="{root}dot.png" alt=""></body></html>"""

CDN = "https://cdn.test/"

# What stands in the front page, what takes its place, and how the report begins: place, severity, message.
MISTAKES = {
    "no language": (' lang="en"', "", "the html element has no lang."),
    "a language that is no tag": ('"en"', '"english"', "2:1: lang='english' is not a language tag."),
    "no direction of a language that needs one": ('"en"', '"ar"', "2:1: 'ar' is written from right to left"),
    "no title": ("<title>home</title>", "", "the page has no title."),
    "an empty title": ("<title>home</title>", "<title> </title>", "the page has no title."),
    "only a drawing with a title": (
        "<title>home</title>", "<svg><title>home</title></svg>", "the page has no title.",
    ),
    "no description": (
        '<meta name="description" content="About home.">', "", "warning: the page has no description.",
    ),
    "no viewport": ('<meta name="viewport" content="width=device-width">', "", "the page has no viewport"),
    "a viewport that cannot be enlarged": (
        "width=device-width", "width=device-width, maximum-scale=1",
        "3:1: warning: the viewport keeps readers from enlarging the page.",
    ),
    "a canonical address without host": (
        'href="https://site.test/"', 'href="/"', "4:48: the canonical address '/' is not a full address.",
    ),
    "two canonical addresses": (
        '<link rel="stylesheet"', '<link rel="canonical" href="https://site.test/"><link rel="stylesheet"',
        "5:1: the page has another canonical address.",
    ),
    "no first heading": ("<h1>home</h1>", "", "the page has no first heading (h1)."),
    "two first headings": ("<h2", "<h1>again</h1><h2", "6:1: warning: the page has another h1."),
    "a rank of headings skipped": (
        '<h2 id="part">Part</h2>', '<h4 id="part">Part</h4>', "6:1: warning: an h4 follows an h1.",
    ),
    "an id of two elements": (
        "<table>", '<p id="part"></p><table>', "7:1: another element has the id 'part' too.",
    ),
    "a label for nothing": (
        "<table>", '<label for="x">X</label><table>', "7:1: no element of the page has the id in for='x'.",
    ),
    "a name that is nowhere": (
        "<table>", '<p aria-labelledby="part x"></p><table>',
        "7:1: no element of the page has the id in aria-labelledby='x'.",
    ),
    "control of nothing": (
        "<table>", '<p aria-controls="x"></p><table>',
        "7:1: warning: no element of the page has the id in aria-controls='x'.",
    ),
    "an image without alt": (' alt=""', "", "8:31: the image 'dot.png' has no alt."),
    "a drawing without name": (' aria-hidden="true"', "", "8:1: warning: a drawing (svg) has no name"),
    "a table without caption": ("<caption>Table</caption>", "", "7:1: warning: a table has no caption."),
    "a table without headers": (
        '<th scope="col">Head</th>', "<td>Head</td>", "7:1: warning: a table has no header cells.",
    ),
    "a header without scope": (' scope="col"', "", "7:36: warning: the table header 'Head' has no scope."),
    "a dead link": ("other/#part", "othr/", "7:74: there is no page or file at 'othr/'. Did you mean 'other/'?"),
    "a dead link to this site in full": (
        "other/#part", "https://site.test/othr/", "7:74: there is no page or file at 'https://site.test/othr/'.",
    ),
    "a link out of the site": (
        "other/#part", "../other/", "7:74: '../other/' leads out of the site, which begins at '/'.",
    ),
    "a dead fragment": (
        "other/#part", "other/#prt", "7:74: the page of 'other/#prt' has no element with that id. Did you mean 'part'?",
    ),
    "a dead fragment of the page itself": (
        "other/#part", "#prt", "7:74: the page of '#prt' has no element with that id.",
    ),
    "a missing image": ('src="dot.png"', 'src="dott.png"', "8:31: there is no file at 'dott.png'."),
    "a missing image for some screens": (
        'src="dot.png"', 'src="dot.png" srcset="dot.png 1x,dott.png 2x, dot.png 3x"',
        "8:31: there is no file at 'dott.png'.",
    ),
    "a missing image for other sites": (
        "<title>", '<meta property="og:image" content="https://site.test/no.png"><title>',
        "3:52: there is no page or file at 'https://site.test/no.png'.",
    ),
    "a missing image in a style of the page": (
        "<table>", '<table style="background: url(no.png)">', "7:1: there is no file at 'no.png'.",
    ),
    "a script from another site": (
        "<table>", f'<script src="{CDN}x.js"></script><table>',
        f"7:1: warning: this loads {CDN}x.js from another site.",
    ),
    "a style from another site": (
        'href="style/site.css"', 'href="//cdn.test/x.css"',
        "5:1: warning: this loads //cdn.test/x.css from another site.",
    ),
    "an image from another site": (
        'src="dot.png"', f'src="{CDN}x.png"', f"8:31: warning: this loads {CDN}x.png from another site.",
    ),
    "a heavy page": (
        "<table>", "<p>" + "".join(map(chr, range(0x4E00, 0x9000))) * 7 + "</p><table>", "warning: the page weighs ",
    ),
}  # fmt: skip


@pytest.fixture
def good_site(write_site: Callable[..., Path]) -> Path:
    return write_site(
        {
            "index.html": GOOD.format(name="home", root="", address=""),
            "other/index.html": GOOD.format(name="other", root="../", address="other/"),
            "style/site.css": "body { background: url(../dot.png?v=1#a) }",
            "dot.png": b"PNG",
        }
    )


def report(root: Path, base_url: str | None = None) -> list[str]:
    return [str(problem) for problem in audit_site(root, "", base_url).problems]


def replace(page: Path, before: str, after: str) -> None:
    text = page.read_text()
    assert before in text
    page.write_text(text.replace(before, after, 1))


def test_a_good_site_has_no_mistakes(good_site: Path) -> None:
    assert audit_site(good_site) == (2, [])


@pytest.mark.parametrize("name", MISTAKES)
def test_a_planted_mistake_is_reported_with_its_place(good_site: Path, name: str) -> None:
    before, after, expected = MISTAKES[name]
    replace(good_site / "index.html", before, after)
    separator = ":" if expected[0].isdigit() else ": "
    assert [line for line in report(good_site) if line.startswith(f"index.html{separator}{expected}")]


def test_every_mistake_has_a_code_and_a_way_to_mend_it(good_site: Path) -> None:
    codes = set()
    for before, after, _ in MISTAKES.values():
        page = good_site / "index.html"
        text = page.read_text()
        replace(page, before, after)
        problems = audit_site(good_site).problems
        page.write_text(text)
        assert all(re.fullmatch("[a-z][a-z0-9]*(-[a-z0-9]+)+", problem.code) for problem in problems)
        assert all(problem.hint for problem in problems)
        codes |= {problem.code for problem in problems}
    sources = [Path(checks.__file__).with_name(f"{name}.py").read_text() for name in ("page_checks", "checks")]
    written = re.findall(r'(?:_at|make|= |else |^    )\("([a-z0-9]+-[a-z0-9-]+)"', "".join(sources), re.MULTILINE)
    assert codes == set(written) - {"no-pages"}, "a check without a planted mistake, or one that is never run"


def test_pages_with_the_same_title_and_description_are_reported(good_site: Path) -> None:
    page = good_site / "other/index.html"
    page.write_text(page.read_text().replace("other</title>", "home</title>").replace("About other.", "About home."))
    assert report(good_site) == [
        "other/index.html: warning: the page has the description of index.html: 'About home.'. "
        "Give each page its own description.",
        "other/index.html: warning: the page has the title of index.html: 'home'. Give each page its own title.",
    ]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("a {\n src: url(lost.woff2) }", "style/site.css:2:7: there is no file at 'lost.woff2'."),
        ("@import 'lost.css';", "style/site.css:1:1: there is no file at 'lost.css'."),
        (f"a {{ src: url('{CDN}a') }}", f"style/site.css:1:10: warning: this loads {CDN}a from another site."),
    ],
)
def test_a_style_that_loads_what_it_should_not_is_reported(good_site: Path, style: str, expected: str) -> None:
    (good_site / "style/site.css").write_text(style)
    (line,) = report(good_site)
    assert line.startswith(expected)


@pytest.mark.parametrize(
    "style",
    [
        "/* url(lost.png) */ a { fill: url(#ink) }",
        "@namespace svg url(http://www.w3.org/2000/svg);",
        "a { mask: url(\"data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg'/>\") }",
    ],
)
def test_a_style_that_loads_nothing_is_not_reported(good_site: Path, style: str) -> None:
    (good_site / "style/site.css").write_text(style)
    assert report(good_site) == []


@pytest.mark.parametrize(
    "link",
    [
        "", "#", "#top", "#part", "#:~:text=Part", "#/route", "?page=2", ".", "./", "/", "/other/", "/other", "other",
        "other/index.html#part", "OTHER/../other/", "dot.png", "dot%2Epng", "https://site.test", "//site.test/other/",
        "https://elsewhere.test/x", "mailto:a@b.test", "tel:1", "javascript:void(0)", "data:,x", "old/", "old/deep/x",
    ],
)  # fmt: skip
def test_an_address_that_hosts_answer_is_not_reported(good_site: Path, link: str) -> None:
    (good_site / "_redirects").write_text("# moved\n/old/* /other/ 301\n/* /404.html 404\n")
    replace(good_site / "index.html", "other/#part", link)
    assert report(good_site) == []


def test_what_a_script_shows_or_fills_in_is_not_held_against_the_page(good_site: Path) -> None:
    more = '<div hidden><a href="#made-by-script">Go</a></div><template><a href="{url}"><h1>x</h1></a></template>'
    replace(good_site / "index.html", "<table>", more + "<table>")
    assert report(good_site) == []


def test_a_drawing_in_a_button_that_has_a_name_needs_none_of_its_own(good_site: Path) -> None:
    replace(
        good_site / "index.html",
        "<table>",
        '<button title="Menu"><svg></svg></button><a href="/">Home <svg></svg></a><table>',
    )
    assert report(good_site) == []


def test_a_page_that_leads_on_at_once_is_only_held_to_where_it_leads(good_site: Path) -> None:
    page = good_site / "old.html"
    page.write_text('<meta http-equiv="refresh" content="0; url=other/">')
    assert report(good_site) == []
    page.write_text('<meta http-equiv="refresh" content="0; url=othr/">')
    assert report(good_site) == ["old.html:1:1: there is no page or file at 'othr/'. Did you mean 'other/'?"]


def test_a_page_that_search_engines_do_not_list_may_look_like_another(good_site: Path) -> None:
    copy = (good_site / "index.html").read_text().replace("<title>", '<meta name="robots" content="noindex"><title>')
    (good_site / "copy.html").write_text(copy.replace('<meta name="description" content="About home.">', ""))
    assert report(good_site) == []


def test_a_page_that_a_script_draws_needs_no_heading(good_site: Path) -> None:
    page = good_site / "index.html"
    page.write_text(
        re.sub("<body>.*</body>", "<body><div></div><script></script></body>", page.read_text(), flags=re.DOTALL)
    )
    assert report(good_site) == []


def test_a_base_element_is_where_links_begin(good_site: Path) -> None:
    page = good_site / "other/index.html"
    page.write_text(page.read_text().replace("<title>", '<base href="/"><title>').replace("../", ""))
    assert report(good_site) == []


# Where a site lives


def test_a_link_from_the_root_of_the_domain_has_to_stay_below_the_path_of_the_site(good_site: Path) -> None:
    replace(good_site / "index.html", "other/#part", "/other/")
    message = "index.html:7:74: '/other/' leads out of the site, which begins at '/repo/'."
    assert report(good_site, "https://site.test/repo") == [
        f"{message} Make the link relative to its page, with as many '../' as are right."
    ]
    replace(good_site / "index.html", '"/other/"', '"/repo/other/"')
    assert report(good_site, "https://site.test/repo") == []


def test_the_path_of_a_site_is_known_from_its_canonical_addresses(good_site: Path) -> None:
    for page in good_site.rglob("*.html"):
        page.write_text(page.read_text().replace("site.test/", "site.test/repo/"))
    replace(good_site / "index.html", "other/#part", "/repo/other/")
    assert report(good_site) == []
    replace(good_site / "index.html", '"/repo/other/"', '"/other/"')
    assert len(report(good_site)) == 1


# Reports


def test_what_many_pages_have_in_common_is_reported_once() -> None:
    many = [error_at("missing-title", f"{number}.html", WHOLE_FILE, "No title.", "Add it.") for number in range(9)]
    few = [warning_at("missing-scope", f"{number}.html", Position(2, 1), "No scope.") for number in range(2)]
    assert [str(problem) for problem in fold_repeats([*few, *many])] == [
        "0.html: No title. Add it. (And 8 times more.)",
        "0.html:2:1: warning: No scope.",
        "1.html:2:1: warning: No scope.",
    ]


def test_errors_come_before_warnings(good_site: Path) -> None:
    replace(good_site / "index.html", "<caption>Table</caption>", "")
    replace(good_site / "other/index.html", "<title>other</title>", "")
    assert [problem.severity for problem in audit_site(good_site).problems] == ["error", "warning"]


def test_paths_begin_with_the_name_of_the_folder(good_site: Path) -> None:
    replace(good_site / "other/index.html", "<title>other</title>", "")
    problem: Diagnostic = audit_site(good_site, "./public/").problems[0]
    assert problem.location == "public/other/index.html"


# The site of this project


@pytest.mark.parametrize("base_url", [None, "https://example.org/repo/"])
def test_the_site_of_this_project_has_no_mistakes(built_site: Path, base_url: str | None) -> None:
    """The page for dead addresses is made for the place where the site lives, so no other is asked of it."""
    found = list(audit_site(built_site, "", base_url).problems)
    assert [str(problem) for problem in found if not (base_url and problem.path == "404.html")] == []


def test_no_page_of_this_project_weighs_more_than_40_kilobytes(built_site: Path) -> None:
    assert audit_site(built_site, weight_budget=40_000).problems == []


def test_every_page_of_this_project_says_its_direction_and_address(built_site: Path) -> None:
    for page in sorted(built_site.rglob("*.html")):
        soup = BeautifulSoup(page.read_bytes(), "html.parser")
        canonical = soup.find("link", rel="canonical")
        assert soup.html and soup.html["dir"] == "ltr", page
        assert page.name == "404.html" or (canonical and str(canonical["href"]).endswith("/")), page


def test_no_link_of_this_project_begins_at_the_root_of_the_domain(built_site: Path) -> None:
    for page in sorted(built_site.rglob("*.html")):
        if page.name != "404.html":
            assert not re.findall(r'(?:href|src)="/', page.read_text(encoding="utf-8")), page
