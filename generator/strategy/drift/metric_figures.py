"""One contradiction of a strategy document, and what all checks for them need to know of an audience."""

import re
from typing import NamedTuple

from generator.formats.figures import Figure
from generator.schema.files import Metric
from generator.strategy.documents.collector import shorten
from generator.strategy.documents.ranges import derive_metric, find_unit, is_sign, stated_metric, strip_period
from generator.strategy.documents.strategy import Group, Point, Said


class Contradiction(NamedTuple):
    """Two lines of a document that do not go together. `where` names the place for those who record it."""

    line: int
    other: int
    message: str
    hint: str
    where: str


def found(here: Said | Point, there: Said, message: str, hint: str, where: str) -> Contradiction:
    """A contradiction between two places."""
    other = f" See line {there.line}." if there.line != here.line else ""
    return Contradiction(here.line, there.line, message + other, hint, where)


def metric_of(group: Group) -> Metric | None:
    """What the levels of an audience are measured in."""
    return stated_metric(group) or derive_metric(group.ranks)


def is_metric(figure: Figure, text: str, metric: Metric) -> bool:
    """Whether a figure is a value of the metric: its unit, and its name or short name right behind or before it."""
    unit = metric.unit or ""
    if figure.unit != find_unit(unit):
        return False
    names = [strip_period(metric.name).split()[-1], *([metric.short] if metric.short else [])]
    names += [unit] if unit and not is_sign(unit) else []
    pattern = "|".join(re.escape(name) for name in names)
    behind = re.match(rf"\W*(?:\w+\W+){{0,1}}(?:{pattern})\b", text[figure.end : figure.end + 40], re.IGNORECASE)
    before = rf"\b(?:{pattern})\b[^\w(]+(?:[^\W\d]\w*[^\w(]+)?$"
    return bool(behind or re.search(before, text[: figure.start], re.IGNORECASE))


def say(figure: Figure) -> str:
    """A figure as the document has it."""
    return shorten(figure.text)


def stem(word: str) -> str:
    """A word without its plural."""
    word = word.casefold()
    return word[:-1] if word.endswith("s") and len(word) > 4 else word
