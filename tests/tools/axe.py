"""axe-core, which finds what keeps people from using a page."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

# Rules that need a person, or that a site is not meant to meet, are none: all of axe-core's are run.
RUN = "async () => (await axe.run(document, {resultTypes: ['violations']})).violations"

Inspect = Callable[[Page], list[str]]


def inspect(page: Page, source: str) -> list[str]:
    """The violations of a page, a line each. `source` is the text of axe-core."""
    page.evaluate(source)
    return describe(page.evaluate(RUN))


def describe(violations: list[dict[str, Any]]) -> list[str]:
    return [
        f"{violation['id']}: {node['target']}: {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]
