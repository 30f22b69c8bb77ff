"""All faults of a site that is well formed file by file: broken promises, dead links, lost HTML."""

from collections.abc import Collection, Iterator

from msgspec import structs

from generator.content.link_check import check_links, check_texts
from generator.content.listing import Listing
from generator.content.model import Audience, Site
from generator.content.routes import (
    CURRICULUM,
    HOME,
    OFFERS,
    Addresses,
    article_address,
    audience_address,
    comparison_address,
    level_address,
    quiz_address,
)
from generator.content.rules import check_audience, check_site, level_file
from generator.diagnostics.diagnostic import Diagnostic
from generator.formats.markup import Markup
from generator.i18n.conventions import Conventions


def find_site_faults(
    site: Site, conventions: Conventions, addresses: Collection[str], markup: Markup, complete: bool = True
) -> Iterator[Diagnostic]:
    """The faults of everything but the audiences. `complete`: no audience is missing for faults of its own."""
    yield from check_site(site, conventions, complete)
    yield from check_links(site, addresses)
    yield from check_texts(site.home, "home.md", addresses, markup)
    yield from check_texts(site.offers, "offers.yaml", addresses, markup)
    yield from check_texts(site.curriculum, "curriculum.yaml", addresses, markup)
    for article in site.articles:
        yield from check_texts(article, f"pages/{article.slug}.md", addresses, markup)


def find_audience_faults(
    site: Site, audience: Audience, addresses: Collection[str], markup: Markup
) -> Iterator[Diagnostic]:
    """The faults of one audience."""
    yield from check_audience(site, audience)
    if audience.quiz:
        from generator.content.quiz_rules import check_quiz  # most audiences of a large site have none

        yield from check_quiz(site, audience)
    head = structs.replace(audience, levels=(), quiz=None)
    yield from check_texts(head, f"{audience.slug}/audience.md", addresses, markup)
    yield from check_texts(audience.quiz, f"{audience.slug}/quiz.yaml", addresses, markup)
    for level in audience.levels:
        yield from check_texts(level, level_file(audience, level), addresses, markup)


def list_addresses(site: Site, listing: Listing, failed: Collection[str]) -> Addresses:
    """The addresses links may lead to: those of all pages, and of files that could not be loaded.

    `failed` names the audiences that could not.
    """
    found: set[str] = set()
    for slug in failed:
        found |= {audience_address(slug), comparison_address(slug), quiz_address(slug)}
        names = [path.rpartition("/")[2].removesuffix(".md").partition("-") for path in listing.audiences[slug]]
        found |= {level_address(slug, level) for _, hyphen, level in names if hyphen}
    for path in site.unread:
        top, _, name = path.removesuffix(".md").removesuffix(".yaml").rpartition("/")
        found.add(article_address(name) if top else {"offers": OFFERS, "curriculum": CURRICULUM}.get(name, HOME))
    return Addresses(site, found)
