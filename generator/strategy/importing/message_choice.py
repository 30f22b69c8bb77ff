"""What is said to a level of an audience, out of messages that are written for all audiences at once.

Where a line has several alternatives in quotes, each audience gets one, in the order of the document;
unless the words of the alternatives belong to the audiences the other way round.
"""

import re
from collections.abc import Sequence
from itertools import permutations
from typing import NamedTuple

from generator.strategy.documents.collector import Notes
from generator.strategy.documents.names import find_name
from generator.strategy.documents.strategy import Group, Message, Part, Rank, Strategy, fold, same_name

# How many words more have to speak for another order than for that of the document.
MARGIN = 2
MOST_PERMUTED = 4


class Words(NamedTuple):
    """What is said to a level. `headline` is None where the focus serves as one."""

    focus: str
    pain: str
    promise: str
    headline: str | None


def resolve_message(strategy: Strategy, group: Group, rank: Rank, notes: Notes) -> Words:
    """What is said to a level; what no message says is taken from the level itself, and reported."""
    spare = {"focus": rank.name, "pain": rank.symptoms[0].text, "promise": rank.keys[0].text}
    found: dict[str, str] = {}
    headline = _choose(strategy, group, rank, "headline", 0, notes)
    for field, instead in spare.items():
        text = _choose(strategy, group, rank, field, 0, notes)
        if text is None and strategy.messages and not find_messages(strategy, group, rank) and field == "focus":
            notes.warn(rank.line, f"no message is for level {rank.number}, {rank.name}, of '{group.name}'.",
                       "Its own words serve as one.")  # fmt: skip
        found[field] = text or instead
    return Words(
        found["focus"], found["pain"], found["promise"], headline or _choose(strategy, group, rank, "focus", 1, notes)
    )


def find_messages(strategy: Strategy, group: Group, rank: Rank) -> list[Message]:
    """The messages for a level of an audience, those for this audience alone first."""
    named = {fold(other.name) for any_group in strategy.groups for other in any_group.ranks}
    found = []
    for message in strategy.messages:
        if message.audience and not is_named(strategy, group, message.audience):
            continue
        by_name = not message.name or same_name(message.name, rank.name)
        by_number = message.number is None or message.number == rank.number
        unknown = fold(message.name) not in named and message.number is not None
        if (by_name and by_number) or (unknown and by_number):
            found.append(message)
    return sorted(found, key=lambda message: message.audience is None)


def is_named(strategy: Strategy, group: Group, name: str) -> bool:
    """Whether a name is that of an audience."""
    index = find_name(name, [(other.name, *other.aliases) for other in strategy.groups])
    return index is not None and strategy.groups[index].name == group.name


def find_parts(strategy: Strategy, group: Group, rank: Rank, field: str) -> list[Part]:
    """The lines for a field, those for this audience alone first."""
    parts = [part for message in find_messages(strategy, group, rank) for part in message.parts if part.field == field]
    fitting = [part for part in parts if part.audience is None or is_named(strategy, group, part.audience)]
    return sorted(fitting, key=lambda part: part.audience is None)


def _choose(strategy: Strategy, group: Group, rank: Rank, field: str, extra: int, notes: Notes) -> str | None:
    """The alternative for an audience; `extra` 1 asks for one more, where there are more than audiences."""
    parts = find_parts(strategy, group, rank, field)
    if not parts:
        return None
    part = parts[0]
    hearers = [
        other
        for other in strategy.groups
        for its in other.ranks
        if part in find_parts(strategy, other, its, field)[:1] and same_message(strategy, other, its, part)
    ]
    position = next(index for index, other in enumerate(hearers) if other.name == group.name)
    order = assign(part.texts, hearers)
    if extra:
        more = order[len(hearers) + position :: len(hearers)] if len(part.texts) > len(hearers) else ()
        if len(more) > 1:
            notes.warn(part.line, f"'{field.capitalize()}' has more alternatives than fit.", "Some are left out.")
        return part.texts[more[0]] if more else None
    if 1 < len(part.texts) < len(hearers) and not extra:
        what = f"'{field.capitalize()}' has {len(part.texts)} alternatives for {len(hearers)} audiences."
        notes.warn(part.line, what, "The last one is for the rest.")
    elif order[: len(hearers)] != list(range(len(part.texts)))[: len(hearers)]:
        pairs = ", ".join(
            f"'{part.texts[index]}' to {other.name}" for index, other in zip(order, hearers, strict=False)
        )
        notes.warn(part.line, f"by their words, the alternatives go {pairs}.",
                   "To say otherwise, write the audience behind each, in parentheses.")  # fmt: skip
    return part.texts[order[min(position, len(order) - 1)]]


def same_message(strategy: Strategy, group: Group, rank: Rank, part: Part) -> bool:
    """Whether a line is among the messages of a level."""
    return any(part in message.parts for message in find_messages(strategy, group, rank))


def assign(texts: Sequence[str], hearers: Sequence[Group]) -> list[int]:
    """Which alternative goes to which audience: the first number is that of the first audience."""
    plain = list(range(len(texts)))
    if len(texts) != len(hearers) or not 1 < len(texts) <= MOST_PERMUTED:
        return plain
    vocabularies = [_vocabulary(group) for group in hearers]
    own = [words.difference(*(other for other in vocabularies if other is not words)) for words in vocabularies]

    def fit(order: Sequence[int]) -> int:
        return sum(len(_stems(texts[index]) & words) for index, words in zip(order, own, strict=True))

    best = max(permutations(plain), key=fit)
    return list(best) if fit(best) >= fit(plain) + MARGIN else plain


def _vocabulary(group: Group) -> set[str]:
    texts = [group.name, *group.aliases, *(said.text for said in group.questions)]
    for rank in group.ranks:
        texts += [point.text for points in (rank.symptoms, rank.keys, rank.success) for point in points]
        texts += [said.text for said in rank.guide]
    return {stem for text in texts for stem in _stems(text)}


def _stems(text: str) -> set[str]:
    words = re.findall(r"[^\W\d_]{3,}", text.casefold())
    return {re.sub(r"(?:ing|ed|er|s)$", "", word) for word in words}
