"""YAML text to data, and where in the text each value stands.

Plain values are read by the rules of version 1.2's core schema, so that `no`, `1:30` and dates stay the
text an editor wrote. Anchors, aliases and tags are not for editors: what looks like one is a text that
lacks quotes.

PyYAML is loaded with the first text: a build that knows its data from an earlier one does without.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from generator.diagnostics.diagnostic import (
    CONTROL,
    WHOLE_FILE,
    Diagnostic,
    Keys,
    Position,
    SiteError,
    error_at,
    find_position,
)

if TYPE_CHECKING:
    import yaml

LONGEST_NUMBER = 18
NUMBER = r"[-+]?(?:0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?"
CONSTANTS = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
SIGIL = r"(?m:^|[\s\[{,:])[&!]"
DEEPEST = 40
# The parser recurses; what might be nested so deeply that it crashes is looked at beforehand.
MANY_BRACKETS = 1000
UNQUOTED = "yaml-unquoted-sign"
TOO_DEEP = ("yaml-too-deep", "values are nested too deeply here.", "Check the brackets.")

# What the parser says, and what that means to an editor: code, message, hint, and whether the mistake is where the
# construct begins that the parser could not finish, rather than where it gave up.
EXPLANATIONS: dict[str, tuple[str, str, str, bool]] = {
    "quoted scalar: found unexpected": (
        "yaml-open-quote", "the quote that opens here is not closed.", "Close it on the same line.", True),
    "unknown escape character": (
        "yaml-backslash", "a backslash means something else within double quotes.",
        "Use single quotes, or write it twice.", False),
    "expected ',' or ']'": (
        "yaml-open-bracket", "the bracket that opens here is not closed.",
        "Close it with ], and put a comma between entries.", True),
    "expected ',' or '}'": (
        "yaml-open-bracket", "the brace that opens here is not closed.",
        "Close it with }, and put a comma between fields.", True),
    "expected node content": (
        "yaml-missing-entry", "an entry is missing here, or a bracket is not closed.",
        "Check brackets and commas.", True),
    "expected ':'": (
        "yaml-missing-colon", "this line has no colon, so it is no field.", "Write it as name: value.", True),
    "mapping values are not allowed": (
        "yaml-extra-colon", "there is a colon too many, or the line is indented too far.",
        "A text with a colon needs quotes around it.", False),
    "another document": (
        "yaml-second-document", "a second document begins here.", "Delete the line of three hyphens.", False),
    "expected <document start>": (
        "yaml-misplaced-line", "this line does not belong to what is above it.",
        "Begin all fields in the first column, and delete a line of three dots.", False),
    "block sequence entries": (
        "yaml-misplaced-list", "a list cannot begin on this line.",
        "Put each entry on a line of its own, or write [one, two].", False),
    "comment or line break": (
        UNQUOTED, "a text cannot begin like this.", "A text with > or | in front needs quotes.", True),
    "alias": (UNQUOTED, "a text cannot begin with an asterisk.", "Put quotes around it.", True),
    "anchor": (UNQUOTED, "a text cannot begin with an ampersand.", "Put quotes around it.", True),
    "tab character": ("yaml-tab", "a tab cannot indent.", "Use spaces.", False),
    "directive": (UNQUOTED, "a line cannot begin with a percent sign.", "Put quotes around the text.", True),
    "block mapping: did not find expected key": (
        "yaml-indent", "this does not belong to what is above it.", "Indent all fields of a group alike.", False),
}  # fmt: skip


# Makes data of a YAML text, as `load_yaml` does, given the name of its file and the number of lines above it.
LoadYaml = Callable[[str, str, int], Any]


class Mark(Protocol):
    """A place in a YAML text, counted from 0."""

    line: int
    column: int


class Node(Protocol):
    """A value in a YAML text: a scalar, which has a style where it is quoted, a sequence, or a mapping."""

    id: str
    value: Any
    style: str | None
    start_mark: Mark


def load_yaml(text: str, path: str, offset: int = 0) -> Any:
    """The data of a YAML text; `offset` is the number of lines above it in its file.

    Raises `SiteError` where it is not YAML, or has a field twice.
    """
    builder = _Builder(path, offset)
    node = _compose(text, builder)
    data = None if node is None else builder.build(node, 0)
    if builder.problems:
        raise SiteError(builder.problems)
    return data


def locate_value(text: str, keys: Keys) -> tuple[int, int]:
    """Line and column of the field or list entry behind `keys`, or of the nearest above it that exists.

    The text has been read before, and was YAML.
    """
    node = _compose_again(text)
    if node is None:
        return 1, 1
    mark = node.start_mark
    for key in keys:
        if node.id == "mapping":
            pair = next((pair for pair in node.value if pair[0].value == key), None)
            if pair is None:
                break
            mark = pair[0].start_mark
            node = pair[1]
        elif node.id == "sequence" and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            mark = node.start_mark
        else:
            break
    return mark.line + 1, mark.column + 1


@lru_cache(maxsize=8)
def _compose_again(text: str) -> Node | None:
    """A file with one problem often has more."""
    return _compose(text, _Builder("", 0))


class _Builder:
    """Makes data of nodes. `problems` grows as they are found."""

    def __init__(self, path: str, offset: int) -> None:
        self.path = path
        self.offset = offset
        self.problems: list[Diagnostic] = []

    def build(self, node: Node, depth: int) -> Any:
        if node.id == "scalar":
            if odd := CONTROL.search(node.value):
                message = f"this text has the control character U+{ord(odd[0]):04X} in it."
                hint = "Use single quotes where a backslash is meant."
                self.report(node.start_mark, "control-character", message, hint)
            return node.value if node.style else resolve_plain(node.value)
        if depth > DEEPEST:
            raise SiteError([self.problem(node.start_mark, *TOO_DEEP)])
        if node.id == "sequence":
            return [self.build(item, depth + 1) for item in node.value]
        data: dict[str, Any] = {}
        for key, value in node.value:
            if key.id != "scalar":
                message = "the name of a field must be plain text."
                self.report(key.start_mark, "yaml-field-name", message, "Put quotes around it.")
            elif key.value in data:
                message = f"the field '{key.value}' is here twice."
                self.report(key.start_mark, "yaml-field-twice", message, "Keep one of them.")
            else:
                data[key.value] = self.build(value, depth + 1)
        return data

    def report(self, mark: Mark | None, code: str, message: str, hint: str) -> None:
        self.problems.append(self.problem(mark, code, message, hint))

    def problem(self, mark: Mark | None, code: str, message: str, hint: str) -> Diagnostic:
        position = Position(mark.line + 1 + self.offset, mark.column + 1) if mark else WHOLE_FILE
        return error_at(code, self.path, position, message, hint)


def resolve_plain(value: str) -> Any:
    """A value without quotes. Leading zeros, sexagesimals, dates and `yes`/`no` stay the text they are."""
    if value in CONSTANTS:
        return CONSTANTS[value]
    if value[0] in "-+0123456789":
        number = re.fullmatch(NUMBER, value)
        if number:
            return float(value) if number[1] else int(value)
    return value


def _compose(text: str, builder: _Builder) -> Node | None:
    import yaml

    loader = yaml.CBaseLoader(text)
    try:
        if re.search(SIGIL, text) or sum(map(text.count, ("[", "{", "- ", "? "))) > MANY_BRACKETS:
            _check_events(text, builder)
        found: Any = loader.get_single_node()
        node: Node | None = found
        return node
    except yaml.MarkedYAMLError as error:
        raise SiteError([_explain(error, text, builder)]) from None
    except yaml.reader.ReaderError as error:
        line, column = find_position(text, error.position if isinstance(error.position, int) else 0)
        position = Position(line + builder.offset, column)
        message = f"the character U+{ord(text[error.position]):04X} has no place in a text."
        raise SiteError([error_at("control-character", builder.path, position, message, "Delete it.")]) from None
    finally:
        loader.dispose()


def _check_events(text: str, builder: _Builder) -> None:
    """Raises `SiteError` at anchors, tags, and nesting so deep that composing it would crash."""
    import yaml

    depth = 0
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        sign = "an ampersand" if getattr(event, "anchor", None) else "an exclamation mark"
        if depth > DEEPEST:
            builder.report(event.start_mark, *TOO_DEEP)
        elif not isinstance(event, yaml.AliasEvent) and (getattr(event, "anchor", None) or getattr(event, "tag", None)):
            builder.report(event.start_mark, UNQUOTED, f"a text cannot begin with {sign}.", "Put quotes around it.")
        if builder.problems:
            raise SiteError(builder.problems)


def _explain(error: "yaml.MarkedYAMLError", text: str, builder: _Builder) -> Diagnostic:
    """What the parser could not read, in words that help to mend it."""
    said = f"{error.context or ''}: {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    before, at = _around(text, mark)
    if "cannot start any token" in said:
        if at == "\t":
            return builder.problem(mark, *EXPLANATIONS["tab character"][:3])
        return builder.problem(mark, UNQUOTED, f"a text cannot begin with {at}.", "Put quotes around it.")
    if "did not find expected key" in said and before and before[-1] in "\"'":
        message, hint = "the text ends at the quote before this.", "Put double quotes around all of it."
        return builder.problem(mark, "yaml-early-quote", message, hint)
    for clue, (code, message, hint, at_start) in EXPLANATIONS.items():
        if clue in said:
            return builder.problem((at_start and error.context_mark) or mark, code, message, hint)
    message = f"this is not valid YAML: {error.problem or error.context}."
    return builder.problem(mark, "yaml-syntax", message, "Check this line.")


def _around(text: str, mark: Mark | None) -> tuple[str, str]:
    """The line up to a mark, without the spaces before that, and the character at it."""
    if mark is None:
        return "", ""
    line = text.split("\n")[mark.line] if mark.line < text.count("\n") + 1 else ""
    return line[: mark.column].rstrip(), line[mark.column : mark.column + 1]
