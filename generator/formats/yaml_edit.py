"""Changes values within a YAML text, and leaves every other byte as its editor wrote it.

Values are replaced where PyYAML says that they stand. A round trip through `ruamel.yaml` cannot promise as much: it
ties a comment to the value above it, so that the comment goes when that value goes, and a new entry comes to stand
between a comment and what it is about; indents and lists over several lines change as well.
"""

from typing import Any, NamedTuple

import yaml

from generator.diagnostics.diagnostic import Keys
from generator.formats.document import FRONT_MATTER
from generator.formats.merge import pair_entries
from generator.formats.yaml_writer import write_flow, write_yaml

Data = Any
Node = Any  # a node of PyYAML, which has no types for what is in it


class _Slot(NamedTuple):
    """A field of a group or an entry of a list: where it starts, where its name or dash ends, its value, its end."""

    start: int
    lead: int
    value: Node
    end: int


class YamlEditor:
    """Collects changes to a YAML file, or to the front matter of a Markdown file; `apply` makes them all.

    `keys` lead to a value from the top and have to exist, as the text is before any change.
    """

    def __init__(self, text: str) -> None:
        front = FRONT_MATTER.match(text)
        self._text = text
        self._line_end = "\r\n" if "\r\n" in text else "\n"
        self._root: Node = yaml.compose(text[: front.end(1)] if front else text, Loader=yaml.CBaseLoader)
        self._edits: list[tuple[int, int, str]] = []

    def apply(self) -> str:
        """The text with all changes."""
        text = self._text
        # From the end to the beginning; of two at one place, the one that was made first comes to stand first.
        ordered = sorted(enumerate(self._edits), key=lambda pair: (*pair[1][:2], pair[0]), reverse=True)
        for _, (start, end, middle) in ordered:
            text = text[:start] + middle + text[end:]
        return text

    def replace(self, keys: Keys, value: Data) -> None:
        """Puts a value in the place of another."""
        self._replace(*self._find(keys), value)

    def add_field(self, after: Keys, name: str, value: Data) -> None:
        """Puts a field into a group, right behind the field that `after` leads to."""
        group, index = self._find(after)
        self._add_field(group, self._slot(group, index).end, name, value)

    def remove_field(self, keys: Keys) -> None:
        """Takes a field, which is not the first, out of a group."""
        self._remove(*self._find(keys))

    def add_entry(self, sibling: Keys, value: Data, before: bool) -> None:
        """Puts an entry into a list, before or behind another."""
        group, index = self._find(sibling)
        slot = self._slot(group, index)
        if group.flow_style:
            entry, place = write_flow([value])[1:-1], slot.start if before else slot.end
            self._edit(place, place, f"{entry}, " if before else f", {entry}")
            return
        place = self._line_start(slot.start) if before else self._next_line(slot.end)
        self._insert(place, write_yaml([value]), group)

    def update(self, old: Data, new: Data) -> None:
        """Changes what differs between `old`, the data of the text, and `new`.

        Raises `ValueError` if that takes more than changing values, fields and entries in their places.
        """
        if not self._update(self._root, old, new):
            raise ValueError("the file has to be written anew")

    def _update(self, node: Node, old: Data, new: Data) -> bool:
        """Changes a group or list from within; False if it has to be replaced."""
        if type(old) is not type(new) or not new or not isinstance(node, yaml.CollectionNode):
            return False
        if not _is_block(node) and not (isinstance(old, dict) and old.keys() == new.keys()):
            return False
        (self._update_fields if isinstance(node, yaml.MappingNode) else self._update_entries)(node, old, new)
        return True

    def _update_fields(self, group: Node, old: dict[str, Data], new: dict[str, Data]) -> None:
        ends: dict[str, int] = {}
        for index, (key, value) in enumerate(group.value):
            name = key.value
            ends[name] = self._slot(group, index).end
            if name not in new:
                self._remove(group, index)
            elif old[name] != new[name] and not self._update(value, old[name], new[name]):
                self._replace(group, index, new[name])
        place = max(ends.values())
        for name, value in new.items():
            if name not in ends:
                self._add_field(group, place, name, value)
            place = ends.get(name, place)

    def _update_entries(self, group: Node, old: list[Data], new: list[Data]) -> None:
        pairs = pair_entries(old, new)
        origins = {place: index for index, place in pairs.items()}
        if list(pairs.values()) != sorted(pairs.values()):
            raise ValueError("the order has changed")
        slots = [self._slot(group, index) for index in range(len(group.value))]
        spaced = "\n\n" in self._text[slots[0].end : slots[-1].end]
        for index, slot in enumerate(slots):
            if index not in pairs:
                self._remove(group, index)
            elif old[index] != (value := new[pairs[index]]) and not self._update(slot.value, old[index], value):
                self._replace(group, index, value)
        place, gap = self._line_start(slots[0].start), ""
        for position, value in enumerate(new):
            if position in origins:
                place = self._next_line(slots[origins[position]].end)
                gap = "\n" if spaced else ""
            else:
                self._insert(place, (gap if isinstance(value, dict) else "") + write_yaml([value]), group)

    def _find(self, keys: Keys) -> tuple[Node, int]:
        """The group or list that holds the value behind `keys`, and its index there."""
        group, index, node = None, 0, self._root
        for key in keys:
            group = node
            is_group = isinstance(group, yaml.MappingNode)
            index = [name.value for name, _ in group.value].index(str(key)) if is_group else int(key)
            node = group.value[index][1] if is_group else group.value[index]
        return group, index

    def _slot(self, group: Node, index: int) -> _Slot:
        if isinstance(group, yaml.MappingNode):
            key, value = group.value[index]
            start, lead = key.start_mark.index, self._text.index(":", key.end_mark.index) + 1
        else:
            value = group.value[index]
            start = lead = value.start_mark.index
            if not group.flow_style:
                start = self._text.rindex("-", 0, start)
                lead = start + 1
        return _Slot(start, lead, value, self._end(value, lead))

    def _end(self, node: Node, lead: int) -> int:
        """Where a value ends: to PyYAML, a block ends where the next one begins."""
        if _is_block(node):
            return self._slot(node, len(node.value) - 1).end
        if _is_empty(node):
            return lead
        end = int(node.end_mark.index)
        is_block_text = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
        return len(self._text[:end].rstrip("\r\n")) if is_block_text else end

    def _replace(self, group: Node, index: int, value: Data) -> None:
        _, lead, node, end = self._slot(group, index)
        if group.flow_style:
            written = " " + write_flow([value])[1:-1]
        else:
            written = write_yaml({"x": value})[2:] if isinstance(group, yaml.MappingNode) else write_yaml([value])[1:]
        written = _indent(written.rstrip("\n"), group)
        start = lead
        if written[0] == " " and not _is_block(node) and not _is_empty(node):
            start, written = int(node.start_mark.index), written[1:]  # the space before a value stays as it is
        self._edit(start, end, written)

    def _add_field(self, group: Node, after: int, name: str, value: Data) -> None:
        if group.flow_style:
            self._edit(after, after, f", {write_flow({name: value})[1:-1]}")
        else:
            self._insert(self._next_line(after), write_yaml({name: value}), group)

    def _remove(self, group: Node, index: int) -> None:
        slot = self._slot(group, index)
        if group.flow_style:
            self._edit(self._slot(group, index - 1).end, slot.end, "")
            return
        start, end = self._line_start(slot.start), self._next_line(slot.end)
        if self._text[start : slot.start].strip():
            raise ValueError("the first field of an entry cannot go")
        # Empty lines above it go as well, unless text follows that they part from what is before.
        while self._text[max(0, start - 2) : start] == "\n\n" and self._text[end : end + 1] in ("", "\n"):
            start -= 1
        self._edit(start, end, "")

    def _insert(self, place: int, lines: str, group: Node) -> None:
        line_break = "" if not place or self._text[place - 1] == "\n" else "\n"
        indent = " " * group.start_mark.column
        self._edit(place, place, line_break + (indent if lines[0] != "\n" else "") + _indent(lines, group))

    def _edit(self, start: int, end: int, middle: str) -> None:
        self._edits.append((start, end, middle.replace("\n", self._line_end)))

    def _line_start(self, index: int) -> int:
        return self._text.rfind("\n", 0, index) + 1

    def _next_line(self, index: int) -> int:
        return self._text.find("\n", index) + 1 or len(self._text)


def _is_block(node: Node) -> bool:
    """Whether it is a group or list that has lines of its own."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style and bool(node.value)


def _is_empty(node: Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value and node.style is None


def _indent(text: str, group: Node) -> str:
    """The lines of a text but for the first, moved right to where the fields or entries of a group start."""
    lines = text.split("\n")
    return "\n".join([lines[0], *(" " * group.start_mark.column + line if line else line for line in lines[1:])])
