"""The page of all offers."""

from collections.abc import Iterator

from generator.content.model import ContentFile, Site
from generator.content.routes import OFFERS, find_quiz_entry, is_small, level_route, relative_root
from generator.i18n.language import Language
from generator.pages.comparison_tables import compare_offers
from generator.pages.context import Context, offer_context
from generator.pages.layout_context import PageHead
from generator.pages.page import Page, PageFactory


def plan(factory: PageFactory, file: ContentFile) -> Iterator[Page]:
    site, language, root = factory.site, factory.language, relative_root(OFFERS)
    heading = language.say("offers_heading")
    intro = language.say("description_of_offers", site=site.settings.name)
    levels = list_levels_of_offers(site, language)
    offers = [offer_context(site, offer, root, language) for offer in site.live_offers]
    yield factory.make_page(
        PageHead("offers", OFFERS, title=heading, description=intro, crumbs=((language.say("offers"), OFFERS),)),
        heading=heading,
        intro=intro,
        table=compare_offers(factory, levels, root),
        offers=offers,
        steps=(steps := list_steps(site, offers, levels)),
        others=[offer for offer in offers if not any(offer in step["offers"] for step in steps)],
        quiz=find_quiz_entry(site),
    )


def list_steps(site: Site, offers: list[Context], levels: dict[str, list[Context]]) -> list[Context]:
    """The levels that offers are made for, highest first, each with the offers that are made for it alone, in the order
    in which its first level has them.
    """
    made_for: dict[int, list[Context]] = {}
    for offer in offers:
        numbers = {link["level"] for link in levels.get(offer["id"], [])}
        if len(numbers) == 1:
            made_for.setdefault(numbers.pop(), []).append(offer)
    steps = []
    for number in sorted(made_for, reverse=True):
        summaries = [level for audience in site.audiences for level in audience.levels if level.number == number]
        labels, order = {level.label for level in summaries}, summaries[0].offers
        own = sorted(
            made_for[number], key=lambda offer: order.index(offer["id"]) if offer["id"] in order else len(order)
        )
        steps.append({"number": number, "label": labels.pop() if len(labels) == 1 else None, "offers": own})
    return steps


def list_levels_of_offers(site: Site, language: Language) -> dict[str, list[Context]]:
    """The levels that make an offer, by its id; on a site of many audiences none are shown."""
    levels: dict[str, list[Context]] = {}
    for audience in site.audiences if is_small(site) else ():
        for level in audience.levels:
            link = {
                "text": f"{language.label(audience.name)} {language.say('option_level', number=level.number)}",
                "path": level_route(audience.slug, level.slug),
                "href": None,
                "note": None,
                "level": level.number,
            }
            for name in level.offers:
                levels.setdefault(name, []).append(link)
    return levels
