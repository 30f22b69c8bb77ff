"""The curriculum of a strategy: its stages, and the names and topics of its modules."""

import re
from collections.abc import Callable
from itertools import chain
from typing import Any

from generator.formats.names import normalise
from generator.i18n.module_words import NAMED, expand_numbers
from generator.strategy.documents.model import Strategy, StrategyLevel, StrategyStage

Topics = dict[tuple[int, ...], tuple[str, ...]]


def make_curriculum(strategy: Strategy, write: Callable[[str], str]) -> dict[str, Any] | None:
    """The data of `curriculum.yaml`; None if no modules are named."""
    stages = strategy.stages or _derive_stages(strategy)
    used = [stage.modules for stage in stages] + [level.module_numbers for _, level in strategy.all_levels()]
    numbers = sorted({*chain(*used), *(number for number, _ in strategy.modules)})
    if not stages or not numbers:
        return None
    topics, names = find_module_topics(strategy), find_module_names(strategy)
    named = {number: {"name": write(name)} for number, name in names.items()}
    return {
        "stages": [_make_stage(stage, topics, write) for stage in stages],
        "modules": [{"number": number, **named.get(number, {})} for number in numbers],
    }


def _make_stage(stage: StrategyStage, topics: Topics, write: Callable[[str], str]) -> dict[str, Any]:
    fields = {
        "name": write(stage.name),
        "modules": list(stage.modules),
        "from": stage.start,
        "to": stage.goal,
        "topics": [write(topic) for topic in stage.topics or topics.get(stage.modules, ())],
        "outcomes": [write(outcome.text) for outcome in stage.outcomes],
    }
    return {name: value for name, value in fields.items() if value}


def _derive_stages(strategy: Strategy) -> tuple[StrategyStage, ...]:
    """Stages for a document that has none: one for each level with modules that no level before it has."""
    stages: dict[str, StrategyStage] = {}
    for audience, level in strategy.all_levels():
        taken = {number for stage in stages.values() for number in stage.modules}
        if level.module_numbers and not taken.intersection(level.module_numbers) and level.name not in stages:
            step = (level.number, level.number + 1) if level.number < len(audience.levels) else (None, None)
            stages[level.name] = StrategyStage(level.name, level.module_numbers, *step)
    return tuple(stages.values())


def find_module_names(strategy: Strategy) -> dict[int, str]:
    """The names of modules: those stated, and the topics of a key to success that has one for each module."""
    names = {number: name for number, name in strategy.modules if name}
    for numbers, topics in find_module_topics(strategy).items():
        if len(numbers) == len(topics):
            names = {**dict(zip(numbers, topics, strict=True)), **names}
    return names


def find_module_topics(strategy: Strategy) -> Topics:
    """The topics of modules by their numbers, from keys such as `Complete Modules 1-2 (Reading + Writing)`."""
    found: Topics = {}
    for key in (key for _, level in strategy.all_levels() for key in level.keys):
        named = NAMED.search(key.text)
        inside = re.search(r"\(([^()]*)\)", key.text[named.end() :]) if named else None
        if named and inside:
            topics = tuple(part.strip() for part in re.split(r"[+;,]", inside[1]) if part.strip())
            found.setdefault(expand_numbers(named[1]), topics)
    return found


def write_module_note(strategy: Strategy, level: StrategyLevel) -> str:
    """The words beside a level's modules; none if they only name the stage with these modules."""
    if level.modules is None:
        return ""
    stages = {normalise(stage.name) for stage in strategy.stages if stage.modules == level.modules.numbers}
    return "" if normalise(level.modules.note).removesuffix(" stage") in stages else level.modules.note
