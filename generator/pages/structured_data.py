"""What search engines read of a site, in the terms of schema.org: only what the content says, and what they use.

There are no ratings, and nothing for results that Google has given up (the search box in 2024, course details in 2025).
"""

from typing import Any

from generator.content.model import ContentFile
from generator.content.routes import CURRICULUM
from generator.formats.markup import strip_marks
from generator.pages.brand import find_logo
from generator.pages.context import Context
from generator.pages.page import PageFactory
from generator.schema.curriculum import CurriculumFile
from generator.schema.offers import Offer, PriceRange


def structure_site(factory: PageFactory) -> tuple[Context, ...]:
    """The site, and the organisation behind it."""
    settings, base = factory.site.settings, factory.target.base_url
    if base is None:
        return ()
    organisation = _structure_organisation(factory)
    website: Context = {
        "@type": "WebSite",
        "@id": f"{base}#website",
        "name": strip_marks(settings.name),
        "url": base,
        "description": strip_marks(settings.tagline or ""),
        "inLanguage": factory.language.tag,
        "publisher": {"@id": organisation["@id"]} if organisation else None,
    }
    return tuple(map(_drop_empty, (website, organisation) if organisation else (website,)))


def structure_course(factory: PageFactory, file: ContentFile, summary: str) -> tuple[Context, ...]:
    """The course that a curriculum is of, with what it costs. What is free or without a price is no place on it."""
    site, base = factory.site, factory.target.base_url
    curriculum: CurriculumFile = file.fields
    if base is None:
        return ()
    offers = [_structure_offer(offer, base) for offer in site.live_offers if not isinstance(offer.price, str)]
    course: Context = {
        "@type": "Course",
        "@id": f"{base}{CURRICULUM}#course",
        "name": strip_marks(site.settings.name),
        "description": strip_marks(summary),
        "url": base + CURRICULUM,
        "inLanguage": factory.language.tag,
        "provider": _structure_organisation(factory)
        or {"@type": "Organization", "name": strip_marks(site.settings.name), "url": base},
        "syllabusSections": [{"@type": "Syllabus", "name": strip_marks(stage.name)} for stage in curriculum.stages],
        "offers": offers,
    }
    return (_drop_empty(course),)


def _structure_organisation(factory: PageFactory) -> Context | None:
    found, base = factory.site.settings.organisation, factory.target.base_url
    if found is None or base is None:
        return None
    brand = factory.site.settings.brand
    logo = find_logo(factory.site, brand.logo) if brand else None
    named = {"@type": "Organization", "@id": f"{base}#organization", "name": strip_marks(found.name)}
    address = base + logo.address if logo else None
    return _drop_empty({**named, "url": found.url or base, "email": found.email, "logo": address})


def _structure_offer(offer: Offer, base: str) -> Context:
    url = offer.action.url
    context: Context = {"@type": "Offer", "name": strip_marks(offer.name), "category": "Paid"}
    if url:
        context["url"] = base + url[1:] if url.startswith("/") else url
    price: Context = {"price": offer.price}
    if isinstance(offer.price, PriceRange):
        price = {"minPrice": offer.price.low, "maxPrice": offer.price.high}
    elif not offer.per:
        return {**context, **price, "priceCurrency": offer.currency}
    # A price for a month, say, is not that of the course.
    kind = {"@type": "UnitPriceSpecification" if offer.per else "PriceSpecification"}
    unit = strip_marks(offer.per) if offer.per else None
    specification = {**kind, **price, "priceCurrency": offer.currency, "unitText": unit}
    return {**context, "priceSpecification": _drop_empty(specification)}


def _drop_empty(context: dict[str, Any]) -> Context:
    return {name: value for name, value in context.items() if value not in (None, "", [])}
