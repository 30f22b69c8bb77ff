"""Reads the messages of a strategy document: focus, pain, promise and offer, level by level.

The offers are read from a line such as `Core course ($1,997 self-paced, $6,997 cohort)`.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from generator.diagnostics.diagnostic import suggest
from generator.formats.figures import Figure, find_figures
from generator.strategy.documents.collector import DiagnosticCollector, shorten
from generator.strategy.documents.markdown_tree import Block, SectionNode
from generator.strategy.documents.model import MessageField, SourceText, StrategyMessage, StrategyOffer
from generator.strategy.documents.names import find_level_numbers, split_at, split_list, strip_for

NEEDED = ("focus", "pain", "promise", "offer")
FIELD_NAMES = {"focus": "focus", "pain": "pain", "pains": "pain", "pain point": "pain", "pain points": "pain",
               "promise": "promise", "offer": "offer", "offers": "offer", "headline": "headline"}  # fmt: skip
FIELD = re.compile(
    r"(?P<bold>\*\*|__)?\s*(?P<name>[^:*_()]{1,40}?)\s*(?:\((?P<audience>[^()]*)\))?\s*"
    r"(?(bold)(?::\s*(?P=bold)|(?P=bold)\s*:)|:)\s*(?P<text>.*)"
)
LEVEL = re.compile(r"\s*\(?\b(?:level|tier)\s*#?\s*\d+\)?\s*[:.–—-]?\s*", re.IGNORECASE)
OPENING, CLOSING = '"“„«「『', '"”“»」』'
JOINT = re.compile(rf"[{CLOSING}]\s*(?:,?\s*\bor\b|/|\||,|;)\s*[{OPENING}]")
FREE = re.compile(r"free(?: of charge)?\b[\s:–—-]*", re.IGNORECASE)
PER = re.compile(
    r"\s*(?:/|\bper\b|\ba\b|\ban\b|\beach\b)\s*(year|yr|month|mo|week|day|person|seat)\b\.?", re.IGNORECASE
)
EDGES = " \t,;:–—-"


def read_messages(section: SectionNode, collector: DiagnosticCollector) -> Iterator[StrategyMessage]:
    """The messages of a section. Those below a subheading are for that audience, unless it is a general one."""
    parts: list[tuple[str | None, list[Block]]] = [(None, section.blocks)]
    for child in section.sections:
        is_general = find_level_numbers(child.title) or re.search(r"messag|level", child.title, re.IGNORECASE)
        parts.append((None if is_general else strip_for(child.title), child.named_blocks))
    for audience, block in ((audience, block) for audience, blocks in parts for block in blocks):
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


def _read_message(block: Block, audience: str | None, collector: DiagnosticCollector) -> StrategyMessage:
    label = block.label or ""
    fields = tuple(field for bullet in block.bullets for field in _read_field(bullet, audience, collector))
    seen: set[tuple[str, str | None]] = set()
    for field in fields:
        if (field.name, field.audience) in seen:
            message = f"'{field.name.capitalize()}' is here twice for '{label}'."
            collector.warn("message-field-twice", field.line, message, "The first counts.")
        seen.add((field.name, field.audience))
    for name in NEEDED:
        if not any(field.name == name for field in fields):
            message = f"the message '{label}' has no '{name.capitalize()}'."
            collector.warn("message-field-missing", block.line, message, f"Add - {name.capitalize()}: ...")
    number = next(iter(find_level_numbers(label)), None)
    return StrategyMessage(LEVEL.sub(" ", label).strip(" :"), number, fields, block.line)


def _read_field(bullet: SourceText, audience: str | None, collector: DiagnosticCollector) -> Iterator[MessageField]:
    match = FIELD.fullmatch(bullet.text)
    name = FIELD_NAMES.get(match["name"].strip().casefold()) if match else None
    if match is None or name is None:
        words = match["name"] if match else bullet.text[:60]
        hint = suggest(words, [known.capitalize() for known in NEEDED])
        collector.warn_left_out("message-field-unknown", bullet.line, f"'{words}' is not part of a message.", hint)
        return
    text, own = match["text"].strip(), match["audience"]
    if name == "offer":
        yield MessageField(name, own or audience, (), bullet.line, parse_offers(text, bullet.line, bullet.children))
    elif not text:
        collector.warn("message-field-empty", bullet.line, f"'{name.capitalize()}' is empty.", "Write its text.")
    else:
        texts = (unquote(text),) if own else tuple(split_alternatives(text))
        yield MessageField(name, own or audience, texts, bullet.line)


def split_alternatives(text: str) -> list[str]:
    """The texts of `"One" or "Another"`."""
    if not text or text[0] not in OPENING or text[-1] not in CLOSING:
        return [text]
    return JOINT.split(text[1:-1])


def write_alternatives(texts: Sequence[str]) -> str:
    """Alternatives in quotes. A single text has quotes only if it would be read as something else without."""
    if len(texts) == 1 and split_alternatives(texts[0]) == [texts[0]] and unquote(texts[0]) == texts[0]:
        return texts[0]
    return " or ".join(f'"{text}"' for text in texts)


def unquote(text: str) -> str:
    """A text without the quotes around it."""
    return text[1:-1] if len(text) > 2 and text[0] in OPENING and text[-1] in CLOSING else text


def parse_offers(text: str, line: int, bullets: tuple[SourceText, ...] = ()) -> tuple[StrategyOffer, ...]:
    """The offers of a line and of the bullets below it. A bullet is one offer, even with commas in it."""
    parts = [(part, line) for part in split_list(text)]
    parts += [(bullet.text, bullet.line) for bullet in bullets]
    return tuple(offer for part, number in parts for offer in _parse_part(part, number))


def _parse_part(part: str, line: int) -> Iterator[StrategyOffer]:
    """One offer, or as many as there are prices in the parentheses behind its name."""
    part = re.sub(r"^(?:and|or)\s+", "", part.strip()).rstrip(".")
    match = re.fullmatch(r"(.*?)\s*\(([^()]*)\)", part)
    base, inside = (match[1].strip(), match[2]) if match else (part, "")
    pieces = split_at(inside, ",")
    priced = [piece for piece in pieces if _find_money(piece) or FREE.fullmatch(piece)]
    if not base or not priced:
        name, price = _split_price(part)
        # The word alone is the name of something.
        yield StrategyOffer(_clean(name or part), price if name or price != "free" else None, line)
        return
    others = [piece for piece in pieces if piece not in priced]
    base += f" ({', '.join(others)})" if others else ""
    for name, price in map(_split_price, priced):
        yield StrategyOffer(_clean(f"{base}, {name}" if name else base), price, line)


def _split_price(text: str) -> tuple[str, Figure | Literal["free"] | None]:
    """The words of a text, and the price that stands anywhere in it."""
    money = _find_money(text)
    if money is None:
        free = FREE.match(text)
        return (text[free.end() :].strip(EDGES), "free") if free else (text.strip(EDGES), None)
    before, after = text[: money.start].strip(EDGES), text[money.end :]
    per = PER.match(after)
    if per:
        after = f"{after[per.end() :].strip(EDGES)}, per {per[1].lower()}"
    return (", " if per else " ").join(filter(None, (before, after.strip(EDGES)))), money


def _find_money(text: str) -> Figure | None:
    return next((figure for figure in find_figures(text) if figure.is_money), None)


def _clean(name: str) -> str:
    name = " ".join(name.split()).strip(EDGES)
    return name[:1].upper() + name[1:]
