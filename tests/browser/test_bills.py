"""Bills in a real browser: with a script the number is a field, and whatever is typed, the page is true."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import sites
from tests.pages.test_blocks import site_with, without_place
from tests.sites import ABOUT, NEW
from tests.tools.axe import Inspect

OpenPage = Callable[..., Page]
Serve = Callable[..., str]

BILL: dict[str, Any] = {
    "kind": "bill", "sentence": "Say it is {amount} a month.", "label": "It, a month", "amount": 10_000, "unit": "$",
    "period": "month", "from": 30, "to": 50, "maximum": 15_000, "rest": "Left", "part": "Gone",
    "usual": {"text": "Usual", "from": 5000, "to": 15_000}, "result": "**{part}** less. That is {year} a year.",
}  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A level with a bill, and a page with two others."""
    files = {**site_with(NEW, BILL), ABOUT: site_with(ABOUT, without_place("bill"), BILL)[ABOUT]}
    return sites.build(files, tmp_path_factory.mktemp("bills") / "site", sites.real_layouts())


def open_bill(new_page: OpenPage, address: str, **options: Any) -> tuple[Page, Locator]:
    page = new_page(reduced_motion="reduce", **options)
    page.goto(address)
    return page, page.get_by_role("textbox", name="It, a month")


def test_without_a_script_the_number_of_the_editor_is_text(new_page: OpenPage, serve_folder: Serve, site: Path) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(serve_folder(site) + "makers/new/")
    expect(page.get_by_role("heading", name="Say it is $10,000 a month.")).to_be_visible()
    expect(page.locator(".block_bill input")).to_have_count(0)
    expect(page.locator(".block_bill__hint")).to_be_hidden()
    expect(page.locator(".block_bill__result")).to_have_text("$3,000–$5,000 less. That is $36,000–$60,000 a year.")


def test_the_script_changes_nothing_before_somebody_types(new_page: OpenPage, serve_folder: Serve, site: Path) -> None:
    address = serve_folder(site) + "makers/new/"
    plain = new_page(java_script_enabled=False)
    plain.goto(address)
    page, field = open_bill(new_page, address)
    expect(field).to_have_value("10,000")
    before, after = (each.locator(".block_bill figure").bounding_box() for each in (plain, page))
    assert before
    assert after
    assert before["y"] == pytest.approx(after["y"], abs=1)
    assert page.locator(".block_bill figure").inner_text() == plain.locator(".block_bill figure").inner_text()


def test_a_number_of_ones_own_is_drawn_and_said(new_page: OpenPage, serve_folder: Serve, site: Path) -> None:
    page, field = open_bill(new_page, serve_folder(site) + "makers/new/")
    field.fill("7500.50")
    expect(page.locator(".block_bill__result")).to_have_text("$2,250–$3,750 less. That is $27,002–$45,003 a year.")
    expect(page.locator(".legend dd")).to_have_text(["$3,751–$5,251", "$2,250–$3,750"])
    assert scale_of(page, "amount") == pytest.approx(7500.5 / 15_000)
    field.blur()
    expect(field).to_have_value("7,500.50")
    expect(page.locator(".block_bill__result")).to_have_attribute("aria-live", "polite")


def test_a_bill_that_is_longer_than_the_scale_stretches_it(new_page: OpenPage, serve_folder: Serve, site: Path) -> None:
    page, field = open_bill(new_page, serve_folder(site) + "makers/new/")
    field.fill("30000")
    expect(page.locator(".block_bill__scale")).to_contain_text("$30,000")
    assert scale_of(page, "amount") == 1
    assert scale_of(page, "maximum") == pytest.approx(0.5)
    field.fill("1500")
    expect(page.locator(".block_bill__scale")).to_contain_text("$15,000")


def scale_of(page: Page, name: str) -> float:
    return float(
        page.locator(f"[data-scaled={name}]").first.evaluate("(e) => new DOMMatrix(getComputedStyle(e).transform).a")
    )


@pytest.mark.parametrize("text", ["", "0", "-5", "a lot", "10k", "9" * 24])
def test_what_is_no_amount_is_said_and_the_last_one_stays(
    new_page: OpenPage, serve_folder: Serve, site: Path, text: str
) -> None:
    page, field = open_bill(new_page, serve_folder(site) + "makers/new/")
    field.fill("2000")
    expect(page.locator(".block_bill__result")).to_contain_text("$600–$1,000")
    field.fill(text)
    problem = page.get_by_role("status").filter(has_text="number above 0")
    expect(problem).to_have_text("Please type a number above 0. What you see is still for $2,000.")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(problem.inner_text())
    expect(page.locator(".block_bill__result")).to_contain_text("$600–$1,000")
    field.blur()
    expect(field).to_have_value(text)
    field.fill("500")
    expect(field).to_have_attribute("aria-invalid", "false")
    expect(page.locator(".block_bill__hint")).to_have_text("Type in your own number.")


def test_two_bills_on_a_page_do_not_know_each_other(new_page: OpenPage, serve_folder: Serve, site: Path) -> None:
    page, field = open_bill(new_page, serve_folder(site) + "about/")
    other = page.locator(".block_bill").first.inner_text()
    field.fill("500")
    expect(page.locator(".block_bill__result").last).to_contain_text("$150–$250")
    assert page.locator(".block_bill").first.inner_text() == other


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_field_with_anything_in_it_is_accessible_and_fits(
    new_page: OpenPage, serve_folder: Serve, site: Path, inspect: Inspect, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 800}
    page, field = open_bill(
        new_page, serve_folder(site) + "makers/new/", viewport=size, color_scheme=scheme, bypass_csp=True
    )
    for text in ("1000000000000", "W" * 24):
        field.fill(text)
        assert page.evaluate("document.documentElement.scrollWidth") == width
    assert inspect(page) == []
    assert float(field.evaluate("(e) => parseFloat(getComputedStyle(e).fontSize)")) >= 16


def test_only_pages_with_a_bill_load_its_script(site: Path) -> None:
    loading = {path.parent.name for path in site.rglob("*.html") if "assets/bill." in path.read_text(encoding="utf-8")}
    assert loading == {"new", "about"}
