"""Reads a strategy document, in whichever of the spellings that the form allows.

Audiences are the sections whose subsections are levels. Every other section is known by its title, and may be missing.
What is missing, odd or left out is a warning. It is an error if it is unclear who climbs which levels.
"""

import re
from collections.abc import Iterable, Iterator

from generator.diagnostics.collector import DiagnosticCollector
from generator.diagnostics.diagnostic import Diagnostic, fold, has_errors, sort_diagnostics
from generator.formats.facts import join_words
from generator.formats.markdown_tree import Block, SectionNode
from generator.formats.names import normalise, strip_front, title_case
from generator.formats.titles import strip_count
from generator.i18n.headings import find_kind, strip_audience, suggest_name
from generator.i18n.level_words import is_level
from generator.strategy.documents.assessment import read_assessment
from generator.strategy.documents.levels import check_levels, read_level
from generator.strategy.documents.messages import parse_offers, read_messages
from generator.strategy.documents.model import Strategy, StrategyAudience, StrategyLevel, StrategyMessage, StrategyOffer
from generator.strategy.documents.modules import read_stages
from generator.strategy.documents.structure import describes_level, read_structure
from generator.strategy.documents.tables import place_tables

LEVEL_LIST, CONTAINER = "level list", "audiences"
MORE = "And {} more like this."
SECTIONS = ("self-assessment", "messages by level", "success metrics", "mapping of modules", "offers")
LISTED_LEVEL = re.compile(
    r"(?:\*\*|__)?(?P<name>[^*_].*?)(?:\*\*|__)?\s*(?:\s[-–—]\s|:(?:\*\*)?\s)\s*(?P<tagline>\S.*)"
)
ITALIC = re.compile(r"([*_])(?!\1)(.+)\1")
AUDIENCE_FACTS = ("metric", "unit", "period", "short", "counted")


def read_strategy(text: str, path: str) -> tuple[Strategy | None, list[Diagnostic]]:
    """The document and its diagnostics; None if it cannot be understood."""
    collector = DiagnosticCollector(path)
    strategy = _Reader(collector).read(read_structure(text))
    diagnostics = _fold(collector.diagnostics)
    return (None if has_errors(diagnostics) else strategy), diagnostics


