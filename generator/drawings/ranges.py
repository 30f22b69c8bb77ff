"""Ranges on one axis."""

from collections.abc import Iterator

from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at
from generator.drawings.axis import Axis
from generator.schema.amount_blocks import RangesBlock


def scale_of_ranges(block: RangesBlock) -> Axis:
    """The axis that is asked for; else from zero to 100 percent, or to the end of the highest range or mark."""
    if block.axis:
        return Axis(block.axis.low, block.axis.high)
    ends = [item.high for item in block.items] + ([block.mark.at] if block.mark else [])
    return Axis(0, 100 if block.unit == "%" and max(ends) <= 100 else max(ends))


def check_ranges(path: str, keys: Keys, block: RangesBlock) -> Iterator[Diagnostic]:
    axis = block.axis
    if axis and axis.low >= axis.high:
        message = f"the axis runs from {axis.low} to {axis.high}."
        yield error_at("axis-upside-down", path, (*keys, "axis"), message, "Let it end above where it begins.")
        axis = None
    for index, item in enumerate(block.items):
        place: Keys = (*keys, "items", index)
        yield from check_order(path, place, item.low, item.high)
        if axis and item.low <= item.high and not axis.low <= item.low <= item.high <= axis.high:
            message = f"it runs from {item.low} to {item.high}, and the axis from {axis.low} to {axis.high}."
            yield error_at("range-off-axis", path, place, message, "Correct one of them.")
    if axis and block.mark and not axis.low <= block.mark.at <= axis.high:
        message = f"it stands at {block.mark.at}, and the axis runs from {axis.low} to {axis.high}."
        yield error_at("range-off-axis", path, (*keys, "mark", "at"), message, "Correct one of them.")
    if not axis and not any(item.high for item in block.items):
        yield error_at("nothing-to-draw", path, (*keys, "items"), "all of them end at 0.", "Give one a larger 'to'.")


def check_order(path: str, keys: Keys, low: float, high: float) -> Iterator[Diagnostic]:
    """Whether a range runs from a lower to a higher value, or from one to the same."""
    if low > high:
        message = f"it runs from {low} to {high}."
        yield error_at("range-upside-down", path, (*keys, "from"), message, "Give the lower one first.")
