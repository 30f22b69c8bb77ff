"""Reads the self-assessment and the success metrics of a strategy document into its audiences."""

import re
from collections.abc import Iterator

from generator.strategy.documents.collector import Notes, shorten
from generator.strategy.documents.markdown_tree import Block, Section, to_said
from generator.strategy.documents.names import find_levels, find_name
from generator.strategy.documents.offers import split_list
from generator.strategy.documents.strategy import Group, Point, Rank, Said

GUIDE = re.compile(
    r"(?:\*\*|__)(?P<bold>.+?)\s*:?\s*(?:\*\*|__)\s*:?\s*(?P<after>.*)|(?P<plain>[^:]{1,60}):\s+(?P<rest>.*)"
)


def read_questions(section: Section, groups: list[Group], notes: Notes) -> list[Group]:
    """The audiences with their questions, and with the guides to their levels."""
    for index, block in _assign(section, groups, notes):
        label = (block.label or "").casefold()
        if re.search(r"level|result|score", label) or (not label and not any(block.numbers)):
            groups[index] = _add_guides(groups[index], block, notes)
        elif block.points:
            group = groups[index]
            _report_text(block, notes)
            asked = tuple(question for question in to_said(block.points) if question.text)
            line = group.questions_line or block.line
            groups[index] = group._replace(questions=group.questions + asked, questions_line=line)
        else:
            notes.warn(block.line, f"'{block.label or block.text}' has no place in the self-assessment.",
                       "It is left out.")  # fmt: skip
    return groups


def report_unasked(section: Section, groups: list[Group], notes: Notes) -> None:
    """Tells which audiences have no questions, and which levels no guide."""
    for group in groups:
        if not group.questions:
            notes.warn(section.line, f"there are no questions for '{group.name}'.", "Add **Ask yourself:** and a list.")
        for rank in group.ranks:
            if not rank.guide:
                notes.warn(section.line, f"there is no guide to level {rank.number}, {rank.name}, of '{group.name}'.",
                           "Add it below **Your Level:**.")  # fmt: skip


def read_success(section: Section, groups: list[Group], notes: Notes) -> list[Group]:
    """The audiences with the signs that a level is done."""
    for index, block in _assign(section, groups, notes):
        group = groups[index]
        numbers = find_levels(block.label or "")
        sides = re.split(
            r"\s*(?:→|➔|⟶|->|=>)\s*", re.sub(r"\s*success\s*$", "", block.label or "", flags=re.IGNORECASE)
        )
        named = find_name(sides[0], [(rank.name,) for rank in group.ranks])
        number = numbers[0] if numbers else group.ranks[named].number if named is not None else None
        ranks = list(group.ranks)
        place = next((place for place, rank in enumerate(ranks) if rank.number == number), None)
        if place is None or not block.points:
            what = shorten(block.label or block.text or "this list")
            why = f"names no level of '{group.name}'." if block.points else "has no bullets."
            notes.warn(block.line, f"'{what}' {why}", "It is left out. Write **Level 1 → Level 2 Success:**.")
            continue
        _report_text(block, notes)
        ranks[place] = ranks[place]._replace(success=ranks[place].success + _filled(block))
        groups[index] = group._replace(ranks=tuple(ranks))
    return groups


def report_unproved(section: Section, groups: list[Group], notes: Notes) -> None:
    """Tells of which levels nothing says that they are done."""
    for group in groups:
        for rank in group.ranks[:-1]:
            if not rank.success:
                notes.warn(section.line, f"nothing says how one knows that level {rank.number}, {rank.name}, of "
                           f"'{group.name}' is done.", "Add **Level 1 → Level 2 Success:** and bullets.")  # fmt: skip


def _report_text(block: Block, notes: Notes) -> None:
    if block.text:
        notes.warn(block.line, f"'{shorten(block.text)}' is no entry of the list.", "It is left out.")


def _filled(block: Block) -> tuple[Point, ...]:
    return tuple(point for point in block.points if point.text)


def _assign(section: Section, groups: list[Group], notes: Notes) -> Iterator[tuple[int, Block]]:
    """Each block with the audience it is about; a name that is new becomes an alias of it."""
    parts = [(section, None), *((child, child.title) for child in section.sections)]
    for part, title in parts:
        index = 0 if len(groups) == 1 and (title is None or find_levels(title)) else None
        if title is not None and index is None:
            index = find_name(title, [(group.name, *group.aliases) for group in groups])
            if index is None:
                notes.warn(part.line, f"no audience is named '{_bare(title)}'.", "This part is left out.")
                continue
            alias = _bare(title)
            if alias not in (groups[index].name, *groups[index].aliases):
                groups[index] = groups[index]._replace(aliases=(*groups[index].aliases, alias))
        for block in part.blocks:
            if index is not None:
                yield index, block._replace(label=title) if title and find_levels(title) and not block.label else block
            elif block.points or block.label:
                words = block.label or block.points[0].text
                notes.warn(block.line, f"'{words}' does not say which audience it is for.",
                           "It is left out. Put ### and the audience's name above it.")  # fmt: skip


def _bare(title: str) -> str:
    return re.sub(r"^for\s+", "", title.strip().rstrip(":："), flags=re.IGNORECASE)


def _add_guides(group: Group, block: Block, notes: Notes) -> Group:
    _report_text(block, notes)
    ranks = list(group.ranks)
    for point in block.points:
        place, words = _match_guide(point, ranks)
        if place is None:
            notes.warn(point.line, f"'{point.text}' names no level of '{group.name}'.", "It is left out.")
            continue
        signs = tuple(Said(part, point.line) for part in split_list(words)) + to_said(point.points)
        ranks[place] = ranks[place]._replace(guide=ranks[place].guide + tuple(sign for sign in signs if sign.text))
    return group._replace(ranks=tuple(ranks))


def _match_guide(point: Point, ranks: list[Rank]) -> tuple[int | None, str]:
    match = GUIDE.fullmatch(point.text)
    if match is None:
        return None, ""
    name, words = (match["bold"], match["after"]) if match["bold"] else (match["plain"], match["rest"])
    place = find_name(name, [(rank.name,) for rank in ranks])
    if place is None and (numbers := find_levels(name)):
        place = next((place for place, rank in enumerate(ranks) if rank.number == numbers[0]), None)
    return place, words or ""
