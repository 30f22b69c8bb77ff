"""Promises between files: each rule looks at the whole and yields a fault for every broken one.

`SITE_RULES` see the site without its levels; `AUDIENCE_RULES` see one audience of it. A fault names
the file and the field, and gets its line only when it is reported. `WHOLE_SITE_RULES` can be judged only
where every audience could be loaded.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from urllib.parse import urlsplit

from generator.content.model import Audience, Level, LevelOutline, Outline, Site, mark_summary, marks_of
from generator.content.routes import (
    ADMIN,
    ASSETS,
    COMPARISONS,
    NOT_FOUND,
    addresses_of,
    addresses_of_site,
    audience_address,
    pages_of,
)
from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at, suggest, warning_at
from generator.i18n.conventions import Conventions
from generator.schema.offers import PriceRange

PLACEHOLDER_DOMAINS = (".example", ".example.com", ".example.org", ".example.net", ".invalid", ".test")


def level_file(audience: Audience | Outline, level: Level | LevelOutline) -> str:
    return f"{audience.slug}/{level.number}-{level.slug}.md"


def addresses_are_unique(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    taken = {ASSETS: "the styles and scripts", COMPARISONS: "the comparisons", NOT_FOUND: "the 404 page"}
    taken |= {"quiz/": "the quizzes", "offers/": "the offers", "curriculum/": "the curriculum"}
    taken |= {ADMIN: "the browser editor"} if site.settings.admin else {}
    own = {"offers.yaml", "curriculum.yaml", "the quizzes", "the audiences"}
    more = [(address, path) for address, path in addresses_of_site(site) if path not in own]
    yield from _find_taken(site.outlines, tuple(more), tuple(taken.items()))


# Rules about all audiences keep their last answer, since few edits of a large site change what they look at.


@lru_cache(maxsize=1)
def _find_taken(
    outlines: tuple[Outline, ...], more: tuple[tuple[str, str], ...], reserved: tuple[tuple[str, str], ...]
) -> tuple[Diagnostic, ...]:
    """Addresses that are there twice. Each comes with whose it is."""
    taken = dict(reserved)
    faults: list[Diagnostic] = []
    heads = ((audience_address(outline.slug), f"{outline.slug}/audience.md") for outline in outlines)
    twins = (addresses_of(outline) for outline in outlines if len(dict(pages_of(outline))) < len(pages_of(outline)))
    # Below the address of an audience nobody else has a page, so each is looked at on its own.
    for pairs, known in ((chain(heads, more), taken), *((pairs, {}) for pairs in twins)):
        for address, path in pairs:
            if address in known:
                message = f"its address '/{address}' is that of {known[address]} already."
                faults.append(error_at("?", path, (), message, "Rename the file or folder."))
            known.setdefault(address, path)
    return tuple(faults)


def ids_are_unique(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    yield from _twice("offers.yaml", (), "id", "offer", [offer.id for offer in site.offers])
    numbers = [module.number for module in site.modules]
    yield from _twice("curriculum.yaml", ("modules",), "number", "module", numbers)
    yield from _twice("curriculum.yaml", ("stages",), "name", "stage", [stage.name for stage in site.stages])
    names: dict[str, str] = {}
    for outline in site.outlines:
        if outline.name in names:
            message = f"the name '{outline.name}' is that of {names[outline.name]}/ already."
            yield error_at("?", f"{outline.slug}/audience.md", ("name",), message, "Give each audience its own.")
        names.setdefault(outline.name, outline.slug)


def _twice(path: str, top: Keys, field: str, what: str, values: Sequence[str | int]) -> Iterator[Diagnostic]:
    for index, value in enumerate(values):
        if value in values[:index]:
            yield error_at(
                "?", path, (*top, index, field), f"the {what} '{value}' is here twice.", "Rename one of them."
            )


def summaries_are_unique(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    """Search engines show the summary of a page; two pages with the same one look like one page twice."""
    first = [("home.md", site.home.summary)]
    if site.curriculum and site.curriculum.summary:
        first.append(("curriculum.yaml", site.curriculum.summary))
    first += [(f"pages/{article.slug}.md", article.summary) for article in site.articles]
    yield from _find_same_summaries(tuple(first), site.outlines)


@lru_cache(maxsize=1)
def _find_same_summaries(first: tuple[tuple[str, str], ...], outlines: tuple[Outline, ...]) -> tuple[Diagnostic, ...]:
    """Summaries that are there twice. The `first` ones come with their files."""
    marks = [mark_summary(summary) for _, summary in first]
    marks += [mark for outline in outlines for mark in marks_of(outline)]
    if len(set(marks)) == len(marks):
        return ()
    seen: dict[bytes, str] = {}
    faults: list[Diagnostic] = []
    paths = [path for path, _ in first]
    for outline in outlines:
        paths += [f"{outline.slug}/audience.md", *(level_file(outline, level) for level in outline.levels)]
    for path, mark in zip(paths, marks, strict=True):
        if mark in seen:
            message = f"the summary is the same as in {seen[mark]}."
            faults.append(error_at("?", path, ("summary",), message, "Give each page its own."))
        seen.setdefault(mark, path)
    return tuple(faults)


def titles_are_unique(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    """The titles of free pages; those of other pages are made of names that differ."""
    seen = {site.curriculum.title: "curriculum.yaml"} if site.curriculum and site.curriculum.title else {}
    for article in site.articles:
        path = f"pages/{article.slug}.md"
        if article.title in seen:
            message = f"the title '{article.title}' is that of {seen[article.title]} already."
            yield error_at("?", path, ("title",), message, "Give each page its own.")
        seen.setdefault(article.title, path)


def prices_have_a_currency(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    for index, offer in enumerate(site.offers):
        if not isinstance(offer.price, str) and offer.currency is None:
            message = f"the price of '{offer.id}' has no currency."
            yield error_at("?", "offers.yaml", (index, "price"), message, "Add a code, such as currency: USD.")
        elif offer.currency and not conventions.is_currency(offer.currency):
            message = f"there is no currency '{offer.currency}'."
            yield error_at("?", "offers.yaml", (index, "currency"), message, "Write an ISO 4217 code, such as USD.")
        elif isinstance(offer.price, float) and offer.price != round(
            offer.price, conventions.precision_of(offer.currency or "")
        ):
            message = f"the price of '{offer.id}' is {offer.price}, which nobody can pay."
            yield error_at("?", "offers.yaml", (index, "price"), message, "Write thousands without a point: 1997.")
        if isinstance(offer.price, PriceRange) and offer.price.low >= offer.price.high:
            message = f"the price of '{offer.id}' runs from {offer.price.low} to {offer.price.high}."
            yield error_at("?", "offers.yaml", (index, "price"), message, "Give the lower one first.")


def stages_use_known_modules(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    known = {module.number for module in site.modules}
    for index, stage in enumerate(site.stages):
        for position, number in enumerate(stage.modules):
            if number not in known:
                keys = ("stages", index, "modules", position)
                yield error_at("?", "curriculum.yaml", keys, f"there is no module {number}.", _known_numbers(known))
    taught = {number for stage in site.stages for number in stage.modules}
    for index, module in enumerate(site.modules):
        if module.number not in taught:
            message = f"module {module.number} is in no stage."
            yield warning_at("?", "curriculum.yaml", ("modules", index), message, "Name it in one.")


def stages_lead_up(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    highest = max((len(outline.levels) for outline in site.outlines), default=0)
    for index, stage in enumerate(site.stages):
        for name, number in (("from", stage.from_level), ("to", stage.to_level)):
            if number is not None and site.outlines and number > highest:
                message = f"no audience has a level {number}."
                yield error_at("?", "curriculum.yaml", ("stages", index, name), message, f"The highest is {highest}.")
        if stage.from_level and stage.to_level and stage.from_level >= stage.to_level:
            message = f"the stage leads from level {stage.from_level} to {stage.to_level}."
            yield error_at("?", "curriculum.yaml", ("stages", index, "to"), message, "It has to lead up.")


def site_has_an_audience(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    if not site.outlines:
        yield error_at(
            "?", "site.yaml", (), "the site has no audience.", "Add a folder with an audience.md and two levels."
        )


def actions_lead_somewhere(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    """An offer without an address leads to the site's contact; without that it would lead nowhere."""
    if "site.yaml" in site.unread:
        return
    contact = site.settings.contact
    reachable = contact is not None and (contact.email or contact.url)
    if contact is not None and not reachable:
        yield error_at("?", "site.yaml", ("contact",), "'contact' leads nowhere.", "Give it an email or a url.")
    for index, offer in enumerate(site.offers):
        if offer.action.url:
            continue
        keys = (index, "action")
        if reachable:
            message = f"the offer '{offer.id}' has no address, so its button leads to the contact in site.yaml."
            yield warning_at("?", "offers.yaml", keys, message, "Add url: to its action.")
        else:
            message = f"the offer '{offer.id}' has no address, and the site has no contact."
            yield error_at("?", "offers.yaml", keys, message, "Add url: to its action, or contact: to site.yaml.")


