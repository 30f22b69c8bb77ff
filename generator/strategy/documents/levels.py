"""Reads one level of a strategy document: `### Level 2: SURVIVING ($10K-$50K MRR)` and what is below it."""

import re

from generator.diagnostics.diagnostic import suggest
from generator.strategy.documents.collector import DiagnosticCollector, shorten
from generator.strategy.documents.markdown_tree import Block, SectionNode
from generator.strategy.documents.model import Range, SourceText, StrategyLevel
from generator.strategy.documents.modules import parse_modules
from generator.strategy.documents.names import ARROW
from generator.strategy.documents.ranges import parse_range

LEVEL = re.compile(r"level\s*#?\s*(?P<number>\d{1,3})\b\s*(?:[:.)–—-]+\s*)?(?P<name>.*)$", re.IGNORECASE)
LEVEL_HEADING = re.compile(rf"level\b(?!s\b)(?!.*{ARROW})", re.IGNORECASE)
PARENTHESIS = re.compile(r"\s*\(((?:[^()]|\([^()]*\))*)\)\s*$")
KINDS = {
    "tagline": r"in short|tagline",
    "metric": r".*\b(?:metric|band|range)\b",
    "symptoms": r"symptoms?\b|pains?\b|frustrations?\b",
    "keys": r"keys?\b",
    "modules": r"modules?\b",
    "success": r"success\b",
}
SINGLE = ("metric", "modules", "tagline")
LABELS = ("Currency Metric", "Symptoms", "Keys to Success", "Module Alignment", "In short")


def is_level(title: str) -> bool:
    """Whether a heading is meant for a level, even if its number or name is missing."""
    return LEVEL_HEADING.match(title.strip("* ")) is not None


def describes_level(section: SectionNode) -> bool:
    """Whether a section has symptoms or keys; messages to a level and its success metrics have neither."""
    return any(_kind_of(block.label) in ("symptoms", "keys") for block in section.all_blocks)


def read_level(section: SectionNode, collector: DiagnosticCollector) -> StrategyLevel | None:
    """One level. None, with an error, if its heading has no number or no name."""
    title = section.title.strip("* ")
    match = LEVEL.match(title)
    if match is None:
        message = f"the heading '{title}' has no level number."
        collector.error("level-without-number", section.line, message, "Write ### Level 1: NAME.")
        return None
    name, heading, tagline = _read_title(match["name"], section.line)
    if not name:
        hint = f"Write ### Level {match['number']}: NAME."
        collector.error("level-without-name", section.line, f"level {match['number']} has no name.", hint)
        return None
    level = StrategyLevel(int(match["number"]), name, section.line, heading, tagline=tagline)
    lines: dict[str, int] = {}
    for block in section.all_blocks:
        kind = _kind_of(block.label)
        if kind is None:
            hint = suggest(block.label, LABELS) if block.label else ""
            message = f"'{shorten(block.title)}' has no place in a level."
            collector.warn_left_out("unknown-label", block.line, message, hint)
        elif kind in lines and kind in SINGLE:
            message = f"'{block.label}' is here twice, first on line {lines[kind]}."
            collector.warn("label-twice", block.line, message, "The first counts.")
        else:
            lines.setdefault(kind, block.line)
            level = _add_block(level, kind, block, collector)
    _check_level(level, lines, collector)
    return level


def _read_title(text: str, line: int) -> tuple[str, Range | None, str | None]:
    """The name in a heading, and what stands behind it: a range or else a tagline."""
    inside = PARENTHESIS.search(text)
    if inside:
        stated = parse_range(inside[1], line)
        return text[: inside.start()].strip(), stated, None if stated else inside[1].strip() or None
    return text.strip(), None, None


def _kind_of(label: str | None) -> str | None:
    return next((kind for kind, pattern in KINDS.items() if re.match(pattern, label or "", re.IGNORECASE)), None)


def _add_block(level: StrategyLevel, kind: str, block: Block, collector: DiagnosticCollector) -> StrategyLevel:
    """The level with what a block says of it."""
    if kind not in SINGLE:
        return level._replace(**{kind: getattr(level, kind) + _read_bullets(block, collector)})
    text = " ".join(" ".join([block.text, *(bullet.text for bullet in block.bullets)]).split())
    if kind == "modules":
        modules = parse_modules(text, block.line)
        if modules is None:
            message = f"'{text or block.label}' names no modules."
            collector.warn("modules-unreadable", block.line, message, "Write Modules 1-2, or All modules.")
        return level._replace(modules=modules)
    if kind == "metric":
        stated = parse_range(text, block.line)
        if stated:
            return level._replace(metric=stated)
        message = f"'{text or block.label}' states no figure."
        collector.warn("range-without-figure", block.line, message, "Write it as $10,000 - $50,000 a month.")
        return level._replace(tagline=level.tagline or text or None)
    return level._replace(tagline=text or level.tagline)


def _read_bullets(block: Block, collector: DiagnosticCollector) -> tuple[SourceText, ...]:
    bullets = tuple(bullet for bullet in block.bullets if bullet.text)
    for bullet in block.bullets:
        if not bullet.text:
            collector.warn_left_out("bullet-empty", bullet.line, "this bullet is empty.")
    if not block.text:
        return bullets
    message = f"'{block.label}' has text that is not a bullet."
    collector.warn("text-before-bullets", block.line, message, "It is read as the first bullet.")
    return (SourceText(" ".join(block.text.split()), block.line), *bullets)


def _check_level(level: StrategyLevel, lines: dict[str, int], collector: DiagnosticCollector) -> None:
    """Reports what is missing. `lines` are those of the labels by kind."""
    name = f"level {level.number}, {level.name},"
    for kind, label in (("symptoms", "Symptoms"), ("keys", "Keys to Success")):
        if not getattr(level, kind):
            message, hint = f"{name} lists no {label.casefold()}.", f"Add **{label}:** and bullets."
            collector.error(f"{kind}-missing", lines.get(kind, level.line), message, hint)
    if level.stated_range is None and level.tagline is None:
        collector.warn("range-missing", level.line, f"{name} has no range.", "Add **Currency Metric:**.")
    if level.modules is None and "modules" not in lines:
        collector.warn("modules-missing", level.line, f"{name} names no modules.", "Add **Module Alignment:**.")
