"""The arithmetic of a bill from which some percent come off. `layouts/js/bill.js` does the same in browsers."""

import re
from collections.abc import Iterator
from math import floor
from typing import NamedTuple

from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at, suggest
from generator.drawings.ranges import check_order
from generator.schema.amount_blocks import BillBlock

# Nobody counts the cents of hundreds.
WHOLE_FROM = 100
# The smallest amount that is told from nothing, as a power of ten.
SMALLEST = 12
TIMES = {"year": 1, "month": 12, "week": 52, "day": 365}
# What is left of braces when the places are filled.
ODD_BRACES = re.compile(r"\{[^{}]*\}?|\}")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
# What may be said of the number before it is known, and after.
KNOWN = {"sentence": ("amount",), "result": ("amount", "part", "rest", "year")}


class Shares(NamedTuple):
    """What comes off a bill, what is left of it, and what comes off in a year; the smaller amount of each first."""

    part: tuple[float, float]
    rest: tuple[float, float]
    year: tuple[float, float]


def divide(amount: float, block: BillBlock, decimals: int) -> Shares:
    """The shares of an amount, each with at most so many decimals, or those that a small one needs. Part and rest add
    up as they are shown.
    """
    amount, times = float(amount), TIMES[block.period]  # browsers know no other numbers
    places = find_places(amount, decimals) if amount < WHOLE_FROM else 0
    least, most = (round_half_up(amount * percent / 100, places) for percent in (block.low, block.high))
    whole = round_half_up(amount, places)
    rest = round_half_up(whole - most, places), round_half_up(whole - least, places)
    year = (round_half_up(amount * percent * times / 100, places) for percent in (block.low, block.high))
    return Shares((least, most), rest, (next(year), next(year)))


def find_places(amount: float, decimals: int) -> int:
    """With how many decimals an amount is shown: with so many; below one, with two that are not zeros in front."""
    places, least = 0, 1.0
    while amount < least and places < SMALLEST:
        places, least = places + 1, least / 10
    return max(decimals, places + 1) if places else decimals


def round_half_up(value: float, places: int) -> float:
    return floor(value * 10.0**places + 0.5) / 10.0**places


def check_bill(path: str, keys: Keys, block: BillBlock) -> Iterator[Diagnostic]:
    yield from check_order(path, keys, block.low, block.high)
    if block.amount > block.maximum or block.amount == 0:
        message = f"the amount is {block.amount}, on a scale from 0 to {block.maximum}."
        hint = "Give it one above 0, and 'maximum' one that is as large or larger."
        yield error_at("amount-off-scale", path, (*keys, "amount"), message, hint)
    if block.usual:
        yield from check_order(path, (*keys, "usual"), block.usual.low, block.usual.high)
        if block.usual.high > block.maximum:
            message = f"the usual range ends at {block.usual.high}, and the scale at {block.maximum}."
            yield error_at("range-off-axis", path, (*keys, "usual", "to"), message, "Give 'maximum' a larger number.")
    for name, known in KNOWN.items():
        yield from _check_placeholders(path, (*keys, name), getattr(block, name), known)


def _check_placeholders(path: str, keys: Keys, text: str, known: tuple[str, ...]) -> Iterator[Diagnostic]:
    """The number stands in a sentence once, for it becomes a field; in what follows from it, whatever one likes."""
    found = PLACEHOLDER.findall(text)
    if odd := ODD_BRACES.search(PLACEHOLDER.sub("", text)):
        message, hint = f"nothing fills the place '{odd[0]}'.", f"Write {{{known[0]}}}, or take the braces away."
        yield error_at("unknown-placeholder", path, keys, message, hint)
    for name in found:
        if name not in known:
            message = f"there is no {{{name}}} here."
            yield error_at("unknown-placeholder", path, keys, message, suggest(name, known))
    if keys[-1] == "sentence" and found.count("amount") != 1 and {*found} <= {"amount"}:
        message, hint = "it does not say where the number stands.", "Write {amount} there."
        if "amount" in found:
            message, hint = "the number stands in it more than once.", "Keep one {amount}."
        yield error_at("missing-placeholder", path, keys, message, hint)