def addresses_are_real(site: Site, conventions: Conventions) -> Iterator[Diagnostic]:
    """Names reserved for examples (RFC 2606) never reach anybody."""
    settings = site.settings
    contact = settings.contact
    found = [(("address",), settings.address), (("contact", "email"), contact and contact.email)]
    for keys, value in found:
        host = urlsplit(value).hostname if value and "://" in value else (value or "").rpartition("@")[2]
        if f".{host}".endswith(PLACEHOLDER_DOMAINS):
            message = f"'{value}' is a placeholder that reaches nobody."
            yield warning_at("?", "site.yaml", keys, message, "Replace it before you publish.")


def offers_are_known(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    if "offers.yaml" in site.unread:
        return
    known = {offer.id for offer in site.offers}
    for level in audience.levels:
        for index, name in enumerate(level.offers):
            keys = ("offers", index)
            if name not in known:
                hint = suggest(name, known) or "There is no offers.yaml."
                yield error_at("?", level_file(audience, level), keys, f"there is no offer '{name}'.", hint)
            elif name in level.offers[:index]:
                yield error_at(
                    "?", level_file(audience, level), keys, f"the offer '{name}' is here twice.", "Keep one."
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
                yield error_at("?", level_file(audience, level), keys, message, _known_numbers(known))
            elif number in numbers[:index]:
                yield error_at("?", level_file(audience, level), keys, f"module {number} is here twice.", "Keep one.")


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
        yield error_at("?", f"{audience.slug}/audience.md", (), message, "Add metric: {name: ..., unit: ...}.")
    for level in audience.levels:
        path, band, last = level_file(audience, level), level.metric, level is audience.levels[-1]
        if band is None:
            yield error_at(
                "?", path, (), f"level {level.number} has no 'metric', as others do.", "Add metric: {from: ...}."
            )
        elif band.high is None and not last:
            yield error_at("?", path, ("metric",), "the band has no end.", "Add 'to'; only the last level has none.")
        elif band.high is not None and last:
            yield error_at("?", path, ("metric", "to"), "the last level's band has an end.", "Delete 'to'.")
        elif band.high is not None and band.high <= band.low:
            message = f"the band begins at {band.low} and ends at {band.high}."
            yield error_at("?", path, ("metric", "to"), message, "It has to end above where it begins.")
        if band and band.typical_to is not None and (not last or band.typical_to <= band.low):
            message = "'typical_to' is for the last level, and above its 'from'."
            yield error_at("?", path, ("metric", "typical_to"), message, "Delete or correct it.")
    for below, above in pairwise(audience.levels):
        if below.metric and above.metric and below.metric.high not in (None, above.metric.low):
            what = "overlaps" if (below.metric.high or 0) > above.metric.low else "leaves a gap to"
            message = f"the band from {above.metric.low} {what} that of level {below.number}, to {below.metric.high}."
            hint = f"Each level begins where the one below ends: from: {below.metric.high}."
            yield error_at("?", level_file(audience, above), ("metric", "from"), message, hint)


def names_are_unique(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for level in audience.levels:
        if level.name in seen:
            message = f"another level is named '{level.name}' too."
            yield error_at("?", level_file(audience, level), ("name",), message, "Give each level its own name.")
        seen.add(level.name)


WHOLE_SITE_RULES = (site_has_an_audience, stages_lead_up)
SITE_RULES = (
    addresses_are_unique,
    ids_are_unique,
    summaries_are_unique,
    titles_are_unique,
    prices_have_a_currency,
    stages_use_known_modules,
    actions_lead_somewhere,
    addresses_are_real,
)
AUDIENCE_RULES = (offers_are_known, modules_are_known, bands_meet, names_are_unique)


def check_site(site: Site, conventions: Conventions, complete: bool = True) -> list[Diagnostic]:
    """The faults of the site without its levels. `complete`: all its audiences could be loaded."""
    rules = SITE_RULES + (WHOLE_SITE_RULES if complete else ())
    return [fault for rule in rules for fault in rule(site, conventions)]


def check_audience(site: Site, audience: Audience) -> list[Diagnostic]:
    """The faults of one audience."""
    return [fault for rule in AUDIENCE_RULES for fault in rule(site, audience)]
