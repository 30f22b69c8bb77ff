"""Bars on one scale, and layers of a whole."""

from collections.abc import Iterator
from math import ceil, isclose, log10
from typing import NamedTuple

from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at
from generator.drawings.axis import Axis
from generator.schema.amount_blocks import BarsBlock

# What has no share is a line, and what has hardly any is no less.
LINE = 3.0


class Layer(NamedTuple):
    """Where a layer begins, from above, and how high it is, in percent of all."""

    top: float
    height: float


def scale_of_bars(block: BarsBlock) -> Axis:
    """From zero; of a logarithmic scale, from the power of ten below the smallest value, as a bar has a length."""
    values = [item.value for item in block.items]
    if block.scale != "log":
        return Axis(0, max(values))
    least = min(item.low or item.value for item in block.items)
    return Axis(10.0 ** (ceil(log10(least)) - 1), max(values), is_log=True)


def stack(block: BarsBlock) -> list[Layer]:
    """Layers as high as their shares, the first one on top; none is thinner than a line."""
    heights = [max(item.value, LINE) for item in block.items]
    total, layers, top = sum(heights), list[Layer](), 0.0
    for height in heights:
        layers.append(Layer(round(top, 2), round(100 * height / total, 2)))
        top += 100 * height / total
    return layers


def check_bars(path: str, keys: Keys, block: BarsBlock) -> Iterator[Diagnostic]:
    for index, item in enumerate(block.items):
        place: Keys = (*keys, "items", index)
        if item.low is not None and item.low > item.value:
            message = f"it runs from {item.low} to {item.value}."
            yield error_at("range-upside-down", path, (*place, "from"), message, "Give the lower one first.")
        for name, value in (("from", item.low), ("value", item.value)):
            if block.scale == "log" and value == 0:
                message, hint = "a logarithmic scale has no 0.", "Give a number above it, or write scale: linear."
                yield error_at("zero-on-log-scale", path, (*place, name), message, hint)
        if block.scale == "share" and (item.low is not None or item.open):
            message = "a part of a whole is one number."
            yield error_at("share-of-range", path, place, message, "Delete 'from' and 'open', or choose another scale.")
    total = sum(item.value for item in block.items)
    # Each part may be rounded to a decimal: three thirds are 99.9.
    if block.scale == "share" and not isclose(total, 100, abs_tol=max(0.1, 0.05 * len(block.items)) + 1e-9):
        message = f"the parts add up to {total:g}."
        yield error_at("shares-not-whole", path, (*keys, "items"), message, "Give parts that add up to 100.")
    elif block.scale == "linear" and total == 0:
        yield error_at("nothing-to-draw", path, (*keys, "items"), "all of them are 0.", "Give one a larger number.")
