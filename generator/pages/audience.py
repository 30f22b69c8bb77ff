"""The overview of an audience."""

from collections.abc import Iterator

from generator.content.model import Audience, AudienceSummary
from generator.content.routes import audience_route, relative_root
from generator.pages.blocks import BlockPlace, blocks_context
from generator.pages.context import audience_context, shows_earnings, steps_context, visits_context
from generator.pages.layout_context import PageHead
from generator.pages.page import Page, PageFactory
from generator.pages.pictures import picture_context


def plan(factory: PageFactory, audience: Audience, summary: AudienceSummary) -> Iterator[Page]:
    route = audience_route(audience.slug)
    steps = steps_context(summary, factory.language)
    for step, level in zip(steps, audience.levels, strict=True):
        step |= {"summary": level.summary, "signs": list(level.signs)}
    place = BlockPlace(factory, relative_root(route), audience.slug, levels=audience.levels[-1].number)
    title = factory.language.say("title_of_page", page=audience.title, site=summary.name)
    yield factory.make_page(
        PageHead(
            "audience",
            route,
            title,
            audience.summary,
            crumbs=((summary.name, route),),
            state=audience.state,
            seo=audience.seo,
        ),
        visits=visits_context([summary]),
        audience={
            **audience_context(summary),
            "body": audience.body,
            "picture": picture_context(factory.site, audience.picture),
            "metric": audience.metric.name if audience.metric else None,
        },
        blocks=blocks_context(place, audience.blocks),
        steps=steps,
        claims=shows_earnings(summary, factory.language),
        other_audiences=[
            {"name": other.name, "title": other.title, "path": audience_route(other.slug)}
            for other in factory.menu_audiences
            if other.slug != audience.slug
        ],
    )
