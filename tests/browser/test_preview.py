"""The preview in a real browser: what an editor sees of a save, of a mistake, and of its end."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.sites import SITE
from tests.tools.preview import RunningPreview, run_preview

LEVEL = "content/makers/1-new.md"
FIRST = "You have the first symptom"


@pytest.fixture
def level(preview: RunningPreview, new_page: Callable[..., Page]) -> Page:
    """The page of a level, connected, and marked so that a reload shows. Its policy would not let a test wait."""
    return visit(new_page(bypass_csp=True), preview.address + "makers/new/")


def visit(page: Page, address: str) -> Page:
    with page.expect_websocket() as opened:
        page.goto(address)
    opened.value.wait_for_event("framesent")
    page.wait_for_function("performance.getEntriesByType('resource').some(({ name }) => name === location.href)")
    page.evaluate("window.mark = true")
    return page


def is_marked(page: Page) -> bool:
    return bool(page.evaluate("window.mark === true"))


def test_the_last_of_many_saves_is_what_one_sees(preview: RunningPreview, level: Page) -> None:
    text = preview.read(LEVEL)
    for number in range(20):
        preview.write(LEVEL, text.replace(FIRST, f"Save number {number}."))
        if number % 3 == 0:  # others may be shown or not, as they come
            preview.wait_for_text("/makers/new/", f"Save number {number}.")
    expect(level.get_by_text("Save number 19.")).to_be_visible()
    expect(level.get_by_text("Save number")).to_have_count(1)


def test_new_words_appear_in_the_page_and_leave_the_rest_alone(preview: RunningPreview, level: Page) -> None:
    level.set_viewport_size({"width": 800, "height": 300})
    level.evaluate("scrollTo(0, 200)")
    preview.replace(LEVEL, FIRST, "A new symptom")
    expect(level.get_by_text("A new symptom")).to_be_attached()
    preview.replace(LEVEL, "- You have the second symptom", "- You have the second\n- And a **third**")
    expect(level.get_by_text("And a third")).to_be_attached()
    preview.replace(LEVEL, "focus: Focus of New", "focus: A new focus")
    expect(level).to_have_title("A new focus · Makers, New · Small Site")
    assert level.evaluate("scrollY") == 200
    assert is_marked(level)
    changed = level.content()
    level.reload()
    assert strip(changed) == strip(level.content())


def strip(html: str) -> str:
    """Without the preview's own elements, and the white space around them."""
    body = html.partition("</body>")[0]
    return "".join(body.split())


def test_what_cannot_be_changed_in_the_page_reloads_it_at_the_same_place(preview: RunningPreview, level: Page) -> None:
    level.set_viewport_size({"width": 800, "height": 300})
    level.evaluate("scrollTo(0, 200)")
    preview.replace("layouts/partials/head.html", "</head>", "<script>window.fresh = 1</script></head>")
    level.wait_for_function("window.fresh === 1")
    level.wait_for_function("scrollY === 200")
    assert not is_marked(level)


def test_a_new_style_is_applied_without_a_reload(preview: RunningPreview, page: Page) -> None:
    level = visit(page, preview.address + "makers/new/")
    preview.write("layouts/css/base.css", preview.read("layouts/css/base.css") + "\nh1 { color: rgb(1, 2, 3) }\n")
    expect(level.get_by_role("heading", level=1)).to_have_css("color", "rgb(1, 2, 3)")
    assert is_marked(level)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_mistake_shows_over_the_last_good_page_until_it_is_mended(
    preview: RunningPreview, new_page: Callable[..., Page], scheme: str
) -> None:
    pages = [visit(new_page(color_scheme=scheme), preview.address + path) for path in ("", "makers/new/")]
    preview.replace(LEVEL, "metric:", "metrik:")
    for page in pages:
        report = page.get_by_role("alertdialog", name="1 error")
        expect(report).to_be_visible()
        expect(report.get_by_text("content/makers/1-new.md:5:1")).to_be_visible()
        expect(report.get_by_text("unknown field 'metrik'.")).to_be_visible()
        expect(report.get_by_text("Did you mean 'metric'?")).to_be_visible()
        expect(report.locator(".marked")).to_contain_text("metrik: {from: 0, to: 1000}")
        expect(report.locator("pre span")).to_have_count(5)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert contrast(page) >= 4.5
    preview.replace(LEVEL, "metrik:", "metric:")
    for page in pages:
        expect(page.get_by_role("alertdialog")).to_have_count(0)
        assert is_marked(page)


