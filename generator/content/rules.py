"""Promises between files: each rule looks at the whole and yields a diagnostic for every broken one.

`SITE_RULES` see the site without its levels; `AUDIENCE_RULES` see one audience of it. A diagnostic names
the file and the field, and gets its line only when it is reported. `WHOLE_SITE_RULES` can be judged only
if every audience could be loaded.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise

from generator.content.kinds import KINDS_BY_NAME
from generator.content.model import Audience, Site
from generator.content.routes import (
    audience_file,
    audience_route,
    audience_routes,
    level_file,
    reserved_routes,
    site_routes,
)
from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at, suggest, warning_at
from generator.i18n.conventions import Conventions
from generator.i18n.language import Language
from generator.schema.offers import PriceRange

PLACEHOLDER_DOMAINS = (".example", ".example.com", ".example.org", ".example.net", ".invalid", ".test")


def routes_are_unique(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    heads = ((audience_route(audience.slug), audience_file(audience)) for audience in site.audiences)
    yield from _find_taken(chain(heads, site_routes(site)), reserved_routes(site))
    # Below the route of an audience nobody else has a page, so each is looked at on its own.
    for audience in site.audiences:
        yield from _find_taken(audience_routes(audience), {})


def _find_taken(routes: Iterable[tuple[str, str]], owners: dict[str, str]) -> Iterator[Diagnostic]:
    """Routes that are there twice. Each comes with its file; `owners` has whose routes are."""
    for route, path in routes:
        owner = owners.setdefault(route, path)
        if owner != path:
            message = f"its address '/{route}' is that of {owner} already."
            yield error_at("address-taken", path, (), message, "Rename the file or folder.")


def names_and_ids_are_unique(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    yield from _find_repeated("offers.yaml", (), "id", "offer", [offer.id for offer in site.offers])
    numbers = [module.number for module in site.modules]
    yield from _find_repeated("curriculum.yaml", ("modules",), "number", "module", numbers)
    names = [stage.name for stage in site.stages]
    yield from _find_repeated("curriculum.yaml", ("stages",), "name", "stage", names)
    seen: dict[str, str] = {}
    for audience in site.audiences:
        if audience.name in seen:
            message = f"the name '{audience.name}' is that of {seen[audience.name]}/ already."
            yield error_at("name-taken", audience_file(audience), ("name",), message, "Give each audience its own.")
        seen.setdefault(audience.name, audience.slug)


def _find_repeated(path: str, top: Keys, field: str, what: str, values: Sequence[str | int]) -> Iterator[Diagnostic]:
    for index, value in enumerate(values):
        if value in values[:index]:
            message = f"the {what} '{value}' is here twice."
            yield error_at("repeated-id", path, (*top, index, field), message, "Rename one of them.")


def summaries_are_unique(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    """Search engines show the summary of a page; two pages with the same one look like one page twice."""
    seen: dict[str, str] = {}
    for path, _, summary in _list_pages(site):
        if summary and (first := seen.setdefault(summary, path)) != path:
            message = f"the summary is the same as in {first}."
            yield error_at("summary-taken", path, ("summary",), message, "Give each page its own.")


def titles_are_unique(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    """The titles that are those of pages as they stand; other pages' are made of names that differ."""
    seen: dict[str, str] = {}
    for path, title, _ in _list_pages(site):
        if title and (first := seen.setdefault(title, path)) != path:
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


