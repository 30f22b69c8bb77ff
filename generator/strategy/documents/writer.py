"""Writes a strategy as a document in its canonical form, which `reader` reads back as the same strategy.

Where a thing can be said in several ways, it is said in the shortest that reads back the same.
"""

from collections.abc import Iterable, Iterator, Sequence

from generator.formats.markdown_writer import (
    join_blocks,
    write_bullets,
    write_labels,
    write_list,
    write_numbered,
    write_table,
)
from generator.formats.names import split_list
from generator.formats.quotes import write_alternatives
from generator.i18n.module_words import write_modules
from generator.strategy.documents import model
from generator.strategy.documents.messages import parse_offers
from generator.strategy.documents.model import Strategy
from generator.strategy.documents.reader import LISTED_LEVEL

RULE = "---"


def write_strategy(strategy: Strategy) -> str:
    """The text of a document. A section without blocks is left out."""
    level_list = _write_level_list(strategy)
    sections: list[tuple[str, Iterable[str]]] = [
        (f"## The {strategy.fact('framework') or 'Level'} Structure", [*strategy.about, level_list]),
        *((f"## {one.name}", _write_levels(strategy, one, bool(level_list))) for one in strategy.audiences),
        ("## Mapping Modules to Levels", _write_stages(strategy)),
        ("## Self-Assessment Questions", _write_questions(strategy)),
        ("## Messages by Level", map(_write_message, strategy.messages)),
        ("## Offers", [_write_offers(strategy.offers)]),
        ("## Success Metrics by Level", _write_success(strategy)),
        ("", ["\n".join(f"*{note}*" for note in strategy.notes)]),
    ]
    texts = [join_blocks([f"# {strategy.title}", write_labels(strategy.facts)])]
    texts += (join_blocks([heading, text]) for heading, blocks in sections if (text := join_blocks(blocks)))
    return f"\n\n{RULE}\n\n".join(texts) + "\n"


def _write_level_list(strategy: Strategy) -> str:
    """The levels of all audiences with their taglines; nothing if these differ, or would not be read back."""
    level_lists = {tuple((level.name, level.tagline) for level in audience.levels) for audience in strategy.audiences}
    if len(level_lists) != 1:
        return ""
    lines = []
    for number, (name, tagline) in enumerate(next(iter(level_lists)), 1):
        line = f"**{name}** - {tagline}" if tagline else f"**{name}**"
        match = LISTED_LEVEL.fullmatch(line)
        if (match["name"], match["tagline"]) != (name, tagline) if match else tagline:
            return ""
        lines.append(f"{number}. {line}")
    return write_list(f"The {len(lines)} Levels", lines)


def _write_levels(strategy: Strategy, audience: model.StrategyAudience, has_list: bool) -> Iterator[str]:
    stages: dict[object, str] = {stage.modules: f"{stage.name} Stage" for stage in strategy.stages}
    yield write_labels({name.capitalize(): text for name, text in audience.facts.items()})
    for level in audience.levels:
        if level is not audience.levels[0]:
            yield RULE
        yield f"### Level {level.number}: {level.name}" + (f" ({level.heading.text})" if level.heading else "")
        metric = level.metric.text if level.metric else None
        yield write_labels({"In short": None if has_list else level.tagline, "Currency Metric": metric})
        yield write_list("Symptoms", write_bullets(level.symptoms))
        yield write_list("Keys to Success", write_bullets(level.keys))
        if level.modules:
            numbers, note = level.modules.numbers, level.modules.note
            yield write_labels({"Module Alignment": write_modules(numbers, note or stages.get(numbers, ""))})


def _write_stages(strategy: Strategy) -> Iterator[str]:
    for stage in strategy.stages:
        yield f"### {stage.name} Stage ({write_modules(stage.modules)})"
        step = _write_step(strategy, stage.start, stage.goal) if stage.start and stage.goal else None
        yield write_labels({"Serves": step, "Topics": _enumerate(stage.topics) or "; ".join(stage.topics)})
        yield "\n".join(write_bullets(stage.outcomes))
    if strategy.modules:
        yield "### Modules"
        yield "\n".join(f"{number}. {name}".rstrip() for number, name in strategy.modules)


def _write_step(strategy: Strategy, start: int, goal: int) -> str:
    """The two levels of a step: by name if all audiences have these names and they are read as names."""
    names = {tuple(level.name for level in audience.levels) for audience in strategy.audiences}
    steps = [next(iter(names))[number - 1 : number] for number in (start, goal)] if len(names) == 1 else []
    step = [name for found in steps for name in found]
    if len(step) == 2 and all(name.isalpha() and not name.casefold().startswith("level") for name in step):
        return f"{step[0]} → {step[1]} transition"
    return f"Level {start} → Level {goal}"


def _write_questions(strategy: Strategy) -> Iterator[str]:
    for audience in strategy.audiences:
        questions = write_numbered(audience.questions)
        guides = [line for level in audience.levels if level.signs for line in _write_signs(level)]
        if questions or guides:
            yield f"### For {audience.name}:"
            yield write_list("Ask yourself", questions)
            yield write_list("Your Level", guides)


def _write_signs(level: model.StrategyLevel) -> list[str]:
    line = _enumerate([sign.text for sign in level.signs])
    return [f"- **{level.name}:** {line}"] if line else [f"- **{level.name}:**", *write_bullets(level.signs, "  ")]


def _enumerate(texts: Sequence[str]) -> str | None:
    """An enumeration that reads back as these texts; None if none does."""
    lines = [separator.join(texts) for separator in (", ", "; ")]
    return next((line for line in lines if split_list(line) == list(texts)), None)


def _write_message(message: model.StrategyMessage) -> str:
    level = f" (Level {message.number})" if message.number is not None else ""
    return write_list(message.name + level, [line for field in message.fields for line in _write_field(field)])


def _write_field(field: model.MessageField) -> list[str]:
    label = field.name.capitalize() + (f" ({field.audience})" if field.audience else "")
    if field.name != "offer":
        return [f"- {label}: {write_alternatives(field.texts)}"]
    entries = [f"{offer.name} ({offer.price_text})" if offer.price else offer.name for offer in field.offers]
    line = _enumerate(entries) or ""
    offers = [[(offer.name, offer.amount) for offer in found] for found in (parse_offers(line, 0), field.offers)]
    return [f"- {label}: {line}"] if offers[0] == offers[1] else [f"- {label}:", *(f"  - {entry}" for entry in entries)]


def _write_offers(offers: Sequence[model.StrategyOffer]) -> str:
    rows = [(offer.name, _write_price(offer), offer.summary, offer.link) for offer in offers]
    return write_table(("Offer", "Price", "Description", "Link"), rows) if rows else ""


def _write_price(offer: model.StrategyOffer) -> str:
    was, per = f" (was {offer.was.text})" if offer.was else "", f" per {offer.per}" if offer.per else ""
    return f"{offer.price_text}{was}{per}"


def _write_success(strategy: Strategy) -> Iterator[str]:
    for audience in strategy.audiences:
        levels = [level for level in audience.levels if level.success]
        if levels:
            yield f"### {audience.name}:"
        for level in levels:
            is_last = level is audience.levels[-1]
            step = f"Level {level.number}" + ("" if is_last else f" → Level {level.number + 1}")
            yield write_list(f"{step} Success", write_bullets(level.success))
