"""`<audience>/audience.md`."""

from typing import Annotated, Literal

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
    whole: Annotated[
        bool, doc("`true` shows a band up to its last value, one below `to`: `0–10 beds`, then `11–50 beds`.", True)
    ] = False


class AudienceFields(Dated, frozen=True, kw_only=True):
    """Front matter of `<audience>/audience.md`. The text below it says who they are."""

    name: Annotated[Text, doc("What this audience is called.", "Climbers")]
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
