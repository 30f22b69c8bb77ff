"""A page with every kind of block, for those who work on the look. The preview shows it; no site has it."""

from typing import Any

from msgspec import convert, inspect, structs

from generator.content.model import ContentFile, Site
from generator.content.routes import relative_root
from generator.pages.blocks import BlockPlace, blocks_context
from generator.pages.layout_context import PageHead
from generator.pages.page import Page, PageFactory
from generator.schema.blocks import AnyBlock, Blocks
from generator.schema.fields import compose_group, describe_kind, tagged
from generator.schema.offers import Offer
from generator.schema.site import Leads

BLOCK_GALLERY = "_blocks/"
# What an example has so that it shows every field, and what no page has together with the rest.
ODD = {"after", "draft", "publish", "expire", "per"}


def plan_block_gallery(factory: PageFactory) -> Page:
    """The page. `factory` is that of a site with what the examples name."""
    examples = [
        {**_compose(group.cls), "title": f"`{kind}` {describe_kind(group.cls)}"}
        for kind, group in tagged(inspect.type_info(AnyBlock)).items()
    ]
    place = BlockPlace(factory, relative_root(BLOCK_GALLERY))
    head = PageHead("block_gallery", BLOCK_GALLERY, "Blocks", "Every kind of block, as an example.")
    return factory.make_page(head, heading=head.title, blocks=blocks_context(place, convert(examples, Blocks)))


def add_samples(site: Site) -> Site:
    """The site with what the examples of blocks name: offers, and a form."""
    course = _compose(Offer)
    talk = {**course, "id": "talk", "name": "A talk", "price": "free", "was": None}
    settings = structs.replace(site.settings, leads=convert(_compose(Leads), Leads))
    samples = {"site": settings, "offers": convert([course, talk], tuple[Offer, ...])}
    files = {
        f"{name}.yaml": ContentFile(kind_name=name, path=f"{name}.yaml", parameters={}, fields=fields)
        for name, fields in samples.items()
    }
    return structs.replace(site, files={**site.files, **files}, hidden=())


def _compose(kind: Any) -> dict[str, Any]:
    return {name: value for name, value in compose_group(kind).items() if name not in ODD}
