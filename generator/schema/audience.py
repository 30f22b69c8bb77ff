"""`<audience>/audience.md`."""

from typing import Annotated, Literal

from generator.schema.blocks import Blocks
from generator.schema.media import PagePicture
from generator.schema.seo import PageSeo
from generator.schema.types import Dated, Fields, Summary, Text, doc


class Metric(Fields, frozen=True, kw_only=True):
    """What the levels of an audience are measured in."""

    name: Annotated[Text, doc("What is measured.", "metres climbed", "annual salary", "beds")]
    unit: Annotated[
        Text | None,
        doc("A currency (`$`, `€`, `EUR`), `%`, or a word that follows the number (`beds`).", "m", "$", "%"),
    ] = None
    period: Annotated[
        Literal["year", "month", "week", "day"] | None, doc("Shown as `a year`, unless `short` is set.", "year")
    ] = None
    short: Annotated[Text | None, doc("Short name that follows the number: `$10K–$50K MRR`.", "MRR")] = None
    direction: Annotated[
        Literal["up", "down"],
        doc("`down` where a higher level has lower values: minutes for a kilometre, customers lost in a month.", "up"),
    ] = "up"
    steps: Annotated[
        bool, doc("`true` where levels have a step each and no numbers: `metric: White belt`, `metric: A1`.", False)
    ] = False
    whole: Annotated[
        bool, doc("`true` shows a band up to its last value, one below `to`: `0–10 beds`, then `11–50 beds`.", True)
    ] = False

    @property
    def falls(self) -> bool:
        """Whether a higher level has lower values."""
        return self.direction == "down"


class AudienceFields(Dated, frozen=True, kw_only=True):
    """Front matter of `<audience>/audience.md`. The text below it says who they are."""

    name: Annotated[Text, doc("What you call this audience.", "Climbers")]
    label: Annotated[
        Text | None, doc("What visitors call themselves, where that is not the name.", "People who climb")
    ] = None
    title: Annotated[Text, doc("Headline of the overview page.", "How high do you want to go?")]
    summary: Summary
    metric: Annotated[
        Metric | None,
        doc(
            "What the levels are measured in. Leave it out where nothing is measured.",
            {"name": "metres climbed", "unit": "m", "period": "year"},
        ),
    ] = None
    order: Annotated[int | None, doc("Place among the audiences; default: by folder name.", 1)] = None
    picture: PagePicture = None
    blocks: Blocks = ()
    seo: PageSeo = None
