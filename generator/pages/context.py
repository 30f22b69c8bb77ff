"""The plain-data shapes that several pages show: a step of the climb, an offer, a stage, modules.

Each function turns values of the model into what a template reads; every figure is formatted here.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from generator.content.model import Audience, Level, LevelOutline, Outline, Site
from generator.content.routes import (
    CURRICULUM,
    OFFERS,
    audience_address,
    comparison_address,
    level_address,
    quiz_address,
)
from generator.formats.document import Item
from generator.i18n.language import Language
from generator.schema.audience import Metric
from generator.schema.curriculum import Stage
from generator.schema.offers import Action, Offer
from generator.schema.site import Contact

Shape = dict[str, Any]


def shape_item(item: Item) -> Shape:
    return {"text": item.text, "items": [shape_item(child) for child in item.items]}


def shape_items(items: Iterable[Item]) -> list[Shape]:
    return [shape_item(item) for item in items]


def shape_band(level: Level | LevelOutline, metric: Metric | None, language: Language) -> str | None:
    """The band of a level as text, None where the audience is not measured."""
    band = level.metric if isinstance(level, Level) else level.band
    return language.band(band, metric) if band and metric else None


def shape_step(audience: Outline, level: LevelOutline, language: Language, current: int | None = None) -> Shape:
    """A tier of the pyramid."""
    return {
        "number": level.number,
        "name": level.name,
        "path": level_address(audience.slug, level.slug) if level.live else None,
        "current": level.number == current,
        "band": shape_band(level, audience.metric, language),
        "title": level.title,
        "focus": level.focus,
        "tagline": level.tagline,
    }


def shape_steps(audience: Outline, language: Language, current: int | None = None) -> list[Shape]:
    """The whole climb of an audience, lowest level first."""
    return [shape_step(audience, level, language, current) for level in audience.levels]


def shape_stage(site: Site, stage: Stage, language: Language, audience: Audience | None = None) -> Shape:
    """A stage of the curriculum. Levels are named where an audience is given, or all audiences agree."""
    return {
        "id": f"stage-{site.stages.index(stage) + 1}",
        "path": f"{CURRICULUM}#stage-{site.stages.index(stage) + 1}",
        "number": site.stages.index(stage) + 1,
        "name": stage.name,
        "range": module_label(stage.modules, language),
        "modules": shape_modules(site, stage.modules),
        "topics": list(stage.topics),
        "outcomes": list(stage.outcomes),
        "from": _shape_step_name(site, stage.from_level, audience),
        "to": _shape_step_name(site, stage.to_level, audience),
    }


def _shape_step_name(site: Site, number: int | None, audience: Audience | None) -> Shape | None:
    if number is None:
        return None
    groups: list[Sequence[Level | LevelOutline]] = (
        [audience.levels] if audience else [outline.levels for outline in site.outlines]
    )
    names = {level.name for levels in groups for level in levels if level.number == number}
    return {"number": number, "name": names.pop() if len(names) == 1 else None}


def shape_modules(site: Site, numbers: Iterable[int]) -> list[Shape]:
    names = {module.number: module.name for module in site.modules}
    return [{"number": number, "name": names.get(number)} for number in numbers]


def modules_of(site: Site, level: Level) -> tuple[int, ...]:
    """The numbers of a level's modules."""
    return tuple(module.number for module in site.modules) if level.modules == "all" else level.modules


def module_label(numbers: Sequence[int], language: Language) -> str:
    """`Modules 3–5`, `Module 4`, `Modules 1, 3 and 5`."""
    if len(numbers) == 1:
        return language.say("module_number", number=numbers[0])
    if list(numbers) == list(range(numbers[0], numbers[-1] + 1)):
        return language.say("modules_range", low=numbers[0], high=numbers[-1])
    return language.say("modules_list", list=language.join([language.number(number) for number in numbers]))


def shape_level_modules(site: Site, level: Level, language: Language) -> Shape | None:
    """The modules of a level with their label; None where it has none."""
    numbers = modules_of(site, level)
    if not numbers:
        return None
    label = language.say("all_modules") if level.modules == "all" else module_label(numbers, language)
    return {"label": label, "list": shape_modules(site, numbers), "note": level.modules_note}


def stage_of(site: Site, number: int) -> Stage | None:
    """The stage that serves the step from a level to the next."""
    return next((stage for stage in site.stages if stage.from_level == number), None)


def shape_offer(site: Site, offer: Offer, root: str, language: Language) -> Shape:
    return {
        "id": offer.id,
        "name": offer.name,
        "summary": offer.summary,
        "price": language.price(offer),
        "free": offer.price == "free",
        "action": _shape_action(offer.action, site.settings.contact, root),
        "path": f"{OFFERS}#{offer.id}",
    }


def _shape_action(action: Action, contact: Contact | None, root: str) -> Shape:
    """Where a call to action leads: its own address, else the site's way of contact. Never an invented one."""
    if action.url:
        return {"text": action.text, "href": resolve_link(action.url, root), "missing": False}
    return {"text": action.text, "href": contact_link(contact, root), "missing": True}


def contact_link(contact: Contact | None, root: str) -> str | None:
    if contact is None:
        return None
    if contact.url:
        return resolve_link(contact.url, root)
    return f"mailto:{contact.email}" if contact.email else None


def resolve_link(target: str, root: str) -> str:
    """A link an editor wrote, from a page whose way to the top is `root`: `/founders/` becomes relative."""
    return root + target[1:] if target.startswith("/") and not target.startswith("//") else target


def shape_links(outline: Outline) -> Shape:
    return {
        "quiz": quiz_address(outline.slug) if outline.has_quiz else None,
        "compare": comparison_address(outline.slug),
    }


def shape_audience(outline: Outline) -> Shape:
    return {
        "name": outline.name,
        "title": outline.title,
        "summary": outline.summary,
        "path": audience_address(outline.slug),
        **shape_links(outline),
    }


def shape_visits(outlines: Iterable[Outline]) -> list[Shape]:
    """What it takes to offer those who took the quiz of an audience before to go on at their level."""
    return [
        {
            "audience": outline.name,
            "quiz": quiz_address(outline.slug),
            "levels": [
                {
                    "number": level.number,
                    "name": level.name,
                    "path": level_address(outline.slug, level.slug) if level.live else None,
                }
                for level in outline.levels
            ],
        }
        for outline in outlines
        if outline.has_quiz
    ]


def shows_bands(outline: Outline) -> bool:
    """Whether a page about this audience shows bands, and so has to say what they are not."""
    return outline.metric is not None and any(level.band for level in outline.levels)
