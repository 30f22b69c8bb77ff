"""A working quiz out of a strategy document.

It asks for the metric first, then which of the levels' own words sound most like oneself. A question is added only if
the quiz still passes its proof. A document has questions but no answers to them, so these are kept as drafts; the one
that asks for the metric gives the first question its words.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

import msgspec

from generator.formats.figures import find_figures
from generator.formats.slugs import make_slug
from generator.quiz.analysis import analyse
from generator.schema.audience import Metric
from generator.schema.level import Band
from generator.schema.quiz import Quiz
from generator.strategy.documents.model import SourceText, StrategyAudience, StrategyLevel
from generator.strategy.documents.ranges import Scale, find_sign, is_sign, list_metric_words
from generator.strategy.importing.texts import make_unique

Data = dict[str, Any]
Write = Callable[[str], str]

# Questions for a share of something, or for yes or no.
OTHER_QUESTION = re.compile(
    r"percent|%|\bshare\b|\bportion\b|\bfraction\b|\bhow much of\b|\bcosts?\b"
    r"|^(?:do|does|did|is|are|was|were|can|could|have|has|had|will|would|should)\b",
    re.IGNORECASE,
)
LIKENESS_QUESTIONS = (
    "Which of these sounds most like you?",
    "And which of these do you know best?",
    "Which of these could you have said?",
    "Which of these is closest to your days?",
)
MOST_QUESTIONS = 5


def asks_for(question: str, metric: Metric) -> bool:
    """Whether a question asks for the value of a metric, and not for a share of it."""
    if OTHER_QUESTION.search(question):
        return False
    words = _list_stems(question)
    names = [name.casefold() for name in list_metric_words(metric)]
    # In scripts without spaces, a name is found anywhere.
    return any(name.rstrip("s") in words or (not name.isascii() and name in question.casefold()) for name in names)


def _list_stems(text: str, shortest: int = 1) -> set[str]:
    """The words of a text that are not too short, without the endings of plurals."""
    return {word.rstrip("s") for word in re.findall(rf"[^\W\d_]{{{shortest},}}", text.casefold())}


def list_own_questions(quiz: Quiz | None) -> list[str]:
    """The questions of a quiz but for those that an import words itself."""
    return [question.text for question in quiz.questions if question.text not in LIKENESS_QUESTIONS] if quiz else []


def make_quiz(audience: StrategyAudience, scale: Scale, write: Write) -> tuple[Data | None, int]:
    """The data of `quiz.yaml`, and how many of its questions are drafts. None if nothing can be asked."""
    asked: list[Data] = []
    for question in _propose_questions(audience, scale, write):
        trial = [*asked, question]
        if len(asked) < MOST_QUESTIONS and _is_proved(trial, scale.bands):
            asked = trial
    if not asked:
        return None, 0
    if asked[0]["id"] == "metric":
        # The metric defines the levels, so it counts twice where that makes a difference.
        head = {name: asked[0][name] for name in ("id", "text", "why")}
        heavy = [{**head, "weight": 2, "options": asked[0]["options"]}, *asked[1:]]
        asked = heavy if _is_proved(heavy, scale.bands) else asked
    drafts = [*_make_drafts(audience, scale, write, [question["id"] for question in asked])]
    title = "Which level are you at?"
    intro = "A few questions, and you know your level. Your answers stay in your browser."
    return {"title": title, "intro": intro, "questions": [*asked, *drafts]}, len(drafts)


def _is_proved(questions: Sequence[Data], bands: Sequence[Band | None]) -> bool:
    """Whether a quiz of these questions keeps every promise."""
    quiz = msgspec.convert({"title": "Quiz", "questions": list(questions)}, Quiz)
    return not analyse(quiz, bands).findings


def _propose_questions(audience: StrategyAudience, scale: Scale, write: Write) -> Iterator[Data]:
    """Questions that may be asked, the best first."""
    levels = audience.levels
    if scale.metric and all(scale.bands):
        stated = _find_metric_question(audience, scale.metric)
        is_counted = scale.metric.unit is not None and not is_sign(scale.metric.unit)
        question = f"How many {scale.metric.name}?" if is_counted else f"What is your {scale.metric.name}?"
        text = write(stated.text if stated else question)
        options = [{"band": "level", "level": level.number, **_find_way(audience, level, text)} for level in levels]
        yield {"id": "metric", "text": text, "why": "It is what the levels are drawn by.", "options": options}
    symptoms = zip_longest(*([bullet.text for bullet in level.symptoms] for level in levels))
    columns = [[_join_signs(level, scale) for level in levels], *symptoms]
    texts = iter(LIKENESS_QUESTIONS)
    for number, column in enumerate(columns[: len(LIKENESS_QUESTIONS)], 1):
        if all(column):
            options = [
                {"text": write(text), "level": level.number, **_find_way(audience, level, text)}
                for level, text in zip(levels, column, strict=True)
            ]
            yield {"id": f"like-you-{number}" if number > 1 else "like-you", "text": next(texts), "options": options}


def _find_metric_question(audience: StrategyAudience, metric: Metric) -> SourceText | None:
    return next((question for question in audience.questions if asks_for(question.text, metric)), None)


def _join_signs(level: StrategyLevel, scale: Scale) -> str:
    """The signs of a level without those that only repeat its band."""
    unit = find_sign(scale.metric.unit or "") if scale.metric and any(scale.bands) else ""
    signs = [(sign.text, find_figures(sign.text)) for sign in level.signs]
    text = ", ".join(text for text, figures in signs if not any(one.is_money and one.unit == unit for one in figures))
    return text[:1].upper() + text[1:]


def _find_way(audience: StrategyAudience, level: StrategyLevel, answer: str) -> Data:
    """How one gets to a level: by the key of the level below that has most words in common with the answer, or else
    the key that names modules; and by the first module there.
    """
    below = audience.level(level.number - 1)
    if below is None or not below.keys:
        return {}
    words = _list_stems(answer, shortest=4)
    scores = [len(words & _list_stems(key.text)) for key in below.keys]
    with_modules = (index for index, key in enumerate(below.keys) if re.search(r"\bmodule", key.text, re.IGNORECASE))
    key = scores.index(max(scores)) if max(scores) else next(with_modules, 0)
    module = {"module": below.module_numbers[0]} if below.module_numbers else {}
    return {"reached_by": {"key": key + 1, **module}}


def _make_drafts(audience: StrategyAudience, scale: Scale, write: Write, taken: list[str]) -> Iterator[Data]:
    """The document's own questions, with the levels for answers until an editor writes some."""
    asked = _find_metric_question(audience, scale.metric) if scale.metric and "metric" in taken else None
    for question in audience.questions:
        if question is not asked:
            id_ = make_unique("-".join(make_slug(question.text).split("-")[-4:]) or "question", taken)
            taken.append(id_)
            options = [{"text": write(level.name), "level": level.number} for level in audience.levels]
            yield {"id": id_, "text": write(question.text), "draft": True, "options": options}
