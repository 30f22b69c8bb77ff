"""Where a strategy document contradicts itself: each finding names both lines.

Every check is a function of one audience or of the document, in a visible list. A check is strict about
what it can be sure of, and silent about the rest: that two figures differ is no contradiction if they
speak of different things.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from generator.figures import Figure, find_figures, write_short
from generator.import_messages import find_messages
from generator.import_offers import identify
from generator.import_quiz import asks_metric
from generator.problems import Place, Problem
from generator.schema import Metric
from generator.strategy import Group, Measure, Point, Price, Rank, Said, Strategy, fold, rank_at
from generator.strategy_measures import derive_metric, measure_of, stated_metric
from generator.strategy_notes import shorten

WISH = re.compile(r"^(?:wants?|seeking|seeks?|aims?|aiming|hopes?|hoping|wish(?:es)?|looking)\b", re.IGNORECASE)
YEARLY = re.compile(r"\bARR\b|\bannual(?:ly)?\b|\byear(?:ly)?\b|\ba year\b|/\s*(?:year|yr)\b", re.IGNORECASE)
MONTHLY = re.compile(r"\bMRR\b|\bmonth(?:ly)?\b|/\s*mo\b", re.IGNORECASE)
OF_WHAT = re.compile(r"of\s+(?:the\s+|their\s+|its\s+|your\s+)?([a-z]+)", re.IGNORECASE)
IDLE = {
    "with", "from", "into", "that", "this", "your", "their", "than", "more", "most", "over", "first", "have", "want",
    "through", "using", "level", "reach", "build", "built", "achieve", "achieved", "improve", "improved", "scale",
    "scaled", "reduce", "reduced", "expand", "secure", "secured", "raise", "raised", "reached", "earned", "earning",
    "seeking", "stuck", "gross", "team", "paying", "initially", "and", "the", "for", "are", "has", "its", "per",
}  # fmt: skip
MONTHS = 12


class Contradiction(NamedTuple):
    """Two lines of a document that do not go together. `where` names the place for those who record it."""

    line: int
    other: int
    message: str
    hint: str
    where: str


def find_contradictions(strategy: Strategy) -> list[Problem]:
    """Every contradiction of a document, as warnings."""
    return [
        Problem(Place(strategy.path, found.line), found.message, found.hint, "warning")
        for found in contradict(strategy)
    ]


def contradict(strategy: Strategy) -> list[Contradiction]:
    """Every contradiction of a document, each line with another only once."""
    found: dict[tuple[int, str], Contradiction] = {}
    for group in strategy.groups:
        for check in GROUP_CHECKS:
            for one in check(group):
                found.setdefault((one.line, one.where), one)
    for one in (*_prices(strategy), *_offers_of_one_audience(strategy)):
        found.setdefault((one.line, one.where), one)
    return sorted(found.values(), key=lambda one: (one.line, one.other))


def _metric(group: Group) -> Metric | None:
    return stated_metric(group) or derive_metric(group.ranks)


def _bands_part(group: Group) -> Iterator[Contradiction]:
    """Bands that overlap, or leave a gap."""
    metric = _metric(group)
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
                yield _found(two.said, one.said, message, "Say where it ends.", where)
        elif one.figure.is_range or one.figure.low is None:
            if two.figure.low > top + step:
                message = f"between {_say(one.figure)} of {below.name} and {_say(two.figure)} of {above.name} is a gap."
                yield _found(two.said, one.said, message, hint, where)
            elif two.figure.low < top:
                message = f"{_say(two.figure)} of {above.name} overlaps {_say(one.figure)} of {below.name}."
                yield _found(two.said, one.said, message, hint, where)


def _heading_differs(group: Group) -> Iterator[Contradiction]:
    """A level's heading and its own line."""
    for rank in group.ranks:
        if rank.heading and rank.measure and not _agree(rank.heading.figure, rank.measure.figure):
            said, heading = _say(rank.measure.figure), _say(rank.heading.figure)
            message = f"the range of {rank.name} is {said} here and {heading} in the heading."
            yield _found(rank.measure.said, rank.heading.said, message, "Keep one.",
                         f"{group.name}: heading {rank.number}")  # fmt: skip


def _guide_differs(group: Group) -> Iterator[Contradiction]:
    """The guide to a level, and the level's band."""
    metric = _metric(group)
    for rank in group.ranks:
        measure = measure_of(rank)
        if measure is None or metric is None:
            continue
        for sign in rank.guide:
            figures = [figure for figure in find_figures(sign.text) if _is_metric(figure, sign.text, metric)]
            for figure in figures[:1]:
                if not _fits_band(figure, measure.figure):
                    yield _found(sign, measure.said, f"the guide says {_say(figure)} for {rank.name}, whose range is "
                                 f"{_say(measure.figure)}.", "Keep one.",
                                 f"{group.name}: guide {rank.number}")  # fmt: skip


