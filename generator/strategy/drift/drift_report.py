"""What `check --strategy` reports: drift and contradictions, but for those that are recorded as meant."""

from collections.abc import Collection, Iterator, Sequence

from generator.build.survey import Content
from generator.diagnostics.diagnostic import Diagnostic, Position, warning_at
from generator.files.tree import Folder
from generator.formats.document import locate
from generator.schema.files import Difference
from generator.strategy.documents.strategy import Strategy
from generator.strategy.drift.comparison import Drift, find_drift
from generator.strategy.drift.contradictions import contradict
from generator.strategy.drift.metric_figures import Contradiction
from generator.strategy.exporter import EXTRA_FILE, read_extra


def report_drift(strategy: Strategy, content: Content, folder: Folder) -> list[Diagnostic]:
    """Drift as errors, contradictions as warnings, and a warning for each record that is of no use any more."""
    recorded = read_extra(folder).differences
    drifts, contradictions = find_drift(strategy, content), contradict(strategy)
    meant = {difference.where for difference in recorded}
    problems = [_tell_drift(strategy, folder, drift) for drift in drifts if drift.where not in meant]
    problems += [_tell_contradiction(strategy, found) for found in contradictions if found.where not in meant]
    used = {drift.where for drift in drifts} | {found.where for found in contradictions}
    return [*problems, *_tell_idle(recorded, used, folder)]


def _tell_drift(strategy: Strategy, folder: Folder, drift: Drift) -> Diagnostic:
    fault = drift.fault
    hint = (
        f"See {strategy.path}:{drift.line}. Change one of the two, or record in {EXTRA_FILE}: where: '{drift.where}'."
    )
    return locate(folder, fault._replace(hint=hint))


def _tell_contradiction(strategy: Strategy, found: Contradiction) -> Diagnostic:
    hint = f"{found.hint} Or record in {EXTRA_FILE}: where: '{found.where}'."
    return warning_at("?", strategy.path, Position(found.line), found.message, hint)


def _tell_idle(recorded: Sequence[Difference], used: Collection[str], folder: Folder) -> Iterator[Diagnostic]:
    for index, difference in enumerate(recorded):
        if difference.where not in used:
            message = f"there is no difference '{difference.where}' any more."
            keys = ("differences", index, "where")
            yield locate(folder, warning_at("?", EXTRA_FILE, keys, message, "Delete the entry."))
