"""Reads a strategy document: the form, not one document of it.

Audiences are the sections whose subsections are levels. Every other section is known by its title, and
may be missing. What is missing, odd or left out becomes a warning with its line; where it cannot be
understood who climbs which levels, that is an error.
"""

import re
from collections.abc import Iterable

from generator.diagnostics.diagnostic import Diagnostic, has_errors, sort_problems
from generator.strategy.documents.assessment import read_questions, read_success, report_unasked, report_unproved
from generator.strategy.documents.collector import Notes, leave_out
from generator.strategy.documents.levels import describes_level, is_level, read_rank
from generator.strategy.documents.markdown_tree import Block, Section, read_sections
from generator.strategy.documents.messages import read_messages
from generator.strategy.documents.names import calm, find_levels, find_name, strip_framework
from generator.strategy.documents.stages import read_stages
from generator.strategy.documents.strategy import Group, Message, Said, Strategy, Stretch

KINDS = {
    "ladder": r"structure|overview|\blevels?\b.*\bexplained\b",
    "questions": r"assess|find your level|\bquiz\b",
    "messages": r"targeting|messag|positioning",
    "success": r"success",
    "stages": r"modules?\b|curriculum|\bstages?\b|mapping",
}
RUNG = re.compile(r"(?:\*\*|__)?(?P<name>[^*_].*?)(?:\*\*|__)?\s*(?:\s[-–—]\s|:(?:\*\*)?\s)\s*(?P<tagline>\S.*)")
ITALIC = re.compile(r"([*_])(?!\1)(.+)\1")
GROUP_FACTS = ("metric", "unit", "period", "short", "counted")


def read_strategy(text: str, path: str) -> tuple[Strategy | None, list[Diagnostic]]:
    """The document and what is odd about it; None where it cannot be understood."""
    notes = Notes(path)
    strategy = _Reader(notes).read(read_sections(text))
    problems = sort_problems(notes.problems)
    return (None if has_errors(problems) else strategy), problems


