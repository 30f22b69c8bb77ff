"""Which pages a site has. Pure: the same values give the same pages, in the same order.

The pages of content files are planned by the module of their kind, which is loaded with the first file of it. Its
function `plan` is called with a `ContentFile` of the site, or with an audience that has the kind and its summary.
"""

from collections.abc import Iterator, Sequence
from pkgutil import resolve_name

from generator.content.kinds import AUDIENCE_KINDS
from generator.content.model import Audience
from generator.content.routes import HOME, NOT_FOUND, QUIZ_CHOICE, audience_route, find_compared_levels, find_quiz_entry
from generator.content.visible import select_visible, summarise_audience
from generator.pages.comparison import plan_level_comparison
from generator.pages.layout_context import PageHead
from generator.pages.page import Page, PageFactory
from generator.pages.plain_texts import add_texts
from generator.pages.well_known_files import plan_well_known_files


def plan_audience(factory: PageFactory, audience: Audience) -> Iterator[Page]:
    """The overview, the landing pages, the comparison and the quiz of an audience, and what else it has files for."""
    audience, summary = select_visible(audience), summarise_audience(audience)
    for kind in AUDIENCE_KINDS:
        if kind.has_route and summary.has(kind.name):
            pages = resolve_name(kind.planner)(factory, audience, summary)
            # Where there are many audiences, their pages know nothing of each other, and have no texts.
            yield from add_texts(factory, pages) if factory.site.audiences else pages


def plan_site(factory: PageFactory, audiences: Sequence[Audience]) -> Iterator[Page]:
    """All pages of no audience. `audiences`: those of a small site in full, which some of the pages show."""
    for file in factory.site.files.values():
        if file.kind.has_route:
            yield from add_texts(factory, resolve_name(file.kind.planner)(factory, file))
    if find_quiz_entry(factory.site) == QUIZ_CHOICE:
        from generator.pages.quiz import plan_quiz_choice  # most sites have one quiz or none

        yield from add_texts(factory, [plan_quiz_choice(factory)])
    yield plan_not_found(factory)
    yield from plan_well_known_files(factory)
    for number in find_compared_levels(factory.site):
        page = plan_level_comparison(factory, [*map(select_visible, audiences)], number)
        yield from add_texts(factory, [page])


def plan_not_found(factory: PageFactory) -> Page:
    """The page for URLs that lead nowhere. It is served at any depth, so its links begin at the top of the host."""
    say = factory.language.say
    places = [(say("home"), HOME)]
    places += [(audience.name, audience_route(audience.slug)) for audience in factory.menu_audiences]
    root, description = factory.target.base_path, say("description_of_not_found")
    return factory.make_page(
        PageHead("not_found", NOT_FOUND, say("not_found"), description, root=root),
        suggestions=[{"text": text, "path": path} for text, path in places],
    )
