"""A new level among those there are: which files move, which numbers change, and what an editor has to check.

What follows from the numbers alone is done: the later files move up, the quiz of the audience and, on a
site of one audience, the curriculum follow them, and the band that is split is split in two files. What
depends on what the new level means is reported, with its line.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.authoring.scaffolding import start_level
from generator.content.model import Audience, Level, Site
from generator.diagnostics.diagnostic import Diagnostic, Keys, warning_at
from generator.formats.yaml_edit import add_entry, add_field, remove_field, replace_value
from generator.i18n.language import Words
from generator.schema.files import Band

Number = int | float


class Proposal(NamedTuple):
    """Files to move (highest number first) and files to write, by path, and what to check afterwards.

    `written` holds new files and changed ones, under the names they have after the move.
    """

    moved: dict[str, str]
    written: dict[str, str]
    checks: list[Diagnostic]

    def apply(self, files: Mapping[str, str]) -> dict[str, str]:
        """The files of a content folder as they will be."""
        kept = {self.moved.get(path, path): text for path, text in files.items()}
        return {**kept, **self.written}


class Newcomer(NamedTuple):
    """The level to be: its number, name and slug, and where its band is to meet its neighbour's, if that is said."""

    number: int
    name: str
    slug: str
    boundary: Number | None = None


def insert_level(
    files: Mapping[str, str], site: Site, audience: Audience, newcomer: Newcomer, words: Words
) -> Proposal:
    """What it takes to put a level in. `files` are those of the content folder, by path.

    Raises `ValueError` where the boundary does not lie within the band that is to be split. The quiz may
    need an answer that only an editor can give: then the site has an error in it until that is written.
    """
    number = newcomer.number
    later = [level for level in audience.levels if level.number >= number]
    moved = {level_path(audience, level): level_path(audience, level, 1) for level in reversed(later)}
    written: dict[str, str] = {}
    checks: list[Diagnostic] = []
    band = _split_band(files, audience, newcomer, moved, written, checks)
    path = f"{audience.slug}/{number}-{newcomer.slug}.md"
    # The quiz counts the keys of the level below an answer: with those of the old one, it stays true.
    keys = audience.levels[number - 2].keys if later and number > 1 else ()
    written[path] = start_level(newcomer.name, audience.name, words, band=band, keys=keys)
    hint = f"Its keys to success are those of level {number - 1}: divide them." if keys else ""
    message = "this is a draft with starting text; delete 'draft' once it is written."
    checks.append(warning_at("?", path, ("draft",), message, hint))
    if audience.quiz:
        _follow_in_quiz(files, audience, number, written, checks)
    if site.curriculum and later:
        _follow_in_curriculum(files, site, number, written, checks)
    return Proposal(moved, written, checks)


def level_path(audience: Audience, level: Level, shift: int = 0) -> str:
    return f"{audience.slug}/{level.number + shift}-{level.slug}.md"


def _split_band(
    files: Mapping[str, str], audience: Audience, newcomer: Newcomer, moved: Mapping[str, str],
    written: dict[str, str], checks: list[Diagnostic],
) -> dict[str, Any] | None:  # fmt: skip
    """The band of the new level, taken from the level below, or from the lowest where there is none below."""
    below = newcomer.number > 1
    neighbour = audience.levels[newcomer.number - 2 if below else 0]
    band = neighbour.metric
    if band is None:
        return None
    middle = choose_boundary(band, newcomer.boundary)
    old = level_path(audience, neighbour)
    new = moved.get(old, old)
    text = files[old]
    if below and band.high is not None:
        text = replace_value(text, ("metric", "to"), middle)
    elif below:
        text = add_field(text, ("metric", "from"), "to", middle)
        text = remove_field(text, ("metric", "typical_to")) if band.typical_to is not None else text
    else:
        text = replace_value(text, ("metric", "from"), middle)
    written[new] = text
    hint = (
        "Correct it in both levels." if newcomer.boundary is None else "Texts that name its figures may have to follow."
    )
    what = f"the level {'ends' if below else 'begins'} at {middle} now."
    checks.append(warning_at("?", new, ("metric", "to" if below else "from"), what, hint))
    if not below:
        return {"from": band.low, "to": middle}
    if band.high is not None:
        return {"from": middle, "to": band.high}
    typical = band.typical_to if band.typical_to is not None and band.typical_to > middle else None
    return {"from": middle} | ({"typical_to": typical} if typical is not None else {})


