"""Bars and layers: as long as their values, on the scale that the page names."""

import math
from typing import Literal

import pytest

from generator.drawings.bars import LINE, check_bars, scale_of_bars, stack
from generator.schema.amount_blocks import Bar, BarsBlock

Scale = Literal["linear", "log", "share"]


def bars(scale: Scale, *values: float | tuple[float, float]) -> BarsBlock:
    pairs = [value if isinstance(value, tuple) else (None, value) for value in values]
    return BarsBlock(items=tuple(Bar(name="A", low=low, value=value) for low, value in pairs), scale=scale)


def test_a_linear_scale_begins_at_zero() -> None:
    scale = scale_of_bars(bars("linear", 25, 50, (10, 100)))
    assert [scale.place(value) for value in (0, 10, 25, 50, 100)] == [0, 10, 25, 50, 100]
    assert scale.list_tens() == []


def test_on_a_logarithmic_scale_every_step_is_ten_times_the_one_before() -> None:
    scale = scale_of_bars(bars("log", (10, 100), (100, 1000), (1000, 10_000)))
    assert (scale.low, scale.high) == (1, 10_000)
    assert [scale.place(value) for value in (1, 10, 100, 1000, 10_000)] == [0, 25, 50, 75, 100]
    assert scale.list_tens() == [25, 50, 75]


@pytest.mark.parametrize(
    ("least", "low"), [(0.5, 0.1), (1, 0.1), (2, 1), (10, 1), (15, 10), (1000, 100), (10**12, 10**11)]
)
def test_the_shortest_bar_has_a_length(least: float, low: float) -> None:
    scale = scale_of_bars(bars("log", least, 10**12))
    assert math.isclose(scale.low, low)
    assert scale.place(least) > 0


def test_layers_are_as_high_as_their_shares_and_nothing_is_a_line() -> None:
    assert stack(bars("share", 60, 30, 10)) == [(0, 60), (60, 30), (90, 10)]
    own, rented = stack(bars("share", 0, 100))
    assert own.top == 0
    assert math.isclose(own.height, LINE, rel_tol=0.05)
    assert math.isclose(own.height + rented.height, 100, abs_tol=0.01)


@pytest.mark.parametrize(
    ("block", "codes"),
    [
        (bars("linear", 0, 5), []),
        (bars("linear", 0, 0), ["nothing-to-draw"]),
        (bars("linear", (9, 5)), ["range-upside-down"]),
        (bars("log", 5), []),
        (bars("log", 0, 5), ["zero-on-log-scale"]),
        (bars("log", (0, 5)), ["zero-on-log-scale"]),
        (bars("share", 60, 40), []),
        (bars("share", 33.3, 33.3, 33.4), []),
        (bars("share", 60, 30), ["shares-not-whole"]),
        (bars("share", 33.3, 33.3, 33.3), []),
        (bars("share", 33, 33, 33), ["shares-not-whole"]),
        (bars("share", (10, 60), 40), ["share-of-range"]),
    ],
)
def test_what_cannot_be_drawn_is_said(block: BarsBlock, codes: list[str]) -> None:
    assert [problem.code for problem in check_bars("a.md", ("blocks", 0), block)] == codes
