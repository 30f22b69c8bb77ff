"""Small windows, long words and paper: nothing is cut off, nothing covers what one reads, all can be filled in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.sites import ROOT, build, read_folder, real_layouts
from tests.tools.waiting import wait_until

OpenPage = Callable[..., Page]
Serve = Callable[..., str]

WORDS = {
    "de": "Rechtsschutzversicherungsgesellschaften",
    "fi": "Lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas",
}
# Every element of Markdown, and a table of six columns.
RICH = """---
title: Everything that Markdown has
summary: A page with every element there is, to see whether each of them has room enough for the longest of words.
---
Text with `code`, **bold**, ~~gone~~ and [a link](/privacy/).[^1]

## A heading

- one
  - two
    1. three

> A quote
>
> > in a quote

| a | b | c | d | e | f |
|---|--:|:-:|---|---|---|
| one | two | three | four | five | six |

- [x] done

```python
def name(value):
    return value
```

<details><summary>More</summary>

Inside.

</details>

#### A small heading

[^1]: The note.
"""

# Puts a word before every text.
LENGTHEN = """([lang, word]) => {
  document.documentElement.lang = lang;
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  for (const node of nodes) if (/[a-z]{3}/i.test(node.data)) node.data = word + " " + node.data;
}"""
# The texts that reach out of the window, or of an element that cuts off what is wider. What scrolls has its end.
FIND_CUT = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    const aside = !parent.checkVisibility({visibilityProperty: true}) || parent.closest(".hidden, .skip");
    if (aside || !node.data.trim()) continue;
    let left = 0, right = innerWidth, ends = false;
    for (let box = parent; box && box !== document.body && !ends; box = box.parentElement) {
      const {overflowX, clipPath} = getComputedStyle(box), {left: from, right: to} = box.getBoundingClientRect();
      ends = overflowX === "auto" || overflowX === "scroll" || clipPath.startsWith("inset(50%");
      if (overflowX !== "visible") [left, right] = [Math.max(left, from), Math.min(right, to)];
    }
    const range = document.createRange();
    range.selectNodeContents(node);
    const cut = ({width, left: from, right: to}) => width && (from < left - 1 || to > right + 1);
    if (!ends && [...range.getClientRects()].some(cut)) {
      found.push(`${parent.className}: ${node.data.trim().slice(0, 80)}`);
    }
  }
  return found;
}"""
# The part of the window that is covered by what stays where it is.
FIND_COVERED = """() => {
  const stays = [...document.querySelectorAll("body *")].filter((element) => {
    const {position, top, bottom} = getComputedStyle(element);
    if (!element.checkVisibility()) return false;
    if (position === "fixed") return true;
    if (position !== "sticky") return false;
    const box = element.getBoundingClientRect();
    return Math.abs(box.top - parseFloat(top)) < 2 || Math.abs(innerHeight - box.bottom - parseFloat(bottom)) < 2;
  });
  const cells = 40;
  let covered = 0;
  for (let x = 0.5; x < cells; x++) for (let y = 0.5; y < cells; y++) {
    const at = document.elementFromPoint(x * innerWidth / cells, y * innerHeight / cells);
    covered += stays.some((element) => element.contains(at));
  }
  return covered / cells / cells;
}"""


@pytest.fixture(scope="module")
def rich_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with a form, and with a page of every element."""
    files = read_folder(ROOT / "content")
    settings = (ROOT / "content/site.yaml").read_text(encoding="utf-8")
    files["site.yaml"] = f"{settings}\nleads: {{action: 'https://forms.example/', consent: 'You may write to me.'}}\n"
    files["pages/rich.md"] = RICH
    return build(files, tmp_path_factory.mktemp("rich") / "site", real_layouts())


@pytest.fixture(scope="module")
def kinds(rich_site: Path) -> list[str]:
    """An address of each kind of page; all levels, as their letters differ in width."""
    paths = sorted(path.relative_to(rich_site).as_posix() for path in rich_site.rglob("*.html"))
    return [path.removesuffix("index.html") for path in paths if not path.startswith("career")]


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_no_word_is_too_long_for_any_place(
    new_page: OpenPage, serve_folder: Serve, rich_site: Path, kinds: list[str], width: int, language: str
) -> None:
    site = serve_folder(rich_site)
    page = new_page(viewport={"width": width, "height": 900}, reduced_motion="reduce")
    found = []
    for address in kinds:
        page.goto(site + address)
        page.evaluate(LENGTHEN, [language, WORDS[language]])
        found += [f"/{address} {line}" for line in page.evaluate(FIND_CUT)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"/{address} scrolls sideways")
    assert found == []


@pytest.mark.parametrize("height", [256, 180])
def test_two_thirds_of_a_window_at_400_percent_are_free(
    new_page: OpenPage, serve_folder: Serve, rich_site: Path, kinds: list[str], height: int
) -> None:
    site = serve_folder(rich_site)
    page = new_page(viewport={"width": 320, "height": height}, reduced_motion="reduce")
    page.goto(f"{site}founders/quiz/")
    while page.locator(".quiz_form__question:visible").count():
        page.locator(".quiz_form__question:visible label").first.evaluate("(label) => label.click()")
        page.locator(".quiz_form button[type=submit]").click()
    found = {}
    for address in kinds:
        page.goto(site + address)
        page.evaluate("document.documentElement.style.scrollBehavior = 'auto'")
        end = page.evaluate("document.documentElement.scrollHeight")
        for part in (0, 0.25, 0.5, 0.75, 1):
            page.evaluate("(y) => scrollTo(0, y)", part * end)
            covered = page.evaluate(FIND_COVERED)
            if covered > 1 / 3:
                found[address, part] = covered
    assert found == {}


def test_no_field_is_so_small_that_a_phone_enlarges_the_page(
    new_page: OpenPage, serve_folder: Serve, rich_site: Path, kinds: list[str]
) -> None:
    site = serve_folder(rich_site)
    page = new_page(viewport={"width": 320, "height": 600})
    sizes: dict[str, float] = {}
    for address in kinds:
        page.goto(site + address)
        sizes |= page.evaluate(
            "(address) => Object.fromEntries([...document.querySelectorAll('input, select, textarea, button')]"
            ".map((field) => [`${address} ${field.type} ${field.name}`,"
            " parseFloat(getComputedStyle(field).fontSize)]))",
            address,
        )
    assert any("email" in field for field in sizes)
    assert {field: size for field, size in sizes.items() if size < 16} == {}


@pytest.mark.parametrize("address", ["founders/compare/", "rich/"])
def test_paper_shows_what_is_folded_and_the_screen_folds_it_again(
    page: Page, serve_folder: Serve, rich_site: Path, address: str
) -> None:
    page.goto(serve_folder(rich_site) + address)
    count = page.locator("details").count()
    assert count > 0
    assert page.locator("details[open]").count() == 0
    page.evaluate(
        "addEventListener('beforeprint', () => window.printed = document.querySelectorAll('details[open]').length)"
    )
    page.pdf()
    assert page.evaluate("printed") == count
    # Not by `wait_for_function`, which the policy of the page lets ask only once.
    wait_until(lambda: page.locator("details[open]").count() == 0, lambda: "they stay open")
