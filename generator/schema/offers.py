"""`offers.yaml`."""

from typing import Annotated, Literal

from msgspec import field

from generator.schema.media import PagePicture
from generator.schema.types import Address, Currency, Dated, Fields, Number, Slug, Text, doc

# What visitors ask about an offer, each a field and the word for it; what is not known is not shown.
OFFER_FACTS = {
    "format": "row_format",
    "taught_by": "row_taught_by",
    "starts": "row_starts",
    "length": "row_length",
    "refunds": "row_refunds",
}


class PriceRange(Fields, frozen=True, kw_only=True):
    """A price from .. to, both shown; without `to`, a price that begins there: `From $450`."""

    low: Annotated[Number, doc("Lowest price.", 97)] = field(name="from")
    high: Annotated[Number | None, doc("Highest price.", 297)] = field(name="to", default=None)


class Action(Fields, frozen=True, kw_only=True):
    """A call to action: what the button says and where it leads."""

    text: Annotated[Text, doc("What the button says.", "Start the course")]
    url: Annotated[
        Address | None,
        doc(
            "A page of this site or a full web address. Without one the button leads to `contact`.",
            "https://shop.mountain-school.org/course",
        ),
    ] = None


class Offer(Dated, frozen=True, kw_only=True):
    """One entry of `offers.yaml`: something that is sold or given away."""

    id: Annotated[Slug, doc("What levels call it. Small letters, digits and hyphens.", "course")]
    name: Annotated[Text, doc("What it is called on the site.", "The course")]
    price: Annotated[
        Number | PriceRange | Literal["free", "on application"],
        doc(
            "A number, a range, where it begins, `free`, or `on application`.",
            1997,
            {"from": 97, "to": 297},
            {"from": 450},
            "free",
            "on application",
            title="a number, {from: 97, to: 297}, {from: 450}, `free`, or `on application`",
        ),
    ]
    per: Annotated[Text | None, doc("What the price is for: `$450 per user and month`.", "user and month")] = None
    was: Annotated[
        Number | None, doc("The price before, shown struck through. It has to be above the price.", 2499)
    ] = None
    currency: Annotated[Currency | None, doc("ISO 4217 code; needed where the price has a number.", "USD")] = None
    summary: Annotated[
        Text | None, doc("A sentence or two on what one gets.", "Nine weekends on rock, snow and ice.")
    ] = None
    format: Annotated[
        Text | None,
        doc("How it goes, in a few words: what sets it apart from the others.", "On nine weekends, in a rope of six"),
    ] = None
    taught_by: Annotated[Text | None, doc("Who teaches it.", "Ines Sommer, mountain guide")] = None
    starts: Annotated[Text | None, doc("When it begins.", "Every first Monday of a month")] = None
    length: Annotated[Text | None, doc("How long it takes.", "Nine weekends")] = None
    refunds: Annotated[
        Text | None,
        doc("What happens to the money of those who change their minds.", "In full until the first weekend"),
    ] = None
    picture: PagePicture = None
    action: Annotated[
        Action,
        doc(
            "The button: what it says and where it leads.",
            {"text": "Start the course", "url": "https://shop.mountain-school.org/course"},
        ),
    ]
