"""A schedule: warm-up, then cosine decay, as the outline of a mountain."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at
from generator.schema.drawn_blocks import ScheduleBlock

WIDTH, HEIGHT = 360, 200
# The decay is drawn as so many straight lines.
PIECES = 48
# What a figure needs above the end of the curve, or below its axis.
ROOM = 80


class Curve(NamedTuple):
    """The ground below the curve as the data of a path; where its summit is, and a point above its end."""

    path: str
    summit: float
    above_end: float


def draw_schedule(block: ScheduleBlock) -> Curve:
    start = block.warm_up / block.total
    places = [0.0, *(start + (1 - start) * piece / PIECES for piece in range(PIECES + 1))]
    points = [(place * WIDTH, HEIGHT * (1 - find_value(block, place * block.total) / block.peak)) for place in places]
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return Curve(
        f"M0 {HEIGHT}L{line}L{WIDTH} {HEIGHT}z",
        round(start * WIDTH, 1),
        round(min(y for x, y in points if x > WIDTH - ROOM), 1),
    )


def find_value(block: ScheduleBlock, step: float) -> float:
    """The value at a step, which may be one between two."""
    if step < block.warm_up:
        return block.peak * step / block.warm_up
    done = (step - block.warm_up) / (block.total - block.warm_up)
    return block.floor + (block.peak - block.floor) * (1 + math.cos(math.pi * done)) / 2


def check_schedule(path: str, keys: Keys, block: ScheduleBlock) -> Iterator[Diagnostic]:
    if block.warm_up >= block.total:
        message = f"it warms up for {block.warm_up} of {block.total} steps, so there is none left to fall in."
        yield error_at("warm-up-too-long", path, (*keys, "warm_up"), message, "Give it fewer, or a larger 'total'.")
    if block.floor > block.peak:
        message = f"it ends at {block.floor:g}, above its peak of {block.peak:g}."
        yield error_at("floor-above-peak", path, (*keys, "floor"), message, "Give it a lower 'floor'.")
