"""Reads what a strategy document says of the course: its stages, the steps they serve, and its modules."""

import re
from collections.abc import Iterable, Iterator

from generator.strategy.documents.collector import DiagnosticCollector
from generator.strategy.documents.markdown_tree import Block, SectionNode
from generator.strategy.documents.modules import parse_modules
from generator.strategy.documents.names import ARROW, find_level_numbers, match_name, title_case
from generator.strategy.documents.offers import split_list
from generator.strategy.documents.strategy import SourceText, StrategyAudience, StrategyStage

STAGE = re.compile(r"^(?P<name>.*?)\s*(?:\((?P<modules>[^()]*)\))?\s*$")
MODULE = re.compile(r"(?:module\s*)?(\d{1,3})\s*(?:[:.–—-]\s*(.*))?$", re.IGNORECASE)
LABELS = ("modules", "serves", "topics")


def read_stages(
    sections: Iterable[SectionNode], audiences: list[StrategyAudience], collector: DiagnosticCollector
) -> tuple[list[StrategyStage], list[tuple[int, str]]]:
    """The stages of the course, and its modules by number and name."""
    stages: list[StrategyStage] = []
    modules: list[tuple[int, str]] = []
    for section in sections:
        for child in section.sections:
            if child.title.casefold().rstrip(":") == "modules":
                modules += _read_modules(child, collector)
                continue
            stage = _read_stage(child, audiences, collector)
            twin = next((other for other in stages if stage and other.name == stage.name), None)
            if twin:
                message = f"the stage '{twin.name}' is here twice, first on line {twin.line}."
                collector.error("stage-twice", child.line, message, "Give each stage its own name.")
            elif stage:
                stages.append(stage)
        collector.warn_unknown_blocks(section.blocks)
    return stages, modules


def _read_modules(section: SectionNode, collector: DiagnosticCollector) -> Iterator[tuple[int, str]]:
    for bullet in (bullet for block in section.blocks for bullet in block.bullets):
        named = MODULE.match(bullet.text)
        if bullet.number:
            yield bullet.number, bullet.text
        elif named:
            yield int(named[1]), named[2] or ""
        else:
            message = f"'{bullet.text}' has no module number."
            collector.warn_left_out("module-without-number", bullet.line, message)


def _read_stage(
    section: SectionNode, audiences: list[StrategyAudience], collector: DiagnosticCollector
) -> StrategyStage | None:
    heading = STAGE.match(section.title)
    assert heading
    labels = {str(block.label).casefold(): block for block in section.blocks}
    modules = parse_modules(heading["modules"] or "", section.line)
    if modules is None and "modules" in labels:
        modules = parse_modules(f"Modules {labels['modules'].text}", labels["modules"].line)
    if modules is None or modules.numbers == "all":
        message = f"the stage '{section.title}' names no modules."
        hint = "Write them behind its name: (Modules 1-2)."
        collector.warn_left_out("stage-without-modules", section.line, message, hint)
        return None
    name = re.sub(r"\s+stage$", "", heading["name"], flags=re.IGNORECASE).strip()
    step: tuple[int, int] | tuple[None, None] = (None, None)
    if "serves" in labels:
        step = _read_step(labels["serves"], audiences, collector)
    else:
        message = f"the stage '{name}' does not name the step that it serves."
        collector.warn("stage-without-step", section.line, message, "Add **Serves:** one level → the next.")
    collector.warn_unknown_blocks(
        block for block in section.blocks if not block.bullets and str(block.label).casefold() not in LABELS
    )
    outcomes = tuple(SourceText(bullet.text, bullet.line) for block in section.blocks for bullet in block.bullets)
    topics = tuple(split_list(labels["topics"].text)) if "topics" in labels else ()
    return StrategyStage(title_case(name), modules, step[0], step[1], outcomes, topics, section.line)


def _read_step(
    block: Block, audiences: list[StrategyAudience], collector: DiagnosticCollector
) -> tuple[int, int] | tuple[None, None]:
    """The levels of `Struggling → Surviving transition`, by number or by name."""
    numbers = find_level_numbers(block.text)
    levels = [level for audience in audiences for level in audience.levels]
    if not numbers:
        text = re.sub(r"\s+(?:transition|step)\b.*$", "", block.text)
        sides = re.split(rf"\s*(?:{ARROW}|\bto\b)\s*", text)
        found = (match_name(side, [(level.name,) for level in levels]) for side in sides)
        numbers = [levels[index].number for index in found if index is not None]
    if len(numbers) != 2 or numbers[0] >= numbers[1]:
        message = f"'{block.text}' names no step from one level up to another."
    elif numbers[1] > max(len(audience.levels) for audience in audiences):
        message = f"no audience has a level {numbers[1]}."
    else:
        return numbers[0], numbers[1]
    collector.warn("step-unknown", block.line, message, "The stage is not tied to levels.")
    return None, None
