"""Which pages a site has. Pure: the same values give the same pages, in the same order."""

from collections.abc import Iterable, Iterator, Sequence

from generator.content.model import Audience, outline_audience
from generator.content.routes import QUIZ, level_address, levels_across, quiz_entry
from generator.pages.audience_pages import plan_level, plan_overview
from generator.pages.comparison_pages import plan_across, plan_comparison
from generator.pages.context import Shape
from generator.pages.page import Frame, Page
from generator.pages.site_pages import (
    plan_article,
    plan_curriculum,
    plan_home,
    plan_not_found,
    plan_offers,
    plan_quiz_choice,
)
from generator.pages.well_known_files import plan_files


def plan_audience(frame: Frame, audience: Audience) -> Iterator[Page]:
    """The overview, the landing pages, the comparison and the quiz of an audience."""
    outline = outline_audience(audience)
    yield plan_overview(frame, audience, outline)
    for level in audience.live_levels:
        yield plan_level(frame, audience, outline, level)
    yield plan_comparison(frame, audience, outline)
    if audience.quiz:
        from generator.pages.quiz_pages import plan_quiz  # most audiences of a large site have none

        yield from plan_quiz(frame, audience, outline)


def plan_site(frame: Frame, audiences: Sequence[Audience]) -> Iterator[Page]:
    """All pages of no audience. `audiences`: those of a small site in full, which some of the pages show."""
    site = frame.site
    yield plan_home(frame)
    if site.offers:
        yield plan_offers(frame, list_users(audiences))
    if site.curriculum:
        yield plan_curriculum(frame)
    if quiz_entry(site) == QUIZ:
        yield plan_quiz_choice(frame)
    for article in site.articles:
        yield plan_article(frame, article)
    yield plan_not_found(frame)
    yield from plan_files(frame)
    for number in levels_across(site):
        yield plan_across(frame, audiences, number)


def list_users(audiences: Iterable[Audience]) -> dict[str, list[Shape]]:
    """For each offer, the live levels that make it."""
    users: dict[str, list[Shape]] = {}
    for audience, level in ((one, level) for one in audiences for level in one.live_levels):
        for name in level.offers:
            users.setdefault(name, []).append(
                {
                    "text": f"{audience.name}: {level.name}",
                    "path": level_address(audience.slug, level.slug),
                    "href": None,
                    "note": None,
                    "audience": audience.name,
                    "level": level.number,
                    "name": level.name,
                }
            )
    return users
