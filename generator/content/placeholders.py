"""Lines in the text of a page that stand for what the program knows: `{{ data }}`."""

import re
from collections.abc import Callable, Iterator

from generator.content.unfinished import CODE

PLACEHOLDER = re.compile(r"^\{\{[ \t]*([\w-]*)[ \t]*\}\}[ \t]*$", re.MULTILINE)
# Each stands for Markdown: `data` for what the site does with the data of visitors.
PLACEHOLDERS = ("data",)


def find_placeholders(text: str) -> Iterator[re.Match[str]]:
    """The lines of a text that are nothing but a placeholder, and not in code."""
    if "{{" in text:
        yield from PLACEHOLDER.finditer(CODE.sub(lambda code: " " * len(code[0]), text))


def fill_placeholders(text: str, say: Callable[[str], str]) -> str:
    """The text with what stands behind each placeholder, as paragraphs of their own."""
    for found in reversed([*find_placeholders(text)]):
        text = f"{text[: found.start()]}\n{say(found[1])}\n{text[found.end() :]}"
    return text
