"""The contexts of blocks: what the template `layouts/components/block_<kind>.html` is given for each."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from generator.content.media import find_ending, find_file
from generator.content.videos import find_player
from generator.formats.slugs import resolve_link
from generator.pages.context import Context, leads_context, offer_context
from generator.pages.drawn_blocks import DRAWN_CONTEXTS
from generator.pages.page import PageFactory
from generator.pages.pictures import file_context, list_variants, picture_context
from generator.schema import blocks as schema
from generator.schema.block import Block
from generator.schema.media import Picture
from generator.schema.types import WEB_ADDRESS

# Where blocks stand that follow no section.
END = "end"


class BlockPlace(NamedTuple):
    """The page that a block is on: how its links begin, whose it is, and how many levels they have."""

    factory: PageFactory
    root: str
    audience: str | None = None
    level: int | None = None
    levels: int | None = None


def blocks_context(place: BlockPlace, blocks: Sequence[schema.AnyBlock]) -> dict[str, list[Context]]:
    """The blocks of a page by the section that they follow."""
    found: dict[str, list[Context]] = {}
    for number, block in enumerate(blocks, 1):
        draw = DRAWN_CONTEXTS.get(type(block))
        drawn = {**draw(place.factory.language, block), **climb_context(place)} if draw else None
        context = drawn or CONTEXTS[type(block)](place, block)
        if context is not None:
            kind = str(block.__struct_config__.tag)
            head = {"kind": kind, "number": number}
            found.setdefault(block.after or END, []).append({"title": block.title, **context, **head})
    return found


def climb_context(place: BlockPlace) -> Context:
    """How many levels give what is drawn its colours, and the level above that of the page, if there is one."""
    highest = (audience.levels[-1].number for audience in place.factory.site.audiences if audience.levels)
    levels = place.levels or max(highest, default=None)
    above = place.level + 1 if place.level and levels and place.level < levels else None
    return {"levels": levels, "above": above}


def text_context(place: BlockPlace, block: schema.TextBlock) -> Context:
    return {"text": block.text}


def picture_block_context(place: BlockPlace, block: schema.PictureBlock) -> Context:
    picture = Picture(file=block.file, alt=block.alt, focus=block.focus)
    return {"picture": picture_context(place.factory.site, picture), "caption": block.caption}


def gallery_context(place: BlockPlace, block: schema.GalleryBlock) -> Context:
    return {"pictures": [picture_context(place.factory.site, picture) for picture in block.pictures]}


def video_context(place: BlockPlace, block: schema.VideoBlock) -> Context:
    """A video of one's own has its file, any other one where it is and where its player is."""
    site = place.factory.site
    file = find_file(block.file, site.media) if block.file else None
    return {
        "file": file_context(file, place.factory.language) if file else None,
        "url": block.url,
        "player": find_player(block.url) if block.url else None,
        "poster": picture_context(site, Picture(file=block.poster, alt="")),
    }


def quote_context(place: BlockPlace, block: schema.QuoteBlock) -> Context:
    return {
        "text": block.text,
        "name": block.name,
        "role": block.role,
        "picture": picture_context(place.factory.site, block.picture),
        "source": source_text(block.source),
    }


def faq_context(place: BlockPlace, block: schema.FaqBlock) -> Context:
    return {"items": [{"question": item.question, "answer": item.answer} for item in block.items]}


def offers_context(place: BlockPlace, block: schema.OffersBlock) -> Context | None:
    """The offers that are live; nothing if none is."""
    factory = place.factory
    offers = [
        {
            **offer_context(factory.site, factory.offers[name], place.root, factory.language),
            "recommended": name == block.recommended,
        }
        for name in block.offers
        if name in factory.offers
    ]
    return {"offers": offers} if offers else None


def action_context(place: BlockPlace, block: schema.ActionBlock) -> Context:
    return {"text": block.text, "href": resolve_link(block.to, place.root), "note": block.note}


def form_context(place: BlockPlace, block: schema.FormBlock) -> Context | None:
    leads = leads_context(place.factory.site.settings.leads, place.audience, place.level)
    return {"leads": leads} if leads else None


def steps_context(place: BlockPlace, block: schema.StepsBlock) -> Context:
    return {"items": [{"title": item.title, "text": item.text} for item in block.items]}


def figures_context(place: BlockPlace, block: schema.FiguresBlock) -> Context:
    items = [{"value": item.value, "text": item.text, "source": source_text(item.source)} for item in block.items]
    return {"items": items}


def logos_context(place: BlockPlace, block: schema.LogosBlock) -> Context:
    site, root = place.factory.site, place.root
    return {
        "items": [
            {
                "picture": picture_context(site, Picture(file=logo.file, alt=logo.alt)),
                "href": resolve_link(logo.to, root) if logo.to else None,
            }
            for logo in block.items
        ]
    }


def code_context(place: BlockPlace, block: schema.CodeBlock) -> Context:
    return {"code": block.code.strip("\n"), "language": block.language, "caption": block.caption}


def table_context(place: BlockPlace, block: schema.TableBlock) -> Context:
    return {"head": list(block.head), "rows": [list(row) for row in block.rows]}


def download_context(place: BlockPlace, block: schema.DownloadBlock) -> Context | None:
    file = find_file(block.file, place.factory.site.media)
    if file is None:
        return None
    context = {"text": block.text, **file_context(file, place.factory.language)}
    # A picture is served as browsers show it, which is another file and smaller.
    return (
        context | {"note": find_ending(list_variants(file)[-1].address).upper()} if file.kind == "picture" else context
    )


def source_text(source: str) -> str:
    """A source as Markdown: of a web address, a link that says whose it is."""
    if not re.fullmatch(WEB_ADDRESS, source):
        return source
    host = re.split(r"[/?#]", source.partition("://")[2], maxsplit=1)[0]
    return f"[{host.removeprefix('www.')}](<{source}>)"


CONTEXTS: Mapping[type[Block], Callable[[BlockPlace, Any], Context | None]] = {
    schema.TextBlock: text_context,
    schema.PictureBlock: picture_block_context,
    schema.GalleryBlock: gallery_context,
    schema.VideoBlock: video_context,
    schema.QuoteBlock: quote_context,
    schema.FaqBlock: faq_context,
    schema.OffersBlock: offers_context,
    schema.ActionBlock: action_context,
    schema.FormBlock: form_context,
    schema.StepsBlock: steps_context,
    schema.FiguresBlock: figures_context,
    schema.LogosBlock: logos_context,
    schema.CodeBlock: code_context,
    schema.TableBlock: table_context,
    schema.DownloadBlock: download_context,
}
