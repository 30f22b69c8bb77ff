"""Numbers, money and words as a language writes them."""

import pickle
import subprocess
import sys

import pytest
from babel import localedata
from hypothesis import given, settings, strategies

from generator.diagnostics.diagnostic import SiteError
from generator.i18n import cldr
from generator.i18n.conventions import MAX_ANSWERS, Conventions
from generator.i18n.language import Language, Words, placeholders
from generator.schema.audience import Metric
from generator.schema.level import Band
from generator.schema.offers import Action, Offer, PriceRange
from tests.sites import ROOT

WORDS: Words = {
    "range": "{low}–{high}",
    "open_range": "{low}+",
    "under": "Under {high}",
    "values_from": "{low} or more",
    "values_between": "{low} to under {high}",
    "amount_of_unit": "{amount} {unit}",
    "per_year": "{amount} a year",
    "per_month": "{amount} a month",
    "per_week": "{amount} a week",
    "per_day": "{amount} a day",
    "free": "Free",
    "on_application": "By application",
    "hello": "Hello {name}",
    "signs": {"one": "{count} sign", "other": "{count} signs"},
}
CONVENTIONS = Conventions()
ENGLISH = Language("en", WORDS, CONVENTIONS)
GERMAN = Language("de", WORDS, CONVENTIONS)
SALARY = Metric(name="annual salary", unit="$", period="year")
REVENUE = Metric(name="monthly recurring revenue", unit="$", period="month", short="MRR")
EUROS = Metric(name="Gehalt", unit="€", period="year")
BEDS = Metric(name="beds", unit="beds", whole=True)
SHARE = Metric(name="share", unit="%")


def offer(price: object, currency: str | None = "USD") -> Offer:
    return Offer(id="a", name="A", price=price, currency=currency, action=Action(text="Go"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("band", "metric", "text"),
    [
        (Band(low=60_000, high=100_000), SALARY, "$60K–$100K a year"),
        (Band(low=250_000, typical_to=400_000), SALARY, "$250K–$400K+ a year"),
        (Band(low=0, high=10_000), REVENUE, "$0–$10K MRR"),
        (Band(low=200_000), REVENUE, "$200K+ MRR"),
        (Band(low=2_400_000), REVENUE, "$2.4M+ MRR"),
        (Band(low=12_345, high=50_000), REVENUE, "$12,345–$50K MRR"),
        (Band(low=500, high=1_500), SALARY, "$500–$1,500 a year"),
        (Band(low=0.5, high=2), SALARY, "$0.50–$2 a year"),
        (Band(low=0, high=11), BEDS, "0–10 beds"),
        (Band(low=11, high=12), BEDS, "11 beds"),
        (Band(low=51), BEDS, "51+ beds"),
        (Band(low=5, high=10), SHARE, "5%–10%"),
        (Band(low=2.5, high=10), SHARE, "2.5%–10%"),
        (Band(low=1, high=3), Metric(name="years"), "1–3"),
    ],
)
def test_a_band_is_formatted_from_its_numbers(band: Band, metric: Metric, text: str) -> None:
    assert ENGLISH.band(band, metric) == text


@pytest.mark.parametrize(
    ("tag", "band", "metric", "text"),
    [
        ("de", Band(low=60_000, high=100_000), EUROS, "60.000–100.000\u00a0€ a year"),
        ("de", Band(low=2_400_000), EUROS, "2,4\u00a0Mio.\u00a0€+ a year"),
        ("de-CH", Band(low=60_000, high=100_000), Metric(name="Lohn", unit="CHF"), "CHF\u00a060’000–CHF\u00a0100’000"),
        ("pt", Band(low=60_000, high=100_000), EUROS, "€\u00a060–100\u00a0mil a year"),
        ("fr", Band(low=1_500, high=3_000), EUROS, "1\u202f500–3\u202f000\u00a0€ a year"),
        ("ja", Band(low=5_000_000), Metric(name="年収", unit="¥"), "￥500万+"),
        ("en-IN", Band(low=1_000_000), Metric(name="salary", unit="₹"), "₹10L+"),
    ],
)
def test_a_band_follows_the_conventions_of_its_language(tag: str, band: Band, metric: Metric, text: str) -> None:
    shown = Language(tag, WORDS).band(band, metric).replace("'", "’")  # in Switzerland, as the release of Babel has it
    assert shown == text


@pytest.mark.parametrize(
    ("price", "text"),
    [
        (1997, "$1,997"),
        (1997.0, "$1,997"),
        (19.9, "$19.90"),
        (0, "$0"),
        (1_000_000, "$1,000,000"),
        (PriceRange(low=97, high=297), "$97–$297"),
        ("free", "Free"),
        ("on application", "By application"),
    ],
)
def test_a_price_is_exact_and_has_no_needless_decimals(price: object, text: str) -> None:
    assert ENGLISH.price(offer(price)) == text


def test_a_price_follows_the_conventions_of_its_language() -> None:
    assert GERMAN.price(offer(1997, "EUR")) == "1.997\u00a0€"
    assert GERMAN.price(offer(19.9, "EUR")) == "19,90\u00a0€"
    assert GERMAN.price(offer(PriceRange(low=97, high=297), "EUR")) == "97–297\u00a0€"
    assert Language("ar", WORDS).price(offer(1997, "AED")).strip("\u200f").startswith("1,997")


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0, 10_000, "Under $10K"),
        (10_000, 50_000, "$10K to under $50K"),
        (200_000, float("inf"), "$200K or more"),
    ],
)
def test_the_values_of_an_answer_read_without_gap_or_overlap(low: float, high: float, text: str) -> None:
    assert ENGLISH.values(low, high, REVENUE) == text


