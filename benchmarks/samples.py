"""Made-up content for benchmarks: so many audiences, each with so many levels. A seed gives the same texts anywhere.

An audience is made when it is asked for, so that a large site needs no memory.
"""

import random
from collections.abc import Iterator
from typing import NamedTuple

BASE_URL = "https://climbs.net/"
SITE_NAME = "Climbs"
SITE_TITLE = "Every climb there is"
SITE_SUMMARY = "A page for every level of every trade, and a table for each trade that holds its levels side by side."

TRADES = ("Bakers", "Beekeepers", "Carpenters", "Cooks", "Dancers", "Drivers", "Editors", "Farriers", "Gardeners",
          "Glaziers", "Grocers", "Joiners", "Nurses", "Painters", "Pilots", "Potters", "Roofers", "Tailors",
          "Teachers", "Translators")  # fmt: skip
RUNGS = ("Stranded", "Waking", "Walking", "Steady", "Skilled", "Sought", "Trusted", "Leading", "Shaping", "Masterly")
VERBS = ("Ask", "Bring", "Choose", "Count", "Draw", "Finish", "Give", "Keep", "Learn", "Mend", "Name", "Open", "Plan",
         "Read", "Refuse", "Share", "Show", "Sort", "Start", "Write")  # fmt: skip
VOCABULARY = """
a able about above across after again all almost alone along already also always and another any around
as ask at away back bad basket be beam because bell bench best big bill blade board book both box bread
brush bucket but buy by call careful chair change clay clean clear client clock close cloth coal cold
colour come corner could count craft cup cut dark day dear deep door down draft dry dust each early earn
easy edge end even evening every fair fall far fast few field fill find fire first flat floor for form
found friend from full garden give glass go good grain great guest half hand hard have heat heavy help
here high hold home honest hour how if in iron join just keep key kind knife know last late learn leave
less letter light like line list little load long look low make many mark market master may measure meet
mend mile mill money month more morning most much nail name near need never new next night no north note
nothing now of off often oil old on once one only open or order other our out oven over own page paint
paper part pay people piece place plain plan plant price quick quiet rain reach ready rest right road
roof room rope round rule sand saw say season second seed sell send set shape sharp shelf ship shop
short show side sign simple slow small soft some soon sort sound south stand start stay steel still
stone stop store street strong such sure table take talk tall task teach team tell than that the their
them then there these they thing think this thread time to today together too tool top trade true trust
try turn under until up use very visit wait walk wall want warm wash water way week weight well wheel
when where which while white who whole why wide will wind window winter with without wood word work
world worth write year yes yet young
"""
WORDS = tuple(VOCABULARY.split())
# What editors put between plain words, in about one text of five.
MARKS = ("*quite*", "**never**", "`plan.txt`", "[the offers](/offers/)", "R&D", "don't", "80% of it", 'the "usual"',
         "3 < 5", "you've")  # fmt: skip
OFFERS = 12


class Offer(NamedTuple):
    """Something that is sold. `price` is in whole dollars."""

    id: str
    name: str
    price: int
    action: str
    url: str


class Level(NamedTuple):
    """A level of an audience. Its band is `low` to `high`; the last level's is open."""

    number: int
    slug: str
    name: str
    title: str
    summary: str
    focus: str
    pain: str
    promise: str
    low: int
    high: int | None
    offer: str
    opening: str
    symptoms: list[str]
    keys: list[str]
    success: list[str]


class Audience(NamedTuple):
    """An audience with its levels, lowest first. `number` is its place on the site."""

    number: int
    slug: str
    name: str
    title: str
    summary: str
    body: str
    levels: list[Level]


class Sample(NamedTuple):
    """A site of made-up content: `audiences` of `levels` each, by `seed`."""

    audiences: int
    levels: int
    seed: int

    @property
    def name(self) -> str:
        return f"{self.audiences}x{self.levels}"

    @property
    def pages(self) -> int:
        """The number of level pages."""
        return self.audiences * self.levels

    @property
    def offers(self) -> list[Offer]:
        dice = random.Random(f"{self.seed} offers")  # noqa: S311 - made-up content, no secret
        return [
            Offer(f"offer-{number}", f"Course {number}: {_phrase(dice, 2, 3)}", dice.randrange(9, 2999),
                  f"Join course {number}", f"https://shop.climbs.net/course?number={number}&from=site")
            for number in range(1, OFFERS + 1)
        ]  # fmt: skip

    def make_audiences(self) -> Iterator[Audience]:
        for number in range(1, self.audiences + 1):
            yield self.make_audience(number)

    def make_audience(self, number: int) -> Audience:
        dice = random.Random(f"{self.seed} {number}")  # noqa: S311 - made-up content, no secret
        name = f"{TRADES[number % len(TRADES)]} {number}"
        slug = name.lower().replace(" ", "-")
        bounds = sorted(dice.sample(range(10, 9000, 10), self.levels))
        levels = [self._make_level(dice, name, index, bounds) for index in range(self.levels)]
        summary = f"{name}: {_phrase(dice, 14, 18)}."[:160]
        return Audience(number, slug, name, f"The climb of {name.lower()}", summary, _sentence(dice, 20, 30), levels)

    def _make_level(self, dice: random.Random, audience: str, index: int, bounds: list[int]) -> Level:
        name = RUNGS[index] if index < len(RUNGS) else f"Rung {index + 1}"
        return Level(
            number=index + 1,
            slug=name.lower().replace(" ", "-"),
            name=name,
            title=f"{audience}, {name.lower()}: {_phrase(dice, 3, 5)}",
            summary=f"{name} {audience.lower()}: {_phrase(dice, 14, 18)}."[:160],
            focus=_phrase(dice, 6, 9),
            pain=_sentence(dice, 8, 14),
            promise=_sentence(dice, 8, 14),
            low=bounds[index],
            high=bounds[index + 1] if index + 1 < len(bounds) else None,
            offer=f"offer-{dice.randint(1, OFFERS)}",
            opening=_sentence(dice, 24, 40),
            symptoms=[_sentence(dice, 8, 16) for _ in range(dice.randint(10, 13))],
            keys=[f"**{verb}** {_sentence(dice, 8, 16, first=False)}" for verb in dice.sample(VERBS, 12)],
            success=[_sentence(dice, 7, 12) for _ in range(4)],
        )


def _phrase(dice: random.Random, fewest: int, most: int) -> str:
    """Plain words without a mark or a full stop."""
    text = " ".join(dice.choices(WORDS, k=dice.randint(fewest, most)))
    return text[0].upper() + text[1:]


def _sentence(dice: random.Random, fewest: int, most: int, first: bool = True) -> str:
    """A sentence; one of five has a mark in it. `first`: it begins with a capital."""
    words = dice.choices(WORDS, k=dice.randint(fewest, most))
    if dice.random() < 0.2:
        words[dice.randrange(1, len(words))] = dice.choice(MARKS)
    text = " ".join(words) + "."
    return text[0].upper() + text[1:] if first else text
