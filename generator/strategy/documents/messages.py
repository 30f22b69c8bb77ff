"""Reads the messages of a strategy document: focus, pain, promise and offer, level by level."""

import re
from collections.abc import Iterator, Sequence

from generator.diagnostics.diagnostic import suggest
from generator.strategy.documents.collector import Notes, shorten
from generator.strategy.documents.markdown_tree import Block, Section
from generator.strategy.documents.names import find_levels
from generator.strategy.documents.offers import parse_offers
from generator.strategy.documents.strategy import Message, Part, Point

FIELDS = {"focus": "focus", "pain": "pain", "pains": "pain", "pain point": "pain", "pain points": "pain",
          "promise": "promise", "offer": "offer", "offers": "offer", "headline": "headline"}  # fmt: skip
LINE = re.compile(
    r"(?:\*\*|__)?\s*(?P<field>[^:*_()]{1,40}?)\s*(?:\((?P<audience>[^()]*)\))?\s*"
    r"(?::\s*(?:\*\*|__)|(?:\*\*|__)\s*:|:)\s*(?P<text>.*)"
)
LEVEL = re.compile(r"\s*\(?\b(?:level|tier)\s*#?\s*\d+\)?\s*[:.–—-]?\s*", re.IGNORECASE)
OPENING, CLOSING = '"“„«「『', '"”“»」』'
JOINT = re.compile(rf"[{CLOSING}](?P<label>\s*\([^()]*\))?\s*(?:,?\s*\bor\b|/|\||,|;)\s*[{OPENING}]")
LABELLED = re.compile(rf"[{CLOSING}]\s*\(([^()]*)\)$")


def read_messages(section: Section, notes: Notes) -> Iterator[Message]:
    """The messages of a section. Those below a subheading that is no general one are for that audience."""
    for block in section.blocks:
        yield from _read_message(block, None, notes)
    for child in section.sections:
        if find_levels(child.title):
            for block in _titled(child):
                yield from _read_message(block, None, notes)
            continue
        general = re.search(r"messag|level", child.title, re.IGNORECASE)
        audience = None if general else re.sub(r"^for\s+", "", child.title.rstrip(":"), flags=re.IGNORECASE)
        for block in child.blocks:
            yield from _read_message(block, audience, notes)
        for deeper in child.sections:
            for block in _titled(deeper):
                yield from _read_message(block, audience, notes)


def _titled(section: Section) -> list[Block]:
    first, *more = section.blocks or [Block(None, "", section.line)]
    return [first._replace(label=section.title, line=section.line), *more] if first.label is None else section.blocks


def _read_message(block: Block, audience: str | None, notes: Notes) -> Iterator[Message]:
    if not block.points:
        if block.label:
            notes.warn(block.line, f"the message '{block.label}' is empty.", "Add - Focus: ... and so on.")
        else:
            notes.warn(block.line, f"'{shorten(block.text)}' has no place in the messages.", "It is left out.")
        return
    if block.label is None:
        notes.warn(block.line, "these lines do not say which level they are for.",
                   "They are left out. Write **Name (Level 1):** above them.")  # fmt: skip
        return
    numbers = find_levels(block.label)
    name = LEVEL.sub(" ", block.label).strip(" :")
    parts = tuple(part for point in block.points for part in _read_part(point, notes))
    seen: set[tuple[str, str | None]] = set()
    for part in parts:
        if (part.field, part.audience) in seen:
            notes.warn(
                part.line, f"'{part.field.capitalize()}' is here twice for '{block.label}'.", "The first counts."
            )
        seen.add((part.field, part.audience))
    for field in ("focus", "pain", "promise", "offer"):
        if not any(part.field == field for part in parts):
            notes.warn(block.line, f"the message '{block.label}' has no '{field.capitalize()}'.",
                       f"Add - {field.capitalize()}: ...")  # fmt: skip
    yield Message(name, numbers[0] if numbers else None, audience, parts, block.line)


def _read_part(point: Point, notes: Notes) -> Iterator[Part]:
    match = LINE.fullmatch(point.text)
    field = FIELDS.get(match["field"].strip().casefold()) if match else None
    if match is None or field is None:
        words = match["field"] if match else point.text[:60]
        known = [name.capitalize() for name in ("focus", "pain", "promise", "offer")]
        notes.warn(point.line, f"'{words}' is no part of a message.", f"It is left out. {suggest(words, known)}")
        return
    text, audience = match["text"].strip(), match["audience"]
    if field == "offer":
        yield Part(field, audience, (), point.line, parse_offers(text, point.line, point.points))
        return
    if not text:
        notes.warn(point.line, f"'{field.capitalize()}' is empty.", "Write what it says.")
        return
    if audience:
        yield Part(field, audience, (unquote(text),), point.line)
        return
    plain: list[str] = []
    for alternative, label in split_alternatives(text):
        if label:
            yield Part(field, label, (alternative,), point.line)
        else:
            plain.append(alternative)
    if plain:
        yield Part(field, None, tuple(plain), point.line)


def split_alternatives(text: str) -> list[tuple[str, str | None]]:
    """`"One" or "Another" (Founders)` as its texts, each with the audience behind it."""
    labelled = LABELLED.search(text)
    if not text or text[0] not in OPENING or not (text[-1] in CLOSING or labelled):
        return [(text, None)]
    found: list[tuple[str, str | None]] = []
    begun = 1
    for joint in JOINT.finditer(text):
        if joint.start() < begun:
            continue
        label = joint["label"].strip(" ()") if joint["label"] else None
        found.append((text[begun : joint.start()], label))
        begun = joint.end()
    end = labelled.start() if labelled else len(text) - 1
    found.append((text[begun:end], labelled[1].strip() if labelled else None))
    return found


def write_alternatives(texts: Sequence[str]) -> str:
    """Alternatives in quotes, or one text as it is; in quotes as well if it would be read as something else."""
    if len(texts) == 1 and split_alternatives(texts[0]) == [(texts[0], None)] and unquote(texts[0]) == texts[0]:
        return texts[0]
    return " or ".join(f'"{text}"' for text in texts)


def unquote(text: str) -> str:
    """A text without the quotes around all of it."""
    return text[1:-1] if len(text) > 2 and text[0] in OPENING and text[-1] in CLOSING else text
