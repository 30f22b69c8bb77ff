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
from generator.content.file_data import fields_of, read_file
from generator.content.model import Audience, Level, Site
from generator.content.visible import order_bands
from generator.diagnostics.diagnostic import warning_at
from generator.formats.facts import join_words
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
    below = next((level for level in audience.levels if level.number == new.number - 1), None)
    keys = below.keys if above and below else ()
    changes.created[path] = start_level(new.name, audience.name, starters, band=band, keys=keys)
    hint = f"Its keys to success are those of level {new.number - 1}: divide them." if keys else ""
    message = "this is a draft with starting text; delete 'draft' once it is written."
    changes.checks.append(warning_at("draft-to-write", path, ("draft",), message, hint))
    if audience.quiz:
        renumber_quiz(files, audience, audience.quiz, new.number, changes)
    if site.curriculum and above:
        renumber_curriculum(files, site, new.number, changes)
    unread = [f"{audience.slug}/quiz.yaml"] if not audience.quiz else []
    unread += [] if site.curriculum else ["curriculum.yaml"]
    for name in unread if above else ():
        if name in files:
            message, hint = "this could not be read, so its level numbers are the old ones.", "Raise those that moved."
            changes.checks.append(warning_at("levels-not-renumbered", name, (), message, hint))
    return changes


def level_path(audience: Audience, level: Level, shift: int = 0) -> str:
    return f"{audience.slug}/{level.number + shift}-{level.slug}.md"


def _split_band(files: Mapping[str, str], audience: Audience, new: NewLevel, changes: ChangeSet) -> Any:
    """What the new level is measured by: of the level below, the part of its band that lies nearer to the level above,
    and the other way round for a new lowest level. A step is named as the level.
    """
    below = new.number > 1
    measures = zip(audience.levels, order_bands(audience.levels, audience.metric), strict=True)
    wanted = new.number - 1 if below else 1
    neighbour, band = next(((level, own) for level, own in measures if level.number == wanted), (None, None))
    if neighbour is None or not isinstance(band, Band):
        return new.name if band else None
    upper = below != (audience.metric is not None and audience.metric.falls)
    outer = band.high if upper else band.low
    if outer is not None and new.number > max(level.number for level in audience.levels):
        return {"from" if upper else "to": outer}  # the last level, which is open, has an end by mistake
    middle = choose_boundary(band, new.boundary)
    lower_part, upper_part = {"from": band.low, "to": middle}, {"from": middle, "to": band.high}
    old_path = level_path(audience, neighbour)
    path = changes.moved.get(old_path, old_path)
    changes.changed[path] = _write_ends(files[old_path], old_path, lower_part if upper else upper_part)
    hint = "Correct it in both levels." if new.boundary is None else "Texts that name its figures may have to follow."
    what = f"the level {'ends' if below else 'begins'} at {middle} now."
    changes.checks.append(warning_at("band-split", path, ("metric", "to" if upper else "from"), what, hint))
    ends = upper_part if upper else lower_part
    if upper and band.high is None and band.typical_to and band.typical_to > middle:
        ends["typical_to"] = band.typical_to
    return {name: end for name, end in ends.items() if end is not None}


def _write_ends(text: str, path: str, ends: dict[str, float | None]) -> str:
    """The text of a level's file with other ends of its band."""
    old = fields_of(read_file(path, text))
    given = {name: end for name, end in ends.items() if end is not None}
    names = ("note",) if "to" in given else ("typical_to", "note")
    kept = {name: value for name, value in old["metric"].items() if name in names}
    editor = YamlEditor(text)
    editor.update(old, {**old, "metric": given | kept})
    return editor.apply()


def choose_boundary(band: Band, wanted: float | None = None) -> float:
    """Where to split a band: at `wanted`, or at a round figure near its middle.

    Raises `ValueError` if `wanted` is not within the band.
    """
    low, high = band.low or 0, band.high
    if wanted is not None:
        if low < wanted < (math.inf if high is None else high):
            return wanted
        end = "and up" if high is None else f"and {high}"
        raise ValueError(f"{wanted} does not lie within the band that is split, {low} {end}")
    if high is None:
        high = band.typical_to if band.typical_to and band.typical_to > low else (low * 3 or 2)
    middle = (low + high) / 2
    for digits in (1, 2, 3, 6):
        rounded = float(f"{middle:.{digits - 1}e}")
        if low < rounded < high:
            return int(rounded) if rounded == int(rounded) else rounded
    return middle


def renumber_quiz(files: Mapping[str, str], audience: Audience, quiz: Quiz, number: int, changes: ChangeSet) -> None:
    """Answers keep speaking for the level they spoke for; what asks for a value gets an answer for the new level."""
    path = f"{audience.slug}/quiz.yaml"
    editor = YamlEditor(files[path])
    numbers = {level.number for level in audience.levels}
    answered = {True: list[str](), False: list[str]()}
    is_last = number > max(numbers)
    for index, question in enumerate(quiz.questions):
        options = ("questions", index, "options")
        for position, option in enumerate(question.options):
            if number <= option.level <= max(numbers):
                editor.replace((*options, position, "level"), option.level + 1)
            if option.level == number and option.reached_by and option.reached_by.key is not None:
                message = f"'key' counts the keys to success of the new level {number} now."
                keys, hint = (*options, position, "reached_by"), "Check it once they are divided."
                changes.checks.append(warning_at("key-renumbered", path, keys, message, hint))
        levels = [option.level if option.band == "level" else 0 for option in question.options]
        is_answered = numbers == set(levels) - {0}
        if not question.draft:
            answered[is_answered].append(f"'{question.id}'")
        if is_answered:
            sibling = levels.index(number - 1 if is_last else number)
            editor.add_entry((*options, sibling), {"band": "level", "level": number}, before=not is_last)
    changes.changed[path] = editor.apply()
    if answered[False]:
        told = f"an answer to {join_words(answered[True])} only" if answered[True] else "no answer in the quiz yet"
        message, hint = f"the new level {number} has {told}.", f"Write one to {join_words(answered[False])}."
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
