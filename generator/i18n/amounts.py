"""Amounts of a unit in full, as a language writes them; and how, for a script that writes them, too."""

import re
from typing import NamedTuple

from generator.i18n.language import SPACES, Language

NUMBER = re.compile(r"\d(?:.*\d)?")


class AmountStyle(NamedTuple):
    """What is around an amount, and around and between two; its signs; the sizes of the last group of digits and of the
    others, and the least digits with a sign between them. `fixed` are amounts with all decimals or none.
    """

    single: tuple[str, str]
    pair: tuple[str, str, str]
    group: str
    decimal: str
    sizes: tuple[int, int]
    least: int
    decimals: int
    fixed: bool


def write_amount(language: Language, value: float, unit: str | None) -> str:
    """`$10,000`, `5%`, `12 hours`."""
    return write_amounts(language, value, value, unit)


def write_amounts(language: Language, low: float, high: float, unit: str | None, is_open: bool = False) -> str:
    """A range, or one amount if both are the same: `$3,000–$5,000`, `60–70%`, `10–20 hours`, `1,000–10,000+`."""
    text = _write(language, low, unit)
    if low != high:  # a sign of percent that follows both is said once
        text = language.range(text.rstrip(f"%{SPACES}"), _write(language, high, unit))
    if is_open:
        text = language.say("open_range", low=text)
    return language.say("amount_of_unit", amount=text, unit=unit) if unit and not _is_sign(language, unit) else text


def _write(language: Language, value: float, unit: str | None) -> str:
    """An amount with its unit where that is a sign."""
    if unit == "%":
        return language.percent(value)
    currency = language.conventions.currency_of(unit)
    return language.money(value, currency) if currency else language.decimal(value)


def _is_sign(language: Language, unit: str) -> bool:
    return unit == "%" or language.conventions.currency_of(unit) is not None


def find_amount_style(language: Language, unit: str | None) -> AmountStyle:
    """The style, read off what the language makes of a few amounts: so nothing about languages is known twice."""

    def digits(value: float) -> str:
        match = NUMBER.search(_write(language, value, unit))
        return match[0] if match else ""

    low, long, currency = digits(1111), digits(1234567890), language.conventions.currency_of(unit)
    start, _, end = write_amount(language, 1111, unit).partition(low)
    before, _, behind = write_amounts(language, 1111, 2222, unit).partition(low)
    between, _, after = behind.partition(digits(2222))
    groups = re.findall(r"\d+", long)
    decimal = re.findall(r"\D+", digits(1.5)) or re.findall(r"\D+", language.number(1.5))
    return AmountStyle(
        single=(start, end),
        pair=(before, between, after),
        group=re.findall(r"\D+", long)[0],
        decimal=decimal[0],
        sizes=(len(groups[-1]), len(groups[-2])),
        least=4 if re.search(r"\D", low) else 5,
        decimals=language.conventions.precision_of(currency) if currency else 2,
        fixed=currency is not None,
    )
