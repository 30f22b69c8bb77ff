"""The rules of quizzes: what their analysis finds wrong, and prerequisites of answers that do not exist."""

from collections.abc import Iterator, Sequence

from generator.content.model import Audience, Level, Site
from generator.content.rules import check_module
from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at
from generator.quiz.analysis import Analysis, analyse
from generator.quiz.validation import QUIZ_FILE, name_option
from generator.schema.quiz import Quiz


def check_quiz(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    """Everything that is wrong with an audience's quiz. Draft questions are not looked at."""
    if audience.quiz:
        prerequisites = _check_prerequisites(site, audience, audience.quiz)
        for found in (*analyse_quiz(audience.quiz, audience.levels).findings, *prerequisites):
            yield found._replace(path=f"{audience.slug}/{found.path}")


def analyse_quiz(quiz: Quiz, levels: Sequence[Level]) -> Analysis:
    """What is proved about the quiz of an audience with these levels."""
    return analyse(quiz, [level.metric for level in levels])


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
