"""Blocks: what stands on a page besides its text, each of a kind of its own. A kind is a type in `Blocks`."""

from datetime import date
from typing import Annotated

from generator.schema.amount_blocks import BarsBlock, BillBlock, RangesBlock
from generator.schema.block import Block
from generator.schema.drawn_blocks import MatrixBlock, NetworkBlock, ScheduleBlock
from generator.schema.media import AltText, Focus, MediaAddress, Picture, PictureAddress, VideoAddress
from generator.schema.types import Address, Code, Fields, Paragraphs, Slug, Text, doc

ProgramLanguage = Annotated[
    str,
    doc(
        "The name of a language, as highlighters know it.",
        "python",
        pattern=r"^[A-Za-z0-9+#._-]+$",
        title="the name of a language, such as python",
    ),
]
VideoUrl = Annotated[
    str,
    doc(
        "Its page at YouTube or Vimeo; of any other service, the address of its player.",
        "https://vimeo.com/76979871",
        "https://www.youtube.com/watch?v=jNQXAC9IVRw",
        pattern=r"^https://[^\s/?#\[\]@:]+\.[^\s/?#\[\]@:]+/\S+$",
        title="the address of a video, with https://",
    ),
]


class TextBlock(Block, frozen=True, kw_only=True, tag="text"):
    """Paragraphs, lists and whatever else Markdown has."""

    text: Annotated[Paragraphs, doc(None, "We meet at the hut on Friday night.\n\n- Bring boots\n- Bring a friend\n")]


class PictureBlock(Block, frozen=True, kw_only=True, tag="picture"):
    """A picture, as wide as the page."""

    file: PictureAddress
    alt: AltText
    focus: Focus = "center"
    caption: Annotated[Text | None, doc("A line below it.", "The hut on the first evening.")] = None


class GalleryBlock(Block, frozen=True, kw_only=True, tag="gallery"):
    """Pictures side by side, all cut to one shape."""

    pictures: Annotated[
        tuple[Picture, ...],
        doc(
            "The pictures, in their order.",
            [
                {"file": "/media/team.jpg", "alt": "Four people around a table", "focus": "top"},
                {"file": "/media/hut.jpg", "alt": "A hut below a ridge"},
            ],
            min_length=1,
        ),
    ]


class VideoBlock(Block, frozen=True, kw_only=True, tag="video"):
    """A picture that becomes a video on a click: a file of your own, or one of a video service. Give one of the two.

    Nothing is loaded from the service before that click.
    """

    title: Annotated[Text, doc("What the video shows; the heading above it.", "A weekend on the ridge")]
    file: Annotated[VideoAddress | None, doc("A video in `content/media/`.", "/media/intro.mp4")] = None
    url: Annotated[
        VideoUrl | None,
        doc(
            "Its page, at YouTube or Vimeo; of any other service, the address of its player.",
            "https://vimeo.com/76979871",
            extra={"instead": True},
        ),
    ] = None
    poster: Annotated[PictureAddress, doc("The picture that stands for the video.", "/media/hut.jpg")]


class QuoteBlock(Block, frozen=True, kw_only=True, tag="quote"):
    """What somebody says about you, in words that can be proved and that may be shown."""

    text: Annotated[
        Paragraphs, doc("What was said, word for word.", "I had walked for years. In May I stood on my first summit.")
    ]
    name: Annotated[Text, doc("Who says so.", "Ines Sommer")]
    role: Annotated[Text | None, doc("What this person is or does.", "Nurse, climbs since 2025")] = None
    picture: Annotated[
        Picture | None,
        doc("A portrait.", {"file": "/media/ines.jpg", "alt": "Ines Sommer, laughing", "focus": "top"}),
    ] = None
    source: Annotated[
        Text,
        doc(
            "Where it was said: a web address, or in words.",
            "Letter to the school, June 2026",
            "https://www.summit-magazine.org/letters/12/",
        ),
    ]
    consent: Annotated[date, doc("The day on which this person agreed to be shown. No page shows it.", "2026-11-03")]


class Answer(Fields, frozen=True, kw_only=True):
    """A question that visitors have, and its answer."""

    question: Annotated[Text, doc("The question, as a visitor would ask it.", "Do I need a rope of my own?")]
    answer: Annotated[Paragraphs, doc("The answer.", "No. Ropes and helmets are ours; boots are yours.")]


class FaqBlock(Block, frozen=True, kw_only=True, tag="faq"):
    """Questions that unfold their answers."""

    items: Annotated[
        tuple[Answer, ...],
        doc(
            "The questions, the most frequent one first.",
            [
                {
                    "question": "Do I need a rope of my own?",
                    "answer": "No. Ropes and helmets are ours; boots are yours.",
                },
                {"question": "What if it rains?", "answer": "We climb. **Storms** are another matter."},
            ],
            min_length=1,
        ),
    ]


class OffersBlock(Block, frozen=True, kw_only=True, tag="offers"):
    """Offers as cards, side by side."""

    offers: Annotated[
        tuple[Slug, ...], doc("Ids of the offers, as in `offers.yaml`.", ["course", "talk"], min_length=1)
    ]
    recommended: Annotated[Slug | None, doc("The id of the one that you advise to take.", "course")] = None


