"""Where links of content may lead: to every page, and to the parts of a page that have an id.

Ids stand in templates, are made of what a page lists, or belong to headings of its text.
tests/content/test_addresses.py holds what is said here to the pages as they are built.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from generator.content import routes
from generator.content.kinds import KINDS_BY_NAME
from generator.content.model import Audience, ContentFile, Site
from generator.formats.markup import Markup


class TemplateIds(NamedTuple):
    """The ids in a template: those written out, and a pattern of these and of those with a number in them."""

    fixed: frozenset[str]
    pattern: str


class PageParts(NamedTuple):
    """What a page is made of as far as it has ids: its template, its text, and ids of what it lists."""

    template: str
    text: str
    listed: Collection[str]


class Addresses(Collection[str]):
    """The routes of all pages, and `route#id` for each part of one. The ids of a page are looked up when asked for.

    `asked` are the addresses that were looked for.
    """

    def __init__(
        self,
        known: frozenset[str],
        site: Site,
        audiences: Mapping[str, Audience],
        read_template: Callable[[str], TemplateIds],
        markup: Markup,
    ) -> None:
        self.known = known
        self.asked: set[str] = set()
        self._site, self._audiences = site, audiences
        self._read_template, self._markup = read_template, markup
        self.find_ids = cache(self._find_ids)

    def __contains__(self, address: object) -> bool:
        self.asked.add(str(address))
        route, _, part = str(address).partition("#")
        if route not in self.known:
            return False
        ids = self.find_ids(route) if part else None
        return ids is None or part in ids

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)

    def _find_ids(self, route: str) -> frozenset[str] | None:
        """The ids of a page; None for a page that no one can know, since its file could not be read."""
        parts = self._find_parts(route)
        if parts is None:
            return None
        template = self._read_template(parts.template)
        headings = self._markup.inspect(parts.text, block=True, reserved=template.pattern).anchors
        return template.fixed | {heading.value for heading in headings} | set(parts.listed)

    def _find_parts(self, route: str) -> PageParts | None:
        for file in self._site.files.values():
            if file.kind.has_route and file.route == route:
                return _describe_file(file, self._site)
        if route.startswith(routes.LEVEL_COMPARISONS):
            return PageParts("pages/comparison.html", "", [*self._list_columns(route), *self._list_rows()])
        if route == routes.QUIZ_CHOICE:
            return PageParts("pages/quiz_choice.html", "", ())
        audience = self._audiences.get(route.partition("/")[0])
        return self._find_parts_of(audience, route) if audience else None

    def _find_parts_of(self, audience: Audience, route: str) -> PageParts | None:
        """The parts of a page of an audience."""
        levels = [f"level-{level.number}" for level in audience.levels]
        if route == routes.audience_route(audience.slug):
            return PageParts(KINDS_BY_NAME["audience"].template, audience.body, levels)
        if route == routes.comparison_route(audience.slug):
            live = [f"level-{level.number}" for level in audience.live_levels]
            return PageParts("pages/comparison.html", "", [*live, *self._list_rows()])
        for level in audience.live_levels:
            if route == routes.level_route(audience.slug, level.slug):
                keys = [f"key-{number}" for number in range(1, len(level.keys) + 1)]
                return PageParts(KINDS_BY_NAME["level"].template, level.opening, keys)
        for file in audience.files:
            if file.kind.has_route and file.route == route:
                return _describe_file(file, self._site, len(audience.levels))
        return None

    def _list_columns(self, route: str) -> Iterator[str]:
        """The ids of the audiences that are compared at one level."""
        for audience in self._audiences.values():
            if any(routes.level_comparison_route(level.number) == route for level in audience.live_levels):
                yield f"audience-{audience.slug}"

    def _list_rows(self) -> list[str]:
        return [word for word in self._site.words if word.startswith("row_")]


def _describe_file(file: ContentFile, site: Site, levels: int = 0) -> PageParts:
    listed: list[str] = []
    match file.kind_name:
        case "offers":
            listed = [offer.id for offer in file.fields]
            listed += [f"column-{word}" for word in ("row_price", "row_summary", "row_levels", "row_action")]
        case "curriculum":
            listed = [f"stage-{number}" for number in range(1, len(site.stages) + 1)]
            listed += [f"module-{module.number}" for module in site.modules]
        case "quiz":  # the script shows its result at #result
            listed = ["result", *(f"result-{number}" for number in range(1, levels + 1))]
            listed += [f"question-{number}" for number in range(1, len(file.fields.questions) + 1)]
    return PageParts(file.kind.template, file.body, listed)
