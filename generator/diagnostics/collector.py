"""The diagnostics of one document, collected while it is read and imported."""

from collections.abc import Iterable
from typing import Protocol

from generator.diagnostics.diagnostic import Diagnostic, Position, error_at, warning_at


class Titled(Protocol):
    """A part of a document, and the words to name it by."""

    @property
    def title(self) -> str: ...

    @property
    def line(self) -> int: ...


class DiagnosticCollector:
    """Collects diagnostics with their lines; line 0 stands for the document as a whole."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.diagnostics: list[Diagnostic] = []

    def warn(self, code: str, line: int, message: str, hint: str = "") -> None:
        """Something is missing or odd, but pages can do without it."""
        self.diagnostics.append(warning_at(code, self.path, Position(line), message, hint))

    def error(self, code: str, line: int, message: str, hint: str = "") -> None:
        """The document cannot be understood."""
        self.diagnostics.append(error_at(code, self.path, Position(line), message, hint))

    def warn_left_out(self, code: str, line: int, message: str, hint: str = "") -> None:
        """Something is left out. `hint` says what to write instead."""
        self.warn(code, line, message, f"It is left out. {hint}".rstrip())

    def warn_unknown_blocks(self, blocks: Iterable[Titled]) -> None:
        for block in blocks:
            message = f"'{shorten(block.title)}' has no place in the form."
            self.warn_left_out("unknown-block", block.line, message)


def shorten(text: str) -> str:
    """A text for a message: on one line, and at most 60 characters long."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}..."
