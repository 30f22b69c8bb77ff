"""Reads the self-assessment and the success metrics of a strategy document into its audiences."""

import re
from collections.abc import Iterator, Sequence

from generator.diagnostics.collector import DiagnosticCollector, shorten
from generator.diagnostics.diagnostic import suggest
from generator.formats.markdown_tree import Block, SectionNode, SourceText
from generator.formats.names import match_name, split_list
from generator.i18n.headings import find_kind, strip_for
from generator.i18n.level_words import ARROW, find_level_numbers
from generator.strategy.documents.model import StrategyAudience, StrategyLevel, walk_bullets

GUIDE = re.compile(r"(?:(?:\*\*|__)(?P<bold>.+?)\s*:?\s*(?:\*\*|__)\s*:?\s*|(?P<plain>[^:]{1,60}):\s+)(?P<signs>.*)")


def read_assessment(
    questions: list[SectionNode], success: list[SectionNode], audiences: list[StrategyAudience],
    collector: DiagnosticCollector,
) -> None:  # fmt: skip
    """Adds to the audiences what these sections say, and reports the audiences and levels that they leave out.

    Nothing is missing where it may be in a part that is not understood, and has been reported.
    """
    asked_clearly, is_success_clear = (
        {True}.issuperset([read(section, audiences, collector) for section in sections])
        for read, sections in ((_read_questions, questions), (_read_success, success))
    )
    for audience in audiences:
        if questions and asked_clearly and not audience.questions:
            message = f"there are no questions for '{audience.name}'."
            collector.warn("questions-missing", questions[0].line, message, "Add **Ask yourself:** and a list.")
        has_answers = any(question.children for question in audience.questions)
        for level in audience.levels:
            name = f"level {level.number}, {level.name}, of '{audience.name}'"
            if questions and asked_clearly and not level.signs and not has_answers:
                hint = "Add it below **Your Level:**."
                collector.warn("guide-missing", questions[0].line, f"there is no guide to {name}.", hint)
            if success and is_success_clear and not level.success and level is not audience.levels[-1]:
                hint = "Add **Level 1 → Level 2 Success:** and bullets."
                collector.warn("success-missing", success[0].line, f"{name} has no success metrics.", hint)


def _read_questions(section: SectionNode, audiences: list[StrategyAudience], collector: DiagnosticCollector) -> bool:
    """Adds questions to the audiences, and to their levels the signs of the guide. Whether all is understood."""
    known = len(collector.diagnostics)
    for index, block in _assign_blocks(section, audiences, collector):
        audience, label = audiences[index], (block.label or "").casefold()
        is_guide = "level" in label or find_kind(label, "level") == "signs"
        is_numbered = any(bullet.number for bullet in block.bullets)
        if not block.bullets and not is_guide:
            message = f"'{shorten(block.title)}' has no place in the self-assessment."
            collector.warn_left_out("unknown-block", block.line, message)
            continue
        _report_text(block, collector)
        if is_guide or not (label or is_numbered):
            audiences[index] = _add_signs(audience, block, collector)
        else:
            questions = _list_questions(block.bullets, len(audience.levels))
            line = audience.questions_line or block.line
            audiences[index] = audience._replace(questions=(*audience.questions, *questions), questions_line=line)
    return len(collector.diagnostics) == known


def _list_questions(bullets: Sequence[SourceText], levels: int) -> Iterator[SourceText]:
    """The questions of a list, with their answers if there is one for each level. Below one there may be others."""
    for bullet in filter(lambda bullet: bullet.text, bullets):
        answers = [child.text for child in bullet.children if child.text and not child.children]
        is_choice = len(answers) > 1 and bullet.text.endswith("?") and not any(one.endswith("?") for one in answers)
        is_answered = len(answers) == len(bullet.children) and (is_choice or len(answers) == levels)
        yield bullet._replace(children=bullet.children[:levels] if is_answered and len(answers) >= levels else ())
        if not is_answered:
            yield from _list_questions(bullet.children, levels)


