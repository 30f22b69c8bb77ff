"""The rules of quizzes: what their analysis finds wrong, and prerequisites of answers that do not exist."""

from collections.abc import Iterator, Sequence

from generator.content.model import Audience, Level, Site
from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at
from generator.quiz.analysis import Analysis, analyse
from generator.quiz.validation import QUIZ_FILE, name_option
from generator.schema.quiz import Option, Quiz


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
            yield from _check_module(site, option, keys)
            yield from _check_key(audience, option, keys, name_option(question, number))


def _check_module(site: Site, option: Option, keys: Keys) -> Iterator[Diagnostic]:
    number = option.reached_by.module if option.reached_by else None
    modules = [module.number for module in site.modules]
    if number is not None and number not in modules and "curriculum.yaml" not in site.unread:
        known = f"Known: {', '.join(map(str, modules))}." if modules else "curriculum.yaml has none."
        yield error_at("unknown-module", QUIZ_FILE, (*keys, "module"), f"there is no module {number}.", known)


def _check_key(audience: Audience, option: Option, keys: Keys, name: str) -> Iterator[Diagnostic]:
    key, level = option.reached_by.key if option.reached_by else None, option.level
    if key is None or level > len(audience.levels):
        return
    count = len(audience.levels[level - 2].keys)
    if level == 1:
        message = f"{name} speaks for the lowest level, so no key leads to it."
        yield error_at("key-to-lowest-level", QUIZ_FILE, (*keys, "key"), message, "Delete the key.")
    elif key > count:
        message = f"{name} names key {key} of level {level - 1}, which has {count}."
        hint = "Keys are counted from 1, in the level's list of keys to success."
        yield error_at("unknown-key", QUIZ_FILE, (*keys, "key"), message, hint)
