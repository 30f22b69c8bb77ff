"""The page for URLs that lead nowhere."""

from generator.content.routes import HOME, NOT_FOUND, audience_route
from generator.pages.layout_context import PageHead
from generator.pages.page import Page, PageFactory


def plan_not_found(factory: PageFactory) -> Page:
    say = factory.language.say
    places = [(say("home"), HOME)]
    places += [(audience.name, audience_route(audience.slug)) for audience in factory.menu_audiences]
    head = PageHead(
        "not_found",
        NOT_FOUND,
        title=say("not_found"),
        description=say("description_of_not_found"),
        root=factory.target.base_path,
    )
    return factory.make_page(head, suggestions=[{"text": text, "path": path} for text, path in places])
