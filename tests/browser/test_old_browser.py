"""Every kind of page in Chromium 109: text, choices and focus can be seen, light and dark."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, Page, ViewportSize

from tests.conftest import BROWSER_TIMEOUT, CACHE
from tests.tools import chromium
from tests.tools.axe import Inspect
from tests.tools.old_chromium import runs_here, unpack_chromium

Serve = Callable[..., str]
OpenOld = Callable[[int, str], Page]

pytestmark = pytest.mark.skipif(not runs_here(), reason="this browser is for Linux on x86-64")

KINDS = ("", "founders/", "founders/struggling/", "founders/surviving/", "founders/thriving/", "founders/driving/",
         "founders/compare/", "compare/2/", "founders/quiz/", "quiz/", "curriculum/", "offers/", "privacy/",
         "404.html")  # fmt: skip

# The texts on rock that are not on it: whose lines end beyond its slope.
FIND_OFF_ROCK = """() => {
  const found = [];
  for (const place of document.querySelectorAll(".on-slab")) {
    place.scrollIntoView();
    const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, parent = node.parentElement;
      const onPaper = getComputedStyle(parent).color === getComputedStyle(document.body).color;
      const aside = onPaper || !parent.checkVisibility() || parent.closest(".slab, .slab__numeral, .action");
      if (aside || !node.data.trim()) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const {left, right, top, bottom} of range.getClientRects()) {
        const hits = (x) => document.elementsFromPoint(x, (top + bottom) / 2).some((one) => one.closest(".slab__rock"));
        if (!hits(left + 1) || !hits(right - 1)) found.push(node.data.trim().slice(0, 60));
      }
    }
  }
  return found;
}"""
# WCAG's contrast of two colours as computed styles have them.
CONTRAST = """(one, other) => {
  const luminance = (color) => {
    const [r, g, b] = color.match(/[\\d.]+/g).map((part) => part / 255)
      .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}"""


@pytest.fixture(scope="module")
def old_browser(browser: Browser, node_packages: Path, setup_lock: FileLock) -> Iterator[Browser]:
    with setup_lock:
        path = unpack_chromium(node_packages, CACHE)
    old = browser.browser_type.launch(executable_path=path, args=chromium.ARGUMENTS, timeout=BROWSER_TIMEOUT)
    assert old.version.startswith("109.")
    yield old
    old.close()


@pytest.fixture
def open_old(old_browser: Browser) -> Iterator[OpenOld]:
    """Opens an empty page of a width, light or dark, as high as what it is to show."""
    contexts = []

    def open_page(width: int, scheme: str) -> Page:
        size: ViewportSize = {"width": width, "height": 1600}
        context = old_browser.new_context(
            viewport=size,
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            bypass_csp=True,
        )
        context.set_default_timeout(BROWSER_TIMEOUT)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_kind_of_page_can_be_read(
    open_old: OpenOld, serve_folder: Serve, built_site: Path, inspect: Inspect, width: int, scheme: str
) -> None:
    site, page, found = serve_folder(built_site), open_old(width, scheme), []
    for address in KINDS:
        page.goto(site + address)
        found += [f"/{address} {line}" for line in inspect(page)]
        found += [f"/{address} beside the rock: {text}" for text in page.evaluate(FIND_OFF_ROCK)]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"/{address} scrolls sideways")
        words, rock, paper = page.evaluate(
            "[getComputedStyle(document.querySelector('h1')).color, document.querySelector('.landing__hero .slab__rock"
            " i:last-child'), getComputedStyle(document.documentElement).backgroundColor].map((one) => one?.localName"
            " ? getComputedStyle(one).backgroundColor : one)"
        )
        if page.evaluate(f"([a, b]) => ({CONTRAST})(a, b)", [words, rock or paper]) < 4.5:
            found.append(f"/{address} has a headline that cannot be read")
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_quiz_shows_its_choices_the_choice_and_the_focus(
    open_old: OpenOld, serve_folder: Serve, built_site: Path, inspect: Inspect, scheme: str
) -> None:
    page = open_old(390, scheme)
    page.goto(serve_folder(built_site) + "founders/quiz/")

    def measure(number: int) -> tuple[float, float]:
        """The width of a box's border, and its contrast with the page."""
        width, contrast = page.evaluate(
            "(number) => { const boxes = document.querySelectorAll('fieldset:not([hidden]) input');"
            f" const style = getComputedStyle(boxes[number]); return [parseFloat(style.borderTopWidth),"
            f" ({CONTRAST})(style.borderTopColor,"
            " getComputedStyle(document.documentElement).backgroundColor)]; }",
            number,
        )
        return float(width), float(contrast)

    while page.locator(".quiz_form__question:visible").count():
        width, contrast = measure(0)
        assert 1.5 <= width <= 3
        assert contrast >= 3
        page.locator(".quiz_form__question:visible input").first.focus()
        page.keyboard.press("ArrowDown")
        width, contrast = measure(1)
        assert width > 5
        assert contrast >= 4.5
        label = "getComputedStyle(document.activeElement.closest('label')).outlineStyle"
        assert page.evaluate(f"[{label}, getComputedStyle(document.activeElement).outlineStyle].includes('solid')")
        assert inspect(page) == []
        page.keyboard.press("Enter")
    assert page.locator(".quiz_result:visible").get_attribute("data-result") == "2"
    assert inspect(page) == []
    assert page.evaluate(FIND_OFF_ROCK) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_is_seen_wherever_it_goes(
    open_old: OpenOld, serve_folder: Serve, built_site: Path, scheme: str
) -> None:
    site, page, found = serve_folder(built_site), open_old(1280, scheme), []
    for address in KINDS:
        page.goto(site + address)
        for _ in range(40):
            page.keyboard.press("Tab")
            seen, name = page.evaluate(
                "(() => { const one = document.activeElement, style = getComputedStyle(one);"
                " const shape = one.querySelector('polygon');"
                " return [one === document.body || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2"
                " || !!shape && parseFloat(getComputedStyle(shape).strokeWidth) >= 5"
                " || getComputedStyle(one.closest('label') || one).outlineStyle === 'solid',"
                " one.outerHTML.slice(0, 90)]; })()"
            )
            if not seen:
                found.append(f"/{address} {name}")
    assert found == []
