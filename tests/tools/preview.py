"""Runs `build.py serve` as a process of its own, on a copy of the program and a site in a folder."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread

from tests.tools.waiting import PATIENCE, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = ("generator", "layouts", "build.py", "pyproject.toml")


class RunningPreview:
    """A preview that runs as a process. `lines` is its output so far."""

    def __init__(self, folder: Path, process: "subprocess.Popen[str]") -> None:
        self.folder = folder
        self.process = process
        self.lines: list[str] = []
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def address(self) -> str:
        """With a slash at its end."""
        return next(found[0] for line in self.lines if (found := re.search(r"http://\S+/", line)))

    def write(self, path: str, text: str | bytes) -> None:
        place = self.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode() if isinstance(text, str) else text)

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert old in text, f"{path} has no {old!r}"
        self.write(path, text.replace(old, new, 1))

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, str], str]:
        """Status, headers and text of a response. A page comes as it is on the disk, without the preview's script."""
        connection = HTTPConnection(self.address.split("/")[2], timeout=PATIENCE)
        try:
            connection.request("GET", path, headers={"Preview": "source"} if headers is None else headers)
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def wait_for_text(self, path: str, text: str) -> None:
        self.wait_until(lambda: text in self.get(path)[2], f"{text!r} at {path}")

    def wait_for_line(self, text: str) -> None:
        self.wait_until(lambda: any(text in line for line in self.lines), f"{text!r} in the terminal")

    def wait_until(self, condition: Callable[[], bool], what: str) -> None:
        def is_reached() -> bool:
            assert self.process.poll() is None, f"the preview has ended:\n{self.describe_output()}"
            return condition()

        wait_until(is_reached, lambda: f"there is no {what}; its output:\n{self.describe_output()}")

    def describe_output(self) -> str:
        return "\n".join(self.lines[-40:])

    def stop(self) -> int:
        """Ends it as a person would, and returns its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            code = self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            code = self.process.wait()
        self._reader.join(PATIENCE)
        assert self.process.stdout
        self.process.stdout.close()
        return code

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))


def copy_program(folder: Path) -> None:
    """All that a project needs besides its content."""
    folder.mkdir(parents=True, exist_ok=True)
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, folder / part)


@contextmanager
def run_preview(folder: Path, *options: str) -> Iterator[RunningPreview]:
    """Runs the preview of a project as long as the context lasts: with its first build done, on a free port."""
    command = [sys.executable, str(folder / "build.py"), "serve", *(() if "--port" in options else ("--port", "0"))]
    environment = {**os.environ, "PYRAMID_CACHE": str(folder / ".cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        [*command, *options],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    running = RunningPreview(folder, process)
    try:
        running.wait_for_line("Preview at ")
        running.wait_until(lambda: any(" a second, " not in line for line in running.lines[1:]), "first build")
        yield running
    finally:
        code = running.stop()
    assert code == 0, "\n".join(running.lines)
