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
# `$9 a month with help`; `$9 per month and user` goes on with what it is for.
PER = re.compile(
    rf"\s*(?:/|\bper\b|\ba\b|\ban\b|\beach\b)\s*(year|yr|month|mo|week|day|person|seat)\b\.?"
    rf"(?!\s*(?:[/&+]|(?:{match_any('and')})\b))",
    re.IGNORECASE,
)
PER_ANY = re.compile(r"(?:/|\b(?:per|pro|je|par|por|al|za)\b)\s*([^\W\d_].{0,40})$", re.IGNORECASE)
LONG = {"yr": "year", "mo": "month"}
STRUCK = re.compile(r"~~(.+?)~~")
FORMERLY = re.compile(rf"[(,;]?\s*\b(?:{match_any('was')})\s*:?\s*$", re.IGNORECASE)
EDGES = " \t,;:–—-"
Price = Figure | Literal["free", "on application"] | None


class PricedName(NamedTuple):
    """A name and its price, which is None if none is stated; `per` is what it is for, `was` the price before."""

    name: str
    price: Price
    per: str = ""
    was: Figure | None = None


def price_name(name: str, price: str) -> PricedName:
    """A name with the price that stands beside it, in a table."""
    price, was = _take_former(price)
    stated = _split_price(price)
    if stated.price is None and not ON_APPLICATION.fullmatch(price):
        return next(read_priced(f"{name} {price}".strip()))
    return stated._replace(name=_clean(name), price=stated.price or "on application", was=was)


def read_priced(part: str) -> Iterator[PricedName]:
    """One name with its price, or as many as there are prices in the parentheses behind it."""
    part, was = _take_former(re.sub(r"^(?:and|or)\s+", "", part.strip()).rstrip("."))
    match = re.fullmatch(r"(.*?)\s*\(([^()]*)\)", part)
    base, inside = (match[1].strip(), match[2]) if match else (part, "")
    pieces = split_at(inside, ",")
    if ON_APPLICATION.fullmatch(inside):
        yield PricedName(_clean(base), "on application")
        return
    priced = [piece for piece in pieces if _find_money(piece) or FREE.fullmatch(piece)]
    if not base or not priced:
        stated = _split_price(part)
        price = stated.price if stated.name or stated.price != "free" else None  # the word alone is a name
        yield stated._replace(name=_clean(stated.name or part), price=price, was=was)
        return
    others = [piece for piece in pieces if piece not in priced]
    base += f" ({', '.join(others)})" if others else ""
    for stated in map(_split_price, priced):
        yield stated._replace(name=_clean(f"{base}, {stated.name}" if stated.name else base), was=was)


def _take_former(text: str) -> tuple[str, Figure | None]:
    """A text without the price before, and that: `$79 (was $99)`, `~~$99~~ $79`."""
    for struck in STRUCK.finditer(text):
        if was := _find_money(struck[1]):
            return f"{text[: struck.start()]}{text[struck.end() :]}".strip(), was
    for was in find_figures(text):
        if was.is_money and (word := FORMERLY.search(text[: was.start])):
            after = text[was.end :].removeprefix(")") if word[0].startswith("(") else text[was.end :]
            return f"{text[: word.start()]}{after}".strip(), was
    return text, None


def _split_price(text: str) -> PricedName:
    """The words of a text, and the price that stands anywhere in it."""
    money = _find_money(text)
    if money is None:
        free = FREE.match(text)
        return PricedName(text[free.end() :].strip(EDGES), "free") if free else PricedName(text.strip(EDGES), None)
    before, after = text[: money.start].strip(EDGES), text[money.end :]
    if not money.is_range and (word := FROM.search(before)):
        before, money = before[: word.start()], money._replace(high=None, open=True, text=f"{money.text}+")
    per = PER.match(after) or PER_ANY.search(after)
    unit = LONG.get(per[1].lower(), per[1].strip()) if per else ""
    after = f"{after[: per.start()]} {after[per.end() :]}" if per else after
    return PricedName(" ".join(filter(None, (before.strip(EDGES), after.strip(EDGES)))), money, unit)


def _find_money(text: str) -> Figure | None:
    return next((figure for figure in find_figures(text) if figure.is_money), None)


def _clean(name: str) -> str:
    name = " ".join(name.split()).strip(EDGES)
    return name[:1].upper() + name[1:]
