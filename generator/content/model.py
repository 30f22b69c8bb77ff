"""What the site is: immutable values, no input or output.

A `Site` holds what every page may need: its own files, and of each audience an `AudienceSummary`, the part
that pages of others may show.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple, TypeVar

from msgspec import Struct, convert, msgpack, structs

from generator.content.kinds import KINDS_BY_NAME, ContentKind, Menu, Parameters
from generator.content.media import Media
from generator.formats.document import Item
from generator.i18n.language import Words
from generator.schema.addresses import AddressesFile
from generator.schema.audience import AudienceFields, Metric
from generator.schema.curriculum import CurriculumFile, Module, Stage
from generator.schema.level import Band, LevelFields
from generator.schema.offers import Offer
from generator.schema.quiz import Quiz
from generator.schema.seo import Seo
from generator.schema.site import SiteFile

Full = TypeVar("Full", bound=Struct)


# The site's mark is a pyramid with so many levels where it shows no place on a climb (layouts/components/pyramid.html).
MARK_LEVELS = 4

State = Literal["live", "draft", "scheduled", "expired"]


class ContentFile(Struct, frozen=True, kw_only=True):
    """A file of the site or of an audience: its fields, and in Markdown the `body` below them.

    `kind_name` is the name of its kind, `parameters` what stands for the parameters of that kind's path. `fields`
    is a value of the kind's type, a tuple of them if it is a list. Only a build with drafts has files whose `state` is
    not `live`.
    """

    kind_name: str
    path: str
    parameters: Parameters
    fields: Any
    body: str = ""
    state: State = "live"

    @property
    def kind(self) -> ContentKind:
        return KINDS_BY_NAME[self.kind_name]

    @property
    def route(self) -> str:
        """The URL path of its page."""
        return self.kind.page_route(**self.parameters)

    @property
    def title(self) -> str | None:
        return getattr(self.fields, "title", None)

    @property
    def summary(self) -> str | None:
        return getattr(self.fields, "summary", None)

    @property
    def seo(self) -> Seo | None:
        """What search engines are told of its page."""
        return getattr(self.fields, "seo", None)

    @property
    def menu(self) -> Menu:
        """The menu that links to its page."""
        menu: Menu = getattr(self.fields, "menu", self.kind.menu)
        return menu


class Level(LevelFields, frozen=True, kw_only=True):
    """A level of an audience: its front matter, and the lists of its body. `live` says whether it is part of this
    build, which with drafts it is in any `state`.
    """

    number: int
    slug: str
    live: bool
    state: State
    opening: str
    symptoms: tuple[Item, ...]
    keys: tuple[Item, ...]
    success: tuple[Item, ...]


class Audience(AudienceFields, frozen=True, kw_only=True):
    """An audience with its levels, lowest first, and its other files. `characters` are those of all its texts."""

    slug: str
    body: str
    levels: tuple[Level, ...]
    files: tuple[ContentFile, ...]
    state: State
    characters: str

    @property
    def live_levels(self) -> tuple[Level, ...]:
        """The levels that have a page in this build."""
        return tuple(level for level in self.levels if level.live)

    @property
    def quiz(self) -> Quiz | None:
        return next((file.fields for file in self.files if file.kind_name == "quiz"), None)


class LevelSummary(Struct, frozen=True, kw_only=True):
    """What pages other than its own show of a level."""

    number: int
    slug: str
    name: str
    label: str | None
    title: str
    summary: str
    focus: str
    tagline: str | None
    metric: Band | str | None
    offers: tuple[str, ...]
    state: State
    seo: Seo | None


class HiddenLevel(Struct, frozen=True, kw_only=True):
    """All that is told of a level that is not live: what checks and the browser editor need."""

    number: int
    slug: str
    name: str


class FileSummary(Struct, frozen=True, kw_only=True):
    """What others have to know of a further file of an audience."""

    kind_name: str
    title: str | None
    summary: str | None
    seo: Seo | None


class AudienceSummary(Struct, frozen=True, kw_only=True):
    """What pages other than its own show of an audience. `name` is what visitors call it; `files` are those besides its
    own and its levels'; `hidden` are the levels that no page names.
    """

    slug: str
    name: str
    title: str
    summary: str
    metric: Metric | None
    levels: tuple[LevelSummary, ...]
    files: tuple[FileSummary, ...]
    state: State
    seo: Seo | None
    hidden: tuple[HiddenLevel, ...]
    # The sites whose videos pages of the audience show.
    players: tuple[str, ...] = ()

    def has(self, kind_name: str) -> bool:
        """Whether the audience has a file of a kind."""
        return kind_name in ("audience", "level") or any(file.kind_name == kind_name for file in self.files)


class Site(Struct, frozen=True, kw_only=True):
    """The words, the site's own files by path in the order of `KINDS`, and the summaries of its live audiences.

    `unread` names files that are missing or wrong: nothing is built then, and no one can say what they promise.
    `hidden` names what is not live: files by their path, offers by their id; `hidden_level` is the highest level of
    the audiences among them. `media` has pictures and other files by their addresses; no page sees `addresses`.
    """

    words: Words
    files: Mapping[str, ContentFile] = {}
    audiences: tuple[AudienceSummary, ...] = ()
    unread: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    hidden_level: int = 0
    media: Media = {}
    addresses: AddressesFile = AddressesFile()

    @property
    def settings(self) -> SiteFile:
        """What is in site.yaml; while that is missing or wrong, the settings of a site without a name."""
        file = self.files.get("site.yaml")
        settings: SiteFile = file.fields if file else SiteFile(name="?")
        return settings

    @property
    def offers(self) -> tuple[Offer, ...]:
        """All offers of the file, as it names them."""
        file = self.files.get("offers.yaml")
        return file.fields if file else ()

    @property
    def live_offers(self) -> tuple[Offer, ...]:
        """The offers that pages show."""
        return tuple(offer for offer in self.offers if offer.id not in self.hidden)

    @property
    def curriculum(self) -> CurriculumFile | None:
        file = self.files.get("curriculum.yaml")
        return file.fields if file else None

    @property
    def stages(self) -> tuple[Stage, ...]:
        return self.curriculum.stages if self.curriculum else ()

    @property
    def stage_levels(self) -> int:
        """How many levels the stages of the curriculum climb."""
        return max([len(self.stages) + 1, *(stage.to_level or 0 for stage in self.stages)])

    @property
    def level_totals(self) -> set[int]:
        """The numbers of levels that something on the site has, the site's mark included."""
        return {
            MARK_LEVELS,
            self.stage_levels,
            *(level.number for audience in self.audiences for level in audience.levels[-1:]),
        }

    @property
    def modules(self) -> tuple[Module, ...]:
        return self.curriculum.modules if self.curriculum else ()

    def list_unpublished(self, routes: Iterable[str]) -> list[str]:
        """Of the addresses of all pages those that were never published before."""
        return sorted({f"/{route}" for route in routes}.difference(self.addresses.published))


class Content(NamedTuple):
    """A site and its live audiences, in the site's order."""

    site: Site
    audiences: list[Audience]


def derive(value: Struct, kind: type[Full], **more: object) -> Full:
    """A value of `kind`: what `more` gives, and the attributes of `value` that are named as its other fields."""
    names = [name for name in kind.__struct_fields__ if name not in more]
    return kind(**{name: getattr(value, name) for name in names}, **more)


def encode_audience(audience: Audience | None) -> bytes:
    """An audience as bytes, for other processes and later builds."""
    return msgpack.encode(audience)


def decode_audience(data: bytes) -> Audience | None:
    """The audience that `encode_audience` was given. The type of a file's fields is only known by its kind."""
    audience = msgpack.decode(data, type=Audience | None)
    if audience is None or not audience.files:
        return audience
    files = (structs.replace(file, fields=convert(file.fields, file.kind.type)) for file in audience.files)
    return structs.replace(audience, files=tuple(files))
