"""What visitors see of an audience: its live levels, as if there were no others.

A level that is not live leaves nothing behind. The nearest live level, of two the lower one, takes over its values, so
that every value still has exactly one level, and its answers in the quiz.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from math import inf

from msgspec import structs

from generator.content.model import (
    Audience,
    AudienceSummary,
    ContentFile,
    FileSummary,
    HiddenLevel,
    Level,
    LevelSummary,
    derive,
)
from generator.content.routes import audience_file
from generator.content.videos import list_player_hosts
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, warning_at
from generator.quiz.bands import Measure, Span, level_spans
from generator.quiz.scoring import nearest_level
from generator.schema.audience import Metric
from generator.schema.level import Band
from generator.schema.quiz import AnswerBand, Option, Prerequisite, Question, Quiz


def summarise_audience(audience: Audience) -> AudienceSummary:
    """The part of an audience that pages outside it may show."""
    seen = select_visible(audience)
    levels = tuple(derive(level, LevelSummary, focus=level.message.focus) for level in seen.levels)
    files = tuple(derive(file, FileSummary) for file in seen.files)
    hidden = tuple(derive(level, HiddenLevel) for level in audience.levels if not level.live)
    blocks = chain(seen.blocks, *(level.blocks for level in seen.levels))
    more = {"hidden": hidden, "players": tuple(list_player_hosts(blocks))}
    return derive(seen, AudienceSummary, name=seen.label or seen.name, levels=levels, files=files, **more)


def warn_of_no_live_level(folder: str, audience: Audience) -> Diagnostic:
    message = "none of its levels is live, so this audience is not."
    return warning_at("no-live-level", f"{folder}/{audience_file(audience)}", WHOLE_FILE, message, "Publish a level.")


def select_visible(audience: Audience) -> Audience:
    """The audience without the levels that are not live; the bands of the others are in the order of their values."""
    falls = audience.metric is not None and audience.metric.falls
    if not falls and all(level.live for level in audience.levels):
        return audience
    live = [level.number for level in audience.live_levels]
    bands = order_bands(audience.levels, audience.metric)
    parts: dict[int, list[Measure]] = {number: [bands[number - 1]] for number in live}
    for level in audience.levels:
        if not level.live:
            parts[nearest_level(level.number, live)].append(bands[level.number - 1])
    levels = tuple(structs.replace(level, metric=_join_bands(parts[level.number])) for level in audience.live_levels)
    spans = level_spans(bands, falls)
    files = tuple(_select_file(file, live, spans) for file in audience.files)
    return structs.replace(audience, levels=levels, files=files)


def order_bands(levels: Sequence[Level], metric: Metric | None) -> list[Measure]:
    """What each level is measured by. Of a falling metric, an editor may give the two ends of a band in any order, and
    of the outer levels the only end there is under either name.
    """
    if metric is None or not metric.falls:
        return [level.metric for level in levels]
    last = len(levels)
    return [
        _order_ends(band, level.number == 1, level.number == last) if isinstance(band := level.metric, Band) else band
        for level in levels
    ]


def _order_ends(band: Band, first: bool, last: bool) -> Band:
    ends = sorted(end for end in (band.low, band.high) if end is not None)
    if not ends:
        return band
    low, high = (ends[0], ends[-1]) if len(ends) > 1 else (ends[0] if first else None, None if first else ends[0])
    return structs.replace(band, low=None if last and not low else low, high=high)


def _join_bands(parts: Sequence[Measure]) -> Measure:
    """The band of a level, the first one, together with those that it takes over."""
    own = parts[0]
    bands = [part for part in parts if isinstance(part, Band)]
    if not isinstance(own, Band) or len(bands) == 1:
        return own
    lows, highs = [band.low for band in bands], [band.high for band in bands]
    low = None if None in lows else min(end for end in lows if end is not None)
    high = None if None in highs else max(end for end in highs if end is not None)
    return structs.replace(own, low=low, high=high, typical_to=own.typical_to if high == own.high else None)


def _select_file(file: ContentFile, live: Sequence[int], spans: Sequence[Span | None]) -> ContentFile:
    if not isinstance(file.fields, Quiz):
        return file
    chosen = [
        structs.replace(question, options=tuple(_select_options(question, live, spans)))
        for question in file.fields.questions
    ]
    questions = tuple(question for question in chosen if question.options)
    return structs.replace(file, fields=structs.replace(file.fields, questions=questions))


def _select_options(question: Question, live: Sequence[int], spans: Sequence[Span | None]) -> Iterator[Option]:
    """The answers, each for a live level, and without the keys of other levels. The band of a level that is not live is
    within that of the nearest one, so its answer goes, and a neighbour that has figures of its own takes them over.
    """
    gone = [option.level for option in question.options if option.band == "level" and option.level not in live]
    for written in question.options:
        option, band = written, written.band
        for level in gone:
            if isinstance(band, AnswerBand) and nearest_level(level, live) == option.level:
                band = _extend(band, spans[level - 1])
                option = structs.replace(option, band=band)
        if option.level in live:
            key_is_seen = option.level - 1 in live
            yield option if key_is_seen else structs.replace(option, reached_by=_without_key(option.reached_by))
        elif option.band != "level":
            level = nearest_level(option.level, live)
            yield structs.replace(option, level=level, reached_by=_without_key(option.reached_by))


def _extend(band: AnswerBand, span: Span | None) -> AnswerBand:
    """A band with the values next to it."""
    if span and span.low == band.high:
        return AnswerBand(low=band.low, high=span.high if span.high < inf else None)
    if span and span.high == band.low:
        return AnswerBand(low=span.low or None, high=band.high)
    return band


def _without_key(prerequisite: Prerequisite | None) -> Prerequisite | None:
    return structs.replace(prerequisite, key=None) if prerequisite and prerequisite.module else None
