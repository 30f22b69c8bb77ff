"""Names in a strategy document: headings that shout, several names for one audience, frameworks in front."""

import re
from collections.abc import Iterable, Sequence

from generator.strategy.documents.strategy import fold

SMALL = {"of", "to", "in", "at", "by", "on", "or", "an", "a", "as", "and", "the", "for", "with"}
LEVEL = re.compile(r"(?:level|tier)\s*#?\s*(\d{1,3})\b", re.IGNORECASE)


def calm(name: str, known: Iterable[str] = ()) -> str:
    """A name without shouting: as one of the `known` spells it, else with capitals at the start of words."""
    spelled = next((other for other in known if fold(other) == fold(name) and not is_loud(other)), None)
    if spelled or not is_loud(name):
        return spelled or name
    words = re.split(r"([\s/–—-]+)", name)
    return "".join(_calm_word(word, first=index == 0) for index, word in enumerate(words))


def _calm_word(word: str, first: bool) -> str:
    if word.lower() in SMALL and not first:
        return word.lower()
    if len(word) <= 2 and word.lower() not in SMALL:
        return word  # AI, HR, UX
    return word.capitalize()


def is_loud(name: str) -> bool:
    """Whether a name is in capitals throughout, and longer than an acronym."""
    letters = [character for character in name if character.isalpha()]
    return len(letters) > 3 and name.upper() == name and name.lower() != name


def strip_framework(titles: Sequence[str], framework: str | None) -> list[str]:
    """Titles without the name of the framework in front: `PROFIT PYRAMID: FOUNDERS` is `FOUNDERS`."""
    parts = [re.split(r"\s*[:：]\s*|\s+[-–—]\s+", title, maxsplit=1) for title in titles]
    fronts = {fold(part[0]) for part in parts if len(part) == 2}
    shared = len(titles) > 1 and len(fronts) == 1 and all(len(part) == 2 for part in parts)
    known = fold(framework) if framework else None
    return [
        part[1] if len(part) == 2 and (shared or fold(part[0]) == known or "pyramid" in fold(part[0])) else title
        for part, title in zip(parts, titles, strict=True)
    ]


def find_name(name: str, names: Sequence[tuple[str, ...]]) -> int | None:
    """Which of several things is meant by a name; each has its names. An exact match goes before one by a part."""
    wanted = fold(re.sub(r"^for\s+", "", name.strip().rstrip(":："), flags=re.IGNORECASE))
    for index, known in enumerate(names):
        if wanted in map(fold, known):
            return index
    for index, known in enumerate(names):
        if any(_is_part(wanted, fold(other)) or _is_part(fold(other), wanted) for other in known):
            return index
    return None


def _is_part(part: str, whole: str) -> bool:
    """Whether a name is one side of another with a slash, or the words it begins or ends with."""
    sides = [side.strip() for side in re.split(r"[/,&]|\band\b|\bor\b", whole)]
    return bool(part) and (part in sides or whole.startswith(f"{part} ") or whole.endswith(f" {part}"))


def find_levels(text: str) -> list[int]:
    """The level numbers a text names, in order."""
    return [int(number) for number in LEVEL.findall(text)]