def _fold(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    """One for each cause: what is said in the same words again is counted, and so is what many levels lack."""
    missing = [one for one in diagnostics if one.code.endswith("-missing")]
    others = [one for one in diagnostics if one not in missing]
    once = fold(others, lambda one: (one.code, one.message), MORE, most=1)
    return sort_diagnostics([*once, *fold(missing, lambda one: one.code, MORE)])


class _Reader:
    """Sorts the sections of one document, and reads them."""

    def __init__(self, collector: DiagnosticCollector) -> None:
        self.collector = collector
        self.title = ""
        self.facts: dict[str, str] = {}
        self.about: list[str] = []
        # Name, number and tagline of each level in the list of levels.
        self.listed: list[tuple[str, int | None, str]] = []
        self.audiences: list[SectionNode] = []
        self.others: dict[str, list[SectionNode]] = {kind: [] for kind in SECTIONS}

    def read(self, top: SectionNode) -> Strategy:
        path = self.collector.path
        offers = place_tables(top, self.collector)
        notes = tuple(_take_notes(top))
        for section in top.sections:
            self._sort(section, is_first=section is top.sections[0])
        self._read_head(top.blocks)
        if not self.title:
            hint = "Begin it with a line such as # Name of the course."
            self.collector.warn("title-missing", 1, "the document has no title.", hint)
        audiences = self._read_audiences()
        if not audiences:
            self._report_no_audience(top)
        if has_errors(self.collector.diagnostics):
            return Strategy(path, self.title)  # whatever else there is to say follows from these errors
        others = self.others
        read_assessment(others["self-assessment"], others["success metrics"], audiences, self.collector)
        sections = others["messages by level"]
        messages = [one for section in sections for one in read_messages(section, audiences, self.collector)]
        stages, modules = read_stages(others["mapping of modules"], audiences, self.collector)
        audiences = [self._complete(audience, messages) for audience in audiences]
        own = [_own_message(audience, level) for audience in audiences for level in audience.levels if level.message]
        offers += [offer for section in others["offers"] for offer in _read_offers(section)]
        messages = [_price_offers(message, offers) for message in (*own, *messages)]
        self._report_missing(audiences, messages, bool(offers))
        return Strategy(path, self.title, self.facts, tuple(self.about), tuple(audiences),
                        tuple(stages), tuple(modules), tuple(messages), notes, tuple(offers))  # fmt: skip

    def _sort(self, section: SectionNode, is_first: bool = False) -> None:
        """Keeps a section for its kind, or sorts those below it if it is only a title."""
        levels = [child for child in section.sections if is_level(child.title)]
        kind = find_kind(section.title, "sections")
        is_title = is_first and section.depth == 1
        inner: list[SectionNode] = []
        if is_title:
            self.title = strip_count(section.title)
        if levels and (kind is None or any(map(describes_level, levels))):
            self.audiences.append(section)
            if section.depth == 1:
                inner = [child for child in section.sections if child not in levels]
        elif is_title:
            self._read_head(section.blocks)
            inner = section.sections
        elif kind == LEVEL_LIST:
            for part in section.walk():
                self._read_level_list(part.blocks)
        elif kind in SECTIONS:
            self.others[kind].append(section)
        elif section.sections and not is_level(section.title):
            inner = section.sections
            if kind == CONTAINER:
                self._read_level_list(section.blocks)
            else:
                self.collector.warn_unknown_blocks(section.blocks)
        elif kind == CONTAINER:
            self._read_level_list(section.blocks)
        elif not is_level(section.title):
            hint = suggest_name(section.title, "sections")
            message = f"the section '{section.title}' has no place in the form."
            self.collector.warn_left_out("unknown-section", section.line, message, hint)
        for child in inner:
            self._sort(child)

    def _read_head(self, blocks: Iterable[Block]) -> None:
        """The named lines at the top, and the rest as part of the list of levels."""
        blocks = list(blocks)
        for block in blocks:
            if block.label and block.text:
                self.facts.setdefault(block.label, " ".join(block.text.split()))
        self._read_level_list(blocks)

    def _read_level_list(self, blocks: Iterable[Block]) -> None:
        """Paragraphs on the framework, and the levels as they are listed once, each with its tagline."""
        for block in blocks:
            if block.label is None and block.text:
                self.about.append(" ".join(block.text.split()))
            for bullet in block.bullets:
                match = LISTED_LEVEL.fullmatch(bullet.text)
                name, tagline = (match["name"], match["tagline"]) if match else (bullet.text, "")
                self.listed.append((name.strip("* "), bullet.number, tagline))

    def _read_audiences(self) -> list[StrategyAudience]:
        framework = next((text for name, text in self.facts.items() if find_kind(name, "facts") == "framework"), None)
        names = strip_front([strip_audience(section.title) for section in self.audiences], framework)
        audiences: list[StrategyAudience] = []
        for section, name in zip(self.audiences, names, strict=True):
            audience = self._read_audience(section, name)
            twin = next((other for other in audiences if other.name.casefold() == name.casefold()), None)
            if twin:
                message = f"the audience '{name}' is here twice, first on line {twin.line}."
                self.collector.error("audience-twice", section.line, message, "Give each audience one section.")
            audiences.append(audience)
        return audiences

    def _read_audience(self, section: SectionNode, name: str) -> StrategyAudience:
        read = [read_level(child, self.collector) for child in section.sections if is_level(child.title)]
        levels = [level for level in read if level]
        stated = [block for block in section.blocks if str(block.label).casefold() in AUDIENCE_FACTS]
        others = [block for block in section.blocks if block not in stated]
        if section.depth == 1:
            self._read_head(others)
        else:
            self.collector.warn_unknown_blocks(others)
            for child in section.sections:
                if not is_level(child.title):
                    message = f"'{child.title}' is not a level of '{name}'."
                    self.collector.warn_left_out("unknown-section", child.line, message)
        if len(levels) == len(read):  # else it has been said what is wrong
            self._check_numbers(section, name, levels)
        facts = {str(block.label).casefold(): block.text for block in stated}
        ordered = tuple(sorted(levels, key=lambda level: level.number))
        return StrategyAudience(name, section.line, (), ordered, facts=facts)

    def _check_numbers(self, section: SectionNode, name: str, levels: list[StrategyLevel]) -> None:
        ordered = sorted(levels, key=lambda level: (level.number, level.line))
        wrong = next(((at, level) for at, level in enumerate(ordered, 1) if level.number != at), None)
        if len(levels) < 2:
            message = f"the audience '{name}' has {'one level' if levels else 'no level'}."
            self.collector.error("too-few-levels", section.line, message, "It needs two or more.")
        elif wrong and wrong[1].number < wrong[0]:
            level, line = wrong[1], ordered[wrong[0] - 2].line
            message = f"'{name}' has a level {level.number} already, on line {line}."
            hint = "Number them 1, 2, 3, and give levels a sign # more than their audience."
            self.collector.error("level-number-twice", level.line, message, hint)
        elif wrong:
            message = f"'{name}' has no level {wrong[0]}."
            self.collector.error("level-number-missing", wrong[1].line, message, "Number its levels 1, 2, 3.")
        elif ordered != levels:
            message = f"the levels of '{name}' are not in order."
            self.collector.warn("levels-unordered", levels[0].line, message, "They are put in order.")

    def _complete(self, audience: StrategyAudience, messages: list[StrategyMessage]) -> StrategyAudience:
        """The audience with names in title case, and with the taglines of the list of levels."""
        spellings = [name for name, _, _ in self.listed] + [message.name for message in messages]
        taglines = {name.casefold(): tagline for name, _, tagline in reversed(self.listed)}
        by_number = {number: tagline for _, number, tagline in reversed(self.listed)}
        # A list with other names is the list of another audience's levels.
        if not any(level.name.casefold() in taglines for level in audience.levels):
            by_number = {}
        levels: list[StrategyLevel] = []
        for level in audience.levels:
            name = title_case(level.name, spellings)
            listed = taglines.get(level.name.casefold(), by_number.get(level.number))
            twin = next((other for other in levels if other.name == name and other.number != level.number), None)
            if twin:
                message = f"level {level.number} is named '{name}', as level {twin.number} is."
                self.collector.error("level-name-twice", level.line, message, "Give each level its own name.")
            levels.append(level._replace(name=name, tagline=level.tagline or listed or None))
        return audience._replace(name=title_case(audience.name, audience.aliases), levels=tuple(levels))

    def _report_missing(
        self, audiences: list[StrategyAudience], messages: list[StrategyMessage], has_offers: bool
    ) -> None:
        levels = [level for audience in audiences for level in audience.levels]
        said = {
            "self-assessment": any(level.signs for level in levels),
            "messages by level": bool(messages),
            "success metrics": any(level.success for level in levels),
            "offers": True,
        }
        missing = [f"the {kind}" for kind, sections in self.others.items() if not sections and not said.get(kind)]
        if missing:
            text = f"there is no section for {join_words(missing)}."
            self.collector.warn("section-missing", 0, text, f"Pages do without {'them' if missing[1:] else 'it'}.")
        for audience in audiences:
            has_modules = any(level.modules for level in levels) or bool(self.others["mapping of modules"])
            check_levels(audience.name, audience.levels, has_modules, self.collector)
        known = {key for level in levels for key in (level.number, level.name)}
        for message in messages:
            if message.number not in known and message.name not in known:
                text = f"no audience has a level '{message.name}'."
                self.collector.warn("message-unassigned", message.line, text, "Its message is left out.")

    def _report_no_audience(self, top: SectionNode) -> None:
        stray = next((section for section in top.walk() if is_level(section.title)), None)
        if stray:
            message = f"'{stray.title}' belongs to no audience."
            hint = "Put a heading for the audience above it, with fewer signs #."
            self.collector.error("level-without-audience", stray.line, message, hint)
        else:
            hint = "Write ## NAME OF AUDIENCE, and below it ### Level 1: NAME."
            self.collector.error("no-audience", 1, "no audience with levels was found.", hint)


def _own_message(audience: StrategyAudience, level: StrategyLevel) -> StrategyMessage:
    fields = tuple(field._replace(audience=audience.name) for field in level.message)
    return StrategyMessage(level.name, level.number, fields, level.message[0].line)


def _read_offers(section: SectionNode) -> Iterator[StrategyOffer]:
    for block in section.all_blocks:
        for bullet in block.bullets:
            yield from parse_offers("", bullet.line, (bullet._replace(children=()),))


def _price_offers(message: StrategyMessage, listed: list[StrategyOffer]) -> StrategyMessage:
    """The message with its offers as the section for offers has them."""
    known = {offer.identity: offer for offer in listed}
    named: dict[tuple[str, object], StrategyOffer] = {(normalise(offer.name), None): offer for offer in listed}

    def find(offer: StrategyOffer) -> StrategyOffer:
        return known.get(offer.identity) or named.get(offer.identity) or offer

    return message._replace(
        fields=tuple(field._replace(offers=tuple(map(find, field.offers))) for field in message.fields)
    )


def _take_notes(top: SectionNode) -> Iterator[str]:
    """Takes the lines in italics out of a document: its date, its framework."""
    for section in top.walk():
        for block in [block for block in section.blocks if block.label is None and not block.bullets]:
            lines = [line.strip() for line in block.text.split("\n")]
            if all(map(ITALIC.fullmatch, lines)):
                section.blocks.remove(block)
                yield from (line[1:-1] for line in lines)
