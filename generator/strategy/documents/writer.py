"""Writes a strategy as a document in its canonical form: what `reader` reads back as the same.

Where a thing can be said in several ways, it is said in the shortest that reads back the same.
"""

from collections.abc import Iterator, Sequence

from generator.formats.figures import Figure
from generator.strategy.documents.messages import write_alternatives
from generator.strategy.documents.modules import write_modules
from generator.strategy.documents.offers import parse_offers, split_list
from generator.strategy.documents.reader import RUNG
from generator.strategy.documents.strategy import Group, Message, Part, Point, Price, Rank, Strategy, Stretch

RULE = "---"


def write_strategy(strategy: Strategy) -> str:
    """The text of a document."""
    ladder = find_ladder(strategy)
    names = [rank.name for rank in strategy.groups[0].ranks] if shares_names(strategy) else []
    parts = [
        [*_write_title(strategy)],
        [*_write_structure(strategy, ladder)],
        *([*_write_group(group, ladder)] for group in strategy.groups),
        [*_write_stages(strategy, names)],
        [*_write_questions(strategy)],
        [*_write_messages(strategy)],
        [*_write_success(strategy)],
        [f"*{note.text}*" for note in strategy.notes],
    ]
    return f"\n\n{RULE}\n\n".join(join(part) for part in parts if part) + "\n"


def join(blocks: Sequence[str]) -> str:
    """Blocks with empty lines between them, named lines and notes without."""
    text = ""
    for before, block in zip(["", *blocks], blocks, strict=False):
        close = _is_named_line(before) and _is_named_line(block)
        text += ("\n" if close else "\n\n" if before else "") + block
    return text


def _is_named_line(block: str) -> bool:
    return "\n" not in block and block.startswith("*")


def shares_names(strategy: Strategy) -> bool:
    """Whether the levels of all audiences have the same names."""
    return len({tuple(rank.name for rank in group.ranks) for group in strategy.groups}) == 1


def find_ladder(strategy: Strategy) -> list[str]:
    """The lines that list the levels once for all audiences; none where they differ, or would not be read."""
    listed = {tuple((rank.name, rank.tagline) for rank in group.ranks) for group in strategy.groups}
    if len(listed) != 1:
        return []
    lines = []
    for number, (name, tagline) in enumerate(next(iter(listed)), 1):
        line = f"**{name}** - {tagline}" if tagline else f"**{name}**"
        read = RUNG.fullmatch(line)
        if (read["name"], read["tagline"]) != (name, tagline) if read else tagline:
            return []
        lines.append(f"{number}. {line}")
    return lines


def _write_title(strategy: Strategy) -> Iterator[str]:
    yield f"# {strategy.title.text}"
    for name, said in strategy.facts:
        yield f"**{name}:** {said.text}"


def _write_structure(strategy: Strategy, ladder: list[str]) -> Iterator[str]:
    if not strategy.about and not ladder:
        return
    yield f"## The {strategy.fact('framework') or 'Level'} Structure"
    yield from (said.text for said in strategy.about)
    if ladder:
        yield f"**The {len(ladder)} Levels:**\n" + "\n".join(ladder)


def _write_group(group: Group, ladder: list[str]) -> Iterator[str]:
    yield f"## {group.name}"
    for name, said in group.facts:
        yield f"**{name.capitalize()}:** {said.text}"
    for index, rank in enumerate(group.ranks):
        if index:
            yield RULE
        yield from _write_rank(rank, ladder)


def _write_rank(rank: Rank, ladder: list[str]) -> Iterator[str]:
    heading = f" ({rank.heading.said.text})" if rank.heading else ""
    yield f"### Level {rank.number}: {rank.name}{heading}"
    if rank.tagline and not ladder:
        yield f"**In short:** {rank.tagline}"
    if rank.measure:
        yield f"**Currency Metric:** {rank.measure.said.text}"
    yield f"**Symptoms:**\n{write_points(rank.symptoms)}"
    yield f"**Keys to Success:**\n{write_points(rank.keys)}"
    if rank.modules:
        yield f"**Module Alignment:** {write_modules(rank.modules.numbers, rank.modules.note)}"


def write_points(points: Sequence[Point], indent: str = "") -> str:
    """The lines of a list, what is nested indented below what it belongs to."""
    lines = []
    for point in points:
        lines.append(f"{indent}- {point.text}")
        if point.points:
            lines.append(write_points(point.points, f"{indent}  "))
    return "\n".join(lines)


