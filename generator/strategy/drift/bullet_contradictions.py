"""Where the bullets of a strategy document contradict each other, or the ranges of the levels.

A check reports only what is certain: two figures that differ are no contradiction if they are about different things.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from generator.formats.figures import Figure, find_figures, write_short
from generator.strategy.documents.collector import shorten
from generator.strategy.documents.ranges import is_sign
from generator.strategy.documents.strategy import SourceText, StrategyLevel
from generator.strategy.drift.checked_audience import (
    MONTHS,
    CheckedAudience,
    Contradiction,
    count_months,
    to_singular,
)

WISH = re.compile(r"^(?:wants?|seeking|seeks?|aims?|aiming|hopes?|hoping|wish(?:es)?|looking)\b", re.IGNORECASE)
OF_WHAT = re.compile(r"of\s+(?:the\s+|their\s+|its\s+|your\s+)?([a-z]+)", re.IGNORECASE)
# Words that do not say what a figure is about.
COMMON_WORDS = {
    "with", "from", "into", "that", "this", "your", "their", "than", "more", "most", "over", "first", "have", "want",
    "through", "using", "level", "reach", "build", "built", "achieve", "achieved", "improve", "improved", "scale",
    "scaled", "reduce", "reduced", "expand", "secure", "secured", "raise", "raised", "reached", "earned", "earning",
    "seeking", "stuck", "gross", "team", "paying", "initially", "and", "the", "for", "are", "has", "its", "per",
    "minute", "hour", "day", "week", "month", "year", "minutes", "hours", "days", "weeks", "months", "years",
}  # fmt: skip


def _check_shares(checked: CheckedAudience) -> Iterator[Contradiction]:
    """A share that does not follow from the two amounts beside it."""
    for level in checked.audience.levels:
        for bullet in level.walk_bullets():
            figures = find_figures(bullet.text)
            share = next((figure for figure in figures if figure.unit == "%"), None)
            money = [figure for figure in figures if figure.is_money]
            found = _find_whole(checked, level, bullet, share, money) if share and money else None
            if share and found and not _follows(share, money[0], found[0]):
                texts = [shorten(figure.text) for figure in (money[0], found[0], share)]
                message, hint = f"{texts[0]} of {texts[1]} is not {texts[2]}.", "Correct one of the three."
                where = f" level {level.number}: share"
                yield checked.contradict("share-wrong", where, bullet, found[1], message, hint)


def _find_whole(
    checked: CheckedAudience, level: StrategyLevel, bullet: SourceText, share: Figure, money: list[Figure]
) -> tuple[Figure, SourceText] | None:
    """The amount that a share is one of, and its place: the second amount of the bullet, or the range of the level."""
    text, stated = bullet.text, level.stated_range
    if len(money) == 2 and re.search(r"\b(?:of|out of|from)\b", text[money[0].end : money[1].start]):
        return money[1], bullet
    if stated is None or not checked.metric or not stated.figure.is_money:
        return None
    of_what = OF_WHAT.search(text[share.end : share.end + 40])
    names = f"{checked.metric.name} {checked.metric.short} {stated.words}".casefold()
    is_share_of_range = of_what is not None and of_what[1].casefold() in names
    if is_share_of_range and count_months(text) == count_months(checked.metric_names):
        return stated.figure, stated.source
    return None


def _follows(share: Figure, part: Figure, whole: Figure) -> bool:
    """Whether a share, or a range of shares, is that of the amounts: end by end, or at their extremes."""
    if None in (share.low, part.low, whole.low) or not (whole.low or whole.high):
        return True
    shares, parts, wholes = map(_list_ends, (share, part, whole))
    low, high = wholes[0] or wholes[1], wholes[1] or 1
    by_end = (parts[0] / low, parts[1] / high)
    extremes = (parts[0] / high, parts[1] / low)
    return any(
        all(abs(stated - 100 * real) <= max(1.0, 2 * real) for stated, real in zip(shares, sorted(pair), strict=True))
        for pair in (by_end, extremes)
    )


def _list_ends(figure: Figure) -> tuple[float, float]:
    low = figure.low or 0
    return low, low if figure.high is None else figure.high


def _check_years(checked: CheckedAudience) -> Iterator[Contradiction]:
    """An amount a year that is not twelve times the amount a month beside it."""
    for level in checked.audience.levels:
        places: list[SourceText] = [*level.walk_bullets()]
        places += [stated.source for stated in (level.metric, level.heading) if stated]
        for place in places:
            money = [figure for figure in find_figures(place.text) if figure.is_money]
            month, year = (
                next((figure for figure in money if re.match(pattern, place.text[figure.end :])), None)
                for pattern in (r"\s*MRR|\s*monthly", r"\s*ARR|\s*annual")
            )
            if month and year and _multiply(month, MONTHS) != (year.low, year.high):
                message = f"{shorten(year.text)} a year is not twelve times {shorten(month.text)} a month."
                where = f" level {level.number}: year"
                yield checked.contradict("year-wrong", where, place, place, message, "Correct one of them.")


def _multiply(figure: Figure, factor: float) -> tuple[float | None, float | None]:
    low, high = (None if end is None else end * factor for end in (figure.low, figure.high))
    return low, high


def _check_next_steps(checked: CheckedAudience) -> Iterator[Contradiction]:
    """A next step beyond the next level's range."""
    levels = checked.audience.levels
    for level in levels:
        above = checked.audience.level(level.number + 1)
        over = above.stated_range if above else None
        if above is None or over is None or level.stated_range is None:
            continue
        start, end = over.figure.low, over.figure.high
        is_open = over.figure.open or above is levels[-1]
        for key in level.keys:
            target = _find_target(key.text, checked)
            if target is None:
                continue
            is_beyond = target.low is not None and start is not None and target.low > start
            if is_beyond or (end and target.high and target.high > end and not is_open):
                message = f"the next step is {_say_target(target)}, but {above.name} is {shorten(over.figure.text)}."
                hint, where = "Name where the next level begins.", f" level {level.number}: step"
                yield checked.contradict("step-too-far", where, key, over.source, message, hint)


