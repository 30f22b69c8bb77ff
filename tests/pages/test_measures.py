"""Measures of every kind, each on a site of its own: what falls, what has steps, and what a price may say.

A club of runners counts minutes for a kilometre, a service the customers it loses, a school of judo has belts and one
of languages has A1 to C2.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from generator.i18n.language import Language
from generator.schema.audience import Metric
from generator.schema.level import Band
from generator.schema.offers import Offer
from tests import sites
from tests.sites import Files, audience, level, real_words, text_of

Metrics = tuple[str, tuple[str, ...]]

RUNNERS: Metrics = (
    "{name: pace, unit: min/km, direction: down}",
    ("{from: 7}", "{from: 6, to: 7}", "{from: 5, to: 6}", "{to: 5}"),
)
# As one goes from level to level: from a slow pace to a fast one.
RUNNERS_ON_THEIR_WAY: Metrics = (RUNNERS[0], ("{to: 7}", "{from: 7, to: 6}", "{from: 6, to: 5}", "{from: 5}"))
CHURN: Metrics = (
    '{name: churn, unit: "%", period: month, direction: down}',
    ("{from: 8, to: 20}", "{from: 4.5, to: 8}", "{from: 2, to: 4.5}", "{from: 0, to: 2}"),
)
BELTS: Metrics = ("{name: belt, steps: true}", ("White belt", "Yellow belt", "Brown belt", "Black belt"))
LANGUAGES: Metrics = ("{name: level of the CEFR, steps: true}", ("A1", "A2", "B1", "B2", "C1", "C2"))

SITES: dict[str, tuple[Metrics, list[str], list[str]]] = {
    "a running club": (
        RUNNERS,
        ["7+ min/km", "6–7 min/km", "5–6 min/km", "Under 5 min/km"],
        ["7 min/km or more", "6 to under 7 min/km", "5 to under 6 min/km", "Under 5 min/km"],
    ),
    "a running club on its way": (
        RUNNERS_ON_THEIR_WAY,
        ["7+ min/km", "6–7 min/km", "5–6 min/km", "Under 5 min/km"],
        ["7 min/km or more", "6 to under 7 min/km", "5 to under 6 min/km", "Under 5 min/km"],
    ),
    "a service that loses customers": (
        CHURN,
        ["8%–20% a month", "4.5%–8% a month", "2%–4.5% a month", "Under 2% a month"],
        ["8% or more", "4.5% to under 8%", "2% to under 4.5%", "Under 2%"],
    ),
    "a school of judo": (BELTS, list(BELTS[1]), list(BELTS[1])),
    "a school of languages": (LANGUAGES, list(LANGUAGES[1]), list(LANGUAGES[1])),
}


def site_with(metrics: Metrics) -> Files:
    """The small site with makers who are measured so, and a quiz that asks for it."""
    metric, bands = metrics
    files = sites.without(sites.NEW, sites.ABLE)
    files[sites.MAKERS] = audience("Makers", "order: 1\n").replace(
        "{name: annual salary, unit: $, period: year}", metric
    )
    options = ""
    for number, band in enumerate(bands, 1):
        files[f"makers/{number}-step-{number}.md"] = level(f"Step {number}", 1, None).replace("{from: 1}", band)
        options += f"      - {{band: level, level: {number}}}\n"
    quiz = "title: Where are you?\nquestions:\n  - id: measure\n    text: How far are you?\n    options:\n"
    return {**files, sites.QUIZ: quiz + options}


@pytest.mark.parametrize("name", SITES)
def test_nothing_is_wrong_with_a_measure_of_any_kind(name: str) -> None:
    assert sites.report(site_with(SITES[name][0])) == []


@pytest.mark.parametrize("name", SITES)
def test_every_page_shows_it_in_the_order_of_the_levels(name: str) -> None:
    metrics, bands, answers = SITES[name]
    pages = {path: page.context for path, page in sites.plan(site_with(metrics)).items()}
    count = len(bands)
    assert [pages[f"makers/step-{n}/index.html"]["level"]["band"] for n in range(1, count + 1)] == bands
    assert [step["band"] for step in pages["makers/index.html"]["steps"]] == bands
    assert [step["band"] for step in pages["index.html"]["climbs"][0]["steps"]] == bands
    assert find_row(pages["makers/compare/index.html"], "row_band") == bands
    labels = [row["label"] for group in pages["makers/compare/index.html"]["table"]["groups"] for row in group["rows"]]
    assert labels[0] == {"a school of judo": "Belt", "a school of languages": "Level of the CEFR"}.get(name, "Range")
    assert [option["text"] for option in pages["makers/quiz/index.html"]["quiz"]["questions"][0]["options"]] == answers


@pytest.mark.parametrize(
    ("metric", "earns"),
    [
        ("{name: salary, unit: $, period: year}", True),
        ("{name: Umsatz, unit: EUR}", True),
        ("{name: beds, unit: beds}", False),
        ("{name: share, unit: '%'}", False),
        ("{name: cost of a customer, unit: $, direction: down}", False),
    ],
)
def test_that_figures_are_no_promise_is_said_of_earnings_only(metric: str, earns: bool) -> None:
    bands = ("{to: 5}", "{from: 5, to: 7}", "{from: 7}")
    files = site_with((metric, bands[::-1] if "down" in metric else bands))
    pages = {path: page.context for path, page in sites.plan(files).items()}
    # The other audience earns, and these show it, too.
    assert [pages[path]["claims"] for path in ("index.html", "compare/1/index.html")] == [True, True]
    for path in ("", "step-1/", "compare/", "quiz/"):
        assert pages[f"makers/{path}index.html"]["claims"] == earns, path


def test_a_level_without_offers_says_so_too(tmp_path: Path) -> None:
    site = sites.build(sites.SITE, tmp_path, sites.real_layouts())
    for path in ("makers/new", "users/lost"):  # with an offer, and without
        assert (site / path / "index.html").read_text().count('class="claims"') == 1, path


def find_row(context: Mapping[str, Any], word: str) -> list[str]:
    (row,) = [row for group in context["table"]["groups"] for row in group["rows"] if row["id"] == word]
    return [cell["text"] for cell in row["cells"]]


@pytest.mark.parametrize(
    ("held", "bands"),
    [
        (1, ["6+ min/km", "5–6 min/km", "Under 5 min/km"]),
        (2, ["6+ min/km", "5–6 min/km", "Under 5 min/km"]),
        (3, ["7+ min/km", "5–7 min/km", "Under 5 min/km"]),
        (4, ["7+ min/km", "6–7 min/km", "Under 6 min/km"]),
    ],
)
def test_the_values_of_a_level_that_is_held_back_go_to_the_nearest_one(held: int, bands: list[str]) -> None:
    files = site_with(RUNNERS)
    path = f"makers/{held}-step-{held}.md"
    files[path] = text_of(path, files).replace("---\n", "---\ndraft: true\n", 1)
    assert [step["band"] for step in sites.plan(files)["makers/index.html"].context["steps"]] == bands


def test_measures_are_written_the_way_of_the_language() -> None:
    words = {**real_words(), "under": "Unter {high}", "open_range": "ab {low}", "price_from": "ab {low}",
             "price_per": "{price} je {unit}"}  # fmt: skip
    german = Language("de", words)
    pace = Metric(name="Tempo", unit="min/km", direction="down")
    bands = [Band(low=6.5), Band(low=5.25, high=6.5), Band(high=5.25)]
    assert [german.band(band, pace) for band in bands] == ["ab 6,5 min/km", "5,25–6,5 min/km", "Unter 5,25 min/km"]


PRICES: dict[str, tuple[str, str, str | None]] = {
    "a price that begins": ("price: {from: 450}", "From $450", None),
    "a price for something": ("price: 12.5\n  per: user and month", "$12.50 per user and month", None),
    "one that begins, for something": ("price: {from: 450}\n  per: month", "From $450 per month", None),
    "a range for something": ("price: {from: 9, to: 29}\n  per: '**month**'", "$9–$29 per month", None),
    "a former price": ("price: 450\n  was: 599", "$450", "$599"),
    "a former price of what is free now": ("price: free\n  was: 599", "Free", "$599"),
}


@pytest.mark.parametrize("name", PRICES)
def test_a_price_says_what_it_is_for_and_what_it_was(name: str) -> None:
    written, price, was = PRICES[name]
    files = sites.edit("offers.yaml", "price: 1997", written)
    assert sites.report(files) == []
    pages = sites.plan(files)
    offer = next(offer for offer in pages["offers/index.html"].context["offers"] if offer["id"] == "course")
    assert (offer["price"], offer["was"]) == (price, was)
    cell = pages["offers/index.html"].context["table"]["groups"][0]["rows"][0]["cells"][0]
    assert (cell["text"], cell["was"]) == (price, was)


def test_a_former_price_is_struck_through_and_said_in_words(tmp_path: Any) -> None:
    files = sites.edit("offers.yaml", "price: 1997", "price: 1997\n  was: 2499")
    output = sites.build(files, tmp_path, sites.real_layouts())
    for path in ("offers/index.html", "makers/able/index.html"):
        text = (output / path).read_text(encoding="utf-8")
        assert (
            '<span class="hidden">Price before: </span><del class="price__was">$2,499</del> '
            '<span class="hidden">Price now: </span>$1,997</p>'
        ) in text


def test_a_price_is_written_the_way_of_the_language() -> None:
    german = Language("de", {**real_words(), "price_from": "ab {low}", "price_per": "{price} je {unit}"})
    offer = {"id": "a", "name": "A", "currency": "EUR", "action": {"text": "Los"}, "per": "Monat"}
    assert german.price(msgspec.convert({**offer, "price": {"from": 1450}}, Offer)) == "ab 1.450\xa0€ je Monat"


def test_the_first_level_of_a_metric_that_rises_needs_no_start() -> None:
    files = sites.edit(sites.NEW, "{from: 0, to: 1000}", "{to: 1000}")
    assert sites.report(files) == []
    steps = sites.plan(files)["makers/index.html"].context["steps"]
    assert [step["band"] for step in steps] == ["Under $1,000 a year", "$1,000+ a year"]
