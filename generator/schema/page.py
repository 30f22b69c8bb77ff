"""Free pages, `pages/<slug>.md`, and the front page, `home.md`."""

from typing import Annotated, Literal

from generator.schema.blocks import Blocks
from generator.schema.media import PagePicture
from generator.schema.seo import PageSeo
from generator.schema.types import Dated, Fields, Summary, Text, doc


class PageFields(Dated, frozen=True, kw_only=True):
    """Front matter of a free page, `pages/<slug>.md`. The text below it is the page.

    A line `{{ data }}` in the text stands for what the site does with the data of its visitors.
    """

    title: Annotated[Text, doc("Headline of the page, and what links to it say.", "About us")]
    summary: Annotated[
        Summary, doc(None, "Who teaches at the school, where we meet, and what to bring on the first weekend.")
    ]
    menu: Annotated[Literal["header", "footer", "none"], doc("Where every page links to it.", "header")] = "footer"
    picture: PagePicture = None
    blocks: Blocks = ()
    seo: PageSeo = None


class HomeFields(Fields, frozen=True, kw_only=True):
    """Front matter of `home.md`, the front page. The text below it is what the page says first."""

    title: Annotated[Text, doc("Headline of the front page.", "Higher, one step at a time.")]
    summary: Annotated[
        Summary,
        doc(None, "A school for people who walk and want to climb. Find your level, and take the next step up."),
    ]
    picture: PagePicture = None
    blocks: Blocks = ()
    seo: PageSeo = None
