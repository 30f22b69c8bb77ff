"""What is wrong or odd in a strategy document, gathered while it is read."""

from collections.abc import Iterable

from generator.diagnostics.diagnostic import Diagnostic, Position, error_at, warning_at
from generator.strategy.documents.markdown_tree import Block


class Notes:
    """The problems of one document; each says its line, 0 being the document as a whole."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Diagnostic] = []

    def warn(self, line: int, message: str, hint: str = "") -> None:
        """Something missing or odd that pages can do without."""
        self.problems.append(warning_at("?", self.path, Position(line), message, hint))

    def fail(self, line: int, message: str, hint: str = "") -> None:
        """Something without which the document cannot be understood."""
        self.problems.append(error_at("?", self.path, Position(line), message, hint))


def shorten(text: str) -> str:
    """A text for a message: on one line, and not too long for it."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}..."


def leave_out(notes: Notes, blocks: Iterable[Block]) -> None:
    """Tells which parts of a section are left out."""
    for block in blocks:
        words = block.label or block.text or (block.points[0].text if block.points else "")
        notes.warn(block.line, f"'{shorten(words)}' has no place in the form.", "It is left out.")
