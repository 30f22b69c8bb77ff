"""The pages that compare: the levels of an audience, and the audiences at one level."""

from collections.abc import Sequence

from generator.content.model import Audience, Outline
from generator.content.routes import (
    across_address,
    audience_address,
    comparison_address,
    levels_across,
    quiz_entry,
    root_of,
)
from generator.pages.comparison_tables import compare_audiences, compare_levels
from generator.pages.context import Shape, shape_links, shape_steps, shape_visits, shows_bands
from generator.pages.layout_context import Crumb
from generator.pages.page import Frame, Page


def plan_comparison(frame: Frame, audience: Audience, outline: Outline) -> Page:
    address = comparison_address(audience.slug)
    caption = frame.language.say("comparison_of_audience", audience=audience.name)
    count = len(audience.live_levels)
    visits = shape_visits([outline])
    return frame.page(
        "comparison",
        address,
        title=caption,
        description=frame.language.say("description_of_comparison", audience=audience.name, count=count),
        crumbs=[
            Crumb(audience.name, audience_address(audience.slug)),
            Crumb(frame.language.say("compare_levels"), address),
        ],
        scripts=frame.scripts_for(visits),
        visits=visits,
        heading=caption,
        intro=frame.language.say("description_of_comparison", audience=audience.name, count=count),
        audience={"name": audience.name, "path": audience_address(audience.slug)},
        steps=shape_steps(outline, frame.language),
        table=compare_levels(frame.site, audience, root_of(address), frame.language),
        siblings=shape_siblings(frame, None),
        links={**shape_links(outline), "overview": audience_address(audience.slug)},
        claims=shows_bands(outline),
    )


def plan_across(frame: Frame, audiences: Sequence[Audience], number: int) -> Page:
    address = across_address(number)
    heading = frame.language.say("comparison_of_level", number=number)
    return frame.page(
        "comparison",
        address,
        title=heading,
        description=frame.language.say("description_of_level_comparison", number=number),
        crumbs=[Crumb(heading, address)],
        visits=[],
        heading=heading,
        intro=frame.language.say("description_of_level_comparison", number=number),
        audience=None,
        steps=[],
        table=compare_audiences(frame.site, audiences, number, root_of(address), frame.language),
        siblings=shape_siblings(frame, number),
        links={"quiz": quiz_entry(frame.site), "overview": None},
        claims=any(audience.metric for audience in audiences),
    )


def shape_siblings(frame: Frame, current: int | None) -> list[Shape]:
    return [
        {
            "text": frame.language.say("comparison_of_level", number=number),
            "path": across_address(number),
            "current": number == current,
        }
        for number in levels_across(frame.site)
    ] + [
        {
            "text": frame.language.say("comparison_of_audience", audience=outline.name),
            "path": comparison_address(outline.slug),
            "current": False,
        }
        for outline in frame.menu_audiences
        if current is not None
    ]
