"""Content becomes a strategy again: the reverse of `importing.importer`.

What the form of a document has no place for is left out: summaries, opening texts, the answers of a quiz, offers that
are made to no level. An import into the same content keeps all of it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from generator.content.model import Audience, Content, Level, Site
from generator.files.tree import Tree
from generator.formats.document import Item, read_yaml
from generator.formats.figures import SYMBOLS, find_figures, write_amount
from generator.schema.curriculum import Stage
from generator.schema.offers import Offer, PriceRange
from generator.schema.strategy import StrategyFile
from generator.schema.validation import convert
from generator.strategy.documents.messages import split_alternatives, write_alternatives
from generator.strategy.documents.model import (
    MessageField,
    Modules,
    SourceText,
    Strategy,
    StrategyAudience,
    StrategyLevel,
    StrategyMessage,
    StrategyOffer,
    StrategyStage,
)
from generator.strategy.documents.names import normalise
from generator.strategy.documents.ranges import Scale, derive_scale, parse_range, write_range, write_short_range
from generator.strategy.importing.curriculum import find_module_names, find_module_topics, list_used_modules
from generator.strategy.importing.importer import PLACEHOLDER_DOMAIN
from generator.strategy.importing.message_choice import assign_texts
from generator.strategy.importing.quiz_proposal import list_own_questions
from generator.strategy.importing.texts import restore

# Those who hear one message.
Hearers = list[tuple[StrategyAudience, Level]]
STRATEGY_FILE = "strategy.yaml"
FIELDS: Mapping[str, Callable[[Level], str]] = {
    "focus": lambda level: level.message.focus,
    "headline": lambda level: "" if level.title == level.message.focus else level.title,
    "pain": lambda level: level.message.pain,
    "promise": lambda level: level.message.promise,
}


def read_strategy_file(folder: Tree) -> StrategyFile:
    """The `strategy.yaml` of a valid content folder; an empty one if there is none."""
    if STRATEGY_FILE not in folder.paths():
        return StrategyFile()
    converted = convert(read_yaml(folder, STRATEGY_FILE).data, StrategyFile, STRATEGY_FILE)
    return converted if isinstance(converted, StrategyFile) else StrategyFile()


def make_strategy(content: Content, file: StrategyFile, path: str) -> Strategy:
    """The strategy of a content. `file` is what no page shows; `path` is the name of the document in reports."""
    site = content.site
    audiences = tuple(map(_make_audience, content.audiences))
    offers = {offer.id: read_offer(offer) for offer in site.offers}
    strategy = Strategy(
        path,
        file.title or restore(site.settings.name),
        {name: restore(text) for name, text in _list_facts(site, file).items()},
        tuple(map(restore, file.about)),
        audiences,
        tuple(_make_stage(stage) for stage in site.stages),
        messages=tuple(_make_messages(audiences, content.audiences, offers)),
        notes=tuple(map(restore, file.notes)),
    )
    return _simplify_modules(strategy, site)


def _make_texts(texts: Sequence[str]) -> tuple[SourceText, ...]:
    return tuple(SourceText(restore(text)) for text in texts)


def _list_facts(site: Site, file: StrategyFile) -> dict[str, str]:
    """The named lines at the top: those of the last document, brought up to date with the site's settings."""
    settings, contact = site.settings, site.settings.contact
    stated = {
        "Course": restore(settings.name),
        "Tagline": restore(settings.tagline or ""),
        "Website": settings.address or "",
        "Contact": ((contact.email or contact.url or "") if contact else ""),
        "Language": "" if settings.language == "en" else settings.language,
    }
    names = {name.casefold(): name for name in file.facts}
    facts = dict(file.facts)
    for label, value in stated.items():
        name = names.get(label.casefold(), label)
        is_title = label == "Course" and name not in facts and value == file.title
        is_placeholder = value.rpartition("@")[2].removeprefix("https://").startswith(PLACEHOLDER_DOMAIN)
        if value and not is_title and not is_placeholder:
            facts[name] = value
    return facts


def _make_audience(audience: Audience) -> StrategyAudience:
    made = StrategyAudience(
        restore(audience.name),
        levels=tuple(_make_level(audience, level) for level in audience.levels),
        questions=_make_texts(list_own_questions(audience.quiz)),
    )
    metric = audience.metric
    if metric is None or derive_scale(made) == Scale(metric, tuple(level.metric for level in audience.levels)):
        return made
    facts = {"metric": metric.name, "unit": metric.unit, "period": metric.period, "short": metric.short,
             "counted": "whole" if metric.whole else None}  # fmt: skip
    return made._replace(facts={name: restore(text) for name, text in facts.items() if text})


