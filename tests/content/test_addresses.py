"""What is said of the ids of pages, held to the pages as they are built."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from generator.build.cache import Cache
from generator.build.check import open_addresses
from generator.build.load import Resources, load_site
from generator.content.addresses import Addresses
from generator.content.file_data import read_file, write_file
from generator.files.tree import MemoryTree, Tree
from tests.sites import (
    ABOUT,
    CALENDAR,
    CASES,
    MAKERS,
    NEW,
    SITE,
    append,
    build,
    edit,
    read_folder,
    real_content,
    real_layouts,
    text_of,
)

# Headings, footnotes and ids of the same name in the text of a page, in blocks, and in entries of a block.
TEXT = "## Prices\n\nHigh[^1]. <b title='a' id='own'>b</b>\n\n<div id=two>c</div>\n\n[^1]: Or low.\n"
TWINS = [
    {"kind": "text", "text": TEXT},
    {"kind": "offers", "offers": ["course"]},
    {"kind": "faq", "items": [{"question": "Why?", "answer": TEXT}, {"question": "How?", "answer": TEXT}]},
]


def with_blocks(path: str) -> str:
    return write_file(path, {**read_file(path, text_of(path)), "blocks": TWINS})


SITES: dict[str, Tree] = {
    "real": real_content(),
    "small": MemoryTree(SITE),
    "second": MemoryTree(read_folder(CASES / "second_site")),
    "blocks": MemoryTree({**SITE, **{path: with_blocks(path) for path in ("home.md", ABOUT, MAKERS, NEW)}}),
    "blocks of offers that are not live": MemoryTree(
        {
            **SITE,
            ABOUT: with_blocks(ABOUT),
            "offers.yaml": text_of("offers.yaml").replace("- id", "- draft: true\n  id"),
        }
    ),
    "headings": MemoryTree(
        {
            **append(ABOUT, "\n## Main\n\n## A & b\n\n## A & b\n\n### Über 日本\n"),
            NEW: edit(NEW, "Opening of New.", "Opening.\n\n### Key 1\n\n### Offer\n\n### Level 9\n")[NEW],
            MAKERS: text_of(MAKERS) + "\n### Level 1\n",
        }
    ),
}
# Ids by which elements of a page name each other, and no link.
INTERNAL = re.compile(r".*-caption|why-\d+|quiz-error|(block-\d[\d.]*)?fn(ref)?-.*")
# What a page may have by its template, or a script puts there.
POSSIBLE = {"result", "row_levels", "column-row_levels"}


def open_site(content: Tree) -> Addresses:
    cache = Cache()
    loaded = load_site(content, real_layouts(), CALENDAR, cache, Resources())
    return open_addresses(loaded, content, real_layouts())


@pytest.mark.parametrize("name", SITES)
def test_the_ids_of_every_page_are_known(name: str, tmp_path: Path) -> None:
    addresses = open_site(SITES[name])
    site = build(SITES[name], tmp_path / "site", real_layouts())
    pages = {path.relative_to(site).as_posix() for path in site.rglob("index.html")}
    assert {f"{route}index.html" for route in addresses} == pages
    for route in addresses:
        soup = BeautifulSoup((site / route / "index.html").read_text(encoding="utf-8"), "html.parser")
        ids = [str(element["id"]) for element in soup.find_all(id=True)]
        assert len(set(ids)) == len(ids), route
        there = {one for one in ids if not INTERNAL.fullmatch(one)}
        known = {one for one in addresses.find_ids(route) or () if not INTERNAL.fullmatch(one)}
        assert there <= known, route
        assert {one for one in known - there if not one.startswith("row_")} <= POSSIBLE, route
