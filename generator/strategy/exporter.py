"""Content becomes a strategy again: what `importer` makes of a document, the other way round.

What the form has no place for is left out: summaries, openings, the answers of a quiz, offers that no
level makes. An import into the same content takes none of that away.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

from generator.build.survey import Content
from generator.content.model import Audience, Level, Site
from generator.files.tree import Folder
from generator.formats.document import Item, read_yaml
from generator.formats.figures import SYMBOLS, Figure, find_figures, write_amount
from generator.schema.files import Offer, PriceRange, Stage, StrategyFile
from generator.schema.validation import convert
from generator.strategy.documents.messages import split_alternatives, write_alternatives
from generator.strategy.documents.ranges import Scale, derive_scale, parse_measure, write_heading, write_measure
from generator.strategy.documents.strategy import (
    Group,
    Message,
    Modules,
    Part,
    Point,
    Price,
    Rank,
    Said,
    Strategy,
    Stretch,
    fold,
)
from generator.strategy.importing.curriculum import names_of, numbers_in, numbers_used, topics_of
from generator.strategy.importing.importer import PLACEHOLDER
from generator.strategy.importing.message_choice import assign
from generator.strategy.importing.quiz_proposal import questions_of
from generator.strategy.importing.texts import restore

Hearers = list[tuple[Group, Level]]
Numbers = tuple[int, ...] | Literal["all"]
EXTRA_FILE = "strategy.yaml"


def read_extra(folder: Folder) -> StrategyFile:
    """What only the document says, as a sound content folder keeps it; nothing where it does not."""
    if EXTRA_FILE not in folder.paths():
        return StrategyFile()
    extra = convert(read_yaml(folder, EXTRA_FILE).data, StrategyFile, EXTRA_FILE)
    return extra if isinstance(extra, StrategyFile) else StrategyFile()


def make_strategy(content: Content, extra: StrategyFile, path: str) -> Strategy:
    """The strategy of a content. `extra` is what only a document says; `path` is what reports call it."""
    site = content.site
    groups = tuple(_make_group(audience) for audience in content.audiences)
    offers = {offer.id: make_price(offer) for offer in site.offers}
    strategy = Strategy(
        path,
        Said(extra.title or restore(site.settings.name)),
        tuple(_list_facts(site, extra)),
        _say(extra.about),
        groups,
        tuple(_make_stage(stage) for stage in site.stages),
        messages=tuple(_make_messages(groups, content.audiences, offers)),
        notes=_say(extra.notes),
    )
    return _name_modules(strategy, site)


def _say(texts: Sequence[str]) -> tuple[Said, ...]:
    return tuple(Said(restore(text)) for text in texts)


def _list_facts(site: Site, extra: StrategyFile) -> Iterator[tuple[str, Said]]:
    """The named lines at the top: those of the document, as far as the site's settings still say so."""
    settings = site.settings
    contact = settings.contact
    stated = {
        "Course": (restore(settings.name), ("course",)),
        "Tagline": (restore(settings.tagline or ""), ("tagline",)),
        "Website": (settings.address or "", ("website", "address", "url")),
        "Contact": ((contact.email or contact.url or "") if contact else "", ("contact", "email", "e-mail")),
        "Language": ("" if settings.language == "en" else settings.language, ("language",)),
    }
    names = {name.casefold(): name for name in extra.facts}
    facts = dict(extra.facts)
    for label, (value, known) in stated.items():
        name = next((names[other] for other in known if other in names), label)
        same = facts.get(name) == value or (label == "Course" and name not in facts and value == extra.title)
        if value and not same and not value.rpartition("@")[2].removeprefix("https://").startswith(PLACEHOLDER):
            facts[name] = value
    for name, text in facts.items():
        yield name, Said(restore(text))


def _make_group(audience: Audience) -> Group:
    group = Group(
        restore(audience.name),
        ranks=tuple(_make_rank(audience, level) for level in audience.levels),
        questions=_say(questions_of(audience.quiz)),
    )
    metric = audience.metric
    if metric is None:
        return group
    if derive_scale(group) == Scale(metric, tuple(level.metric for level in audience.levels)):
        return group
    told = {"metric": metric.name, "unit": metric.unit, "period": metric.period, "short": metric.short,
            "counted": "whole" if metric.whole else None}  # fmt: skip
    return group._replace(facts=tuple((name, Said(restore(text))) for name, text in told.items() if text))


def _make_rank(audience: Audience, level: Level) -> Rank:
    metric, band = audience.metric, level.metric
    return Rank(
        level.number,
        restore(level.name),
        heading=parse_measure(restore(write_heading(band, metric)), 0) if band and metric else None,
        measure=parse_measure(restore(write_measure(band, metric)), 0) if band and metric else None,
        tagline=restore(level.tagline) if level.tagline else None,
        symptoms=_make_points(level.symptoms),
        keys=_make_points(level.keys),
        modules=Modules(level.modules, restore(level.modules_note or "")) if level.modules else None,
        success=_make_points(level.success),
        guide=_say(level.signs),
    )


