"""Schedules: the curve is that of the formula, at every point that is drawn."""

import math

import pytest

from generator.drawings.schedule import HEIGHT, WIDTH, check_schedule, draw_schedule, find_value
from generator.schema.drawn_blocks import ScheduleBlock


def schedule(total: int = 1000, warm_up: int = 150, peak: float = 0.0006, floor: float = 0.00006) -> ScheduleBlock:
    return ScheduleBlock(up="Rate", across="Step", total=total, warm_up=warm_up, peak=peak, floor=floor)


def points_of(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (point.split() for point in path.strip("Mz").split("L"))]


@pytest.mark.parametrize(
    ("step", "value"),
    [(0, 0.0), (75, 0.0003), (150, 0.0006), (575, 0.00033), (1000, 0.00006)],
)
def test_it_rises_evenly_and_falls_along_half_a_wave(step: int, value: float) -> None:
    assert math.isclose(find_value(schedule(), step), value, abs_tol=1e-12)


def test_without_warm_up_it_begins_at_its_peak() -> None:
    assert find_value(schedule(warm_up=0), 0) == 0.0006


@pytest.mark.parametrize("block", [schedule(), schedule(warm_up=0), schedule(warm_up=600), schedule(peak=1e6, floor=0)])
def test_every_point_of_the_outline_is_on_the_curve(block: ScheduleBlock) -> None:
    curve = draw_schedule(block)
    first, *points, last = points_of(curve.path)
    assert (first, last) == ((0, HEIGHT), (WIDTH, HEIGHT))
    for x, y in points[1 if block.warm_up else 2 :]:
        value = find_value(block, x / WIDTH * block.total)
        assert math.isclose(y, HEIGHT * (1 - value / block.peak), abs_tol=3), x
    assert min(y for _, y in points) == 0
    assert curve.above_end <= points[-1][1]


def test_numbers_of_any_size_make_a_curve_of_one_size() -> None:
    assert draw_schedule(schedule(peak=1e-6, floor=1e-7)).path == draw_schedule(schedule(peak=1e6, floor=1e5)).path
    assert draw_schedule(schedule(total=1, warm_up=0)).path


@pytest.mark.parametrize(
    ("block", "code"),
    [
        (schedule(total=150), "warm-up-too-long"),
        (schedule(floor=0.001), "floor-above-peak"),
    ],
)
def test_what_cannot_be_drawn_is_said(block: ScheduleBlock, code: str) -> None:
    [problem] = check_schedule("a.md", ("blocks", 0), block)
    assert problem.code == code


def test_a_floor_as_high_as_the_peak_is_a_plateau() -> None:
    assert list(check_schedule("a.md", (), schedule(floor=0.0006))) == []
