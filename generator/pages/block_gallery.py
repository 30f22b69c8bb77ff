"""A page with every kind of block, for those who work on the look. The preview shows it; no site has it."""

import re
from typing import Any

from msgspec import convert, inspect, structs

from generator.content.media import MediaFault, MediaFile, find_kind
from generator.content.model import ContentFile, Site
from generator.content.routes import relative_root
from generator.formats.slugs import make_address
from generator.pages.blocks import BlockPlace, blocks_context
from generator.pages.brand import list_icons
from generator.pages.layout_context import PageHead
from generator.pages.page import Page, PageFactory
from generator.pages.target import Target
from generator.schema.blocks import AnyBlock, Blocks
from generator.schema.fields import compose_group, describe_kind, tagged
from generator.schema.offers import Offer
from generator.schema.site import Leads

BLOCK_GALLERY = "_blocks/"
# What an example has so that it shows every field, and what no page has together with the rest.
ODD = {"after", "draft", "publish", "expire", "per"}
FILE = re.compile(r"/media/[\w.-]+")
VIDEO = {
    "kind": "video",
    "title": "`video` of another site",
    "url": "https://vimeo.com/76979871",
    "poster": "/media/hut.jpg",
}


def list_examples() -> list[dict[str, Any]]:
    """A block of each kind, which says in its title what it is for, and a video of another site."""
    groups = tagged(inspect.type_info(AnyBlock))
    titles = {kind: f"`{kind}` {describe_kind(group.cls)}" for kind, group in groups.items()}
    return [*({**_compose(group.cls), "title": titles[kind]} for kind, group in groups.items()), VIDEO]


def plan_block_gallery(factory: PageFactory) -> Page:
    """The page. `factory` is that of a site with what the examples name."""
    place = BlockPlace(factory, relative_root(BLOCK_GALLERY))
    head = PageHead("block_gallery", BLOCK_GALLERY, "Blocks", "Every kind of block, as an example.")
    return factory.make_page(head, heading=head.title, blocks=blocks_context(place, convert(list_examples(), Blocks)))


def add_samples(site: Site, target: Target) -> Site:
    """The site with what the examples of blocks name: offers, a form, and files, for which the icon
    stands in.
    """
    course = _compose(Offer)
    talk = {**course, "id": "talk", "name": "A talk", "price": "free", "was": None}
    settings = structs.replace(site.settings, leads=convert(_compose(Leads), Leads))
    samples = {"site": settings, "offers": convert([course, talk], tuple[Offer, ...])}
    files = {
        f"{name}.yaml": ContentFile(kind_name=name, path=f"{name}.yaml", parameters={}, fields=fields)
        for name, fields in samples.items()
    }
    mark = next(list_icons(site, target)).file.address
    media = {make_address(link): _stand_in(link, mark) for link in FILE.findall(str([course, *list_examples()]))}
    return structs.replace(site, files={**site.files, **files}, hidden=(), media=media)


def _stand_in(link: str, address: str) -> MediaFile:
    # A picture with a fault is served as it is.
    fault = MediaFault("stand-in", "this stands in for another file.", "")
    return MediaFile(
        path=link[1:], address=address, kind=find_kind(link) or "download", key="", size=1_200_000, width=1200,
        height=630, fault=fault,
    )  # fmt: skip


def _compose(kind: Any) -> dict[str, Any]:
    return {name: value for name, value in compose_group(kind).items() if name not in ODD}
