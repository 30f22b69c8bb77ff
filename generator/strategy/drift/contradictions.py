"""Where a strategy document contradicts itself: each finding names both lines.

Every check is a function of one audience or of the document, in a visible list. Here are those of what
levels and offers are defined by; those of what bullets say are in `contradictory_bullets`.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from generator.diagnostics.diagnostic import Diagnostic, Position, warning_at
from generator.formats.figures import Figure, find_figures
from generator.strategy.documents.ranges import measure_of
from generator.strategy.documents.strategy import Group, Price, Said, Strategy, fold
from generator.strategy.drift.bullet_contradictions import BULLET_CHECKS
from generator.strategy.drift.metric_figures import Contradiction, found, is_metric, metric_of, say, stem
from generator.strategy.importing.message_choice import find_messages
from generator.strategy.importing.offer_index import identify
from generator.strategy.importing.quiz_proposal import asks_metric


def find_contradictions(strategy: Strategy) -> list[Diagnostic]:
    """Every contradiction of a document, as warnings."""
    return [warning_at("?", strategy.path, Position(one.line), one.message, one.hint) for one in contradict(strategy)]


def contradict(strategy: Strategy) -> list[Contradiction]:
    """Every contradiction of a document, each line with another only once."""
    known: dict[tuple[int, str], Contradiction] = {}
    for group in strategy.groups:
        for check in GROUP_CHECKS:
            for one in check(group):
                known.setdefault((one.line, one.where), one)
    for one in (*_prices(strategy), *_offers_of_one_audience(strategy)):
        known.setdefault((one.line, one.where), one)
    return sorted(known.values(), key=lambda one: (one.line, one.other))


def _bands_part(group: Group) -> Iterator[Contradiction]:
    """Bands that overlap, or leave a gap."""
    metric = metric_of(group)
    step = 1 if metric and metric.whole else 0
    for below, above in pairwise(group.ranks):
        one, two = measure_of(below), measure_of(above)
        if one is None or two is None or two.figure.low is None:
            continue
        where, hint = f"{group.name}: bands {above.number}", "Begin each level where the one below ends."
        top = one.figure.high
        if top is None:
            if one.figure.low is not None and one.figure.open:
                message = f"the band of {below.name} has no end, but {above.name} comes after it."
                yield found(two.said, one.said, message, "Say where it ends.", where)
        elif one.figure.is_range or one.figure.low is None:
            if two.figure.low > top + step:
                message = f"between {say(one.figure)} of {below.name} and {say(two.figure)} of {above.name} is a gap."
                yield found(two.said, one.said, message, hint, where)
            elif two.figure.low < top:
                message = f"{say(two.figure)} of {above.name} overlaps {say(one.figure)} of {below.name}."
                yield found(two.said, one.said, message, hint, where)


def _heading_differs(group: Group) -> Iterator[Contradiction]:
    """A level's heading and its own line."""
    for rank in group.ranks:
        if rank.heading and rank.measure and _ends(rank.heading.figure) != _ends(rank.measure.figure):
            said, heading = say(rank.measure.figure), say(rank.heading.figure)
            message = f"the range of {rank.name} is {said} here and {heading} in the heading."
            yield found(rank.measure.said, rank.heading.said, message, "Keep one.",
                         f"{group.name}: heading {rank.number}")  # fmt: skip


def _ends(figure: Figure) -> tuple[float | None, float | None]:
    return figure.low, figure.high


def _guide_differs(group: Group) -> Iterator[Contradiction]:
    """The guide to a level, and the level's band."""
    metric = metric_of(group)
    for rank in group.ranks:
        measure = measure_of(rank)
        if measure is None or metric is None:
            continue
        for sign in rank.guide:
            figures = [figure for figure in find_figures(sign.text) if is_metric(figure, sign.text, metric)]
            for figure in figures[:1]:
                if not _fits_band(figure, measure.figure):
                    yield found(sign, measure.said, f"the guide says {say(figure)} for {rank.name}, whose range is "
                                 f"{say(measure.figure)}.", "Keep one.",
                                 f"{group.name}: guide {rank.number}")  # fmt: skip


def _fits_band(figure: Figure, band: Figure) -> bool:
    """Whether a guide's figure is the band: an end that is left open contradicts none."""
    if figure.low is not None and band.low is not None and figure.low != band.low:
        return False
    return figure.high is None or band.high is None or figure.high == band.high


def _unasked_metric(group: Group) -> Iterator[Contradiction]:
    """Levels that are defined by something no question asks."""
    metric = metric_of(group)
    measure = next((measure for rank in group.ranks if (measure := measure_of(rank))), None)
    if metric and measure and group.questions and not any(asks_metric(said.text, metric) for said in group.questions):
        said = Said("", group.questions_line)
        message = f"no question asks for {metric.name}, which defines the levels of '{group.name}'."
        yield found(said, measure.said, message, "Add a question. Until then, the quiz asks it first.",
                     f"{group.name}: questions")  # fmt: skip


def _prices(strategy: Strategy) -> Iterator[Contradiction]:
    """One offer with two prices."""
    seen: dict[str, Price] = {}
    for message in strategy.messages:
        for price in (price for part in message.parts for price in part.offers):
            first = seen.setdefault(fold(price.name), price)
            if identify(first) != identify(price) and None not in (first.amount, price.amount):
                told = f"'{price.name}' is {_say_price(price)} here and {_say_price(first)} there."
                yield found(Said("", price.line), Said("", first.line), told,
                             "Keep one price, or name the offers apart.", f"offers: {price.name}")  # fmt: skip


def _say_price(price: Price) -> str:
    return say(price.amount) if isinstance(price.amount, Figure) else str(price.amount)


def _offers_of_one_audience(strategy: Strategy) -> Iterator[Contradiction]:
    """An offer that is named for one audience, and made to others as well."""
    names = [frozenset(stem(word) for word in re.findall(r"[^\W\d_]{4,}", group.name)) for group in strategy.groups]
    for message in strategy.messages:
        hearers = [
            index
            for index, group in enumerate(strategy.groups)
            if any(message in find_messages(strategy, group, rank) for rank in group.ranks)
        ]
        for part in message.parts:
            for price in part.offers if part.audience is None else ():
                words = {stem(re.sub(r"['’]s?$", "", word)) for word in re.findall(r"[^\W\d_]{4,}['’]?s?", price.name)}
                own = [index for index in hearers if words & names[index]]
                others = [index for index in hearers if index not in own]
                if own and others:
                    other = strategy.groups[others[0]]
                    yield found(Said("", price.line), Said("", other.line), f"'{price.name}' is named for "
                                 f"{strategy.groups[own[0]].name}, but is made to {other.name} too.",
                                 "Rename it, or write the audience behind Offer, in parentheses.",
                                 f"offers: {price.name}")  # fmt: skip


GROUP_CHECKS: tuple[Callable[[Group], Iterator[Contradiction]], ...] = (
    _bands_part,
    _heading_differs,
    _guide_differs,
    _unasked_metric,
    *BULLET_CHECKS,
)
