"""The offers of a strategy: each once, however many levels it is made to."""

from collections.abc import Iterator
from typing import Any

from generator.formats.figures import SYMBOLS, Figure
from generator.strategy.documents.collector import Notes
from generator.strategy.documents.strategy import Group, Price, Rank, Strategy, fold
from generator.strategy.importing.file_names import Shelf, make_slugs
from generator.strategy.importing.message_choice import find_parts

CODES = {symbol: code for code, symbol in SYMBOLS.items()}


def list_offers(strategy: Strategy, notes: Notes) -> Shelf:
    """The offers of all messages. One without a price is by application, and reported."""
    prices: dict[tuple[Any, ...], Price] = {}
    for price in _list_prices(strategy):
        if price.amount is None and identify(price) not in prices:
            notes.warn(price.line, f"the offer '{price.name}' has no price.", "Pages say that it is by application.")
        prices.setdefault(identify(price), price)
    ids = make_slugs([price.name for price in prices.values()], "offer")
    offers = [
        {"id": id_, "name": price.name, **price_data(price)} for id_, price in zip(ids, prices.values(), strict=True)
    ]
    return Shelf(offers, dict(zip(prices, ids, strict=True)))


def _list_prices(strategy: Strategy) -> Iterator[Price]:
    """Level by level, and then what is made to no level: the order does not depend on that of the messages."""
    ranks = [(rank.number, group, rank) for group in strategy.groups for rank in group.ranks]
    for _, group, rank in sorted(ranks, key=lambda entry: entry[0]):
        for part in find_parts(strategy, group, rank, "offer")[:1]:
            yield from part.offers
    for message in strategy.messages:
        for part in message.parts:
            yield from part.offers


def identify(price: Price) -> tuple[Any, ...]:
    """What makes two mentions one offer: name and price."""
    amount = price.amount.value if isinstance(price.amount, Figure) else price.amount
    return fold(price.name), amount


def price_data(price: Price) -> dict[str, Any]:
    """The fields `price` and `currency`."""
    if not isinstance(price.amount, Figure):
        return {"price": price.amount or "on application"}
    low, high = price.amount.low, price.amount.high
    low = high if low is None else low
    assert low is not None
    currency = {"currency": CODES.get(price.amount.unit, price.amount.unit)}
    if high is None or high <= low:
        return {"price": _plain(low), **currency}
    return {"price": {"from": _plain(low), "to": _plain(high)}, **currency}


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else round(value, 2)


def offers_of(strategy: Strategy, shelf: Shelf, group: Group, rank: Rank) -> list[str]:
    """The ids of the offers made to a level."""
    parts = find_parts(strategy, group, rank, "offer")
    return list(dict.fromkeys(shelf.ids[identify(price)] for part in parts[:1] for price in part.offers))
