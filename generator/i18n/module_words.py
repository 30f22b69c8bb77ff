"""The modules of a course in a text, in any language, `Modules 1-2 (Foundation Stage)`, and the levels of a list."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from generator.formats.titles import clean_title
from generator.i18n.headings import list_names, match_any

TO = rf"\s*(?:[-–—−]|\b(?:{match_any('to')})\b)\s*"
RUN = rf"\d{{1,3}}(?:{TO}\d{{1,3}})?"
AND = rf"(?:\s*(?:,|&|\+|\b(?:{match_any('and')})\b)\s*)+"
WORD = rf"(?:{match_any('module')})\b"
NAMED = re.compile(rf"\b{WORD}\s*#?\s*({RUN}(?:{AND}(?:{WORD}\s*)?{RUN})*)", re.IGNORECASE)
BARE = re.compile(rf"\s*({RUN}(?:{AND}{RUN})*)")
ALL = re.compile(rf"\b(?:{match_any('all')})\b(?:\s+(?:the\s+|\d+\s+|\w{{1,3}}\s+)?{WORD}|\s*$)", re.IGNORECASE)
HIGHEST = 200
# Stands for every level.
EVERY = "*"


class Modules(NamedTuple):
    """The modules of a level, and the words beside their numbers."""

    numbers: tuple[int, ...] | Literal["all"]
    note: str = ""
    line: int = 0


def parse_modules(text: str, line: int) -> Modules | None:
    """The modules of a line, and the words beside them. None if it names none."""
    every = ALL.search(text)
    named = every or NAMED.search(text) or BARE.match(text)
    if named is None:
        return None
    note = " ".join(f"{text[: named.start()]} {text[named.end() :]}".split()).strip(" ,;:–—-")
    inside = re.fullmatch(r"\(([^()]*)\)", note)
    note = inside[1].strip() if inside else note
    if every:
        return Modules("all", note, line)
    numbers = expand_numbers(named[1])
    return Modules(numbers, note, line) if numbers else None


def expand_numbers(text: str) -> tuple[int, ...]:
    """`1-2, 4 and 6` as numbers, in order, each once."""
    runs = re.findall(rf"(\d{{1,3}})(?:{TO}(\d{{1,3}}))?", text)
    numbers = (number for low, high in runs for number in range(int(low), int(high or low) + 1))
    return tuple(dict.fromkeys(number for number in numbers if 1 <= number <= HIGHEST))


def write_modules(numbers: Sequence[int] | str, note: str = "") -> str:
    """`Modules 1-2 (Foundation Stage)`, `All modules mastered + ongoing R&D`."""
    if isinstance(numbers, str):
        return f"All modules {note}".strip()
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    text = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
    return f"Module{'s' if len(numbers) > 1 else ''} {text}" + (f" ({note})" if note else "")


def split_levels(text: str) -> list[str]:
    """The levels that a cell names: `1-3`, `Level 2`, `Settled, Leading`, `all`."""
    words = clean_title(text)
    if words.casefold().split(" ")[0] in list_names("words", "all"):
        return [EVERY]
    if numbers := expand_numbers(words):
        return [f"Level {number}" for number in numbers]
    return [part for part in re.split(r"\s*[,;/&+]\s*", words) if part]
