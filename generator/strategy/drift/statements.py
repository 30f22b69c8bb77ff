"""What the bullets of a strategy document state with figures, and where two sections state one fact differently."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from generator.formats.figures import Figure, find_figures
from generator.schema.audience import Metric
from generator.strategy.documents.model import SourceText, StrategyAudience, StrategyLevel
from generator.strategy.documents.ranges import is_sign

WISH = re.compile(r"^(?:wants?|seeking|seeks?|aims?|aiming|hopes?|hoping|wish(?:es)?|looking)\b", re.IGNORECASE)
# Words that do not say what a figure is about.
COMMON_WORDS = {
    "with", "from", "into", "that", "this", "your", "their", "than", "more", "most", "over", "first", "have", "want",
    "through", "using", "level", "reach", "build", "built", "achieve", "achieved", "improve", "improved", "scale",
    "scaled", "reduce", "reduced", "expand", "secure", "secured", "raise", "raised", "reached", "earned", "earning",
    "seeking", "stuck", "gross", "team", "paying", "initially", "and", "the", "for", "are", "has", "its", "per",
    "minute", "hour", "day", "week", "month", "year", "minutes", "hours", "days", "weeks", "months", "years",
}  # fmt: skip
# Sections that may differ: a step or a wish may lie anywhere in the next range.
INCOMPARABLE = ({"key", "range"}, {"wish", "range"})


class Statement(NamedTuple):
    """A figure, the words that it is about, and its place. `noun` is the word behind a plain number: 10 *engineers*."""

    figure: Figure
    subjects: frozenset[str]
    place: SourceText
    section: str
    noun: str | None = None


def find_differing_statements(
    audience: StrategyAudience, level: StrategyLevel, metric: Metric | None
) -> Iterator[tuple[str, Statement, Statement]]:
    """One fact about the step from a level to the next, stated differently in two sections, with the words for it."""
    reported: set[int] = set()
    for one, other in combinations(_list_statements(audience, level, metric), 2):
        shared = sorted(one.subjects & other.subjects)
        is_comparable = one.section != other.section and {one.section, other.section} not in INCOMPARABLE
        is_same_fact = shared and is_comparable and one.noun == other.noun
        if is_same_fact and one.place.line not in reported and _differ(one.figure, other.figure):
            reported.add(one.place.line)
            yield " ".join(_spell(word, one.place.text) for word in shared[:2]), one, other


def is_wish(bullet: SourceText) -> bool:
    return WISH.match(bullet.text) is not None


def to_singular(word: str) -> str:
    word = word.casefold()
    return word[:-1] if word.endswith("s") and len(word) > 4 else word


def name_metric(metric: Metric | None) -> str:
    """The name of a metric and its short form; empty if there is no metric."""
    return f"{metric.name} {metric.short or ''}" if metric else ""


def _list_statements(audience: StrategyAudience, level: StrategyLevel, metric: Metric | None) -> list[Statement]:
    """What is stated about the step from a level to the next."""
    statements = [*_read_statements(level.keys, "key"), *_read_statements(filter(is_wish, level.symptoms), "wish")]
    statements += _read_statements(level.success, "success")
    above = audience.level(level.number + 1)
    if above:
        states = (symptom for symptom in above.symptoms if not is_wish(symptom))
        statements += _read_statements(states, "state")
        stated = above.stated_range
        if stated and metric:
            noun = to_singular(metric.unit.split()[0]) if metric.unit and not is_sign(metric.unit) else None
            subjects = _list_subjects(name_metric(metric))
            statements.append(Statement(stated.figure, subjects, SourceText(stated.text, stated.line), "range", noun))
    return statements


def _read_statements(bullets: Iterable[SourceText], section: str) -> Iterator[Statement]:
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
            yield Statement(figure, subjects, bullet, section, to_singular(nouns[0]) if nouns else None)


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
