"""Which files a content folder has, sorted by what they are for."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, error_at, suggest
from generator.files.tree import Tree

SITE_FILES = ("site.yaml", "offers.yaml", "curriculum.yaml", "home.md", "words.yaml", "strategy.yaml")
LEVEL_FILE = re.compile(r"([1-9][0-9]{0,3})-([a-z0-9]+(?:-[a-z0-9]+)*)\.md")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class AudienceFiles(Mapping[str, tuple[str, ...]]):
    """The files of each audience by its folder, looked up when they are asked for."""

    def __init__(self, folder: Tree, slugs: list[str]) -> None:
        self._folder = folder
        self._slugs = dict.fromkeys(slugs)

    def __getitem__(self, slug: str) -> tuple[str, ...]:
        self._slugs[slug]
        return _sort_audience(self._folder.below(slug))[0]

    def __iter__(self) -> Iterator[str]:
        return iter(self._slugs)

    def __len__(self) -> int:
        return len(self._slugs)


class Listing(NamedTuple):
    """Which files a content folder has, sorted by what they are for."""

    site: frozenset[str]
    articles: tuple[str, ...]
    audiences: Mapping[str, tuple[str, ...]]


def list_content(folder: Tree) -> tuple[Listing, list[Diagnostic]]:
    """The files of a content folder, and a problem for each that has no place in it."""
    site = frozenset(SITE_FILES).intersection(folder.below(""))
    articles = tuple(path for path in folder.below("pages") if _is_article(path))
    odd = [path for path in folder.below("") if path not in site]
    odd += [path for path in folder.below("pages") if not _is_article(path)]
    slugs: list[str] = []
    for top in folder.tops():
        if top not in ("", "pages"):
            files, others = _sort_audience(folder.below(top))
            odd += others
            if files:
                slugs.append(top)
    problems = [
        error_at("?", f"{folder.name}/{path}", WHOLE_FILE, "this file has no place here.", _hint(path))
        for path in sorted(odd)
    ]
    return Listing(site, articles, AudienceFiles(folder, slugs)), problems


def _is_article(path: str) -> bool:
    name = path.removeprefix("pages/")
    return name.endswith(".md") and SLUG.fullmatch(name[:-3]) is not None


@lru_cache(maxsize=2048)
def _sort_audience(paths: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files of an audience, and those that have no place in its folder. Kept, as most edits leave them in place."""
    files = tuple(path for path in paths if _is_audience_file(*path.split("/", 1)))
    return files, tuple(path for path in paths if path not in files)


def _is_audience_file(top: str, name: str) -> bool:
    known = name in ("audience.md", "quiz.yaml") or LEVEL_FILE.fullmatch(name) is not None
    return known and SLUG.fullmatch(top) is not None


def _hint(path: str) -> str:
    top, _, rest = path.partition("/")
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
