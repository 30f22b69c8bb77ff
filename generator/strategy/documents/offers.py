"""The offers of a message, read from a line such as `Core course ($1,997 self-paced, $6,997 cohort)`."""

import re
from collections.abc import Iterator

from generator.formats.figures import Figure, find_figures
from generator.strategy.documents.model import SourceText, StrategyOffer

# What an enumeration is not split within.
UNIT = r"""\((?:[^()]|\([^()]*\))*\)|\[[^]]*\]|\{[^}]*\}|"[^"]*"|“[^”]*”|„[^“]*“|«[^»]*»"""
FREE = re.compile(r"free(?: of charge)?\b[\s:–—-]*", re.IGNORECASE)
PER = re.compile(
    r"\s*(?:/|\bper\b|\ba\b|\ban\b|\beach\b)\s*(year|yr|month|mo|week|day|person|seat)\b\.?", re.IGNORECASE
)
EDGES = " \t,;:–—-"


def split_list(text: str) -> list[str]:
    """The parts of an enumeration: at semicolons if there are any, else at commas; not within
    parentheses, quotes or numbers.
    """
    parts = _split(text, ";")
    return parts if len(parts) > 1 else _split(text, ",")


def _split(text: str, separator: str) -> list[str]:
    parts = re.findall(rf"(?:{UNIT}|{separator}(?=\d)|[^{separator}])+", text)
    return [part.strip() for part in parts if part.strip()]


def parse_offers(text: str, line: int, bullets: tuple[SourceText, ...] = ()) -> tuple[StrategyOffer, ...]:
    """The offers of a line and of the bullets below it. A bullet is one offer, even with commas in it."""
    parts = [(part, line) for part in split_list(text)]
    parts += [(bullet.text, bullet.line) for bullet in bullets]
    return tuple(offer for part, number in parts for offer in _parse_part(part, number))


def _parse_part(part: str, line: int) -> Iterator[StrategyOffer]:
    """One offer, or as many as there are prices in the parentheses behind its name."""
    part = re.sub(r"^(?:and|or)\s+", "", part.strip()).rstrip(".")
    match = re.fullmatch(r"(.*?)\s*\(([^()]*)\)", part)
    base, inside = (match[1].strip(), match[2]) if match else (part, "")
    pieces = _split(inside, ",")
    priced = [piece for piece in pieces if _find_money(piece) or FREE.fullmatch(piece)]
    if not base or not priced:
        yield _parse_offer(part, line)
        return
    others = [piece for piece in pieces if piece not in priced]
    base += f" ({', '.join(others)})" if others else ""
    for piece in priced:
        offer = _parse_offer(piece, line, is_bare=True)
        yield offer._replace(name=_clean(f"{base}, {offer.name}" if offer.name else base))


def _parse_offer(text: str, line: int, is_bare: bool = False) -> StrategyOffer:
    """An offer with its price anywhere in the text. `is_bare`: the text may be a price and no name."""
    money = _find_money(text)
    if money is None:
        free = FREE.match(text)
        if free and (is_bare or text[free.end() :].strip()):
            return StrategyOffer(_clean(text[free.end() :], is_bare), "free", line)
        return StrategyOffer(_clean(text, is_bare), None, line)
    before, after = text[: money.start].strip(EDGES), text[money.end :]
    per = PER.match(after)
    if per:
        after = f"{after[per.end() :].strip(EDGES)}, per {per[1].lower()}"
    name = (", " if per else " ").join(filter(None, (before, after.strip(EDGES))))
    return StrategyOffer(_clean(name or ("" if is_bare else text), is_bare), money, line)


def _find_money(text: str) -> Figure | None:
    return next((figure for figure in find_figures(text) if figure.is_money), None)


def _clean(name: str, is_bare: bool = False) -> str:
    name = " ".join(name.split()).strip(EDGES)
    return name if is_bare else name[:1].upper() + name[1:]
