"""What is sold, and its price, in a line such as `Core course ($1,997 self-paced, $6,997 cohort)`."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from generator.formats.figures import Figure, find_figures
from generator.formats.lists import split_at
from generator.i18n.headings import match_any

FREE = re.compile(rf"(?:{match_any('free')})\b[\s:–—-]*", re.IGNORECASE)
FROM = re.compile(rf"\b(?:{match_any('from')})\s*$", re.IGNORECASE)
ON_APPLICATION = re.compile(rf"(?:{match_any('on_application')})\.?", re.IGNORECASE)
PER = re.compile(
    r"\s*(?:/|\bper\b|\ba\b|\ban\b|\beach\b)\s*(year|yr|month|mo|week|day|person|seat)\b\.?", re.IGNORECASE
)
PER_ANY = re.compile(r"(?:/|\b(?:per|pro|je|par|por|al|za)\b)\s*([^\W\d_].{0,40})$", re.IGNORECASE)
EDGES = " \t,;:–—-"
Price = Figure | Literal["free", "on application"] | None


class PricedName(NamedTuple):
    """A name and its price, which is None if none is stated; `per` is what it is for, where that stands apart."""

    name: str
    price: Price
    per: str = ""


def price_name(name: str, price: str) -> PricedName:
    """A name with the price that stands beside it, in a table."""
    _, amount = _split_price(price)
    if amount is None and not ON_APPLICATION.fullmatch(price):
        return next(read_priced(f"{name} {price}".strip()))
    if not isinstance(amount, Figure):
        return PricedName(_clean(name), amount or "on application")
    if FROM.search(price[: amount.start]) and not amount.is_range:
        amount = amount._replace(high=None, open=True, text=f"{amount.text}+")
    per = PER_ANY.search(price)
    return PricedName(_clean(name), amount, per[1].strip() if per else "")


def read_priced(part: str) -> Iterator[PricedName]:
    """One name with its price, or as many as there are prices in the parentheses behind it."""
    part = re.sub(r"^(?:and|or)\s+", "", part.strip()).rstrip(".")
    match = re.fullmatch(r"(.*?)\s*\(([^()]*)\)", part)
    base, inside = (match[1].strip(), match[2]) if match else (part, "")
    pieces = split_at(inside, ",")
    if ON_APPLICATION.fullmatch(inside):
        yield PricedName(_clean(base), "on application")
        return
    priced = [piece for piece in pieces if _find_money(piece) or FREE.fullmatch(piece)]
    if not base or not priced:
        name, price = _split_price(part)
        # The word alone is the name of something.
        yield PricedName(_clean(name or part), price if name or price != "free" else None)
        return
    others = [piece for piece in pieces if piece not in priced]
    base += f" ({', '.join(others)})" if others else ""
    for name, price in map(_split_price, priced):
        yield PricedName(_clean(f"{base}, {name}" if name else base), price)


def _split_price(text: str) -> tuple[str, Price]:
    """The words of a text, and the price that stands anywhere in it."""
    money = _find_money(text)
    if money is None:
        free = FREE.match(text)
        return (text[free.end() :].strip(EDGES), "free") if free else (text.strip(EDGES), None)
    before, after = text[: money.start].strip(EDGES), text[money.end :]
    per = PER.match(after)
    if per:
        after = f"{after[per.end() :].strip(EDGES)}, per {per[1].lower()}"
    return (", " if per else " ").join(filter(None, (before, after.strip(EDGES)))), money


def _find_money(text: str) -> Figure | None:
    return next((figure for figure in find_figures(text) if figure.is_money), None)


def _clean(name: str) -> str:
    name = " ".join(name.split()).strip(EDGES)
    return name[:1].upper() + name[1:]
