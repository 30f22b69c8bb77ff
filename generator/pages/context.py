"""The parts of contexts that several pages have: the tiers of a pyramid, an offer, a stage, modules.

Each function turns values of the model into what a template reads; every figure is formatted here.
"""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from generator.content import routes
from generator.content.model import Audience, AudienceSummary, Level, LevelSummary, Site
from generator.formats.document import Item
from generator.formats.markup import strip_marks
from generator.formats.slugs import resolve_link
from generator.i18n.language import Language, begin
from generator.pages.pictures import picture_context
from generator.schema.audience import Metric
from generator.schema.curriculum import Stage
from generator.schema.level import Band
from generator.schema.offers import OFFER_FACTS, Offer
from generator.schema.site import Contact, Leads

Context = dict[str, Any]


def items_context(items: Iterable[Item]) -> list[Context]:
    return [{"text": item.text, "items": items_context(item.items)} for item in items]


def themes_context(items: Sequence[Item]) -> list[Context]:
    """The points below each heading that groups them, with the number of its first one; none if no heading does."""
    groups: list[Context] = []
    for number, item in enumerate(items, 1):
        if item.theme or not groups:
            groups.append({"theme": item.theme or None, "first": number, "items": []})
        groups[-1]["items"] += items_context([item])
    return groups if any(group["theme"] for group in groups) else []


def format_band(level: Level | LevelSummary, metric: Metric | None, language: Language) -> str | None:
    """The band of a level, or its step, as a text that stands by itself; None if nothing is measured."""
    band = _say_band(level, metric, language)
    return band and begin(band)


def _say_band(level: Level | LevelSummary, metric: Metric | None, language: Language) -> str | None:
    if isinstance(level.metric, str):
        return strip_marks(level.metric)
    return language.band(level.metric, metric) if level.metric and metric else None


def _say_place(level: LevelSummary, metric: Metric | None, language: Language) -> str:
    """The name of a level, and its band beside it."""
    band = _say_band(level, metric, language)
    return language.say("beside", text=level.name, more=band) if band else level.name


def steps_context(audience: AudienceSummary, language: Language, current: int | None = None) -> list[Context]:
    """The tiers of an audience's pyramid, lowest level first."""
    return [
        {
            "number": level.number,
            "name": level.name,
            "path": routes.level_route(audience.slug, level.slug),
            "current": level.number == current,
            "band": format_band(level, audience.metric, language),
            "place": _say_place(level, audience.metric, language),
            "title": level.title,
            "focus": level.focus,
            "tagline": level.tagline,
            "state": level.state,
        }
        for level in audience.levels
    ]


def stage_context(site: Site, stage: Stage, language: Language, audience: Audience | None = None) -> Context:
    """A stage of the curriculum. Levels are named if an audience is given, or if all audiences agree; a level that
    nobody has is left out.
    """
    number = site.stages.index(stage) + 1
    return {
        "id": f"stage-{number}",
        "path": f"{routes.CURRICULUM}#stage-{number}",
        "number": number,
        "name": stage.name,
        "range": module_label(stage.modules, language),
        "modules": modules_context(site, stage.modules),
        "topics": list(stage.topics),
        "outcomes": list(stage.outcomes),
        "from": _level_name_context(site, stage.from_level, audience),
        "to": _level_name_context(site, stage.to_level, audience),
    }


def _level_name_context(site: Site, number: int | None, audience: Audience | None) -> Context | None:
    audiences = [audience] if audience else site.audiences
    names = {level.name for each in audiences for level in each.levels if level.number == number}
    return {"number": number, "name": names.pop() if len(names) == 1 else None} if names else None


def modules_context(site: Site, numbers: Iterable[int]) -> list[Context]:
    names = {module.number: module.name for module in site.modules}
    return [{"number": number, "name": names[number]} for number in numbers if number in names]


def module_label(numbers: Sequence[int], language: Language) -> str:
    """`Modules 3–5`, `Module 4`, `Modules 1, 3 and 5`."""
    if len(numbers) == 1:
        return language.say("module_number", number=numbers[0])
    if list(numbers) == list(range(numbers[0], numbers[-1] + 1)):
        return language.say("modules_range", low=numbers[0], high=numbers[-1])
    return language.say("modules_list", list=language.join([language.number(number) for number in numbers]))


