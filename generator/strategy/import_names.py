"""Names of files and ids, made of the names a document gives: always valid, never twice, never reserved."""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from generator.content.routes import reserved_names
from generator.formats.slugs import make_slug

LONGEST = 60


class Shelf(NamedTuple):
    """All offers as data, in order, and the id of each by its name and price."""

    offers: list[dict[str, Any]]
    ids: dict[tuple[Any, ...], str]


def make_slugs(names: Sequence[str], kind: str, part: bool = False) -> list[str]:
    """A slug for each name. `kind` stands in for a name without Latin letters; `part`: of a name with a
    slash, the first side is enough.
    """
    found: list[str] = []
    reserved = reserved_names()
    for number, name in enumerate(names, 1):
        short = re.split(r"[/(,]", name, maxsplit=1)[0] if part else name
        slug = cut(make_slug(short) or make_slug(name)) or f"{kind}-{number}"
        found.append(_make_own(f"{slug}-{kind}" if slug in reserved else slug, found))
    return found


def cut(slug: str) -> str:
    """A slug that is not too long for a file name, cut between words."""
    if len(slug) <= LONGEST:
        return slug
    return (slug[:LONGEST].rpartition("-")[0] or slug[:LONGEST]).strip("-")


def _make_own(slug: str, taken: Sequence[str]) -> str:
    name, number = slug, 1
    while name in taken:
        number += 1
        name = f"{slug}-{number}"
    return name
