"""The modules that a line names: `Modules 1-2 (Foundation Stage)`, `All modules + ongoing R&D`."""

import re
from collections.abc import Iterable, Sequence

from generator.strategy.documents.strategy import Modules, SourceText

TO = r"\s*(?:[-–—−]|\bto\b)\s*"
RUN = rf"\d{{1,3}}(?:{TO}\d{{1,3}})?"
NAMED = re.compile(rf"\bmodules?\s*#?\s*({RUN}(?:(?:\s*(?:,|&|\+|\band\b)\s*)+(?:modules?\s*)?{RUN})*)", re.IGNORECASE)
BARE = re.compile(rf"\s*({RUN}(?:\s*(?:,|&|\+|\band\b)\s*{RUN})*)")
ALL = re.compile(r"\ball\s+(?:the\s+|\d+\s+)?modules\b", re.IGNORECASE)
HIGHEST = 200


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


def find_topics(bullets: Iterable[SourceText]) -> dict[tuple[int, ...], tuple[str, ...]]:
    """The topics of modules by their numbers, from keys such as `Complete Modules 1-2 (Reading + Writing)`."""
    found: dict[tuple[int, ...], tuple[str, ...]] = {}
    for bullet in bullets:
        named = NAMED.search(bullet.text)
        inside = re.search(r"\(([^()]*)\)", bullet.text[named.end() :]) if named else None
        if named and inside:
            topics = tuple(part.strip() for part in re.split(r"[+;,]", inside[1]) if part.strip())
            found.setdefault(expand_numbers(named[1]), topics)
    return found


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
