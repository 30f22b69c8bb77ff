"""Levels in a text, in any language: headings such as `Level 2: SURVIVING`, and the numbers and names in them."""

import re

from generator.formats.titles import clean_title
from generator.i18n.headings import list_names, match_any

LEVEL_WORD = rf"\b(?:{match_any('level')}|l(?=\d))"
LEVEL_NUMBER = re.compile(rf"{LEVEL_WORD}\s*#?\s*(\d{{1,3}})\b", re.IGNORECASE)
ARROW = r"(?:→|➔|⟶|➡|⇒|->|=>)"
LEVEL_HEADING = re.compile(
    rf"(?:(?:{'|'.join(list_names('words', 'level_alone'))})\b(?!s\b)|{LEVEL_WORD}\s*#?\s*\d)(?!.*{ARROW})",
    re.IGNORECASE,
)
LEVEL_BEHIND = re.compile(rf"(.+?)\s*[(\[–—-]+\s*{LEVEL_WORD}\s*#?(\d{{1,3}})\s*[)\]]?$", re.IGNORECASE)
LEVEL = re.compile(
    rf"{LEVEL_WORD}\s*#?\s*(?P<number>\d{{1,3}})\b\s*(?:[:：.)–—-]+\s*)?(?P<name>.*)$", re.IGNORECASE | re.DOTALL
)
NUMBERED = re.compile(r"#?(\d{1,3})(?:\s*[.):–—-]+\s*|\s+|$)(?!\d)(.*)")


def find_level_numbers(text: str) -> list[int]:
    """The numbers of the levels that a text names: `Level 1 → Level 2`."""
    return [int(number) for number in LEVEL_NUMBER.findall(text)]


def is_level(title: str) -> bool:
    """Whether a heading is meant for a level, even if its number or name is missing."""
    return LEVEL_HEADING.match(title) is not None


def parse_level(text: str) -> tuple[int | None, str]:
    """The number and the name of a level, as far as a text has them; of a step, those of the level it begins at."""
    words = re.split(ARROW, clean_title(" ".join(text.split())), maxsplit=1)[0].strip(" :")
    if behind := LEVEL_BEHIND.fullmatch(words):
        return int(behind[2]), behind[1].strip()
    if found := LEVEL.match(words) or NUMBERED.match(words):
        return int(found[1]), found[2].strip()
    return None, words
