"""The offers of a message: `Core course ($1,997 self-paced, $6,997 cohort)`, and back to such a line."""

import re
from collections.abc import Iterator

from generator.formats.figures import Figure, find_figures
from generator.strategy.documents.strategy import Point, Price

OPEN, CLOSE = "([{", ")]}"
QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»"}
FREE = re.compile(r"free(?: of charge)?\b[\s:–—-]*", re.IGNORECASE)
PER = re.compile(
    r"\s*(?:/|\bper\b|\ba\b|\ban\b|\beach\b)\s*(year|yr|month|mo|week|day|person|seat)\b\.?", re.IGNORECASE
)
EDGES = " \t,;:–—-"


def split_list(text: str) -> list[str]:
    """The parts of an enumeration: at semicolons if there are any, else at commas; not within
    parentheses, quotes or numbers.
    """
    for separator in ";,":
        parts = list(_split(text, separator))
        if len(parts) > 1:
            return parts
    return [text.strip()] if text.strip() else []


def _split(text: str, separator: str) -> Iterator[str]:
    depth, quote, begun = 0, "", 0
    for index, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in QUOTES and QUOTES[character] in text[index + 1 :]:
            quote = QUOTES[character]
        elif character in OPEN:
            depth += 1
        elif character in CLOSE:
            depth = max(0, depth - 1)
        elif character == separator and not depth and not text[index + 1 : index + 2].isdigit():
            yield text[begun:index].strip()
            begun = index + 1
    yield text[begun:].strip()


def parse_offers(text: str, line: int, points: tuple[Point, ...] = ()) -> tuple[Price, ...]:
    """The offers of a line and of the bullets below it; a bullet is one offer, whatever commas it has."""
    found = [price for part in split_list(text) if part for price in _parse_part(part, line)]
    for point in points:
        found += _parse_part(point.text, point.line)
    return tuple(found)


def _parse_part(part: str, line: int) -> Iterator[Price]:
    part = re.sub(r"^(?:and|or)\s+", "", part.strip()).rstrip(".")
    match = re.fullmatch(r"(.*?)\s*\(([^()]*)\)", part)
    base, inside = (match[1].strip(), match[2]) if match else (part, "")
    pieces = [piece.strip() for piece in _split(inside, ",")] if inside else []
    priced = [piece for piece in pieces if _money(piece) or FREE.fullmatch(piece)]
    if not base or not priced:
        yield _price(part, line)
        return
    others = [piece for piece in pieces if piece not in priced]
    base += f" ({', '.join(others)})" if others else ""
    for piece in priced:
        words = _price(piece, line, bare=True)
        yield words._replace(name=_name(f"{base}, {words.name}" if words.name else base))


def _price(text: str, line: int, bare: bool = False) -> Price:
    """A text that may have its price anywhere. `bare`: it may be nothing but a price."""
    money = _money(text)
    if money is None:
        free = FREE.match(text)
        if free and (bare or text[free.end() :].strip()):
            return Price(_name(text[free.end() :], bare), "free", line)
        return Price(_name(text, bare), None, line)
    before, after = text[: money.start].strip(EDGES), text[money.end :]
    per = PER.match(after)
    if per:
        after = f"{after[per.end() :].strip(EDGES)}, per {per[1].lower()}"
    name = ", ".join(filter(None, (before, after.strip(EDGES)))) if per else f"{before} {after.strip(EDGES)}"
    return Price(_name(name.strip(EDGES) or ("" if bare else text), bare), money, line)


def _money(text: str) -> Figure | None:
    return next((figure for figure in find_figures(text) if figure.is_money), None)


def _name(text: str, bare: bool = False) -> str:
    text = " ".join(text.split()).strip(EDGES)
    return text if bare else text[:1].upper() + text[1:]
