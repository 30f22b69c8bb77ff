"""Writes a strategy as a document in its canonical form, which `reader` reads back as the same strategy.

Where a thing can be said in several ways, it is said in the shortest that reads back the same.
"""

from collections.abc import Iterator, Sequence

from generator.strategy.documents.messages import write_alternatives
from generator.strategy.documents.model import (
    MessageField,
    SourceText,
    Strategy,
    StrategyAudience,
    StrategyLevel,
    StrategyStage,
)
from generator.strategy.documents.modules import write_modules
from generator.strategy.documents.offers import parse_offers, split_list
from generator.strategy.documents.reader import LISTED_LEVEL

RULE = "---"


def write_strategy(strategy: Strategy) -> str:
    """The text of a document."""
    level_list = _write_level_list(strategy)
    parts = [
        _write_title(strategy),
        _write_structure(strategy, level_list),
        *(_write_audience(audience, bool(level_list)) for audience in strategy.audiences),
        _write_stages(strategy),
        _write_questions(strategy),
        _write_messages(strategy),
        _write_success(strategy),
        (f"*{note}*" for note in strategy.notes),
    ]
    texts = [_join_blocks(list(part)) for part in parts]
    return f"\n\n{RULE}\n\n".join(text for text in texts if text) + "\n"


def _join_blocks(blocks: Sequence[str]) -> str:
    """Blocks with empty lines between them, but none between named lines and between notes."""
    text = ""
    for before, block in zip(["", *blocks], blocks, strict=False):
        is_close = all("\n" not in line and line.startswith("*") for line in (before, block))
        text += ("\n" if is_close else "\n\n" if before else "") + block
    return text


def _write_level_list(strategy: Strategy) -> list[str]:
    """The list of the levels of all audiences; none if these differ, or would not be read back."""
    level_lists = {tuple((level.name, level.tagline) for level in audience.levels) for audience in strategy.audiences}
    if len(level_lists) != 1:
        return []
    lines = []
    for number, (name, tagline) in enumerate(next(iter(level_lists)), 1):
        line = f"**{name}** - {tagline}" if tagline else f"**{name}**"
        match = LISTED_LEVEL.fullmatch(line)
        if (match["name"], match["tagline"]) != (name, tagline) if match else tagline:
            return []
        lines.append(f"{number}. {line}")
    return lines


def _write_title(strategy: Strategy) -> Iterator[str]:
    yield f"# {strategy.title}"
    for name, text in strategy.facts.items():
        yield f"**{name}:** {text}"


def _write_structure(strategy: Strategy, level_list: list[str]) -> Iterator[str]:
    if strategy.about or level_list:
        yield f"## The {strategy.fact('framework') or 'Level'} Structure"
    yield from strategy.about
    if level_list:
        yield f"**The {len(level_list)} Levels:**\n" + "\n".join(level_list)


def _write_audience(audience: StrategyAudience, has_level_list: bool) -> Iterator[str]:
    yield f"## {audience.name}"
    for name, text in audience.facts.items():
        yield f"**{name.capitalize()}:** {text}"
    for index, level in enumerate(audience.levels):
        if index:
            yield RULE
        yield from _write_level(level, has_level_list)


def _write_level(level: StrategyLevel, has_level_list: bool) -> Iterator[str]:
    heading = f" ({level.heading.source.text})" if level.heading else ""
    yield f"### Level {level.number}: {level.name}{heading}"
    if level.tagline and not has_level_list:
        yield f"**In short:** {level.tagline}"
    if level.metric:
        yield f"**Currency Metric:** {level.metric.source.text}"
    yield f"**Symptoms:**\n{_write_bullets(level.symptoms)}"
    yield f"**Keys to Success:**\n{_write_bullets(level.keys)}"
    if level.modules:
        yield f"**Module Alignment:** {write_modules(level.modules.numbers, level.modules.note)}"


def _write_bullets(bullets: Sequence[SourceText], indent: str = "") -> str:
    lines = []
    for bullet in bullets:
        lines.append(f"{indent}- {bullet.text}")
        if bullet.children:
            lines.append(_write_bullets(bullet.children, f"{indent}  "))
    return "\n".join(lines)


def _write_texts(texts: Sequence[str], indent: str = "") -> str:
    return _write_bullets([SourceText(text) for text in texts], indent)


