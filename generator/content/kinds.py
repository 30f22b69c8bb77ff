"""The registry of content kinds: a row of `KINDS` says all that the program has to know of a kind of file.

A kind of page is four things: the type of its fields in `schema`, a function `plan` in a module of `pages`, a
template of the same name in `layouts/pages/`, and a row here. All else goes through the rows: what belongs into a
content folder, loading, links, HTML, titles, summaries, URLs, the sitemap, menus, status, forms, schemas, reference.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from msgspec import Struct

from generator.content.media import FOLDER as MEDIA
from generator.schema.addresses import AddressesFile
from generator.schema.audience import AudienceFields
from generator.schema.curriculum import CurriculumFile
from generator.schema.level import LevelFields
from generator.schema.offers import Offer
from generator.schema.page import HomeFields, PageFields
from generator.schema.quiz import Quiz
from generator.schema.site import SiteFile
from generator.schema.strategy import StrategyFile

Menu = Literal["header", "footer", "none"]
Parameters = dict[str, str]

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
# What may stand for a parameter of a path: a number between 1 and 9999, or a slug.
VALUES = {"number": r"[1-9][0-9]{0,3}"}


class ContentKind(NamedTuple):
    """One kind of content file.

    `path` is where such files lie, with parameters: `<audience>/<number>-<slug>.md`. A kind with `<audience>` in it
    belongs to an audience, any other to the site. `fields` is the type of what is written in YAML, of one entry if
    the file `is_list`. `route` is where its page is, with the same parameters; None if it has no page.
    """

    name: str
    path: str
    fields: type[Struct]
    route: str | None = None
    # The module of `pages` and the template in `layouts/pages/` that make the page, if they are not named as the kind.
    page: str = ""
    # What the browser editor calls such files, if that is not the name.
    label: str = ""
    is_list: bool = False
    is_required: bool = False
    # Whether such files may lie in folders, which are then in the URL of the page, too.
    may_nest: bool = False
    # Whether visitors see what is in the file: only then is it held in memory, checked for links and in a form.
    is_published: bool = True
    # Whether the field `title` is the title of the page, so that no other page may have it.
    has_own_title: bool = True
    # The menu with a link to the page, unless there is a field `menu` to say so; what the link says, as a key of
    # words.yaml, else it is the title; the lightest link comes first.
    menu: Menu = "none"
    menu_word: str = ""
    menu_weight: int = 9

    @property
    def is_of_audience(self) -> bool:
        return "<audience>" in self.path

    @property
    def is_single(self) -> bool:
        """Whether a site, or an audience, has at most one such file."""
        return "<slug>" not in self.path

    @property
    def has_body(self) -> bool:
        """Whether it is Markdown, and the fields are its front matter."""
        return self.path.endswith(".md")

    @property
    def has_route(self) -> bool:
        return self.route is not None

    @property
    def has_fixed_route(self) -> bool:
        """Whether its page is in one place, whatever the file is named."""
        return bool(self.route) and "<" not in (self.route or "")

    @property
    def folder(self) -> str:
        """The folder of the site's own files of this kind: `pages`."""
        return "" if self.is_of_audience else self.path.rpartition("/")[0]

    @property
    def type(self) -> Any:
        """What the YAML of a file becomes."""
        return tuple[self.fields, ...] if self.is_list else self.fields  # type: ignore[name-defined]

    @property
    def planner(self) -> str:
        """The function that plans its pages, as `module:name`."""
        return f"generator.pages.{self.page or self.name}:plan"

    @property
    def template(self) -> str:
        return f"pages/{self.page or self.name}.html"

    @property
    def pattern(self) -> str:
        """The glob that such files match below the content folder."""
        many = "**/*" if self.may_nest else "*"
        return re.sub(r"<(\w+)>", lambda part: "[0-9]*" if part[1] in VALUES else many, self.path)

    def file_path(self, **parameters: object) -> str:
        return _fill(self.path, parameters)

    def page_route(self, **parameters: object) -> str:
        return _fill(self.route or "", parameters)


