"""Data to YAML, in the one layout that the program writes: easy to read, and read back as the same data.

Plain values are read back by the rules of `yaml_reader`, so a date stays plain and `no` needs no quotes.
"""

from typing import Any

import yaml

from generator.formats.yaml_reader import resolve_plain

PREFIX = "tag:yaml.org,2002:"
# A group of at most this many characters stands on one line.
SHORT = 80
TAGS = {str: "str", int: "int", float: "float", bool: "bool", type(None): "null"}


class _Writer(yaml.SafeDumper):
    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> Any:
        if kind is yaml.ScalarNode:
            return PREFIX + (TAGS[type(resolve_plain(value))] if implicit[0] else "str")
        return PREFIX + ("seq" if kind is yaml.SequenceNode else "map")

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        # Entries of a list are indented, as the content has them.
        super().increase_indent(flow, False)


class _BlockWriter(_Writer):
    def represent(self, data: Any) -> None:
        node: Any = self.represent_data(data)
        _choose_style(node)
        node.flow_style = False
        self.serialize(node)


def _choose_style(node: yaml.Node) -> None:
    """One line for a list of plain words and for a short group, else lines of its own for each entry."""
    if isinstance(node, yaml.SequenceNode):
        parts = list(node.value)
        short = all(isinstance(part, yaml.ScalarNode) and " " not in part.value for part in parts)
    elif isinstance(node, yaml.MappingNode):
        parts = [part for pair in node.value for part in pair]
        plain = all(isinstance(part, yaml.ScalarNode) for part in parts)
        short = plain and sum(len(part.value) + 2 for part in parts) <= SHORT
    else:
        return
    node.flow_style = short
    for part in parts:
        _choose_style(part)


def write_yaml(data: Any) -> str:
    """A YAML text that ends in a line end. Dates are given as text."""
    return str(yaml.dump(data, Dumper=_BlockWriter, allow_unicode=True, sort_keys=False, width=float("inf")))


def write_flow(data: Any) -> str:
    """The same on one line."""
    text = yaml.dump(
        data, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=float("inf"), default_flow_style=True
    )
    return str(text).removesuffix("...\n").rstrip("\n")


def comment(text: str) -> str:
    """The lines of a text as comments."""
    return "".join(f"# {line}".rstrip() + "\n" for line in text.splitlines())
