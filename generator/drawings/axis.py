"""Axes: where on an axis a value stands."""

from math import ceil, log10
from typing import NamedTuple


class Axis(NamedTuple):
    """An axis from one value to another. On a logarithmic one, the same way is always the same factor."""

    low: float
    high: float
    is_log: bool = False

    def place(self, value: float) -> float:
        """How far along the axis a value stands, in percent."""
        low, high, at = (log10(each) if self.is_log else each for each in (self.low, self.high, value))
        return round(100 * (at - low) / (high - low), 2)

    def list_tens(self) -> list[float]:
        """The places of the powers of ten within a logarithmic axis."""
        if not self.is_log:
            return []
        return [self.place(10**power) for power in range(round(log10(self.low)) + 1, ceil(log10(self.high)))]
