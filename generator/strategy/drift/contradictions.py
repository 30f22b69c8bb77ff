"""Where a strategy document contradicts itself.

Each check is a function of one audience or of the document, and reports only what is certain: two figures that differ
are no contradiction if they are about different things.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from generator.diagnostics.collector import shorten
from generator.diagnostics.diagnostic import Diagnostic, Position, warning_at
from generator.formats.facts import MONTHS, count_months, is_share_of, is_wish, list_long_words
from generator.formats.figures import Figure, find_figures, write_short
from generator.formats.ranges import Range, find_sign
from generator.i18n.metric_words import asks_for, list_metric_words, name_metric
from generator.schema.audience import Metric
from generator.strategy.documents.model import Strategy, StrategyAudience, StrategyOffer
from generator.strategy.documents.ranges import derive_metric
from generator.strategy.drift.statements import find_differing_statements
from generator.strategy.importing.message_choice import find_messages

# A contradiction, with the name of the place that it is recorded under.
Contradiction = tuple[str, Diagnostic]
A_YEAR = re.compile(r"\s*(?:ARR\b|annual|a year)")
OF_WHAT = re.compile(r"of\s+(?:the\s+|their\s+|its\s+|your\s+)?([a-z]+)", re.IGNORECASE)
NEAR = 40


def find_contradictions(strategy: Strategy) -> list[Contradiction]:
    """Every contradiction of a document as a warning, with the name of the place that it is recorded under."""
    found: dict[tuple[int, str], Contradiction] = {}
    audiences = [_CheckedAudience(audience, derive_metric(audience)) for audience in strategy.audiences]
    contradictions = [one for checked in audiences for check in AUDIENCE_CHECKS for one in check(checked)]
    for where, diagnostic in (*contradictions, *_check_prices(strategy), *_check_offer_names(strategy)):
        found.setdefault((diagnostic.line, where), (where, diagnostic._replace(path=strategy.path)))
    return sorted(found.values(), key=lambda entry: (entry[1].line, entry[1].message))


def _contradict(code: str, where: str, line: int, other: int, message: str, hint: str) -> Contradiction:
    """A contradiction between two lines; it is reported at the first."""
    see = f" See line {other}." if other != line else ""
    return where, warning_at(code, "", Position(line), message + see, hint)


class _CheckedAudience(NamedTuple):
    """An audience of the document, and what its levels are measured in."""

    audience: StrategyAudience
    metric: Metric | None

    def is_value(self, figure: Figure, text: str) -> bool:
        """Whether a figure is a value of the metric: it has its unit, and its name or short form right beside it."""
        if self.metric is None or figure.unit != find_sign(self.metric.unit or ""):
            return False
        pattern = "|".join(map(re.escape, list_metric_words(self.metric)))
        behind = text[figure.end : figure.end + NEAR]
        before = rf"\b(?:{pattern})\b[^\w(]+(?:[^\W\d]\w*[^\w(]+)?$"
        return bool(
            re.match(rf"\W*(?:\w+\W+){{0,1}}(?:{pattern})\b", behind, re.IGNORECASE)
            or re.search(before, text[: figure.start], re.IGNORECASE)
        )

    def find_target(self, text: str) -> tuple[float | None, str]:
        """Where the value of the metric begins that a text names, and its words. It may be one a year for a month."""
        figures = find_figures(text)
        value = next((figure for figure in reversed(figures) if self.is_value(figure, text)), None)
        if value:
            return value.low, shorten(value.text)
        year = next((figure for figure in figures if figure.is_money and A_YEAR.match(text[figure.end :])), None)
        if year is None or year.low is None or count_months(name_metric(self.metric)) != 1:
            return None, ""
        low = year.low / MONTHS
        return low, f"{shorten(year.text)} a year, {write_short(round(low), year.unit)} a month,"


def _check_neighbours(checked: _CheckedAudience) -> Iterator[Contradiction]:
    """Ranges that overlap, or leave a gap."""
    step = 1 if checked.metric and checked.metric.whole else 0
    for below, above in pairwise(checked.audience.levels):
        one, two = below.stated_range, above.stated_range
        if not (one and two and one.figure.is_range) or one.figure.high is None or two.figure.low is None:
            continue
        first, second = f"{shorten(one.figure.text)} of {below.name}", f"{shorten(two.figure.text)} of {above.name}"
        if two.figure.low < one.figure.high:
            code, message = "range-overlap", f"{second} overlaps {first}."
        elif two.figure.low > one.figure.high + step:
            code, message = "range-gap", f"between {first} and {second} is a gap."
        else:
            continue
        hint = "Begin each level where the one below ends."
        yield _contradict(code, f"{checked.audience.name}: bands {above.number}", two.line, one.line, message, hint)


def _check_stated_ranges(checked: _CheckedAudience) -> Iterator[Contradiction]:
    """What the heading of a level and the guide to it say of its range."""
    for level in checked.audience.levels:
        stated = level.stated_range
        if stated is None:
            continue
        said = [("heading", level.heading.figure, level.heading.line)] if level.heading else []
        for sign in level.signs:
            values = (figure for figure in find_figures(sign.text) if checked.is_value(figure, sign.text))
            said += [("guide", figure, sign.line) for figure in values][:1]
        for what, figure, line in said:
            if not _fits(figure, stated.figure):
                texts = [shorten(one.text) for one in (figure, stated.figure)]
                message = f"the {what} says {texts[0]} for {level.name}, whose range is {texts[1]}."
                where = f"{checked.audience.name}: {what} {level.number}"
                yield _contradict(f"{what}-differs", where, line, stated.line, message, "Keep one.")


def _fits(figure: Figure, stated: Figure) -> bool:
    """Whether a figure says the same as a range; an end that is left open contradicts nothing."""
    ends = (figure.low, stated.low), (figure.high, stated.high)
    return all(None in pair or pair[0] == pair[1] for pair in ends)


def _check_questions(checked: _CheckedAudience) -> Iterator[Contradiction]:
    """Levels that are defined by something no question asks for."""
    audience, metric = checked.audience, checked.metric
    stated = next((level.stated_range for level in audience.levels if level.stated_range), None)
    is_asked = metric and any(asks_for(question.text, metric) for question in audience.questions)
    if metric and stated and audience.questions and not is_asked:
        message = f"no question asks for {metric.name}, which defines the levels of '{audience.name}'."
        hint = "Add a question. Until then, the quiz asks it first."
        where, line = f"{audience.name}: questions", audience.questions_line
        yield _contradict("metric-not-asked", where, line, stated.line, message, hint)


def _check_shares(checked: _CheckedAudience) -> Iterator[Contradiction]:
    """A share of the metric that does not follow from the amount beside it and the range of the level."""
    for level in checked.audience.levels:
        stated = level.stated_range
        for bullet in level.walk_bullets() if stated and stated.figure.is_money else ():
            figures = find_figures(bullet.text)
            share = next((figure for figure in figures if figure.unit == "%"), None)
            amount = next((figure for figure in figures if figure.is_money), None)
            if stated and share and amount and _is_share_of_metric(checked, bullet.text[share.end :], stated):
                is_same_period = count_months(bullet.text) == count_months(name_metric(checked.metric))
                if is_same_period and not is_share_of(share, amount, stated.figure):
                    texts = [shorten(figure.text) for figure in (amount, stated.figure, share)]
                    message, hint = f"{texts[0]} of {texts[1]} is not {texts[2]}.", "Correct one of the three."
                    where = f"{checked.audience.name} level {level.number}: share"
                    yield _contradict("share-wrong", where, bullet.line, stated.line, message, hint)


def _is_share_of_metric(checked: _CheckedAudience, behind: str, stated: Range) -> bool:
    of_what = OF_WHAT.search(behind[:NEAR])
    return of_what is not None and of_what[1].casefold() in f"{name_metric(checked.metric)} {stated.words}".casefold()


def _check_targets(checked: _CheckedAudience) -> Iterator[Contradiction]:
    """A next step beyond where the next level begins, and a wish for what the level has already."""
    for level, above in pairwise(checked.audience.levels):
        own, next_ = level.stated_range, above.stated_range
        start, end = next_ and next_.figure.low, own and own.figure.high
        for key in level.keys:
            low, words = checked.find_target(key.text)
            if own and next_ and low is not None and start is not None and low > start:
                message = f"the next step is {words}, but {above.name} is {shorten(next_.figure.text)}."
                hint, where = "Name where the next level begins.", f"{checked.audience.name} level {level.number}: step"
                yield _contradict("step-too-far", where, key.line, next_.line, message, hint)
        for wish in filter(is_wish, level.symptoms):
            low, words = checked.find_target(wish.text)
            if own and low is not None and end is not None and low < end:
                limit = write_short(end, own.figure.unit)
                message = f"{words} is wished for, but {level.name} reaches up to {limit} already."
                hint, where = "Name what lies beyond the level.", f"{checked.audience.name} level {level.number}: wish"
                yield _contradict("wish-fulfilled", where, wish.line, own.line, message, hint)


def _check_statements(checked: _CheckedAudience) -> Iterator[Contradiction]:
    """One fact about the step from a level to the next, stated differently in two sections."""
    for level in checked.audience.levels:
        for what, one, other in find_differing_statements(checked.audience, level, checked.metric):
            texts = [shorten(statement.figure.text) for statement in (one, other)]
            message = f"{texts[0]} here and {texts[1]} there are said of the same: {what}."
            hint, where = "Keep one of them.", f"{checked.audience.name} level {level.number}: {what}"
            yield _contradict("facts-differ", where, one.place.line, other.place.line, message, hint)


AUDIENCE_CHECKS = (
    _check_neighbours, _check_stated_ranges, _check_questions, _check_shares, _check_targets, _check_statements,
)  # fmt: skip


def _check_prices(strategy: Strategy) -> Iterator[Contradiction]:
    """One offer with two prices."""
    seen: dict[str, StrategyOffer] = {}
    for message in strategy.messages:
        for offer in (offer for field in message.fields for offer in field.offers):
            first = seen.setdefault(offer.identity[0], offer)
            if first.identity != offer.identity and first.price and offer.price:
                text = f"'{offer.name}' is {shorten(offer.price_text)} here and {shorten(first.price_text)} there."
                hint, where = "Keep one price, or name the offers apart.", f"offers: {offer.name}"
                yield _contradict("two-prices", where, offer.line, first.line, text, hint)


def _check_offer_names(strategy: Strategy) -> Iterator[Contradiction]:
    """An offer that is named for one audience, and made to others as well."""
    for message in strategy.messages:
        hearers = [
            audience
            for audience in strategy.audiences
            if any(message in find_messages(strategy, level) for level in audience.levels)
        ]
        for offer in (offer for field in message.fields if field.audience is None for offer in field.offers):
            words = list_long_words(re.sub(r"['’]s?(?![^\W\d_])", "", offer.name))
            own = [audience for audience in hearers if words & list_long_words(audience.name)]
            others = [audience for audience in hearers if audience not in own]
            if own and others:
                text = f"'{offer.name}' is named for {own[0].name}, but is made to {others[0].name} too."
                hint, where = "Rename it, or write the audience behind Offer, in parentheses.", f"offers: {offer.name}"
                yield _contradict("offer-for-one-audience", where, offer.line, others[0].line, text, hint)
