"""A strategy document as plain values, each with its line; nothing here knows how it is written down.

A strategy says who the audiences are, which levels each of them climbs, and what helps them up. Texts
are Markdown, exactly as the document has them. A line of 0 is that of a value no document stated.
"""

from typing import Literal, NamedTuple

from generator.formats.figures import Figure

FIELDS = ("focus", "pain", "promise", "offer", "headline")


class Said(NamedTuple):
    """A text, and the line it stands on."""

    text: str
    line: int = 0


class Point(NamedTuple):
    """A bullet and the bullets below it."""

    text: str
    line: int = 0
    points: tuple["Point", ...] = ()


class Measure(NamedTuple):
    """The band of a level as it is stated: a figure, the words after it, and what is in parentheses."""

    figure: Figure
    words: str
    notes: tuple[str, ...]
    said: Said


class Modules(NamedTuple):
    """The modules of a level or stage: their numbers or all of them, and what is said beside them."""

    numbers: tuple[int, ...] | Literal["all"]
    note: str
    line: int = 0


class Rank(NamedTuple):
    """A level of an audience. `heading` is the measure in its heading, `measure` that of its own line."""

    number: int
    name: str
    line: int = 0
    heading: Measure | None = None
    measure: Measure | None = None
    tagline: str | None = None
    symptoms: tuple[Point, ...] = ()
    keys: tuple[Point, ...] = ()
    modules: Modules | None = None
    success: tuple[Point, ...] = ()
    guide: tuple[Said, ...] = ()


class Group(NamedTuple):
    """An audience. `aliases` are other names the document has for it; `facts` its explicit settings."""

    name: str
    line: int = 0
    aliases: tuple[str, ...] = ()
    ranks: tuple[Rank, ...] = ()
    questions: tuple[Said, ...] = ()
    questions_line: int = 0
    facts: tuple[tuple[str, Said], ...] = ()


class Price(NamedTuple):
    """One thing on offer, with its price; `amount` None means that none is stated."""

    name: str
    amount: Figure | Literal["free"] | None
    line: int = 0


class Part(NamedTuple):
    """One line of a message: which field it is, for which audience (None: all), and its alternatives.

    For the field `offer` the offers stand in `offers`.
    """

    field: str
    audience: str | None
    texts: tuple[str, ...]
    line: int = 0
    offers: tuple[Price, ...] = ()


class Message(NamedTuple):
    """What marketing says to the levels of this name or number, in one audience or in all."""

    name: str
    number: int | None
    audience: str | None
    parts: tuple[Part, ...]
    line: int = 0


class Stretch(NamedTuple):
    """A stage of the course, and the step between levels that it serves."""

    name: str
    modules: Modules
    start: int | None
    goal: int | None
    outcomes: tuple[Said, ...]
    topics: tuple[str, ...]
    line: int = 0


class Strategy(NamedTuple):
    """A whole strategy document. `facts` are the named lines at its top, `notes` the lines at its end."""

    path: str
    title: Said
    facts: tuple[tuple[str, Said], ...] = ()
    about: tuple[Said, ...] = ()
    groups: tuple[Group, ...] = ()
    stages: tuple[Stretch, ...] = ()
    modules: tuple[tuple[int, str], ...] = ()
    messages: tuple[Message, ...] = ()
    notes: tuple[Said, ...] = ()

    def fact(self, *names: str) -> str | None:
        """The first of these named lines that there is."""
        known = {name.casefold(): said.text for name, said in self.facts}
        return next((known[name] for name in names if known.get(name)), None)


def rank_at(group: Group, number: int) -> Rank | None:
    """The level of this number."""
    return next((rank for rank in group.ranks if rank.number == number), None)


def all_points(rank: Rank) -> list[Point]:
    """The bullets of a level in their order, what is nested behind what it belongs to."""
    points: list[Point] = []
    waiting = [*rank.symptoms, *rank.keys, *rank.success]
    while waiting:
        point = waiting.pop(0)
        points.append(point)
        waiting[:0] = point.points
    return points


def same_name(one: str, other: str) -> bool:
    """Whether two names are one but for capitals and spacing."""
    return fold(one) == fold(other)


def fold(name: str) -> str:
    """A name without what tells no two names apart."""
    return " ".join(name.replace("*", "").casefold().split())
