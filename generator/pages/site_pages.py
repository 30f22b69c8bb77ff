"""The pages that belong to no audience: home, offers, curriculum, free pages, 404."""

from generator.content.model import Article
from generator.content.routes import (
    CURRICULUM,
    HOME,
    NOT_FOUND,
    OFFERS,
    QUIZ,
    article_address,
    audience_address,
    is_small,
    quiz_address,
    quiz_entry,
    root_of,
)
from generator.pages.comparison_tables import compare_offers
from generator.pages.context import (
    Shape,
    shape_audience,
    shape_modules,
    shape_offer,
    shape_stage,
    shape_steps,
    shape_visits,
)
from generator.pages.layout_context import Crumb
from generator.pages.page import Frame, Page


def plan_home(frame: Frame) -> Page:
    site = frame.site
    small = is_small(site)
    visits = shape_visits(frame.menu_audiences)
    return frame.page(
        "home",
        HOME,
        title=f"{site.settings.name}: {site.home.title}",
        description=site.home.summary,
        data=structure_site(frame),
        scripts=frame.scripts_for(visits),
        visits=visits,
        home={"title": site.home.title, "summary": site.home.summary, "body": site.home.body},
        climbs=[
            {
                "audience": shape_audience(outline),
                "steps": shape_steps(outline, frame.language) if small else [],
            }
            for outline in site.outlines
        ],
        quiz=quiz_entry(site),
        stages=[shape_stage(site, stage, frame.language) for stage in site.stages],
        curriculum=CURRICULUM if site.curriculum else None,
        offers=OFFERS if site.offers else None,
        many=not small,
    )


def plan_offers(frame: Frame, users: dict[str, list[Shape]]) -> Page:
    site, root = frame.site, root_of(OFFERS)
    heading = frame.language.say("offers")
    intro = frame.language.say("description_of_offers", site=site.settings.name)
    shapes = [shape_offer(site, offer, root, frame.language) for offer in site.offers]
    return frame.page(
        "offers",
        OFFERS,
        title=heading,
        description=intro,
        crumbs=[Crumb(heading, OFFERS)],
        heading=heading,
        intro=intro,
        table=compare_offers(site, users, root, frame.language),
        offers=[{**shape, "audience_levels": users.get(shape["id"], [])} for shape in shapes],
    )


def plan_curriculum(frame: Frame) -> Page:
    site, language = frame.site, frame.language
    curriculum = site.curriculum
    assert curriculum is not None
    heading = curriculum.title or language.say("curriculum")
    summary = curriculum.summary or language.say(
        "description_of_curriculum",
        site=site.settings.name,
        stages=len(curriculum.stages),
        modules=len(curriculum.modules),
    )
    stage_names = {number: stage.name for stage in curriculum.stages for number in stage.modules}
    modules = shape_modules(site, [module.number for module in curriculum.modules])
    return frame.page(
        "curriculum",
        CURRICULUM,
        title=heading,
        description=summary,
        crumbs=[Crumb(language.say("curriculum"), CURRICULUM)],
        curriculum={"title": heading, "summary": summary},
        stages=[shape_stage(site, stage, language) for stage in curriculum.stages],
        modules=[{**module, "stage": stage_names.get(module["number"])} for module in modules],
    )


def plan_quiz_choice(frame: Frame) -> Page:
    title = frame.language.say("quiz")
    return frame.page(
        "quiz_choice",
        QUIZ,
        title=title,
        description=frame.language.say("description_of_quiz_choice"),
        crumbs=[Crumb(title, QUIZ)],
        choices=[
            {"name": outline.name, "title": outline.title, "path": quiz_address(outline.slug)}
            for outline in frame.site.outlines
            if outline.has_quiz
        ],
    )


def plan_article(frame: Frame, article: Article) -> Page:
    address = article_address(article.slug)
    return frame.page(
        "article",
        address,
        title=article.title,
        description=article.summary,
        crumbs=[Crumb(article.title, address)],
        article={"title": article.title, "summary": article.summary, "body": article.body},
    )


def plan_not_found(frame: Frame) -> Page:
    title = frame.language.say("not_found")
    places = [(frame.language.say("home"), HOME)]
    places += [(outline.name, audience_address(outline.slug)) for outline in frame.menu_audiences]
    return frame.page(
        "not_found",
        NOT_FOUND,
        title=title,
        description=frame.language.say("description_of_not_found"),
        root=frame.target.base_path,
        suggestions=[{"text": text, "path": path} for text, path in places],
    )


def structure_site(frame: Frame) -> list[Shape]:
    settings, base = frame.site.settings, frame.target.base_url
    if base is None:
        return []
    data: list[Shape] = [{"@type": "WebSite", "name": settings.name, "url": base}]
    if settings.organisation:
        organisation = settings.organisation
        found = {"name": organisation.name, "url": organisation.url or base, "email": organisation.email}
        data.append({"@type": "Organization"} | {key: value for key, value in found.items() if value})
    return data
