"""What search engines and social networks are told of a page, where that is not what the page itself says."""

from typing import Annotated

from generator.schema.media import PictureAddress
from generator.schema.types import Address, Fields, Text, doc


class Seo(Fields, frozen=True, kw_only=True):
    """What search engines and social networks are told of a page. All that is left out follows from the page."""

    title: Annotated[Text | None, doc("The whole title, as search results show it.", "Climbing for beginners")] = None
    noindex: Annotated[bool, doc("`true` keeps the page out of search engines and of the sitemap.", True)] = False
    canonical: Annotated[
        Address | None,
        doc("The page that search engines are to show instead of this one, if both say the same.", "/guides/"),
    ] = None
    image: Annotated[
        PictureAddress | None,
        doc(
            "The picture beside a shared link, 1200 by 630 pixels; default: one with the headline is drawn.",
            "/media/share.jpg",
        ),
    ] = None


class ListedSeo(Seo, frozen=True, kw_only=True):
    """The same for a page without a file of its own, which names it."""

    page: Annotated[Address, doc("The page: of the offers, a comparison, or the choice of a quiz.", "/offers/")]

    @property
    def route(self) -> str:
        """The page as routes have it: `offers/`."""
        return self.page.removeprefix("/")


PageSeo = Annotated[
    Seo | None,
    doc(
        "What search engines and social networks are told of the page, where that is not what it says.",
        {"title": "Climbing for beginners"},
        {"noindex": True},
    ),
]


def is_listed(seo: Seo | None) -> bool:
    """Whether a page belongs into the sitemap, and into the list for programs that read."""
    return seo is None or not (seo.noindex or seo.canonical)