def _read_success(section: SectionNode, audiences: list[StrategyAudience], collector: DiagnosticCollector) -> bool:
    """Adds the success metrics to the levels of the audiences. Whether all is understood."""
    known = len(collector.diagnostics)
    for index, block in _assign_blocks(section, audiences, collector):
        audience = audiences[index]
        steps = re.split(rf"\s*(?:{ARROW}|\bsuccess\s*$)", block.label or "", flags=re.IGNORECASE)
        level = _find_level(audience, steps[0])
        if level is None or not block.bullets:
            why = f"names no level of '{audience.name}'." if block.bullets else "has no bullets."
            message = f"'{shorten(block.label or block.text or 'this list')}' {why}"
            hint = "Write **Level 1 → Level 2 Success:**."
            collector.warn_left_out("success-unassigned", block.line, message, hint)
            continue
        _report_text(block, collector)
        bullets = tuple(bullet for bullet in block.bullets if bullet.text)
        audiences[index] = _replace_level(audience, level, level._replace(success=level.success + bullets))
    return len(collector.diagnostics) == known


def _find_level(audience: StrategyAudience, name: str) -> StrategyLevel | None:
    """The level with this number or name."""
    if numbers := find_level_numbers(name):
        return audience.level(numbers[0])
    index = match_name(name, [(level.name,) for level in audience.levels])
    return None if index is None else audience.levels[index]


def _replace_level(audience: StrategyAudience, old: StrategyLevel, new: StrategyLevel) -> StrategyAudience:
    return audience._replace(levels=tuple(new if level is old else level for level in audience.levels))


def _report_text(block: Block, collector: DiagnosticCollector) -> None:
    if block.text:
        collector.warn_left_out("text-in-list", block.line, f"'{shorten(block.text)}' is not an entry of the list.")


def _assign_blocks(
    section: SectionNode, audiences: list[StrategyAudience], collector: DiagnosticCollector
) -> Iterator[tuple[int, Block]]:
    """Each block with the index of its audience. A new name for an audience is added to its aliases."""
    for block in section.blocks:
        if len(audiences) == 1:
            yield 0, block
        elif block.bullets or block.label:
            message = f"'{block.label or block.bullets[0].text}' does not name its audience."
            hint = "Put ### and the audience's name above it."
            collector.warn_left_out("audience-unclear", block.line, message, hint)
    for part in section.sections:
        title = strip_for(part.title)
        is_only = len(audiences) == 1 and find_level_numbers(title)
        index = 0 if is_only else match_name(title, [audience.names for audience in audiences])
        if index is None:
            hint = suggest(title, [name for audience in audiences for name in audience.names])
            message = f"no audience is named '{title}'."
            collector.warn("unknown-audience", part.line, message, f"This part is left out. {hint}")
            continue
        if not is_only and title not in audiences[index].names:
            audiences[index] = audiences[index]._replace(aliases=(*audiences[index].aliases, title))
        blocks = part.titled_blocks if find_level_numbers(title) else part.all_blocks
        yield from ((index, block) for block in blocks)


def _add_signs(audience: StrategyAudience, block: Block, collector: DiagnosticCollector) -> StrategyAudience:
    """The audience with the signs of a guide in its levels."""
    for bullet in block.bullets:
        guide = GUIDE.fullmatch(bullet.text)
        level = _find_level(audience, guide["bold"] or guide["plain"]) if guide else None
        if guide is None or level is None:
            message = f"'{bullet.text}' names no level of '{audience.name}'."
            collector.warn_left_out("guide-unassigned", bullet.line, message)
            continue
        listed = [SourceText(part, bullet.line) for part in split_list(guide["signs"])]
        signs = (sign for sign in (*listed, *walk_bullets(bullet.children)) if sign.text)
        audience = _replace_level(audience, level, level._replace(signs=(*level.signs, *signs)))
    return audience