def _fits_band(figure: Figure, band: Figure) -> bool:
    """Whether a guide's figure is the band: an end that is left open contradicts none."""
    if figure.low is not None and band.low is not None and figure.low != band.low:
        return False
    return figure.high is None or band.high is None or figure.high == band.high


def _unasked_metric(group: Group) -> Iterator[Contradiction]:
    """Levels that are defined by something no question asks."""
    metric = _metric(group)
    measure = next((measure for rank in group.ranks if (measure := measure_of(rank))), None)
    if metric and measure and group.questions and not any(asks_metric(said.text, metric) for said in group.questions):
        said = Said("", group.questions_line)
        message = f"the levels of '{group.name}' are defined by {metric.name}, but no question asks for it."
        yield _found(said, measure.said, message, "Add a question. Until then, the quiz asks it first.",
                     f"{group.name}: questions")  # fmt: skip


def _shares(group: Group) -> Iterator[Contradiction]:
    """A share that does not follow from the two amounts beside it."""
    metric = _metric(group)
    for rank in group.ranks:
        measure = measure_of(rank)
        for point in _points(rank):
            figures = find_figures(point.text)
            share = next((figure for figure in figures if figure.unit == "%"), None)
            money = [figure for figure in figures if figure.is_money]
            if share is None or not money:
                continue
            behind = point.text[share.end : share.end + 40]
            if len(money) == 2 and re.search(r"\b(?:of|out of|from)\b", point.text[money[0].end : money[1].start]):
                whole, place = money[1], Said(point.text, point.line)
            elif measure and metric and measure.figure.is_money and _is_share_of(behind, metric, measure):
                whole, place = measure.figure, measure.said
                if _months(point.text) != _months(f"{metric.name} {metric.short or ''}"):
                    continue
            else:
                continue
            if not _follows(share, money[0], whole):
                yield _found(point, place, f"{_say(money[0])} of {_say(whole)} is not {_say(share)}.",
                             "Correct one of the three.", f"{group.name} level {rank.number}: share")  # fmt: skip


def _is_share_of(text: str, metric: Metric, measure: Measure) -> bool:
    """Whether a share is one of what the levels are measured in."""
    match = OF_WHAT.search(text)
    return match is not None and match[1].casefold() in f"{metric.name} {metric.short} {measure.words}".casefold()


def _follows(share: Figure, part: Figure, whole: Figure) -> bool:
    """Whether a share, or range of shares, is that of the amounts: end by end, or at their extremes."""
    if None in (share.low, part.low, whole.low) or (not whole.low and not whole.high):
        return True
    lows = (share.low, share.high if share.high is not None else share.low)
    parts = (part.low, part.high if part.high is not None else part.low)
    wholes = (whole.low or whole.high, whole.high if whole.high is not None else whole.low)
    ends = [100 * float(one or 0) / float(other or 1) for one, other in zip(parts, wholes, strict=True)]
    extremes = [100 * float(parts[0] or 0) / float(wholes[1] or 1), 100 * float(parts[1] or 0) / float(wholes[0] or 1)]
    return any(
        all(
            abs(float(stated or 0) - real) <= max(1.0, real * 0.02)
            for stated, real in zip(lows, sorted(pair), strict=True)
        )
        for pair in (ends, extremes)
    )


def _year_differs(group: Group) -> Iterator[Contradiction]:
    """An amount a year that is not twelve times the amount a month beside it."""
    for rank in group.ranks:
        texts = [Said(point.text, point.line) for point in _points(rank)]
        texts += [measure.said for measure in (rank.measure, rank.heading) if measure]
        for said in texts:
            named = [(figure, said.text[figure.end : figure.end + 12]) for figure in find_figures(said.text)
                     if figure.is_money]  # fmt: skip
            months = [figure for figure, after in named if re.match(r"\s*MRR|\s*monthly", after)]
            years = [figure for figure, after in named if re.match(r"\s*ARR|\s*annual", after)]
            for month, year in zip(months[:1], years[:1], strict=False):
                if _times(month, MONTHS) != (year.low, year.high):
                    yield _found(said, said, f"{_say(year)} a year is not twelve times {_say(month)} a month.",
                                 "Correct one of them.", f"{group.name} level {rank.number}: year")  # fmt: skip


def _times(figure: Figure, factor: float) -> tuple[float | None, float | None]:
    return (
        None if figure.low is None else figure.low * factor,
        None if figure.high is None else figure.high * factor,
    )