def _write_stages(strategy: Strategy, names: list[str]) -> Iterator[str]:
    if strategy.stages or strategy.modules:
        yield "## Mapping Modules to Levels"
    for stage in strategy.stages:
        yield from _write_stage(stage, names)
    if strategy.modules:
        yield "### Modules"
        yield "\n".join(f"{number}. {name}".rstrip() for number, name in strategy.modules)


def _write_stage(stage: Stretch, names: list[str]) -> Iterator[str]:
    yield f"### {stage.name} Stage ({write_modules(stage.modules.numbers)})"
    if stage.start and stage.goal:
        yield f"**Serves:** {_write_step(stage.start, stage.goal, names)}"
    if stage.topics:
        yield f"**Topics:** {write_list([*stage.topics]) or '; '.join(stage.topics)}"
    if stage.outcomes:
        yield write_points([Point(said.text) for said in stage.outcomes])


def _write_step(start: int, goal: int, names: list[str]) -> str:
    """From a level to one above it; by their names where these are the same everywhere and read as names."""
    steps = [names[number - 1] for number in (start, goal)] if goal <= len(names) else []
    if steps and all(name.isalpha() and not name.casefold().startswith("level") for name in steps):
        return f"{steps[0]} → {steps[1]} transition"
    return f"Level {start} → Level {goal}"


def _write_questions(strategy: Strategy) -> Iterator[str]:
    if not any(group.questions or _guided(group) for group in strategy.groups):
        return
    yield "## Self-Assessment Questions"
    for group in strategy.groups:
        if not group.questions and not _guided(group):
            continue
        yield f"### For {group.name}:"
        if group.questions:
            asked = [f"{number}. {said.text}" for number, said in enumerate(group.questions, 1)]
            yield "**Ask yourself:**\n" + "\n".join(asked)
        if _guided(group):
            yield "**Your Level:**\n" + "\n".join(_write_guide(rank) for rank in _guided(group))


def _guided(group: Group) -> list[Rank]:
    return [rank for rank in group.ranks if rank.guide]


def _write_guide(rank: Rank) -> str:
    signs = [said.text for said in rank.guide]
    line = write_list(signs)
    if line is not None:
        return f"- **{rank.name}:** {line}"
    return f"- **{rank.name}:**\n" + write_points([Point(sign) for sign in signs], "  ")


def write_list(texts: Sequence[str]) -> str | None:
    """An enumeration that reads back as these texts; None where none does."""
    lines = [separator.join(texts) for separator in (", ", "; ")]
    return next((line for line in lines if split_list(line) == list(texts)), None)


def _write_messages(strategy: Strategy) -> Iterator[str]:
    if strategy.messages:
        yield "## Messages by Level"
    for message in strategy.messages:
        yield f"**{_name_message(message)}:**\n" + "\n".join(map(_write_part, message.parts))


def _name_message(message: Message) -> str:
    return message.name if message.number is None else f"{message.name} (Level {message.number})"


def _write_part(part: Part) -> str:
    label = part.field.capitalize() + (f" ({part.audience})" if part.audience else "")
    if part.field != "offer":
        return f"- {label}: {write_alternatives(part.texts)}"
    entries = [_write_price(price) for price in part.offers]
    for line in (", ".join(entries), "; ".join(entries)):
        if _read_back(parse_offers(line, 0)) == _read_back(part.offers):
            return f"- {label}: {line}"
    return f"- {label}:\n" + write_points([Point(entry) for entry in entries], "  ")


def _write_price(price: Price) -> str:
    amount = price.amount.text if isinstance(price.amount, Figure) else price.amount
    return f"{price.name} ({amount})" if amount else price.name


def _read_back(offers: Sequence[Price]) -> list[tuple[str, object]]:
    amounts = (price.amount.value if isinstance(price.amount, Figure) else price.amount for price in offers)
    return [(price.name, amount) for price, amount in zip(offers, amounts, strict=True)]


def _write_success(strategy: Strategy) -> Iterator[str]:
    if not any(rank.success for group in strategy.groups for rank in group.ranks):
        return
    yield "## Success Metrics by Level"
    for group in strategy.groups:
        told = [rank for rank in group.ranks if rank.success]
        if told:
            yield f"### {group.name}:"
        for rank in told:
            step = f"Level {rank.number}" + (f" → Level {rank.number + 1}" if rank is not group.ranks[-1] else "")
            yield f"**{step} Success:**\n{write_points(rank.success)}"
