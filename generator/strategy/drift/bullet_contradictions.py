"""Where the bullets of a strategy document contradict each other, or the bands of the levels.

A check is strict about what it can be sure of, and silent about the rest: that two figures differ is no
contradiction if they speak of different things.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from generator.formats.figures import Figure, find_figures, write_short
from generator.schema.files import Metric
from generator.strategy.documents.ranges import is_sign, measure_of
from generator.strategy.documents.strategy import Group, Measure, Point, Said, all_points, rank_at
from generator.strategy.drift.metric_figures import Contradiction, found, is_metric, metric_of, say, stem

WISH = re.compile(r"^(?:wants?|seeking|seeks?|aims?|aiming|hopes?|hoping|wish(?:es)?|looking)\b", re.IGNORECASE)
YEARLY = re.compile(r"\bARR\b|\bannual(?:ly)?\b|\byear(?:ly)?\b|\ba year\b|/\s*(?:year|yr)\b", re.IGNORECASE)
MONTHLY = re.compile(r"\bMRR\b|\bmonth(?:ly)?\b|/\s*mo\b", re.IGNORECASE)
OF_WHAT = re.compile(r"of\s+(?:the\s+|their\s+|its\s+|your\s+)?([a-z]+)", re.IGNORECASE)
IDLE = {
    "with", "from", "into", "that", "this", "your", "their", "than", "more", "most", "over", "first", "have", "want",
    "through", "using", "level", "reach", "build", "built", "achieve", "achieved", "improve", "improved", "scale",
    "scaled", "reduce", "reduced", "expand", "secure", "secured", "raise", "raised", "reached", "earned", "earning",
    "seeking", "stuck", "gross", "team", "paying", "initially", "and", "the", "for", "are", "has", "its", "per",
    "minute", "hour", "day", "week", "month", "year", "minutes", "hours", "days", "weeks", "months", "years",
}  # fmt: skip
MONTHS = 12


def _shares(group: Group) -> Iterator[Contradiction]:
    """A share that does not follow from the two amounts beside it."""
    metric = metric_of(group)
    for rank in group.ranks:
        measure = measure_of(rank)
        for point in all_points(rank):
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
                yield found(point, place, f"{say(money[0])} of {say(whole)} is not {say(share)}.",
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
        texts = [Said(point.text, point.line) for point in all_points(rank)]
        texts += [measure.said for measure in (rank.measure, rank.heading) if measure]
        for said in texts:
            named = [(figure, said.text[figure.end : figure.end + 12]) for figure in find_figures(said.text)
                     if figure.is_money]  # fmt: skip
            months = [figure for figure, after in named if re.match(r"\s*MRR|\s*monthly", after)]
            years = [figure for figure, after in named if re.match(r"\s*ARR|\s*annual", after)]
            for month, year in zip(months[:1], years[:1], strict=False):
                if _times(month, MONTHS) != (year.low, year.high):
                    yield found(said, said, f"{say(year)} a year is not twelve times {say(month)} a month.",
                                 "Correct one of them.", f"{group.name} level {rank.number}: year")  # fmt: skip


def _times(figure: Figure, factor: float) -> tuple[float | None, float | None]:
    return (
        None if figure.low is None else figure.low * factor,
        None if figure.high is None else figure.high * factor,
    )


def _steps(group: Group) -> Iterator[Contradiction]:
    """A next step beyond the next level's band, and a wish for what the level has already."""
    metric = metric_of(group)
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
                message = f"the next step is {_say_target(target)}, but {above.name} is {say(over.figure)}."
                yield found(key, over.said, message, "Name where the next level begins.",
                             f"{group.name} level {rank.number}: step")  # fmt: skip
        for wish in (point for point in rank.symptoms if WISH.match(point.text)):
            target = _target(wish.text, metric)
            top = measure.figure.high
            if target and target.low is not None and top is not None and target.low < top:
                limit = write_short(top, measure.figure.unit)
                message = f"{_say_target(target)} is wished for, but {rank.name} reaches up to {limit} already."
                yield found(wish, measure.said, message, "Name what lies beyond the level.",
                             f"{group.name} level {rank.number}: wish")  # fmt: skip


