"""The page of all offers."""

from collections.abc import Iterator

from generator.content.model import ContentFile, Site
from generator.content.routes import OFFERS, is_small, level_route, relative_root
from generator.i18n.language import Language
from generator.pages.comparison_tables import compare_offers
from generator.pages.context import Context, offer_context
from generator.pages.layout_context import PageHead
from generator.pages.page import Page, PageFactory


def plan(factory: PageFactory, file: ContentFile) -> Iterator[Page]:
    site, language, root = factory.site, factory.language, relative_root(OFFERS)
    heading = language.say("offers")
    intro = language.say("description_of_offers", site=site.settings.name)
    levels = list_levels_of_offers(site, language)
    offers = [offer_context(site, offer, root, language) for offer in site.live_offers]
    yield factory.make_page(
        PageHead("offers", OFFERS, title=heading, description=intro, crumbs=((heading, OFFERS),)),
        heading=heading,
        intro=intro,
        table=compare_offers(factory, levels, root),
        offers=[{**offer, "audience_levels": levels.get(offer["id"], [])} for offer in offers],
    )


def list_levels_of_offers(site: Site, language: Language) -> dict[str, list[Context]]:
    """The levels that make an offer, by its id; on a site of many audiences none are shown."""
    levels: dict[str, list[Context]] = {}
    for audience in site.audiences if is_small(site) else ():
        for level in audience.levels:
            link = {
                "text": f"{language.label(audience.name)} {level.name}",
                "path": level_route(audience.slug, level.slug),
                "href": None,
                "note": None,
                "audience": audience.name,
                "level": level.number,
                "name": level.name,
            }
            for name in level.offers:
                levels.setdefault(name, []).append(link)
    return levels