def contrast(page: Page) -> float:
    """The least contrast of a text in the report with what is behind it."""
    return float(page.evaluate(CONTRAST))


CONTRAST = """() => {
  const rgb = (text) => text.match(/[\\d.]+/g).slice(0, 3).map(Number);
  const light = (text) => {
    const [r, g, b] = rgb(text).map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (node) => {
    while (getComputedStyle(node).backgroundColor === "rgba(0, 0, 0, 0)") node = node.parentElement;
    return getComputedStyle(node).backgroundColor;
  };
  const nodes = document.querySelector("preview-report").shadowRoot.querySelectorAll("h2, header span, p, pre span");
  return Math.min(...[...nodes].map((node) => {
    const [high, low] = [light(getComputedStyle(node).color), light(behind(node))].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05);
  }));
}"""


def test_a_report_can_be_hidden_and_opened_again_with_the_keyboard(preview: RunningPreview, level: Page) -> None:
    preview.replace(LEVEL, "metric:", "metrik:")
    report = level.get_by_role("alertdialog")
    expect(report).to_be_visible()
    level.keyboard.press("Escape")
    expect(report).to_be_hidden()
    level.reload()
    badge = level.get_by_role("button", name="1 error")
    expect(badge).to_be_visible()
    expect(report).to_be_hidden()
    badge.press("Enter")
    expect(report).to_be_focused()
    preview.replace(LEVEL, "metrik:", "metrics:")
    expect(report.get_by_text("unknown field 'metrics'.")).to_be_visible()


def test_a_page_that_cannot_be_built_at_first_shows_what_is_wrong_and_then_itself(
    preview_project: Path, page: Page, faults: list[str]
) -> None:
    (preview_project / LEVEL).write_text("no front matter", encoding="utf-8")
    with run_preview(preview_project) as preview:
        page.goto(preview.address + "makers/new/")
        expect(page.get_by_role("alertdialog").get_by_text("content/makers/1-new.md:1:1")).to_be_visible()
        preview.write(LEVEL, SITE["makers/1-new.md"])
        expect(page.get_by_text(FIRST)).to_be_visible()
        expect(page.get_by_role("alertdialog")).to_have_count(0)
        page.close()
    faults.clear()  # the browser notes that there was no page


def test_the_page_being_edited_opens_by_itself(preview_project: Path, page: Page) -> None:
    with run_preview(preview_project, "--follow") as preview:
        visit(page, preview.address)
        preview.replace(LEVEL, FIRST, "The edited page.")
        page.wait_for_url("**/makers/new/")
        expect(page.get_by_text("The edited page.")).to_be_visible()
        page.close()


def test_open_pages_come_back_after_a_change_of_the_program(
    preview: RunningPreview, level: Page, faults: list[str]
) -> None:
    preview.replace("generator/server/static_host.py", '".xml": "application/xml"', '".xml": "text/xml"')
    level.wait_for_function("window.mark === undefined")
    preview.wait_for_text("/makers/new/", FIRST)
    preview.replace(LEVEL, FIRST, "After the change.")
    expect(level.get_by_text("After the change.")).to_be_visible()
    faults.clear()  # the browser may note that the connection was lost


def test_a_page_that_is_removed_becomes_the_not_found_page(
    preview: RunningPreview, new_page: Callable[..., Page], faults: list[str]
) -> None:
    page = visit(new_page(), preview.address + "about/")
    (preview.folder / "content/pages/about.md").unlink()
    expect(page.get_by_role("heading", name="About us")).to_have_count(0)
    preview.write("content/pages/about.md", SITE["pages/about.md"])
    expect(page.get_by_role("heading", name="About us")).to_be_visible()
    faults.clear()  # the browser notes that the page was gone
