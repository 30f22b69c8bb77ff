"""Figures in a text: money, percentages, counts and ranges, read the same whichever way they are written.

`$60K-$100K`, `$60,000 to $100,000` and `$60–100k` are the same figure. Digits that belong to a name, as in
GPT-4 or B2B, are not a figure.
"""

import re
from typing import NamedTuple

SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹"}
WORDS = {"percent": "%", "euro": "€", "euros": "€"}
# What stands before the end of a range, or between its ends, in the languages of strategy documents; only words that
# mean nothing else in another of them.
BELOW = (
    "under|below|less than|up to|unter|weniger als|bis zu|moins de|jusqu[’']à|menos de|hasta|até|meno di|fino a"
    "|minder dan|poniżej|mniej niż"
)
ABOVE = (
    "over|more than|above|at least|ab|über|mehr als|mindestens|plus de|au moins|à partir de|más de|al menos|mais de"
    "|oltre|più di|almeno|meer dan|minstens|vanaf|ponad|powyżej|co najmniej"
)
TO = "to|bis|à|tot|hasta"
SCALES = {
    "mio": 1e6,
    "tsd": 1e3,
    "mrd": 1e9,
    "mln": 1e6,
    "k": 1e3,
    "thousand": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "million": 1e6,
    "b": 1e9,
    "bn": 1e9,
    "billion": 1e9,
}

CODES = [
    "USD", "EUR", "GBP", "JPY", "INR", "CHF", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK",
    "HUF", "RON", "BRL", "MXN", "CLP", "COP", "ZAR", "NGN", "KES", "EGP", "CNY", "TWD", "HKD", "SGD",
    "KRW", "THB", "IDR", "PHP", "MYR", "VND", "TRY", "ILS", "AED", "SAR", "RUB", "UAH",
]  # fmt: skip

_CURRENCY = rf"[$€£¥₹]|\b(?-i:{'|'.join(CODES)})\b"
# A comma is a decimal comma only beside a currency or a percent sign: 1,50 may be two modules, €1,50 is a price.
_DECIMALS = r"(?:(?<=[$€£¥₹])|(?<=[$€£¥₹]\s))\d+,\d{2}(?![\d,])|\d+,\d{1,2}(?=\s?[%€£¥₹])"
_GROUPS = r"\d{1,3}(?:[,.’'\u00a0\u202f]\d{3})+"
# Blanks part thousands only where an amount of money follows: `10 000 à 20 000 €`.
_SPACED = rf"\d{{1,3}}(?: \d{{3}})+(?=(?: (?:{TO})| ?[–-])? ?[\d ]*(?:€|(?-i:{'|'.join(CODES)})\b))"
_DIGITS = rf"{_SPACED}|{_DECIMALS}|{_GROUPS}(?:[.,]\d{{1,2}})?(?![\d])|\d+(?:\.\d+)?"
_SCALE = r"(?:[kKmMbB]|[bB]n|mn)(?![^\W\d_])|\s(?:thousand|million|billion|mio\b\.?|tsd\b\.?|mrd\b\.?|mln)(?![^\W\d_])"
_AFTER = rf"\s?(?:%|percent\b|euros?\b|[€£¥₹])|\s(?-i:{'|'.join(CODES)})\b|x(?![^\W\d_])"


def _amount(tag: str) -> str:
    return (
        rf"(?:(?P<before{tag}>{_CURRENCY})\s?)?(?P<digits{tag}>{_DIGITS})(?P<scale{tag}>{_SCALE})?"
        rf"(?P<after{tag}>{_AFTER})?"
    )


FIGURE = re.compile(
    rf"(?<![\w.])(?<![^\W\d_]-)(?:(?P<below><|≤|\b(?:{BELOW})\b)\s*)?"
    rf"(?:(?P<above>>|≥|\b(?:{ABOVE})\b)\s*)?"
    rf"{_amount('1')}(?P<open1>\+)?"
    rf"(?:\s*(?:[-–—−‒]|\b(?:{TO})\b(?!\s*[$€£¥₹]?[\d.,]+[kKmMbB%]?\s*[-–—−‒]\s*[$€£¥₹]?\d))\s*{_amount('2')}(?P<open2>\+)?)?"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)


class Figure(NamedTuple):
    """A number or a range of numbers as a text states it.

    `low` is None in `<$10K`, `high` in `$200K+`; both are the same for a single number. `open`: a plus
    sign follows. `unit` is a currency sign or code, `%`, `x`, or empty.
    """

    low: float | None
    high: float | None
    open: bool
    unit: str
    text: str
    start: int
    end: int

    @property
    def is_money(self) -> bool:
        return self.unit not in ("", "%", "x")

    @property
    def is_range(self) -> bool:
        return self.low != self.high

    @property
    def value(self) -> tuple[float | None, float | None, bool, str]:
        """What the figure says, whatever it looks like."""
        return self.low, self.high, self.open, self.unit


def find_figures(text: str) -> list[Figure]:
    """The figures of a text, in order."""
    return [_read(match) for match in FIGURE.finditer(text)]


def _read(match: re.Match[str]) -> Figure:
    low, unit = _value(match, "1"), _unit(match, "1")
    is_open = bool(match["open1"] or match["open2"])
    place = match[0], match.start(), match.end()
    if match["digits2"] is None:
        is_above = bool(match["above"])
        first, last = None if match["below"] else low, None if is_above or match["open1"] else low
        return Figure(first, last, is_open or is_above, unit, *place)
    high, other = _value(match, "2"), _unit(match, "2")
    scale = SCALES.get((match["scale2"] or "").strip(" .").lower(), 1)
    if not match["scale1"] and low < high / scale:
        low *= scale
    return Figure(low, high, is_open, unit or other, *place)


def _value(match: re.Match[str], tag: str) -> float:
    digits = match[f"digits{tag}"]
    scale = (match[f"scale{tag}"] or "").strip(" .").lower()
    digits = digits.replace(" ", "")
    grouped = re.fullmatch(rf"({_GROUPS})([.,]\d{{1,2}})?", digits)
    if grouped and not (scale and digits.count(".") == 1 and "," not in digits):
        digits = re.sub(r"\D", "", grouped[1]) + (grouped[2] or "")
    return float(digits.replace(",", ".")) * SCALES.get(scale, 1)


def _unit(match: re.Match[str], tag: str) -> str:
    unit = (match[f"before{tag}"] or match[f"after{tag}"] or "").strip()
    if word := WORDS.get(unit.lower()):
        return word
    return SYMBOLS.get(unit, unit if unit in CODES else unit.lower())


def write_number(value: float) -> str:
    """A number in full, with commas: `12,500`, `0.5`."""
    return f"{int(value):,}" if value == int(value) else f"{value:,.9f}".rstrip("0")


def write_amount(value: float, unit: str) -> str:
    """`$12,500`, `EUR 12,500`, `5%`."""
    if unit in ("%", "x"):
        return write_number(value) + unit
    return unit + (" " if unit.isalpha() else "") + write_number(value)


def write_short(value: float, unit: str) -> str:
    """An amount as short as it can be said exactly: `$10K`, `$2.4M`."""
    for scale, letter in ((1e9, "B"), (1e6, "M"), (1e3, "K")):
        part = value / scale
        if part >= 1 and round(part, 2) == part and value >= 10_000:
            return write_amount(part, unit) + letter
    return write_amount(value, unit)
