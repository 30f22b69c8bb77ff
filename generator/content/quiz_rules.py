"""The rules of quizzes: what their analysis finds wrong, and prerequisites of answers that do not exist."""

from collections.abc import Iterator

from generator.content.model import Audience, Site
from generator.content.routes import level_file
from generator.content.rules import check_module
from generator.content.visible import order_bands
from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at, has_errors, warning_at
from generator.quiz.analysis import Analysis, analyse
from generator.quiz.scoring import nearest_level
from generator.quiz.validation import QUIZ_FILE, name_option
from generator.schema.quiz import Quiz


def check_quiz(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    """Everything that is wrong with an audience's quiz. Draft questions are not looked at."""
    if audience.quiz:
        findings = analyse_quiz(audience, audience.quiz).findings
        for found in (*findings, *_check_prerequisites(site, audience, audience.quiz)):
            yield found._replace(path=f"{audience.slug}/{found.path}")
        if not has_errors(findings):
            yield from _report_hidden_levels(audience, audience.quiz)


def analyse_quiz(audience: Audience, quiz: Quiz) -> Analysis:
    """What is proved about the quiz of an audience, for the levels that are live."""
    levels, metric = audience.levels, audience.metric
    live = [level.number for level in audience.live_levels]
    waiting = {level.number for level in levels if level.state != "live"}
    return analyse(quiz, order_bands(levels, metric), metric is not None and metric.falls, live, waiting)


def _report_hidden_levels(audience: Audience, quiz: Quiz) -> Iterator[Diagnostic]:
    """Where the answers for levels that are not live lead to."""
    asked = {option.level for question in quiz.questions if not question.draft for option in question.options}
    live = {level.number: level for level in audience.live_levels}
    for level in audience.levels:
        if not level.live and level.number in asked:
            other = live[nearest_level(level.number, [*live])]
            keys = ({"draft": "draft", "scheduled": "publish", "expired": "expire"}.get(level.state, "name"),)
            message = f"this level is not live: its answers in the quiz lead to level {other.number}, '{other.name}'."
            yield warning_at(
                "answers-of-hidden-level",
                level_file(audience, level),
                keys,
                message,
                "Once it is live, they lead to it.",
            )


def _check_prerequisites(site: Site, audience: Audience, quiz: Quiz) -> Iterator[Diagnostic]:
    """Answers reached by a key to success, or a module, that does not exist."""
    for index, question in enumerate(quiz.questions):
        for number, option in enumerate(() if question.draft else question.options):
            keys = ("questions", index, "options", number, "reached_by")
            needed = option.reached_by
            if needed and needed.module is not None:
                yield from check_module(site, QUIZ_FILE, (*keys, "module"), needed.module)
            if needed and needed.key is not None and option.level <= len(audience.levels):
                yield from _check_key(audience, needed.key, option.level, (*keys, "key"), name_option(question, number))


def _check_key(audience: Audience, key: int, level: int, keys: Keys, name: str) -> Iterator[Diagnostic]:
    if level == 1:
        message = f"{name} speaks for the lowest level, so no key leads to it."
        yield error_at("key-to-lowest-level", QUIZ_FILE, keys, message, "Delete the key.")
    elif key > (count := len(audience.levels[level - 2].keys)):
        message = f"{name} names key {key} of level {level - 1}, which has {count}."
        hint = "Keys are counted from 1, in the level's list of keys to success."
        yield error_at("unknown-key", QUIZ_FILE, keys, message, hint)
