"""The landing pages of an audience's levels, and the comparison of them."""

from collections.abc import Iterator

from generator.content import routes
from generator.content.model import Audience, AudienceSummary, Level, Site
from generator.i18n.language import Language
from generator.pages.blocks import BlockPlace, blocks_context
from generator.pages.comparison import plan_comparison
from generator.pages.context import (
    Context,
    audience_links,
    format_band,
    items_context,
    leads_context,
    level_modules_context,
    offer_context,
    shows_earnings,
    stage_context,
    steps_context,
    themes_context,
)
from generator.pages.layout_context import PageHead
from generator.pages.page import Page, PageFactory
from generator.pages.pictures import picture_context
from generator.schema.level import Band


def plan(factory: PageFactory, audience: Audience, summary: AudienceSummary) -> Iterator[Page]:
    for level in audience.levels:
        yield plan_level(factory, audience, summary, level)
    yield plan_comparison(factory, audience, summary)


def plan_level(factory: PageFactory, audience: Audience, summary: AudienceSummary, level: Level) -> Page:
    route, overview = routes.level_route(audience.slug, level.slug), routes.audience_route(audience.slug)
    site, language, root = factory.site, factory.language, routes.relative_root(route)
    stage = next((stage for stage in site.stages if stage.from_level == level.number), None)
    place = audience.levels.index(level)
    block_place = BlockPlace(factory, root, audience.slug, level.number, audience.levels[-1].number)
    is_compared = level.number in routes.find_compared_levels(site)
    head = PageHead(
        "level",
        route,
        title=language.say("title_of_level", audience=summary.name, level=level.name, focus=level.message.focus),
        description=level.summary,
        crumbs=((summary.name, overview), (level.name, route)),
        state=level.state if audience.state == "live" else audience.state,
        seo=level.seo,
    )
    return factory.make_page(
        head,
        audience={
            "name": summary.name,
            "path": overview,
            "metric_name": audience.metric.name if audience.metric else None,
        },
        level=level_context(site, audience, level, language),
        next=neighbour_context(summary, place + 1),
        previous=neighbour_context(summary, place - 1),
        steps=steps_context(summary, language, level.number),
        stage=stage_context(site, stage, language, audience) if stage else None,
        modules=level_modules_context(site, level, language),
        offers=[offer_context(site, offer, root, language) for offer in factory.offers_of(level)],
        links={
            **audience_links(summary),
            "level_comparison": routes.level_comparison_route(level.number) if is_compared else None,
            "overview": overview,
            "curriculum": routes.CURRICULUM if site.curriculum else None,
        },
        elsewhere=elsewhere_context(factory, summary, level.number),
        leads=leads_context(site.settings.leads, audience.slug, level.number),
        blocks=blocks_context(block_place, level.blocks),
        claims=shows_earnings(summary, language),
    )


def level_context(site: Site, audience: Audience, level: Level, language: Language) -> Context:
    return {
        "number": level.number,
        "total": audience.levels[-1].number,
        "numbers": [other.number for other in audience.levels],
        "name": level.name,
        "tagline": level.tagline,
        "title": level.title,
        "summary": level.summary,
        "focus": level.message.focus,
        "pain": level.message.pain,
        "promise": level.message.promise,
        "band": format_band(level, audience.metric, language),
        "band_note": level.metric.note if isinstance(level.metric, Band) else None,
        "opening": level.opening,
        "picture": picture_context(site, level.picture),
        "symptoms": items_context(level.symptoms),
        "keys": items_context(level.keys),
        "symptom_themes": themes_context(level.symptoms),
        "key_themes": themes_context(level.keys),
        "success": items_context(level.success),
        "signs": list(level.signs),
        "is_first": level is audience.levels[0],
        "is_last": level is audience.levels[-1],
    }


def neighbour_context(audience: AudienceSummary, place: int) -> Context | None:
    """The level at a place among those of the audience."""
    if not 0 <= place < len(audience.levels):
        return None
    level = audience.levels[place]
    path = routes.level_route(audience.slug, level.slug)
    return {"number": level.number, "name": level.name, "focus": level.focus, "path": path}


def elsewhere_context(factory: PageFactory, own: AudienceSummary, number: int) -> list[Context]:
    return [
        {"audience": audience.name, "name": level.name, "path": routes.level_route(audience.slug, level.slug)}
        for audience in factory.menu_audiences
        for level in audience.levels
        if audience.slug != own.slug and level.number == number
    ]