def _make_level(audience: Audience, level: Level) -> StrategyLevel:
    metric, band = audience.metric, level.metric
    return StrategyLevel(
        level.number,
        restore(level.name),
        heading=parse_range(restore(write_short_range(band, metric)), 0) if band and metric else None,
        metric=parse_range(restore(write_range(band, metric)), 0) if band and metric else None,
        tagline=restore(level.tagline) if level.tagline else None,
        symptoms=_make_bullets(level.symptoms),
        keys=_make_bullets(level.keys),
        modules=Modules(level.modules, restore(level.modules_note or "")) if level.modules else None,
        success=_make_bullets(level.success),
        signs=_make_texts(level.signs),
    )


def _make_bullets(items: Sequence[Item]) -> tuple[SourceText, ...]:
    return tuple(SourceText(restore(item.text), children=_make_bullets(item.items)) for item in items)


def read_offer(offer: Offer) -> StrategyOffer:
    """An offer as a document has it: its name and its price."""
    name, price = restore(offer.name), offer.price
    if isinstance(price, str):
        return StrategyOffer(name, "free" if price == "free" else None)
    unit = SYMBOLS.get(offer.currency or "", offer.currency or "")
    ends = (price.low, price.high) if isinstance(price, PriceRange) else (price,)
    figures = find_figures("-".join(write_amount(end, unit) for end in ends))
    return StrategyOffer(name, figures[0] if figures else None)


def _make_stage(stage: Stage) -> StrategyStage:
    topics = tuple(map(restore, stage.topics))
    outcomes, modules = _make_texts(stage.outcomes), Modules(stage.modules)
    return StrategyStage(restore(stage.name), modules, stage.from_level, stage.to_level, outcomes, topics)


def _simplify_modules(strategy: Strategy, site: Site) -> Strategy:
    """The strategy without topics and names of modules that its keys to success state already, and with a list of
    modules only if something is missing without it.
    """
    topics = find_module_topics(strategy)
    stages = tuple(
        stage._replace(topics=() if stage.topics == topics.get(stage.modules.listed, ()) else stage.topics)
        for stage in strategy.stages
    )
    wanted = {module.number: restore(module.name or "") for module in site.modules}
    stated = {**dict.fromkeys(wanted, ""), **find_module_names(strategy)}
    is_complete = stated == wanted and list_used_modules(strategy, stages) >= wanted.keys()
    return strategy._replace(stages=stages, modules=() if is_complete else tuple(wanted.items()))


def _make_messages(
    audiences: Sequence[StrategyAudience], contents: Sequence[Audience], offers: Mapping[str, StrategyOffer]
) -> Iterator[StrategyMessage]:
    """One message for all levels with the same name and number."""
    hearers: defaultdict[tuple[int, str], Hearers] = defaultdict(list)
    for audience, content in zip(audiences, contents, strict=True):
        for level in content.levels:
            hearers[level.number, normalise(restore(level.name))].append((audience, level))
    for (number, _), heard in sorted(hearers.items(), key=lambda entry: entry[0][0]):
        fields = [field for name, read in FIELDS.items() for field in _make_fields(name, read, heard)]
        yield StrategyMessage(restore(heard[0][1].name), number, None, (*fields, *_make_offers(heard, offers)))


def _make_fields(name: str, read: Callable[[Level], str], heard: Hearers) -> Iterator[MessageField]:
    """One line if all hear the same, or alternatives if these read back, or a line for each audience."""
    audiences, texts = [audience for audience, _ in heard], [restore(read(level)) for _, level in heard]
    if all(texts) and len(set(texts)) == 1:
        yield MessageField(name, None, (texts[0],))
    elif all(texts) and _reads_back(texts, audiences):
        yield MessageField(name, None, tuple(texts))
    else:
        own = zip(audiences, texts, strict=True)
        yield from (MessageField(name, audience.name, (text,)) for audience, text in own if text)


def _reads_back(texts: Sequence[str], audiences: Sequence[StrategyAudience]) -> bool:
    """Whether alternatives in quotes are read as these texts, each for its audience."""
    is_split = split_alternatives(write_alternatives(texts)) == texts
    return is_split and assign_texts(texts, audiences) == list(range(len(texts)))


def _make_offers(heard: Hearers, offers: Mapping[str, StrategyOffer]) -> Iterator[MessageField]:
    """One line if all get the same offers, or a line for each audience."""
    made: list[tuple[str | None, tuple[StrategyOffer, ...]]]
    made = [(audience.name, tuple(offers[id_] for id_ in level.offers)) for audience, level in heard]
    if len({own for _, own in made}) == 1:
        made = [(None, made[0][1])]
    yield from (MessageField("offer", audience, (), offers=own) for audience, own in made if own)
