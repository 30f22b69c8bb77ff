"""What the bullets of a strategy document state with figures, and where two sections state one fact differently."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from generator.formats.facts import exclude_each_other, is_wish, list_subjects, spell_word, to_singular
from generator.formats.figures import Figure, find_figures
from generator.formats.markdown_tree import SourceText
from generator.formats.ranges import is_sign
from generator.i18n.metric_words import name_metric
from generator.schema.audience import Metric
from generator.strategy.documents.model import StrategyAudience, StrategyLevel

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
        if is_same_fact and one.place.line not in reported and exclude_each_other(one.figure, other.figure):
            reported.add(one.place.line)
            yield " ".join(spell_word(word, one.place.text) for word in shared[:2]), one, other


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
            subjects = list_subjects(name_metric(metric))
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
            subjects = list_subjects(f"{before} {behind}")
            if before.count("(") > before.count(")"):
                # In parentheses, the words there come first.
                subjects = list_subjects(f"{before.rpartition('(')[2]} {behind}") or subjects
            nouns = re.findall(r"[^\W\d_]{3,}", behind) if figure.unit in ("", "x") else []
            yield Statement(figure, subjects, bullet, section, to_singular(nouns[0]) if nouns else None)