def level_modules_context(site: Site, level: Level, language: Language) -> Context | None:
    """The modules of a level with their label; None if it has none."""
    every = tuple(module.number for module in site.modules)
    numbers = every if level.modules == "all" else tuple(number for number in level.modules if number in every)
    if not numbers:
        return None
    label = language.say("all_modules") if level.modules == "all" else module_label(numbers, language)
    return {"label": label, "list": modules_context(site, numbers), "note": level.modules_note}


def offer_context(site: Site, offer: Offer, root: str, language: Language) -> Context:
    price = language.price(offer)
    return {
        "id": offer.id,
        "name": offer.name,
        "line": language.say("beside", text=offer.name, more=price),
        "summary": offer.summary,
        "facts": [
            {"name": language.say(word), "text": text}
            for fact, word in OFFER_FACTS.items()
            if (text := getattr(offer, fact))
        ],
        "picture": picture_context(site, offer.picture),
        "price": begin(price),
        "was": language.money(offer.was, offer.currency or "") if offer.was else None,
        # What a button may show: a figure, or that it is free.
        "price_tag": None if offer.price == "on application" else begin(price),
        "action": _action_context(offer, site.settings.contact, root, language),
        "path": f"{routes.OFFERS}#{offer.id}",
    }


def _action_context(offer: Offer, contact: Contact | None, root: str, language: Language) -> Context:
    """Where a call to action leads: its own address, else the site's way of contact. Never an invented one."""
    url = offer.action.url or (contact.url if contact else None)
    email = contact.email if contact and not url else None
    href = resolve_link(url, root) if url else _write_mail(email, offer, language) if email else None
    note = language.say("mail_note") if email else None
    return {"text": offer.action.text, "href": href, "note": note, "missing": not offer.action.url}


def _write_mail(email: str, offer: Offer, language: Language) -> str:
    """A `mailto:` address with a subject and a few lines to begin with. RFC 6068 asks for `%0D%0A` between lines."""
    name = " ".join(strip_marks(offer.name).split())
    lines = language.say("mail_body", offer=name).strip().splitlines()
    fields = {"subject": name, "body": "\r\n".join([*lines, "", ""])}
    return f"mailto:{email}?{urlencode(fields, quote_via=quote)}"


def leads_context(leads: Leads | None, audience: str | None = None, level: int | None = None) -> Context | None:
    """The form for an e-mail address, and where it stands; None if the site has none."""
    if leads is None:
        return None
    netlify = leads.action == "netlify"
    return {
        "action": None if netlify else leads.action,
        "netlify": netlify,
        "consent": leads.consent,
        "audience": audience,
        "level": level,
    }


def audience_links(audience: AudienceSummary) -> Context:
    return {
        "quiz": routes.quiz_route(audience.slug) if audience.has("quiz") else None,
        "compare": routes.comparison_route(audience.slug),
    }


def audience_context(audience: AudienceSummary) -> Context:
    return {
        "name": audience.name,
        "title": audience.title,
        "summary": audience.summary,
        "path": routes.audience_route(audience.slug),
        "state": audience.state,
        **audience_links(audience),
    }


def visits_context(audiences: Iterable[AudienceSummary]) -> list[Context]:
    """What it takes to offer those who took the quiz of an audience before to go on at their level."""
    return [
        {
            "audience": audience.name,
            "quiz": routes.quiz_route(audience.slug),
            "levels": [
                {"number": level.number, "name": level.name, "path": routes.level_route(audience.slug, level.slug)}
                for level in audience.levels
            ],
        }
        for audience in audiences
        if audience.has("quiz")
    ]


def shows_earnings(audience: Audience | AudienceSummary, language: Language) -> bool:
    """Whether a page about this audience shows what people earn, and so has to say that this is no promise. Earnings
    are money of which a higher level has more.
    """
    metric = audience.metric
    if metric is None or metric.falls or not language.conventions.currency_of(metric.unit):
        return False
    return any(isinstance(level.metric, Band) for level in audience.levels)
