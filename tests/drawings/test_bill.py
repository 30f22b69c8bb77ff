"""Bills: the arithmetic, which the script does as the build does, in every language, and what visitors may type."""

import json
import random
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from generator.drawings.bill import TIMES, check_bill, divide, find_places, round_half_up
from generator.i18n.amounts import find_amount_style, write_amount, write_amounts
from generator.i18n.language import Language
from generator.pages.amount_blocks import bill_context
from generator.schema.amount_blocks import BillBlock, UsualRange
from tests.sites import ROOT, real_words
from tests.tools.node import run_script

TOOL, SCRIPT = ROOT / "tests/tools/bills.mjs", ROOT / "layouts/js/bill.js"
LANGUAGES = ("en", "en-IN", "de", "de-AT", "de-CH", "fr", "es", "it", "nl", "pl", "pt", "pt-PT", "sv", "hi", "ja", "ar",
             "fa", "he", "tr")  # fmt: skip
UNITS = (None, "$", "JPY", "KWD", "%", "hours", "m²")
AMOUNTS = (6e-7, 0.0004, 0.002, 0.01, 0.05, 0.5, 1, 1.5, 1.99, 7, 9.995, 37.25, 99.99, 100, 100.5, 123.45, 999, 1000,
           9999, 10_000, 12_345.67, 99_999, 100_000, 1_234_567, 10**9, 10**12)  # fmt: skip


def bill(amount: float = 10_000, low: float = 30, high: float = 50, **more: Any) -> BillBlock:
    fields = {"sentence": "Say it is {amount}.", "label": "It", "rest": "Rest", "part": "Part", "maximum": 10**12}
    return BillBlock(
        **{**fields, "result": "{part}, {year}", "period": "month", **more}, amount=amount, low=low, high=high
    )


@cache
def language_of(tag: str) -> Language:
    return Language(tag, real_words())


