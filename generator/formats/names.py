"""Names: how they are compared, found, listed, and written without capitals throughout."""

import re
from collections.abc import Iterable, Sequence

from generator.formats.lists import split_at

SMALL_WORDS = {"of", "to", "in", "at", "by", "on", "or", "an", "a", "as", "and", "the", "for", "with"}


def normalise(name: str) -> str:
    """A name without capitals, emphasis and extra spaces, for comparisons."""
    return " ".join(name.replace("*", "").casefold().split())


def title_case(name: str, known: Iterable[str] = ()) -> str:
    """A name in capitals as one of the `known` names spells it, or else in title case. Other names stay as they are."""
    spelled = next((other for other in known if normalise(other) == normalise(name) and not is_all_caps(other)), None)
    if spelled or not is_all_caps(name):
        return spelled or name
    words = re.split(r"([\s/–—-]+)", name)
    return "".join(_capitalise(word, is_first=index == 0) for index, word in enumerate(words))


def _capitalise(word: str, is_first: bool) -> str:
    if word.lower() in SMALL_WORDS:
        return word.capitalize() if is_first else word.lower()
    return word if len(word) <= 2 else word.capitalize()  # AI, HR and UX are acronyms


def is_all_caps(name: str) -> bool:
    """Whether a name is in capitals throughout, and longer than an acronym."""
    letters = [character for character in name if character.isalpha()]
    return len(letters) > 3 and name.upper() == name and name.lower() != name


def strip_front(titles: Sequence[str], common: str | None) -> list[str]:
    """Titles without what all have in front, or the `common` name: `PROFIT PYRAMID: FOUNDERS` is `FOUNDERS`."""
    parts = [re.split(r"\s*[:：]\s*|\s+[-–—]\s+", title, maxsplit=1) for title in titles]
    fronts = [normalise(front) for front, *rest in parts if rest]
    known = {normalise(common or "")}
    if 1 < len(titles) == len(fronts) and len(set(fronts)) == 1:
        known.update(fronts)
    return [part[1] if len(part) == 2 and normalise(part[0]) in known else title
            for part, title in zip(parts, titles, strict=True)]  # fmt: skip


def match_name(name: str, candidates: Sequence[tuple[str, ...]]) -> int | None:
    """The index of the candidate that a name means; each candidate has one or more names.

    A name that is equal goes before one that is equal only in part: `Founders` means `Founders/Entrepreneurs`.
    """
    wanted = normalise(name)
    known = [[normalise(other) for other in names] for names in candidates]
    equal = (index for index, names in enumerate(known) if wanted in names)
    similar = (
        index
        for index, names in enumerate(known)
        if any(_is_part(wanted, other) or _is_part(other, wanted) for other in names)
    )
    return next(equal, next(similar, None))


def _is_part(part: str, whole: str) -> bool:
    """Whether a name is one side of another with a slash, or the words it begins or ends with."""
    sides = [side.strip() for side in re.split(r"[/,&]|\band\b|\bor\b", whole)]
    return bool(part) and (part in sides or whole.startswith(f"{part} ") or whole.endswith(f" {part}"))


def split_list(text: str) -> list[str]:
    """The parts of an enumeration: at semicolons if there are any, else at commas; not within
    parentheses, quotes or numbers.
    """
    parts = split_at(text, ";")
    return parts if len(parts) > 1 else split_at(text, ",")
