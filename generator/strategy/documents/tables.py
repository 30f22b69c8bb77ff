"""The tables of a strategy document, put into the sections of levels, questions and modules that its form has.

Each cell says something about one level of one audience. What the table does not say of the two, its headings do.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.diagnostics.collector import DiagnosticCollector, shorten
from generator.diagnostics.diagnostic import suggest
from generator.formats.markdown_tables import Table, split_cell
from generator.formats.markdown_tree import Block, SectionNode, SourceText
from generator.formats.names import match_name, normalise
from generator.formats.ranges import name_range, parse_range
from generator.i18n.headings import find_kind, strip_audience, strip_for
from generator.i18n.level_words import is_level, parse_level
from generator.i18n.module_words import EVERY
from generator.strategy.documents import table_sections
from generator.strategy.documents.columns import KEYS, Column, Known, Place, find_place, orient, read_columns, read_keys
from generator.strategy.documents.levels import LISTS
from generator.strategy.documents.model import StrategyOffer
from generator.strategy.documents.structure import has_parts

# What has one text, and what may have several.
SINGLE = ("tagline", "metric", "measure", "modules", "focus", "headline", "pain", "promise")
PARTS = (*LISTS, *SINGLE, "offer")


class Fact(NamedTuple):
    """What a cell says of a level, which is as the document names it. `audience` is None for all."""

    audience: SectionNode | None
    level: str
    kind: str
    parts: Sequence[str]
    line: int
    may_begin: bool = False


def place_tables(top: SectionNode, collector: DiagnosticCollector) -> list[StrategyOffer]:
    """Moves what tables say into sections for it, and returns their offers."""
    return _Placer(top, collector).place()


class _Placer:
    """Places the tables of one document."""

    def __init__(self, top: SectionNode, collector: DiagnosticCollector) -> None:
        self.top = top
        self.collector = collector
        self.title = next((one for one in top.sections[:1] if one.depth == 1), None)
        self.audiences = [
            one for one in top.walk() if any(is_level(sub.title) and has_parts(sub) for sub in one.sections)
        ]
        self.facts: list[Fact] = []
        self.offers: list[StrategyOffer] = []

    @property
    def known(self) -> Known:
        titles = [section.title for audience in self.audiences for section in audience.sections]
        levels = [normalise(parse_level(text)[1]) for text in (*titles, *(fact.level for fact in self.facts))]
        return Known([level for level in levels if level], [strip_audience(one.title) for one in self.audiences])

    def place(self) -> list[StrategyOffer]:
        # What is about all audiences comes after what says who they are.
        paths = sorted(self.top.walk_paths(), key=lambda path: any(find_kind(one.title, "sections") for one in path))
        for path in paths:
            section = path[-1]
            tables = [block for block in section.blocks if block.table]
            section.blocks[:] = [one._replace(table=None) for one in section.blocks if one.table is None or one.text]
            for block in tables:
                self._read(block, [one for one in path[1:] if one is not self.title])
            is_left = section.blocks or section.sections or is_level(section.title)
            if tables and not is_left and section not in (self.top, self.title, *self.audiences):
                path[-2].sections.remove(section)
        for fact in sorted(self.facts, key=lambda fact: not fact.may_begin):
            self._add(fact)
        return self.offers

    def _read(self, block: Block, path: Sequence[SectionNode]) -> None:
        assert block.table
        table = orient(block.table)
        is_message = any(find_kind(one.title, "sections") == "messages by level" for one in path)
        columns = read_columns(table, ("message", "level") if is_message else ("level", "message"), self.known)
        roles = {column.role for column in columns}
        described = {"symptoms", "keys", "success"} & roles
        place = find_place(block.label, path, exact=bool(described - {"success"}))
        if "question" in roles:
            for audience, asked in table_sections.read_questions(table, columns, self.known).items():
                found = self._find_audience(audience, table.line, place)
                names = [strip_audience(one.title) for one in ([found] if found else self.audiences)]
                self.top.sections.append(table_sections.write_questions(names, asked))
        elif place.section == "mapping of modules" or (columns[0].role == "modules" and not described):
            section, taught = table_sections.read_modules(table, columns)
            self.top.sections.append(section)
            self.facts += (Fact(None, level, "modules", [text], table.line) for level, text in taught)
        elif place.section == "offers" or ("price" in roles and not described):
            for offer, audience, levels in table_sections.read_offers(table, columns):
                self.offers.append(offer)
                found = self._find_audience(audience, offer.line, place) if audience else None
                self.facts += (Fact(found, level, "offer", [offer.name], offer.line) for level in levels)
        else:
            self._read_levels(table, columns, place)

    def _read_levels(self, table: Table, columns: list[Column], place: Place) -> None:
        """Adds what each cell of a table says of a level."""
        columns = [_find_measure(one, [row[one.at].text for row in table.rows[1:]]) for one in columns]
        told = [one for one in columns if one.role in PARTS or (place.kind and (one.level or one.audience))]
        if not told and not {"level", "name"} & {one.role for one in columns}:
            heads = ", ".join(f"'{shorten(one.head)}'" for one in columns if one.head)
            message = f"no column of this table is known: {heads}."
            hint = "Name its columns or rows Level, Symptoms, Keys to success, and so on."
            self.collector.warn_left_out("unknown-table", table.line, message, hint)
            return
        others = columns[0 if columns[0].is_known else 1 :]
        told += [one for one in others if one not in told and one.role not in (*KEYS, "price") and one.head]
        price = next((one.at for one in columns if one.role == "price"), None)
        for keys, row in read_keys(columns, table, self.known):
            level = place.level or keys.get("level", "")
            audience = self._find_audience(keys.get("audience", ""), row[0].line, place)
            if level and place.may_begin and not place.level:
                self.facts.append(Fact(audience, level, "", [], row[0].line, True))
            for one in told:
                kind, line = one.role if one.role in PARTS else place.kind, row[one.at].line
                if one.role not in PARTS and not (kind and (one.level or one.audience)):
                    kind, line = one.head, one.line  # what it is not known as is reported where it is read
                parts = split_cell(row[one.at].text, kind not in SINGLE)
                if kind == "measure":
                    kind, parts = "metric", [name_range(part, one.head) for part in parts]
                elif kind == "offer" and price is not None and row[price].text:
                    parts = [f"{part} ({row[price].text})" for part in parts]
                own = self._find_audience(one.audience, line, place) if one.audience else audience
                if parts and kind:
                    self.facts.append(Fact(own, one.level or level, kind, parts, line, place.may_begin))

    def _find_audience(self, name: str, line: int, place: Place) -> SectionNode | None:
        """The section of an audience that a cell or a heading names; None for all audiences."""
        made = None
        if not name:
            around = next((one for one in reversed(place.path) if one in self.audiences), None)
            if around or place.heading is None:
                return around
            made, name = place.heading, strip_for(strip_audience(place.heading.title))
        at = match_name(name, [(one,) for one in self.known.audiences])
        if at is not None:
            return self.audiences[at]
        if made and not place.may_begin:
            hint = f"This part is left out. {suggest(name, self.known.audiences)}"
            self.collector.warn("unknown-audience", made.line, f"no audience is named '{name}'.", hint)
            return made
        if made is None:
            made = SectionNode(2, name, line, [], [])
            self.top.sections.append(made)
        self.audiences.append(made)
        return made

    def _add(self, fact: Fact) -> None:
        """Puts a fact into the section of its level, in each audience that it is about."""
        if not self.audiences:
            self.audiences.append(SectionNode(2, self.title.title if self.title else "Visitors", fact.line, [], []))
            self.top.sections.extend(self.audiences)
        audiences = [fact.audience] if fact.audience else self.audiences
        levels = [level for one in audiences for level in _find_levels(one, fact.level)]
        if not levels and fact.level and fact.may_begin:
            levels = [_begin_level(one, fact) for one in audiences]
        if not levels and fact.audience in (None, *self.audiences):
            what = f"'{shorten(fact.level)}' names no level." if fact.level else "this row does not name its level."
            self.collector.warn_left_out("row-without-level", fact.line, what, "Write its number and its name.")
        is_list = fact.kind not in SINGLE
        bullets = tuple(SourceText(part, fact.line) for part in fact.parts) if is_list else ()
        label = "cost of staying" if fact.kind == "pain" else fact.kind  # it means one thing only
        for level in levels if fact.kind else ():
            level.blocks.append(Block(label, "" if is_list else fact.parts[0], fact.line, bullets))


def _find_measure(column: Column, texts: Sequence[str]) -> Column:
    """A column of nothing but ranges, whatever its name, is what the levels are measured in."""
    ranges = [parse_range(text, 0) for text in texts if text]
    is_range = len(ranges) > 1 and all(one and one.text.startswith(one.figure.text.strip()) for one in ranges)
    return column if column.is_known or not is_range else column._replace(role="measure")


def _find_levels(audience: SectionNode, name: str) -> Iterator[SectionNode]:
    """The sections for a level of an audience: by its number, or by its name."""
    number, words = parse_level(name)
    for section in filter(lambda section: is_level(section.title), audience.sections):
        own, title = parse_level(section.title)
        is_same = own == number if number is not None else normalise(title) == normalise(words)
        if is_same or name == EVERY:
            yield section


def _begin_level(audience: SectionNode, fact: Fact) -> SectionNode:
    number, name = parse_level(fact.level)
    last = max([parse_level(one.title)[0] or 0 for one in audience.sections], default=0)
    title = f"Level {last + 1 if number is None else number}: {name}"
    audience.sections.append(SectionNode(audience.depth + 1, title, fact.line, [], []))
    return audience.sections[-1]
