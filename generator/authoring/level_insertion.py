"""A new level among those there are: which files move, which numbers change, and what an editor has to check.

What follows from the numbers alone is done: the levels above move up, the quiz of the audience and, on a site of one
audience, the curriculum are renumbered, and the band that the new level falls into is split in two. What depends on
the meaning of the new level is reported, with its line.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.authoring.change_set import ChangeSet
from generator.authoring.scaffolding import start_level
from generator.content.model import Audience, Level, Site
from generator.diagnostics.diagnostic import Keys, warning_at
from generator.formats.yaml_edit import YamlEditor
from generator.i18n.language import Words
from generator.schema.level import Band


class NewLevel(NamedTuple):
    """The number, name and slug of a level to be inserted; `boundary` is where its band meets its neighbour's."""

    number: int
    name: str
    slug: str
    boundary: float | None = None


def insert_level(files: Mapping[str, str], site: Site, audience: Audience, new: NewLevel, words: Words) -> ChangeSet:
    """The changes that insert a level. `files` are those of the content folder, by path.

    Raises `ValueError` if the boundary does not lie within the band that is to be split. The quiz may
    need an answer that only an editor can give: then the site has an error in it until that is written.
    """
    above = [level for level in audience.levels if level.number >= new.number]
    changes = ChangeSet(
        {level_path(audience, level): level_path(audience, level, 1) for level in above[::-1]}, {}, {}, []
    )
    band = _split_band(files, audience, new, changes)
    path = f"{audience.slug}/{new.number}-{new.slug}.md"
    # The quiz counts the keys of the level below an answer: with those of the level that was there, it stays true.
    keys = audience.levels[new.number - 2].keys if above and new.number > 1 else ()
    changes.created[path] = start_level(new.name, audience.name, words, band=band, keys=keys)
    hint = f"Its keys to success are those of level {new.number - 1}: divide them." if keys else ""
    message = "this is a draft with starting text; delete 'draft' once it is written."
    changes.checks.append(warning_at("draft-to-write", path, ("draft",), message, hint))
    if audience.quiz:
        renumber_quiz(files, audience, new.number, changes)
    if site.curriculum and above:
        renumber_curriculum(files, site, new.number, changes)
    return changes


def level_path(audience: Audience, level: Level, shift: int = 0) -> str:
    return f"{audience.slug}/{level.number + shift}-{level.slug}.md"


def _split_band(
    files: Mapping[str, str], audience: Audience, new: NewLevel, changes: ChangeSet
) -> dict[str, Any] | None:
    """The band of the new level: the upper part of that of the level below or, without one, the lower part of the
    lowest.
    """
    below = new.number > 1
    neighbour = audience.levels[new.number - 2 if below else 0]
    band = neighbour.metric
    if band is None:
        return None
    middle = choose_boundary(band, new.boundary)
    old_path = level_path(audience, neighbour)
    path = changes.moved.get(old_path, old_path)
    editor = YamlEditor(files[old_path])
    if not below:
        editor.replace(("metric", "from"), middle)
    elif band.high is not None:
        editor.replace(("metric", "to"), middle)
    else:
        editor.add_field(("metric", "from"), "to", middle)
        if band.typical_to is not None:
            editor.remove_field(("metric", "typical_to"))
    changes.changed[path] = editor.apply()
    hint = "Correct it in both levels." if new.boundary is None else "Texts that name its figures may have to follow."
    what = f"the level {'ends' if below else 'begins'} at {middle} now."
    changes.checks.append(warning_at("band-split", path, ("metric", "to" if below else "from"), what, hint))
    if not below:
        return {"from": band.low, "to": middle}
    if band.high is not None:
        return {"from": middle, "to": band.high}
    typical = band.typical_to
    return {"from": middle} | ({"typical_to": typical} if typical is not None and typical > middle else {})


def choose_boundary(band: Band, wanted: float | None = None) -> float:
    """Where to split a band: at `wanted`, or at a round figure near its middle.

    Raises `ValueError` if `wanted` is not within the band.
    """
    high = band.high
    if wanted is not None:
        if wanted <= band.low or (high is not None and wanted >= high):
            end = f"and {high}" if high is not None else "and up"
            raise ValueError(f"{wanted} does not lie within the band that is split, {band.low} {end}")
        return wanted
    if high is None:
        high = band.typical_to if band.typical_to and band.typical_to > band.low else (band.low * 3 or 2)
    middle = (band.low + high) / 2
    for digits in (1, 2, 3, 6):
        rounded = float(f"{middle:.{digits - 1}e}")
        if band.low < rounded < high:
            return int(rounded) if rounded == int(rounded) else rounded
    return middle


def renumber_quiz(files: Mapping[str, str], audience: Audience, number: int, changes: ChangeSet) -> None:
    """Answers keep speaking for the level they spoke for; what asks for a value gets an answer for the new level."""
    path = f"{audience.slug}/quiz.yaml"
    editor = YamlEditor(files[path])
    for keys, level, has_key in _iterate_options(audience):
        if level >= number:
            editor.replace((*keys, "level"), level + 1)
        if level == number and has_key:
            message = f"'key' counts the keys to success of the new level {number} now."
            check = warning_at(
                "key-renumbered", path, (*keys, "reached_by"), message, "Check it once they are divided."
            )
            changes.checks.append(check)
    _add_band_options(editor, audience, number)
    changes.changed[path] = editor.apply()
    message = f"only answers with 'band: level' speak for the new level {number} so far."
    hint = "Give the other questions an answer for it."
    changes.checks.append(warning_at("level-without-answers", path, ("questions",), message, hint))


def _iterate_options(audience: Audience) -> Iterator[tuple[Keys, int, bool]]:
    """The place of each answer in the quiz, its level, and whether it names a key to success."""
    for index, question in enumerate(audience.quiz.questions if audience.quiz else ()):
        for position, option in enumerate(question.options):
            has_key = option.reached_by is not None and option.reached_by.key is not None
            yield ("questions", index, "options", position), option.level, has_key


def _add_band_options(editor: YamlEditor, audience: Audience, number: int) -> None:
    """Adds an answer for the band of the new level to each question that has one for the band of every level."""
    numbers = {level.number for level in audience.levels}
    last = number > max(numbers)
    for index, question in enumerate(audience.quiz.questions if audience.quiz else ()):
        levels = [option.level if option.band == "level" else 0 for option in question.options]
        if numbers == set(levels) - {0}:
            sibling = levels.index(number - 1 if last else number)
            option = {"band": "level", "level": number}
            editor.add_entry(("questions", index, "options", sibling), option, before=not last)


def renumber_curriculum(files: Mapping[str, str], site: Site, number: int, changes: ChangeSet) -> None:
    """Stages name levels by number for all audiences, so they can be renumbered only if there is one audience."""
    path = "curriculum.yaml"
    editor = YamlEditor(files[path])
    alone = len(site.audiences) == 1
    message = "this stage leads past the new level." if alone else "levels have moved; stages count for all audiences."
    for index, stage in enumerate(site.stages):
        ends = [("from", stage.from_level), ("to", stage.to_level)]
        moved = [(name, level) for name, level in ends if level is not None and level >= number]
        if alone:
            for name, level in moved:
                editor.replace(("stages", index, name), level + 1)
        spans = stage.from_level is not None and stage.from_level < number
        if moved and (spans or not alone):
            keys = ("stages", index, moved[0][0])
            changes.checks.append(warning_at("stage-to-check", path, keys, message, "Check 'from' and 'to'."))
    if editor.apply() != files[path]:
        changes.changed[path] = editor.apply()
