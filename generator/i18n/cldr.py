"""What the Unicode CLDR says about languages and currencies, through Babel. All functions return text."""

import re
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError, lists, numbers, units


@cache
def open_locale(tag: str) -> Locale:
    return Locale.parse(tag, sep="-")


def language(tag: str) -> str:
    """The tag if there is such a language, otherwise an empty text."""
    try:
        open_locale(tag)
    except (UnknownLocaleError, ValueError):
        return ""
    return tag


def direction(tag: str) -> str:
    """`ltr` or `rtl`. HTML has no third: vertical text is `ltr` within its line."""
    return "rtl" if open_locale(tag).character_order == "right-to-left" else "ltr"


def plural(tag: str, count: int) -> str:
    """The plural form for a count: `one`, `other`, ..."""
    return str(open_locale(tag).plural_form(count))


def number(tag: str, value: float) -> str:
    return numbers.format_decimal(value, locale=open_locale(tag))


def decimal(tag: str, value: float) -> str:
    """A number, with all its decimals."""
    return numbers.format_decimal(value, locale=open_locale(tag), decimal_quantization=False)


def percent(tag: str, value: float) -> str:
    """A number of percent, with all its decimals."""
    return numbers.format_percent(Decimal(str(value)) / 100, locale=open_locale(tag), decimal_quantization=False)


def money(tag: str, amount: float, currency: str) -> str:
    """An exact amount: no decimals where it is whole, and more than the currency has where those are not enough."""
    locale = open_locale(tag)
    whole = amount == int(amount)
    pattern = locale.currency_formats["standard"].pattern
    if whole:
        pattern = re.sub(r"[.]0+", "", pattern)
    return numbers.format_currency(
        amount, currency, pattern, locale=locale, currency_digits=not whole, decimal_quantization=False
    )


def compact(tag: str, value: float, decimals: int, currency: str) -> str:
    """A number, or an amount where there is a currency, with a word or letter for thousands, millions, ..."""
    locale = open_locale(tag)
    if currency:
        return numbers.format_compact_currency(value, currency, locale=locale, fraction_digits=decimals)
    return numbers.format_compact_decimal(value, locale=locale, fraction_digits=decimals)


def file_size(tag: str, size: int) -> str:
    """Bytes as thousands or millions, with one decimal below ten."""
    unit, amount = ("megabyte", size / 1e6) if size >= 999_500 else ("kilobyte", max(size / 1e3, 1))
    amount = round(amount, 1) if amount < 9.95 else round(amount)
    return units.format_unit(amount, f"digital-{unit}", "short", locale=open_locale(tag))


def join(tag: str, *parts: str) -> str:
    return lists.format_list(list(parts), locale=open_locale(tag))


def currency(code: str) -> str:
    """The code if there is such a currency, by ISO 4217, otherwise an empty text."""
    return code if code in numbers.list_currencies() else ""


def precision(code: str) -> str:
    return str(numbers.get_currency_precision(code))
