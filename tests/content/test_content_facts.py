"""The site's own content keeps the facts it was written from: items, leading verbs, figures, bands, prices."""

import re
from collections.abc import Iterator

import pytest
import yaml

from generator.build.check import load_content
from generator.content.model import Audience, Content, Level
from generator.files.tree import DiskTree
from generator.formats.document import Item
from generator.schema.offers import PriceRange
from tests.sites import CALENDAR, CASES, ROOT

FACTS = yaml.safe_load((CASES / "facts.yaml").read_text(encoding="utf-8"))
FIGURE = re.compile(r"\$?\d[\d,]*(?:\.\d+)?[KM]?\+?%?\+?")
VERB = re.compile(r"\*\*([\w-]+)\*\* ")

BANDS = {
    "career-advancers": [(60_000, 100_000), (100_000, 150_000), (150_000, 250_000), (250_000, None)],
    "founders": [(0, 10_000), (10_000, 50_000), (50_000, 200_000), (200_000, None)],
}
FOCUS = {
    "career-advancers": ["Start your AI career", "From API user to model builder", "Reach elite level",
                         "Maintain your edge"],
    "founders": ["Build your first AI product", "Stop renting, start owning", "Build frontier AI systems",
                 "Pioneer the future"],
}  # fmt: skip
OFFERS = [
    ["webinar", "intro-course"], ["core-self-paced", "core-cohort"], ["founders-edition"],
    ["mastermind", "consulting", "equity-partnership"],
]  # fmt: skip
PRICES = {
    "webinar": "free", "intro-course": PriceRange(low=97, high=297), "core-self-paced": 1997, "core-cohort": 6997,
    "founders-edition": 19997, "mastermind": "on application", "consulting": "on application",
    "equity-partnership": "on application",
}  # fmt: skip


@pytest.fixture(scope="module")
def content() -> Content:
    layouts = DiskTree(ROOT / "layouts", "layouts")
    return load_content(DiskTree(ROOT / "content", "content"), layouts, CALENDAR)[0]


def levels(content: Content) -> Iterator[tuple[Audience, Level]]:
    return ((audience, level) for audience in content.audiences for level in audience.levels)


def flatten(items: tuple[Item, ...]) -> list[str]:
    return [text for item in items for text in (item.text, *flatten(item.items))]


def figures(text: str) -> str:
    return " ".join(figure.rstrip(",") for figure in FIGURE.findall(text))


def test_there_are_two_audiences_at_four_levels_each(content: Content) -> None:
    assert {audience.slug: len(audience.levels) for audience in content.audiences} == dict.fromkeys(FACTS, 4)
    names = [[level.name for level in audience.levels] for audience in content.audiences]
    assert names == [["Struggling", "Surviving", "Thriving", "Driving"]] * 2


def test_every_symptom_is_there_with_its_figures(content: Content) -> None:
    for audience, level in levels(content):
        found = [figures(text) for text in flatten(level.symptoms)]
        assert found == FACTS[audience.slug][level.number]["symptoms"], (audience.slug, level.number)


def test_every_key_is_there_with_its_verb_and_its_figures(content: Content) -> None:
    for audience, level in levels(content):
        found = []
        for text in flatten(level.keys):
            verb = VERB.match(text)
            assert verb, text
            found.append(f"{verb[1]} {figures(text)}".strip())
        assert found == FACTS[audience.slug][level.number]["keys"], (audience.slug, level.number)


def test_every_sign_of_success_is_there_with_its_figures(content: Content) -> None:
    for audience, level in levels(content):
        found = [figures(text) for text in flatten(level.success)]
        assert found == FACTS[audience.slug][level.number]["success"], (audience.slug, level.number)


def test_the_strategic_advantages_of_owners_are_nested(content: Content) -> None:
    driving = content.audiences[1].levels[3]
    assert [len(item.items) for item in driving.symptoms if item.items] == [4]


def test_bands_messages_modules_and_offers_are_those_of_the_strategy(content: Content) -> None:
    for audience in content.audiences:
        bands = [(level.metric.low, level.metric.high) for level in audience.levels if level.metric]
        assert bands == BANDS[audience.slug]
        assert [level.message.focus for level in audience.levels] == FOCUS[audience.slug]
        assert [level.modules for level in audience.levels] == [(1, 2), (3, 4, 5), (6, 7, 8, 9), "all"]
        assert [list(level.offers) for level in audience.levels] == OFFERS


def test_prices_are_those_of_the_strategy(content: Content) -> None:
    assert {offer.id: offer.price for offer in content.site.offers} == PRICES
    assert {offer.currency for offer in content.site.offers if not isinstance(offer.price, str)} == {"USD"}


def test_the_curriculum_names_only_the_modules_that_have_names(content: Content) -> None:
    stages = [(stage.name, stage.modules, stage.from_level, stage.to_level, len(stage.outcomes))
              for stage in content.site.stages]  # fmt: skip
    assert stages == [("Foundation", (1, 2), 1, 2, 3), ("Implementation", (3, 4, 5), 2, 3, 3),
                      ("Mastery", (6, 7, 8, 9), 3, 4, 3)]  # fmt: skip
    assert [module.name for module in content.site.modules] == [
        "Understanding LLMs", "Text Data", "Attention", "GPT Implementation", "Pretraining", None, None, None, None
    ]  # fmt: skip


def test_the_founders_are_asked_first_what_their_levels_are_measured_in(content: Content) -> None:
    counts = {audience.slug: len(audience.quiz.questions) for audience in content.audiences if audience.quiz}
    assert counts == {"career-advancers": 5, "founders": 6}
    founders = content.audiences[1].quiz
    assert founders is not None
    assert founders.questions[0].id == "mrr"
