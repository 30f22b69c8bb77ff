"""Blocks that are drawn from amounts: a bill that visitors put their own number into, ranges, bars and layers."""

from typing import Annotated, Literal

from msgspec import Meta, field

from generator.schema.block import Block
from generator.schema.drawn_blocks import Caption
from generator.schema.types import Fields, Ordinal, Text, doc

Amount = Annotated[
    Annotated[int, Meta(ge=0, le=10**12)] | Annotated[float, Meta(ge=0, le=10**12)],
    doc(None, title="a number from 0 to 1000000000000"),
]
Percent = Annotated[
    Annotated[int, Meta(ge=0, le=100)] | Annotated[float, Meta(ge=0, le=100)],
    doc(None, title="a number from 0 to 100"),
]
UNIT = "A currency (`$`, `€`, `EUR`), `%`, or a word that follows the number (`hours`)."
OwnLevel = Annotated[
    Ordinal | None,
    doc("The number of the level whose colour it has; without one, it has that of the page, and a layer none.", 2),
]


class UsualRange(Fields, frozen=True, kw_only=True):
    """Which amounts are usual."""

    text: Annotated[Text, doc("Whose they are; the range follows it.", "Usual for a first season")]
    low: Annotated[Amount, doc("The lowest of them.", 500)] = field(name="from")
    high: Annotated[Amount, doc("The highest of them.", 1500)] = field(name="to")


class BillBlock(Block, frozen=True, kw_only=True, tag="bill"):
    """An amount from which some percent come off, cut along the slope. Visitors may put their own number into it;
    without a script it shows yours.
    """

    sentence: Annotated[
        Text,
        doc(
            "What it is about, as one would say it; `{amount}` is the number.",
            "Say your gear costs {amount} a month.",
        ),
    ]
    label: Annotated[Text, doc("The number in a few words, for those who hear the page.", "Cost of gear a month")]
    amount: Annotated[Amount, doc("The number until somebody writes another one.", 1000)]
    unit: Annotated[Text | None, doc(UNIT, "$", "hours")] = None
    period: Annotated[
        Literal["year", "month", "week", "day"],
        doc("What the amount is for. `{year}` in `result` is that many of them: 12 months, 52 weeks.", "month"),
    ] = "year"
    low: Annotated[Percent, doc("How many percent of it come off at least.", 40)] = field(name="from")
    high: Annotated[Percent, doc("How many percent of it come off at most.", 60)] = field(name="to")
    maximum: Annotated[Amount, doc("Where the scale ends, unless a visitor's number is larger.", 1500)]
    usual: Annotated[
        UsualRange | None,
        doc("A range to compare with.", {"text": "Usual for a first season", "from": 500, "to": 1500}),
    ] = None
    rest: Annotated[Text, doc("What is left of it, in a few words.", "Still goes to the shop")]
    part: Annotated[Text, doc("What comes off, in a few words.", "Stays with you")]
    result: Annotated[
        Text,
        doc(
            "What follows, as a sentence: `{part}` is what comes off, `{rest}` what is left, `{year}` what comes off "
            "in a year, and `{amount}` the number itself.",
            "Hire 40–60% of it, and **{part} a month** stays with you. That’s **{year} a year**.",
        ),
    ]
    caption: Caption = None


class NamedRange(Fields, frozen=True, kw_only=True):
    """A range with a name."""

    name: Annotated[Text, doc("What it is of.", "Walkers")]
    low: Annotated[Amount, doc("Where it begins.", 300)] = field(name="from")
    high: Annotated[Amount, doc("Where it ends.", 900)] = field(name="to")
    level: OwnLevel = None


class AxisRange(Fields, frozen=True, kw_only=True):
    """The part of an axis that is shown."""

    low: Annotated[Amount, doc("Where it begins.", 0)] = field(name="from")
    high: Annotated[Amount, doc("Where it ends.", 4000)] = field(name="to")


class RangeMark(Fields, frozen=True, kw_only=True):
    """A line across ranges."""

    at: Annotated[Amount, doc("The value at which it stands.", 1500)]
    text: Annotated[Text, doc("What it stands for.", "Snow begins at 1,500 m")]


class RangesBlock(Block, frozen=True, kw_only=True, tag="ranges"):
    """Ranges on one axis, and a line across them."""

    items: Annotated[
        tuple[NamedRange, ...],
        doc(
            "The ranges, in their order.",
            [
                {"name": "Walkers", "from": 300, "to": 900, "level": 1},
                {"name": "Climbers", "from": 1200, "to": 2700, "level": 2},
            ],
            min_length=1,
            max_length=12,
        ),
    ]
    unit: Annotated[Text | None, doc(UNIT, "m", "%")] = None
    axis: Annotated[
        AxisRange | None,
        doc("The axis; without it, from 0 to 100%, or to the end of the highest range.", {"from": 0, "to": 4000}),
    ] = None
    mark: Annotated[
        RangeMark | None, doc("A line to compare with.", {"at": 1500, "text": "Snow begins at 1,500 m"})
    ] = None
    caption: Caption = None


class Bar(Fields, frozen=True, kw_only=True):
    """A value with a name."""

    name: Annotated[Text, doc("What it is of.", "First winter")]
    value: Annotated[Amount, doc("How far the bar reaches.", 100)]
    low: Annotated[Amount | None, doc("Of a range its beginning; `value` is its end.", 10)] = field(
        name="from", default=None
    )
    open: Annotated[bool, doc("`true` where it may be more: `10,000+`.", False)] = False
    level: OwnLevel = None


class BarsBlock(Block, frozen=True, kw_only=True, tag="bars"):
    """Bars on one scale, which is named below them; or the parts of a whole, as layers."""

    items: Annotated[
        tuple[Bar, ...],
        doc(
            "The bars, in their order; of layers, the highest one first.",
            [
                {"name": "First winter", "from": 10, "value": 100, "level": 1},
                {"name": "Third winter", "from": 100, "value": 1000, "open": True, "level": 2},
            ],
            min_length=1,
            max_length=12,
        ),
    ]
    unit: Annotated[Text | None, doc(UNIT, "m", "%")] = None
    scale: Annotated[
        Literal["linear", "log", "share"],
        doc(
            "`linear` begins at 0. On `log`, every step is ten times the one before; the page says so. `share` stacks "
            "parts of a whole, in percent that add up to 100.",
            "log",
        ),
    ] = "linear"
    caption: Caption = None
