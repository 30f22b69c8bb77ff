"""A working quiz out of a strategy document.

First the bands of the metric, then which of the levels' own words sound most like oneself. A question is
taken in only if the quiz is still sound with it. The document's own questions cannot be answered from
it, so they are kept as drafts; where one of them asks for the metric, its words ask the first question.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from generator.formats.figures import find_figures
from generator.formats.slugs import make_slug
from generator.quiz.analysis import certify
from generator.quiz.bands import check_bands
from generator.schema.files import Band, Metric, Quiz
from generator.strategy.documents.ranges import Scale, is_sign
from generator.strategy.documents.strategy import Group, Rank, Said

Data = dict[str, Any]
Write = Callable[[str], str]

SHARE = re.compile(r"percent|%|\bshare\b|\bportion\b|\bfraction\b|\bhow much of\b|\bcosts?\b", re.IGNORECASE)
YES_OR_NO = re.compile(r"(?:do|does|did|is|are|was|were|can|could|have|has|had|will|would|should)\b", re.IGNORECASE)
COMMON = {"annual", "monthly", "weekly", "daily", "yearly", "current", "a", "per", "the", "of", "year", "month", "your"}
ASKING = (
    "Which of these sounds most like you?",
    "And which of these do you know best?",
    "Which of these could you have said?",
    "Which of these is closest to your days?",
)
MOST = 5


def asks_metric(question: str, metric: Metric) -> bool:
    """Whether a question asks for the value of a metric, and not for a share of it."""
    if SHARE.search(question) or YES_OR_NO.match(question):
        return False
    words = _words(question)
    names = [word for word in re.findall(r"[^\W\d_]+", metric.name.casefold()) if word not in COMMON]
    short = metric.short.casefold() if metric.short else None
    return (short is not None and short in words) or (bool(names) and _is_told(names[-1], question, words)) or (
        metric.unit is not None and metric.unit.casefold() in question.casefold() and metric.unit.isalpha()
    )  # fmt: skip


def find_metric_question(group: Group, metric: Metric) -> Said | None:
    """The document's own question for the metric."""
    return next((said for said in group.questions if asks_metric(said.text, metric)), None)


def _is_told(name: str, question: str, words: set[str]) -> bool:
    """Whether a word is in a question; in scripts without spaces, wherever its signs stand together."""
    return _stem(name) in map(_stem, words) or (not name.isascii() and name in question.casefold())


def _words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", text.casefold()))


def _stem(word: str) -> str:
    return word.rstrip("s")


def questions_of(quiz: Quiz | None) -> list[str]:
    """The questions of a quiz that may be a document's: all but those that an import thinks up."""
    return [question.text for question in quiz.questions if question.text not in ASKING] if quiz else []


def make_quiz(group: Group, scale: Scale, write: Write) -> tuple[Data | None, list[str]]:
    """The data of `quiz.yaml`, and the ids of the questions that are drafts. None where nothing can be asked."""
    asked: list[Data] = []
    for question in _propose(group, scale, write):
        trial = [*asked, question]
        if len(asked) < MOST and is_sound(trial, scale.bands, len(group.ranks)):
            asked = trial
    if not asked:
        return None, []
    asked = _weigh(asked, scale, len(group.ranks))
    drafts = [*_keep(group, scale, write, {question["id"] for question in asked})]
    title = "Which level are you at?"
    intro = "A few questions, and you know your level. Your answers stay in your browser."
    return {"title": title, "intro": intro, "questions": [*asked, *drafts]}, [draft["id"] for draft in drafts]


def is_sound(questions: Sequence[Data], bands: Sequence[Band | None], count: int) -> bool:
    """Whether a quiz of these questions keeps every promise."""
    quiz = msgspec.convert({"title": "Quiz", "questions": list(questions)}, Quiz)
    return not certify(quiz, count).defects and not check_bands(quiz, bands)


