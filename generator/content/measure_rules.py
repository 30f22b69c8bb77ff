"""Promises of what levels are measured in: all alike, each value in one level, each step once."""

from collections.abc import Iterator
from itertools import pairwise
from math import inf

from generator.content.model import Audience, Site
from generator.content.routes import audience_file, level_file
from generator.content.visible import order_bands
from generator.diagnostics.diagnostic import Diagnostic, error_at, warning_at
from generator.schema.level import Band


def measures_fit(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    """All levels are measured alike, by bands or by steps, in what the audience names."""
    metric = audience.metric
    if not any(level.metric for level in audience.levels):
        return
    if metric is None:
        message = "levels have a 'metric', but the audience does not say what is measured."
        hint = "Add metric: {name: ..., unit: ...}."
        yield error_at("band-without-metric", audience_file(audience), (), message, hint)
    kinds = {type(level.metric) for level in audience.levels if level.metric}
    steps = metric.steps if metric and len(kinds) > 1 else kinds == {str}
    if metric and metric.steps != steps:
        message, hint = "the levels have steps, but the metric does not say so.", "Add steps: true."
        if metric.steps:
            message, hint = "the levels have bands, but the metric says that they have steps.", "Delete steps: true."
        yield error_at("steps-differ-from-metric", audience_file(audience), ("metric",), message, hint)
    for level in audience.levels:
        path, own = level_file(audience, level), level.metric
        if own is None:
            message = f"level {level.number} has no 'metric', as others do."
            hint = "Add its step, such as metric: White belt." if steps else "Add metric: {from: ...}."
            report = error_at if level.live else warning_at  # until it is live, its neighbours have its values
            yield report("band-missing", path, (), message, hint)
        elif isinstance(own, str) and not steps:
            message = f"the metric of level {level.number} is a step, '{own}'."
            hint = "Write its band, {from: ..., to: ...}, or add steps: true to the metric in audience.md."
            yield error_at("step-instead-of-band", path, ("metric",), message, hint)
        elif isinstance(own, Band) and steps:
            message = f"the metric of level {level.number} is a band, where levels have steps."
            hint = "Write its step, such as metric: White belt, or delete steps: true in audience.md."
            yield error_at("band-instead-of-step", path, ("metric",), message, hint)


def bands_meet(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    """Each value of the metric belongs to exactly one level: bands neither overlap nor leave a gap."""
    falls = audience.metric is not None and audience.metric.falls
    if audience.metric and audience.metric.steps:
        return
    if audience.metric and _run_against(audience, falls):
        does, do = ("falls", "rise") if falls else ("rises", "fall")
        message = f"the metric {does}, but the bands {do} from level to level."
        hint = "Delete direction: down, or give level 1 the highest values." if falls else "Add direction: down."
        yield error_at("bands-in-wrong-order", audience_file(audience), ("metric",), message, hint)
        return
    check = _check_falling_band if falls else _check_band
    ordered = zip(audience.levels, order_bands(audience.levels, audience.metric), strict=True)
    measured = [(level, band) for level, band in ordered if level.live or band]
    for at, (level, _) in enumerate(measured):
        if isinstance(level.metric, Band):
            yield from check(level_file(audience, level), level.metric, at == 0, at == len(measured) - 1)
    for (below, own), (above, other) in pairwise(measured):
        if not isinstance(own, Band) or not isinstance(other, Band):
            continue
        end, start = (own.low, other.high) if falls else (own.high, other.low)
        if end is None or start is None or end == start:
            continue
        what = "leaves a gap to" if (start > end) != falls else "overlaps"
        name = "to" if falls and isinstance(above.metric, Band) and above.metric.high == start else "from"
        message = f"the band from {start} {what} that of level {below.number}, to {end}."
        hint = f"Each level begins where the one below ends: {name}: {end}."
        yield error_at("bands-apart", level_file(audience, above), ("metric", name), message, hint)


def _run_against(audience: Audience, falls: bool) -> bool:
    """Whether the bands of the levels, each sound in itself, are in the order that the metric does not have."""
    bands = [level.metric for level in audience.levels if isinstance(level.metric, Band)]
    ends = [(-inf if band.low is None else band.low, inf if band.high is None else band.high) for band in bands]
    if len(ends) < 2 or any(low >= high or (low, high) == (-inf, inf) for low, high in ends):
        return False
    return all(lower[1] <= upper[0] for lower, upper in pairwise(ends if falls else reversed(ends)))


def _check_band(path: str, band: Band, is_first: bool, is_last: bool) -> Iterator[Diagnostic]:
    end = ("metric", "to")
    if band.low is None and not (is_first and band.high):
        yield error_at("band-without-start", path, ("metric",), "the band has no start.", "Add 'from'.")
        return
    low = band.low or 0
    if band.high is None and not is_last:
        hint = "Add 'to'; only the last level has none."
        yield error_at("band-without-end", path, ("metric",), "the band has no end.", hint)
    elif band.high is not None and is_last:
        yield error_at("band-with-end", path, end, "the last level's band has an end.", "Delete 'to'.")
    elif band.high is not None and band.high <= low:
        message = f"the band begins at {low} and ends at {band.high}."
        yield error_at("band-upside-down", path, end, message, "It has to end above where it begins.")
    if band.typical_to is not None and (not is_last or band.typical_to <= low):
        message = "'typical_to' is for the last level, and above its 'from'."
        yield error_at("typical-misplaced", path, ("metric", "typical_to"), message, "Delete or correct it.")


def _check_falling_band(path: str, band: Band, is_first: bool, is_last: bool) -> Iterator[Diagnostic]:
    """Of a metric that falls, the outer levels need one end, and the last one goes down to 0."""
    ends = sorted(end for end in (band.low, band.high) if end is not None)
    if not ends or (len(ends) == 1 and not (is_first or is_last)):
        hint = "Write both: {from: 5, to: 7}; only the first and the last level may have one."
        yield error_at("band-without-end", path, ("metric",), "the band lacks an end.", hint)
    elif len(ends) == 2 and ends[0] == ends[1]:
        message = f"the band begins at {ends[0]} and ends at {ends[1]}."
        yield error_at("band-upside-down", path, ("metric", "to"), message, "Its ends have to differ.")
    elif len(ends) == 2 and is_last and ends[0]:
        message = f"the last level's band ends at {ends[0]}, and lower values have no level."
        yield error_at("band-with-end", path, ("metric",), message, f"Write {{to: {ends[1]}}}.")
    if band.typical_to is not None:
        message = "'typical_to' is for a metric that rises."
        yield error_at("typical-misplaced", path, ("metric", "typical_to"), message, "Delete it.")


def steps_differ(site: Site, audience: Audience) -> Iterator[Diagnostic]:
    """No two levels have the same step: it would not say which of them a person is at."""
    known: dict[str, int] = {}
    for level in audience.levels:
        step = level.metric
        if isinstance(step, str) and known.setdefault(step.casefold(), level.number) != level.number:
            message = f"level {known[step.casefold()]} has the step '{step}' already."
            yield warning_at("step-taken", level_file(audience, level), ("metric",), message, "Give each its own.")
