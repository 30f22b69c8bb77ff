"""The quiz of an audience with its script, and the page on which a visitor chooses between several quizzes."""

from collections.abc import Iterator, Sequence

from generator.content import routes
from generator.content.model import Audience, AudienceSummary, Level
from generator.formats.markup import strip_marks
from generator.i18n.language import Language, begin
from generator.pages.context import (
    Context,
    items_context,
    leads_context,
    modules_context,
    offer_context,
    shows_earnings,
    steps_context,
)
from generator.pages.layout_context import PageHead
from generator.pages.page import Page, PageFactory
from generator.quiz.bands import Measure, answer_span, level_spans
from generator.quiz.scoring import build_scoring_model
from generator.quiz.script import PROGRAM, name_script, write_script
from generator.schema.audience import Metric
from generator.schema.quiz import Option, Question


def plan(factory: PageFactory, audience: Audience, summary: AudienceSummary) -> Iterator[Page]:
    """The page of a quiz, with a result for each level, and its script if the layouts have the program of it."""
    quiz = audience.quiz
    assert quiz is not None
    route, say = routes.quiz_route(audience.slug), factory.language.say
    overview = routes.audience_route(audience.slug)
    scripts: tuple[str, ...] = ()
    program = factory.target.programs.get(PROGRAM)
    if program is not None:
        text = write_script(quiz, route, program, [level.number for level in audience.levels])
        scripts = (routes.asset_route(name_script(audience.slug), text.encode()),)
        yield Page(scripts[0], "files/quiz.js", {"text": text})
    questions = [question for question in quiz.questions if not question.draft]
    head = PageHead(
        "quiz",
        route,
        title=say("quiz_of_audience", audience=summary.name),
        description=say("description_of_quiz", audience=summary.name, count=len(questions)),
        crumbs=((summary.name, overview), (say("quiz"), route)),
        scripts=scripts,
        state=audience.state,
        seo=quiz.seo,
    )
    yield factory.make_page(
        head,
        audience={"name": summary.name, "path": overview},
        quiz={
            "title": quiz.title,
            "path": route,
            "intro": quiz.intro,
            "count": len(questions),
            "questions": [
                question_context(factory, audience, question, number) for number, question in enumerate(questions, 1)
            ],
        },
        steps=steps_context(summary, factory.language),
        results=results_context(factory, audience),
        links={"compare": routes.comparison_route(audience.slug), "overview": overview},
        claims=shows_earnings(summary, factory.language),
    )


def plan_quiz_choice(factory: PageFactory) -> Page:
    title = factory.language.say("quiz")
    description = factory.language.say("description_of_quiz_choice")
    return factory.make_page(
        PageHead("quiz_choice", routes.QUIZ_CHOICE, title, description, crumbs=((title, routes.QUIZ_CHOICE),)),
        choices=[
            {"name": audience.name, "title": audience.title, "path": routes.quiz_route(audience.slug)}
            for audience in factory.site.audiences
            if audience.has("quiz")
        ],
    )


def question_context(factory: PageFactory, audience: Audience, question: Question, number: int) -> Context:
    """A question, the `number`th of those that are asked."""
    names = {level.number: level.name for level in audience.levels}
    return {
        "number": number,
        "id": question.id,
        "text": question.text,
        "label": question.label,
        "why": question.why,
        "weight": question.weight,
        "gate": question.gate,
        "options": [
            {
                "number": position,
                "text": _say_answer(factory, audience, question, option),
                "level": option.level,
                "level_name": names.get(option.level),
                "way": prerequisite_context(factory, audience, option),
            }
            for position, option in enumerate(question.options, 1)
        ],
    }


def _say_answer(factory: PageFactory, audience: Audience, question: Question, option: Option) -> str:
    bands: list[Measure] = [None] * audience.levels[-1].number
    for level in audience.levels:
        bands[level.number - 1] = level.metric
    return format_answer(option, question.metric or audience.metric, bands, factory.language)


def format_answer(option: Option, metric: Metric | None, bands: Sequence[Measure], language: Language) -> str:
    """What an answer says: the values it stands for, then its text. `bands` are those of the levels."""
    span = answer_span(option, level_spans(bands, metric is not None and metric.falls))
    values = language.values(span.low, span.high, metric) if span and metric else None
    if option.band == "level" and isinstance(step := bands[option.level - 1], str):
        values = strip_marks(step)
    if values and option.text:
        return begin(language.say("answer_with_values", values=values, text=option.text))
    return begin(values) if values else option.text or ""


def prerequisite_context(factory: PageFactory, audience: Audience, option: Option) -> Context | None:
    """What brings a person to an answer: a key to success of the level below, and a module."""
    prerequisite = option.reached_by
    if prerequisite is None:
        return None
    context: Context = {"key": None, "module": None}
    if prerequisite.key:
        below = next(level for level in audience.levels if level.number == option.level - 1)
        path = routes.level_route(audience.slug, below.slug)
        text = below.keys[prerequisite.key - 1].text
        context["key"] = {"text": text, "path": f"{path}#key-{prerequisite.key}"}
    if prerequisite.module and factory.site.curriculum:
        module = modules_context(factory.site, [prerequisite.module])[0]
        context["module"] = {**module, "path": f"{routes.CURRICULUM}#module-{prerequisite.module}"}
    return context if any(context.values()) else None


def results_context(factory: PageFactory, audience: Audience) -> list[Context]:
    """What is said of each level, lowest first, and what is offered there."""
    root = routes.relative_root(routes.quiz_route(audience.slug))
    leads = factory.site.settings.leads
    return [
        {
            "number": level.number,
            "name": level.name,
            "path": routes.level_route(audience.slug, level.slug),
            "title": level.title,
            "tagline": level.tagline or level.summary,
            "success": items_context(level.success),
            "offers": [
                offer_context(factory.site, offer, root, factory.language) for offer in factory.offers_of(level)
            ],
            "marks": list(_list_marks(factory, audience, level)),
            "leads": leads_context(leads, audience.slug, level.number),
        }
        for level in audience.levels
    ]


def _list_marks(factory: PageFactory, audience: Audience, level: Level) -> Iterator[Context]:
    """The answers in which the next level is measured, which the way up leaves out: each with its question."""
    assert audience.quiz
    live = [other.number for other in audience.levels]
    above = live.index(level.number) + 2
    for position, question in enumerate(build_scoring_model(audience.quiz, live).questions):
        if question.is_metric and above in question.levels:
            entry = audience.quiz.questions[question.entry]
            option = entry.options[question.levels.index(above)]
            yield {
                "question": position,
                "label": entry.label or entry.text,
                "answer": _say_answer(factory, audience, entry, option),
            }
