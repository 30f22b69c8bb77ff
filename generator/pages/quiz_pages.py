"""The pages of a quiz: the questions, with a result for each level, and the script that brings them to life."""

from collections.abc import Iterator, Sequence

from generator.content.model import Audience, Outline
from generator.content.routes import (
    CURRICULUM,
    asset_address,
    audience_address,
    comparison_address,
    level_address,
    quiz_address,
)
from generator.i18n.language import Language
from generator.pages.context import Shape, shape_modules, shape_steps, shape_visits, shows_bands
from generator.pages.layout_context import Crumb
from generator.pages.page import Frame, Page
from generator.quiz.script import PROGRAM, name_script, write_script
from generator.quiz.validation import answer_span
from generator.schema.audience import Metric
from generator.schema.level import Band
from generator.schema.quiz import Option, Question


def plan_quiz(frame: Frame, audience: Audience, outline: Outline) -> Iterator[Page]:
    """The page of an audience's quiz, and its script where the layouts have the program of it."""
    quiz = audience.quiz
    assert quiz is not None
    visits = shape_visits([outline])
    scripts = frame.scripts_for(visits)
    program = frame.target.programs.get(PROGRAM)
    if program is not None:
        text = write_script(quiz, quiz_address(audience.slug), program)
        script = asset_address(name_script(audience.slug), text.encode())
        scripts.insert(0, script)
        yield Page(script, "files/quiz.js", {"text": text})
    address = quiz_address(audience.slug)
    questions = [question for question in quiz.questions if not question.draft]
    say = frame.language.say
    yield frame.page(
        "quiz",
        address,
        title=say("quiz_of_audience", audience=audience.name),
        description=say("description_of_quiz", audience=audience.name, count=len(questions)),
        crumbs=[Crumb(audience.name, audience_address(audience.slug)), Crumb(say("quiz"), address)],
        scripts=scripts,
        audience={"name": audience.name, "path": audience_address(audience.slug)},
        quiz={
            "title": quiz.title,
            "intro": quiz.intro,
            "count": len(questions),
            "questions": [
                shape_question(frame, audience, question, number) for number, question in enumerate(questions, 1)
            ],
        },
        steps=shape_steps(outline, frame.language),
        results=shape_results(audience),
        visits=visits,
        links={"compare": comparison_address(audience.slug), "overview": audience_address(audience.slug)},
        claims=shows_bands(outline),
    )


def shape_question(frame: Frame, audience: Audience, question: Question, number: int) -> Shape:
    """A question, the `number`th of those that are asked."""
    names = {level.number: level.name for level in audience.levels}
    bands = [level.metric for level in audience.levels]
    metric = question.metric or audience.metric
    return {
        "number": number,
        "id": question.id,
        "text": question.text,
        "why": question.why,
        "weight": question.weight,
        "gate": question.gate,
        "options": [
            {
                "number": position,
                "text": shape_answer(option, metric, bands, frame.language),
                "level": option.level,
                "level_name": names.get(option.level),
                "way": shape_prerequisite(frame, audience, option),
            }
            for position, option in enumerate(question.options, 1)
        ],
    }


def shape_answer(option: Option, metric: Metric | None, bands: Sequence[Band | None], language: Language) -> str:
    """What an answer says: the values it stands for, then its text. `bands` are those of the levels."""
    span = answer_span(option, bands)
    values = language.values(span.low, span.high, metric) if span and metric else None
    if values and option.text:
        return language.say("answer_with_values", values=values, text=option.text)
    return values or option.text or ""


def shape_prerequisite(frame: Frame, audience: Audience, option: Option) -> Shape | None:
    """What brings a person to an answer: a key to success of the level below, and a module."""
    prerequisite = option.reached_by
    if prerequisite is None:
        return None
    shape: Shape = {"key": None, "module": None}
    if prerequisite.key:
        below = audience.levels[option.level - 2]
        path = f"{level_address(audience.slug, below.slug)}#key-{prerequisite.key}" if below.live else None
        shape["key"] = {"text": below.keys[prerequisite.key - 1].text, "path": path}
    if prerequisite.module:
        module = shape_modules(frame.site, [prerequisite.module])[0]
        shape["module"] = {**module, "path": f"{CURRICULUM}#module-{prerequisite.module}"}
    return shape


def shape_results(audience: Audience) -> list[Shape]:
    """What is said of each level, lowest first."""
    return [
        {
            "number": level.number,
            "name": level.name,
            "path": level_address(audience.slug, level.slug) if level.live else None,
            "title": level.title,
            "focus": level.message.focus,
            "signs": list(level.signs),
        }
        for level in audience.levels
    ]
