"""Texts in quotes, of which any will do: `"One" or "Another"`."""

import re
from collections.abc import Sequence

OPENING, CLOSING = '"“„«「『', '"”“»」』'
JOINT = re.compile(rf"[{CLOSING}]\s*(?:,?\s*\b(?:or|oder|ou|of|lub)\b|/|\||,|;)\s*[{OPENING}]")


def split_alternatives(text: str) -> list[str]:
    """The texts of `"One" or "Another"`."""
    if not text or text[0] not in OPENING or text[-1] not in CLOSING:
        return [text]
    return JOINT.split(text[1:-1])


def write_alternatives(texts: Sequence[str]) -> str:
    """Alternatives in quotes. A single text has quotes only if it would be read as something else without."""
    if len(texts) == 1 and split_alternatives(texts[0]) == [texts[0]] and unquote(texts[0]) == texts[0]:
        return texts[0]
    return " or ".join(f'"{text}"' for text in texts)


def unquote(text: str) -> str:
    """A text without the quotes around it."""
    return text[1:-1] if len(text) > 2 and text[0] in OPENING and text[-1] in CLOSING else text
