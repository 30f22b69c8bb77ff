"""Puts changed values into a file an editor wrote, and leaves its comments and its layout alone.

`rewrite` takes the text, the data it holds and the data it is to hold. Only lines of what differs change.
"""

import re
from typing import Any

import yaml

from generator.content.file_data import BODY, OPENING, Data, find_points, read_file, write_file, write_points
from generator.diagnostics.diagnostic import SiteError
from generator.formats.document import FRONT_MATTER, HEADING
from generator.formats.lists import COMMENT
from generator.formats.merge import pair_entries
from generator.formats.yaml_writer import write_field, write_yaml

Edit = tuple[int, int, str]


def rewrite(path: str, text: str, old: Data, new: Data) -> str:
    """The text with the data `new` instead of `old`. Where that cannot be done in place, it is written anew."""
    if old == new:
        return text
    try:
        changed = _rewrite_markdown(text, old, new) if path.endswith(".md") else _edit_yaml(text, old, new)
        if read_file(path, changed) == new:
            return changed
    except (SiteError, ValueError, LookupError, yaml.YAMLError):
        pass
    return write_file(path, new)


def _edit_yaml(text: str, old: Data, new: Data) -> str:
    node = yaml.compose(text, Loader=yaml.BaseLoader)
    if node is None or type(old) is not type(new):
        return write_yaml(new)
    edits = _Edits(text)
    edits.change(node, old, new)
    return edits.apply()


