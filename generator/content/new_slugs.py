"""Slugs for folders and files that are yet to be made."""

import re
from collections.abc import Sequence
from itertools import count

from generator.content.routes import reserved_names
from generator.formats.slugs import make_slug

LONGEST_SLUG = 60


def make_slugs(names: Sequence[str], kind: str, language: str = "en", first_side: bool = False) -> list[str]:
    """A slug for each name, spelled as in a language. A name without Latin letters gets `kind` and its number instead.

    `first_side`: one side of a name with a slash is enough.
    """
    reserved = reserved_names()
    slugs: list[str] = []
    for number, name in enumerate(names, 1):
        short = re.split(r"[/(,]", name, maxsplit=1)[0] if first_side else name
        slug = _shorten(make_slug(short, language) or make_slug(name, language)) or f"{kind}-{number}"
        slugs.append(make_unique(f"{slug}-{kind}" if slug in reserved else slug, slugs))
    return slugs


def _shorten(slug: str) -> str:
    """A slug that is not too long for a file name, cut between words."""
    cut = slug[:LONGEST_SLUG]
    return slug if slug == cut else (cut.rpartition("-")[0] or cut).strip("-")


def make_unique(slug: str, taken: Sequence[str]) -> str:
    """The slug, with a number if it is taken."""
    slugs = (f"{slug}-{number}" if number > 1 else slug for number in count(1))
    return next(unique for unique in slugs if unique not in taken)