@pytest.mark.parametrize(
    ("unit", "code"),
    [
        ("$", "USD"),
        ("€", "EUR"),
        ("£", "GBP"),
        ("CHF", "CHF"),
        ("GPU", None),
        ("beds", None),
        ("%", None),
        (None, None),
    ],
)
def test_a_unit_is_a_currency_only_if_there_is_one(unit: str | None, code: str | None) -> None:
    assert CONVENTIONS.currency_of(unit) == code


def test_a_unit_of_three_capital_letters_that_is_not_a_currency_follows_the_number() -> None:
    assert ENGLISH.band(Band(low=1, high=8), Metric(name="machines", unit="GPU")) == "1–8 GPU"


def test_a_currency_has_its_own_number_of_decimals() -> None:
    assert [CONVENTIONS.precision_of(code) for code in ("USD", "JPY", "KWD")] == [2, 0, 3]
    assert [CONVENTIONS.is_currency(code) for code in ("USD", "USDX", "UDS")] == [True, False, False]


@pytest.mark.parametrize(("count", "text"), [(0, "0 signs"), (1, "1 sign"), (2, "2 signs"), (1200, "1,200 signs")])
def test_a_count_takes_its_plural_form(count: int, text: str) -> None:
    assert ENGLISH.say("signs", count=count) == text


def test_a_language_with_more_plural_forms_uses_those_it_is_given() -> None:
    forms = {"one": "{count} знак", "few": "{count} знака", "many": "{count} знаков", "other": "{count} знака"}
    russian = Language("ru", {"signs": forms})
    assert [russian.say("signs", count=count) for count in (1, 2, 5, 21)] == [
        "1 знак",
        "2 знака",
        "5 знаков",
        "21 знак",
    ]


def test_a_word_is_filled_with_values_and_its_numbers_follow_the_language() -> None:
    assert ENGLISH.say("hello", name="Ann") == "Hello Ann"
    assert GERMAN.say("hello", name=1234.5) == "Hello 1.234,5"
    assert ENGLISH.fill("{a}{b}{a}", {"a": "x", "b": 1}) == "x1x"


def test_braces_that_are_not_a_placeholder_stay() -> None:
    assert ENGLISH.fill("{a b} {} {{a}}", {"a": 1}) == "{a b} {} {1}"


def test_a_value_may_look_like_a_placeholder() -> None:
    assert ENGLISH.say("hello", name="{name}") == "Hello {name}"


@pytest.mark.parametrize("key", ["none", "signs"])
def test_a_missing_word_or_one_with_plural_forms_is_an_error_in_the_layouts(key: str) -> None:
    with pytest.raises(SiteError, match=rf"layouts/words\.yaml: the word '{key}' "):
        ENGLISH.say(key)