def _steps(group: Group) -> Iterator[Contradiction]:
    """A next step beyond the next level's band, and a wish for what the level has already."""
    metric = _metric(group)
    for rank in group.ranks:
        above, measure = rank_at(group, rank.number + 1), measure_of(rank)
        over = measure_of(above) if above else None
        if metric is None or above is None or over is None or measure is None:
            continue
        for key in rank.keys:
            target = _target(key.text, metric)
            start, end = over.figure.low, over.figure.high
            if over.figure.open or above is group.ranks[-1]:
                end = None
            beyond = target and target.low is not None and start is not None and target.low > start
            if target and (beyond or (end and target.high and target.high > end)):
                message = f"the next step is {_say(target)}, but {above.name} is {_say(over.figure)}."
                yield _found(key, over.said, message, "Name where the next level begins.",
                             f"{group.name} level {rank.number}: step")  # fmt: skip
        for wish in (point for point in rank.symptoms if WISH.match(point.text)):
            target = _target(wish.text, metric)
            top = measure.figure.high
            if target and target.low is not None and top is not None and target.low < top:
                limit = _say_end(measure.figure)
                message = f"{_say(target)} is wished for, but {rank.name} reaches up to {limit} already."
                yield _found(wish, measure.said, message, "Name what lies beyond the level.",
                             f"{group.name} level {rank.number}: wish")  # fmt: skip


def _target(text: str, metric: Metric) -> Figure | None:
    """The figure in a text that is a value of the metric, in the metric's period."""
    for figure in reversed(find_figures(text)):
        if _is_metric(figure, text, metric):
            return figure
    for figure in find_figures(text):
        yearly = re.match(r"\s*(?:ARR\b|annual|a year)", text[figure.end :])
        if yearly and figure.is_money and _months(f"{metric.name} {metric.short or ''}") == 1:
            low, high = _times(figure, 1 / MONTHS)
            return figure._replace(low=low, high=high)
    return None


def _is_metric(figure: Figure, text: str, metric: Metric) -> bool:
    """Whether a figure is a value of the metric: its unit, and its name or short name right behind or before it."""
    unit = metric.unit or ""
    money = figure.is_money
    if money != (not unit.isalpha() or unit.isupper()) and unit:
        return False
    after, before = text[figure.end : figure.end + 40], text[: figure.start]
    names = [metric.name.split()[-1], *([metric.short] if metric.short else [])]
    names += [unit] if unit.isalpha() and not unit.isupper() else []
    pattern = "|".join(re.escape(name) for name in names)
    near = re.match(rf"\W*(?:\w+\W+){{0,1}}(?:{pattern})\b", after, re.IGNORECASE)
    return bool(near or re.search(rf"\b(?:{pattern})\W+(?:\w+\W+)?$", before, re.IGNORECASE))


def _months(text: str) -> int | None:
    """How many months an amount is for: 1 or 12, None where nothing says so."""
    if MONTHLY.search(text):
        return 1
    return MONTHS if YEARLY.search(text) else None


class _Statement(NamedTuple):
    """A figure, what it is said of, and whether it is in the audience's metric."""

    figure: Figure
    subjects: frozenset[str]
    said: Said
    kind: str


def _differing_facts(group: Group) -> Iterator[Contradiction]:
    """One fact about the step from a level to the next, stated differently in two sections."""
    metric = _metric(group)
    for rank in group.ranks:
        above = rank_at(group, rank.number + 1)
        statements = [*_state(rank.keys, "key"), *_state([p for p in rank.symptoms if WISH.match(p.text)], "wish")]
        statements += _state(rank.success, "success")
        if above:
            statements += _state([p for p in above.symptoms if not WISH.match(p.text)], "state")
            measure = measure_of(above)
            if measure and metric:
                name = _subjects(f"{metric.name} {metric.short or ''}")
                statements.append(_Statement(measure.figure, name, measure.said, "band"))
        told: set[int] = set()
        for one, other in combinations(statements, 2):
            pair = {one.kind, other.kind}
            if len(pair) == 1 or pair in ({"key", "band"}, {"wish", "band"}) or one.said.line in told:
                continue
            if one.subjects & other.subjects and _differ(one.figure, other.figure):
                told.add(one.said.line)
                what = " ".join(sorted(one.subjects & other.subjects)[:2])
                message = f"{_say(one.figure)} here and {_say(other.figure)} there are said of the same: {what}."
                yield _found(one.said, other.said, message, "Keep one of them.",
                             f"{group.name} level {rank.number}: {what}")  # fmt: skip


