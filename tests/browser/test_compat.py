"""Safari 15, Firefox ESR 115 and Chrome 100 know what styles and scripts use, or docs/browsers.md says what is there
instead.
"""

import re
from pathlib import Path

import pytest

from tests.sites import ROOT
from tests.tools.node import run_script

TOOL = ROOT / "tests" / "tools" / "compat.mjs"
Features = dict[str, list[str]]


def find_unknown(*files: Path) -> Features:
    """The features that a browser lacks, with the browsers."""
    found: Features = run_script(TOOL, *files)
    return found


def read_table() -> Features:
    text = (ROOT / "docs" / "browsers.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.*?`) \| ([A-Z][\w, ]*) \|", text, re.MULTILINE)
    return {name: browsers.split(", ") for names, browsers in rows for name in re.findall(r"`([^`]+)`", names)}


@pytest.fixture
def sources(built_site: Path, tmp_path: Path, node_packages: Path) -> list[Path]:
    """The styles and the scripts of the whole site, as they are served."""
    pages = [page.read_text(encoding="utf-8") for page in built_site.rglob("*.html")]
    styles = {style for page in pages for style in re.findall(r"<style>(.*?)</style>", page, re.DOTALL)}
    for number, style in enumerate(sorted(styles)):
        (tmp_path / f"{number}.css").write_text(style, encoding="utf-8")
    assert len(styles) > 3
    return [*tmp_path.glob("*.css"), *built_site.glob("assets/*.js")]


def test_all_that_a_supported_browser_lacks_is_in_the_table(sources: list[Path]) -> None:
    assert find_unknown(*sources) == read_table()


ALL = ["Safari", "Firefox", "Chrome"]
CASES = {
    "a colour function": ("a { color: oklch(0.5 0.1 200) }", {"oklch()": ["Safari", "Chrome"]}),
    "a plain value before it": ("a { color: #123456; color: oklch(0.5 0.1 200) }", {}),
    "a condition": ("@supports (color: oklch(0 0 0)) { a { color: oklch(0.5 0.1 200) } }", {}),
    "a condition that is not met": ("@supports not (display: grid) { a { color: lab(50% 1 1) } }",
                                    {"lab()": ["Chrome"]}),
    "a layer": ("@layer base { a { color: red } }", {"@layer": ["Safari"]}),
    "a property": ("a { text-wrap: balance }",
                   {"text-wrap": ALL, "text-wrap: balance": ALL}),
    "a keyword": ("a { overflow: clip }", {"overflow: clip": ["Safari"]}),
    "a unit": ("a { width: 1dvh }", {"unit dvh": ["Safari", "Chrome"]}),
    "a text with an alternative": ('a { content: "x" / "" }', {"content: / alternative": ["Safari", "Firefox"]}),
    "a prefix before it": ("a { -webkit-hyphens: auto; hyphens: auto }", {}),
    "a selector alone": ("a:has(b) { color: red }", {":has": ALL}),
    "a selector beside others": ("a, a:has(b) { color: red }", {":has beside others": ALL}),
    "a selector among its like": ("a:has(b), b:has(a) { color: red }", {":has": ALL}),
    "a feature of media": ("@media (scripting: none) { a { color: red } }", {"@media scripting": ["Safari", "Chrome"]}),
    "what nobody knows": ("a { colour: red }", {"colour": ["?"]}),
    "nothing new": ("a:not(.b)::before { inset: 0; aspect-ratio: 1; width: clamp(1px, 2vw, 3px) }", {}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_style_is_looked_at_closely(case: str, tmp_path: Path, node_packages: Path) -> None:
    style, found = CASES[case]
    (tmp_path / "a.css").write_text(style)
    assert find_unknown(tmp_path / "a.css") == found


SCRIPTS = {
    "list.toSorted();": {".toSorted": ["Safari", "Chrome"]},
    "list.findLast((one) => one);": {".findLast": ["Safari"]},
    "structuredClone({});": {".structuredClone": ["Safari"]},
    "class A { static { start(); } }": {"StaticBlock": ["Safari"]},
    "const { at } = lists; lists.at; a?.b ?? c; d ??= 1; try { e(); } catch { f(); }": {},
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_looked_at_closely(script: str, tmp_path: Path, node_packages: Path) -> None:
    (tmp_path / "a.js").write_text(script)
    assert find_unknown(tmp_path / "a.js") == SCRIPTS[script]
