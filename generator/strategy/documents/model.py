"""A strategy document as plain values, whatever its spelling and layout.

A strategy says who the audiences are, which levels each of them climbs, and what helps them up. Texts are the Markdown
of the document. Each value has its line in the document, or 0 if it comes from content.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.formats.figures import Figure
from generator.formats.markdown_tree import SourceText
from generator.formats.names import normalise
from generator.formats.ranges import Range
from generator.i18n.headings import find_kind
from generator.i18n.module_words import Modules
from generator.i18n.prices import Price


class StrategyOffer(NamedTuple):
    """An offer. `price` is None if the document states none; the rest is what only tables have."""

    name: str
    price: Price
    per: str = ""
    was: Figure | None = None
    line: int = 0
    summary: str = ""
    link: str = ""

    @property
    def amount(self) -> object:
        """The price, however it is spelled, and whether or not it is open: the lowest, the highest and the unit."""
        if not isinstance(self.price, Figure):
            return None if self.price == "on application" else self.price
        ends = [end for end in (self.price.low, self.price.high) if end is not None]
        return ends[0], ends[-1], self.price.unit

    @property
    def identity(self) -> tuple[str, object]:
        """What two mentions of one offer have in common."""
        return normalise(self.name), self.amount

    @property
    def price_text(self) -> str:
        return self.price.text if isinstance(self.price, Figure) else self.price or ""


class MessageField(NamedTuple):
    """One line of a message, for one audience or (None) for all.

    `texts` are its alternatives. The field `offer` has `offers` instead.
    """

    name: str
    audience: str | None
    texts: tuple[str, ...]
    line: int = 0
    offers: tuple[StrategyOffer, ...] = ()


class StrategyLevel(NamedTuple):
    """A level of an audience. `heading` is the range in its heading, `metric` the one on a line of its own, `message`
    what is said to it alone.
    """

    number: int
    name: str
    line: int = 0
    heading: Range | None = None
    metric: Range | None = None
    tagline: str | None = None
    symptoms: tuple[SourceText, ...] = ()
    keys: tuple[SourceText, ...] = ()
    modules: Modules | None = None
    success: tuple[SourceText, ...] = ()
    signs: tuple[SourceText, ...] = ()
    message: tuple[MessageField, ...] = ()

    @property
    def stated_range(self) -> Range | None:
        return self.metric or self.heading

    @property
    def module_numbers(self) -> tuple[int, ...]:
        """The modules that are named by number."""
        return self.modules.numbers if self.modules and self.modules.numbers != "all" else ()

    def walk_bullets(self) -> Iterator[SourceText]:
        """All bullets in order, each before those nested below it."""
        return walk_bullets((*self.symptoms, *self.keys, *self.success))


class StrategyAudience(NamedTuple):
    """An audience. `aliases` are its other names in the document, `facts` the named lines below its heading."""

    name: str
    line: int = 0
    aliases: tuple[str, ...] = ()
    levels: tuple[StrategyLevel, ...] = ()
    questions: tuple[SourceText, ...] = ()
    questions_line: int = 0
    facts: Mapping[str, str] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    def level(self, number: int) -> StrategyLevel | None:
        return next((level for level in self.levels if level.number == number), None)


class StrategyMessage(NamedTuple):
    """What marketing says to the levels of this name or number."""

    name: str
    number: int | None
    fields: tuple[MessageField, ...]
    line: int = 0


class StrategyStage(NamedTuple):
    """A stage of the course. It serves the step from level `start` to level `goal`."""

    name: str
    modules: tuple[int, ...]
    start: int | None = None
    goal: int | None = None
    outcomes: tuple[SourceText, ...] = ()
    topics: tuple[str, ...] = ()
    line: int = 0


class Strategy(NamedTuple):
    """A strategy document. `facts` are the named lines at its top, `notes` the lines in italics at its end, `offers`
    those in a section of their own.
    """

    path: str
    title: str
    facts: Mapping[str, str] = {}
    about: tuple[str, ...] = ()
    audiences: tuple[StrategyAudience, ...] = ()
    stages: tuple[StrategyStage, ...] = ()
    modules: tuple[tuple[int, str], ...] = ()
    messages: tuple[StrategyMessage, ...] = ()
    notes: tuple[str, ...] = ()
    offers: tuple[StrategyOffer, ...] = ()

    def fact(self, name: str) -> str:
        """The text of a named line, whatever the document calls it; empty if there is none."""
        return next((text for other, text in self.facts.items() if find_kind(other, "facts", exact=True) == name), "")

    def all_levels(self) -> list[tuple[StrategyAudience, StrategyLevel]]:
        return [(audience, level) for audience in self.audiences for level in audience.levels]


def walk_bullets(bullets: Sequence[SourceText]) -> Iterator[SourceText]:
    """Bullets in order, each before those nested below it."""
    for bullet in bullets:
        yield bullet
        yield from walk_bullets(bullet.children)
