"""`offers.yaml`."""

from typing import Annotated, Literal

from msgspec import field

from generator.schema.types import Address, Currency, Fields, Number, Slug, Text, doc


class PriceRange(Fields, frozen=True, kw_only=True):
    """A price from .. to, both shown."""

    low: Annotated[Number, doc("Lowest price.", 97)] = field(name="from")
    high: Annotated[Number, doc("Highest price.", 297)] = field(name="to")


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


class Offer(Fields, frozen=True, kw_only=True):
    """One entry of `offers.yaml`: something that is sold or given away."""

    id: Annotated[Slug, doc("What levels call it. Small letters, digits and hyphens.", "course")]
    name: Annotated[Text, doc("What it is called on the site.", "The course")]
    price: Annotated[
        Number | PriceRange | Literal["free", "on application"],
        doc(
            "A number, a range, `free`, or `on application`.",
            1997,
            {"from": 97, "to": 297},
            "free",
            "on application",
            title="a number, {from: 97, to: 297}, `free`, or `on application`",
        ),
    ]
    currency: Annotated[Currency | None, doc("ISO 4217 code; needed where the price has a number.", "USD")] = None
    summary: Annotated[
        Text | None, doc("A sentence or two on what one gets.", "Nine weekends on rock, snow and ice.")
    ] = None
    action: Annotated[
        Action,
        doc(
            "The button: what it says and where it leads.",
            {"text": "Start the course", "url": "https://shop.mountain-school.org/course"},
        ),
    ]