class _Edits:
    """Gathers the changes of one YAML text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.edits: list[Edit] = []

    def apply(self) -> str:
        text = self.text
        # From the end to the beginning; of two at one place, the one that was made first comes to stand first.
        ordered = sorted(enumerate(self.edits), key=lambda pair: (*pair[1][:2], pair[0]), reverse=True)
        for _, (start, end, middle) in ordered:
            text = text[:start] + middle + text[end:]
        return text

    def change(self, node: Any, old: Data, new: Data) -> None:
        """Changes within a group or list that has lines of its own."""
        if isinstance(node, yaml.MappingNode) and not node.flow_style:
            self._change_group(node, old, new)
        elif isinstance(node, yaml.SequenceNode) and not node.flow_style:
            self._change_list(node, old, new)
        else:
            raise ValueError("a value on one line has to be replaced")

    def _change_group(self, node: Any, old: dict[str, Data], new: dict[str, Data]) -> None:
        indent = " " * node.start_mark.column
        ends: dict[str, int] = {}
        for index, (key, value) in enumerate(node.value):
            name = key.value
            ends[name] = self._end(value, key)
            if name not in new:
                if index == 0 and self.text[self._line(key) : key.start_mark.index].strip():
                    raise ValueError("the first field of an entry cannot go")
                self._remove(self._line(key), ends[name])
            elif old[name] != new[name]:
                if self._has_lines(value) and type(old[name]) is type(new[name]) and new[name]:
                    self.change(value, old[name], new[name])
                else:
                    self._replace(key.start_mark.index, ends[name], write_field(name, new[name]), indent)
        before: str | None = None
        for name, value in new.items():
            if name not in ends:
                place = ends[before] if before else max(ends.values())
                self._insert(place, write_field(name, value), indent)
            else:
                before = name

    def _change_list(self, node: Any, old: list[Data], new: list[Data]) -> None:
        indent = " " * node.start_mark.column
        pairs = pair_entries(old, new)
        back = {place: index for index, place in pairs.items()}
        ordered = [back[place] for place in sorted(back)]
        if ordered != sorted(ordered):
            raise ValueError("the order has changed")
        dashes = [self._dash(child) for child in node.value]
        ends = [self._end(child, child) for child in node.value]
        for index, child in enumerate(node.value):
            if index not in pairs:
                self._remove(self._line_at(dashes[index]), ends[index])
            elif old[index] != new[pairs[index]]:
                if self._has_lines(child) and isinstance(new[pairs[index]], dict):
                    self.change(child, old[index], new[pairs[index]])
                else:
                    self._replace(dashes[index], ends[index], write_yaml([new[pairs[index]]]), indent)
        last: int | None = None
        for place, value in enumerate(new):
            if place in back:
                last = back[place]
                continue
            entry = write_yaml([value])
            if last is None:
                first = self._line_at(dashes[0])
                self.edits.append((first, first, _indent(entry, indent)))
            else:
                gap = "\n" if isinstance(value, dict) and "\n\n" in self.text[ends[0] : ends[-1]] else ""
                self._insert(ends[last], gap + entry, indent)

    def _remove(self, start: int, last: int) -> None:
        """Takes out whole lines, and with them the empty lines before if others follow."""
        end = self._next_line(last)
        while self.text[max(0, start - 2) : start] == "\n\n" and self.text[end : end + 1] in ("", "\n"):
            start -= 1
        self.edits.append((start, end, ""))

    def _replace(self, start: int, end: int, field: str, indent: str) -> None:
        self.edits.append((start, end, _indent(field.rstrip("\n"), indent).lstrip(" ")))

    def _insert(self, after: int, field: str, indent: str) -> None:
        place = self._next_line(after)
        break_before = "" if self.text[:place].endswith("\n") or not place else "\n"
        self.edits.append((place, place, break_before + _indent(field, indent)))

    def _has_lines(self, node: Any) -> bool:
        return isinstance(node, yaml.CollectionNode) and not node.flow_style and bool(node.value)

    def _end(self, node: Any, key: Any) -> int:
        """Where in the text a value ends."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1], last[0]) if isinstance(last, tuple) else self._end(last, last)
        end = int(node.end_mark.index)
        if isinstance(node, yaml.ScalarNode) and not node.value and node.style is None:
            return int(key.end_mark.index) + 1
        return (
            len(self.text[:end].rstrip("\n")) if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">") else end
        )

    def _dash(self, node: Any) -> int:
        return self.text.rindex("-", 0, node.start_mark.index + (0 if node.start_mark.index else 1))

    def _line(self, node: Any) -> int:
        return self._line_at(int(node.start_mark.index))

    def _line_at(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _next_line(self, index: int) -> int:
        end = self.text.find("\n", index)
        return len(self.text) if end < 0 else end + 1


def _indent(text: str, indent: str) -> str:
    return "\n".join(indent + line if line else line for line in text.split("\n"))


def _rewrite_markdown(text: str, old: Data, new: Data) -> str:
    front = FRONT_MATTER.match(text)
    if front is None:
        raise ValueError("the file has no front matter")
    fields = [{name: value for name, value in data.items() if name[0] != "#"} for data in (old, new)]
    head = text[: front.start(1)] + _edit_yaml(front[1], *fields) + text[front.end(1) : front.end()]
    body = text[front.end() :]
    if BODY in new:
        return head + (body if old.get(BODY) == new[BODY] else f"\n{new[BODY]}\n")
    return head + _rewrite_sections(body, old, new)


def _rewrite_sections(body: str, old: Data, new: Data) -> str:
    parts = re.split(r"(?m)^(?= {0,3}##[ \t])", body)
    opening = parts.pop(0) if not HEADING.match(parts[0].split("\n")[0]) else ""
    if old.get(OPENING, "") != new.get(OPENING, ""):
        opening = f"\n{new[OPENING]}\n\n" if new.get(OPENING) else "\n"
    written = []
    names = [name for name in old if name.startswith("## ")]
    for name, part in zip(names, parts, strict=True):
        if name in new:
            written.append(_rewrite_points(part, old[name], new[name]))
    text = opening + "".join(written)
    for name in new:
        if name.startswith("## ") and name not in old:
            text = f"{text.rstrip()}\n\n{name}\n\n{write_points(new[name])}\n"
    return text


def _rewrite_points(text: str, old: list[str], new: list[str]) -> str:
    """A section with other bullets; those that stay keep their lines."""
    if old == new:
        return text
    if COMMENT.search(text):
        raise ValueError("a comment may hide bullets")
    lines = text.rstrip("\n").split("\n")
    points = find_points(lines)
    back = {place: index for index, place in pair_entries(old, new).items()}
    written = lines[: points[0][0].line] if points else lines
    for place, point in enumerate(new):
        index = back.get(place)
        written += points[index][1] if index is not None and old[index] == point else write_points([point]).split("\n")
    return "\n".join(written).rstrip("\n") + "\n" + text[len(text.rstrip("\n")) + 1 :]
