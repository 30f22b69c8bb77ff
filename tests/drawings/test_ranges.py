"""Ranges: where they stand on an axis, and which cannot stand there."""

import pytest

from generator.drawings.ranges import check_ranges, scale_of_ranges
from generator.schema.amount_blocks import AxisRange, NamedRange, RangeMark, RangesBlock


def ranges(*ends: tuple[float, float], axis: tuple[float, float] | None = None, at: float | None = None,
           unit: str | None = None) -> RangesBlock:  # fmt: skip
    return RangesBlock(
        items=tuple(NamedRange(name="A", low=low, high=high) for low, high in ends),
        axis=AxisRange(low=axis[0], high=axis[1]) if axis else None,
        mark=None if at is None else RangeMark(at=at, text="Here"),
        unit=unit,
    )


@pytest.mark.parametrize(
    ("block", "ends"),
    [
        (ranges((60, 70), axis=(50, 100)), (50, 100)),
        (ranges((60, 70), unit="%"), (0, 100)),
        (ranges((60, 120), unit="%"), (0, 120)),
        (ranges((60, 70)), (0, 70)),
        (ranges((60, 70), at=80), (0, 80)),
    ],
)
def test_the_axis_is_the_one_that_is_asked_for_or_begins_at_zero(block: RangesBlock, ends: tuple[float, float]) -> None:
    scale = scale_of_ranges(block)
    assert (scale.low, scale.high) == ends
    assert scale.place(ends[0]) == 0
    assert scale.place(ends[1]) == 100


def test_a_place_is_a_share_of_the_axis() -> None:
    scale = scale_of_ranges(ranges((60, 70), axis=(50, 100)))
    assert [scale.place(value) for value in (60, 70, 80)] == [20, 40, 60]


@pytest.mark.parametrize(
    ("block", "codes"),
    [
        (ranges((60, 70), axis=(50, 100), at=80), []),
        (ranges((60, 60)), []),
        (ranges((70, 60)), ["range-upside-down"]),
        (ranges((70, 60), axis=(50, 100)), ["range-upside-down"]),
        (ranges((40, 70), axis=(50, 100)), ["range-off-axis"]),
        (ranges((60, 101), axis=(50, 100)), ["range-off-axis"]),
        (ranges((60, 70), axis=(50, 100), at=49), ["range-off-axis"]),
        (ranges((60, 70), axis=(100, 50)), ["axis-upside-down"]),
        (ranges((60, 70), axis=(50, 50), at=10), ["axis-upside-down"]),
        (ranges((0, 0)), ["nothing-to-draw"]),
        (ranges((0, 0), at=5), ["nothing-to-draw"]),
    ],
)
def test_what_cannot_be_drawn_is_said(block: RangesBlock, codes: list[str]) -> None:
    assert [problem.code for problem in check_ranges("a.md", ("blocks", 0), block)] == codes