def _make_points(items: Sequence[Item]) -> tuple[Point, ...]:
    return tuple(Point(restore(item.text), points=_make_points(item.items)) for item in items)


def make_price(offer: Offer) -> Price:
    """An offer as the form has it: its name, and what it costs."""
    name, price = restore(offer.name), offer.price
    if isinstance(price, str):
        return Price(name, "free" if price == "free" else None)
    unit = SYMBOLS.get(offer.currency or "", offer.currency or "")
    ends = (price.low, price.high) if isinstance(price, PriceRange) else (price,)
    return Price(name, _read_amount("-".join(write_amount(end, unit) for end in ends)))


def _read_amount(text: str) -> Figure | None:
    return next(iter(find_figures(text)), None)


def _make_stage(stage: Stage) -> Stretch:
    return Stretch(
        restore(stage.name),
        Modules(stage.modules, ""),
        stage.from_level,
        stage.to_level,
        _say(stage.outcomes),
        tuple(map(restore, stage.topics)),
    )


def _name_modules(strategy: Strategy, site: Site) -> Strategy:
    """The strategy without what its keys to success say of modules already, and with what they do not say."""
    wanted = {module.number: restore(module.name or "") for module in site.modules}
    topics = topics_of(strategy)
    stages = tuple(
        stage._replace(topics=() if stage.topics == topics.get(numbers_in(stage.modules), ()) else stage.topics)
        for stage in strategy.stages
    )
    told = {**dict.fromkeys(wanted, ""), **names_of(strategy)}
    used = numbers_used(strategy, stages)
    listed = () if told == wanted and used >= wanted.keys() else tuple(wanted.items())
    names: dict[Numbers, str] = {stage.modules.numbers: f"{stage.name} Stage" for stage in stages}
    groups = tuple(group._replace(ranks=tuple(_note_stage(rank, names) for rank in group.ranks))
                   for group in strategy.groups)  # fmt: skip
    return strategy._replace(stages=stages, modules=listed, groups=groups)


def _note_stage(rank: Rank, stages: Mapping[Numbers, str]) -> Rank:
    """The level with the name of the stage beside its modules, where nothing else stands there."""
    if rank.modules is None or rank.modules.note or rank.modules.numbers not in stages:
        return rank
    return rank._replace(modules=rank.modules._replace(note=stages[rank.modules.numbers]))


def _make_messages(
    groups: Sequence[Group], audiences: Sequence[Audience], offers: Mapping[str, Price]
) -> Iterator[Message]:
    """One message for all levels of one name and number."""
    hearers: dict[tuple[int, str], Hearers] = {}
    for group, audience in zip(groups, audiences, strict=True):
        for rank, level in zip(group.ranks, audience.levels, strict=True):
            hearers.setdefault((rank.number, fold(rank.name)), []).append((group, level))
    for (number, _), heard in sorted(hearers.items(), key=lambda entry: entry[0][0]):
        parts = [part for field, read in FIELDS.items() for part in _make_parts(field, read, heard)]
        parts += _make_offers(heard, offers)
        if _says_more(heard) or any(part.field == "offer" for part in parts):
            yield Message(restore(heard[0][1].name), number, None, tuple(parts))


FIELDS: dict[str, Callable[[Level], str]] = {
    "focus": lambda level: level.message.focus,
    "headline": lambda level: "" if level.title == level.message.focus else level.title,
    "pain": lambda level: level.message.pain,
    "promise": lambda level: level.message.promise,
}


def _says_more(heard: Hearers) -> bool:
    """Whether a message says anything that an import would not take from the level itself."""
    return any(
        (level.message.focus, level.message.pain, level.message.promise)
        != (level.name, level.symptoms[0].text, level.keys[0].text)
        for _, level in heard
    )


def _make_parts(field: str, read: Callable[[Level], str], heard: Hearers) -> Iterator[Part]:
    """One line for all who hear the same, alternatives in their order, or a line for each."""
    texts = [restore(read(level)) for _, level in heard]
    if all(texts) and len(set(texts)) == 1:
        yield Part(field, None, (texts[0],))
    elif all(texts) and _reads_back(texts, [group for group, _ in heard]):
        yield Part(field, None, tuple(texts))
    else:
        for (group, _), text in zip(heard, texts, strict=True):
            if text:
                yield Part(field, group.name, (text,))


def _reads_back(texts: Sequence[str], groups: Sequence[Group]) -> bool:
    """Whether alternatives in quotes are read as these texts, each for its audience."""
    read = split_alternatives(write_alternatives(texts))
    return read == [(text, None) for text in texts] and assign(texts, groups) == list(range(len(texts)))


def _make_offers(heard: Hearers, offers: Mapping[str, Price]) -> Iterator[Part]:
    made = [tuple(offers[name] for name in level.offers) for _, level in heard]
    if len(set(made)) == 1:
        if made[0]:
            yield Part("offer", None, (), offers=made[0])
        return
    for (group, _), own in zip(heard, made, strict=True):
        if own:
            yield Part("offer", group.name, (), offers=own)
