"""Promises of blocks: what they name exists, and they stand where they may."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from generator.content.model import Audience, Site
from generator.content.routes import audience_file, level_file
from generator.content.videos import is_other_page
from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at, suggest
from generator.drawings.bars import check_bars
from generator.drawings.bill import check_bill
from generator.drawings.matrix import check_matrix
from generator.drawings.network_checks import check_network
from generator.drawings.ranges import check_ranges
from generator.drawings.schedule import check_schedule
from generator.i18n.conventions import Conventions
from generator.schema.amount_blocks import BarsBlock, BillBlock, RangesBlock
from generator.schema.block import Block
from generator.schema.blocks import FormBlock, LogosBlock, OffersBlock, TableBlock, VideoBlock
from generator.schema.drawn_blocks import MatrixBlock, NetworkBlock, ScheduleBlock

OFFERS, SETTINGS = "offers.yaml", "site.yaml"
# What says of each kind that is drawn whether it can be.
DRAWN: Mapping[type[Block], Callable[[str, Keys, Any], Iterator[Diagnostic]]] = {
    NetworkBlock: check_network,
    MatrixBlock: check_matrix,
    ScheduleBlock: check_schedule,
    BillBlock: check_bill,
    RangesBlock: check_ranges,
    BarsBlock: check_bars,
}


def site_blocks_are_sound(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    numbers = {level.number for audience in site.audiences for level in audience.levels}
    for file in site.files.values():
        blocks = getattr(file.fields, "blocks", ())
        yield from _check_blocks(site, file.path, blocks, is_level=False)
        yield from _check_levels(file.path, blocks, numbers)


def audience_blocks_are_sound(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    numbers = {level.number for level in audience.levels}
    yield from _check_blocks(site, audience_file(audience), audience.blocks, is_level=False)
    yield from _check_levels(audience_file(audience), audience.blocks, numbers)
    for level in audience.levels:
        yield from _check_blocks(site, level_file(audience, level), level.blocks, is_level=True)
        yield from _check_levels(level_file(audience, level), level.blocks, numbers)


def _check_levels(path: str, blocks: Sequence[Block], numbers: Collection[int]) -> Iterator[Diagnostic]:
    """Whether the levels exist whose colours are asked for; `numbers` are those of the page, none if nobody knows."""
    for index, block in enumerate(blocks):
        for place, item in enumerate(getattr(block, "items", ())):
            number = getattr(item, "level", None)
            if number and numbers and number not in numbers:
                keys: Keys = ("blocks", index, "items", place, "level")
                message = f"there is no level {number} here."
                yield error_at("level-without-color", path, keys, message, f"The highest one is {max(numbers)}.")


def _check_blocks(site: Site, path: str, blocks: Sequence[Block], is_level: bool) -> Iterator[Diagnostic]:
    for index, block in enumerate(blocks):
        keys: Keys = ("blocks", index)
        if block.after and not is_level:
            message = f"'after: {block.after}' names a section of a level, and this is none."
            hint = "Delete it: the blocks of this page stand in the order in which they are written."
            yield error_at("after-without-level", path, (*keys, "after"), message, hint)
        if check := DRAWN.get(type(block)):
            yield from check(path, keys, block)
        match block:
            case OffersBlock():
                yield from _check_offers(site, path, keys, block)
            case FormBlock():
                yield from _check_form(site, path, keys, block)
            case TableBlock():
                yield from _check_rows(path, keys, block)
            case VideoBlock() if block.url and is_other_page(block.url):
                message, hint = f"'{block.url}' is no page of one video.", "Open the video, and copy its address."
                yield error_at("video-from-nowhere", path, (*keys, "url"), message, hint)
            case LogosBlock():
                yield from _check_logos(path, keys, block)
            case VideoBlock() if bool(block.file) == bool(block.url):
                message = "a video is a file of your own, or one of a service."
                yield error_at("video-from-nowhere", path, keys, message, "Give it either 'file' or 'url'.")


def check_offer_ids(site: Site, path: str, keys: Keys, names: Sequence[str]) -> list[Diagnostic]:
    """The errors in a list of ids of offers, unless no one can know which there are."""
    if OFFERS in site.unread or OFFERS in site.hidden:
        return []
    known = {offer.id for offer in site.offers}
    problems = []
    for index, name in enumerate(names):
        if name not in known:
            hint = suggest(name, known) or "There is no offers.yaml."
            problems.append(error_at("unknown-offer", path, (*keys, index), f"there is no offer '{name}'.", hint))
        elif name in names[:index]:
            message = f"the offer '{name}' is here twice."
            problems.append(error_at("repeated-offer", path, (*keys, index), message, "Keep one."))
    return problems


def _check_offers(site: Site, path: str, keys: Keys, block: OffersBlock) -> Iterator[Diagnostic]:
    yield from check_offer_ids(site, path, (*keys, "offers"), block.offers)
    if block.recommended and block.recommended not in block.offers:
        message = f"'{block.recommended}' is recommended, and is not among these offers."
        yield error_at(
            "recommended-not-offered", path, (*keys, "recommended"), message, suggest(block.recommended, block.offers)
        )


def is_shown(block: Block, site: Site) -> bool:
    """Whether a page shows the block: of offers, at least one has to be live."""
    return not isinstance(block, OffersBlock) or has_live_offer(block.offers, site)


def has_live_offer(names: Sequence[str], site: Site) -> bool:
    """Whether one of these offers is live, or may be, since no one can know."""
    return OFFERS not in site.hidden and any(name not in site.hidden for name in names)


def list_forms(site: Site) -> list[str]:
    """The names of the forms that a block may show."""
    return ["leads"] if site.settings.leads else []


def _check_form(site: Site, path: str, keys: Keys, block: FormBlock) -> Iterator[Diagnostic]:
    known = list_forms(site)
    if block.form not in known and SETTINGS not in site.unread:
        hint = suggest(block.form, known) or "The form 'leads' is there as soon as site.yaml has the field 'leads'."
        yield error_at("unknown-form", path, (*keys, "form"), f"there is no form '{block.form}'.", hint)


def _check_logos(path: str, keys: Keys, block: LogosBlock) -> Iterator[Diagnostic]:
    for index, logo in enumerate(block.items):
        if logo.to and not logo.alt:
            message = "nobody who cannot see this logo is told where it leads."
            yield error_at("missing-alt", path, (*keys, "items", index, "alt"), message, "Write whose it is.")


def _check_rows(path: str, keys: Keys, block: TableBlock) -> Iterator[Diagnostic]:
    columns, widths = len(block.head), {len(row) for row in block.rows}
    if len(widths) == 1 < len(block.rows) and columns not in widths:
        message = f"cells in each row: {widths.pop()}; columns of the table: {columns}."
        hint = "Give 'head' a name for each; a comma within one needs quotes around it."
        yield error_at("uneven-row", path, (*keys, "head"), message, hint)
        return
    for index, row in enumerate(block.rows):
        if len(row) != columns:
            message = f"cells in this row: {len(row)}; columns of the table: {columns}."
            short, long = 'Write an empty cell as "".', "A comma within a cell needs quotes around it."
            hint = short if len(row) < columns else long
            yield error_at("uneven-row", path, (*keys, "rows", index), message, hint)
