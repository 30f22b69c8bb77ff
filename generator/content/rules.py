"""Promises between files: each rule looks at the whole and yields a diagnostic for every broken one.

`SITE_RULES` see the site without its levels; `AUDIENCE_RULES` see one audience of it. A diagnostic names
the file and the field, and gets its line only when it is reported. `WHOLE_SITE_RULES` can be judged only
if every audience could be loaded.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from generator.content import routes
from generator.content.block_rules import audience_blocks_are_sound, check_offer_ids, site_blocks_are_sound
from generator.content.brand_rules import brand_is_sound
from generator.content.kinds import KINDS_BY_NAME
from generator.content.measure_rules import bands_meet, measures_fit, steps_differ
from generator.content.model import Audience, HiddenLevel, LevelSummary, Site
from generator.content.routes import audience_file, level_file
from generator.content.visible import summarise_audience
from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at, warning_at
from generator.i18n.conventions import Conventions
from generator.i18n.language import Language
from generator.schema.offers import Offer, PriceRange

OFFERS, CURRICULUM, SETTINGS = "offers.yaml", "curriculum.yaml", "site.yaml"


def routes_are_unique(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    heads = ((routes.audience_route(audience.slug), audience_file(audience)) for audience in site.audiences)
    yield from _find_taken(chain(heads, routes.site_routes(site)), routes.reserved_routes(site))


def folders_of_pages_are_free(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    """Below the route of an audience, or of what the program makes, there are no other pages."""
    owners = {routes.audience_route(audience.slug): audience_file(audience) for audience in site.audiences}
    owners = {**routes.RESERVED, **owners}
    told: set[str] = set()
    for file in site.files.values():
        top, slash, _ = file.parameters.get("slug", "").partition("/")
        owner = owners.get(f"{top}/") if slash else None
        if owner and top not in told:
            told.add(top)
            message = f"its folder has the address '/{top}/', which is that of {owner}."
            yield error_at("folder-taken", file.path, (), message, "Rename the folder.")


def routes_within_audience_are_unique(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    """Below the route of an audience nobody else has a page."""
    yield from _find_taken(routes.audience_pages(summarise_audience(audience)), {})


def _find_taken(pages: Iterable[tuple[str, str]], owners: dict[str, str]) -> Iterator[Diagnostic]:
    """Routes that are there twice. Each comes with its file; `owners` has whose routes are."""
    for route, path in pages:
        owner = owners.setdefault(route, path)
        if owner != path:
            message = f"its address '/{route}' is that of {owner} already."
            yield error_at("address-taken", path, (), message, "Rename the file or folder.")


def names_and_ids_are_unique(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    yield from _find_repeated(OFFERS, (), "id", "offer", [offer.id for offer in site.offers])
    yield from _find_repeated(CURRICULUM, ("modules",), "number", "module", [module.number for module in site.modules])
    yield from _find_repeated(CURRICULUM, ("stages",), "name", "stage", [stage.name for stage in site.stages])
    seen: dict[str, str] = {}
    for audience in site.audiences:
        if (first := seen.setdefault(audience.name, audience.slug)) != audience.slug:
            message = f"the name '{audience.name}' is that of {first}/ already."
            yield error_at("name-taken", audience_file(audience), ("name",), message, "Give each audience its own.")


def _find_repeated(path: str, top: Keys, field: str, what: str, values: Sequence[str | int]) -> Iterator[Diagnostic]:
    for index, value in enumerate(values):
        if value in values[:index]:
            message = f"the {what} '{value}' is here twice."
            yield error_at("repeated-id", path, (*top, index, field), message, "Rename one of them.")


def summaries_and_titles_are_unique(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    """Two pages with the same summary look like one page twice in search engines.

    Only titles that are those of pages as they stand are compared; others are made of names that differ.
    """
    summaries: dict[str, str] = {}
    titles: dict[str, str] = {}
    for path, title, summary in _list_pages(site):
        if summary and (first := summaries.setdefault(summary, path)) != path:
            message = f"the summary is the same as in {first}."
            yield error_at("summary-taken", path, ("summary",), message, "Give each page its own.")
        if title and (first := titles.setdefault(title, path)) != path:
            message = f"the title '{title}' is that of {first} already."
            yield error_at("title-taken", path, ("title",), message, "Give each page its own.")


def _list_pages(site: Site) -> Iterator[tuple[str, str | None, str | None]]:
    """Every page of a content file, with its title if that is its own, and its summary."""
    for file in site.files.values():
        if file.kind.has_route:
            yield file.path, file.title if file.kind.has_own_title else None, file.summary
    for audience in site.audiences:
        yield audience_file(audience), None, audience.summary
        yield from ((level_file(audience, level), None, level.summary) for level in audience.levels)
        for summary in audience.files:
            kind = KINDS_BY_NAME[summary.kind_name]
            title = summary.title if kind.has_own_title else None
            yield kind.file_path(audience=audience.slug), title, summary.summary


def prices_make_sense(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    for index, offer in enumerate(site.offers):
        amounts = _list_amounts(offer)
        currency = offer.currency or ""
        if amounts and not currency:
            message, hint = f"the price of '{offer.id}' has no currency.", "Add a code, such as currency: USD."
            yield error_at("price-without-currency", OFFERS, (index, "price"), message, hint)
        elif currency and not conventions.is_currency(currency):
            message, hint = f"there is no currency '{currency}'.", "Write an ISO 4217 code, such as USD."
            yield error_at("unknown-currency", OFFERS, (index, "currency"), message, hint)
        else:
            for keys, amount in amounts.items():
                if amount > 1 and round(amount, conventions.precision_of(currency)) != amount:
                    message = f"the price of '{offer.id}' is {amount}, which nobody can pay."
                    hint = "Write thousands without a point: 1997."
                    yield error_at("price-too-precise", OFFERS, (index, *keys), message, hint)
        yield from _check_price_parts(index, offer)


def _list_amounts(offer: Offer) -> dict[Keys, float]:
    """The amounts of money in the price of an offer, by their place."""
    match offer.price:
        case PriceRange(low=low, high=high):
            amounts: dict[Keys, float | None] = {("price", "from"): low, ("price", "to"): high}
        case str():
            amounts = {}
        case amount:
            amounts = {("price",): amount}
    return {keys: amount for keys, amount in (amounts | {("was",): offer.was}).items() if amount is not None}


def _check_price_parts(index: int, offer: Offer) -> Iterator[Diagnostic]:
    price = offer.price
    if isinstance(price, PriceRange) and price.high is not None and price.low >= price.high:
        message = f"the price of '{offer.id}' runs from {price.low} to {price.high}."
        hint = f"Write price: {price.low}." if price.low == price.high else "Give the lower one first."
        yield error_at("range-upside-down", OFFERS, (index, "price"), message, hint)
    if isinstance(price, str) and offer.per:
        message = f"the price of '{offer.id}' is '{price}', and '{price} per {offer.per}' says nothing."
        yield error_at("price-without-unit", OFFERS, (index, "per"), message, "Delete 'per', or give an amount.")
    low = price.low if isinstance(price, PriceRange) else 0 if price == "free" else price
    if offer.was is not None and (isinstance(low, str) or offer.was <= low):
        message = f"the price of '{offer.id}' before, {offer.was}, is not above that of today."
        yield error_at("former-price-not-higher", OFFERS, (index, "was"), message, "Correct or delete 'was'.")


def language_is_known(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    try:
        Language(site.settings.language, site.words, conventions)
    except ValueError as error:
        yield error_at("unknown-language", SETTINGS, ("language",), f"{error}.", "Known: en, de, fr-CA, ar, ...")


def stages_and_modules_belong_together(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    for index, stage in enumerate(site.stages):
        for position, number in enumerate(stage.modules):
            yield from check_module(site, CURRICULUM, ("stages", index, "modules", position), number)
    taught = {number for stage in site.stages for number in stage.modules}
    for index, module in enumerate(site.modules):
        if module.number not in taught:
            message = f"module {module.number} is in no stage."
            yield warning_at("module-in-no-stage", CURRICULUM, ("modules", index), message, "Name it in one.")


def check_module(site: Site, path: str, keys: Keys, number: int) -> list[Diagnostic]:
    """The error that there is no module of that number, unless no one can know."""
    known = sorted({module.number for module in site.modules})
    if number in known or CURRICULUM in site.unread or CURRICULUM in site.hidden:
        return []
    hint = f"Known: {', '.join(map(str, known))}." if known else "There is no curriculum.yaml."
    return [error_at("unknown-module", path, keys, f"there is no module {number}.", hint)]


def stages_lead_up(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    highest = site.hidden_level
    for audience in site.audiences:
        levels: list[LevelSummary | HiddenLevel] = [*audience.levels, *audience.hidden]
        highest = max(highest, *(level.number for level in levels))
    for index, stage in enumerate(site.stages):
        low, high = stage.from_level, stage.to_level
        for name, number in (("from", low), ("to", high)):
            if number is not None and 0 < highest < number:
                message, hint = f"no audience has a level {number}.", f"The highest is {highest}."
                yield error_at("unknown-level", CURRICULUM, ("stages", index, name), message, hint)
        if low and high and low >= high:
            message = f"the stage leads from level {low} to {high}."
            yield error_at("stage-not-upward", CURRICULUM, ("stages", index, "to"), message, "It has to lead up.")


def site_has_an_audience(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    if not site.audiences and site.hidden_level:
        message = "no audience is live: each is a draft, outside its dates, or has only such levels."
        yield warning_at("no-live-audience", SETTINGS, (), message, "Publish one; `status` says what holds each back.")
    elif not site.audiences:
        hint = "Add a folder with an audience.md and two levels."
        yield error_at("no-audience", SETTINGS, (), "the site has no audience.", hint)


def actions_lead_somewhere(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    """An offer without an address leads to the site's contact; without that it would lead nowhere."""
    if SETTINGS in site.unread:
        return
    contact = site.settings.contact
    reachable = contact is not None and (contact.email or contact.url)
    if contact is not None and not reachable:
        message = "'contact' leads nowhere."
        yield error_at("contact-leads-nowhere", SETTINGS, ("contact",), message, "Give it an email or a url.")
    for index, offer in enumerate(site.offers):
        if offer.action.url or offer.id in site.hidden:
            continue
        keys = (index, "action")
        if reachable:
            message = f"the offer '{offer.id}' has no address, so its button leads to the contact in site.yaml."
            yield warning_at("offer-without-url", OFFERS, keys, message, "Add url: to its action.")
        else:
            message = f"the offer '{offer.id}' has no address, and the site has no contact."
            hint = "Add url: to its action, or contact: to site.yaml."
            yield error_at("offer-without-url", OFFERS, keys, message, hint)


