"""A new level among those there are: which files move, which numbers change, and what an editor has to check.

What follows from the numbers alone is done: the levels above move up, the quiz of the audience and, on a site of one
audience, the curriculum are renumbered, and the band that the new level falls into is split in two. What depends on
the meaning of the new level is reported, with its line.
"""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.authoring.change_set import ChangeSet
from generator.authoring.scaffolding import Starters, start_level
from generator.content.model import Audience, Level, Site
from generator.diagnostics.diagnostic import warning_at
from generator.formats.yaml_edit import YamlEditor
from generator.schema.level import Band
from generator.schema.quiz import Quiz


class NewLevel(NamedTuple):
    """The number, name and slug of a level to be inserted; `boundary` is where its band meets its neighbour's."""

    number: int
    name: str
    slug: str
    boundary: float | None = None


def insert_level(
    files: Mapping[str, str], site: Site, audience: Audience, new: NewLevel, starters: Starters
) -> ChangeSet:
    """The changes that insert a level. `files` are those of the content folder, by path.

    Raises `ValueError` if the boundary does not lie within the band that is to be split. The quiz may
    need an answer that only an editor can give: then the site has an error in it until that is written.
    """
    above = [level for level in audience.levels if level.number >= new.number]
    moved = {level_path(audience, level): level_path(audience, level, 1) for level in reversed(above)}
    changes = ChangeSet(moved, {}, {}, [])
    band = _split_band(files, audience, new, changes)
    path = f"{audience.slug}/{new.number}-{new.slug}.md"
    # The quiz counts the keys of the level below an answer: with those of the level that was there, it stays true.
    keys = audience.levels[new.number - 2].keys if above and new.number > 1 else ()
    changes.created[path] = start_level(new.name, audience.name, starters, band=band, keys=keys)
    hint = f"Its keys to success are those of level {new.number - 1}: divide them." if keys else ""
    message = "this is a draft with starting text; delete 'draft' once it is written."
    changes.checks.append(warning_at("draft-to-write", path, ("draft",), message, hint))
    if audience.quiz:
        renumber_quiz(files, audience, audience.quiz, new.number, changes)
    if site.curriculum and above:
        renumber_curriculum(files, site, new.number, changes)
    return changes


def level_path(audience: Audience, level: Level, shift: int = 0) -> str:
    return f"{audience.slug}/{level.number + shift}-{level.slug}.md"


def _split_band(
    files: Mapping[str, str], audience: Audience, new: NewLevel, changes: ChangeSet
) -> dict[str, Any] | None:
    """The band of the new level: the upper part of the band below, or the lower part of the lowest."""
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
        if band.low < wanted < (math.inf if high is None else high):
            return wanted
        end = "and up" if high is None else f"and {high}"
        raise ValueError(f"{wanted} does not lie within the band that is split, {band.low} {end}")
    if high is None:
        high = band.typical_to if band.typical_to and band.typical_to > band.low else (band.low * 3 or 2)
    middle = (band.low + high) / 2
    for digits in (1, 2, 3, 6):
        rounded = float(f"{middle:.{digits - 1}e}")
        if band.low < rounded < high:
            return int(rounded) if rounded == int(rounded) else rounded
    return middle


def renumber_quiz(files: Mapping[str, str], audience: Audience, quiz: Quiz, number: int, changes: ChangeSet) -> None:
    """Answers keep speaking for the level they spoke for; what asks for a value gets an answer for the new level."""
    path = f"{audience.slug}/quiz.yaml"
    editor = YamlEditor(files[path])
    numbers = {level.number for level in audience.levels}
    is_last = number > max(numbers)
    for index, question in enumerate(quiz.questions):
        options = ("questions", index, "options")
        for position, option in enumerate(question.options):
            if option.level >= number:
                editor.replace((*options, position, "level"), option.level + 1)
            if option.level == number and option.reached_by and option.reached_by.key is not None:
                message = f"'key' counts the keys to success of the new level {number} now."
                keys, hint = (*options, position, "reached_by"), "Check it once they are divided."
                changes.checks.append(warning_at("key-renumbered", path, keys, message, hint))
        levels = [option.level if option.band == "level" else 0 for option in question.options]
        if numbers == set(levels) - {0}:
            sibling = levels.index(number - 1 if is_last else number)
            editor.add_entry((*options, sibling), {"band": "level", "level": number}, before=not is_last)
    changes.changed[path] = editor.apply()
    message = f"only answers with 'band: level' speak for the new level {number} so far."
    hint = "Give the other questions an answer for it."
    changes.checks.append(warning_at("level-without-answers", path, ("questions",), message, hint))


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
