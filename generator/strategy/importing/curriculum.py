"""The curriculum of a strategy: its stages, and what its modules are called."""

from collections.abc import Callable, Iterable
from typing import Any

from generator.strategy.documents.modules import find_topics
from generator.strategy.documents.strategy import Modules, Strategy, Stretch, fold

Write = Callable[[str], str]


def make_curriculum(strategy: Strategy, write: Write) -> dict[str, Any] | None:
    """The data of `curriculum.yaml`; None where no module is named."""
    stages = strategy.stages or _stages_of_levels(strategy)
    numbers = sorted(numbers_used(strategy, stages) | {number for number, _ in strategy.modules})
    if not stages or not numbers:
        return None
    topics = topics_of(strategy)
    names = names_of(strategy)
    return {
        "stages": [_stage_data(stage, topics, write) for stage in stages],
        "modules": [
            {"number": number, **({"name": write(names[number])} if names.get(number) else {})} for number in numbers
        ],
    }


def _stage_data(stage: Stretch, topics: dict[tuple[int, ...], tuple[str, ...]], write: Write) -> dict[str, Any]:
    told = stage.topics or topics.get(numbers_in(stage.modules), ())
    fields = {
        "name": write(stage.name),
        "modules": list(numbers_in(stage.modules)),
        "from": stage.start,
        "to": stage.goal,
        "topics": [write(topic) for topic in told],
        "outcomes": [write(outcome.text) for outcome in stage.outcomes],
    }
    return {name: value for name, value in fields.items() if value}


def _stages_of_levels(strategy: Strategy) -> tuple[Stretch, ...]:
    """Without a section on stages, each level whose modules are its own alone is one."""
    found: dict[str, Stretch] = {}
    taken: set[int] = set()
    for group in strategy.groups:
        for rank in group.ranks:
            numbers = numbers_in(rank.modules)
            if numbers and not taken.intersection(numbers) and rank.name not in found:
                goal = rank.number + 1 if rank.number < len(group.ranks) else None
                start = rank.number if goal else None
                modules = Modules(tuple(numbers), "")
                found[rank.name] = Stretch(rank.name, modules, start, goal, (), (), rank.line)
                taken.update(numbers)
    return tuple(found.values())


def names_of(strategy: Strategy) -> dict[int, str]:
    """The name of each module that has one: stated, or as many topics as modules in a key to success."""
    names = {number: name for number, name in strategy.modules if name}
    for numbers, topics in topics_of(strategy).items():
        if len(numbers) == len(topics):
            for number, topic in zip(numbers, topics, strict=True):
                names.setdefault(number, topic)
    return names


def topics_of(strategy: Strategy) -> dict[tuple[int, ...], tuple[str, ...]]:
    """What modules are about, as the keys to success first say it."""
    found: dict[tuple[int, ...], tuple[str, ...]] = {}
    for group in strategy.groups:
        for rank in group.ranks:
            for numbers, topics in find_topics(rank.keys).items():
                found.setdefault(numbers, topics)
    return found


def module_note(strategy: Strategy, modules: Modules | None) -> str:
    """What is said beside a level's modules, without the name of a stage that its numbers say already."""
    if modules is None:
        return ""
    stages = [stage.name for stage in strategy.stages if stage.modules.numbers == modules.numbers]
    same = {fold(name) for name in stages} | {fold(f"{name} stage") for name in stages}
    return "" if fold(modules.note) in same else modules.note


def numbers_used(strategy: Strategy, stages: Iterable[Stretch]) -> set[int]:
    """The modules that stages or levels name by number."""
    ranks = [rank.modules for group in strategy.groups for rank in group.ranks]
    return {number for modules in (*(stage.modules for stage in stages), *ranks) for number in numbers_in(modules)}


def numbers_in(modules: Modules | None) -> tuple[int, ...]:
    """The numbers a line names; none where it names all modules."""
    return () if modules is None or modules.numbers == "all" else modules.numbers
