"""Reads one level of a strategy document: `### Level 2: SURVIVING ($10K-$50K MRR)` and what is below it."""

import re
from collections.abc import Sequence

from generator.diagnostics.collector import DiagnosticCollector, shorten
from generator.formats.markdown_tree import Block, SectionNode, SourceText
from generator.formats.ranges import Range, name_range, parse_range
from generator.i18n.headings import classify, suggest_name
from generator.i18n.level_words import LEVEL
from generator.i18n.module_words import Modules, parse_modules
from generator.strategy.documents.messages import read_fields
from generator.strategy.documents.model import StrategyLevel

PARENTHESIS = re.compile(r"\s*\(((?:[^()]|\([^()]*\))*)\)\s*$")
SINGLE = ("metric", "measure", "modules", "tagline")
LISTS = {"symptoms": "Symptoms", "keys": "Keys to Success", "success": "Success", "signs": "Signs"}
LONGEST_TAGLINE = 120


def read_level(section: SectionNode, collector: DiagnosticCollector) -> StrategyLevel | None:
    """One level. None, with an error, if its heading has no number or no name."""
    match = LEVEL.match(section.title)
    if match is None:
        message = f"the heading '{section.title}' has no level number."
        collector.error("level-without-number", section.line, message, "Write ### Level 1: NAME.")
        return None
    name, heading, tagline = _read_title(match["name"], section.line)
    if not name:
        hint = f"Write ### Level {match['number']}: NAME."
        collector.error("level-without-name", section.line, f"level {match['number']} has no name.", hint)
        return None
    level = StrategyLevel(int(match["number"]), name, section.line, heading, tagline=tagline)
    blocks, lines = section.all_blocks, dict[str, int]()
    kinds = classify([block.label for block in blocks], "level", "message")
    is_clear = True
    for block, kind in zip(blocks, kinds, strict=True):
        if kind is None:
            is_intro = not lines and block.label is None and not block.bullets
            if is_intro and not level.tagline and len(block.text) <= LONGEST_TAGLINE:
                level = level._replace(tagline=" ".join(block.text.split()))
            elif block.label is None or block.text or block.bullets:
                is_clear = is_clear and not block.bullets
                hint = suggest_name(block.label, "level", "message") if block.label else ""
                message = f"'{shorten(block.title)}' has no place in a level."
                collector.warn_left_out("unknown-label", block.line, message, hint)
        elif kind in lines and kind in SINGLE:
            message = f"'{block.label}' is here twice, first on line {lines[kind]}."
            collector.warn("label-twice", block.line, message, "The first counts.")
        else:
            lines.setdefault(kind, block.line)
            level = _add_block(level, kind, block, collector)
    if is_clear:
        _check_lists(level, lines, collector)
    return level


def _read_title(text: str, line: int) -> tuple[str, Range | None, str | None]:
    """The name in a heading, and what stands behind it: a range or else a tagline."""
    inside = PARENTHESIS.search(text)
    if inside:
        stated = parse_range(inside[1], line)
        return text[: inside.start()].strip(), stated, None if stated else inside[1].strip() or None
    return text.strip(), None, None


def _add_block(level: StrategyLevel, kind: str, block: Block, collector: DiagnosticCollector) -> StrategyLevel:
    """The level with what a block says of it."""
    if kind in LISTS:
        return level._replace(**{kind: getattr(level, kind) + _read_bullets(block, collector)})
    if kind not in SINGLE:
        return level._replace(message=(*level.message, *read_fields(kind, block, collector)))
    text = " ".join(" ".join([block.text, *(bullet.text for bullet in block.bullets)]).split())
    if kind == "modules":
        modules = parse_modules(text, block.line)
        if modules is None:
            message = f"'{text or block.label}' names no modules."
            collector.warn("modules-unreadable", block.line, message, "Write Modules 1-2, or All modules.")
        return level._replace(modules=modules or Modules((), "", block.line))
    if kind in ("metric", "measure"):
        text = name_range(text, block.label or "") if kind == "measure" else text
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


def _check_lists(level: StrategyLevel, lines: dict[str, int], collector: DiagnosticCollector) -> None:
    """Reports the lists that every level needs. `lines` are those of the labels by kind."""
    for kind in ("symptoms", "keys"):
        if not getattr(level, kind):
            message = f"level {level.number}, {level.name}, lists no {LISTS[kind].casefold()}."
            hint = f"Add **{LISTS[kind]}:** and bullets. Until then, a stub stands for them."
            collector.warn(f"{kind}-missing", lines.get(kind, level.line), message, hint)


def check_levels(name: str, levels: Sequence[StrategyLevel], has_modules: bool, collector: DiagnosticCollector) -> None:
    """Reports ranges and modules that some levels of an audience lack."""
    bare = [level for level in levels if level.stated_range is None]
    if len(bare) == len(levels):
        message = f"no level of '{name}' has a range."
        hint = "Add **Currency Metric:** if there is something to measure."
        collector.warn("range-missing", levels[0].line, message, hint)
    for level in levels:
        words = f"level {level.number}, {level.name},"
        if level in bare and level.tagline is None and len(bare) < len(levels):
            collector.warn("range-missing", level.line, f"{words} has no range.", "Add **Currency Metric:**.")
        if has_modules and level.modules is None:
            collector.warn("modules-missing", level.line, f"{words} names no modules.", "Add **Module Alignment:**.")
