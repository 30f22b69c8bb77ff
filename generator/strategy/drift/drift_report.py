"""What `check --strategy` reports: drift and contradictions, except those that are recorded as meant."""

from collections.abc import Iterator

from generator.build.check import Content
from generator.diagnostics.diagnostic import Diagnostic, warning_at
from generator.files.tree import Tree
from generator.formats.document import locate
from generator.strategy.documents.strategy import Strategy
from generator.strategy.drift.comparison import find_drift
from generator.strategy.drift.contradictions import find_contradictions
from generator.strategy.exporter import STRATEGY_FILE, read_strategy_file


def report_drift(strategy: Strategy, content: Content, folder: Tree) -> Iterator[Diagnostic]:
    """Drift as errors, contradictions as warnings, and a warning for each record without a difference."""
    recorded = read_strategy_file(folder).differences
    drift, contradictions = find_drift(strategy, content), find_contradictions(strategy)
    meant = {difference.where for difference in recorded}
    yield from (locate(folder, diagnostic) for where, diagnostic in drift if where not in meant)
    for where, diagnostic in contradictions:
        if where not in meant:
            hint = f"{diagnostic.hint} Or record in {STRATEGY_FILE}: where: '{where}'."
            yield diagnostic._replace(hint=hint)
    found = {where for where, _ in (*drift, *contradictions)}
    for index, difference in enumerate(recorded):
        if difference.where not in found:
            message = f"there is no difference '{difference.where}' any more."
            keys = ("differences", index, "where")
            yield locate(folder, warning_at("difference-gone", STRATEGY_FILE, keys, message, "Delete the entry."))
