"""The front page."""

from collections.abc import Iterator

from generator.content.model import ContentFile
from generator.content.routes import CURRICULUM, HOME, OFFERS, find_quiz_entry, is_small, relative_root
from generator.pages.blocks import BlockPlace, blocks_context
from generator.pages.context import (
    audience_context,
    shows_earnings,
    stage_context,
    steps_context,
    visits_context,
)
from generator.pages.layout_context import PageHead
from generator.pages.page import Page, PageFactory
from generator.pages.pictures import picture_context
from generator.pages.structured_data import structure_site
from generator.schema.page import HomeFields


def plan(factory: PageFactory, file: ContentFile) -> Iterator[Page]:
    site, language = factory.site, factory.language
    home: HomeFields = file.fields
    small = is_small(site)
    yield factory.make_page(
        PageHead("home", HOME, home.title, home.summary, structured=structure_site(factory), seo=home.seo),
        visits=visits_context(factory.menu_audiences),
        home={
            "title": home.title,
            "summary": home.summary,
            "body": file.body,
            "picture": picture_context(site, home.picture),
        },
        blocks=blocks_context(BlockPlace(factory, relative_root(HOME)), home.blocks),
        climbs=[
            {"audience": audience_context(audience), "steps": steps_context(audience, language) if small else []}
            for audience in site.audiences
        ],
        quiz=find_quiz_entry(site),
        stages=[stage_context(site, stage, language) for stage in site.stages],
        levels=site.stage_levels,
        curriculum=CURRICULUM if site.curriculum else None,
        offers=OFFERS if site.offers else None,
        many=not small,
        claims=small and any(shows_earnings(audience, language) for audience in site.audiences),
    )
