"""Reads one level of a strategy document: `### Level 2: SURVIVING ($10K-$50K MRR)` and what is below it."""

import re
from collections.abc import Iterator

from generator.diagnostics.diagnostic import suggest
from generator.formats.figures import find_figures
from generator.strategy.documents.collector import Notes, shorten
from generator.strategy.documents.markdown_tree import Block, Section
from generator.strategy.documents.modules import parse_modules
from generator.strategy.documents.ranges import parse_measure
from generator.strategy.documents.strategy import Measure, Point, Rank

LEVEL = re.compile(r"level\s*#?\s*(?P<number>\d{1,3})\b\s*(?:[:.)–—-]+\s*)?(?P<name>.*)$", re.IGNORECASE)
STRAY = re.compile(r"level\b(?!s\b)(?!.*(?:→|->|=>))", re.IGNORECASE)
PARENTHESIS = re.compile(r"\s*\(((?:[^()]|\([^()]*\))*)\)\s*$")
LABELS = {
    "tagline": r"in short|tagline",
    "measure": r".*\b(?:metric|band|range)\b",
    "symptoms": r"symptoms?\b|pains?\b|frustrations?\b",
    "keys": r"keys?\b",
    "modules": r"modules?\b",
    "success": r"success\b",
}
NAMES = ("Currency Metric", "Symptoms", "Keys to Success", "Module Alignment", "In short")


def is_level(title: str) -> bool:
    """Whether a heading is that of a level, sound or not."""
    return STRAY.match(title.strip("* ")) is not None


def describes_level(section: Section) -> bool:
    """Whether a section says what a level is like. What is said to a level, or how to leave it, does not."""
    return any(_kind_of(block) in ("symptoms", "keys") for block in _blocks(section))


def read_rank(section: Section, notes: Notes) -> Rank | None:
    """One level. None, and an error, where its heading has no number or no name."""
    title = section.title.strip("* ")
    match = LEVEL.match(title)
    if match is None:
        notes.fail(section.line, f"the heading '{title}' has no level number.", "Write ### Level 1: NAME.")
        return None
    name, heading, tagline = _read_title(match["name"], section.line)
    if not name:
        notes.fail(section.line, f"level {match['number']} has no name.", f"Write ### Level {match['number']}: NAME.")
        return None
    rank = Rank(int(match["number"]), name, section.line, heading, tagline=tagline)
    seen: dict[str, int] = {}
    for block in _blocks(section):
        kind = _kind_of(block)
        if kind is None:
            _report_odd(block, notes)
            continue
        if kind in seen and kind in ("measure", "modules", "tagline"):
            notes.warn(block.line, f"'{block.label}' is here twice, first on line {seen[kind]}.", "The first counts.")
            continue
        seen.setdefault(kind, block.line)
        rank = _take(rank, kind, block, notes)
    return _check(rank, seen, notes)


def _read_title(text: str, line: int) -> tuple[str, Measure | None, str | None]:
    """The name in a heading, and what its parentheses say: a measure, or else half a line."""
    inside = PARENTHESIS.search(text)
    if inside:
        name = text[: inside.start()].strip()
        measure = parse_measure(inside[1], line)
        return name, measure, None if measure else inside[1].strip() or None
    parts = re.split(r"\s+[-–—|]\s+|:\s+", text, maxsplit=1)
    if len(parts) == 2 and find_figures(parts[1]):
        return parts[0].strip(), parse_measure(parts[1], line), None
    return text.strip(), None, None


def _blocks(section: Section) -> list[Block]:
    """The blocks of a level; a heading below it serves as a label."""
    blocks = list(section.blocks)
    for child in section.sections:
        first, *more = child.blocks or [Block(None, "", child.line)]
        if first.label is None:
            blocks += [first._replace(label=child.title.rstrip(":"), line=child.line), *more]
        else:
            blocks += [Block(child.title, "", child.line), first, *more]
    return [part for block in blocks for part in _split_plain(block)]


def _split_plain(block: Block) -> Iterator[Block]:
    """The lines of a text that are labels but for the bold: `Modules: 1-2`. The rest of the text follows them."""
    rest: list[str] = []
    for offset, line in enumerate(block.text.split("\n") if block.label is None else ()):
        name, colon, words = line.partition(":")
        if colon and words.strip() and _kind_of(Block(name, "", 0)) in ("measure", "modules", "tagline"):
            yield Block(name, words.strip(), block.line + offset)
        else:
            rest.append(line)
    text = "\n".join(rest).strip()
    if block.label is not None:
        yield block
    elif text or block.points:
        yield block._replace(text=text)


def _kind_of(block: Block) -> str | None:
    if block.label is None:
        return None
    return next((kind for kind, pattern in LABELS.items() if re.match(pattern, block.label, re.IGNORECASE)), None)


def _take(rank: Rank, kind: str, block: Block, notes: Notes) -> Rank:
    if kind in ("symptoms", "keys", "success"):
        points = _clean(block, notes)
        if block.text:
            notes.warn(block.line, f"'{block.label}' has text that is no bullet.", "It is taken for its first bullet.")
            points = (Point(" ".join(block.text.split()), block.line), *points)
        return rank._replace(**{kind: getattr(rank, kind) + points})
    text = " ".join([block.text, *(point.text for point in block.points)]).strip()
    text = " ".join(text.split())
    if kind == "measure":
        measure = parse_measure(text, block.line)
        if measure is None:
            notes.warn(
                block.line, f"'{text or block.label}' states no figure.", "Write it as $10,000 - $50,000 a month."
            )
            return rank._replace(tagline=rank.tagline or text or None)
        return rank._replace(measure=measure)
    if kind == "modules":
        modules = parse_modules(text, block.line)
        if modules is None:
            notes.warn(block.line, f"'{text or block.label}' names no modules.", "Write Modules 1-2, or All modules.")
        return rank._replace(modules=modules)
    return rank._replace(tagline=text or rank.tagline)


def _clean(block: Block, notes: Notes) -> tuple[Point, ...]:
    points = tuple(point for point in block.points if point.text)
    for point in block.points:
        if not point.text:
            notes.warn(point.line, "this bullet is empty.", "It is left out.")
    return points


def _report_odd(block: Block, notes: Notes) -> None:
    words = block.label or " ".join(block.text.split()) or (block.points[0].text if block.points else "")
    hint = f"It is left out. {suggest(words, NAMES)}" if block.label else "It is left out."
    notes.warn(block.line, f"'{shorten(words)}' has no place in a level.", hint)


def _check(rank: Rank, seen: dict[str, int], notes: Notes) -> Rank:
    for kind, name in (("symptoms", "symptoms"), ("keys", "keys to success")):
        if not getattr(rank, kind):
            line = seen.get(kind, rank.line)
            text = f"level {rank.number}, {rank.name}, lists no {name}."
            notes.fail(line, text, f"Add **{'Symptoms' if kind == 'symptoms' else 'Keys to Success'}:** and bullets.")
    if rank.measure is None and rank.heading is None and rank.tagline is None:
        notes.warn(
            rank.line, f"level {rank.number}, {rank.name}, says nothing of a range.", "Add **Currency Metric:**."
        )
    if rank.modules is None and "modules" not in seen:
        notes.warn(rank.line, f"level {rank.number}, {rank.name}, names no modules.", "Add **Module Alignment:**.")
    return rank