KINDS = (
    ContentKind("site", "site.yaml", SiteFile, label="Settings", is_required=True),
    ContentKind("home", "home.md", HomeFields, "", label="Front page", is_required=True, has_own_title=False),
    ContentKind(
        "offers", "offers.yaml", Offer, "offers/",
        is_list=True, menu="header", menu_word="offers", menu_weight=2,
    ),
    ContentKind(
        "curriculum", "curriculum.yaml", CurriculumFile, "curriculum/",
        menu="header", menu_word="curriculum", menu_weight=1,
    ),
    ContentKind(
        "audience", "<audience>/audience.md", AudienceFields, "<audience>/",
        label="Audiences", is_required=True, has_own_title=False,
    ),
    ContentKind(
        "level", "<audience>/<number>-<slug>.md", LevelFields, "<audience>/<slug>/",
        label="Levels", has_own_title=False,
    ),
    ContentKind("quiz", "<audience>/quiz.yaml", Quiz, "<audience>/quiz/", label="Quizzes", has_own_title=False),
    ContentKind("page", "pages/<slug>.md", PageFields, "<slug>/", page="article", label="Pages", may_nest=True),
    ContentKind("addresses", "addresses.yaml", AddressesFile, is_published=False),
    ContentKind("strategy", "strategy.yaml", StrategyFile, is_published=False),
)  # fmt: skip
KINDS_BY_NAME = {kind.name: kind for kind in KINDS}
SITE_KINDS = tuple(kind for kind in KINDS if not kind.is_of_audience)
AUDIENCE_KINDS = tuple(kind for kind in KINDS if kind.is_of_audience)
# Folders whose files may lie in further ones.
NESTING_FOLDERS = frozenset(kind.folder for kind in SITE_KINDS if kind.may_nest)
# Folders that hold files of the site, so that no audience can be named so.
SITE_FOLDERS = frozenset({MEDIA, *(kind.folder for kind in SITE_KINDS)}) - {""}


def match_path(path: str) -> tuple[ContentKind, Parameters] | None:
    """The kind of the file at a path, and the parameters in it; None if no such file belongs into a content folder."""
    top, slash, _ = path.partition("/")
    for kind, pattern in _AUDIENCE_PATTERNS if slash and top not in SITE_FOLDERS else _SITE_PATTERNS:
        if match := pattern.fullmatch(path):
            return kind, match.groupdict()
    return None


def route_of_file(path: str) -> str | None:
    """The URL path of the page that shows a content file, None if there is none."""
    found = match_path(path)
    return found[0].page_route(**found[1]) if found and found[0].has_route else None


def match_route(kind: ContentKind, route: str) -> Parameters | None:
    """The parameters in the URL path of a page of that kind; None if no such page can be there."""
    match = _compile_pattern(kind, kind.route or "").fullmatch(route)
    return match.groupdict() if match else None


def _fill(template: str, parameters: Mapping[str, object]) -> str:
    return _as_format(template).format(**parameters)


@cache
def _as_format(template: str) -> str:
    return template.replace("<", "{").replace(">", "}")


def _compile_pattern(kind: ContentKind, template: str) -> re.Pattern[str]:
    parts = re.split(r"<(\w+)>", template)
    parts[::2] = map(re.escape, parts[::2])
    slug = f"{SLUG}(?:/{SLUG})*" if kind.may_nest else SLUG
    parts[1::2] = (f"(?P<{name}>{VALUES.get(name, slug)})" for name in parts[1::2])
    return re.compile("".join(parts))


_SITE_PATTERNS = tuple((kind, _compile_pattern(kind, kind.path)) for kind in SITE_KINDS)
_AUDIENCE_PATTERNS = tuple((kind, _compile_pattern(kind, kind.path)) for kind in AUDIENCE_KINDS)