def _weigh(asked: list[Data], scale: Scale, count: int) -> list[Data]:
    """The metric draws the levels, so it counts twice where that makes a difference."""
    if not asked[0]["id"].startswith("metric"):
        return asked
    first = asked[0]
    head = {name: first[name] for name in ("id", "text", "why")}
    heavy = [{**head, "weight": 2, "options": first["options"]}, *asked[1:]]
    return heavy if is_sound(heavy, scale.bands, count) else asked


def _propose(group: Group, scale: Scale, write: Write) -> Iterator[Data]:
    """Questions that may be asked, the best first."""
    if scale.metric and all(scale.bands):
        stated = find_metric_question(group, scale.metric)
        text = write(stated.text if stated else _ask(scale.metric))
        options = [{"band": "level", "level": rank.number, **_way(group, rank, text)} for rank in group.ranks]
        yield {"id": "metric", "text": text, "why": "It is what the levels are drawn by.", "options": options}
    guides = [_join(_without_metric(rank, scale)) for rank in group.ranks]
    columns = [guides] + [
        [rank.symptoms[index].text if index < len(rank.symptoms) else "" for rank in group.ranks]
        for index in range(max(len(rank.symptoms) for rank in group.ranks))
    ]
    texts = iter(ASKING)
    for number, column in enumerate(columns[: len(ASKING)], 1):
        options = [
            {"text": write(text), "level": rank.number, **_way(group, rank, text)}
            for rank, text in zip(group.ranks, column, strict=True)
            if text
        ]
        if len(options) == len(group.ranks):
            yield {"id": f"like-you-{number}" if number > 1 else "like-you", "text": next(texts), "options": options}


def _ask(metric: Metric) -> str:
    counted = metric.unit is not None and not is_sign(metric.unit)
    return f"How many {metric.name}?" if counted else f"What is your {metric.name}?"


def _without_metric(rank: Rank, scale: Scale) -> list[str]:
    """A level's guide without what only repeats its band."""
    money = {
        figure.unit for band in scale.bands if band and scale.metric for figure in find_figures(f"{scale.metric.unit}1")
    }
    return [
        sign.text
        for sign in rank.guide
        if not any(figure.unit in money and figure.is_money for figure in find_figures(sign.text))
    ]


def _join(signs: Sequence[str]) -> str:
    text = ", ".join(signs)
    return text[:1].upper() + text[1:]


def _way(group: Group, rank: Rank, text: str) -> Data:
    """The key of the level below that has most words in common with an answer, and the first module there."""
    below = next((other for other in group.ranks if other.number == rank.number - 1), None)
    if below is None or not below.keys:
        return {}
    words = {_stem(word) for word in _words(text) if len(word) > 3}
    scores = [len(words & {_stem(word) for word in _words(key.text)}) for key in below.keys]
    key = scores.index(max(scores)) if max(scores) else _find_course(below)
    way: Data = {"key": key + 1}
    if below.modules and below.modules.numbers != "all":
        way["module"] = below.modules.numbers[0]
    return {"reached_by": way}


def _find_course(rank: Rank) -> int:
    """The key that sends people to the modules, or else the first."""
    return next((index for index, key in enumerate(rank.keys) if re.search(r"\bmodule", key.text, re.IGNORECASE)), 0)


def _keep(group: Group, scale: Scale, write: Write, ids: set[str]) -> Iterator[Data]:
    """The document's own questions, with the levels for answers until somebody writes them."""
    used = set(ids)
    asked = find_metric_question(group, scale.metric) if scale.metric and "metric" in ids else None
    for said in group.questions:
        if said is asked:
            continue
        words = make_slug(said.text).split("-")
        slug = "-".join(words[-4:]) or "question"
        number = 1
        while slug in used:
            number += 1
            slug = f"{slug.rstrip('0123456789').rstrip('-')}-{number}"
        used.add(slug)
        options = [{"text": write(rank.name), "level": rank.number} for rank in group.ranks]
        yield {"id": slug, "text": write(said.text), "draft": True, "options": options}
