"""Reads the messages of a strategy document: focus, pain, promise and offer, level by level.

The offers are read from a line such as `Core course ($1,997 self-paced, $6,997 cohort)`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from generator.diagnostics.collector import DiagnosticCollector, shorten
from generator.formats.markdown_tree import Block, SectionNode, SourceText
from generator.formats.names import match_name, split_list
from generator.formats.quotes import split_alternatives, unquote
from generator.formats.titles import clean_title
from generator.i18n.headings import find_kind, strip_for, suggest_name
from generator.i18n.level_words import LEVEL_WORD, find_level_numbers
from generator.i18n.prices import read_priced
from generator.strategy.documents.model import MessageField, StrategyAudience, StrategyMessage, StrategyOffer

NEEDED = ("focus", "pain", "promise", "offer")
FIELD = re.compile(
    r"(?P<bold>\*\*|__)?\s*(?P<name>[^:*_()]{1,40}?)\s*(?:\((?P<audience>[^()]*)\))?\s*"
    r"(?(bold)(?::\s*(?P=bold)|(?P=bold)\s*:)|:)\s*(?P<text>.*)"
)
LEVEL = re.compile(rf"\s*\(?{LEVEL_WORD}\s*#?\s*\d+\)?\s*[:.–—-]?\s*", re.IGNORECASE)


def read_messages(
    section: SectionNode, audiences: Sequence[StrategyAudience], collector: DiagnosticCollector
) -> Iterator[StrategyMessage]:
    """The messages of a section. Those below a subheading are for that audience, unless it is a general one."""
    for audience, block in _list_blocks(section, None, [level.name for one in audiences for level in one.levels]):
        if block.bullets and block.label is not None:
            yield _read_message(block, audience, collector)
        elif block.bullets:
            hint = "They are left out. Write **Name (Level 1):** above them."
            collector.warn("message-without-level", block.line, "these lines do not name their level.", hint)
        elif block.label:
            message = f"the message '{block.label}' is empty."
            collector.warn("message-empty", block.line, message, "Add - Focus: ... and so on.")
        else:
            message = f"'{shorten(block.text)}' has no place in the messages."
            collector.warn_left_out("unknown-block", block.line, message)


def _list_blocks(section: SectionNode, audience: str | None, levels: list[str]) -> Iterator[tuple[str | None, Block]]:
    """A block for each message below a heading, with the audience that the headings name."""
    yield from ((audience, block) for block in _join_parts(section.blocks))
    for child in section.sections:
        if find_level_numbers(child.title) or match_name(child.title, [(level,) for level in levels]) is not None:
            yield from ((audience, block) for block in _join_parts(child.titled_blocks))
        else:
            is_general = re.search(r"messag|level", child.title, re.IGNORECASE) or find_kind(child.title, "sections")
            yield from _list_blocks(child, None if is_general else strip_for(child.title), levels)


def _join_parts(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, with the labels for parts of a message as bullets of the label above them."""
    head: Block | None = None
    for block in blocks:
        if head and head.label and find_kind(block.label, "message", exact=True):
            part = SourceText(f"{block.label}: {block.text}".strip(), block.line, block.bullets)
            head = head._replace(bullets=(*head.bullets, part))
            continue
        if head:
            yield head
        head = block
    if head:
        yield head


def _read_message(block: Block, audience: str | None, collector: DiagnosticCollector) -> StrategyMessage:
    label = clean_title(block.label or "")
    fields = tuple(field for bullet in block.bullets for field in _read_field(bullet, audience, collector))
    seen: set[tuple[str, str | None]] = set()
    for field in fields:
        if (field.name, field.audience) in seen:
            message = f"'{field.name.capitalize()}' is here twice for '{label}'."
            collector.warn("message-field-twice", field.line, message, "The first counts.")
        seen.add((field.name, field.audience))
    for name in NEEDED:
        if len(fields) == len(block.bullets) and not any(field.name == name for field in fields):
            message = f"the message '{label}' has no '{name.capitalize()}'."
            collector.warn("message-field-missing", block.line, message, f"Add - {name.capitalize()}: ...")
    number = next(iter(find_level_numbers(label)), None)
    return StrategyMessage(LEVEL.sub(" ", label).strip(" :"), number, fields, block.line)


def read_fields(kind: str, block: Block, collector: DiagnosticCollector) -> Iterator[MessageField]:
    """The parts of a message in a block of a level: one of a kind, or several that its bullets name."""
    if any(_match_field(bullet) for bullet in block.bullets):
        for bullet in block.bullets:
            yield from _read_field(bullet, None, collector)
    elif kind == "offer":
        offers = parse_offers(" ".join(block.text.split()), block.line, block.bullets)
        yield MessageField(kind, None, (), block.line, offers)
    elif text := " ".join(" ".join([block.text, *(bullet.text for bullet in block.bullets)]).split()):
        yield MessageField(kind, None, (unquote(text),), block.line)


def _match_field(bullet: SourceText) -> tuple[str, re.Match[str]] | None:
    match = FIELD.fullmatch(bullet.text)
    name = find_kind(match["name"], "message", exact=True) if match else None
    return (name, match) if match and name else None


def _read_field(bullet: SourceText, audience: str | None, collector: DiagnosticCollector) -> Iterator[MessageField]:
    found = _match_field(bullet)
    if found is None:
        words = bullet.text.partition(":")[0][:60]
        hint = suggest_name(words, "message")
        collector.warn_left_out("message-field-unknown", bullet.line, f"'{words}' is not part of a message.", hint)
        return
    name, match = found
    text, own = match["text"].strip(), match["audience"]
    if name == "offer":
        yield MessageField(name, own or audience, (), bullet.line, parse_offers(text, bullet.line, bullet.children))
        return
    text = " ".join([text, *(child.text for child in bullet.children)]).strip()
    if text:
        texts = (unquote(text),) if own else tuple(split_alternatives(text))
        yield MessageField(name, own or audience, texts, bullet.line)
    else:
        collector.warn("message-field-empty", bullet.line, f"'{name.capitalize()}' is empty.", "Write its text.")


def parse_offers(text: str, line: int, bullets: tuple[SourceText, ...] = ()) -> tuple[StrategyOffer, ...]:
    """The offers of a line and of the bullets below it. A bullet is one offer, even with commas in it."""
    parts = [(part, line) for part in split_list(text)]
    parts += [(bullet.text, bullet.line) for bullet in bullets]
    return tuple(StrategyOffer(*found, line=number) for part, number in parts for found in read_priced(part))