def _check_wishes(checked: CheckedAudience) -> Iterator[Contradiction]:
    """A wish for what the level has already."""
    for level in checked.audience.levels:
        above, stated = checked.audience.level(level.number + 1), level.stated_range
        if above is None or above.stated_range is None or stated is None or stated.figure.high is None:
            continue
        for wish in filter(_is_wish, level.symptoms):
            target = _find_target(wish.text, checked)
            if target and target.low is not None and target.low < stated.figure.high:
                limit = write_short(stated.figure.high, stated.figure.unit)
                message = f"{_say_target(target)} is wished for, but {level.name} reaches up to {limit} already."
                hint, where = "Name what lies beyond the level.", f" level {level.number}: wish"
                yield checked.contradict("wish-fulfilled", where, wish, stated.source, message, hint)


def _is_wish(bullet: SourceText) -> bool:
    return WISH.match(bullet.text) is not None


def _find_target(text: str, checked: CheckedAudience) -> Figure | None:
    """The figure in a text that is a value of the metric, in the metric's period."""
    figures = find_figures(text)
    value = next((figure for figure in reversed(figures) if checked.is_value(figure, text)), None)
    if value or count_months(checked.metric_names) != 1:
        return value
    yearly = re.compile(r"\s*(?:ARR\b|annual|a year)")
    year = next((figure for figure in figures if figure.is_money and yearly.match(text[figure.end :])), None)
    if year is None:
        return None
    low, high = _multiply(year, 1 / MONTHS)
    return year._replace(low=low, high=high)


def _say_target(target: Figure) -> str:
    """A target as it is stated; one that is stated for a year also with its amount a month."""
    stated = find_figures(target.text)[0]
    if stated.low == target.low or target.low is None:
        return shorten(target.text)
    return f"{shorten(target.text)} a year, {write_short(round(target.low), target.unit)} a month,"


class _Statement(NamedTuple):
    """A figure, the words that it is about, and its place. `noun` is the word behind a plain number: 10 *engineers*."""

    figure: Figure
    subjects: frozenset[str]
    place: SourceText
    kind: str
    noun: str | None = None