def menu_entries_lead_somewhere(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    for index, entry in enumerate(site.settings.navigation or ()):
        if bool(entry.to) == bool(entry.links):
            what = "both a link and a group" if entry.to else "neither a link nor a group"
            message = f"the entry '{entry.text}' is {what}."
            hint = "Give it 'to' for a link, or 'links' for a group."
            yield error_at("unclear-menu-entry", SETTINGS, ("navigation", index), message, hint)


def seo_is_where_it_belongs(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    named: set[str] = set()
    files = routes.map_own_files(site) if site.settings.seo else {}
    for index, seo in enumerate(site.settings.seo):
        keys, route = ("seo", index, "page"), seo.route
        if re.search(r"^[^/]|[?#]", seo.page):
            message, hint = f"'{seo.page}' is no page of this site.", "Write its address alone, such as '/offers/'."
            yield error_at("seo-of-no-page", SETTINGS, keys, message, hint)
        elif own := files.get(route):
            message = f"'{seo.page}' is a page with a file of its own."
            yield error_at("seo-elsewhere", SETTINGS, keys, message, f"Give the field 'seo' to {own}.")
        elif route in named:
            yield error_at("repeated-seo", SETTINGS, keys, f"'{seo.page}' is here twice.", "Keep one.")
        named.add(route)


def offers_are_known(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    for level in audience.levels:
        yield from check_offer_ids(site, level_file(audience, level), ("offers",), level.offers)


def modules_are_known(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    for level in audience.levels:
        path, numbers = level_file(audience, level), () if level.modules == "all" else level.modules
        for index, number in enumerate(numbers):
            yield from check_module(site, path, ("modules", index), number)
            if number in numbers[:index]:
                message = f"module {number} is here twice."
                yield error_at("repeated-module", path, ("modules", index), message, "Keep one.")


def level_names_are_unique(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    names = [level.name for level in audience.levels]
    for index, level in enumerate(audience.levels):
        if level.name in names[:index]:
            path, message = level_file(audience, level), f"another level is named '{level.name}' too."
            yield error_at("level-name-taken", path, ("name",), message, "Give each level its own name.")


WHOLE_SITE_RULES = (site_has_an_audience, stages_lead_up)
SITE_RULES = (
    routes_are_unique,
    folders_of_pages_are_free,
    names_and_ids_are_unique,
    summaries_and_titles_are_unique,
    prices_make_sense,
    language_is_known,
    stages_and_modules_belong_together,
    actions_lead_somewhere,
    site_blocks_are_sound,
    menu_entries_lead_somewhere,
    seo_is_where_it_belongs,
    brand_is_sound,
)
AUDIENCE_RULES = (
    routes_within_audience_are_unique,
    offers_are_known,
    modules_are_known,
    measures_fit,
    bands_meet,
    steps_differ,
    level_names_are_unique,
    audience_blocks_are_sound,
)
