"""What the site is: immutable values, no input or output.

A `Site` holds what every page may need. An `Audience` holds its levels and is kept apart, one at a
time, so that a site of a thousand audiences need not be in memory at once; `Outline` is the part of
an audience that other pages show.
"""

from functools import lru_cache
from hashlib import blake2b
from typing import TypeVar

from msgspec import Struct, structs

from generator.formats.document import Item
from generator.i18n.language import Words
from generator.schema.audience import AudienceFields, Metric
from generator.schema.curriculum import CurriculumFile, Module, Stage
from generator.schema.level import Band, LevelFields
from generator.schema.offers import Offer
from generator.schema.page import HomeFields, PageFields
from generator.schema.quiz import Quiz
from generator.schema.site import SiteFile

# So many bytes tell the summaries of a million levels apart, but for a chance of one in a million.
MARK = 8

Full = TypeVar("Full", bound=Struct)


class Level(LevelFields, frozen=True, kw_only=True):
    """A level of an audience: its front matter, and the lists of its body."""

    number: int
    slug: str
    live: bool
    opening: str
    symptoms: tuple[Item, ...]
    keys: tuple[Item, ...]
    success: tuple[Item, ...]


class Audience(AudienceFields, frozen=True, kw_only=True):
    """An audience with its levels, lowest first, and its quiz."""

    slug: str
    body: str
    levels: tuple[Level, ...]
    quiz: Quiz | None = None

    @property
    def live_levels(self) -> tuple[Level, ...]:
        """The levels that have a page in this build."""
        return tuple(level for level in self.levels if level.live)


class LevelOutline(Struct, frozen=True, kw_only=True, cache_hash=True):
    """What other pages show of a level."""

    number: int
    slug: str
    name: str
    title: str
    summary: str
    focus: str
    tagline: str | None
    band: Band | None
    live: bool


class Outline(Struct, frozen=True, kw_only=True, cache_hash=True):
    """What other pages show of an audience. `marks` stand for the summaries of its levels where these are left out:
    `MARK` bytes for each.
    """

    slug: str
    name: str
    title: str
    summary: str
    order: int | None
    metric: Metric | None
    has_quiz: bool
    levels: tuple[LevelOutline, ...]
    marks: bytes = b""

    def __post_init__(self) -> None:
        """What is alike about levels is there once, in however many audiences."""
        structs.force_setattr(self, "levels", tuple(map(_find_alike, self.levels)))


@lru_cache(maxsize=1024)
def _find_alike(level: LevelOutline) -> LevelOutline:
    return level


class Home(HomeFields, frozen=True, kw_only=True):
    """The front page."""

    body: str


class Article(PageFields, frozen=True, kw_only=True):
    """A free page."""

    slug: str
    body: str


class Site(Struct, frozen=True, kw_only=True):
    """Everything but the levels: settings, words, offers, curriculum, free pages, outlines of audiences.

    `unread` names files that are missing or wrong: nothing is built then, and no one can say what they promise.
    """

    settings: SiteFile
    words: Words
    home: Home
    offers: tuple[Offer, ...] = ()
    curriculum: CurriculumFile | None = None
    articles: tuple[Article, ...] = ()
    outlines: tuple[Outline, ...] = ()
    unread: tuple[str, ...] = ()

    @property
    def stages(self) -> tuple[Stage, ...]:
        return self.curriculum.stages if self.curriculum else ()

    @property
    def modules(self) -> tuple[Module, ...]:
        return self.curriculum.modules if self.curriculum else ()


def outline_audience(audience: Audience) -> Outline:
    """The part of an audience that pages outside it may show."""
    return Outline(
        slug=audience.slug,
        name=audience.name,
        title=audience.title,
        summary=audience.summary,
        order=audience.order,
        metric=audience.metric,
        has_quiz=audience.quiz is not None,
        levels=tuple(
            LevelOutline(
                number=level.number,
                slug=level.slug,
                name=level.name,
                title=level.title,
                summary=level.summary,
                focus=level.message.focus,
                tagline=level.tagline,
                band=level.metric,
                live=level.live,
            )
            for level in audience.levels
        ),
    )


def shorten(outline: Outline) -> Outline:
    """What a site of many audiences shows of one: of its levels no more than their names, and where they are."""
    levels = (
        structs.replace(level, title="", summary="", focus="", tagline=None, band=None) for level in outline.levels
    )
    marks = b"".join(mark_summary(level.summary) for level in outline.levels)
    return structs.replace(outline, levels=tuple(levels), marks=marks)


def mark_summary(summary: str) -> bytes:
    """A few bytes that tell a summary from any other."""
    return blake2b(summary.encode(), digest_size=MARK).digest()


@lru_cache(maxsize=2048)
def marks_of(outline: Outline) -> tuple[bytes, ...]:
    """The marks of an audience's summary and of those of its levels."""
    levels = [outline.marks[at : at + MARK] for at in range(0, len(outline.marks), MARK)]
    return mark_summary(outline.summary), *(levels or (mark_summary(level.summary) for level in outline.levels))


def extend(fields: Struct, full: type[Full], **more: object) -> Full:
    """`full` made of the front matter `fields` and of what the body and the file name add."""
    return full(**structs.asdict(fields), **more)