class _Reader:
    """Goes through the sections of one document."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.facts: list[tuple[str, Said]] = []
        self.about: list[Said] = []
        self.endings: list[Said] = []
        self.taglines: list[tuple[str, int | None, str]] = []
        self.groups: list[tuple[Section, str]] = []
        self.others: dict[str, list[Section]] = {kind: [] for kind in KINDS}
        self.title = Said("", 0)

    def read(self, top: Section) -> Strategy:
        self._take_endings(top)
        for section in top.sections:
            self._sort(section, first=section is top.sections[0])
        self._read_head(top.blocks)
        if not self.title.text:
            self.notes.warn(1, "the document has no title.", "Begin it with a line such as # Name of the course.")
        framework = next((said.text for name, said in self.facts if name.casefold() == "framework"), None)
        groups = self._read_groups(framework)
        if not groups:
            self._report_no_groups(top)
            return Strategy(self.notes.path, self.title)
        for section in self.others["questions"]:
            groups = read_questions(section, groups, self.notes)
        for section in self.others["success"]:
            groups = read_success(section, groups, self.notes)
        for section in self.others["questions"][:1]:
            report_unasked(section, groups, self.notes)
        for section in self.others["success"][:1]:
            report_unproved(section, groups, self.notes)
        messages = [message for section in self.others["messages"] for message in read_messages(section, self.notes)]
        stages, modules = read_stages(self.others["stages"], groups, self.notes)
        groups = [self._finish(group, messages) for group in groups]
        self._report_missing(groups, messages, stages)
        return Strategy(self.notes.path, self.title, tuple(self.facts), tuple(self.about), tuple(groups),
                        tuple(stages), tuple(modules), tuple(messages), tuple(self.endings))  # fmt: skip

    def _sort(self, section: Section, first: bool = False) -> None:
        """Finds out what a section is, and those below it where it is only a title."""
        levels = [child for child in section.sections if is_level(child.title)]
        kind = next((kind for kind, pattern in KINDS.items() if re.search(pattern, section.title, re.IGNORECASE)), None)
        if first and section.depth == 1:
            self.title = Said(section.title, section.line)
        if levels and (kind is None or any(describes_level(level) for level in levels)):
            self.groups.append((section, section.title))
            for child in section.sections if section.depth == 1 else ():
                if not is_level(child.title):
                    self._sort(child)
        elif first and section.depth == 1:
            self._read_head(section.blocks)
            for child in section.sections:
                self._sort(child)
        elif kind == "ladder":
            self._read_ladder(section)
        elif kind:
            self.others[kind].append(section)
        elif section.sections and not is_level(section.title):
            leave_out(self.notes, section.blocks)
            for child in section.sections:
                self._sort(child)
        elif not is_level(section.title):
            self.notes.warn(section.line, f"the section '{section.title}' has no place in the form.", "It is left out.")

    def _read_head(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if block.label and block.text:
                self.facts.append((block.label, Said(" ".join(block.text.split()), block.line)))
            elif block.label is None and block.text:
                self.about.append(Said(" ".join(block.text.split()), block.line))
            if block.points:
                self._read_rungs(block)

    def _read_ladder(self, section: Section) -> None:
        for part in section.walk():
            for block in part.blocks:
                if block.points:
                    self._read_rungs(block)
                if block.label is None and block.text:
                    self.about.append(Said(" ".join(block.text.split()), block.line))

    def _read_rungs(self, block: Block) -> None:
        """The levels as they are listed at the beginning, each with half a line."""
        for point, number in zip(block.points, block.numbers, strict=True):
            rung = RUNG.fullmatch(point.text)
            if rung:
                levels = find_levels(rung["name"])
                name = re.sub(r"^level\s*\d+\s*[:.)–—-]*\s*", "", rung["name"], flags=re.IGNORECASE)
                self.taglines.append((name.strip("* "), levels[0] if levels else number, rung["tagline"]))
            else:
                self.taglines.append((point.text.strip("* "), number, ""))

    def _read_groups(self, framework: str | None) -> list[Group]:
        names = strip_framework([title for _, title in self.groups], framework)
        groups: list[Group] = []
        for (section, _), name in zip(self.groups, names, strict=True):
            ranks = [read_rank(child, self.notes) for child in section.sections if is_level(child.title)]
            facts = [
                (str(block.label).casefold(), Said(block.text, block.line))
                for block in section.blocks
                if block.label and block.label.casefold() in GROUP_FACTS
            ]
            others = [block for block in section.blocks if str(block.label).casefold() not in GROUP_FACTS]
            if section.depth == 1:
                self._read_head(others)
            else:
                leave_out(self.notes, others)
                for child in section.sections:
                    if not is_level(child.title):
                        self.notes.warn(child.line, f"'{child.title}' is no level of '{name}'.", "It is left out.")
            found = [rank for rank in ranks if rank]
            known = find_name(name, [(group.name,) for group in groups])
            if known is not None and name.casefold() == groups[known].name.casefold():
                self.notes.fail(section.line, f"the audience '{name}' is here twice, first on line "
                                f"{groups[known].line}.", "Give each audience one section.")  # fmt: skip
            self._check_numbers(section, name, [(rank.number, rank.line) for rank in found])
            ordered = tuple(sorted(found, key=lambda rank: rank.number))
            groups.append(Group(name, section.line, (), ordered, facts=tuple(facts)))
        return groups

    def _check_numbers(self, section: Section, name: str, numbers: list[tuple[int, int]]) -> None:
        if len(numbers) < 2:
            count = "one level" if numbers else "no level"
            self.notes.fail(section.line, f"the audience '{name}' has {count}.", "It needs two or more.")
            return
        for index, (number, line) in enumerate(numbers):
            earlier = next((line for other, line in numbers[:index] if other == number), None)
            if earlier:
                between = [other for other in section.sections if earlier < other.line < line]
                hint = "Number them 1, 2, 3."
                if not all(is_level(other.title) for other in between):
                    hint = "Give levels a sign # more than their audience."
                self.notes.fail(line, f"'{name}' has a level {number} already, on line {earlier}.", hint)
                return
        for expected, (number, line) in enumerate(sorted(numbers), 1):
            if number != expected:
                self.notes.fail(line, f"'{name}' has no level {expected}.", "Number its levels 1, 2, 3.")
                return
        if numbers != sorted(numbers):
            self.notes.warn(numbers[0][1], f"the levels of '{name}' are not in order.", "They are put in order.")

    def _finish(self, group: Group, messages: list[Message]) -> Group:
        """Names as they are spelled where they do not shout, and the half lines of the list of levels."""
        spelled = [name for name, _, _ in self.taglines] + [message.name for message in messages]
        ranks = []
        for rank in group.ranks:
            named = [tagline for name, _, tagline in self.taglines if name.casefold() == rank.name.casefold()]
            numbered = [tagline for _, number, tagline in self.taglines if number == rank.number]
            listed = named or ([] if self._lists_names(group) else numbered)
            tagline = rank.tagline or (listed[0] if listed else "") or None
            ranks.append(rank._replace(name=calm(rank.name, spelled), tagline=tagline))
        for index, rank in enumerate(ranks):
            twin = next((other for other in ranks[:index] if other.name == rank.name), None)
            if twin and twin.number != rank.number:
                self.notes.fail(rank.line, f"level {rank.number} is named '{rank.name}', as level {twin.number} is.",
                                "Give each level its own name.")  # fmt: skip
        return group._replace(name=calm(group.name, group.aliases), ranks=tuple(ranks))

    def _lists_names(self, group: Group) -> bool:
        """Whether the list of levels is of other levels than this audience's."""
        names = {name.casefold() for name, _, _ in self.taglines}
        return bool(names) and not any(rank.name.casefold() in names for rank in group.ranks) and any(names)

    def _report_missing(self, groups: list[Group], messages: list[Message], stages: list[Stretch]) -> None:
        for kind, what in (("questions", "self-assessment"), ("messages", "messages by level"),
                           ("success", "success metrics"), ("stages", "mapping of modules")):  # fmt: skip
            if not self.others[kind]:
                self.notes.warn(0, f"there is no section for the {what}.", "Pages do without it.")
        names = [rank.name for group in groups for rank in group.ranks]
        for message in messages:
            known = any(message.number == rank.number for group in groups for rank in group.ranks)
            if not known and message.name not in names:
                self.notes.warn(message.line, f"no audience has a level '{message.name}'.", "Its message is left out.")

    def _report_no_groups(self, top: Section) -> None:
        stray = next((section for section in top.walk() if is_level(section.title)), None)
        if stray:
            self.notes.fail(stray.line, f"'{stray.title}' belongs to no audience.",
                            "Put a heading for the audience above it, with fewer signs #.")  # fmt: skip
            return
        self.notes.fail(1, "no audience with levels was found.",
                        "Write ## NAME OF AUDIENCE, and below it ### Level 1: NAME.")  # fmt: skip

    def _take_endings(self, top: Section) -> None:
        """Takes out the lines in italics that close a document: its date, its framework."""
        for section in top.walk():
            for block in [block for block in section.blocks if _is_ending(block)]:
                section.blocks.remove(block)
                for offset, line in enumerate(block.text.split("\n")):
                    self.endings.append(Said(line.strip()[1:-1], block.line + offset))


def _is_ending(block: Block) -> bool:
    lines = block.text.split("\n")
    return block.label is None and not block.points and all(ITALIC.fullmatch(line.strip()) for line in lines)
