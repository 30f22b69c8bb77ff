"""What a visitor's browser has to load before a page shows."""

import gzip
import re
from pathlib import Path

# What a server can send at once, before the browser has answered for the first time.
FIRST_FLIGHT = 14 * 1024
# The largest font that comes within two round trips on a slow network, so that the largest paint is not late.
FONT_BUDGET = 29_200


def test_the_first_flight_has_all_html_and_styles_of_a_page(built_site: Path) -> None:
    sizes = {
        page.relative_to(built_site).as_posix(): len(gzip.compress(page.read_bytes(), 9))
        for page in built_site.rglob("*.html")
    }
    assert {path: size for path, size in sizes.items() if size > FIRST_FLIGHT} == {}


def test_a_page_waits_for_nothing_but_itself(built_site: Path) -> None:
    for page in built_site.rglob("*.html"):
        head = page.read_text(encoding="utf-8").partition("</head>")[0]
        assert 'rel="stylesheet"' not in head
        assert re.findall(r"<script (?!type=\"module\"|defer|type=\"application/ld)[^>]*>", head) == []


def test_one_font_is_loaded_and_early(built_site: Path) -> None:
    fonts = list((built_site / "assets").glob("*.woff2"))
    assert len(fonts) == 1
    assert fonts[0].stat().st_size <= FONT_BUDGET
    for page in built_site.rglob("*.html"):
        assert re.search(rf'<link rel="preload" href="[^"]*{fonts[0].name}"', page.read_text(encoding="utf-8"))
