"""The modules of the course that a line names, `Modules 1-2 (Foundation Stage)`, and the stages with their steps."""

import re
from collections.abc import Iterable, Iterator

from generator.diagnostics.collector import DiagnosticCollector
from generator.formats.markdown_tree import Block, SectionNode, SourceText
from generator.formats.names import match_name, split_list, title_case
from generator.i18n.headings import find_kind, match_any
from generator.i18n.level_words import ARROW, find_level_numbers
from generator.i18n.module_words import TO, WORD, parse_modules
from generator.strategy.documents.model import StrategyAudience, StrategyStage

STEP = re.compile(rf"\s*(\d{{1,3}})\s*(?:{ARROW}|{TO})\s*(\d{{1,3}})\s*")
STAGE = re.compile(r"^(?P<name>.*?)\s*(?:\((?P<modules>[^()]*)\))?\s*$")
MODULE = re.compile(rf"(?:{WORD}\s*)?(\d{{1,3}})\s*(?:[:.–—-]\s*(.*))?$", re.IGNORECASE)
LABELS = ("modules", "serves", "topics", "outcomes")


def read_stages(
    sections: Iterable[SectionNode], audiences: list[StrategyAudience], collector: DiagnosticCollector
) -> tuple[list[StrategyStage], list[tuple[int, str]]]:
    """The stages of the course, and its modules by number and name."""
    stages: list[StrategyStage] = []
    modules: list[tuple[int, str]] = []
    for section in sections:
        for child in section.sections:
            if find_kind(child.title, "sections", exact=True) == "mapping of modules":
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
    labels = {find_kind(block.label, "table", "level"): block for block in section.all_blocks if block.label}
    modules = parse_modules(heading["modules"] or "", section.line)
    if modules is None and "modules" in labels:
        modules = parse_modules(f"Modules {labels['modules'].text}", labels["modules"].line)
    if modules is None or modules.numbers == "all":
        message = f"the stage '{section.title}' names no modules."
        hint = "Write them behind its name: (Modules 1-2)."
        collector.warn_left_out("stage-without-modules", section.line, message, hint)
        return None
    name = re.sub(r"\s+stage$", "", heading["name"], flags=re.IGNORECASE).strip()
    step: tuple[int | None, int | None] = (None, None)
    if "serves" in labels:
        step = _read_step(labels["serves"], audiences, collector)
    else:
        message = f"the stage '{name}' does not name the step that it serves."
        collector.warn("stage-without-step", section.line, message, "Add **Serves:** one level → the next.")
    known = [block for kind, block in labels.items() if kind in LABELS]
    others = [block for block in section.all_blocks if block not in known]
    collector.warn_unknown_blocks(block for block in others if not block.bullets)
    listed = labels.get("topics", Block(None, "", 0))
    is_list = not listed.text  # else the bullets below are outcomes
    topics = tuple(bullet.text for bullet in listed.bullets) if is_list else tuple(split_list(listed.text))
    outcomes = tuple(
        SourceText(bullet.text, bullet.line)
        for block in section.all_blocks
        for bullet in (block.bullets if block is not listed or not is_list else ())
    )
    return StrategyStage(title_case(name), modules.numbers, *step, outcomes, topics, section.line)


def _read_step(
    block: Block, audiences: list[StrategyAudience], collector: DiagnosticCollector
) -> tuple[int | None, int | None]:
    """The levels of `Struggling → Surviving transition`, by number or by name."""
    numbers = find_level_numbers(block.text)
    levels = [level for audience in audiences for level in audience.levels]
    if bare := STEP.fullmatch(block.text):
        numbers = [int(number) for number in bare.groups()]
    if not numbers:
        text = re.sub(r"\s+(?:transition|step)\b.*$", "", block.text)
        sides = re.split(rf"\s*(?:{ARROW}|\b(?:{match_any('to')})\b)\s*", text)
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
