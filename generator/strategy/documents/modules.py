"""Which modules a line of a strategy names: `Modules 1-2 (Foundation Stage)`, `All modules + ongoing R&D`."""

import re
from collections.abc import Iterable, Sequence

from generator.strategy.documents.strategy import Modules, Point

NUMBERS = r"\d{1,3}(?:\s*(?:[-–—−]|\bto\b)\s*\d{1,3})?"
NAMED = re.compile(
    rf"\bmodules?\s*#?\s*({NUMBERS}(?:(?:\s*(?:,|&|\+|\band\b)\s*)+(?:modules?\s*)?{NUMBERS})*)", re.IGNORECASE
)
ALL = re.compile(r"\ball\s+(?:the\s+|\d+\s+)?modules\b", re.IGNORECASE)
MOST = 200


def parse_modules(text: str, line: int) -> Modules | None:
    """The modules of a line, and what is said beside them. None where it names none."""
    everything = ALL.search(text)
    if everything:
        return Modules("all", _clean(text[: everything.start()] + " " + text[everything.end() :]), line)
    named = NAMED.search(text) or re.match(rf"\s*({NUMBERS}(?:\s*(?:,|&|\+|\band\b)\s*{NUMBERS})*)", text)
    if named is None:
        return None
    numbers = expand(named[1])
    return Modules(numbers, _clean(text[: named.start()] + " " + text[named.end() :]), line) if numbers else None


def expand(text: str) -> tuple[int, ...]:
    """`1-2, 4 and 6` as numbers, in order, each once."""
    found: list[int] = []
    for low, high in re.findall(r"(\d{1,3})(?:\s*(?:[-–—−]|\bto\b)\s*(\d{1,3}))?", text):
        found += range(int(low), int(high or low) + 1)
    return tuple(dict.fromkeys(number for number in found if 1 <= number <= MOST))


def _clean(text: str) -> str:
    text = " ".join(text.split()).strip(" ,;:–—-")
    whole = re.fullmatch(r"\(([^()]*)\)", text)
    return whole[1].strip() if whole else text


def find_topics(points: Iterable[Point]) -> dict[tuple[int, ...], tuple[str, ...]]:
    """What modules are about, as keys to success say it: `Complete Modules 1-2 (Reading + Writing)`."""
    found: dict[tuple[int, ...], tuple[str, ...]] = {}
    for point in points:
        named = NAMED.search(point.text)
        inside = re.search(r"\(([^()]*)\)", point.text[named.end() :]) if named else None
        if named and inside:
            topics = tuple(part.strip() for part in re.split(r"\s*(?:\+|;|,)\s*", inside[1]) if part.strip())
            found.setdefault(expand(named[1]), topics)
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
