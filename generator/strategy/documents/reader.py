"""Reads a strategy document, in whichever of the spellings that the form allows.

Audiences are the sections whose subsections are levels. Every other section is known by its title, and may be missing.
What is missing, odd or left out is a warning. It is an error if it is unclear who climbs which levels.
"""

import re
from collections.abc import Iterable, Iterator

from generator.diagnostics.diagnostic import Diagnostic, has_errors, sort_diagnostics
from generator.strategy.documents.assessment import read_assessment
from generator.strategy.documents.collector import DiagnosticCollector
from generator.strategy.documents.levels import describes_level, is_level, read_level
from generator.strategy.documents.markdown_tree import Block, SectionNode, read_tree
from generator.strategy.documents.messages import read_messages
from generator.strategy.documents.model import Strategy, StrategyAudience, StrategyLevel, StrategyMessage
from generator.strategy.documents.modules import read_stages
from generator.strategy.documents.names import strip_framework, title_case

LEVEL_LIST = "level list"
KINDS = {
    LEVEL_LIST: r"structure|overview|\blevels?\b.*\bexplained\b",
    "self-assessment": r"assess|find your level|\bquiz\b",
    "messages by level": r"targeting|messag|positioning",
    "success metrics": r"success",
    "mapping of modules": r"modules?\b|curriculum|\bstages?\b|mapping",
}
LISTED_LEVEL = re.compile(
    r"(?:\*\*|__)?(?P<name>[^*_].*?)(?:\*\*|__)?\s*(?:\s[-–—]\s|:(?:\*\*)?\s)\s*(?P<tagline>\S.*)"
)
ITALIC = re.compile(r"([*_])(?!\1)(.+)\1")
AUDIENCE_FACTS = ("metric", "unit", "period", "short", "counted")


def read_strategy(text: str, path: str) -> tuple[Strategy | None, list[Diagnostic]]:
    """The document and its diagnostics; None if it cannot be understood."""
    collector = DiagnosticCollector(path)
    strategy = _Reader(collector).read(read_tree(text))
    diagnostics = sort_diagnostics(collector.diagnostics)
    return (None if has_errors(diagnostics) else strategy), diagnostics


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
        self.others: dict[str, list[SectionNode]] = {kind: [] for kind in KINDS}

    def read(self, top: SectionNode) -> Strategy:
        path, notes = self.collector.path, tuple(_take_notes(top))
        for section in top.sections:
            self._sort(section, is_first=section is top.sections[0])
        self._read_head(top.blocks)
        if not self.title:
            hint = "Begin it with a line such as # Name of the course."
            self.collector.warn("title-missing", 1, "the document has no title.", hint)
        audiences = self._read_audiences()
        if not audiences:
            self._report_no_audience(top)
            return Strategy(path, self.title)
        others = self.others
        read_assessment(others["self-assessment"], others["success metrics"], audiences, self.collector)
        sections = others["messages by level"]
        messages = [message for section in sections for message in read_messages(section, self.collector)]
        stages, modules = read_stages(others["mapping of modules"], audiences, self.collector)
        audiences = [self._complete(audience, messages) for audience in audiences]
        self._report_missing(audiences, messages)
        return Strategy(path, self.title, self.facts, tuple(self.about), tuple(audiences),
                        tuple(stages), tuple(modules), tuple(messages), notes)  # fmt: skip

    def _sort(self, section: SectionNode, is_first: bool = False) -> None:
        """Keeps a section for its kind, or sorts those below it if it is only a title."""
        levels = [child for child in section.sections if is_level(child.title)]
        kind = next((kind for kind, pattern in KINDS.items() if re.search(pattern, section.title, re.IGNORECASE)), None)
        is_title = is_first and section.depth == 1
        inner: list[SectionNode] = []
        if is_title:
            self.title = section.title
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
        elif kind:
            self.others[kind].append(section)
        elif section.sections and not is_level(section.title):
            inner = section.sections
            self.collector.warn_unknown_blocks(section.blocks)
        elif not is_level(section.title):
            message = f"the section '{section.title}' has no place in the form."
            self.collector.warn_left_out("unknown-section", section.line, message)
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
        framework = next((text for name, text in self.facts.items() if name.casefold() == "framework"), None)
        names = strip_framework([section.title for section in self.audiences], framework)
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
        self._check_numbers(section, name, levels)
        facts = {str(block.label).casefold(): block.text for block in stated}
        ordered = tuple(sorted(levels, key=lambda level: level.number))
        return StrategyAudience(name, section.line, (), ordered, facts=facts)

    def _check_numbers(self, section: SectionNode, name: str, levels: list[StrategyLevel]) -> None:
        numbers = [level.number for level in levels]
        twin = next((level for at, level in enumerate(levels) if level.number in numbers[:at]), None)
        if len(levels) < 2:
            message = f"the audience '{name}' has {'one level' if levels else 'no level'}."
            self.collector.error("too-few-levels", section.line, message, "It needs two or more.")
        elif twin:
            line = levels[numbers.index(twin.number)].line
            message = f"'{name}' has a level {twin.number} already, on line {line}."
            hint = "Number them 1, 2, 3, and give levels a sign # more than their audience."
            self.collector.error("level-number-twice", twin.line, message, hint)
        elif sorted(numbers) != list(range(1, len(numbers) + 1)):
            ordered = sorted((level.number, level.line) for level in levels)
            missing, line = next((at, line) for at, (number, line) in enumerate(ordered, 1) if number != at)
            message = f"'{name}' has no level {missing}."
            self.collector.error("level-number-missing", line, message, "Number its levels 1, 2, 3.")
        elif numbers != sorted(numbers):
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

    def _report_missing(self, audiences: list[StrategyAudience], messages: list[StrategyMessage]) -> None:
        for kind, sections in self.others.items():
            if kind != LEVEL_LIST and not sections:
                text = f"there is no section for the {kind}."
                self.collector.warn("section-missing", 0, text, "Pages do without it.")
        known = {key for audience in audiences for level in audience.levels for key in (level.number, level.name)}
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


def _take_notes(top: SectionNode) -> Iterator[str]:
    """Takes the lines in italics out of a document: its date, its framework."""
    for section in top.walk():
        for block in [block for block in section.blocks if block.label is None and not block.bullets]:
            lines = [line.strip() for line in block.text.split("\n")]
            if all(map(ITALIC.fullmatch, lines)):
                section.blocks.remove(block)
                yield from (line[1:-1] for line in lines)
