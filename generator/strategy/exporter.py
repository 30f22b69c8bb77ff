"""Content becomes a strategy again: the reverse of `importing.importer`.

What the form of a document has no place for is left out: summaries, opening texts, most answers of a quiz. An import
into the same content keeps all of it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from generator.content.model import Audience, Content, Level, Site
from generator.files.tree import Tree
from generator.formats.document import Item, read_yaml
from generator.formats.figures import SYMBOLS, find_figures, write_amount
from generator.formats.markdown_tree import SourceText
from generator.formats.names import normalise
from generator.formats.plain_text import restore
from generator.formats.quotes import split_alternatives, write_alternatives
from generator.formats.ranges import parse_range
from generator.i18n.headings import find_kind
from generator.i18n.metric_words import write_range, write_short_range
from generator.i18n.module_words import Modules
from generator.schema.audience import Metric
from generator.schema.curriculum import Stage
from generator.schema.level import Band
from generator.schema.offers import Offer, PriceRange
from generator.schema.quiz import Question
from generator.schema.strategy import StrategyFile
from generator.strategy.documents import model
from generator.strategy.documents.model import MessageField, Strategy
from generator.strategy.documents.ranges import Scale, derive_scale
from generator.strategy.importing.curriculum import find_module_topics, make_curriculum
from generator.strategy.importing.importer import PLACEHOLDER_DOMAIN, WEB
from generator.strategy.importing.message_choice import assign_texts
from generator.strategy.importing.quiz_proposal import list_own_questions

STRATEGY_FILE = "strategy.yaml"
# The lines of a message, in order.
FIELDS = ("focus", "headline", "pain", "promise", "offer")


def read_strategy_file(folder: Tree) -> StrategyFile:
    """The `strategy.yaml` of a valid content folder; an empty one if there is none."""
    if STRATEGY_FILE not in folder.paths():
        return StrategyFile()
    return msgspec.convert(read_yaml(folder, STRATEGY_FILE).data or {}, StrategyFile)


def make_strategy(content: Content, file: StrategyFile, path: str) -> Strategy:
    """The strategy of a content. `file` is what no page shows; `path` is the name of the document in reports."""
    site = content.site
    audiences = tuple(_make_audience(one, content.site.settings.language) for one in content.audiences)
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
        offers=_list_offers(content, offers),
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
    names = {find_kind(name, "facts", exact=True) or name.casefold(): name for name in file.facts}
    facts = dict(file.facts)
    for label, value in stated.items():
        name = names.get(label.casefold(), label)
        is_title = label == "Course" and name not in facts and value == file.title
        is_placeholder = value.rpartition("@")[2].removeprefix("https://").startswith(PLACEHOLDER_DOMAIN)
        if value and not is_title and not is_placeholder:
            facts[name] = value
    return facts


def _make_audience(audience: Audience, language: str) -> model.StrategyAudience:
    made = model.StrategyAudience(
        restore(audience.name),
        levels=tuple(_make_level(audience, level) for level in audience.levels),
        questions=tuple(map(_make_question, list_own_questions(audience.quiz, language))),
    )
    metric = audience.metric
    if metric is None or derive_scale(made) == Scale(
        metric, tuple(_find_band(metric, level) for level in audience.levels)
    ):
        return made
    facts = {"metric": metric.name, "unit": metric.unit, "period": metric.period, "short": metric.short,
             "counted": "whole" if metric.whole else None}  # fmt: skip
    return made._replace(facts={name: restore(text) for name, text in facts.items() if text})


def _make_question(question: Question) -> SourceText:
    """A question, with its answers if there is one for each level and no more."""
    answers = {option.level: option.text or "" for option in question.options if not question.draft}
    is_whole = all(answers.values()) and list(answers) == list(range(1, len(question.options) + 1))
    return SourceText(restore(question.text), children=_make_texts(list(answers.values()) if is_whole else ()))


def _find_band(metric: Metric | None, level: Level) -> Band | None:
    """The band of a level, if a document has words for it: it knows neither steps nor metrics that fall."""
    band = level.metric if isinstance(level.metric, Band) else None
    return band if metric and not metric.falls else None


def _make_level(audience: Audience, level: Level) -> model.StrategyLevel:
    metric, band = audience.metric, _find_band(audience.metric, level)
    return model.StrategyLevel(
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
    texts = ((restore(item.text), _make_bullets(item.items)) for item in items)
    return tuple(SourceText(text, children=below) for text, below in texts if text)


def read_offer(offer: Offer) -> model.StrategyOffer:
    """An offer as a document has it: its name and its price."""
    name, price = restore(offer.name), offer.price
    url = offer.action.url or ""
    own = model.StrategyOffer(name, None, per=restore(offer.per or ""), summary=restore(offer.summary or ""),
                              link=url if url.startswith(WEB) else "")  # fmt: skip
    if isinstance(price, str):
        return own._replace(price="free" if price == "free" else None)
    unit = SYMBOLS.get(offer.currency or "", offer.currency or "")
    ends = (price.low, price.high) if isinstance(price, PriceRange) else (price,)
    text = "-".join(write_amount(end, unit) for end in ends if end is not None)
    figures = find_figures(text + ("+" if None in ends else ""))
    was = find_figures(write_amount(offer.was, unit))[0] if offer.was else None
    return own._replace(price=figures[0] if figures else None, was=was)


def _list_offers(content: Content, offers: Mapping[str, model.StrategyOffer]) -> tuple[model.StrategyOffer, ...]:
    """All offers, if lines of messages do not say all of them."""
    made = {id_ for audience in content.audiences for level in audience.levels for id_ in level.offers}
    rest = [one for id_, one in offers.items() if id_ not in made or one.per or one.was or one.summary or one.link]
    return tuple(offers.values()) if rest else ()


def _make_stage(stage: Stage) -> model.StrategyStage:
    topics = tuple(map(restore, stage.topics))
    steps, outcomes = (stage.from_level, stage.to_level), _make_texts(stage.outcomes)
    return model.StrategyStage(restore(stage.name), stage.modules, *steps, outcomes, topics)


def _simplify_modules(strategy: Strategy, site: Site) -> Strategy:
    """The strategy without topics and names of modules that its keys to success state already, and with a list of
    modules only if something is missing without it.
    """
    topics = find_module_topics(strategy)
    stages = tuple(
        stage._replace(topics=()) if stage.topics == topics.get(stage.modules) else stage for stage in strategy.stages
    )
    short = strategy._replace(stages=stages)
    full = short._replace(modules=tuple((module.number, restore(module.name or "")) for module in site.modules))
    return short if make_curriculum(short, str) == make_curriculum(full, str) else full


def _make_messages(
    audiences: Sequence[model.StrategyAudience], contents: Sequence[Audience], offers: Mapping[str, model.StrategyOffer]
) -> Iterator[model.StrategyMessage]:
    """One message for all levels with the same name and number."""
    hearers: defaultdict[tuple[int, str], list[tuple[model.StrategyAudience, Level]]] = defaultdict(list)
    for audience, content in zip(audiences, contents, strict=True):
        for level in content.levels:
            hearers[level.number, normalise(restore(level.name))].append((audience, level))
    for (number, _), heard in sorted(hearers.items(), key=lambda entry: entry[0][0]):
        said = [_make_fields(audience.name, level, offers) for audience, level in heard]
        names = [audience for audience, _ in heard]
        fields = [_share([own[name] for own in said if name in own], names) for name in FIELDS]
        yield model.StrategyMessage(restore(heard[0][1].name), number, tuple(chain(*fields)))


def _make_fields(audience: str, level: Level, offers: Mapping[str, model.StrategyOffer]) -> dict[str, MessageField]:
    """The lines of the message that an audience hears at a level, by name."""
    headline = level.title if level.title != level.message.focus else ""
    texts = {**msgspec.structs.asdict(level.message), "headline": headline}
    stated = {name: restore(text) for name, text in texts.items()}
    fields = {name: MessageField(name, audience, (text,)) for name, text in stated.items() if text}
    if level.offers:
        fields["offer"] = MessageField("offer", audience, (), offers=tuple(offers[id_] for id_ in level.offers))
    return fields


def _share(fields: list[MessageField], hearers: Sequence[model.StrategyAudience]) -> list[MessageField]:
    """One line if all hear the same, or alternatives if these read back, or a line for each audience."""
    if len(fields) < len(hearers):
        return fields
    if len(shared := {field._replace(audience=None) for field in fields}) == 1:
        return [*shared]
    texts = [text for field in fields for text in field.texts]
    is_split = texts and split_alternatives(write_alternatives(texts)) == texts
    if is_split and assign_texts(texts, hearers) == list(range(len(texts))):
        return [MessageField(fields[0].name, None, tuple(texts))]
    return fields