def run(folder: Path, jobs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    script, data = folder / "bill.mjs", folder / "jobs.json"
    script.write_bytes(SCRIPT.read_bytes())
    data.write_text(json.dumps(jobs), encoding="utf-8")
    return list(run_script(TOOL, script, data))


def job(tag: str, unit: str | None, amounts: tuple[float, ...] = (), texts: tuple[str, ...] = (), **more: Any) -> Any:
    model = json.loads(bill_context(language_of(tag), bill(unit=unit, **more))["model"])
    return {"bill": model, "amounts": amounts, "texts": texts}


def write_all(tag: str, unit: str | None, amount: float, block: BillBlock) -> list[str]:
    language = language_of(tag)
    shares = divide(amount, block, find_amount_style(language, unit).decimals)
    return [write_amount(language, amount, unit), *(write_amounts(language, *ends, unit) for ends in shares)]


def test_what_comes_off_a_bill_a_month_and_a_year() -> None:
    shares = divide(10_000, bill(), 2)
    assert shares.part == (3000, 5000)
    assert shares.rest == (5000, 7000)
    assert shares.year == (36_000, 60_000)


@pytest.mark.parametrize("amount", AMOUNTS)
def test_what_is_shown_adds_up(amount: float) -> None:
    block = bill(low=33, high=66)
    places = 0 if amount >= 100 else find_places(amount, 2)
    (least, most), (low, high), _ = divide(amount, block, 2)
    assert round(least + high, places) == round(most + low, places) == round_half_up(amount, places)
    assert 0 < least < most


@pytest.mark.parametrize(("period", "times"), TIMES.items())
def test_a_year_is_so_many_of_what_the_amount_is_for(period: str, times: int) -> None:
    assert divide(1000, bill(period=period), 2).year == (300 * times, 500 * times)


def test_no_percent_and_all_of_them() -> None:
    assert divide(1000, bill(low=0, high=100), 2) == ((0, 1000), (0, 1000), (0, 12_000))


@pytest.mark.chance(1)
def test_the_script_writes_what_the_build_writes(tmp_path: Path, dice: random.Random) -> None:
    drawn = [round(10 ** dice.uniform(0, 12), dice.choice((0, 1, 2))) for _ in range(9)]
    drawn += [round(10 ** dice.uniform(-9, 0), dice.choice((3, 9, 12))) for _ in range(5)]
    jobs, expected = [], []
    for tag in LANGUAGES:
        for unit in UNITS:
            low = dice.choice((0, 12.5, 30, 33.3))
            block = bill(unit=unit, low=low, high=dice.choice((low, 50, 66.6, 100)), period=dice.choice([*TIMES]))
            decimals = find_amount_style(language_of(tag), unit).decimals
            values = (*dice.sample(AMOUNTS, 12), *drawn)
            amounts = [amount for value in values if (amount := round_half_up(value, find_places(value, decimals)))]
            model = json.loads(bill_context(language_of(tag), block)["model"])
            jobs.append({"bill": model, "amounts": amounts, "texts": []})
            expected.append([write_all(tag, unit, amount, block) for amount in amounts])
    for found, wanted in zip(run(tmp_path, jobs), expected, strict=True):
        assert found["written"] == wanted


def test_what_the_build_writes_is_read(tmp_path: Path) -> None:
    jobs, expected = [], []
    for tag in LANGUAGES:
        for unit in UNITS:
            decimals = find_amount_style(language_of(tag), unit).decimals
            amounts = [amount for value in AMOUNTS if (amount := round_half_up(value, find_places(value, decimals)))]
            jobs.append(job(tag, unit, texts=tuple(write_amount(language_of(tag), each, unit) for each in amounts)))
            expected.append(amounts)
    for found, wanted, asked in zip(run(tmp_path, jobs), expected, jobs, strict=True):
        assert found["read"] == wanted, asked["texts"]


READ = [
    ("en", "$", {
        "10000": 10_000, "10,000": 10_000, " $10,000 ": 10_000, "$ 10 000": 10_000, "10000.50": 10_000.5,
        "1,234,567": 1_234_567, "12,5": 12.5, "12.": 12, "007": 7, "0.01": 0.01, "\uff11\uff12": 12, "\u0661\u0662": 12,
        "\u06f1\u06f2": 12, "\u0967\u0968": 12, "1000000000000": 10**12,
    }),
    ("de", "EUR", {
        "10.000": 10_000, "10.000,50": 10_000.5, "10000,5": 10_000.5, "1,5": 1.5, "1.5": 1.5, "10 000 €": 10_000,
        "1.000 EUR": None,
    }),
    ("de-CH", "CHF", {"10’000": 10_000, "10'000": 10_000, "CHF 10’000.50": 10_000.5}),
    ("fr", "EUR", {"10 000": 10_000, "10\u202f000\u00a0€": 10_000, "1,5": 1.5, "1.5": 1.5}),
    ("en-IN", "INR", {"12,34,567": 1_234_567, "₹12,34,567.50": 1_234_567.5}),
    ("ar", "$", {"\u0661\u0660\u0660\u0660": 1000, "\u200f1,000\u00a0US$": 1000}),
    ("ja", "JPY", {"1500.4": 1500, "¥1,500": 1500, "0.4": 0.4, "0.0004": 0.0004}),
    ("en", "hours", {"10": 10, "10 hours": 10, "10h": None}),
    ("en", "m²", {"10": 10, "10 m²": 10, "10 m2": 10}),
]  # fmt: skip
REFUSED = ("", " ", "0", "0.00", "-5", "\u22125", "abc", "10k", "1e5", "NaN", "Infinity", "1,2,3", "1.2.3", "--", "$",
           ".", ",", "10 - 20", "5%", "0x10", "1000000000001", "9" * 24, "<b>1</b>", "½", "1/2")  # fmt: skip


def test_what_people_type_is_read_or_refused_and_never_guessed(tmp_path: Path) -> None:
    jobs = [job(tag, unit, texts=tuple(texts)) for tag, unit, texts in READ]
    for found, (tag, unit, texts) in zip(run(tmp_path, jobs), READ, strict=True):
        assert found["read"] == [*texts.values()], (tag, unit)
    for tag, found in zip(LANGUAGES, run(tmp_path, [job(tag, None, texts=REFUSED) for tag in LANGUAGES]), strict=True):
        assert dict(zip(REFUSED, found["read"], strict=True)) == dict.fromkeys(REFUSED), tag


@pytest.mark.parametrize(
    ("amount", "part", "rest"),
    [
        (0.5, "$0.15–$0.25", "$0.25–$0.35"),
        (0.05, "$0.015–$0.025", "$0.025–$0.035"),
        (0.002, "$0.0006–$0.001", "$0.001–$0.0014"),
    ],
)
def test_small_amounts_have_as_many_decimals_as_tell_them_apart(amount: float, part: str, rest: str) -> None:
    values = bill_context(language_of("en"), bill(amount, unit="$"))["values"]
    assert (values["amount"], values["part"], values["rest"]) == (
        write_amount(language_of("en"), amount, "$"),
        part,
        rest,
    )


def test_texts_say_what_the_number_is_before_any_script() -> None:
    said = bill_context(language_of("de"), bill(unit="EUR", usual=UsualRange(text="Üblich", low=1, high=2000)))
    assert said["values"]["part"] == "3.000–5.000\u00a0€"
    assert "Say it is 10.000\u00a0€." in said["description"]
    assert "Üblich: " in said["usual"]["text"]


@pytest.mark.parametrize(
    ("block", "codes"),
    [
        (bill(), []),
        (bill(low=50, high=30), ["range-upside-down"]),
        (bill(low=30, high=30), []),
        (bill(amount=0), ["amount-off-scale"]),
        (bill(maximum=9999), ["amount-off-scale"]),
        (bill(usual=UsualRange(text="Usual", low=2, high=1)), ["range-upside-down"]),
        (bill(maximum=10_000, usual=UsualRange(text="Usual", low=2, high=10_001)), ["range-off-axis"]),
        (bill(sentence="Say it."), ["missing-placeholder"]),
        (bill(sentence="{amount} is {amount}."), ["missing-placeholder"]),
        (bill(sentence="{amount} of {part}"), ["unknown-placeholder"]),
        (bill(result="{parts}, {month}"), ["unknown-placeholder", "unknown-placeholder"]),
    ],
)
def test_what_cannot_be_drawn_is_said(block: BillBlock, codes: list[str]) -> None:
    assert [problem.code for problem in check_bill("a.md", ("blocks", 0), block)] == codes
