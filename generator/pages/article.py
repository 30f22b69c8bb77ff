"""A free page."""

from collections.abc import Iterator
from itertools import accumulate

from generator.content.model import ContentFile, Site
from generator.content.placeholders import fill_placeholders
from generator.content.routes import relative_root
from generator.pages.blocks import BlockPlace, blocks_context
from generator.pages.data_statement import state_data
from generator.pages.layout_context import Link, PageHead
from generator.pages.page import Page, PageFactory
from generator.pages.pictures import picture_context
from generator.schema.page import PageFields


def plan(factory: PageFactory, file: ContentFile) -> Iterator[Page]:
    fields: PageFields = file.fields
    body = fill_placeholders(file.body, lambda name: {"data": state_data}[name](factory))
    yield factory.make_page(
        PageHead(
            "article",
            file.route,
            fields.title,
            fields.summary,
            crumbs=(*_list_above(factory.site, file.route), (fields.title, file.route)),
            state=file.state,
            seo=fields.seo,
        ),
        blocks=blocks_context(BlockPlace(factory, relative_root(file.route)), fields.blocks),
        article={
            "title": fields.title,
            "summary": fields.summary,
            "body": body,
            "picture": picture_context(factory.site, fields.picture),
        },
    )


def _list_above(site: Site, route: str) -> Iterator[Link]:
    """The pages whose folders a page lies in, those that there are."""
    pages = {file.route: file for file in site.files.values() if file.kind.may_nest}
    folders = accumulate(route.split("/")[:-2], "{}/{}".format)
    for folder in folders:
        if page := pages.get(f"{folder}/"):
            yield page.title or "", page.route
