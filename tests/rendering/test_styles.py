"""The styles of a page: what belongs to all pages, and to the components and elements that are on it."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

from generator.rendering.assets import collect_assets
from generator.rendering.styles import PageStyles, StylePart, find_condition, hash_style, list_conditions
from tests.sites import real_layouts

PARTS = [
    StylePart("", "a{}"),
    StylePart("table", "td{}"),
    StylePart(".offer", ".offer{background:url({root}assets/mark.svg)}"),
    StylePart(".state_mark", "b{}"),
]


@pytest.mark.parametrize(
    ("body", "styles"),
    [
        ("<p>offer, table</p>", "a{}"),
        ('<p class="wide offers">', "a{}"),
        ("<table class=wide><tr>", "a{}td{}"),
        ("<table>", "a{}td{}"),
        ('<p class="wide offer">', "a{}.offer{background:url(../assets/mark.svg)}"),
        ('<p id="x" class="offer--main">', "a{}.offer{background:url(../assets/mark.svg)}"),
        ('<p\nclass="offer__price">', "a{}.offer{background:url(../assets/mark.svg)}"),
        ('<b class="state_mark state_mark--draft">', "a{}b{}"),
    ],
)
def test_a_page_has_the_styles_of_what_is_on_it(body: str, styles: str) -> None:
    assert PageStyles(PARTS).find(body, "../") == styles


def test_a_style_sheet_says_by_its_place_what_it_belongs_to() -> None:
    assert find_condition("css/base.css") == ""
    assert find_condition("css/components/offer.css") == ".offer"
    assert find_condition("css/elements/table.css") == "table"


def test_what_a_policy_calls_a_style_is_its_digest() -> None:
    digest = base64.b64encode(hashlib.sha256("p{content:'é'}".encode()).digest()).decode()
    assert hash_style("p{content:'é'}") == f"'sha256-{digest}'"


def list_selectors(style: str) -> list[str]:
    rules = re.findall(r"([^{}@][^{}]*)\{", re.sub(r"@[^{}]*\{", "{", style))
    return [selector.strip() for rule in rules for selector in rule.split(",") if "." in selector]


def test_what_is_left_out_would_style_nothing_on_the_page(built_site: Path) -> None:
    parts = collect_assets(real_layouts(), [4]).styles
    for page in built_site.rglob("*.html"):
        body = page.read_text(encoding="utf-8").partition("</head>")[2]
        present = list_conditions(body)
        classes = {name for names in re.findall(r'\sclass="([^"]*)"', body) for name in names.split()}
        for part in parts:
            if part.condition.startswith(".") and part.condition not in present:
                for selector in list_selectors(part.text):
                    assert not set(re.findall(r"\.([a-z][\w-]*)", selector)) <= classes, (page.name, selector)


def test_every_page_carries_its_styles_and_loads_no_style_sheet(built_site: Path) -> None:
    for page in built_site.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        head, _, body = text.partition("</head>")
        style = re.search(r"<style>(.*?)</style>", head, re.DOTALL)
        assert style and "{root}" not in style[1] and 'rel="stylesheet"' not in text
        assert "&#39;sha256-" in head or "'sha256-" in head
        assert hash_style(style[1]).strip("'") in head
        assert (".quiz_form{" in style[1]) == (".quiz_form" in list_conditions(body))
