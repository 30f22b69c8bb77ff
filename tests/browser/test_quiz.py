"""The quiz in a real browser: taken by mouse and by keyboard, left and come back to, shared, kept and forgotten."""

import random
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from generator.content.model import Audience
from generator.content.visible import select_visible
from generator.quiz.scoring import build_scoring_model, explain, find_sureness, minimal_improvement, score
from generator.quiz.script import version_of
from generator.schema.quiz import Quiz
from tests.sites import build, load, read_folder, real_layouts
from tests.tools.axe import Inspect
from tests.tools.waiting import wait_until

OpenPage = Callable[..., Page]
Serve = Callable[..., str]

ROOT = Path(__file__).resolve().parent.parent.parent
SLUG = "founders"
ADDRESS = f"{SLUG}/quiz/"
# Patterns of answers for each level, the second held back by a gate.
PATTERNS = {1: (0, 0, 0, 0, 0, 0), 2: (2, 1, 2, 0, 2, 2), 3: (2, 2, 2, 2, 1, 2), 4: (3, 3, 3, 3, 3, 3)}
HELD_BACK = PATTERNS[2]

BLOCKED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})"
FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"


@pytest.fixture(scope="module")
def audience() -> Audience:
    audiences = load(read_folder(ROOT / "content")).audiences
    return next(audience for audience in audiences if audience.slug == SLUG)


@pytest.fixture(scope="module")
def quiz(audience: Audience) -> Quiz:
    assert audience.quiz
    return audience.quiz


@pytest.fixture
def site(serve_folder: Serve, built_site: Path) -> str:
    return serve_folder(built_site)


def fragment_of(quiz: Quiz, answers: Sequence[int]) -> str:
    return ".".join([version_of(quiz), *(str(answer + 1) for answer in answers)])


def question(page: Page) -> Locator:
    """The question that is asked."""
    return page.locator(".quiz_form__question:visible")


def number_of(page: Page) -> int:
    return int(question(page).get_attribute("data-question") or 0)


def result(page: Page) -> Locator:
    return page.locator(".quiz_result:visible")


def level_of(page: Page) -> int:
    return int(result(page).get_attribute("data-result") or 0)


def choose(page: Page, answer: int) -> None:
    """Chooses an answer as the keyboard does, which leaves one at the question; see `tap`."""
    question(page).locator("label").nth(answer).evaluate("(label) => label.click()")


def tap(page: Page, answer: int) -> None:
    """Clicks an answer, which leads on."""
    question(page).locator("label").nth(answer).click()


def go_on(page: Page) -> None:
    page.locator(".quiz_form button[type=submit]").click()


def take(page: Page, answers: Sequence[int]) -> None:
    """The way to where a test begins, in one step: a click of the mouse takes a hundred times as long."""
    page.evaluate(TAKE, list(answers))


TAKE = """(answers) => {
    for (const answer of answers) {
        const asked = [...document.querySelectorAll(".quiz_form__question")].filter((one) => one.checkVisibility());
        if (asked.length !== 1) throw new Error(`${asked.length} questions are asked`);
        asked[0].querySelectorAll("label")[answer].click();
        document.querySelector(".quiz_form button[type=submit]").click();
    }
}"""


def chosen(page: Page) -> list[int]:
    """The options that are ticked in the question that is asked."""
    inputs = question(page).locator("input").all()
    return [number for number, radio in enumerate(inputs) if radio.is_checked()]


def focused(page: Page) -> str:
    """What has the focus: its id, or its class."""
    return str(page.evaluate("document.activeElement.id || document.activeElement.className"))


def kept(page: Page) -> dict[str, str]:
    """Everything that the browser keeps for the site."""
    found: dict[str, str] = page.evaluate("({...localStorage})")
    return found


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


