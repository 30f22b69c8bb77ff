"""Does everybody do the same work? The pages of two generators, compared in canonical form."""

import random
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from canonical import canonise
from generators import FEW_AUDIENCES
from samples import BASE_URL, Sample

LOCATION = re.compile(r"<loc>(.*?)</loc>")
# Of a large site, the pages of so many audiences are compared; of a small one all.
AUDIENCES = 24


def iterate_addresses(sample: Sample) -> Iterator[str]:
    """The addresses of the pages that are compared."""
    yield ""
    yield "offers/"
    if 1 < sample.audiences <= FEW_AUDIENCES:
        yield from (f"compare/{number}/" for number in range(1, sample.levels + 1))
    numbers = range(1, sample.audiences + 1)
    dice = random.Random(sample.seed)  # noqa: S311 - a choice of pages, no secret
    for number in numbers if len(numbers) <= AUDIENCES else sorted(dice.sample(numbers, AUDIENCES)):
        audience = sample.make_audience(number)
        yield f"{audience.slug}/"
        yield f"{audience.slug}/compare/"
        yield from (f"{audience.slug}/{level.slug}/" for level in audience.levels)


def find_difference(sample: Sample, output: Path, other: Path) -> tuple[int, str | None]:
    """How many files were compared, and where and how the first two differ."""
    count = 0
    for count, address in enumerate(iterate_addresses(sample), 1):
        pages = [canonise((root / address / "index.html").read_text("utf-8"), BASE_URL + address)
                 for root in (output, other)]  # fmt: skip
        if pages[0] != pages[1]:
            return count, f"/{address}: {_first_difference(*pages)}"
    listed = [set(iterate_locations(root)) for root in (output, other)]
    if listed[0] != listed[1]:
        odd = sorted(listed[0] ^ listed[1])
        return count + 1, f"sitemap.xml: {len(odd)} addresses on one side only, such as {odd[0]}"
    return count + 1, None


def iterate_locations(output: Path) -> Iterator[str]:
    """The addresses of a sitemap, and of those it leads to."""
    for address in map(unescape, LOCATION.findall((output / "sitemap.xml").read_text("utf-8"))):
        if address.endswith(".xml"):
            text = (output / address.removeprefix(BASE_URL)).read_text("utf-8")
            yield from map(unescape, LOCATION.findall(text))
        else:
            yield address


def _first_difference(one: list[str], two: list[str]) -> str:
    pairs = zip([*one, "(end)"], [*two, "(end)"], strict=False)
    index, (left, right) = next((index, pair) for index, pair in enumerate(pairs) if pair[0] != pair[1])
    return f"part {index}: {left!r} against {right!r}"
