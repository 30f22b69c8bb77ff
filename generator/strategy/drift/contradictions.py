"""Where a strategy document contradicts itself.

Each check is a function of one audience or of the document. Here are those of what defines levels and offers; those of
what bullets state are in `bullet_contradictions`.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from generator.formats.figures import Figure, find_figures
from generator.strategy.documents.collector import shorten
from generator.strategy.documents.scale import derive_metric
from generator.strategy.documents.strategy import SourceText, Strategy, StrategyOffer
from generator.strategy.drift.bullet_contradictions import BULLET_CHECKS
from generator.strategy.drift.checked_audience import CheckedAudience, Contradiction, contradict, to_singular
from generator.strategy.importing.message_choice import find_messages
from generator.strategy.importing.quiz_proposal import asks_for


def find_contradictions(strategy: Strategy) -> list[Contradiction]:
    """Every contradiction of a document as a warning, with the name of the place that it is recorded under."""
    found: dict[tuple[int, str], Contradiction] = {}
    for audience in strategy.audiences:
        checked = CheckedAudience(strategy.path, audience, derive_metric(audience))
        for check in AUDIENCE_CHECKS:
            for where, diagnostic in check(checked):
                found.setdefault((diagnostic.line, where), (where, diagnostic))
    for where, diagnostic in (*_check_prices(strategy), *_check_offer_names(strategy)):
        found.setdefault((diagnostic.line, where), (where, diagnostic))
    return sorted(found.values(), key=lambda entry: (entry[1].line, entry[1].message))


def _check_neighbours(checked: CheckedAudience) -> Iterator[Contradiction]:
    """Ranges that overlap, or leave a gap."""
    step = 1 if checked.metric and checked.metric.whole else 0
    for below, above in pairwise(checked.audience.levels):
        one, two = below.stated_range, above.stated_range
        if one is None or two is None or two.figure.low is None:
            continue
        texts = [f"{shorten(stated.figure.text)} of {name}" for stated, name in ((one, below.name), (two, above.name))]
        top, hint = one.figure.high, "Begin each level where the one below ends."
        if top is None and one.figure.low is not None and one.figure.open:
            code, hint = "range-without-end", "Say where it ends."
            message = f"the band of {below.name} has no end, but {above.name} comes after it."
        elif top is None or not (one.figure.is_range or one.figure.low is None):
            continue
        elif two.figure.low > top + step:
            code, message = "range-gap", f"between {texts[0]} and {texts[1]} is a gap."
        elif two.figure.low < top:
            code, message = "range-overlap", f"{texts[1]} overlaps {texts[0]}."
        else:
            continue
        yield checked.contradict(code, f": bands {above.number}", two.source, one.source, message, hint)


def _check_headings(checked: CheckedAudience) -> Iterator[Contradiction]:
    """The range in a level's heading, and the one on a line of its own."""
    for level in checked.audience.levels:
        heading, metric = level.heading, level.metric
        if heading and metric and heading.figure.value[:2] != metric.figure.value[:2]:
            stated, other = shorten(metric.figure.text), shorten(heading.figure.text)
            message = f"the range of {level.name} is {stated} here and {other} in the heading."
            where = f": heading {level.number}"
            yield checked.contradict("heading-differs", where, metric.source, heading.source, message, "Keep one.")


def _check_guides(checked: CheckedAudience) -> Iterator[Contradiction]:
    """The guide to a level, and the level's range."""
    for level in checked.audience.levels:
        for sign in level.signs if level.stated_range else ():
            stated = level.stated_range
            values = (figure for figure in find_figures(sign.text) if checked.is_value(figure, sign.text))
            figure = next(values, None)
            if stated and figure and not _fits(figure, stated.figure):
                message = f"the guide says {shorten(figure.text)} for {level.name}, whose range is "
                message += f"{shorten(stated.figure.text)}."
                where = f": guide {level.number}"
                yield checked.contradict("guide-differs", where, sign, stated.source, message, "Keep one.")


def _fits(figure: Figure, stated: Figure) -> bool:
    """Whether a figure of a guide is the range; an end that is left open contradicts nothing."""
    has_other_low = None not in (figure.low, stated.low) and figure.low != stated.low
    has_other_high = None not in (figure.high, stated.high) and figure.high != stated.high
    return not has_other_low and not has_other_high


def _check_questions(checked: CheckedAudience) -> Iterator[Contradiction]:
    """Levels that are defined by something no question asks for."""
    audience, metric = checked.audience, checked.metric
    stated = next((level.stated_range for level in audience.levels if level.stated_range), None)
    if metric and stated and audience.questions:
        if any(asks_for(question.text, metric) for question in audience.questions):
            return
        questions = SourceText("", audience.questions_line)
        message = f"no question asks for {metric.name}, which defines the levels of '{audience.name}'."
        hint = "Add a question. Until then, the quiz asks it first."
        yield checked.contradict("metric-not-asked", ": questions", questions, stated.source, message, hint)


def _check_prices(strategy: Strategy) -> Iterator[Contradiction]:
    """One offer with two prices."""
    seen: dict[str, StrategyOffer] = {}
    for message in strategy.messages:
        for offer in (offer for field in message.fields for offer in field.offers):
            first = seen.setdefault(offer.identity[0], offer)
            if first.identity != offer.identity and first.price and offer.price:
                text = f"'{offer.name}' is {shorten(offer.price_text)} here and {shorten(first.price_text)} there."
                hint = "Keep one price, or name the offers apart."
                yield contradict(
                    "two-prices", strategy.path, f"offers: {offer.name}", offer.line, first.line, text, hint
                )


def _check_offer_names(strategy: Strategy) -> Iterator[Contradiction]:
    """An offer that is named for one audience, and made to others as well."""
    names = [_list_words(audience.name) for audience in strategy.audiences]
    for message in strategy.messages:
        hearers = [
            index
            for index, audience in enumerate(strategy.audiences)
            if any(message in find_messages(strategy, audience, level) for level in audience.levels)
        ]
        offers = (offer for field in message.fields if field.audience is None for offer in field.offers)
        for offer in offers:
            words = _list_words(re.sub(r"['’]s?(?![^\W\d_])", "", offer.name))
            own = [strategy.audiences[index] for index in hearers if words & names[index]]
            others = [strategy.audiences[index] for index in hearers if not words & names[index]]
            if own and others:
                text = f"'{offer.name}' is named for {own[0].name}, but is made to {others[0].name} too."
                hint, where = "Rename it, or write the audience behind Offer, in parentheses.", f"offers: {offer.name}"
                lines = offer.line, others[0].line
                yield contradict("offer-for-one-audience", strategy.path, where, *lines, text, hint)


def _list_words(text: str) -> set[str]:
    return {to_singular(word) for word in re.findall(r"[^\W\d_]{4,}", text)}


AUDIENCE_CHECKS: tuple[Callable[[CheckedAudience], Iterator[Contradiction]], ...] = (
    _check_neighbours,
    _check_headings,
    _check_guides,
    _check_questions,
    *BULLET_CHECKS,
)
