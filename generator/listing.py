"""Which files a content folder has, sorted by what they are for."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from generator.folders import Folder
from generator.problems import Place, Problem, suggest

SITE_FILES = ("site.yaml", "offers.yaml", "curriculum.yaml", "home.md", "words.yaml", "strategy.yaml")
LEVEL_FILE = re.compile(r"([1-9][0-9]{0,3})-([a-z0-9]+(?:-[a-z0-9]+)*)\.md")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Listing(NamedTuple):
    """Which files a content folder has, sorted by what they are for."""

    site: frozenset[str]
    articles: tuple[str, ...]
    audiences: Mapping[str, tuple[str, ...]]


def list_content(folder: Folder) -> tuple[Listing, list[Problem]]:
    """The files of a content folder, and a problem for each that has no place in it."""
    listing, odd = _sort_paths(folder.paths())
    problems = [Problem(Place(f"{folder.name}/{path}"), "this file has no place here.", hint) for path, hint in odd]
    return listing, problems


@lru_cache(maxsize=1)
def _sort_paths(paths: tuple[str, ...]) -> tuple[Listing, tuple[tuple[str, str], ...]]:
    """The listing, and each path that has no place with a hint. Kept, since most edits leave all files in place."""
    odd: list[tuple[str, str]] = []
    site: set[str] = set()
    articles: list[str] = []
    audiences: dict[str, list[str]] = {}
    for path in paths:
        top, _, rest = path.partition("/")
        if not rest and top in SITE_FILES:
            site.add(top)
        elif top == "pages" and rest.endswith(".md") and SLUG.fullmatch(rest[:-3]):
            articles.append(path)
        elif rest and (top in audiences or (top != "pages" and SLUG.fullmatch(top))) and _is_audience_file(rest):
            audiences.setdefault(top, []).append(path)
        else:
            odd.append((path, _hint(top, rest)))
    audience_files = {slug: tuple(files) for slug, files in audiences.items()}
    return Listing(frozenset(site), tuple(articles), audience_files), tuple(odd)


@lru_cache(maxsize=20_000)
def _is_audience_file(name: str) -> bool:
    return name in ("audience.md", "quiz.yaml") or LEVEL_FILE.fullmatch(name) is not None


def _hint(top: str, rest: str) -> str:
    if not rest:
        return suggest(top, SITE_FILES)
    if top == "pages":
        return "Pages are named with small letters, digits and hyphens: pages/about-us.md."
    if "/" in rest:
        return "An audience's folder has no folders in it."
    if not SLUG.fullmatch(top):
        return "Folders are named with small letters, digits and hyphens."
    if rest.endswith(".md"):
        return "Levels are named 1-first.md, 2-second.md, with small letters, digits and hyphens."
    return suggest(rest, ("audience.md", "quiz.yaml", "1-first.md"))
