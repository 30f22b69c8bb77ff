"""The tree of a strategy document in one shape, however people divide it: audiences, and below each its levels.

Bold lines become headings where they serve as such, levels without a number get one, and what is divided by levels
first is divided by audiences.
"""

import re
from itertools import pairwise

from generator.formats.markdown_tree import Block, SectionNode, promote_labels, read_tree
from generator.formats.names import normalise
from generator.formats.titles import clean_title, strip_count
from generator.i18n.headings import find_kind, strip_for
from generator.i18n.level_words import LEVEL_BEHIND, is_level

COUNT = re.compile(r"#?(\d{1,3})(?:[.):]|\s*[–—-])\s*(?=\D)")
PARTS = ("level", "message")
# Single lines that may have their text behind the label, without bold.
FACTS = ("metric", "measure", "modules", "tagline")


def read_structure(text: str) -> SectionNode:
    """The tree of a document. Sections for levels are titled `Level 1: NAME` in whatever language."""
    top = _clean(read_tree(text, _is_fact))
    has_levels = any(is_level(section.title) and describes_level(section) for section in top.walk())
    return _arrange(top, may_count=not has_levels)


def _is_fact(words: str) -> bool:
    return (find_kind(words, "level") in FACTS and len(words.split()) < 3) or bool(
        find_kind(words, "facts", exact=True)
    )


def has_parts(section: SectionNode) -> bool:
    """Whether a section describes something, by labels or headings for the parts of a level, or in a table."""
    labels = [block.label for block in section.blocks] + [child.title for child in section.sections]
    return any(find_kind(label, *PARTS) for label in labels if label) or any(block.table for block in section.blocks)


def describes_level(section: SectionNode) -> bool:
    """Whether a section has symptoms or keys; messages to a level and its success metrics have neither."""
    return any(find_kind(block.label, "level") in ("symptoms", "keys") for block in section.all_blocks)


def is_part(title: str) -> bool:
    return find_kind(title, *PARTS) is not None


def _clean(section: SectionNode) -> SectionNode:
    """The tree with clean titles, and with headings for the bold lines that are meant so."""
    title = clean_title(section.title)
    bare = strip_count(title)
    if COUNT.match(title) and not is_level(bare) and not find_kind(bare, "sections"):
        bare = title  # it may be the number of a level
    promoted = promote_labels(section._replace(title=bare), _find_role, is_level)
    return promoted._replace(sections=[_clean(child) for child in promoted.sections])


def _find_role(section: SectionNode, index: int) -> str | None:
    """What a block begins if its label stands for a heading: a level, or in a document without headings a section."""
    block, following = section.blocks[index], section.blocks[index + 1 :]
    title = strip_count(clean_title(block.label or ""))
    if not title or find_kind(section.title, "sections", exact=True):
        return None
    if is_level(title):
        run: list[Block] = [block]
        for other in following:
            if is_level(strip_count(clean_title(other.label or ""))):
                break
            run.append(other)
        is_described = any(one.table or find_kind(one.label, *PARTS) for one in run[1:]) or bool(block.table)
        return "level" if is_described else None
    if section.depth > 0 or section.sections or block.text or block.bullets:
        return None
    if find_kind(title, "sections", exact=True):
        return "section"
    labels = [clean_title(other.label) for other in following if other.label]
    return "section" if block.table is None and labels and is_level(strip_count(labels[0])) else None


def _arrange(section: SectionNode, may_count: bool) -> SectionNode:
    """The tree with levels below their audiences, each with its number."""
    children = [_arrange(child, may_count) for child in section.sections]
    children = _adopt([_name_level(child) for child in children])
    children = _divide_by_audience(children)
    levels = [child for child in children if describes_level(child)]
    titles = [section.title, *(child.title for child in children)]
    if may_count and len(levels) > 1 and not any(map(is_level, titles)):
        children = [_count(child, levels) for child in children]
    return section._replace(title=section.title, sections=children)


def _name_level(section: SectionNode) -> SectionNode:
    """A level whose number stands behind its name."""
    behind = LEVEL_BEHIND.fullmatch(section.title)
    named = behind and describes_level(section)
    return section._replace(title=f"Level {behind[2]}: {behind[1]}") if behind and named else section


def _count(section: SectionNode, levels: list[SectionNode]) -> SectionNode:
    if section not in levels:
        return section
    count = COUNT.match(section.title)
    number = int(count[1]) if count else levels.index(section) + 1
    return section._replace(title=f"Level {number}: {section.title[count.end() :] if count else section.title}")


def _adopt(sections: list[SectionNode]) -> list[SectionNode]:
    """Sections in which levels belong to the audience above them, even if their headings are of one depth."""
    hosts = [
        at
        for at, (section, below) in enumerate(pairwise(sections))
        if not is_level(section.title) and is_level(below.title) and has_parts(below)
        and not find_kind(section.title, "sections") and not section.sections
    ]  # fmt: skip
    if not hosts or (len(hosts) == 1 and sections[hosts[0]].blocks):
        return sections
    adopted: list[SectionNode] = []
    for at, section in enumerate(sections):
        is_below = is_level(section.title) and adopted and any(host < at for host in hosts)
        if is_below and not is_level(adopted[-1].title):
            adopted[-1].sections.append(section)
        else:
            adopted.append(section)
    return adopted


def _divide_by_audience(sections: list[SectionNode]) -> list[SectionNode]:
    """Sections for audiences, in place of those for levels whose parts are audiences."""
    audiences: dict[str, SectionNode] = {}
    for level in filter(lambda section: is_level(section.title), sections):
        named = [child for child in level.sections if not is_part(child.title) and has_parts(child)]
        shared = [child for child in level.sections if child not in named]
        for child in named:
            name = strip_for(strip_count(child.title))
            name = name[:1].upper() + name[1:]
            audience = audiences.setdefault(normalise(name), child._replace(title=name, blocks=[], sections=[]))
            blocks, parts = [*level.blocks, *child.blocks], [*shared, *child.sections]
            audience.sections.append(SectionNode(child.depth + 1, level.title, child.line, blocks, parts))
    if not audiences:
        return sections
    return [*audiences.values(), *(section for section in sections if not is_level(section.title))]
