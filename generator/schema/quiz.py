"""`<audience>/quiz.yaml`."""

from typing import Annotated, Literal

from msgspec import field

from generator.schema.audience import Metric
from generator.schema.seo import PageSeo
from generator.schema.types import Fields, LevelNumber, ModuleNumber, Number, Ordinal, Slug, Text, doc


class Prerequisite(Fields, frozen=True, kw_only=True):
    """What brings a person to an answer: a key to success of the level below, a module."""

    key: Annotated[Ordinal | None, doc("Which key to success of the level below, counted from 1.", 2)] = None
    module: Annotated[ModuleNumber | None, doc("Number of the module that teaches it.", 1)] = None


class AnswerBand(Fields, frozen=True, kw_only=True):
    """Which values an answer stands for: from ≤ value < to."""

    low: Annotated[Number | None, doc("Lowest value; the lowest answer has none.", 1000)] = field(
        name="from", default=None
    )
    high: Annotated[Number | None, doc("First value of the next answer; the highest has none.", 4000)] = field(
        name="to", default=None
    )


class Option(Fields, frozen=True, kw_only=True):
    """One answer to a question."""

    text: Annotated[
        Text | None,
        doc("What the answer says. It may be left out where there is a `band`.", "Only with somebody who does"),
    ] = None
    band: Annotated[
        AnswerBand | Literal["level"] | None,
        doc(
            "The values it stands for, as numbers; their wording comes from the metric, and `text` "
            "follows it. `level`: the band of the level the answer speaks for.",
            "level",
            {"from": 1000, "to": 4000},
        ),
    ] = None
    level: Annotated[
        LevelNumber,
        doc("The level this answer speaks for; while that is not live, the nearest one that is, the lower of two.", 2),
    ]
    reached_by: Annotated[Prerequisite | None, doc("What brings a person to this answer.", {"key": 2, "module": 1})] = (
        None
    )


class Question(Fields, frozen=True, kw_only=True):
    """One question of a quiz."""

    id: Annotated[
        Slug,
        doc("Its name within the quiz, which stays when its text changes. Small letters, digits, hyphens.", "rope"),
    ]
    text: Annotated[Text, doc("The question.", "Can you climb on a rope?")]
    label: Annotated[
        Text | None, doc("What it is about, in a few words: beside the answer, where the result is explained.", "Ropes")
    ] = None
    why: Annotated[
        Text | None, doc("Why it is asked; shown below the question.", "The rope is where walking ends.")
    ] = None
    metric: Annotated[
        Metric | None,
        doc(
            "What the bands of its answers are measured in; default: the audience's metric.",
            {"name": "days outdoors", "unit": "days", "period": "month"},
        ),
    ] = None
    weight: Annotated[int, doc("How many times the answer counts.", 2, ge=1)] = 1
    gate: Annotated[bool, doc("`true`: the result is at most one level above the answer given here.", True)] = False
    draft: Annotated[bool, doc("`true` leaves the question out.", True)] = False
    options: Annotated[
        tuple[Option, ...],
        doc(
            "The answers, lowest level first.",
            [{"text": "Not yet", "level": 1}, {"text": "Yes, also in the lead", "level": 2}],
            min_length=2,
        ),
    ]


class Quiz(Fields, frozen=True, kw_only=True):
    """`<audience>/quiz.yaml`: the self-assessment of an audience. Optional."""

    title: Annotated[Text, doc("Headline of the quiz.", "Where are you on the climb?")]
    intro: Annotated[
        Text | None,
        doc(
            "A sentence or two before the first question.",
            "One question, and you know your level. Your answer stays in your browser.",
        ),
    ] = None
    questions: Annotated[
        tuple[Question, ...],
        doc(
            "The questions, in their order.",
            [
                {
                    "id": "rope",
                    "text": "Can you climb on a rope?",
                    "options": [{"text": "Not yet", "level": 1}, {"text": "Yes, also in the lead", "level": 2}],
                }
            ],
            min_length=1,
        ),
    ]
    seo: PageSeo = None
