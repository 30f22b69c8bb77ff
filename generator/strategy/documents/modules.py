"""The modules of the course that a line names, `Modules 1-2 (Foundation Stage)`, and the stages with their steps."""

import re
from collections.abc import Iterable, Iterator, Sequence

from generator.strategy.documents.collector import DiagnosticCollector
from generator.strategy.documents.markdown_tree import Block, SectionNode
from generator.strategy.documents.model import Modules, SourceText, StrategyAudience, StrategyStage
from generator.strategy.documents.names import ARROW, find_level_numbers, match_name, split_list, title_case

TO = r"\s*(?:[-–—−]|\bto\b)\s*"
RUN = rf"\d{{1,3}}(?:{TO}\d{{1,3}})?"
NAMED = re.compile(rf"\bmodules?\s*#?\s*({RUN}(?:(?:\s*(?:,|&|\+|\band\b)\s*)+(?:modules?\s*)?{RUN})*)", re.IGNORECASE)
BARE = re.compile(rf"\s*({RUN}(?:\s*(?:,|&|\+|\band\b)\s*{RUN})*)")
ALL = re.compile(r"\ball\s+(?:the\s+|\d+\s+)?modules\b", re.IGNORECASE)
HIGHEST = 200


def parse_modules(text: str, line: int) -> Modules | None:
    """The modules of a line, and the words beside them. None if it names none."""
    every = ALL.search(text)
    named = every or NAMED.search(text) or BARE.match(text)
    if named is None:
        return None
    note = " ".join(f"{text[: named.start()]} {text[named.end() :]}".split()).strip(" ,;:–—-")
    inside = re.fullmatch(r"\(([^()]*)\)", note)
    note = inside[1].strip() if inside else note
    if every:
        return Modules("all", note, line)
    numbers = expand_numbers(named[1])
    return Modules(numbers, note, line) if numbers else None


def expand_numbers(text: str) -> tuple[int, ...]:
    """`1-2, 4 and 6` as numbers, in order, each once."""
    runs = re.findall(rf"(\d{{1,3}})(?:{TO}(\d{{1,3}}))?", text)
    numbers = (number for low, high in runs for number in range(int(low), int(high or low) + 1))
    return tuple(dict.fromkeys(number for number in numbers if 1 <= number <= HIGHEST))


def write_modules(numbers: Sequence[int] | str, note: str = "") -> str:
    """`Modules 1-2 (Foundation Stage)`, `All modules mastered + ongoing R&D`."""
    if isinstance(numbers, str):
        return f"All modules {note}".strip()
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    text = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return f"Module{'s' if len(numbers) > 1 else ''} {text}" + (f" ({note})" if note else "")


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
    step: tuple[int | None, int | None] = (None, None)
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
    return StrategyStage(title_case(name), modules.numbers, *step, outcomes, topics, section.line)


def _read_step(
    block: Block, audiences: list[StrategyAudience], collector: DiagnosticCollector
) -> tuple[int | None, int | None]:
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
