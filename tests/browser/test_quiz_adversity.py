"""The quiz where something is amiss: no styles, a script that comes late, never or twice, pages of the past, other
tabs, a browser that refuses, a page that a translator has written anew.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.test_quiz import (
    ADDRESS,
    SLUG,
    choose,
    chosen,
    go_on,
    kept,
    level_of,
    number_of,
    question,
    result,
    take,
)
from tests.conftest import BROWSER_TIMEOUT
from tests.tools import chromium

OpenPage = Callable[..., Page]
Serve = Callable[..., str]

SCRIPT = re.compile(r"/quiz-[^/]*\.js")
ANSWERS = (3, 3, 3, 3, 3, 0)


@pytest.fixture
def site(serve_folder: Serve, built_site: Path) -> str:
    return serve_folder(built_site)


@pytest.fixture
def page(new_page: OpenPage) -> Page:
    return new_page(viewport={"width": 390, "height": 900}, reduced_motion="reduce")


def answers_of(page: Page) -> list[int]:
    """What the browser keeps as answers, counted from 0."""
    (record,) = kept(page).values()
    return [int(number) - 1 for number in record.split(".")[1:]]


# No styles.


def strip_styles(route: Route) -> None:
    response = route.fetch()
    route.fulfill(response=response, body=re.sub(r"<style>.*?</style>", "", response.text(), flags=re.DOTALL))


def test_without_styles_one_question_is_asked_at_a_time(page: Page, site: str) -> None:
    page.route(site + ADDRESS, strip_styles)
    page.goto(site + ADDRESS)
    assert page.locator("style").count() == 0
    for number, answer in enumerate(ANSWERS, 1):
        assert page.locator("fieldset:visible").count() == 1
        assert number_of(page) == number
        assert not page.locator(".quiz_form__worksheet").is_visible()
        choose(page, answer)
        go_on(page)
    assert answers_of(page) == list(ANSWERS)


def test_an_answer_belongs_to_its_question_wherever_one_is(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    page.evaluate("document.querySelectorAll('fieldset').forEach((field) => (field.hidden = false))")
    for field, answer in reversed(list(zip(page.locator("fieldset").all(), ANSWERS, strict=True))):
        field.locator("label").nth(answer).evaluate("(label) => label.click()")
    for number in range(1, len(ANSWERS) + 1):
        assert page.locator("progress, [role=progressbar]").get_attribute("aria-valuenow") == "6", number
        go_on(page)
    assert answers_of(page) == list(ANSWERS)


# The script.


def test_a_script_that_never_answers_leaves_the_worksheet(page: Page, site: str) -> None:
    page.route(SCRIPT, lambda _: None)
    page.goto(site + ADDRESS, wait_until="commit")
    expect(page.locator("#question-1")).to_be_visible()
    expect(question(page)).to_have_count(6)
    expect(page.get_by_role("heading", name="Work out your level on paper")).to_be_visible()
    expect(page.get_by_role("button").locator("visible=true")).to_have_count(0)
    page.locator("#question-4 label").first.click()
    assert page.locator("#question-4 input").first.is_checked()


def test_a_script_that_comes_late_takes_what_was_ticked(page: Page, site: str) -> None:
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route(SCRIPT, hold)
    page.goto(site + ADDRESS, wait_until="commit")
    expect(question(page)).to_have_count(6)
    for field, answer in zip(page.locator("fieldset").all()[:3], ANSWERS, strict=False):
        field.locator("label").nth(answer).click()
    for route in waiting:
        route.continue_()
    expect(question(page)).to_have_count(1)
    assert (number_of(page), chosen(page)) == (4, [])
    take(page, ANSWERS[3:])
    assert answers_of(page) == list(ANSWERS)


def test_a_script_that_runs_twice_runs_once(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    source = page.locator("script[src*='quiz-']").get_attribute("src") or ""
    page.evaluate("(source) => import(new URL(source, location).href + '?again')", source)
    length = page.evaluate("history.length")
    take(page, ANSWERS[:2])
    assert number_of(page) == 3
    assert page.evaluate("history.length") == length + 2
    take(page, ANSWERS[2:])
    assert answers_of(page) == list(ANSWERS)


# The past, and other tabs.


@pytest.fixture(scope="module")
def remembering_browser(browser: Browser, chromium_path: str) -> Iterator[Browser]:
    """A browser that goes back to pages as they were left."""
    switch = "--disable-back-forward-cache"
    arguments = [*chromium.ARGUMENTS, "--enable-features=BackForwardCache"]
    launched = browser.browser_type.launch(
        executable_path=chromium_path, args=arguments, ignore_default_args=[switch], timeout=BROWSER_TIMEOUT
    )
    yield launched
    launched.close()


@pytest.fixture
def remembering(remembering_browser: Browser) -> Iterator[Page]:
    # The policy of the pages would keep Playwright from asking more than once whether one is back.
    context = remembering_browser.new_context(
        viewport={"width": 390, "height": 900}, reduced_motion="reduce", bypass_csp=True
    )
    context.set_default_timeout(BROWSER_TIMEOUT)
    context.add_init_script("addEventListener('pageshow', ({persisted}) => (window.wasKept = persisted))")
    yield context.new_page()
    context.close()


def go_back_to_what_was_kept(page: Page) -> None:
    """Back to the page before, which the browser has kept as it was: nothing is loaded."""
    page.evaluate("void history.back()")
    page.wait_for_function("window.wasKept")
    page.evaluate("window.wasKept = false")


def bar(page: Page) -> str:
    """What the bar of the last result says."""
    shown = page.locator(".welcome_back:visible")
    return shown.inner_text() if shown.count() else ""


def test_what_is_forgotten_on_one_page_is_forgotten_on_those_before(remembering: Page, site: str) -> None:
    page = remembering
    page.goto(site + ADDRESS)
    take(page, ANSWERS)
    page.goto(site)
    assert "level 4" in bar(page)
    page.goto(f"{site}{SLUG}/")
    page.get_by_role("button", name="Forget it").click()
    go_back_to_what_was_kept(page)
    assert bar(page) == ""
    go_back_to_what_was_kept(page)
    assert (number_of(page), chosen(page)) == (1, [])
    take(page, (0, 0, 0, 0, 0, 0))
    assert level_of(page) == 1
    assert kept(page)


def test_a_new_result_is_there_on_the_pages_before(remembering: Page, site: str) -> None:
    page = remembering
    page.goto(site + ADDRESS)
    take(page, ANSWERS)
    page.goto(site)
    page.get_by_role("button", name="Forget it").click()
    assert bar(page) == "Forgotten."
    page.goto(site + ADDRESS)
    take(page, (0, 0, 0, 0, 0, 0))
    for _ in ANSWERS:
        page.go_back()
    go_back_to_what_was_kept(page)
    assert page.url == site
    assert "level 1" in bar(page)


@pytest.mark.parametrize("where", ["", ADDRESS])
def test_what_is_forgotten_in_one_tab_is_forgotten_in_all_at_once(page: Page, site: str, where: str) -> None:
    page.goto(site + ADDRESS)
    take(page, ANSWERS)
    home, other = page.context.new_page(), page.context.new_page()
    home.goto(site)
    other.goto(f"{site}{ADDRESS}#result")
    assert "level 4" in bar(home)
    assert level_of(other) == 4
    (home if where == "" else other).get_by_role("button", name="Forget it").click()
    for quiz in (page, other):
        expect(result(quiz).get_by_role("status")).to_have_text("Forgotten.", use_inner_text=True)
        assert not result(quiz).get_by_text("This browser remembers your level.").is_visible()
    if where:
        expect(home.locator(".welcome_back")).to_be_hidden()
    page.go_back()
    assert (number_of(page), chosen(page)) == (1, [])
    other.reload()
    assert (number_of(other), chosen(other)) == (1, [])
    assert kept(page) == {}


def test_a_result_of_another_tab_is_offered_at_once(page: Page, site: str) -> None:
    page.goto(site)
    other = page.context.new_page()
    other.goto(site + ADDRESS)
    take(other, ANSWERS)
    expect(page.locator(".welcome_back")).to_be_visible()
    assert "level 4" in bar(page)


def test_forgetting_elsewhere_leaves_a_quiz_that_is_being_taken(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, ANSWERS)
    other = page.context.new_page()
    other.goto(site + ADDRESS)
    take(other, ANSWERS[:2])
    page.get_by_role("button", name="Forget it").click()
    other.go_back()
    assert (number_of(other), chosen(other)) == (2, [3])


# A browser that refuses.

NO_STORAGE = """for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, {get() { throw new DOMException("no", "SecurityError"); }})"""
FEW_CALLS = """let calls = 0;
for (const name of ["pushState", "replaceState"]) {
  const real = History.prototype[name];
  History.prototype[name] = function (...values) {
    if (++calls > %d) throw new DOMException("100 times per 30 seconds", "SecurityError");
    return real.apply(this, values);
  };
}"""


def test_without_any_storage_the_history_has_the_answers(page: Page, site: str) -> None:
    page.add_init_script(NO_STORAGE)
    page.goto(site + ADDRESS)
    take(page, ANSWERS)
    level = level_of(page)
    page.reload()
    assert level_of(page) == level
    page.go_back()
    assert (number_of(page), chosen(page)) == (6, [0])
    page.goto(site)
    assert bar(page) == ""


def test_without_any_storage_an_unfinished_quiz_is_there_on_the_way_back(page: Page, site: str) -> None:
    page.add_init_script(NO_STORAGE)
    page.goto(site + ADDRESS)
    take(page, ANSWERS[:3])
    page.goto(site)
    page.goto(site + ADDRESS)
    assert (number_of(page), chosen(page)) == (1, [])
    page.go_back()
    page.go_back()
    assert number_of(page) == 4
    take(page, ANSWERS[3:])
    assert level_of(page) == 4


@pytest.mark.parametrize("storage", ["", NO_STORAGE], ids=["storage", "no storage"])
@pytest.mark.parametrize("calls", [0, 3, 100])
def test_a_browser_that_allows_few_calls_of_the_history_takes_the_quiz(
    page: Page, site: str, calls: int, storage: str
) -> None:
    page.add_init_script(FEW_CALLS % calls)
    page.add_init_script(storage)
    page.goto(site + ADDRESS)
    page.locator("input").first.focus()
    for _ in range(121):
        page.keyboard.press("ArrowDown")
    assert chosen(page) == [1]
    choose(page, ANSWERS[0])
    go_on(page)
    choose(page, ANSWERS[1])
    page.get_by_role("button", name="Back").click()
    expect(page.locator("#question-1")).to_be_visible()
    assert chosen(page) == [ANSWERS[0]]
    go_on(page)
    assert (number_of(page), chosen(page)) == (2, [ANSWERS[1]])
    take(page, ANSWERS[1:])
    assert level_of(page) == 4


# Whoever else writes on the page.

TRANSLATE = """addEventListener("DOMContentLoaded", () => {
  const translate = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) {
      if (!node.data.trim() || node.parentElement.closest("script, style, font")) continue;
      const outer = document.createElement("font"), inner = outer.appendChild(document.createElement("font"));
      inner.textContent = node.data.toUpperCase();
      node.replaceWith(outer);
    }
  };
  translate(document.documentElement);
  new MutationObserver((changes) => changes.forEach(({target}) => translate(target)))
    .observe(document.documentElement, {childList: true, characterData: true, subtree: true});
})"""


@pytest.mark.parametrize("late", [False, True], ids=["before the script", "after the script"])
def test_a_translated_page_asks_and_answers_in_the_other_language(page: Page, site: str, late: bool) -> None:
    translate = TRANSLATE.replace('addEventListener("DOMContentLoaded", () =>', "(() =>", 1).removesuffix(")") + ")()"
    if not late:
        page.add_init_script(TRANSLATE)
    page.goto(site + ADDRESS)
    if late:
        page.evaluate(translate)
    go_on(page)
    assert page.get_by_role("alert").inner_text() == "CHOOSE THE ANSWER THAT COMES NEAREST."
    for answer in ANSWERS:
        button = page.locator(".quiz_form button[type=submit]").inner_text()
        assert button == button.upper()
        choose(page, answer)
        go_on(page)
    assert answers_of(page) == list(ANSWERS)
    text = result(page).inner_text()
    assert text == text.upper()
    assert "MONTHLY RECURRING REVENUE" in text
    page.get_by_role("button", name="FORGET IT").click()
    assert result(page).get_by_role("status").inner_text() == "FORGOTTEN."


def test_a_form_that_the_browser_has_filled_in_is_set_right(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    choose(page, 1)
    page.evaluate(
        "document.querySelectorAll('fieldset').forEach((field) => (field.querySelectorAll('input')[2].checked = true));"
        "dispatchEvent(new PageTransitionEvent('pageshow', {persisted: false}))"
    )
    assert chosen(page) == [1]
    go_on(page)
    assert (number_of(page), chosen(page)) == (2, [])
