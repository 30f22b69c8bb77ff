"""How far the tests are: one line that is written anew in a terminal, and elsewhere a line now and then."""

from collections.abc import Callable, Sequence

import pytest

# Where nobody watches, one line for so many percent.
STEP = 10


class Progress:
    """A plugin of pytest that counts. A test that fails is named at once, and explained by pytest in the end."""

    def __init__(self, write: Callable[[str], None], live: bool) -> None:
        self.write = write
        self.live = live
        self.total = self.done = self.failed = self.told = 0

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.total = len(session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Sequence[str]) -> None:
        self.total = len(ids)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport) -> tuple[str, str, str]:
        """For the summary: pytest writes no letter for a test."""
        if report.failed and report.when != "call":
            return "error", "", ""
        return (report.outcome if report.failed or report.when == "call" or report.skipped else ""), "", ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed += 1
            self.write(f"{self.start}FAILED {report.nodeid}\n")
        if report.when == "teardown":
            self.done += 1
            self.show()

    @property
    def start(self) -> str:
        """In a terminal, the line is emptied first."""
        return "\r\x1b[K" if self.live else ""

    def show(self) -> None:
        percent = 100 * self.done // max(self.total, self.done)
        text = f"{percent} %, {self.done} of {self.total} tests, {self.failed or 'none'} failed"
        if self.live:
            self.write(self.start + text + ("\n" if self.done == self.total else ""))
        elif percent // STEP > self.told:
            self.told = percent // STEP
            self.write(f"{text}\n")
