"""The offers of a strategy, each once."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.formats.figures import SYMBOLS, Figure
from generator.strategy.documents.collector import DiagnosticCollector
from generator.strategy.documents.model import Strategy, StrategyAudience, StrategyLevel, StrategyOffer
from generator.strategy.documents.ranges import to_number
from generator.strategy.importing.message_choice import find_field
from generator.strategy.importing.texts import make_slugs

CODES = {symbol: code for code, symbol in SYMBOLS.items()}


class OfferIndex(NamedTuple):
    """The data of all offers in order, and the id of each by its name and price."""

    offers: list[dict[str, Any]]
    ids: dict[tuple[str, object], str]


def index_offers(strategy: Strategy, collector: DiagnosticCollector) -> OfferIndex:
    """The offers of all messages. One without a price is by application."""
    offers: dict[tuple[str, object], StrategyOffer] = {}
    for offer in _list_offers(strategy):
        if offer.price is None and offer.identity not in offers:
            message = f"the offer '{offer.name}' has no price."
            collector.warn("price-missing", offer.line, message, "Pages say that it is by application.")
        offers.setdefault(offer.identity, offer)
    ids = make_slugs([offer.name for offer in offers.values()], "offer")
    data = [
        {"id": id_, "name": offer.name, **_price_data(offer)} for id_, offer in zip(ids, offers.values(), strict=True)
    ]
    return OfferIndex(data, dict(zip(offers, ids, strict=True)))


def _list_offers(strategy: Strategy) -> Iterator[StrategyOffer]:
    """Level by level, then those that are made to no level: the order of the messages makes no difference."""
    for audience, level in sorted(strategy.all_levels(), key=lambda entry: entry[1].number):
        yield from offers_to(strategy, audience, level)
    for message in strategy.messages:
        for field in message.fields:
            yield from field.offers


def offers_to(strategy: Strategy, audience: StrategyAudience, level: StrategyLevel) -> tuple[StrategyOffer, ...]:
    """The offers that are made to a level of an audience."""
    field = find_field(strategy, audience, level, "offer")
    return field.offers if field else ()


def _price_data(offer: StrategyOffer) -> dict[str, Any]:
    """The fields `price` and `currency`."""
    if not isinstance(offer.price, Figure):
        return {"price": offer.price or "on application"}
    ends = [to_number(round(end, 2)) for end in (offer.price.low, offer.price.high) if end is not None]
    currency = {"currency": CODES.get(offer.price.unit, offer.price.unit)}
    if ends[-1] <= ends[0]:
        return {"price": ends[0], **currency}
    return {"price": {"from": ends[0], "to": ends[1]}, **currency}