# Taking it.


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
@pytest.mark.parametrize("level", PATTERNS)
def test_six_taps_lead_to_an_offer_that_is_in_sight(
    new_page: OpenPage, site: str, quiz: Quiz, inspect: Inspect, level: int, width: int, scheme: str
) -> None:
    height = 664 if width == 390 else 720
    page = new_page(viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce")
    page.goto(site + ADDRESS)
    for number, answer in enumerate(PATTERNS[level], 1):
        expect(page.locator(f"#question-{number}")).to_be_visible()
        assert chosen(page) == []
        assert fits(page)
        assert all(
            box and box["height"] >= 44 for box in map(Locator.bounding_box, question(page).locator("label").all())
        )
        tap(page, answer)
    expect(page.locator(f"[data-result='{level}']")).to_be_visible()
    assert level == score(build_scoring_model(quiz), PATTERNS[level])
    assert fits(page)
    assert not page.locator(".quiz_form").is_visible()
    box = result(page).get_by_role("article").get_by_role("link").bounding_box()
    assert box
    assert 0 < box["y"] < box["y"] + box["height"] <= height
    assert inspect(page) == []


def test_whoever_cannot_see_is_told_that_a_tap_leads_on(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    names = (page.locator("#question-1").get_attribute("aria-describedby") or "").split()
    assert names[:2] == ["quiz-tap", "quiz-error"]
    assert page.locator(f"#{names[0]}").inner_text() == "Click or tap an answer to go on."


def test_two_clicks_in_a_row_answer_one_question(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    box = question(page).locator("label").nth(1).bounding_box()
    assert box
    x, y = box["x"] + 30, box["y"] + 20
    page.mouse.click(x, y)
    expect(page.locator("#question-2")).to_be_visible()
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    assert (number_of(page), chosen(page)) == (2, [])
    page.mouse.click(x, y)
    expect(page.locator("#question-3")).to_be_visible()


def test_whoever_goes_back_may_keep_an_answer_by_tapping_it(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    tap(page, 1)
    expect(page.locator("#question-2")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(page.locator("#question-1")).to_be_visible()
    tap(page, 1)
    expect(page.locator("#question-2")).to_be_visible()


def test_it_is_taken_by_keyboard_alone(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    while page.evaluate("document.activeElement.type") != "radio":
        page.keyboard.press("Tab")
    for number, answer in enumerate(PATTERNS[3], 1):
        if number > 1:
            assert focused(page) == f"question-{number}"
            page.keyboard.press("Tab")
        page.keyboard.press("Space")
        for _ in range(answer):
            page.keyboard.press("ArrowDown")
        assert chosen(page) == [answer]
        page.keyboard.press("Enter")
    assert level_of(page) == 3
    assert focused(page) == "quiz_result"
    while page.evaluate("document.activeElement.dataset.action") != "again":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert (number_of(page), focused(page), chosen(page)) == (1, "question-1", [])


def test_continue_is_reached_by_keyboard(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    page.locator("input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert (number_of(page), focused(page)) == (2, "question-2")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#question-1")).to_be_visible()
    assert chosen(page) == [0]


def test_the_title_and_the_progress_bar_say_where_one_is(page: Page, site: str, quiz: Quiz) -> None:
    page.goto(site + ADDRESS)
    name = page.title().partition(" · ")[2]
    progress = page.get_by_role("progressbar")
    for number, answer in enumerate(PATTERNS[1], 1):
        where = f"Question {number} of {len(quiz.questions)}"
        assert page.title() == f"{where} · {name}"
        assert question(page).get_by_text(where).is_visible()
        assert progress.get_attribute("aria-valuetext") == where
        assert progress.get_attribute("aria-valuenow") == str(number - 1)
        assert page.locator("[data-filled]").count() == number - 1
        choose(page, answer)
        assert page.locator("[data-filled]").count() == number
        go_on(page)
    assert page.title() == f"Level 1: Struggling · {name}"


def test_a_missing_answer_is_told_and_can_be_mended(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    title = page.title()
    for _ in range(2):
        go_on(page)
        assert page.get_by_role("alert").inner_text() == "Choose the answer that comes nearest."
        assert page.title() == f"Choose the answer that comes nearest. · {title}"
        assert number_of(page) == 1
        assert page.evaluate("document.activeElement.name") == "mrr"
    assert "quiz-error" in (question(page).get_attribute("aria-describedby") or "")
    choose(page, 1)
    assert page.get_by_role("alert").inner_text() == ""
    assert page.title() == title
    go_on(page)
    assert number_of(page) == 2


def test_the_last_question_leads_to_the_level(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    button = page.locator(".quiz_form button[type=submit]")
    assert button.inner_text() == "Continue"
    assert not page.get_by_role("button", name="Back").is_visible()
    take(page, PATTERNS[1][:-1])
    assert button.inner_text() == "See your level"
    assert page.get_by_role("button", name="Back").is_visible()


def test_a_question_further_down_begins_at_its_top(new_page: OpenPage, site: str) -> None:
    page = new_page(viewport={"width": 390, "height": 500})
    page.goto(site + ADDRESS)
    for answer in PATTERNS[2]:
        choose(page, answer)
        go_on(page)
        top = page.evaluate("document.activeElement.getBoundingClientRect().top")
        assert 0 <= top < 500


# The history of the browser.


@pytest.mark.parametrize("storage", ["", BLOCKED], ids=["storage", "no storage"])
def test_back_forward_and_reload_work_at_each_step(page: Page, site: str, storage: str) -> None:
    if storage:
        page.add_init_script(storage)
    answers = PATTERNS[2]
    page.goto(site + ADDRESS)
    for number, answer in enumerate(answers, 1):
        choose(page, answer)
        page.reload()
        assert (number_of(page), chosen(page)) == (number, [answer])
        go_on(page)
    page.reload()
    assert level_of(page) == 2
    for number in range(len(answers), 0, -1):
        page.go_back()
        assert (number_of(page), chosen(page)) == (number, [answers[number - 1]])
        assert focused(page) == f"question-{number}"
        page.reload()
        assert (number_of(page), chosen(page)) == (number, [answers[number - 1]])
    for number in range(2, len(answers) + 1):
        page.go_forward()
        assert (number_of(page), chosen(page)) == (number, [answers[number - 1]])
    page.go_forward()
    assert level_of(page) == 2
    assert focused(page) == "quiz_result"


def test_an_answer_changed_after_going_back_counts(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[2])
    assert level_of(page) == 2
    for _ in range(3):
        page.go_back()
    assert number_of(page) == 4
    choose(page, 2)
    for _ in range(3):
        page.go_forward()
    assert level_of(page) == 3
    page.reload()
    assert level_of(page) == 3


def test_the_back_button_goes_back_in_the_history(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[1][:2])
    length = page.evaluate("history.length")
    page.get_by_role("button", name="Back").click()
    expect(page.locator("#question-2")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    expect(page.locator("#question-1")).to_be_visible()
    assert chosen(page) == [0]
    assert page.evaluate("history.length") == length
    page.go_forward()
    assert number_of(page) == 2


def test_back_from_another_page_returns_to_the_result(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[3])
    result(page).get_by_role("link", name="Level 3").click()
    expect(page).to_have_url(f"{site}{SLUG}/thriving/")
    page.go_back()
    assert level_of(page) == 3


def test_a_new_run_leaves_the_old_result_in_the_history(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[3])
    page.get_by_role("button", name="Start over").click()
    assert (number_of(page), chosen(page)) == (1, [])
    choose(page, 0)
    page.go_back()
    assert level_of(page) == 3
    page.go_forward()
    assert (number_of(page), chosen(page)) == (1, [0])


def test_no_question_can_be_skipped_by_its_address(page: Page, site: str) -> None:
    page.goto(f"{site}{ADDRESS}#question-4")
    assert number_of(page) == 1
    take(page, PATTERNS[1][:2])
    page.evaluate("location.hash = '#question-6'")
    expect(page.locator("#question-3")).to_be_visible()
    page.evaluate("location.hash = '#question-1'")
    expect(page.locator("#question-1")).to_be_visible()
    assert chosen(page) == [0]


def test_the_link_past_the_menu_leaves_the_quiz_where_it_is(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[1][:2])
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    assert number_of(page) == 3
    assert not page.locator("[data-part=lost]").is_visible()
    page.reload()
    assert number_of(page) == 3


# The result.


@pytest.mark.parametrize("level", PATTERNS)
def test_the_result_says_what_decided_it_how_sure_it_is_and_the_shortest_way_up(
    page: Page, site: str, built_site: Path, audience: Audience, quiz: Quiz, level: int
) -> None:
    answers, model = PATTERNS[level], build_scoring_model(quiz)
    page.goto(site + ADDRESS)
    texts = [[str(text) for text in options] for options in texts_of_answers(page)]
    take(page, answers)
    found = explain(model, answers)
    labels = [str(item.label) for item in quiz.questions]

    names = " and ".join(labels[i] for i in found.deciding)
    middle = f"The middle of your answers is level {found.median}, but nobody gets more than one level above what they"
    held = f"What holds you back: {names} {middle} answer there."
    assert part_text(page, "why") == (held if found.held_back else f"What decided it: {names}")
    assert part_text(page, "sure").endswith(say_sureness(level, *find_sureness(model, answers)))

    rows = [line.splitlines() for line in part_lines(page, "answers")]
    order = [*found.deciding, *(i for i in range(len(labels)) if i not in found.deciding)]
    assert [row[0] for row in rows] == [labels[i] for i in order]
    assert [row[1] for row in rows] == [texts[i][answers[i]] for i in order]
    assert [row[-1] for row in rows] == [f"Level {quiz.questions[i].options[answers[i]].level}" for i in order]
    for row, i in zip(rows, order, strict=True):
        assert ("one above this answer" in " ".join(row)) == quiz.questions[i].gate
    deciders = result(page).locator("[data-deciding]").all_inner_texts()
    assert [line.splitlines()[0] for line in deciders] == [labels[i] for i in found.deciding]

    steps = [change for change in minimal_improvement(model, answers) if not model.questions[change.question].is_metric]
    lines = part_lines(page, "steps")
    assert len(lines) == len(steps)
    for line, change in zip(lines, steps, strict=True):
        option = quiz.questions[change.question].options[change.option]
        assert option.reached_by and option.reached_by.key
        key = audience.levels[option.level - 2].keys[option.reached_by.key - 1].text.replace("*", "")
        assert line.splitlines()[0] == key
        assert f"Module {option.reached_by.module}" in line
        assert line.splitlines()[-2:] == [labels[change.question], texts[change.question][change.option]]
    for link in result(page).locator("[data-part=steps] a").all():
        path, _, anchor = (link.get_attribute("href") or "").partition("#")
        file = (built_site / ADDRESS / path / "index.html").resolve()
        assert f'id="{anchor}"' in file.read_text(encoding="utf-8")
    marks = result(page).locator("[data-mark]:visible").all_inner_texts()
    is_marked = level < 4 and quiz.questions[0].options[answers[0]].level <= level
    assert [mark.partition(": ")[2] for mark in marks] == [
        f"{labels[0]} {text}" for text in texts[0][level:][:is_marked]
    ]


def say_sureness(level: int, up: int, down: int) -> str:
    if not up and not down:
        return f"You stayed at level {level} every time."
    said = [(up, "up")] * (level < 4) + [(down, "down")] * (level > 1)
    return " ".join(
        f"None would move you {way}." if not count
        else f"One different answer could move you {way}." if count == 1
        else f"A different answer to any one of {count} questions could move you {way}."
        for count, way in said
    )  # fmt: skip


def test_where_only_the_metric_is_missing_there_is_no_step(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, (0, 3, 3, 3, 3, 3))
    assert level_of(page) == 2
    assert part_text(page, "why").startswith("What holds you back: Monthly recurring revenue The middle")
    assert part_lines(page, "steps") == []
    assert result(page).locator("[data-mark]:visible").count() == 1


def part_text(page: Page, name: str) -> str:
    """The text of a part of the result, as it is seen."""
    return " ".join(result(page).locator(f"[data-part={name}]").inner_text().split())


def texts_of_answers(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('fieldset')].map((field) =>"
        " [...field.querySelectorAll('label [data-text]')].map((text) => text.textContent))"
    )
    return found


def part_lines(page: Page, name: str) -> list[str]:
    """The lines of a list of the result; none where it is hidden."""
    part = result(page).locator(f"[data-part={name}]")
    return part.locator("> li").all_inner_texts() if part.is_visible() else []


@pytest.mark.parametrize(("level", "names"), [(1, ["1", "2"]), (2, ["1", "2", "3"]), (4, ["3", "4"])])
def test_the_result_leads_to_the_levels_around_it(page: Page, site: str, level: int, names: list[str]) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[level])
    texts = result(page).locator(".quiz_result__further a").all_inner_texts()
    assert texts == ["Write the e-mail", *(f"Level {name}" for name in names), "Compare the levels"]


@pytest.mark.parametrize(("level", "offer"), [(1, "webinar"), (2, "core-self-paced"), (4, "mastermind")])
def test_the_mail_to_oneself_has_the_level_its_headline_and_addresses(
    page: Page, site: str, built_site: Path, audience: Audience, level: int, offer: str
) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[level])
    link = result(page).get_by_role("link", name="Write the e-mail").get_attribute("href") or ""
    assert link.startswith("mailto:?subject=")
    mail = parse_qs(link.removeprefix("mailto:?"), strict_parsing=True)
    title = f"Level {level}: {audience.levels[level - 1].name}"
    assert mail["subject"] == [title]
    name = result(page).get_by_role("article").get_by_role("heading").inner_text()
    lines = [title, audience.levels[level - 1].title, "", name, f"{site}offers/#{offer}", "",
             f"{site}{ADDRESS}#level-{level}"]  # fmt: skip
    assert mail["body"][0].split("\r\n") == lines
    assert f'id="{offer}"' in (built_site / "offers/index.html").read_text(encoding="utf-8")


def test_where_there_is_a_form_it_stands_in_place_of_the_mail(page: Page, serve_folder: Serve, tmp_path: Path) -> None:
    files = read_folder(ROOT / "content")
    files["site.yaml"] = text_of_settings() + "\nleads: {action: 'https://forms.example/', consent: You may write.}\n"
    page.goto(serve_folder(build(files, tmp_path, real_layouts())) + ADDRESS)
    take(page, PATTERNS[2])
    form = result(page).locator("form")
    assert {field: form.locator(f"[name={field}]").input_value() for field in ("audience", "level")} == {
        "audience": SLUG,
        "level": "2",
    }
    assert result(page).locator("[href^='mailto:?']").count() == 0


def test_an_answer_is_changed_from_the_result(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, HELD_BACK)
    result(page).get_by_role("button", name="We rent all of it").click()
    expect(page.locator("#question-4")).to_be_visible()
    assert (chosen(page), focused(page)) == ([0], "question-4")
    assert page.locator(".quiz_form button[type=submit]").inner_text() == "See your level"
    tap(page, 2)
    expect(page.locator("[data-result='3']")).to_be_visible()
    assert kept(page)[f"/{ADDRESS}"].startswith("3 ")
    page.go_back()
    assert (number_of(page), chosen(page)) == (4, [2])
    page.go_back()
    assert level_of(page) == 2


def test_the_numeral_rises_once_and_not_where_motion_is_unwanted(new_page: OpenPage, site: str) -> None:
    for motion, expected in (("no-preference", [["rise", "0.3s", "1"]]), ("reduce", [["none", "0s", "1"]])):
        page = new_page(viewport={"width": 1280, "height": 720}, reduced_motion=motion)
        page.goto(site + ADDRESS)
        take(page, PATTERNS[2])
        style = "getComputedStyle(document.querySelector('.quiz_result:not([hidden]) .slab__numeral'))"
        names = "['animationName', 'animationDuration', 'animationIterationCount']"
        assert [page.evaluate(f"{names}.map((name) => {style}[name])")] == expected


def test_the_result_leads_to_its_level_and_to_the_next(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[2])
    links = {link.get_attribute("href") for link in result(page).get_by_role("link").all()}
    assert {f"../../{SLUG}/surviving/", f"../../{SLUG}/thriving/", f"../../{SLUG}/compare/#level-2"} <= links
    assert "You’ve made it to level 3 when" in result(page).inner_text()


def test_the_result_offers_what_is_made_for_its_level(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[2])
    offer = result(page).get_by_role("article")
    assert "Core course, self-paced" in offer.inner_text()
    assert offer.get_by_role("link", name="Start the core course").get_attribute("href")


def test_at_the_top_there_is_no_way_up(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[4])
    assert "There is no higher level." in result(page).inner_text()
    assert not page.get_by_text("The shortest way up").locator("visible=true").count()


def test_the_comparison_marks_the_level_of_the_result(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[2])
    result(page).get_by_role("link", name="Compare the levels").click()
    expect(page).to_have_url(f"{site}{SLUG}/compare/#level-2")
    page.wait_for_load_state()
    colours = [
        page.locator(f"td[data-column='{column}']").first.evaluate("(cell) => getComputedStyle(cell).backgroundColor")
        for column in (1, 2, 3, 4)
    ]
    assert colours[0] == colours[2] == colours[3] != colours[1]


def test_paper_gets_the_result_without_buttons(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[2])
    page.emulate_media(media="print")
    assert "What holds you back" in result(page).inner_text()
    assert page.locator("button:not(.quiz_result__answer)").locator("visible=true").count() == 0


def test_paper_gets_the_whole_worksheet_from_any_question(page: Page, site: str, quiz: Quiz) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[2][:1])
    page.emulate_media(media="print")
    assert question(page).count() == len(quiz.questions)
    assert page.get_by_role("heading", name="Work out your level on paper").is_visible()
    assert page.get_by_role("button").locator("visible=true").count() == 0


# Links to a result.


def text_of_settings() -> str:
    return (ROOT / "content/site.yaml").read_text(encoding="utf-8")


def copy_link(page: Page, button: str = "Copy a link with your answers") -> str:
    page.get_by_role("button", name=button).click()
    return result(page).get_by_label("Link to this result").input_value()


def test_a_link_to_the_result_can_be_copied(new_page: OpenPage, site: str, quiz: Quiz) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{site}{ADDRESS}?from=somewhere")
    take(page, HELD_BACK)
    assert copy_link(page, "Copy the link") == f"{site}{ADDRESS}#level-2"
    link = copy_link(page)
    assert link == f"{site}{ADDRESS}#{fragment_of(quiz, HELD_BACK)}"
    expect(result(page).get_by_role("status")).to_have_text("Copied.", use_inner_text=True)
    assert page.evaluate("navigator.clipboard.readText()") == link
    assert result(page).get_by_text("Whoever has that link can read your answers.").is_visible()


@pytest.mark.parametrize("level", PATTERNS)
@pytest.mark.parametrize("storage", ["", BLOCKED], ids=["storage", "no storage"])
def test_a_link_to_a_level_says_nothing_of_answers(
    page: Page, site: str, inspect: Inspect, level: int, storage: str
) -> None:
    if storage:
        page.add_init_script(storage)
    page.goto(f"{site}{ADDRESS}#level-{level}")
    for _ in range(2):
        assert level_of(page) == level
        assert page.url == f"{site}{ADDRESS}#level-{level}"
        assert page.title().startswith(f"Level {level}: ")
        assert result(page).get_by_text("This is the result behind a link.").is_visible()
        assert result(page).get_by_role("article").is_visible()
        assert result(page).locator("[data-answered]:visible").count() == 0
        assert "answer" not in result(page).inner_text()
        assert copy_link(page, "Copy the link") == page.url
        page.reload()
    assert inspect(page) == []
    assert storage or kept(page) == {}, "somebody else's level is not this visitor's"
    page.get_by_role("button", name="Start over").click()
    take(page, PATTERNS[1])
    assert level_of(page) == 1
    assert page.url == f"{site}{ADDRESS}#result"
    assert result(page).locator("[data-answered]:visible").count() > 1
    page.go_back()
    assert number_of(page) == 6


def test_from_the_level_of_a_link_the_first_question_is_a_step(page: Page, site: str) -> None:
    page.goto(f"{site}{ADDRESS}#level-3")
    page.evaluate("location.hash = '#question-4'")
    expect(page.locator("#question-1")).to_be_visible()
    take(page, PATTERNS[1])
    assert level_of(page) == 1


def test_a_link_to_a_level_leaves_what_is_remembered(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[1])
    before = kept(page)
    page.goto("about:blank")
    page.goto(f"{site}{ADDRESS}#level-4")
    assert level_of(page) == 4
    assert kept(page) == before
    page.goto("about:blank")
    page.goto(site + ADDRESS)
    assert page.get_by_text("Founders: last time you were at level 1, Struggling.").is_visible()


def test_where_a_script_may_not_copy_the_link_is_there_to_copy(page: Page, site: str, quiz: Quiz) -> None:
    page.add_init_script("delete Navigator.prototype.clipboard")
    page.goto(site + ADDRESS)
    take(page, HELD_BACK)
    assert copy_link(page).endswith(fragment_of(quiz, HELD_BACK))
    assert page.evaluate("document.activeElement.selectionEnd > 20")
    assert result(page).get_by_role("status").inner_text() == ""


def test_a_link_is_scored_again_and_its_answers_leave_the_address(page: Page, site: str, quiz: Quiz) -> None:
    page.goto(f"{site}{ADDRESS}#{fragment_of(quiz, HELD_BACK)}")
    assert level_of(page) == 2
    assert page.url == f"{site}{ADDRESS}#result"
    assert result(page).get_by_text("This is the result behind a link.").is_visible()
    assert kept(page) == {}, "somebody else's result is not this visitor's"
    page.reload()
    assert level_of(page) == 2
    page.get_by_role("button", name="Start over").click()
    take(page, PATTERNS[4])
    assert level_of(page) == 4
    assert not result(page).get_by_text("This is the result behind a link.").is_visible()


def test_a_link_opened_in_the_middle_of_the_quiz_shows_its_result(page: Page, site: str, quiz: Quiz) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[1][:2])
    page.goto(f"{site}{ADDRESS}#{fragment_of(quiz, PATTERNS[3])}")
    expect(page.locator("[data-result='3']")).to_be_visible()
    page.go_back()
    assert (number_of(page), chosen(page)) == (3, [])


def test_a_link_of_other_questions_leads_to_a_friendly_start(page: Page, site: str) -> None:
    page.goto(f"{site}{ADDRESS}#0a1b2c3d.1.2.3.1.3.3")
    assert number_of(page) == 1
    assert page.get_by_text("That link does not lead to a result any more").is_visible()
    take(page, PATTERNS[1][:1])
    assert not page.get_by_text("That link does not lead to a result any more").is_visible()


def test_the_address_of_a_result_that_is_not_kept_leads_to_a_friendly_start(page: Page, site: str) -> None:
    page.goto(f"{site}{ADDRESS}#result")
    assert number_of(page) == 1
    assert page.get_by_text("That link does not lead to a result any more").is_visible()


def malformed(quiz: Quiz, count: int, dice: random.Random) -> list[str]:
    """Fragments made from sound ones by accidents and by hand."""
    sound = [fragment_of(quiz, pattern) for pattern in PATTERNS.values()]
    odd = ["level-0", "level-5", "level-", "level-02", "level--1",
           "", ".", "..", "%", "%00", "%E0%A4%A", "é", "<img src=x onerror=alert(1)>", "'\"", "\\", "__proto__",
           "constructor", "Infinity", "NaN", "-1", "1e9", "0x1", " ", "+1", "01", "1.", "9" * 400, "#", "&", "=",
           "question-0", "question-999999999999", "question--1", "question-1.5", "javascript:alert(1)"]  # fmt: skip

    def accident(text: str) -> str:
        place = dice.randrange(len(text))
        return dice.choice(
            [
                text[:place],
                text[place:],
                text[:place] + text[place + 1 :],
                text[:place] + dice.choice(odd) + text[place:],
                text[:place] + dice.choice("0123456789abcdef.") + text[place + 1 :],
                text + dice.choice([".", ".1", "0", ".1.1.1", "?utm=1"]),
                text.replace(".", dice.choice([",", "..", "-", "%2E"])),
                text.upper(),
            ]
        )

    # An address ends before the spaces at its end, and without a fragment nothing is lost.
    found = dict.fromkeys(text for text in odd if text.strip())
    while len(found) < count:
        text = accident(dice.choice(sound))
        if text not in ("", "main"):
            found[text] = None
    return list(found)


def read_fragment(quiz: Quiz, fragment: str) -> tuple[int, ...] | None:
    """The answers of a sound fragment, by its letter."""
    sizes = [len(item.options) for item in quiz.questions]
    match = re.fullmatch(re.escape(version_of(quiz)) + r"((?:\.[1-9]\d*)+)", fragment)
    answers = tuple(int(number) - 1 for number in match[1][1:].split(".")) if match else ()
    fits = len(answers) == len(sizes) and all(answer < size for answer, size in zip(answers, sizes, strict=True))
    return answers if fits else None


GO_TO_EACH = """(fragments) => fragments.reduce(async (before, fragment) => {
    const found = await before;
    const changed = new Promise((resolve) => addEventListener("hashchange", resolve, {once: true}));
    location.hash = "#start-again";
    await changed;
    const again = new Promise((resolve) => addEventListener("hashchange", resolve, {once: true}));
    location.hash = "#" + fragment;
    await again;
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
    return [...found, [
      shown("fieldset").length,
      shown("[data-result]").map((one) => +one.dataset.result),
      shown("[data-part=lost]").length,
    ]];
}, Promise.resolve([]))"""


def test_malformed_fragments_never_break_the_page(page: Page, site: str, quiz: Quiz, dice: random.Random) -> None:
    fragments = [*malformed(quiz, 200, dice), *(fragment_of(quiz, pattern) for pattern in PATTERNS.values())]
    assert len(fragments) > 200
    page.goto(site + ADDRESS)
    model = build_scoring_model(quiz)
    levels = [None if (answers := read_fragment(quiz, text)) is None else score(model, answers) for text in fragments]
    assert 5 < sum(level is not None for level in levels) < 100, "some are still sound, and most are not"
    last: list[int] = []
    for fragment, level, (questions, results, lost) in zip(
        fragments, levels, page.evaluate(GO_TO_EACH, fragments), strict=True
    ):
        if level is not None:
            last = [level]
            assert (questions, results, lost) == (0, last, 0), fragment
        elif re.fullmatch(r"question-\d+", fragment):
            assert questions == 1, fragment
            assert not results, fragment
            last = []
        else:
            # Whoever was at a result or a question stays there.
            assert (questions, results) == (0 if last else 1, last), fragment


def test_malformed_fragments_lead_to_a_friendly_start(page: Page, site: str, quiz: Quiz, dice: random.Random) -> None:
    broken = [
        text
        for text in malformed(quiz, 200, dice)
        if not read_fragment(quiz, text) and not text.startswith("question-")
    ]
    for fragment in broken[::8]:
        page.goto("about:blank")
        page.goto(f"{site}{ADDRESS}#{fragment}")
        assert number_of(page) == 1, fragment
        assert page.get_by_text("That link does not lead to a result any more").is_visible(), fragment


# What is kept, and where it goes.


def test_the_last_result_is_offered_on_later_visits_and_can_be_forgotten(page: Page, site: str) -> None:
    for address in ("", f"{SLUG}/", f"{SLUG}/compare/", ADDRESS):
        page.goto(site + address)
        assert not page.locator(".welcome_back").is_visible()
    take(page, PATTERNS[2])
    assert result(page).get_by_text("This browser remembers your level.").is_visible()
    assert list(kept(page)) == [f"/{ADDRESS}"]
    for address in ("", f"{SLUG}/", f"{SLUG}/compare/"):
        page.goto(site + address)
        bar = page.locator(".welcome_back")
        assert "Founders: last time you were at level 2, Surviving." in bar.inner_text()
        link = bar.get_by_role("link", name="Go on from there").get_attribute("href")
        assert link and link.endswith(f"{SLUG}/surviving/")
        assert bar.locator("[data-quiz]:visible").count() == 1
    page.goto(f"{site}career-advancers/")
    assert not page.locator(".welcome_back").is_visible()
    page.goto(site)
    page.get_by_role("button", name="Forget it").click()
    assert page.locator(".welcome_back").inner_text() == "Forgotten."
    assert focused(page) == "welcome_back"
    assert kept(page) == {}
    page.reload()
    assert not page.locator(".welcome_back").is_visible()


def test_the_quiz_offers_the_last_result_until_it_is_taken_again(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[2])
    assert page.locator(".welcome_back").count() == 0
    page.goto("about:blank")
    page.goto(site + ADDRESS)
    page.get_by_role("link", name="See the result").click()
    expect(page.locator("[data-result='2']")).to_be_visible()
    page.go_back()
    assert (number_of(page), chosen(page)) == (1, [])


def test_an_unfinished_quiz_is_resumed_in_the_same_tab(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[2][:3])
    choose(page, 1)
    page.goto(site)
    page.goto(site + ADDRESS)
    assert (number_of(page), chosen(page)) == (5, [])
    page.get_by_role("button", name="Back").click()
    expect(page.locator("#question-4")).to_be_visible()
    assert chosen(page) == [1]
    other = page.context.new_page()
    other.goto(site + ADDRESS)
    assert (number_of(other), chosen(other)) == (1, [])
    page.goto(site)
    page.goto(site + ADDRESS)
    take(page, PATTERNS[2][4:])
    assert level_of(page) == 3
    page.goto(site)
    page.goto(site + ADDRESS)
    assert (number_of(page), chosen(page)) == (1, [])
    assert page.get_by_text("Founders: last time you were at level 3, Thriving.").is_visible()


def test_what_a_visitor_starts_over_is_not_resumed(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[2])
    page.get_by_role("button", name="Start over").click()
    page.goto(site)
    page.goto(site + ADDRESS)
    assert (number_of(page), chosen(page)) == (1, [])


def test_the_last_result_can_be_forgotten_before_the_quiz(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[2])
    page.goto("about:blank")
    page.goto(site + ADDRESS)
    page.get_by_role("button", name="Forget it").click()
    assert kept(page) == {}
    assert page.get_by_text("Forgotten.").locator("visible=true").count() == 1
    assert not page.get_by_text("last time you were").locator("visible=true").count()
    page.reload()
    assert not page.locator("[data-part=before]").is_visible()


def test_the_result_itself_can_be_forgotten(page: Page, site: str) -> None:
    page.goto(site + ADDRESS)
    take(page, PATTERNS[2])
    page.get_by_role("button", name="Forget it").click()
    assert kept(page) == {}
    assert not result(page).get_by_text("This browser remembers your level.").is_visible()
    assert result(page).get_by_role("status").inner_text() == "Forgotten."
    assert focused(page) == "quiz_result"
    page.reload()
    assert (number_of(page), chosen(page)) == (1, [])
    assert kept(page) == {}, "a reload remembered it again"


@pytest.mark.parametrize("storage", [BLOCKED, FULL], ids=["blocked", "full"])
def test_without_storage_everything_else_works(page: Page, site: str, storage: str) -> None:
    page.add_init_script(storage)
    page.goto(site + ADDRESS)
    take(page, PATTERNS[3])
    assert level_of(page) == 3
    assert not result(page).get_by_text("This browser remembers your level.").is_visible()
    page.goto(site)
    assert not page.locator(".welcome_back").is_visible()


@pytest.mark.parametrize("old", ["", "x", "{}", "null", "0 1.2.3", "5 1", "-2", "1e9", "2", "2 0a1b2c3d.1.1.1.1.1.1"])
def test_old_or_broken_data_is_no_trouble(page: Page, site: str, old: str) -> None:
    page.goto(f"{site}{ADDRESS}")
    page.evaluate("([key, value]) => localStorage.setItem(key, value)", [f"/{ADDRESS}", old])
    page.goto(site)
    assert page.locator(".welcome_back").is_visible() == (old[:1] in ("1", "2"))
    page.goto(f"{site}{ADDRESS}#result")
    assert number_of(page) == 1
    take(page, PATTERNS[4])
    assert level_of(page) == 4


def test_sites_of_one_host_keep_their_results_apart(page: Page, serve_folder: Serve, built_site: Path) -> None:
    repo = serve_folder(built_site, "/repo/")
    page.goto(repo + ADDRESS)
    take(page, PATTERNS[2])
    assert list(kept(page)) == [f"/repo/{ADDRESS}"]
    page.goto(repo)
    assert page.locator(".welcome_back").is_visible()


def note_requests(page: Page) -> list[Request]:
    """What a page asks for from now on. Its icon is aside, which the browser asks for whenever it likes."""
    requests: list[Request] = []

    def note(request: Request) -> None:
        if "/favicon." not in request.url:
            requests.append(request)

    page.on("request", note)
    return requests


def test_no_request_carries_an_answer(page: Page, site: str, quiz: Quiz) -> None:
    requests = note_requests(page)
    page.goto(site + ADDRESS)
    loaded = len(requests)
    assert loaded > 1
    take(page, HELD_BACK)
    copy_link(page)
    page.get_by_role("button", name="Start over").click()
    assert [request.url for request in requests[loaded:]] == [], "the quiz made a request"
    page.goto("about:blank")
    page.goto(f"{site}{ADDRESS}#{fragment_of(quiz, HELD_BACK)}")
    result(page).get_by_role("link", name="Level 2").click()
    expect(page).to_have_url(f"{site}{SLUG}/surviving/")
    secret = fragment_of(quiz, HELD_BACK).partition(".")[2]
    for request in requests:
        said = [request.method, request.url, request.post_data or "", *request.all_headers().values()]
        assert request.method == "GET"
        assert "?" not in request.url
        assert not any(secret in text for text in said), said


def test_statistics_never_see_the_answers_of_a_link(
    new_page: OpenPage, serve_folder: Serve, tmp_path: Path, quiz: Quiz
) -> None:
    files = read_folder(ROOT / "content")
    script = "http://127.0.0.1:9/statistics.js"
    site = (ROOT / "content/site.yaml").read_text(encoding="utf-8")
    files["site.yaml"] = f"{site}\nanalytics: {{script: '{script}'}}\n"
    page = new_page()

    def answer(route: Route) -> None:
        route.fulfill(body="window.seen = location.href", content_type="text/javascript")

    page.route(script, answer)
    site = serve_folder(build(files, tmp_path, real_layouts()))
    page.goto(f"{site}{ADDRESS}#{fragment_of(quiz, HELD_BACK)}")
    wait_until(lambda: page.evaluate("window.seen !== undefined"), lambda: "the script of statistics has not run")
    assert level_of(page) == 2
    assert page.evaluate("seen") == f"{site}{ADDRESS}#result"


# Without JavaScript.


@pytest.mark.parametrize("how", ["off", "lost"])
def test_without_javascript_it_is_a_worksheet(
    new_page: OpenPage, site: str, quiz: Quiz, faults: list[str], how: str
) -> None:
    page = new_page(java_script_enabled=how == "lost")
    if how == "lost":
        page.route("**/quiz-*.js", lambda route: route.abort())
    page.goto(site + ADDRESS)
    requests = note_requests(page)
    expect(question(page)).to_have_count(len(quiz.questions))
    for field, answer in zip(question(page).all(), HELD_BACK, strict=True):
        field.locator("label").nth(answer).click()
    page.keyboard.press("Enter")
    assert page.get_by_role("button").locator("visible=true").count() == 0
    assert page.url == site + ADDRESS
    assert [request.url for request in requests] == []
    assert page.get_by_role("heading", name="Work out your level on paper").is_visible()
    page.locator(".quiz_form__worksheet").get_by_role("link", name="Surviving").click()
    expect(page).to_have_url(f"{site}{SLUG}/surviving/")
    faults.clear()  # of the script that was lost on purpose


def test_the_choice_of_audience_needs_no_script(new_page: OpenPage, site: str) -> None:
    page = new_page(java_script_enabled=False)
    page.goto(f"{site}quiz/")
    page.get_by_role("link", name="Founders").last.click()
    expect(page).to_have_url(site + ADDRESS)


# How it looks and moves.


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_every_state_is_accessible(
    new_page: OpenPage, site: str, quiz: Quiz, inspect: Inspect, width: int, scheme: str
) -> None:
    page = new_page(
        viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
    )
    found: dict[str, Any] = {}
    page.goto(site + ADDRESS)
    found["question"] = inspect(page)
    go_on(page)
    found["error"] = inspect(page)
    take(page, PATTERNS[1][:3])
    choose(page, 1)
    found["answered"] = inspect(page)
    for level, pattern in PATTERNS.items():
        page.goto("about:blank")
        page.goto(f"{site}{ADDRESS}#{fragment_of(quiz, pattern)}")
        found[f"result {level}"] = inspect(page)
    page.get_by_role("button", name="Start over").click()
    take(page, PATTERNS[3])
    copy_link(page)
    found["link"] = inspect(page)
    page.goto("about:blank")
    page.goto(f"{site}{ADDRESS}#nonsense")
    found["lost, with an offer"] = inspect(page)
    page.goto(site)
    assert page.locator(".welcome_back").is_visible()
    found["offer"] = inspect(page)
    page.goto(f"{site}quiz/")
    found["choice"] = inspect(page)
    assert {state: lines for state, lines in found.items() if lines} == {}


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_long_words_and_large_text_fit(new_page: OpenPage, site: str, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    page.goto(site + ADDRESS)
    if width > 600:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
    for answer in PATTERNS[2]:
        assert fits(page)
        choose(page, answer)
        go_on(page)
    assert fits(page)


def test_nothing_moves_where_motion_is_unwanted(new_page: OpenPage, site: str, quiz: Quiz) -> None:
    moving = "document.getAnimations().length"
    still, lively = new_page(reduced_motion="reduce"), new_page(reduced_motion="no-preference")
    for page in (still, lively):
        page.goto(site + ADDRESS)
        take(page, PATTERNS[3][:-1])
        choose(page, PATTERNS[3][-1])
    assert still.evaluate(f"(document.querySelector('.quiz_form').requestSubmit(), {moving})") == 0
    assert lively.evaluate(f"(document.querySelector('.quiz_form').requestSubmit(), {moving})") > 0


SHIFTS = """
    window.shifts = [];
    const note = (list) => shifts.push(...list.getEntries().map((entry) => entry.value));
    const observer = new PerformanceObserver(note);
    observer.observe({type: "layout-shift", buffered: true});
    window.readShifts = () => (note({getEntries: () => observer.takeRecords()}), shifts);
"""
TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def test_the_page_does_not_jump_while_it_loads_even_if_its_font_comes_last(new_page: OpenPage, site: str) -> None:
    page = new_page(viewport={"width": 390, "height": 800})
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/*.woff2", hold)
    page.add_init_script(SHIFTS)
    page.goto(site + ADDRESS, wait_until="commit")
    painted = "performance.getEntriesByType('paint').length > 1"
    wait_until(lambda: page.evaluate(painted) and bool(held), lambda: "nothing is painted before the font is there")
    assert page.evaluate("readShifts()") == []
    for route in held:
        route.continue_()
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready.then(() => undefined)")
    page.evaluate(TWO_FRAMES)
    # What is shown before is as wide and as high as the font, but for a hair; nobody sees less than a tenth.
    assert sum(page.evaluate("readShifts()")) < 0.005


# A level that is not live.


def test_answers_for_a_level_that_is_not_live_lead_to_the_nearest_one(
    new_page: OpenPage, serve_folder: Serve, tmp_path: Path
) -> None:
    files = read_folder(ROOT / "content")
    path = next(path for path in files if path.startswith(f"{SLUG}/3-"))
    files[path] = files[path].replace(b"---\n", b"---\ndraft: true\n", 1)  # type: ignore[arg-type]
    site, live = serve_folder(build(files, tmp_path, real_layouts())), [1, 2, 4]
    quiz = next(select_visible(audience).quiz for audience in load(files).audiences if audience.slug == SLUG)
    assert quiz
    # A question for values has an answer less.
    last = [len(question.options) - 1 for question in quiz.questions]
    for pattern in PATTERNS.values():
        answers = list(map(min, pattern, last))
        page = new_page(viewport={"width": 390, "height": 800})
        page.goto(site + ADDRESS)
        take(page, answers)
        number = live[score(build_scoring_model(quiz, live), answers) - 1]
        assert level_of(page) == number
        assert kept(page)[f"/{ADDRESS}"].startswith(f"{number} ")
        lanes = page.locator(".quiz_result:visible [data-part=answers] .quiz_result__lanes")
        assert {*lanes.all_text_contents()} <= {"Level 1", "Level 2", "Level 4"}
        columns = "(all) => all.map((one) => getComputedStyle(one).gridTemplateColumns.split(' ').length)"
        assert {*lanes.evaluate_all(columns)} == {3}
