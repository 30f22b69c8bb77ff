"""Reads what a strategy document says of the course: its stages, the steps they serve, and its modules."""

import re
from collections.abc import Iterable, Iterator

from generator.strategy.documents.collector import Notes, leave_out
from generator.strategy.documents.markdown_tree import Block, Section
from generator.strategy.documents.modules import parse_modules
from generator.strategy.documents.names import calm, find_levels, find_name
from generator.strategy.documents.offers import split_list
from generator.strategy.documents.strategy import Group, Said, Stretch

STAGE = re.compile(r"^(?P<name>.*?)\s*(?:\((?P<modules>[^()]*)\))?\s*$")


def read_stages(
    sections: Iterable[Section], groups: list[Group], notes: Notes
) -> tuple[list[Stretch], list[tuple[int, str]]]:
    """The stages of the course, and its modules by number and name."""
    stages: list[Stretch] = []
    modules: list[tuple[int, str]] = []
    for section in sections:
        for child in section.sections:
            if child.title.casefold().rstrip(":") == "modules":
                modules += _read_modules(child, notes)
                continue
            stage = _read_stage(child, groups, notes)
            twin = next((other for other in stages if stage and other.name == stage.name), None)
            if twin:
                notes.fail(child.line, f"the stage '{twin.name}' is here twice, first on line {twin.line}.",
                                "Give each stage its own name.")  # fmt: skip
            elif stage:
                stages.append(stage)
        leave_out(notes, section.blocks)
    return stages, modules


def _read_modules(section: Section, notes: Notes) -> Iterator[tuple[int, str]]:
    for block in section.blocks:
        for point, number in zip(block.points, block.numbers, strict=True):
            named = re.match(r"(?:module\s*)?(\d{1,3})\s*(?:[:.–—-]\s*(.*))?$", point.text, re.IGNORECASE)
            if number or named:
                yield (number, point.text) if number else (int(named[1]), named[2] or "")  # type: ignore[index]
            else:
                notes.warn(point.line, f"'{point.text}' has no module number.", "It is left out.")


def _read_stage(section: Section, groups: list[Group], notes: Notes) -> Stretch | None:
    heading = STAGE.match(section.title)
    assert heading
    labels = {str(block.label).casefold(): block for block in section.blocks}
    modules = parse_modules(heading["modules"] or "", section.line)
    if modules is None and "modules" in labels:
        modules = parse_modules(f"Modules {labels['modules'].text}", labels["modules"].line)
    if modules is None or modules.numbers == "all":
        notes.warn(section.line, f"the stage '{section.title}' names no modules.",
                        "It is left out. Write them behind its name: (Modules 1-2).")  # fmt: skip
        return None
    name = re.sub(r"\s+stage$", "", heading["name"], flags=re.IGNORECASE).strip()
    serves = labels.get("serves")
    start, goal = _read_step(serves, groups, notes) if serves else (None, None)
    if serves is None:
        notes.warn(section.line, f"the stage '{name}' does not say which step it serves.",
                        "Add **Serves:** one level → the next.")  # fmt: skip
    topics = labels.get("topics")
    leave_out(notes, [block for block in section.blocks if not block.points and not _is_of_stage(block)])
    outcomes = tuple(Said(point.text, point.line) for block in section.blocks for point in block.points)
    return Stretch(calm(name), modules, start, goal, outcomes, tuple(split_list(topics.text) if topics else ()),
                   section.line)  # fmt: skip


def _read_step(block: Block, groups: list[Group], notes: Notes) -> tuple[int | None, int | None]:
    """The levels of `Struggling → Surviving transition`, by number or by name."""
    numbers = find_levels(block.text)
    if not numbers:
        sides = re.split(r"\s*(?:→|➔|⟶|->|=>|\bto\b)\s*", re.sub(r"\s+(?:transition|step)\b.*$", "", block.text))
        ranks = [rank for group in groups for rank in group.ranks]
        found = [find_name(side, [(rank.name,) for rank in ranks]) for side in sides]
        numbers = [ranks[index].number for index in found if index is not None]
    if len(numbers) != 2 or numbers[0] >= numbers[1]:
        notes.warn(block.line, f"'{block.text}' names no step from one level up to another.",
                        "The stage is not tied to levels.")  # fmt: skip
        return None, None
    highest = max(len(group.ranks) for group in groups)
    if numbers[1] > highest:
        notes.warn(block.line, f"no audience has a level {numbers[1]}.", "The stage is not tied to levels.")
        return None, None
    return numbers[0], numbers[1]


def _is_of_stage(block: Block) -> bool:
    return str(block.label).casefold() in ("modules", "serves", "topics")
