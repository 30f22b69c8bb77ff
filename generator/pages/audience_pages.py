"""The pages of one audience: its overview and its landing pages."""

from generator.content.model import Audience, Level, Outline
from generator.content.routes import (
    CURRICULUM,
    across_address,
    audience_address,
    level_address,
    levels_across,
    root_of,
)
from generator.pages.context import (
    Shape,
    shape_audience,
    shape_band,
    shape_items,
    shape_level_modules,
    shape_links,
    shape_offer,
    shape_stage,
    shape_steps,
    shape_visits,
    shows_bands,
    stage_of,
)
from generator.pages.layout_context import Crumb
from generator.pages.page import Frame, Page


def plan_overview(frame: Frame, audience: Audience, outline: Outline) -> Page:
    address = audience_address(audience.slug)
    steps = shape_steps(outline, frame.language)
    for step, level in zip(steps, audience.levels, strict=True):
        step |= {"summary": level.summary, "signs": list(level.signs)}
    visits = shape_visits([outline])
    return frame.page(
        "audience",
        address,
        title=f"{audience.name}: {audience.title}",
        description=audience.summary,
        crumbs=[Crumb(audience.name, address)],
        scripts=frame.scripts_for(visits),
        visits=visits,
        audience={
            **shape_audience(outline),
            "body": audience.body,
            "metric": (outline.metric.name if outline.metric else None),
        },
        steps=steps,
        claims=shows_bands(outline),
        other_audiences=[
            {"name": other.name, "title": other.title, "path": audience_address(other.slug)}
            for other in frame.menu_audiences
            if other.slug != audience.slug
        ],
    )


def plan_level(frame: Frame, audience: Audience, outline: Outline, level: Level) -> Page:
    address = level_address(audience.slug, level.slug)
    root, site, language = root_of(address), frame.site, frame.language
    stage = stage_of(site, level.number)
    across = across_address(level.number) if level.number in levels_across(site) else None
    title = language.say("title_of_level", audience=audience.name, level=level.name, focus=level.message.focus)
    return frame.page(
        "level",
        address,
        title=title,
        description=level.summary,
        crumbs=[Crumb(audience.name, audience_address(audience.slug)), Crumb(level.name, address)],
        audience={
            "name": audience.name,
            "path": audience_address(audience.slug),
            "metric_name": (outline.metric.name if outline.metric else None),
        },
        level={
            "number": level.number,
            "total": len(audience.levels),
            "name": level.name,
            "tagline": level.tagline,
            "title": level.title,
            "summary": level.summary,
            "focus": level.message.focus,
            "pain": level.message.pain,
            "promise": level.message.promise,
            "band": shape_band(level, audience.metric, language),
            "band_note": level.metric.note if level.metric else None,
            "opening": level.opening,
            "symptoms": shape_items(level.symptoms),
            "keys": shape_items(level.keys),
            "success": shape_items(level.success),
            "signs": list(level.signs),
            "is_first": level.number == 1,
            "is_last": level.number == len(audience.levels),
        },
        next=shape_neighbour(outline, level.number + 1),
        previous=shape_neighbour(outline, level.number - 1),
        steps=shape_steps(outline, language, level.number),
        stage=shape_stage(site, stage, language, audience) if stage else None,
        modules=shape_level_modules(site, level, language),
        offers=[shape_offer(site, frame.offers[name], root, language) for name in level.offers],
        links={
            **shape_links(outline),
            "across": across,
            "overview": audience_address(audience.slug),
            "curriculum": CURRICULUM if site.curriculum else None,
        },
        elsewhere=shape_elsewhere(frame, outline, level.number),
        leads=shape_leads(frame, audience, level),
        claims=shows_bands(outline),
    )


def shape_neighbour(outline: Outline, number: int) -> Shape | None:
    level = next((level for level in outline.levels if level.number == number), None)
    if level is None:
        return None
    path = level_address(outline.slug, level.slug) if level.live else None
    return {"number": number, "name": level.name, "focus": level.focus, "path": path}


def shape_elsewhere(frame: Frame, own: Outline, number: int) -> list[Shape]:
    return [
        {"audience": outline.name, "name": level.name, "path": level_address(outline.slug, level.slug)}
        for outline in frame.menu_audiences
        for level in outline.levels
        if outline.slug != own.slug and level.number == number and level.live
    ]


def shape_leads(frame: Frame, audience: Audience, level: Level) -> Shape | None:
    leads = frame.site.settings.leads
    if leads is None:
        return None
    netlify = leads.action == "netlify"
    return {
        "action": None if netlify else leads.action,
        "netlify": netlify,
        "consent": leads.consent,
        "audience": audience.slug,
        "level": level.number,
    }
