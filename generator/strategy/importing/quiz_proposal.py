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

from generator.content.new_slugs import make_unique
from generator.formats.figures import find_figures
from generator.formats.markdown_tree import SourceText
from generator.formats.ranges import find_sign, is_sign
from generator.formats.slugs import make_slug
from generator.i18n.editor_words import EditorWords, read_editor_words
from generator.i18n.metric_words import asks_for, list_stems
from generator.quiz.analysis import analyse
from generator.schema.audience import Metric
from generator.schema.level import Band
from generator.schema.quiz import Question, Quiz
from generator.strategy.documents.model import StrategyAudience, StrategyLevel
from generator.strategy.documents.ranges import Scale

Data = dict[str, Any]
Write = Callable[[str], str]

MOST_LIKENESS, MOST_QUESTIONS = 4, 5


def list_likeness_questions(words: EditorWords) -> list[str]:
    """The questions that an import words itself."""
    return [words.start(f"import_like_{number}") for number in range(1, MOST_LIKENESS + 1)]


def list_own_questions(quiz: Quiz | None, language: str) -> list[Question]:
    """The questions of a quiz but for those that an import words itself."""
    made = list_likeness_questions(read_editor_words(language))
    return [question for question in quiz.questions if question.text not in made] if quiz else []


def make_quiz(audience: StrategyAudience, scale: Scale, words: EditorWords, write: Write) -> tuple[Data | None, int]:
    """The data of `quiz.yaml`, and how many of its questions are drafts. None if nothing can be asked."""
    asked: list[Data] = []
    for question in _propose_questions(audience, scale, words, write):
        trial = [*asked, question]
        is_wanted = len(asked) < MOST_QUESTIONS or not question["id"].startswith("like-you")
        if is_wanted and _is_proved(trial, scale.bands):
            asked = trial
    if not asked:
        return None, 0
    if asked[0]["id"] == "metric":
        # The metric defines the levels, so it counts twice where that makes a difference.
        head = {name: asked[0][name] for name in ("id", "text", "why")}
        heavy = [{**head, "weight": 2, "options": asked[0]["options"]}, *asked[1:]]
        asked = heavy if _is_proved(heavy, scale.bands) else asked
    drafts = [*_make_drafts(audience, scale, write, asked)]
    texts = {"title": words.start("import_title"), "intro": words.start("import_quiz")}
    return {**texts, "questions": [*asked, *drafts]}, len(drafts)


def _is_proved(questions: Sequence[Data], bands: Sequence[Band | None]) -> bool:
    """Whether a quiz of these questions keeps every promise."""
    quiz = msgspec.convert({"title": "Quiz", "questions": list(questions)}, Quiz)
    return not analyse(quiz, bands).findings


def _propose_questions(audience: StrategyAudience, scale: Scale, words: EditorWords, write: Write) -> Iterator[Data]:
    """Questions that may be asked, the best first."""
    levels, stated = audience.levels, None
    if scale.metric and all(scale.bands):
        stated = _find_metric_question(audience, scale.metric)
        is_counted = scale.metric.unit is not None and not is_sign(scale.metric.unit)
        asked = words.start("import_count" if is_counted else "import_amount", metric=scale.metric.name)
        text = write(stated.text if stated else asked)
        options = [{"band": "level", "level": level.number, **_find_way(audience, level, text)} for level in levels]
        yield {"id": "metric", "text": text, "why": words.start("import_why"), "options": options}
    ids = ["metric", *(f"like-you-{number}" for number in range(2, MOST_LIKENESS + 1)), "like-you"]
    for question in audience.questions:
        if question.children and question is not stated:
            yield _make_question(audience, question, write, ids)
    symptoms = zip_longest(*([bullet.text for bullet in level.symptoms] for level in levels))
    columns = [[_join_signs(level, scale) for level in levels], *symptoms]
    texts = iter(list_likeness_questions(words))
    for number, column in enumerate(columns[:MOST_LIKENESS], 1):
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
    words = list_stems(answer, shortest=4)
    scores = [len(words & list_stems(key.text)) for key in below.keys]
    with_modules = (index for index, key in enumerate(below.keys) if re.search(r"\bmodule", key.text, re.IGNORECASE))
    key = scores.index(max(scores)) if max(scores) else next(with_modules, 0)
    module = {"module": below.module_numbers[0]} if below.module_numbers else {}
    return {"reached_by": {"key": key + 1, **module}}


def _make_drafts(audience: StrategyAudience, scale: Scale, write: Write, asked: Sequence[Data]) -> Iterator[Data]:
    """The document's own questions, with the levels for answers until an editor writes some."""
    ids, texts = [question["id"] for question in asked], [question["text"] for question in asked]
    stated = _find_metric_question(audience, scale.metric) if scale.metric and "metric" in ids else None
    for question in audience.questions:
        if question is not stated and write(question.text) not in texts:
            made = _make_question(audience, question, write, ids)
            yield {"id": made["id"], "text": made["text"], "draft": True, "options": made["options"]}


def _make_question(audience: StrategyAudience, question: SourceText, write: Write, taken: list[str]) -> Data:
    """A question of the document with its answers, or else the names of the levels."""
    id_ = make_unique("-".join(make_slug(question.text).split("-")[-4:]) or "question", taken)
    taken.append(id_)
    texts = [answer.text for answer in question.children] or [level.name for level in audience.levels]
    pairs = zip(texts, audience.levels, strict=False)
    options = [
        {"text": write(text), "level": level.number, **(_find_way(audience, level, text) if question.children else {})}
        for text, level in pairs
    ]
    return {"id": id_, "text": write(question.text), "options": options}
