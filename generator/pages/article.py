"""A free page."""

from collections.abc import Iterator

from generator.content.model import ContentFile
from generator.pages.layout_context import PageHead
from generator.pages.page import Page, PageFactory
from generator.schema.page import PageFields


def plan(factory: PageFactory, file: ContentFile) -> Iterator[Page]:
    fields: PageFields = file.fields
    yield factory.make_page(
        PageHead(
            "article", file.route, fields.title, fields.summary, crumbs=((fields.title, file.route),), state=file.state
        ),
        article={"title": fields.title, "summary": fields.summary, "body": file.body},
    )
