"""Where pages live. An address is a site path: no leading slash, ends in a slash; the home page is empty.

Folders with an index file are the one form of address that Netlify and GitHub Pages treat alike.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from generator.content.model import LevelOutline, Outline, Site

HOME = ""
OFFERS = "offers/"
CURRICULUM = "curriculum/"
QUIZ = "quiz/"
NOT_FOUND = "404.html"
ASSETS = "assets/"
COMPARISONS = "compare/"
ADMIN = "admin/"
# Below the address of an audience.
COMPARISON_PAGE = "compare/"
QUIZ_PAGE = "quiz/"

# More audiences than this do not fit into a menu or side by side into a table.
MANY_AUDIENCES = 8


def audience_address(slug: str) -> str:
    return f"{slug}/"


def level_address(audience: str, level: str) -> str:
    return f"{audience}/{level}/"


def comparison_address(audience: str) -> str:
    return f"{audience}/{COMPARISON_PAGE}"


def quiz_address(audience: str) -> str:
    return f"{audience}/{QUIZ_PAGE}"


def across_address(number: int) -> str:
    """The audiences side by side at one level."""
    return f"{COMPARISONS}{number}/"


def article_address(slug: str) -> str:
    return f"{slug}/"


def asset_address(name: str, data: bytes) -> str:
    """Where an asset lives: its file name carries a digest of its content."""
    stem, dot, suffix = name.rpartition("/")[2].rpartition(".")
    return f"{ASSETS}{stem}.{hashlib.sha256(data).hexdigest()[:10]}{dot}{suffix}"


def find_owner(path: str) -> str:
    """The audience that a file of the output folder was made for, if it was made for one."""
    top, _, rest = path.partition("/")
    return rest.removeprefix("quiz-").partition(".")[0] if f"{top}/" == ASSETS else top


def file_of(address: str) -> str:
    """The file in the output folder that is served at an address."""
    return address if address and not address.endswith("/") else f"{address}index.html"


def root_of(address: str) -> str:
    """The relative way from a page to the top of the site."""
    return "../" * address.count("/") or "./"


def is_small(site: Site) -> bool:
    """Whether every page can name every audience."""
    return len(site.outlines) <= MANY_AUDIENCES


def levels_across(site: Site) -> list[int]:
    """The level numbers at which two audiences or more can be compared."""
    if not is_small(site):
        return []
    counts: dict[int, int] = {}
    for outline in site.outlines:
        for level in outline.levels:
            counts[level.number] = counts.get(level.number, 0) + level.live
    return sorted(number for number, count in counts.items() if count > 1)


def quiz_entry(site: Site) -> str | None:
    """Where the way to a quiz begins: the choice of audience, or the one quiz there is."""
    quizzes = [outline.slug for outline in site.outlines if outline.has_quiz]
    if len(quizzes) == 1:
        return quiz_address(quizzes[0])
    return QUIZ if quizzes else None


def addresses_of(outline: Outline) -> Iterator[tuple[str, str]]:
    """The addresses of an audience's pages, each with the content file it comes from."""
    for address, file in pages_of(outline):
        yield f"{outline.slug}/{address}", f"{outline.slug}/{file}"


def pages_of(outline: Outline) -> tuple[tuple[str, str], ...]:
    """The pages of an audience below its own address, each with its content file."""
    return _list_pages(outline.has_quiz, outline.levels)


@lru_cache(maxsize=1024)
def _list_pages(has_quiz: bool, levels: tuple[LevelOutline, ...]) -> tuple[tuple[str, str], ...]:
    """Many audiences have the same pages."""
    return (
        ("", "audience.md"),
        (COMPARISON_PAGE, "audience.md"),
        *([(QUIZ_PAGE, "quiz.yaml")] if has_quiz else []),
        *((f"{level.slug}/", f"{level.number}-{level.slug}.md") for level in levels if level.live),
    )


@lru_cache(maxsize=1024)
def _name_pages(has_quiz: bool, levels: tuple[LevelOutline, ...]) -> frozenset[str]:
    return frozenset(address for address, _ in _list_pages(has_quiz, levels))


class Addresses(Collection[str]):
    """The address of every page. Those of audiences are worked out when they are asked for."""

    def __init__(self, site: Site, more: Iterable[str] = ()) -> None:
        self._others = frozenset(address for address, _ in addresses_of_site(site)).union(more)
        self._audiences = {outline.slug: _name_pages(outline.has_quiz, outline.levels) for outline in site.outlines}

    def __contains__(self, address: object) -> bool:
        top, slash, rest = str(address).partition("/")
        return address in self._others or (bool(slash) and rest in self._audiences.get(top, ()))

    def __iter__(self) -> Iterator[str]:
        yield from self._others
        for slug, pages in self._audiences.items():
            yield from (f"{slug}/{page}" for page in pages)

    def __len__(self) -> int:
        return len(self._others) + sum(map(len, self._audiences.values()))


def addresses_of_site(site: Site) -> Iterator[tuple[str, str]]:
    """The addresses of all other pages, each with the content file it comes from."""
    yield HOME, "home.md"
    if site.offers:
        yield OFFERS, "offers.yaml"
    if site.curriculum:
        yield CURRICULUM, "curriculum.yaml"
    if quiz_entry(site) == QUIZ:
        yield QUIZ, "the quizzes"
    for number in levels_across(site):
        yield across_address(number), "the audiences"
    for article in site.articles:
        yield article_address(article.slug), f"pages/{article.slug}.md"
