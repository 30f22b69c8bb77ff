"""Where links of content may lead: to every page, and to the parts of a page that have an id.

Ids stand in templates, are made of what a page lists, or belong to headings of its text.
tests/content/test_addresses.py holds what is said here to the pages as they are built.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from generator.content import routes
from generator.content.block_rules import has_live_offer, is_shown
from generator.content.content_files import find_content_files
from generator.content.kinds import KINDS_BY_NAME
from generator.content.media import Media, MediaFile, find_file
from generator.content.model import Audience, ContentFile, Level, Site
from generator.files.tree import Tree
from generator.formats.markup import Markup
from generator.schema.block import Block
from generator.schema.fields import find_fields, find_texts, is_paragraphs
from generator.schema.offers import OFFER_FACTS


class TemplateIds(NamedTuple):
    """The ids in a template: those written out, and a pattern of these and of those with a number in them."""

    fixed: frozenset[str]
    pattern: str


class PageParts(NamedTuple):
    """What a page is made of as far as it has ids: its template, its text, ids of what it lists, and those of what it
    would list if that were live. `absent` are ids of the template that the page has not; `blocks` come with their
    numbers.
    """

    template: str
    text: str
    listed: Collection[str] = ()
    dormant: Collection[str] = ()
    absent: Collection[str] = ()
    blocks: Sequence[tuple[int, Block]] = ()


def name_block(number: int) -> str:
    """The id of a block: of the third one of a page, `block-3`."""
    return f"block-{number}"


def name_within(block: int, *place: int) -> str:
    """What the ids of a text begin with that is in a block, and perhaps at a place in a list there: `block-3.1.`. No
    heading of a page's own text has an id with a point in it.
    """
    return "".join(f"{part}." for part in (name_block(block), *place))


class Addresses(Collection[str]):
    """The routes of all pages, and `route#id` for each part of one. The ids of a page are looked up when asked for.
    Of a picture or another file, `address#key` stands for what it holds.

    `asked` are the addresses that were looked for; `withdrawn` those that lead to what is not live.
    """

    def __init__(
        self,
        known: frozenset[str],
        site: Site,
        audiences: Mapping[str, Audience],
        content: Tree,
        read_template: Callable[[str], TemplateIds],
    ) -> None:
        self.known = known
        self.asked: set[str] = set()
        self.withdrawn: set[str] = set()
        # What would have a page if it were live is asked for where a link leads to no page, and so hardly ever.
        self._find_dormant = cache(lambda: routes.find_dormant_routes(find_content_files(content)[0]))
        self._site, self._audiences = site, audiences
        self._read_template, self._markup = read_template, Markup()
        self.find_ids = cache(self._find_ids)

    def __contains__(self, address: object) -> bool:
        self.asked.add(str(address))
        route, _, part = str(address).partition("#")
        if file := self.media.get(route):
            return part == file.key
        if route not in self.known:
            return False
        ids = self.find_ids(route) if part else None
        return ids is None or part in ids

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)

    @property
    def media(self) -> Media:
        return self._site.media

    @property
    def language(self) -> str:
        """The language of the site."""
        return self._site.settings.language

    def find_file(self, link: str) -> MediaFile | None:
        """The picture or other file that a link names; asked for, whatever it holds now."""
        file = find_file(link, self.media)
        if file:
            self.asked.add(f"{file.address}#{file.key}")
        return file

    def find_dormant(self, address: str) -> str | None:
        """The file that would make the page or the part of one at an address, if that were live; None if none would."""
        route, _, part = address.partition("#")
        if route not in self.known:
            return self._find_dormant().get(route)
        parts = self._find_parts(route)
        return "it" if parts and part in parts.dormant else None

    def find_redirect(self, address: str) -> str | None:
        """Where an address that is no more leads to, if a redirect says so."""
        return self._site.addresses.redirects.get(address)

    def find_reserved(self, route: str) -> str:
        """A pattern of the ids that a page has by its template."""
        parts = self._find_parts(route)
        return self._read_template(parts.template).pattern if parts else ""

    def _find_ids(self, route: str) -> frozenset[str] | None:
        """The ids of a page; None for a page that no one can know, since its file could not be read."""
        parts = self._find_parts(route)
        if parts is None:
            return None
        template = self._read_template(parts.template)
        headings = self._markup.inspect(parts.text, block=True, reserved=template.pattern).anchors
        fixed = template.fixed.difference(parts.absent)
        within = {part for number, block in parts.blocks for part in self._find_ids_within(number, block)}
        return fixed | {heading.value for heading in headings} | set(parts.listed) | within

    def _find_ids_within(self, number: int, block: Block) -> Iterator[str]:
        """The ids of a block: its own, and those of the headings in its paragraphs."""
        yield name_block(number)
        paragraphs = find_fields(type(block), is_paragraphs)
        for keys, field, text in find_texts(block):
            if field in paragraphs:
                start = name_within(number, *(key + 1 for key in keys if isinstance(key, int)))
                yield from (start + anchor.value for anchor in self._markup.inspect(text, block=True).anchors)

    def _find_parts(self, route: str) -> PageParts | None:
        for file in self._site.files.values():
            if file.kind.has_route and file.route == route:
                return _describe_file(file, self._site)
        if route.startswith(routes.LEVEL_COMPARISONS):
            return self._find_columns(route)
        if route == routes.QUIZ_CHOICE:
            return PageParts("pages/quiz_choice.html", "")
        audience = self._audiences.get(route.partition("/")[0])
        return self._find_parts_of(audience, route) if audience else None

    def _find_parts_of(self, audience: Audience, route: str) -> PageParts | None:
        """The parts of a page of an audience."""
        live = [f"level-{level.number}" for level in audience.live_levels]
        dormant = [f"level-{level.number}" for level in audience.levels if not level.live]
        if route == routes.audience_route(audience.slug):
            blocks, gone = _number_blocks(audience.blocks, self._site)
            template = KINDS_BY_NAME["audience"].template
            return PageParts(template, audience.body, live, [*dormant, *gone], blocks=blocks)
        if route == routes.comparison_route(audience.slug):
            return PageParts("pages/comparison.html", "", [*live, *self._list_rows(audience.live_levels)], dormant)
        for level in audience.live_levels:
            if route == routes.level_route(audience.slug, level.slug):
                keys = [f"key-{number}" for number in range(1, len(level.keys) + 1)]
                absent = [] if has_live_offer(level.offers, self._site) else ["offer"]
                blocks, gone = _number_blocks(level.blocks, self._site)
                dormant = [*(absent if level.offers else []), *gone]
                return PageParts(KINDS_BY_NAME["level"].template, level.opening, keys, dormant, absent, blocks)
        for file in audience.files:
            if file.kind.has_route and file.route == route:
                return _describe_file(file, self._site, audience.levels)
        return None

    def _find_columns(self, route: str) -> PageParts:
        """The parts of a page that compares the audiences at one level."""
        compared = [
            (audience.slug, level)
            for audience in self._audiences.values()
            for level in audience.live_levels
            if routes.level_comparison_route(level.number) == route
        ]
        columns = {f"audience-{slug}" for slug, _ in compared}
        rows = self._list_rows([level for _, level in compared])
        hidden = (path.partition("/")[0] for path in self._find_dormant().values() if path.endswith("/audience.md"))
        dormant = {f"audience-{slug}" for slug in (*self._audiences, *hidden)} - columns
        return PageParts("pages/comparison.html", "", [*columns, *rows], dormant)

    def _list_rows(self, levels: Sequence[Level]) -> Iterator[str]:
        """The rows of a comparison that have something to say of a level."""
        said: dict[str, Callable[[Level], object]] = {
            "row_band": lambda level: level.metric,
            "row_tagline": lambda level: level.tagline,
            "row_signs": lambda level: level.signs,
            "row_symptoms": lambda level: level.symptoms,
            "row_keys": lambda level: level.keys,
            "row_modules": lambda level: level.modules and self._site.modules,
            "row_success": lambda level: level.success,
            "row_offers": lambda level: has_live_offer(level.offers, self._site),
        }
        yield from ("row_pain", "row_focus", "row_promise")
        yield from (row for row, says in said.items() if any(map(says, levels)))


def _describe_file(file: ContentFile, site: Site, levels: Sequence[Level] = ()) -> PageParts:
    listed: list[str] = []
    dormant: list[str] = []
    match file.kind_name:
        case "offers":
            listed = [offer.id for offer in site.live_offers]
            listed += [f"column-{word}" for word in ("row_price", "row_summary", "row_levels", "row_action")]
            listed += [
                f"column-{OFFER_FACTS[fact]}"
                for fact in OFFER_FACTS
                if any(getattr(one, fact) for one in site.live_offers)
            ]
            dormant = [offer.id for offer in site.offers if offer.id in site.hidden]
        case "curriculum":
            listed = [f"stage-{number}" for number in range(1, len(site.stages) + 1)]
            listed += [f"module-{module.number}" for module in site.modules]
        case "quiz":  # the script shows its result at #result
            listed = ["result", *(f"result-{level.number}" for level in levels if level.live)]
            asked = sum(not question.draft for question in file.fields.questions)
            listed += [f"question-{number}" for number in range(1, asked + 1)]
            dormant = [f"result-{level.number}" for level in levels if not level.live]
            dormant += [f"question-{number}" for number in range(asked + 1, len(file.fields.questions) + 1)]
    blocks, gone = _number_blocks(getattr(file.fields, "blocks", ()), site)
    return PageParts(file.kind.template, file.body, listed, [*dormant, *gone], blocks=blocks)


def _number_blocks(blocks: Sequence[Block], site: Site) -> tuple[list[tuple[int, Block]], list[str]]:
    """The blocks that a page shows, numbered, and the ids of those that it would show if their offers were live."""
    numbered = [(number, block, is_shown(block, site)) for number, block in enumerate(blocks, 1)]
    gone = [name_block(number) for number, _, shown in numbered if not shown]
    return [(number, block) for number, block, shown in numbered if shown], gone