def _check_statements(checked: CheckedAudience) -> Iterator[Contradiction]:
    """One fact about the step from a level to the next, stated differently in two sections."""
    for level in checked.audience.levels:
        reported: set[int] = set()
        for one, other in combinations(_list_statements(checked, level), 2):
            shared = sorted(one.subjects & other.subjects)
            if one.place.line in reported or not shared or one.noun != other.noun or not _are_comparable(one, other):
                continue
            if _differ(one.figure, other.figure):
                reported.add(one.place.line)
                what = " ".join(_spell(word, one.place.text) for word in shared[:2])
                texts = [shorten(statement.figure.text) for statement in (one, other)]
                message = f"{texts[0]} here and {texts[1]} there are said of the same: {what}."
                where = f" level {level.number}: {what}"
                yield checked.contradict("facts-differ", where, one.place, other.place, message, "Keep one of them.")


def _are_comparable(one: _Statement, other: _Statement) -> bool:
    """Whether two statements are of different sections; a step or a wish may lie anywhere in the next range."""
    return one.kind != other.kind and {one.kind, other.kind} not in ({"key", "range"}, {"wish", "range"})


def _list_statements(checked: CheckedAudience, level: StrategyLevel) -> list[_Statement]:
    """What is stated about the step from a level to the next."""
    statements = [*_read_statements(level.keys, "key"), *_read_statements(filter(_is_wish, level.symptoms), "wish")]
    statements += _read_statements(level.success, "success")
    above = checked.audience.level(level.number + 1)
    if above:
        states = (symptom for symptom in above.symptoms if not _is_wish(symptom))
        statements += _read_statements(states, "state")
        stated, unit = above.stated_range, checked.metric.unit if checked.metric else None
        if stated and checked.metric:
            noun = to_singular(unit.split()[0]) if unit and not is_sign(unit) else None
            subjects = _list_subjects(checked.metric_names)
            statements.append(_Statement(stated.figure, subjects, stated.source, "range", noun))
    return statements


def _read_statements(bullets: Iterable[SourceText], kind: str) -> Iterator[_Statement]:
    for bullet in bullets:
        figures = find_figures(bullet.text)
        for figure in figures:
            before = bullet.text[: figure.start]
            is_former = re.search(r"\bfrom\s*$", before, re.IGNORECASE) and figure is not figures[-1]
            if is_former or "odule" in before[-9:]:
                continue
            behind = re.split(r"[;()]|\d", bullet.text[figure.end :], maxsplit=1)[0]
            subjects = _list_subjects(f"{before} {behind}")
            if before.count("(") > before.count(")"):
                # In parentheses, the words there come first.
                subjects = _list_subjects(f"{before.rpartition('(')[2]} {behind}") or subjects
            nouns = re.findall(r"[^\W\d_]{3,}", behind) if figure.unit in ("", "x") else []
            yield _Statement(figure, subjects, bullet, kind, to_singular(nouns[0]) if nouns else None)


def _list_subjects(text: str) -> frozenset[str]:
    words = re.findall(r"[A-Za-z]{3,}", re.sub(r"\([^()]*\)", " ", text))
    return frozenset(to_singular(word) for word in words if word.casefold() not in COMMON_WORDS)


def _spell(word: str, text: str) -> str:
    """A word as a text has it."""
    return next((other for other in re.findall(r"[A-Za-z]{3,}", text) if to_singular(other) == word), word)


def _differ(one: Figure, other: Figure) -> bool:
    """Whether two ranges of one unit overlap and are not the same, so that they cannot both be true."""
    if one.unit != other.unit or one.low is None or other.low is None or not (one.is_range and other.is_range):
        return False
    if one.low == other.low:
        return None not in (one.high, other.high) and one.high != other.high
    tops = [float("inf") if figure.high is None else figure.high for figure in (one, other)]
    return max(one.low, other.low) < min(tops)


BULLET_CHECKS: tuple[Callable[[CheckedAudience], Iterator[Contradiction]], ...] = (
    _check_shares,
    _check_years,
    _check_next_steps,
    _check_wishes,
    _check_statements,
)