def _write_stages(strategy: Strategy) -> Iterator[str]:
    if strategy.stages or strategy.modules:
        yield "## Mapping Modules to Levels"
    for stage in strategy.stages:
        yield from _write_stage(strategy, stage)
    if strategy.modules:
        yield "### Modules"
        yield "\n".join(f"{number}. {name}".rstrip() for number, name in strategy.modules)


def _write_stage(strategy: Strategy, stage: StrategyStage) -> Iterator[str]:
    yield f"### {stage.name} Stage ({write_modules(stage.modules.numbers)})"
    if stage.start and stage.goal:
        yield f"**Serves:** {_write_step(strategy, stage.start, stage.goal)}"
    if stage.topics:
        yield f"**Topics:** {_write_list(stage.topics) or '; '.join(stage.topics)}"
    if stage.outcomes:
        yield _write_texts([source.text for source in stage.outcomes])


def _write_step(strategy: Strategy, start: int, goal: int) -> str:
    """The two levels of a step: by name if all audiences have these names and they are read as names."""
    names = {tuple(level.name for level in audience.levels) for audience in strategy.audiences}
    steps = [next(iter(names))[number - 1 : number] for number in (start, goal)] if len(names) == 1 else []
    step = [name for found in steps for name in found]
    if len(step) == 2 and all(name.isalpha() and not name.casefold().startswith("level") for name in step):
        return f"{step[0]} → {step[1]} transition"
    return f"Level {start} → Level {goal}"


def _write_questions(strategy: Strategy) -> Iterator[str]:
    asked = [audience for audience in strategy.audiences if audience.questions or _levels_with_signs(audience)]
    if asked:
        yield "## Self-Assessment Questions"
    for audience in asked:
        yield f"### For {audience.name}:"
        if audience.questions:
            lines = [f"{number}. {source.text}" for number, source in enumerate(audience.questions, 1)]
            yield "**Ask yourself:**\n" + "\n".join(lines)
        if levels := _levels_with_signs(audience):
            yield "**Your Level:**\n" + "\n".join(map(_write_signs, levels))


def _levels_with_signs(audience: StrategyAudience) -> list[StrategyLevel]:
    return [level for level in audience.levels if level.signs]


def _write_signs(level: StrategyLevel) -> str:
    signs = [source.text for source in level.signs]
    line = _write_list(signs)
    return f"- **{level.name}:**" + (f"\n{_write_texts(signs, '  ')}" if line is None else f" {line}")


def _write_list(texts: Sequence[str]) -> str | None:
    """An enumeration that reads back as these texts; None if none does."""
    lines = [separator.join(texts) for separator in (", ", "; ")]
    return next((line for line in lines if split_list(line) == list(texts)), None)


def _write_messages(strategy: Strategy) -> Iterator[str]:
    if strategy.messages:
        yield "## Messages by Level"
    for message in strategy.messages:
        level = f" (Level {message.number})" if message.number is not None else ""
        yield f"**{message.name}{level}:**\n" + "\n".join(map(_write_field, message.fields))


def _write_field(field: MessageField) -> str:
    label = field.name.capitalize() + (f" ({field.audience})" if field.audience else "")
    if field.name != "offer":
        return f"- {label}: {write_alternatives(field.texts)}"
    entries = [f"{offer.name} ({offer.price_text})" if offer.price else offer.name for offer in field.offers]
    line = _write_list(entries) or ""
    read = [(offer.name, offer.amount) for offer in parse_offers(line, 0)]
    if read == [(offer.name, offer.amount) for offer in field.offers]:
        return f"- {label}: {line}"
    return f"- {label}:\n" + _write_texts(entries, "  ")


def _write_success(strategy: Strategy) -> Iterator[str]:
    if any(level.success for _, level in strategy.all_levels()):
        yield "## Success Metrics by Level"
    for audience in strategy.audiences:
        levels = [level for level in audience.levels if level.success]
        if levels:
            yield f"### {audience.name}:"
        for level in levels:
            is_last = level is audience.levels[-1]
            step = f"Level {level.number}" + ("" if is_last else f" → Level {level.number + 1}")
            yield f"**{step} Success:**\n{_write_bullets(level.success)}"