def choose_boundary(band: Band, wanted: Number | None = None) -> Number:
    """Where a band is split: where it is wanted, else at a round figure near its middle."""
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


def _follow_in_quiz(
    files: Mapping[str, str], audience: Audience, number: int, written: dict[str, str], checks: list[Diagnostic]
) -> None:
    """Answers keep speaking for the level they spoke for; what asks for a value gets an answer for the new level."""
    path = f"{audience.slug}/quiz.yaml"
    text = files[path]
    for keys, level, has_key in _list_answers(audience):
        if level >= number:
            text = replace_value(text, (*keys, "level"), level + 1)
        if level == number and has_key:
            message = f"'key' counts the keys to success of the new level {number} now."
            checks.append(warning_at("?", path, (*keys, "reached_by"), message, "Check it once they are divided."))
    # From the last question to the first, so that the places of those before stay what they are.
    for index in reversed(_list_measured(audience)):
        text = _add_answer(text, audience, index, number)
    written[path] = text
    message = f"only answers with 'band: level' speak for the new level {number} so far."
    checks.append(warning_at("?", path, ("questions",), message, "Give the other questions an answer for it."))


def _list_measured(audience: Audience) -> list[int]:
    """The questions that have an answer for each level's band."""
    assert audience.quiz is not None
    numbers = {level.number for level in audience.levels}
    return [
        index
        for index, question in enumerate(audience.quiz.questions)
        if numbers == {option.level for option in question.options if option.band == "level"}
    ]


def _add_answer(text: str, audience: Audience, index: int, number: int) -> str:
    """The quiz with an answer for the new level's band, in its place among the others."""
    assert audience.quiz is not None
    levels = [option.level if option.band == "level" else 0 for option in audience.quiz.questions[index].options]
    last = number > max(levels)
    sibling = ("questions", index, "options", levels.index(number - 1 if last else number))
    return add_entry(text, sibling, f"{{band: level, level: {number}}}", before=not last)


def _list_answers(audience: Audience) -> Iterator[tuple[Keys, int, bool]]:
    """Each answer's place in the quiz, its level, and whether it names a key."""
    for index, question in enumerate(audience.quiz.questions if audience.quiz else ()):
        for position, option in enumerate(question.options):
            has_key = option.reached_by is not None and option.reached_by.key is not None
            yield ("questions", index, "options", position), option.level, has_key


def _follow_in_curriculum(
    files: Mapping[str, str], site: Site, number: int, written: dict[str, str], checks: list[Diagnostic]
) -> None:
    """Stages name the levels of all audiences by number, so they can follow only where there is one audience."""
    path = "curriculum.yaml"
    text = files[path]
    for index, stage in enumerate(site.stages):
        ends: list[tuple[str, int]] = [
            (name, level)
            for name, level in (("from", stage.from_level), ("to", stage.to_level))
            if level is not None and level >= number
        ]
        if len(site.audiences) == 1:
            for name, level in ends:
                text = replace_value(text, ("stages", index, name), level + 1)
        spans = stage.from_level is not None and stage.from_level < number
        if ends and (spans or len(site.audiences) > 1):
            alone = len(site.audiences) == 1
            message = (
                "this stage leads past the new level."
                if alone
                else "levels have moved; stages count for all audiences."
            )
            checks.append(warning_at("?", path, ("stages", index, ends[0][0]), message, "Check 'from' and 'to'."))
    if text != files[path]:
        written[path] = text
