"""The page of the curriculum."""

from collections.abc import Iterator
from itertools import groupby

from generator.content.model import ContentFile
from generator.content.routes import CURRICULUM, find_quiz_entry
from generator.i18n.language import Language
from generator.pages.context import Context, module_label, shows_earnings, stage_context
from generator.pages.layout_context import PageHead
from generator.pages.page import Page, PageFactory
from generator.pages.structured_data import structure_course
from generator.schema.curriculum import CurriculumFile


def plan(factory: PageFactory, file: ContentFile) -> Iterator[Page]:
    site, language = factory.site, factory.language
    curriculum: CurriculumFile = file.fields
    heading = curriculum.title or language.say("curriculum")
    summary = curriculum.summary or language.say(
        "description_of_curriculum",
        site=site.settings.name,
        stages=language.say("stages_count", count=len(curriculum.stages)),
        modules=language.say("modules_count", count=len(curriculum.modules)),
    )
    crumb = (language.say("curriculum"), CURRICULUM)
    yield factory.make_page(
        PageHead(
            "curriculum",
            CURRICULUM,
            title=heading,
            description=summary,
            crumbs=(crumb,),
            structured=structure_course(factory, file, summary),
            state=file.state,
            seo=curriculum.seo,
        ),
        curriculum={"title": heading, "summary": summary},
        stages=[stage_context(site, stage, language) for stage in curriculum.stages],
        levels=site.stage_levels,
        quiz=find_quiz_entry(site),
        claims=any(shows_earnings(audience, language) for audience in site.audiences),
        modules=_list_modules(curriculum, language),
    )


def _list_modules(curriculum: CurriculumFile, language: Language) -> list[Context]:
    """The modules with their stages. Those of a stage that follow each other without names are one entry."""
    stages = {number: stage.name for stage in curriculum.stages for number in stage.modules}
    alike = groupby(curriculum.modules, lambda module: (stages.get(module.number), module.name or None))
    groups = [([module.number for module in group], name, stage) for (stage, name), group in alike]
    return [
        {"numbers": numbers, "label": module_label(numbers, language), "name": name, "stage": stage}
        for numbers, name, stage in groups
    ]
