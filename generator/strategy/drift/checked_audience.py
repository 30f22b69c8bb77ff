"""An audience with what the checks for contradictions need to know of it, and what they find."""

import re
from typing import NamedTuple

from generator.diagnostics.diagnostic import Diagnostic, Position, warning_at
from generator.formats.figures import Figure
from generator.schema.audience import Metric
from generator.strategy.documents.ranges import find_sign, is_sign, strip_period
from generator.strategy.documents.strategy import SourceText, StrategyAudience

# A contradiction, with the name of the place that it is recorded under.
Contradiction = tuple[str, Diagnostic]
YEARLY = re.compile(r"\bARR\b|\bannual(?:ly)?\b|\byear(?:ly)?\b|\ba year\b|/\s*(?:year|yr)\b", re.IGNORECASE)
MONTHLY = re.compile(r"\bMRR\b|\bmonth(?:ly)?\b|/\s*mo\b", re.IGNORECASE)
MONTHS = 12
NEAR = 40


class CheckedAudience(NamedTuple):
    """An audience of the document at `path`, and what its levels are measured in."""

    path: str
    audience: StrategyAudience
    metric: Metric | None

    @property
    def metric_names(self) -> str:
        """The name of the metric and its short form; empty if there is no metric."""
        return f"{self.metric.name} {self.metric.short or ''}" if self.metric else ""

    def is_value(self, figure: Figure, text: str) -> bool:
        """Whether a figure is a value of the metric: it has its unit, and its name or short form right beside it."""
        if self.metric is None:
            return False
        unit = self.metric.unit or ""
        if figure.unit != find_sign(unit):
            return False
        names = [strip_period(self.metric.name).split()[-1], self.metric.short, "" if is_sign(unit) else unit]
        pattern = "|".join(re.escape(name) for name in names if name)
        behind = text[figure.end : figure.end + NEAR]
        before = rf"\b(?:{pattern})\b[^\w(]+(?:[^\W\d]\w*[^\w(]+)?$"
        return bool(
            re.match(rf"\W*(?:\w+\W+){{0,1}}(?:{pattern})\b", behind, re.IGNORECASE)
            or re.search(before, text[: figure.start], re.IGNORECASE)
        )

    def contradict(
        self, code: str, where: str, here: SourceText, there: SourceText, message: str, hint: str
    ) -> Contradiction:
        """A contradiction between two lines on the audience, to be recorded under a place of this name."""
        return contradict(code, self.path, f"{self.audience.name}{where}", here.line, there.line, message, hint)


def contradict(code: str, path: str, where: str, line: int, other: int, message: str, hint: str) -> Contradiction:
    """A contradiction between two lines of a document; it is reported at the first of them."""
    see = f" See line {other}." if other != line else ""
    return where, warning_at(code, path, Position(line), message + see, hint)


def count_months(text: str) -> int | None:
    """How many months an amount is for: 1 or 12, None if nothing says so."""
    if MONTHLY.search(text):
        return 1
    return MONTHS if YEARLY.search(text) else None


def to_singular(word: str) -> str:
    word = word.casefold()
    return word[:-1] if word.endswith("s") and len(word) > 4 else word
