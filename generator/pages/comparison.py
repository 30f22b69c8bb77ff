"""The pages that compare: the levels of an audience, and the audiences at one level."""

from collections.abc import Sequence

from generator.content import routes
from generator.content.model import Audience, AudienceSummary
from generator.pages.comparison_tables import compare_levels
from generator.pages.context import Context, audience_links, shows_earnings, steps_context, visits_context
from generator.pages.layout_context import PageHead
from generator.pages.page import Page, PageFactory


def plan_comparison(factory: PageFactory, audience: Audience, summary: AudienceSummary) -> Page:
    """The levels of an audience side by side."""
    route, language = routes.comparison_route(audience.slug), factory.language
    heading = language.say("comparison_of_audience", audience=summary.name)
    intro = language.say("description_of_comparison", audience=summary.name, count=len(audience.levels))
    overview = routes.audience_route(audience.slug)
    levels = [(audience, level) for level in audience.levels]
    crumbs = ((summary.name, overview), (language.say("compare_levels"), route))
    return factory.make_page(
        PageHead("comparison", route, title=heading, description=intro, crumbs=crumbs, state=audience.state),
        visits=visits_context([summary]),
        heading=heading,
        intro=intro,
        audience={"name": summary.name, "path": overview},
        steps=steps_context(summary, language),
        table=compare_levels(factory, heading, levels, routes.relative_root(route), by="level"),
        siblings=siblings_context(factory, None),
        links={**audience_links(summary), "overview": overview},
        claims=shows_earnings(summary, language),
    )


def plan_level_comparison(factory: PageFactory, audiences: Sequence[Audience], number: int) -> Page:
    """The audiences side by side at one level."""
    route, language = routes.level_comparison_route(number), factory.language
    heading = language.say("comparison_of_level", number=number)
    intro = language.say("description_of_level_comparison", number=number)
    levels = [(audience, level) for audience in audiences for level in audience.levels if level.number == number]
    return factory.make_page(
        PageHead("comparison", route, title=heading, description=intro, crumbs=((heading, route),)),
        visits=[],
        heading=heading,
        intro=intro,
        audience=None,
        steps=[],
        table=compare_levels(factory, heading, levels, routes.relative_root(route), by="audience"),
        siblings=siblings_context(factory, number),
        links={"quiz": routes.find_quiz_entry(factory.site), "overview": None},
        claims=any(shows_earnings(audience, language) for audience in audiences),
    )


def siblings_context(factory: PageFactory, current: int | None) -> list[Context]:
    """Links to the other comparisons. `current` is the level of a comparison of audiences."""
    say, shown = factory.language.say, routes.find_compared_levels(factory.site)
    links = [
        (say("comparison_of_level", number=one), routes.level_comparison_route(one), one == current) for one in shown
    ]
    for audience in factory.menu_audiences if current is not None else ():
        text = say("comparison_of_audience", audience=audience.name)
        links.append((text, routes.comparison_route(audience.slug), False))
    return [{"text": text, "path": path, "current": is_current} for text, path, is_current in links]
