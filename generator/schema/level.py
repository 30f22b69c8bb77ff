"""A level of an audience, `<audience>/<number>-<slug>.md`."""

from typing import Annotated, Literal

from msgspec import field

from generator.schema.blocks import Blocks
from generator.schema.media import PagePicture
from generator.schema.seo import PageSeo
from generator.schema.types import Dated, Fields, ModuleNumber, Number, Slug, Summary, Text, doc


class Band(Fields, frozen=True, kw_only=True):
    """Which values of the audience's metric belong to a level: from ≤ value < to.

    Where the metric falls, the first level has the highest values: `{from: 7}`, then `{from: 5, to: 7}`, at last
    `{to: 5}`. The two ends may stand in either order there.
    """

    low: Annotated[Number | None, doc("Lowest value of the level.", 1000)] = field(name="from", default=None)
    high: Annotated[
        Number | None, doc("First value of the next level; the last level has none, unless the metric falls.", 4000)
    ] = field(name="to", default=None)
    typical_to: Annotated[Number | None, doc("Only for the last level: a figure to show (`$250K–$400K+`).", 8000)] = (
        None
    )
    note: Annotated[Text | None, doc("A few words beside the band.", "or before the first summit")] = None


class Message(Fields, frozen=True, kw_only=True):
    """What marketing says to a level."""

    focus: Annotated[Text, doc("What the level is about, in a few words.", "From walks to summits")]
    pain: Annotated[Text, doc("What it costs to stay there.", "Every path you know ends where the rock begins.")]
    promise: Annotated[Text, doc("What the offer does about it.", "You climb your first peak, and come back safe.")]


class LevelFields(Dated, frozen=True, kw_only=True):
    """Front matter of a level's file, `<audience>/<number>-<slug>.md`.

    Below it: opening paragraphs, then `## Symptoms`, `## Keys to success` and `## Success`, or
    the same in the language of the site.
    """

    name: Annotated[Text, doc("What the level is called.", "Walker")]
    label: Annotated[
        Text | None, doc("The level as one would say it to a visitor: beside offers, say.", "You walk all day")
    ] = None
    title: Annotated[Text, doc("Headline of the landing page.", "The path ends here. You need not.")]
    summary: Summary
    tagline: Annotated[
        Text | None, doc("The level in half a line, for the pyramid and tables.", "Sure of foot, on paths")
    ] = None
    metric: Annotated[
        Band | Text | None,
        doc(
            "Which values belong to this level, or its step where the metric has steps: all levels of an audience "
            "have it, or none.",
            {"from": 1000, "to": 4000},
            "White belt",
            title="{from: 1000, to: 4000}, or a step such as White belt",
        ),
    ] = None
    message: Annotated[
        Message,
        doc(
            "What marketing says to this level.",
            {
                "focus": "From walks to summits",
                "pain": "Every path you know ends where the rock begins.",
                "promise": "You climb your first peak, and come back safe.",
            },
        ),
    ]
    signs: Annotated[
        tuple[Text, ...],
        doc(
            "What tells a person that this is their level, for the overview and the comparison.",
            ["You walk all day", "You have never worn a rope"],
        ),
    ] = ()
    modules: Annotated[
        tuple[ModuleNumber, ...] | Literal["all"],
        doc("Numbers of the modules for this level, as in `curriculum.yaml`, or `all`.", [1, 2], "all"),
    ] = ()
    modules_note: Annotated[Text | None, doc("What comes beside the modules.", "with a guide of your own")] = None
    offers: Annotated[
        tuple[Slug, ...],
        doc("Ids of the offers made here, as in `offers.yaml`; the first is the main one.", ["course", "talk"]),
    ] = ()
    picture: PagePicture = None
    blocks: Blocks = ()
    seo: PageSeo = None