def _target(text: str, metric: Metric) -> Figure | None:
    """The figure in a text that is a value of the metric, in the metric's period."""
    for figure in reversed(find_figures(text)):
        if is_metric(figure, text, metric):
            return figure
    for figure in find_figures(text):
        yearly = re.match(r"\s*(?:ARR\b|annual|a year)", text[figure.end :])
        if yearly and figure.is_money and _months(f"{metric.name} {metric.short or ''}") == 1:
            low, high = _times(figure, 1 / MONTHS)
            return figure._replace(low=low, high=high)
    return None


def _say_target(target: Figure) -> str:
    """A target as it is stated; one that is stated for a year with what it is in a month."""
    stated = find_figures(target.text)[0]
    if stated.low == target.low or target.low is None:
        return say(target)
    return f"{say(target)} a year, {write_short(round(target.low), target.unit)} a month,"


def _months(text: str) -> int | None:
    """How many months an amount is for: 1 or 12, None where nothing says so."""
    if MONTHLY.search(text):
        return 1
    return MONTHS if YEARLY.search(text) else None


class _Statement(NamedTuple):
    """A figure, what it is said of, and where. `noun` is the word behind a plain number: 10 *engineers*."""

    figure: Figure
    subjects: frozenset[str]
    said: Said
    kind: str
    noun: str | None = None


def _differing_facts(group: Group) -> Iterator[Contradiction]:
    """One fact about the step from a level to the next, stated differently in two sections."""
    metric = metric_of(group)
    for rank in group.ranks:
        above = rank_at(group, rank.number + 1)
        statements = [*_state(rank.keys, "key"), *_state([p for p in rank.symptoms if WISH.match(p.text)], "wish")]
        statements += _state(rank.success, "success")
        if above:
            statements += _state([p for p in above.symptoms if not WISH.match(p.text)], "state")
            measure = measure_of(above)
            if measure and metric:
                name = _subjects(f"{metric.name} {metric.short or ''}")
                noun = None if is_sign(metric.unit or "") else stem((metric.unit or "").split()[0])
                statements.append(_Statement(measure.figure, name, measure.said, "band", noun))
        told: set[int] = set()
        for one, other in combinations(statements, 2):
            pair = {one.kind, other.kind}
            if len(pair) == 1 or pair in ({"key", "band"}, {"wish", "band"}) or one.said.line in told:
                continue
            if one.subjects & other.subjects and one.noun == other.noun and _differ(one.figure, other.figure):
                told.add(one.said.line)
                what = " ".join(_spell(word, one.said.text) for word in sorted(one.subjects & other.subjects)[:2])
                message = f"{say(one.figure)} here and {say(other.figure)} there are said of the same: {what}."
                yield found(one.said, other.said, message, "Keep one of them.",
                             f"{group.name} level {rank.number}: {what}")  # fmt: skip


def _state(points: Iterable[Point], kind: str) -> list[_Statement]:
    statements = []
    for point in points:
        figures = find_figures(point.text)
        for index, figure in enumerate(figures):
            before = point.text[: figure.start]
            improved = re.search(r"\bfrom\s*$", before, re.IGNORECASE)
            if (improved and index + 1 < len(figures)) or "odule" in before[-9:]:
                continue
            behind = _behind(point.text, figure)
            # What is in parentheses has words of its own, or else speaks of what stands before them.
            own = _subjects(f"{before.rpartition('(')[2]} {behind}") if before.count("(") > before.count(")") else None
            noun = next(iter(re.findall(r"[^\W\d_]{3,}", behind)), None) if figure.unit in ("", "x") else None
            statements.append(
                _Statement(figure, own or _subjects(f"{before} {behind}"), Said(point.text, point.line), kind,
                           stem(noun) if noun else None)
            )  # fmt: skip
    return statements


def _behind(text: str, figure: Figure) -> str:
    """The words behind a figure, up to the next or to the end of the clause."""
    return re.split(r"[;()]|\d", text[figure.end :], maxsplit=1)[0]


def _subjects(text: str) -> frozenset[str]:
    words = re.findall(r"[A-Za-z]{3,}", re.sub(r"\([^()]*\)", " ", text))
    return frozenset(stem(word) for word in words if word.casefold() not in IDLE)


def _spell(word: str, text: str) -> str:
    """A word as a text has it."""
    return next((other for other in re.findall(r"[A-Za-z]{3,}", text) if stem(other) == word), word)


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


BULLET_CHECKS: tuple[Callable[[Group], Iterator[Contradiction]], ...] = (
    _shares,
    _year_differs,
    _steps,
    _differing_facts,
)
