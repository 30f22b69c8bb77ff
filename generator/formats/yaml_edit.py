"""Changes single values within a text an editor wrote, and leaves everything else byte for byte.

A text is YAML, or Markdown with front matter. `keys` lead to a value as in a fault, and have to exist.
"""

import re
from typing import Any

import yaml

from generator.diagnostics.diagnostic import Keys

HEAD = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)


def replace_value(text: str, keys: Keys, value: int | float) -> str:
    """The text with a number in the place of a single value."""
    node, offset = _find(text, keys)
    return _splice(text, offset + node.start_mark.index, offset + node.end_mark.index, str(value))


def add_field(text: str, after: Keys, name: str, value: int | float) -> str:
    """The text with a field more in a group: right after the field behind `after`, which is a single value."""
    group, _ = _find(text, after[:-1])
    node, offset = _find(text, after)
    end = offset + node.end_mark.index
    if group.flow_style:
        return _splice(text, end, end, f", {name}: {value}")
    line = text.index("\n", end) + 1
    indent = " " * group.start_mark.column
    return _splice(text, line, line, f"{indent}{name}: {value}{find_line_end(text)}")


def remove_field(text: str, keys: Keys) -> str:
    """The text without a field of a group; its value is a single one, and it is not the first of the group."""
    group, _ = _find(text, keys[:-1])
    pair = next(pair for pair in group.value if pair[0].value == keys[-1])
    _, offset = _find(text, keys)
    start, end = offset + pair[0].start_mark.index, offset + pair[1].end_mark.index
    if group.flow_style:
        return _splice(text, text.rindex(",", 0, start), end, "")
    return _splice(text, text.rindex("\n", 0, start), text.index("\n", end), "")


def add_entry(text: str, sibling: Keys, entry: str, before: bool) -> str:
    """The text with an entry more in a list, on a line of its own: before or after one that stands there so."""
    listing, _ = _find(text, sibling[:-1])
    node, offset = _find(text, sibling)
    if listing.flow_style:
        raise ValueError("the list stands on one line")
    start = text.rfind("\n", 0, offset + node.start_mark.index) + 1
    end = text.find("\n", offset + _last_value(node).end_mark.index)
    dash = text[start : text.index("-", start)]
    at = start if before else (len(text) if end < 0 else end + 1)
    return _splice(text, at, at, f"{dash}- {entry}{find_line_end(text)}")


def find_line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _last_value(node: Any) -> Any:
    """What a node ends with: a block has its end at the next one's beginning."""
    if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
        return node
    last = node.value[-1]
    return _last_value(last[1] if isinstance(last, tuple) else last)


def _find(text: str, keys: Keys) -> tuple[Any, int]:
    """The node behind `keys`, and where in the text the YAML begins."""
    head = HEAD.match(text)
    offset = head.start(1) if head else 0
    node: Any = yaml.compose(head[1] if head else text, Loader=yaml.BaseLoader)
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            node = next(pair[1] for pair in node.value if pair[0].value == key)
        else:
            node = node.value[key]
    return node, offset


def _splice(text: str, start: int, end: int, middle: str) -> str:
    return text[:start] + middle + text[end:]