class ActionBlock(Block, frozen=True, kw_only=True, tag="action"):
    """A button."""

    text: Annotated[Text, doc("What the button says.", "See the dates")]
    to: Annotated[Address, doc("Where it leads: a page of this site, or a full web address.", "/offers/")]
    note: Annotated[Text | None, doc("A few words beside the button.", "Two weekends are still open")] = None


class FormBlock(Block, frozen=True, kw_only=True, tag="form"):
    """A form. There is one today: `leads`, as `site.yaml` describes it."""

    form: Annotated[Slug, doc("The name of the form.", "leads")]


class StepItem(Fields, frozen=True, kw_only=True):
    """One step of several that follow each other."""

    title: Annotated[Text, doc("What is done, in a few words.", "Find your level")]
    text: Annotated[Paragraphs | None, doc("What there is to know about it.", "Five questions, two minutes.")] = None


class StepsBlock(Block, frozen=True, kw_only=True, tag="steps"):
    """Steps in their order, with numbers."""

    items: Annotated[
        tuple[StepItem, ...],
        doc(
            "The steps, the first one first.",
            [
                {"title": "Find your level", "text": "Five questions, two minutes."},
                {"title": "Meet your guide", "text": "On the phone, before you pay anything."},
                {"title": "Climb"},
            ],
            min_length=1,
        ),
    ]


class Figure(Fields, frozen=True, kw_only=True):
    """A number that says something, and where it is from."""

    value: Annotated[Text, doc("The number, with its unit.", "412", "75–85%")]
    text: Annotated[Text, doc("What it counts.", "first summits since 2019")]
    source: Annotated[
        Text,
        doc("Where the number is from: a web address, or in words.", "Our tour books", "https://www.alpenverein.de/"),
    ]


class FiguresBlock(Block, frozen=True, kw_only=True, tag="figures"):
    """A few numbers, each with its source."""

    items: Annotated[
        tuple[Figure, ...],
        doc(
            "The numbers, the strongest one first.",
            [
                {"value": "412", "text": "first summits since 2019", "source": "Our tour books"},
                {"value": "0", "text": "accidents with a helicopter", "source": "https://www.alpenverein.de/"},
            ],
            min_length=1,
        ),
    ]


class Logo(Fields, frozen=True, kw_only=True):
    """The sign of a company, a magazine or a partner."""

    file: PictureAddress
    alt: AltText
    to: Annotated[Address | None, doc("Where it leads.", "https://www.alpenverein.de/")] = None


class LogosBlock(Block, frozen=True, kw_only=True, tag="logos"):
    """Logos in a row."""

    items: Annotated[
        tuple[Logo, ...],
        doc(
            "The logos, in their order.",
            [
                {"file": "/media/club.svg", "alt": "Alpine Club", "to": "https://www.alpenverein.de/"},
                {"file": "/media/magazine.svg", "alt": "Summit Magazine"},
            ],
            min_length=1,
        ),
    ]


class CodeBlock(Block, frozen=True, kw_only=True, tag="code"):
    """A piece of a program, as it is written."""

    code: Annotated[Code, doc(None, "def climb(height):\n    return height + 1  # one step at a time\n")]
    language: Annotated[ProgramLanguage | None, doc("Gives it its colours.", "python", "bash")] = None
    caption: Annotated[Text | None, doc("A line below it.", "An illustration, not a program to run.")] = None


class TableBlock(Block, frozen=True, kw_only=True, tag="table"):
    """A table. Each row has as many cells as `head`."""

    head: Annotated[tuple[Text, ...], doc("The names of the columns.", ["Month", "Summit", "Height"], min_length=1)]
    rows: Annotated[
        tuple[tuple[str, ...], ...],
        doc(
            "The rows, each a list of cells; a cell may be empty.",
            [["May", "Hochgern", "1,748 m"], ["July", "**Watzmann**", "2,713 m"]],
            min_length=1,
        ),
    ]


class DownloadBlock(Block, frozen=True, kw_only=True, tag="download"):
    """A file to load down. The page says of what type it is, and how large."""

    file: Annotated[MediaAddress, doc(None, "/media/packing-list.pdf")]
    text: Annotated[Text, doc("What the link says.", "The packing list for nine weekends")]


AnyBlock = (
    TextBlock
    | PictureBlock
    | GalleryBlock
    | VideoBlock
    | QuoteBlock
    | FaqBlock
    | OffersBlock
    | ActionBlock
    | FormBlock
    | StepsBlock
    | FiguresBlock
    | LogosBlock
    | CodeBlock
    | TableBlock
    | DownloadBlock
    | NetworkBlock
    | MatrixBlock
    | ScheduleBlock
    | BillBlock
    | RangesBlock
    | BarsBlock
)
Blocks = Annotated[
    tuple[AnyBlock, ...],
    doc(
        "What else stands on the page, in this order; each entry says with `kind` what it is.",
        [
            {"kind": "steps", "title": "How it goes", "items": [{"title": "Find your level"}, {"title": "Climb"}]},
            {
                "kind": "faq",
                "title": "What climbers ask",
                "items": [{"question": "Do I need a rope of my own?", "answer": "No. Ropes and helmets are ours."}],
            },
            {"kind": "action", "text": "See the dates", "to": "/offers/"},
        ],
        title="a list of blocks, each with its kind",
    ),
]
