"""What search engines and other programs are told: titles, canonical pages, sitemap, structured data, plain texts."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from generator.cli.main import main
from generator.cli.no_change import answer_for_build
from generator.pages.target import Target
from tests import images, sites
from tests.sites import ABOUT, NEW, ROOT, SITE, Files, append, crowd, edit, text_of

BASE = "https://small-site.org/"
Write = Callable[..., Path]


def build(files: Files, folder: Path, **target: Any) -> Path:
    return sites.build(files, folder, sites.real_layouts(), Target(BASE, host="netlify", **target))


def read(page: Path) -> BeautifulSoup:
    return BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")


def find_data(page: Path, kind: str) -> list[dict[str, Any]]:
    scripts = read(page).find_all("script", {"type": "application/ld+json"})
    return [entry for script in scripts for entry in json.loads(script.get_text())["@graph"] if entry["@type"] == kind]


def with_seo(path: str, seo: str) -> Files:
    first = "title:" if "title:" in text_of(path) else "name:"
    return {**SITE, path: text_of(path).replace(first, f"seo: {seo}\n{first}", 1)}


@pytest.mark.parametrize("path", ["home.md", "makers/audience.md", NEW, ABOUT, "curriculum.yaml"])
def test_every_page_may_say_how_it_is_to_be_listed(path: str, tmp_path: Path) -> None:
    routes = {"home.md": "", "makers/audience.md": "makers/", NEW: "makers/new/", ABOUT: "about/"}
    route = routes.get(path, "curriculum/")
    output = build(with_seo(path, "{title: Whole title, canonical: /offers/}"), tmp_path / "one")
    page = read(output / f"{route}index.html")
    assert page.title and page.title.get_text() == "Whole title"
    assert [link["href"] for link in page.select("link[rel=canonical]")] == [f"{BASE}offers/"]
    assert f"<loc>{BASE}{route}</loc>" not in (output / "sitemap.xml").read_text()
    hidden = build(with_seo(path, "{noindex: true}"), tmp_path / "two")
    assert read(hidden / f"{route}index.html").select("meta[name=robots][content=noindex]")
    assert f"<loc>{BASE}{route}</loc>" not in (hidden / "sitemap.xml").read_text()
    assert f"<loc>{BASE}offers/</loc>" in (hidden / "sitemap.xml").read_text()


@pytest.mark.parametrize("route", ["offers/", "makers/compare/"])
def test_so_may_pages_without_a_file(route: str, tmp_path: Path) -> None:
    settings = text_of("site.yaml") + f"seo: [{{page: /{route}, title: Whole title, noindex: true}}]\n"
    output = build({**SITE, "site.yaml": settings}, tmp_path)
    page = read(output / f"{route}index.html")
    assert page.title and page.title.get_text() == "Whole title"
    assert page.select("meta[name=robots][content=noindex]")
    assert f"<loc>{BASE}{route}</loc>" not in (output / "sitemap.xml").read_text()
    assert not read(output / "about/index.html").select("meta[name=robots]")


def test_a_site_shows_whose_it_is(tmp_path: Path) -> None:
    proof = (
        "verification: {google: abc_D-1, bing: 0A1B, files: {google12.html: 'google-site-verification: google12.html'}}"
    )
    output = build(append("site.yaml", f"{proof}\n"), tmp_path)
    tags = {tag["name"]: tag["content"] for tag in read(output / "index.html").select("meta[name]")}
    assert (tags["google-site-verification"], tags["msvalidate.01"]) == ("abc_D-1", "0A1B")
    assert "google-site" not in (output / "about/index.html").read_text()
    assert (output / "google12.html").read_text() == "google-site-verification: google12.html\n"


def test_structured_data_says_what_the_content_says(tmp_path: Path) -> None:
    organisation = "organisation: {name: Small School, email: hello@small-site.org}\n"
    output = build(append("site.yaml", organisation), tmp_path)
    (website,) = find_data(output / "index.html", "WebSite")
    (school,) = find_data(output / "index.html", "Organization")
    assert website["publisher"] == {"@id": school["@id"]}
    assert "potentialAction" not in website
    (course,) = find_data(output / "curriculum/index.html", "Course")
    assert course["provider"]["name"] == "Small School"
    assert course["syllabusSections"] == [{"@type": "Syllabus", "name": "Foundation"}]
    assert course["offers"] == [
        {
            "@type": "Offer", "name": "The course", "category": "Paid", "url": "https://shop.small-site.org/course",
            "price": 1997, "priceCurrency": "USD",
        }
    ], "the talk is free, and no place on the course"  # fmt: skip
    crumbs = find_data(output / "makers/new/index.html", "BreadcrumbList")
    assert [item["item"] for item in crumbs[0]["itemListElement"]] == [BASE, f"{BASE}makers/", f"{BASE}makers/new/"]
    text = "".join(page.read_text() for page in output.rglob("*.html"))
    assert not re.search("Rating|Review|SearchAction|FAQPage", text)


def test_a_range_of_prices_has_both_ends(tmp_path: Path) -> None:
    files = edit("offers.yaml", "price: 1997", "price: {from: 97, to: 297}")
    (course,) = find_data(build(files, tmp_path) / "curriculum/index.html", "Course")
    limits = {"@type": "PriceSpecification", "minPrice": 97, "maxPrice": 297, "priceCurrency": "USD"}
    assert course["offers"][0]["priceSpecification"] == limits


def test_a_price_for_a_unit_is_not_that_of_the_course(tmp_path: Path) -> None:
    files = edit("offers.yaml", "price: 1997", "price: {from: 450}\n  per: user and *month*")
    (course,) = find_data(build(files, tmp_path) / "curriculum/index.html", "Course")
    unit = {"minPrice": 450, "priceCurrency": "USD", "unitText": "user and month"}
    assert course["offers"][0]["priceSpecification"] == {"@type": "UnitPriceSpecification", **unit}


def test_programs_read_each_page_as_a_text(tmp_path: Path) -> None:
    output = build(SITE, tmp_path)
    text = (output / "makers/new/index.md").read_text()
    assert text.startswith("# You are new.\n\n")
    assert "## Keys to success\n\n- **Do** the first thing\n" in text
    listed = (output / "llms.txt").read_text()
    assert listed.startswith("# Small Site\n\n> A line below it\n")
    for address in re.findall(rf"\({BASE}([^)]*)\)", listed):
        assert (output / address).exists()
    assert "index.md" not in (output / "sitemap.xml").read_text()


@pytest.mark.parametrize("path, route", [(NEW, "makers/new/"), ("makers/audience.md", "makers/"), (ABOUT, "about/")])
def test_a_page_that_is_kept_from_search_engines_has_no_text(path: str, route: str, tmp_path: Path) -> None:
    output = build(with_seo(path, "{noindex: true}"), tmp_path)
    assert (output / route / "index.html").exists() and not (output / route / "index.md").exists()
    assert f"({BASE}{route}index.md)" not in (output / "llms.txt").read_text()


def test_links_of_a_text_lead_where_those_of_its_page_do(tmp_path: Path) -> None:
    body = (
        "Go [to us](/about/), [to the *top*](/#top) or <a href='/about/'>there</a>; `[no](/link)`.\n\n"
        "[![A hut](/media/hut.jpg)](/about/ 'About') and [far](https://mountain-school.org/).\n"
    )
    files = {**append("makers/audience.md", body), "media/hut.jpg": images.photo()}
    text = (build(files, tmp_path) / "makers/index.md").read_text()
    assert "Go [to us](../about/), [to the *top*](../#top) or <a href='../about/'>there</a>; `[no](/link)`." in text
    assert "[A hut](../about/ 'About') and [far](https://mountain-school.org/)." in text


def test_notes_of_editors_are_in_no_text(tmp_path: Path) -> None:
    files = edit("makers/audience.md", "for Makers.", "for Makers. <!-- TODO -->")
    files["makers/audience.md"] = text_of("makers/audience.md", files) + "Go. <!-- ask\nBob -->\n\n`<!-- code -->`\n"
    output = build(files, tmp_path)
    text, listed = ((output / name).read_text() for name in ("makers/index.md", "llms.txt"))
    assert "for Makers.\n" in text and "Go.\n\n`<!-- code -->`" in text and "Bob" not in text
    assert "TODO" not in text + listed


def test_tables_code_and_files_of_blocks_are_in_the_text(tmp_path: Path) -> None:
    blocks = (
        "- {kind: table, head: [A, B], rows: [[a | b, c]]}\n"
        '- {kind: code, language: text, code: "```\\nx\\n```", caption: Signs}\n'
        "- {kind: download, file: /media/terms.pdf, text: Our *terms*}\n"
    )
    files = {**edit(ABOUT, "title:", f"blocks:\n{blocks}title:"), "media/terms.pdf": b"%PDF-1.7"}
    text = (build(files, tmp_path) / "about/index.md").read_text()
    assert "| A | B |\n| --- | --- |\n| a \\| b | c |\n" in text
    assert "````text\n```\nx\n```\n````\n\nSigns\n" in text
    assert "[Our *terms*](../media/terms.pdf)" in text


def test_no_text_leads_to_a_draft(tmp_path: Path) -> None:
    body = "Go [to us](/about/), <a href='/about/'>there</a> or [here][us].\n\n[us]: /about/\n"
    block = "blocks:\n  - {kind: action, text: Meet us, to: /about/}\n"
    files = {
        **SITE,
        "pages/about.md": text_of("pages/about.md").replace("---\n", "---\ndraft: true\n", 1),
        "makers/audience.md": text_of("makers/audience.md").replace("---\n", f"---\n{block}", 1) + body,
    }
    output = build(files, tmp_path)
    pages = "".join(page.read_text() for page in (*output.rglob("*.html"), *output.rglob("*.md")))
    assert "Go to us, there or " in pages
    assert "/about/" not in pages and "Meet us" not in pages


def test_what_compares_and_what_lets_choose_has_a_text_too(tmp_path: Path) -> None:
    files = {**SITE, "users/quiz.yaml": text_of("makers/quiz.yaml")}
    output = build(files, tmp_path)
    assert "- Makers: " in (output / "quiz/index.md").read_text()
    level = (output / "compare/1/index.md").read_text()
    assert "## Keys to success\n\n- Makers: **Do** the first thing" in level and "- Users: " in level
    assert "## Keys to success\n\n- New: **Do** the first thing" in (output / "makers/compare/index.md").read_text()


def test_a_quiz_says_for_itself_what_search_engines_are_told(tmp_path: Path) -> None:
    files = append("makers/quiz.yaml", "seo: {title: Try it, noindex: true}\n")
    output = build(files, tmp_path)
    page = (output / "makers/quiz/index.html").read_text()
    assert "<title>Try it</title>" in page and '<meta name="robots" content="noindex">' in page
    assert "makers/quiz/" not in (output / "sitemap.xml").read_text()
    assert "makers/compare/" in (output / "sitemap.xml").read_text()


def test_a_large_site_has_only_the_list(tmp_path: Path) -> None:
    output = build(crowd(9), tmp_path)
    assert list(output.rglob("index.md")) == []
    assert f"({BASE}makers/)" in (output / "llms.txt").read_text()


def test_pages_in_folders_have_the_pages_above_them(tmp_path: Path) -> None:
    team = text_of(ABOUT).replace("About us", "The team").replace("about us", "the team")
    output = build({**SITE, "pages/about/team.md": team}, tmp_path)
    crumbs = [link["href"] for link in read(output / "about/team/index.html").select(".breadcrumbs a")]
    assert crumbs == ["../../about/"]
    assert f"<loc>{BASE}about/team/</loc>" in (output / "sitemap.xml").read_text()


class Repository:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def git(self, *arguments: str) -> None:
        who = ("-c", "user.name=A", "-c", "user.email=a@small-site.org", "-c", "init.defaultBranch=main")
        subprocess.run(["git", *who, *arguments], cwd=self.folder, check=True, capture_output=True)

    def commit(self, day: str) -> None:
        self.git("add", "-A")
        who = {"GIT_COMMITTER_DATE": f"{day}T12:00:00Z", "GIT_AUTHOR_DATE": f"{day}T12:00:00Z"}
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@small-site.org", "commit", "-qm", "A change"]
        subprocess.run(command, cwd=self.folder, check=True, env={**os.environ, **who})


def test_the_sitemap_says_when_a_page_was_last_changed(
    tmp_path: Path, write_site: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYRAMID_CACHE", str(tmp_path / "cache"))
    repository = Repository(tmp_path)
    arguments = [
        "--content",
        "content",
        "--output",
        "site",
        "--layouts",
        str(ROOT / "layouts"),
        "--today",
        "2026-07-01",
    ]
    write_site(SITE, tmp_path / "content")
    repository.git("init", "-q")
    assert main(["build", *arguments]) == 0
    assert "lastmod" not in (tmp_path / "site/sitemap.xml").read_text()
    (tmp_path / ".gitignore").write_text("cache/\nsite/\n")
    repository.commit("2026-02-03")
    assert not answer_for_build(arguments, tmp_path), "a commit is noticed, though no file has changed"
    assert main(["build", *arguments]) == 0
    write_site(edit(ABOUT, "We are", "We all are"), tmp_path / "content")
    repository.commit("2026-04-05")
    assert main(["build", *arguments]) == 0
    sitemap = (tmp_path / "site/sitemap.xml").read_text()
    assert f"<loc>{BASE}about/</loc><lastmod>2026-04-05</lastmod>" in sitemap
    assert f"<loc>{BASE}makers/new/</loc><lastmod>2026-02-03</lastmod>" in sitemap
    repository.git("clone", "-q", "--depth", "1", f"file://{tmp_path}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    assert main(["build", *arguments]) == 0
    assert "lastmod" not in (tmp_path / "shallow/site/sitemap.xml").read_text(), "nobody knows there"
