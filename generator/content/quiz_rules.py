"""The faults of a quiz: promises that its certificate does not find kept, and ways up that lead nowhere."""

from collections.abc import Iterator

from generator.content.model import Audience, Site
from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at
from generator.quiz.analysis import Certificate, certify
from generator.quiz.bands import check_bands
from generator.quiz.validation import name_option
from generator.schema.files import Quiz, Way


def check_quiz(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    """Every fault of an audience's quiz, at the field to mend. Questions that are drafts are not looked at."""
    quiz = audience.quiz
    if quiz is None:
        return
    path = f"{audience.slug}/quiz.yaml"
    for defect in certify_quiz(audience).defects:
        yield error_at("?", path, defect.field, defect.message, defect.hint)
    for keys, message, hint in _lost_ways(site, audience, quiz):
        yield error_at("?", path, keys, message, hint)


def certify_quiz(audience: Audience) -> Certificate:
    """What is proved about an audience's quiz, its bands of values included."""
    assert audience.quiz is not None
    certificate = certify(audience.quiz, len(audience.levels))
    bands = check_bands(audience.quiz, [level.metric for level in audience.levels])
    return certificate._replace(defects=(*certificate.defects, *bands))


def _lost_ways(site: Site, audience: Audience, quiz: Quiz) -> Iterator[tuple[Keys, str, str]]:
    """Answers reached by a key to success, or a module, that does not exist."""
    for index, question in enumerate(quiz.questions):
        for number, option in enumerate(() if question.draft else question.options):
            field = ("questions", index, "options", number, "reached_by")
            name = name_option(question, number)
            if option.reached_by:
                yield from _check_way(site, audience, option.reached_by, option.level, field, name)


def _check_way(
    site: Site, audience: Audience, way: Way, level: int, field: Keys, name: str
) -> Iterator[tuple[Keys, str, str]]:
    modules = [module.number for module in site.modules]
    if way.module is not None and way.module not in modules and "curriculum.yaml" not in site.unread:
        known = f"Known: {', '.join(map(str, modules))}." if modules else "curriculum.yaml has none."
        yield (*field, "module"), f"there is no module {way.module}.", known
    if way.key is None or level > len(audience.levels):
        return
    if level == 1:
        message = f"{name} speaks for the lowest level, so no key leads to it."
        yield (*field, "key"), message, "Delete the key."
        return
    keys = len(audience.levels[level - 2].keys)
    if way.key > keys:
        message = f"{name} names key {way.key} of level {level - 1}, which has {keys}."
        hint = "Keys are counted from 1, in the level's list of keys to success."
        yield (*field, "key"), message, hint
