"""Which message is for which level and audience.

Messages are written for all audiences at once. If a line has several alternatives in quotes, each audience gets one, in
the order of the document, unless their words clearly belong to the audiences in another order.
"""

from collections.abc import Sequence
from itertools import permutations

from generator.diagnostics.collector import DiagnosticCollector
from generator.formats.facts import stem_words
from generator.formats.names import match_name, normalise
from generator.formats.plain_text import mark_stub
from generator.i18n.editor_words import EditorWords
from generator.strategy.documents.model import MessageField, Strategy, StrategyAudience, StrategyLevel, StrategyMessage

# How many more words have to fit before another order than the document's is chosen.
MARGIN = 2
MOST_PERMUTED = 4


def resolve_message(
    strategy: Strategy, audience: StrategyAudience, level: StrategyLevel, words: EditorWords,
    collector: DiagnosticCollector,
) -> dict[str, str]:  # fmt: skip
    """What is said to a level: its focus, pain, promise and headline. What no message says is taken from the level,
    as a stub.
    """
    pains, promises = (
        [mark_stub(listed[0].text if listed else words.start(name))]
        for listed, name in ((level.symptoms, "pain"), (level.keys, "promise"))
    )
    own = {"focus": [mark_stub(level.name)], "pain": pains, "promise": promises, "headline": []}
    is_addressed = any(find_field(strategy, audience, level, name) for name in (*own, "offer"))
    # A message without any line has been reported already.
    if strategy.messages and not is_addressed and all(message.fields for message in find_messages(strategy, level)):
        message = f"no message is for level {level.number}, {level.name}, of '{audience.name}'."
        collector.warn("message-missing", level.line, message, "Its own words serve as one.")
    texts: dict[str, list[str]] = {}
    for name, default in own.items():
        chosen = _choose_texts(strategy, audience, level, name, collector)
        texts[name] = [text for text in chosen if text] or default
    # A focus that is left over when each audience has one is a headline.
    focus, *more = texts["focus"]
    texts["headline"] = [*texts["headline"], *more, focus]
    return {name: found[0] for name, found in texts.items()}


def find_messages(strategy: Strategy, level: StrategyLevel) -> list[StrategyMessage]:
    """The messages to a level. Some of their lines may be for other audiences."""
    names = {normalise(other.name) for _, other in strategy.all_levels()}
    own = normalise(level.name)

    def fits(message: StrategyMessage) -> bool:
        name = normalise(message.name)
        if message.number is None:
            return name in ("", own)
        return message.number == level.number and (name in ("", own) or name not in names)

    return list(filter(fits, strategy.messages))


def find_field(strategy: Strategy, audience: StrategyAudience, level: StrategyLevel, name: str) -> MessageField | None:
    """The line with this name in the messages to a level: one for the audience alone, or else one for all."""
    fields = [field for message in find_messages(strategy, level) for field in message.fields if field.name == name]
    own = (field for field in fields if field.audience and _is_named(strategy, audience, field.audience))
    return next(own, next((field for field in fields if field.audience is None), None))


def _is_named(strategy: Strategy, audience: StrategyAudience, name: str) -> bool:
    index = match_name(name, [other.names for other in strategy.audiences])
    return index is not None and strategy.audiences[index].name == audience.name


def _choose_texts(
    strategy: Strategy, audience: StrategyAudience, level: StrategyLevel, name: str, collector: DiagnosticCollector
) -> list[str]:
    """The text of a field for an audience, and one that is left over for it if there are more than audiences."""
    field = find_field(strategy, audience, level, name)
    if field is None:
        return []
    hearers = [other for other, its in strategy.all_levels() if find_field(strategy, other, its, name) == field]
    place = next(index for index, other in enumerate(hearers) if other.name == audience.name)
    count, texts = len(hearers), field.texts
    if 1 < len(texts) < count:
        message = f"'{name.capitalize()}' has {len(texts)} alternatives for {count} audiences."
        collector.warn("too-few-alternatives", field.line, message, "The last one is for the rest.")
    order = assign_texts(texts, hearers)
    if order != sorted(order):
        pairs = ", ".join(f"'{texts[index]}' to {other.name}" for index, other in zip(order, hearers, strict=True))
        message = f"by their words, the alternatives go {pairs}."
        hint = f"To say otherwise, write a line for each audience: {name.capitalize()} ({audience.name}): ..."
        collector.warn("alternatives-reordered", field.line, message, hint)
    left_over = texts[count + place :: count] if name == "focus" else ()
    if len(left_over) > 1:
        message = f"'{name.capitalize()}' has more alternatives than fit."
        collector.warn("too-many-alternatives", field.line, message, "Some are left out.")
    return [texts[order[min(place, len(order) - 1)]], *left_over[:1]]


def assign_texts(texts: Sequence[str], hearers: Sequence[StrategyAudience]) -> list[int]:
    """The index of the text for each audience, if there are as many of both; else the order of the texts."""
    plain = list(range(len(texts)))
    if len(texts) != len(hearers) or len(texts) > MOST_PERMUTED:
        return plain
    vocabularies = []
    for audience in hearers:
        sources = [source for level in audience.levels for source in (*level.walk_bullets(), *level.signs)]
        texts_there = (source.text for source in (*audience.questions, *sources))
        vocabularies.append(stem_words(" ".join([*audience.names, *texts_there])))
    own = [words.difference(*(other for other in vocabularies if other is not words)) for words in vocabularies]

    def count_own_words(order: Sequence[int]) -> int:
        return sum(len(stem_words(texts[index]) & words) for index, words in zip(order, own, strict=True))

    best = max(permutations(plain), key=count_own_words)
    return list(best) if count_own_words(best) >= count_own_words(plain) + MARGIN else plain