def _state(points: Iterable[Point], kind: str) -> list[_Statement]:
    found = []
    for point in points:
        figures = find_figures(point.text)
        for index, figure in enumerate(figures):
            improved = re.search(r"\bfrom\s*$", point.text[: figure.start], re.IGNORECASE)
            if (improved and index + 1 < len(figures)) or "odule" in point.text[: figure.start][-9:]:
                continue
            subjects = _subjects(point.text[: figure.start] + " " + _behind(point.text, figure))
            found.append(_Statement(figure, subjects, Said(point.text, point.line), kind))
    return found


def _behind(text: str, figure: Figure) -> str:
    """The words behind a figure, up to the next or to the end of the clause."""
    return re.split(r"[;()]|\d", text[figure.end :], maxsplit=1)[0]


def _subjects(text: str) -> frozenset[str]:
    words = re.findall(r"[A-Za-z]{3,}", re.sub(r"\([^()]*\)", " ", text))
    return frozenset(_stem(word) for word in words if word.casefold() not in IDLE)


def _stem(word: str) -> str:
    word = word.casefold()
    return word[:-1] if word.endswith("s") and len(word) > 4 else word


def _differ(one: Figure, other: Figure) -> bool:
    """Whether two figures cannot both be so: of one unit, they overlap and are not the same range."""
    if one.unit != other.unit or None in (one.low, other.low):
        return False
    if not (one.is_range and other.is_range):
        return False
    if one.low == other.low:
        return one.high is not None and other.high is not None and one.high != other.high
    tops = [float("inf") if figure.high is None else figure.high for figure in (one, other)]
    return max(one.low or 0, other.low or 0) < min(tops)


def _prices(strategy: Strategy) -> Iterator[Contradiction]:
    """One offer with two prices."""
    seen: dict[str, Price] = {}
    for message in strategy.messages:
        for price in (price for part in message.parts for price in part.offers):
            first = seen.setdefault(fold(price.name), price)
            if identify(first) != identify(price) and None not in (first.amount, price.amount):
                told = f"'{price.name}' costs {_say_price(price)} here and {_say_price(first)} there."
                yield _found(Said("", price.line), Said("", first.line), told,
                             "Keep one price, or name the offers apart.", f"offers: {price.name}")  # fmt: skip


def _say_price(price: Price) -> str:
    return _say(price.amount) if isinstance(price.amount, Figure) else str(price.amount)


def _offers_of_one_audience(strategy: Strategy) -> Iterator[Contradiction]:
    """An offer that is named for one audience, and made to others as well."""
    names = [frozenset(_stem(word) for word in re.findall(r"[^\W\d_]{4,}", group.name)) for group in strategy.groups]
    for message in strategy.messages:
        hearers = [
            index
            for index, group in enumerate(strategy.groups)
            if any(message in find_messages(strategy, group, rank) for rank in group.ranks)
        ]
        for part in message.parts:
            for price in part.offers if part.audience is None else ():
                words = {_stem(re.sub(r"['’]s?$", "", word)) for word in re.findall(r"[^\W\d_]{4,}['’]?s?", price.name)}
                own = [index for index in hearers if words & names[index]]
                others = [index for index in hearers if index not in own]
                if own and others:
                    other = strategy.groups[others[0]]
                    yield _found(Said("", price.line), Said("", other.line), f"'{price.name}' is named for "
                                 f"{strategy.groups[own[0]].name}, but is made to {other.name} too.",
                                 "Rename it, or write the audience behind Offer, in parentheses.",
                                 f"offers: {price.name}")  # fmt: skip


def _agree(one: Figure, other: Figure) -> bool:
    return (one.low, one.high) == (other.low, other.high)


def _points(rank: Rank) -> list[Point]:
    found: list[Point] = []
    waiting = [*rank.symptoms, *rank.keys, *rank.success]
    while waiting:
        point = waiting.pop(0)
        found.append(point)
        waiting[:0] = point.points
    return found


def _say(figure: Figure) -> str:
    return shorten(figure.text)


def _say_end(figure: Figure) -> str:
    return write_short(figure.high or 0, figure.unit)


def _found(here: Said | Point, there: Said, message: str, hint: str, where: str) -> Contradiction:
    other = f" See line {there.line}." if there.line != here.line else ""
    return Contradiction(here.line, there.line, message + other, hint, where)


GROUP_CHECKS: tuple[Callable[[Group], Iterator[Contradiction]], ...] = (
    _bands_part,
    _heading_differs,
    _guide_differs,
    _unasked_metric,
    _shares,
    _year_differs,
    _steps,
    _differing_facts,
)