@pytest.mark.parametrize(
    ("parts", "text"), [((), ""), (("a",), "a"), (("a", "b"), "a and b"), (("a", "b", "c"), "a, b, and c")]
)
def test_a_list_is_joined_as_the_language_does(parts: tuple[str, ...], text: str) -> None:
    assert ENGLISH.join(parts) == text


@pytest.mark.parametrize(
    ("tag", "direction"), [("en", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("fa-IR", "rtl"), ("ja", "ltr")]
)
def test_a_language_runs_in_its_direction(tag: str, direction: str) -> None:
    assert Language(tag, WORDS).direction == direction


@pytest.mark.parametrize("tag", ["xx", "en-XX", "english", "e", "", "en_US!", "../etc"])
def test_an_unknown_language_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="there is no language"):
        Language(tag, WORDS)


def test_placeholders_are_names_in_braces() -> None:
    assert placeholders("{a} {b_c} {} {d e} {1}") == {"a", "b_c", "1"}
    assert placeholders({"one": "{a}", "other": "{b}"}) == {"a", "b"}


TAGS = sorted(tag.replace("_", "-") for tag in localedata.locale_identifiers() if "POSIX" not in tag)
AMOUNTS = strategies.one_of(
    strategies.integers(0, 10**12), strategies.floats(0, 1e12, allow_nan=False).map(lambda value: round(value, 2))
)
UNITS = strategies.sampled_from(["$", "€", "£", "¥", "₹", "CHF", "KWD", "%", "beds", None])


@pytest.mark.parametrize(("tag", "direction"), [("de", "ltr"), ("ar", "rtl"), ("he", "rtl"), ("mn-Mong", "ltr")])
def test_text_runs_in_one_of_the_two_directions_of_html(tag: str, direction: str) -> None:
    assert Language(tag, WORDS).direction == direction


@settings(max_examples=200)
@given(
    tag=strategies.sampled_from(TAGS),
    low=AMOUNTS,
    high=strategies.none() | AMOUNTS,
    typical=strategies.none() | AMOUNTS,
    unit=UNITS,
    period=strategies.sampled_from(["year", "month", "week", "day", None]),
    whole=strategies.booleans(),
)
def test_every_language_can_write_every_number(
    tag: str, low: float, high: float | None, typical: float | None, unit: str | None, period: str | None, whole: bool
) -> None:
    language = Language(tag, WORDS)
    metric = Metric(name="a", unit=unit, period=period, whole=whole)  # type: ignore[arg-type]
    assert language.band(Band(low=low, high=high, typical_to=typical), metric)
    assert language.number(low)
    assert language.price(offer(low, CONVENTIONS.currency_of(unit) or "EUR"))
    assert language.values(low, high if high is not None else float("inf"), metric)
    assert language.say("signs", count=int(low))
    assert language.join(["a", "b", "c"])
    assert language.direction in ("ltr", "rtl")


@settings(max_examples=100)
@given(value=strategies.integers(0, 10**9))
def test_a_short_amount_is_never_another_amount(value: int) -> None:
    text = ENGLISH.amount(value, SALARY)
    number = float(text.strip("$KMB").replace(",", ""))
    factor = {"K": 10**3, "M": 10**6, "B": 10**9}.get(text[-1], 1)
    assert round(number * factor) == value


def test_what_was_looked_up_is_not_looked_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = Conventions()
    assert Language("de", WORDS, first).number(1234.5) == "1.234,5"
    known = Conventions(pickle.loads(pickle.dumps(first)).answers)  # noqa: S301 - our own data
    monkeypatch.delattr(cldr, "number")
    assert Language("de", WORDS, known).number(1234.5) == "1.234,5"


def test_the_number_of_answers_that_are_remembered_is_limited() -> None:
    conventions = Conventions({str(number): "" for number in range(MAX_ANSWERS)})
    assert conventions.look_up("precision", "USD") == "2"
    assert len(conventions.answers) <= MAX_ANSWERS


def test_babel_is_imported_only_for_what_is_not_known() -> None:
    code = """if True:
        import sys
        from generator.i18n.conventions import Conventions
        from generator.i18n.language import Language
        Language("en", {}, Conventions({"language\\0en": "en"}))
        assert "babel" not in sys.modules
        Language("de", {})
        assert "babel" in sys.modules
    """
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
