"""How much time each floor of the program takes, in seconds of processors."""

from collections.abc import Mapping
from time import process_time

FLOORS = ("start", "load", "check", "plan", "render", "publish")


class Stopwatch:
    """Counts the time of this process, lap by lap; what other processes have counted is added."""

    def __init__(self, begun: float | None = None) -> None:
        self.seconds: dict[str, float] = {}
        self._last = process_time() if begun is None else begun

    def lap(self, floor: str) -> None:
        """The time since the last lap was spent on a floor."""
        now = process_time()
        self.seconds[floor] = self.seconds.get(floor, 0.0) + now - self._last
        self._last = now

    def add(self, seconds: Mapping[str, float]) -> None:
        """Takes over what was counted elsewhere, and begins the next lap here."""
        for floor, more in seconds.items():
            self.seconds[floor] = self.seconds.get(floor, 0.0) + more
        self._last = process_time()


def format_seconds(seconds: Mapping[str, float]) -> str:
    """One line a floor, and the sum."""
    lines = [f"{floor:<8} {seconds.get(floor, 0.0):7.2f} s" for floor in FLOORS]
    return "\n".join(["Where the processors' time went:", *lines, f"{'in all':<8} {sum(seconds.values()):7.2f} s"])
