"""A metric in words: how a document writes its bands, `$10,000 - $50,000 a month (or pre-launch)`, and asks for it."""

import re
from collections.abc import Callable

from generator.formats.figures import write_amount, write_number, write_short
from generator.formats.ranges import PER, is_sign
from generator.schema.audience import Metric
from generator.schema.level import Band

# Questions for a share of something; and for its costs, or for yes or no.
SHARE_QUESTION = re.compile(r"percent|%|\bshare\b|\bportion\b|\bfraction\b|\bhow much of\b", re.IGNORECASE)
OTHER_QUESTION = re.compile(
    r"\bcosts?\b|^(?:do|does|did|is|are|was|were|can|could|have|has|had|will|would|should)\b", re.IGNORECASE
)


def list_metric_words(metric: Metric) -> list[str]:
    """What names a metric beside a figure: the last word of its name, its short form, and a unit that is a word."""
    name = PER.split(metric.name, maxsplit=1)[0] or metric.name
    unit = metric.unit if metric.unit and not is_sign(metric.unit) else None
    return [word for word in (name.split()[-1], metric.short, unit) if word]


def write_range(band: Band, metric: Metric) -> str:
    """The line of a level: `$10,000 - $50,000 monthly recurring revenue (or pre-launch)`."""
    return _write(band, metric, write_amount, metric.name) + (f" ({band.note})" if band.note else "")


def write_short_range(band: Band, metric: Metric) -> str:
    """What the heading of a level has in parentheses: `$10K-$50K MRR`."""
    words = metric.short or (metric.unit if metric.unit and not is_sign(metric.unit) else "")
    return _write(band, metric, write_short, words).replace(" - ", "-")


def _write(band: Band, metric: Metric, write: Callable[[float, str], str], words: str) -> str:
    unit = metric.unit if metric.unit and is_sign(metric.unit) else ""
    top = band.high if band.high is not None else band.typical_to
    if metric.whole and band.high is not None:
        top = band.high - 1
    low = write(band.low or 0, unit)
    text = low if top is None or top == (band.low or 0) else f"{low} - {write(top, unit)}"
    return f"{text}{'+' if band.high is None else ''} {words}".strip()


def asks_for(question: str, metric: Metric) -> bool:
    """Whether a question asks for the value of a metric, and not for a share of it, unless the metric is one."""
    if OTHER_QUESTION.search(question) or (metric.unit != "%" and SHARE_QUESTION.search(question)):
        return False
    words = list_stems(question)
    names = [name.casefold() for name in list_metric_words(metric)]
    # In scripts without spaces, a name is found anywhere.
    return any(name.rstrip("s") in words or (not name.isascii() and name in question.casefold()) for name in names)


def list_stems(text: str, shortest: int = 1) -> set[str]:
    """The words of a text that are not too short, without the endings of plurals."""
    return {word.rstrip("s") for word in re.findall(rf"[^\W\d_]{{{shortest},}}", text.casefold())}


def name_metric(metric: Metric | None) -> str:
    """The name of a metric and its short form; empty if there is no metric."""
    return f"{metric.name} {metric.short or ''}" if metric else ""


def say_band(band: Band | str | None) -> str:
    """A band in words; two that differ in an end have other words."""
    if not isinstance(band, Band):
        return band or "missing"
    end = band.typical_to if band.high is None else band.high
    text = write_number(band.low or 0) + ("" if end is None else f" to {write_number(end)}")
    return f"{text} and more" if band.high is None else text