def prices_have_a_currency(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    for index, offer in enumerate(site.offers):
        if not isinstance(offer.price, str) and offer.currency is None:
            message = f"the price of '{offer.id}' has no currency."
            yield error_at(
                "price-without-currency", "offers.yaml", (index, "price"), message, "Add a code, such as currency: USD."
            )
        elif offer.currency and not conventions.is_currency(offer.currency):
            message = f"there is no currency '{offer.currency}'."
            yield error_at(
                "unknown-currency", "offers.yaml", (index, "currency"), message, "Write an ISO 4217 code, such as USD."
            )
        elif (
            isinstance(offer.price, float)
            and round(offer.price, conventions.precision_of(offer.currency or "")) != offer.price
        ):
            message = f"the price of '{offer.id}' is {offer.price}, which nobody can pay."
            yield error_at(
                "price-too-precise", "offers.yaml", (index, "price"), message, "Write thousands without a point: 1997."
            )
        if isinstance(offer.price, PriceRange) and offer.price.low >= offer.price.high:
            message = f"the price of '{offer.id}' runs from {offer.price.low} to {offer.price.high}."
            yield error_at("range-upside-down", "offers.yaml", (index, "price"), message, "Give the lower one first.")


def language_is_known(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    try:
        Language(site.settings.language, site.words, conventions)
    except ValueError as error:
        yield error_at("unknown-language", "site.yaml", ("language",), f"{error}.", "Known: en, de, fr-CA, ar, ...")


def stages_use_known_modules(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    known = {module.number for module in site.modules}
    for index, stage in enumerate(site.stages):
        for position, number in enumerate(stage.modules):
            if number not in known:
                keys = ("stages", index, "modules", position)
                yield error_at(
                    "unknown-module", "curriculum.yaml", keys, f"there is no module {number}.", _known_numbers(known)
                )
    taught = {number for stage in site.stages for number in stage.modules}
    for index, module in enumerate(site.modules):
        if module.number not in taught:
            message = f"module {module.number} is in no stage."
            yield warning_at("module-in-no-stage", "curriculum.yaml", ("modules", index), message, "Name it in one.")


def stages_lead_up(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    highest = max((len(audience.levels) for audience in site.audiences), default=0)
    for index, stage in enumerate(site.stages):
        for name, number in (("from", stage.from_level), ("to", stage.to_level)):
            if number is not None and site.audiences and number > highest:
                message = f"no audience has a level {number}."
                yield error_at(
                    "unknown-level", "curriculum.yaml", ("stages", index, name), message, f"The highest is {highest}."
                )
        if stage.from_level and stage.to_level and stage.from_level >= stage.to_level:
            message = f"the stage leads from level {stage.from_level} to {stage.to_level}."
            yield error_at(
                "stage-not-upward", "curriculum.yaml", ("stages", index, "to"), message, "It has to lead up."
            )


def site_has_an_audience(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    if not site.audiences:
        yield error_at(
            "no-audience",
            "site.yaml",
            (),
            "the site has no audience.",
            "Add a folder with an audience.md and two levels.",
        )


def actions_lead_somewhere(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    """An offer without an address leads to the site's contact; without that it would lead nowhere."""
    if "site.yaml" in site.unread:
        return
    contact = site.settings.contact
    reachable = contact is not None and (contact.email or contact.url)
    if contact is not None and not reachable:
        yield error_at(
            "contact-leads-nowhere", "site.yaml", ("contact",), "'contact' leads nowhere.", "Give it an email or a url."
        )
    for index, offer in enumerate(site.offers):
        if offer.action.url:
            continue
        keys = (index, "action")
        if reachable:
            message = f"the offer '{offer.id}' has no address, so its button leads to the contact in site.yaml."
            yield warning_at("offer-without-url", "offers.yaml", keys, message, "Add url: to its action.")
        else:
            message = f"the offer '{offer.id}' has no address, and the site has no contact."
            yield error_at(
                "offer-without-url", "offers.yaml", keys, message, "Add url: to its action, or contact: to site.yaml."
            )


def addresses_are_real(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    """Names reserved for examples (RFC 2606) never reach anybody."""
    settings = site.settings
    contact = settings.contact
    found = [(("address",), settings.address), (("contact", "email"), contact and contact.email)]
    for keys, value in found:
        if value and f".{_find_host(value)}".endswith(PLACEHOLDER_DOMAINS):
            message = f"'{value}' is a placeholder that reaches nobody."
            yield warning_at("placeholder-address", "site.yaml", keys, message, "Replace it before you publish.")


def _find_host(address: str) -> str:
    """The host of a web address or an e-mail address. Unlike `urlsplit` this takes anything for an address."""
    authority = re.split(r"[/?#]", address.partition("://")[2] or address, maxsplit=1)[0]
    return authority.rpartition("@")[2].partition(":")[0].lower()


def offers_are_known(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    if "offers.yaml" in site.unread:
        return
    known = {offer.id for offer in site.offers}
    for level in audience.levels:
        for index, name in enumerate(level.offers):
            keys = ("offers", index)
            if name not in known:
                hint = suggest(name, known) or "There is no offers.yaml."
                yield error_at("unknown-offer", level_file(audience, level), keys, f"there is no offer '{name}'.", hint)
            elif name in level.offers[:index]:
                yield error_at(
                    "repeated-offer",
                    level_file(audience, level),
                    keys,
                    f"the offer '{name}' is here twice.",
                    "Keep one.",
                )


def modules_are_known(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    if "curriculum.yaml" in site.unread:
        return
    known = {module.number for module in site.modules}
    for level in audience.levels:
        numbers = () if level.modules == "all" else level.modules
        for index, number in enumerate(numbers):
            keys = ("modules", index)
            if number not in known:
                message = f"there is no module {number}."
                yield error_at("unknown-module", level_file(audience, level), keys, message, _known_numbers(known))
            elif number in numbers[:index]:
                yield error_at(
                    "repeated-module", level_file(audience, level), keys, f"module {number} is here twice.", "Keep one."
                )


def _known_numbers(known: Iterable[int]) -> str:
    numbers = sorted(known)
    return f"Known: {', '.join(map(str, numbers))}." if numbers else "There is no curriculum.yaml."


def bands_meet(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    """Each value of the metric belongs to exactly one level: bands neither overlap nor leave a gap."""
    measured = [level for level in audience.levels if level.metric]
    if not measured:
        return
    if audience.metric is None:
        message = "levels have a 'metric', but the audience does not say what is measured."
        yield error_at(
            "band-without-metric", audience_file(audience), (), message, "Add metric: {name: ..., unit: ...}."
        )
    for level in audience.levels:
        path, band, last = level_file(audience, level), level.metric, level is audience.levels[-1]
        if band is None:
            yield error_at(
                "band-missing",
                path,
                (),
                f"level {level.number} has no 'metric', as others do.",
                "Add metric: {from: ...}.",
            )
        elif band.high is None and not last:
            yield error_at(
                "band-without-end", path, ("metric",), "the band has no end.", "Add 'to'; only the last level has none."
            )
        elif band.high is not None and last:
            yield error_at("band-with-end", path, ("metric", "to"), "the last level's band has an end.", "Delete 'to'.")
        elif band.high is not None and band.high <= band.low:
            message = f"the band begins at {band.low} and ends at {band.high}."
            yield error_at("band-upside-down", path, ("metric", "to"), message, "It has to end above where it begins.")
        if band and band.typical_to is not None and (not last or band.typical_to <= band.low):
            message = "'typical_to' is for the last level, and above its 'from'."
            yield error_at("typical-misplaced", path, ("metric", "typical_to"), message, "Delete or correct it.")
    for below, above in pairwise(audience.levels):
        if below.metric and above.metric and below.metric.high not in (None, above.metric.low):
            what = "overlaps" if (below.metric.high or 0) > above.metric.low else "leaves a gap to"
            message = f"the band from {above.metric.low} {what} that of level {below.number}, to {below.metric.high}."
            hint = f"Each level begins where the one below ends: from: {below.metric.high}."
            yield error_at("bands-apart", level_file(audience, above), ("metric", "from"), message, hint)


def names_are_unique(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for level in audience.levels:
        if level.name in seen:
            message = f"another level is named '{level.name}' too."
            yield error_at(
                "level-name-taken", level_file(audience, level), ("name",), message, "Give each level its own name."
            )
        seen.add(level.name)


WHOLE_SITE_RULES = (site_has_an_audience, stages_lead_up)
SITE_RULES = (
    routes_are_unique,
    names_and_ids_are_unique,
    summaries_are_unique,
    titles_are_unique,
    prices_have_a_currency,
    language_is_known,
    stages_use_known_modules,
    actions_lead_somewhere,
    addresses_are_real,
)
AUDIENCE_RULES = (offers_are_known, modules_are_known, bands_meet, names_are_unique)


def check_site(site: Site, conventions: Conventions, complete: bool = True) -> list[Diagnostic]:
    """What is wrong with the site without its levels. `complete`: all its audiences could be loaded."""
    rules = SITE_RULES + (WHOLE_SITE_RULES if complete else ())
    return [diagnostic for rule in rules for diagnostic in rule(site, conventions)]


def check_audience(site: Site, audience: Audience) -> list[Diagnostic]:
    """What is wrong with one audience."""
    return [diagnostic for rule in AUDIENCE_RULES for diagnostic in rule(site, audience)]
