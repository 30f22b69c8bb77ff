"""YAML text to data, and where in the text each value stands.

Plain values are read by the rules of version 1.2's core schema, so that `no`, `1:30` and dates stay the
text an editor wrote. Anchors, aliases and tags are not for editors: what looks like one is a text that
lacks quotes.

PyYAML is loaded with the first text: a build that knows its data from an earlier one does without.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache
from types import MappingProxyType
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
DEEPEST = 40
TOO_DEEP = ("yaml-too-deep", "values are nested too deeply here.", "Check the brackets.")
# What ends a text without quotes. A comment that is meant has two blanks before it, as usual, and no number behind it.
# Where there is no text at all, one behind its sign is enough. A text of several lines may also end between them.
CUT = re.compile(r"[ \t](?=#)|[ \t]+(?=#\d)")
CUT_AT_START = re.compile(r"[ \t]+(?=#[^\s#])")
CUT_BELOW = re.compile(r"(?:[ \t]*\n)+([ \t]+)(?=#[^\s#])")
CUT_IN_BRACES = re.compile(r"[{,][^\"'#]*:[ \t]+(?=#[^\s#])|\[[ \t]*(?=#[^\s#])")
CUT_MESSAGE = ("yaml-cut-text", "the text ends here, before the sign #.",
               "Put quotes around all of it, or two blanks before a comment and one behind its sign.")  # fmt: skip
# A colour behind the sign, rather than a remark.
CUT_COLOR = re.compile(r"#(?:[0-9A-Fa-f]{3}){1,2}(?=[ \t]*(?:[,}\]#]|$))", re.MULTILINE)
# A field whose colon is followed by its value at once; not a web address, and not the last colon of a text.
NO_BLANK = re.compile(r"^[ -]*[\w-]+:(?=[^\s/])|^[ -]*[\w-]+:(?=[^\S \t\n])")
UNQUOTED, QUOTE = "yaml-unquoted-sign", "Put quotes around it."

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
    "expected <document start>": (
        "yaml-misplaced-line", "this line does not belong to what is above it.",
        "Begin all fields in the first column, and delete a line of three dots.", False),
    "block sequence entries": (
        "yaml-misplaced-list", "a list cannot begin on this line.",
        "Put each entry on a line of its own, or write [one, two].", False),
    "expected '-' indicator": (
        "yaml-misplaced-list", "this does not belong to the list above it.",
        "Begin each entry with '- ', all indented alike.", False),
    "mapping keys are not allowed": (UNQUOTED, "a text cannot begin with a question mark.", QUOTE, False),
    "comment or line break": (
        UNQUOTED, "a text cannot begin like this.", "A text with > or | in front needs quotes.", True),
    "alias": (UNQUOTED, "a text cannot begin with an asterisk.", QUOTE, True),
    "anchor": (UNQUOTED, "a text cannot begin with an ampersand.", QUOTE, True),
    "tab character": ("yaml-tab", "a tab cannot indent.", "Use spaces.", False),
    "directive": (UNQUOTED, "a line cannot begin with a percent sign.", "Put quotes around the text.", True),
    "block mapping: did not find expected key": (
        "yaml-indent", "this does not belong to what is above it.", "Indent all fields of a group alike.", False),
    "maximum nesting depth": (*TOO_DEEP, False),
}  # fmt: skip


# Makes data of a YAML text, as `load_yaml` does, given the name of its file and the number of lines above it.
LoadYaml = Callable[[str, str, int], Any]


class Mark(Protocol):
    """A place in a YAML text, counted from 0."""

    line: int
    column: int


def load_yaml(text: str, path: str, offset: int = 0) -> Any:
    """The data of a YAML text; `offset` is the number of lines above it in its file.

    Raises `SiteError` where it is not YAML, or has a field twice.
    """
    reader = _EventReader(text, path, offset)
    data = reader.read()
    if reader.problems:
        raise SiteError(reader.problems)
    return data


def locate_value(text: str, keys: Keys) -> tuple[int, int]:
    """Line and column of the field or list entry behind `keys`, or of the nearest above it that exists."""
    marks = _find_places(text)[0]
    nearest = next((marks[keys[:count]] for count in range(len(keys), -1, -1) if keys[:count] in marks), None)
    return (nearest.line + 1, nearest.column + 1) if nearest else (1, 1)


def explain_cut(text: str, place: Position) -> tuple[str, str, str]:
    """Code, message and hint for a value that a # ends at a place in a text."""
    line = text.split("\n")[place.line - 1]
    if color := CUT_COLOR.match(line, place.column - 1):
        return (
            CUT_MESSAGE[0],
            "this colour is lost, since a # begins a comment.",
            f'Put quotes around it: "{color[0]}".',
        )
    return CUT_MESSAGE


def find_cut_texts(text: str) -> Mapping[Keys, Position]:
    """The values without quotes that a # ends, and where, unless that is clearly a comment."""
    return _find_places(text)[1]


@lru_cache(maxsize=8)
def _find_places(text: str) -> tuple[Mapping[Keys, Mark], Mapping[Keys, Position]]:
    """Where each value stands, and where some are cut short. A file with one problem often has more."""
    reader = _EventReader(text, "", 0)
    with suppress(SiteError):
        reader.read()
    return MappingProxyType(reader.marks), MappingProxyType(reader.cuts)


class _EventReader:
    """Makes data of the parser's events. `problems`, `marks` (where each value stands) and `cuts` (where a # ends one)
    grow as they are found.
    """

    def __init__(self, text: str, path: str, offset: int) -> None:
        import yaml

        self.text, self.path, self.offset = text, path, offset
        self.problems: list[Diagnostic] = []
        self.marks: dict[Keys, Mark] = {}
        self.cuts: dict[Keys, Position] = {}
        self._yaml = yaml
        self._events: Iterator[Any] = yaml.parse(text, Loader=yaml.CBaseLoader)

    def read(self) -> Any:
        """The data of the text. Raises `SiteError` where it cannot be read on."""
        try:
            return self._read_document()
        except self._yaml.MarkedYAMLError as error:
            raise SiteError([_explain(error, self)]) from None
        except self._yaml.reader.ReaderError as error:
            line, column = find_position(self.text, error.position)
            position = Position(line + self.offset, column)
            message = f"the character U+{ord(self.text[error.position]):04X} has no place in a text."
            raise SiteError([error_at("control-character", self.path, position, message, "Delete it.")]) from None

    def _read_document(self) -> Any:
        next(self._events)  # the stream begins
        if isinstance(next(self._events), self._yaml.StreamEndEvent):
            return None
        event = next(self._events)
        self.marks[()] = event.start_mark
        data = self._build(event, ())
        next(self._events)  # the document ends
        event = next(self._events)
        if isinstance(event, self._yaml.DocumentStartEvent):
            message, hint = "a second document begins here.", "Delete the line of three hyphens."
            raise SiteError([self.problem(event.start_mark, "yaml-second-document", message, hint)])
        return data

    def _build(self, event: Any, keys: Keys) -> Any:
        """The value that begins with an event, behind `keys`."""
        kind = type(event)
        if kind is self._yaml.AliasEvent or event.anchor or event.tag:
            sign = "asterisk" if kind is self._yaml.AliasEvent else "ampersand" if event.anchor else "exclamation mark"
            message = f"a text cannot begin with an {sign}."
            raise SiteError([self.problem(event.start_mark, UNQUOTED, message, QUOTE)])
        if kind is self._yaml.ScalarEvent:
            if odd := CONTROL.search(event.value):
                message = f"this text has the control character U+{ord(odd[0]):04X} in it."
                hint = "Use single quotes where a backslash is meant."
                self._report(event, "control-character", message, hint)
            if event.style:
                return event.value
            value = resolve_plain(event.value)
            if isinstance(value, str | None) and (end := self._find_cut(event, keys)):
                self.cuts[keys] = find_position(self.text, end)
            return value
        if len(keys) > DEEPEST:
            raise SiteError([self.problem(event.start_mark, *TOO_DEEP)])
        return self._build_list(keys) if kind is self._yaml.SequenceStartEvent else self._build_group(keys)

    def _find_cut(self, event: Any, keys: Keys) -> int:
        """Where the # is that ends a plain text too early; 0 if there is none."""
        end = event.end_mark.index
        if cut := (CUT if event.value else CUT_AT_START).match(self.text, end):
            return cut.end()
        below = CUT_BELOW.match(self.text, end) if event.value and keys in self.marks else None
        # What goes on with a text is further right than its field.
        is_further = below and len(below[1]) >= self.marks[keys].column + isinstance(keys[-1], str)
        return below.end() if below and is_further else 0

    def _build_list(self, keys: Keys) -> list[Any]:
        data: list[Any] = []
        while type(event := next(self._events)) is not self._yaml.SequenceEndEvent:
            here = (*keys, len(data))
            self.marks[here] = event.start_mark
            data.append(self._build(event, here))
        return data

    def _build_group(self, keys: Keys) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while type(event := next(self._events)) is not self._yaml.MappingEndEvent:
            name = str(self._build(event, (*keys, "")))
            if isinstance(event, self._yaml.ScalarEvent):
                name = event.value
            else:
                self._report(event, "yaml-field-name", "the name of a field must be plain text.", QUOTE)
            if name in data:
                self._report(event, "yaml-field-twice", f"the field '{name}' is here twice.", "Keep one of them.")
            here = (*keys, name)
            self.marks.setdefault(here, event.start_mark)
            value = self._build(next(self._events), here)
            data.setdefault(name, value)
        return data

    def _report(self, event: Any, code: str, message: str, hint: str) -> None:
        self.problems.append(self.problem(event.start_mark, code, message, hint))

    def problem(self, mark: Mark | None, code: str, message: str, hint: str) -> Diagnostic:
        if mark is None:
            return error_at(code, self.path, WHOLE_FILE, message, hint)
        return self.problem_at(Position(mark.line + 1, mark.column + 1), code, message, hint)

    def problem_at(self, place: Position, code: str, message: str, hint: str) -> Diagnostic:
        """An error at a place in the text; the lines above it in its file are added."""
        return error_at(code, self.path, Position(place.line + self.offset, place.column), message, hint)


def resolve_plain(value: str) -> Any:
    """A value without quotes. Leading zeros, sexagesimals, dates and `yes`/`no` stay the text they are."""
    if value in CONSTANTS:
        return CONSTANTS[value]
    number = re.fullmatch(NUMBER, value)
    if number:
        return float(value) if number[1] else int(value)
    return value


def _explain(error: "yaml.MarkedYAMLError", reader: _EventReader) -> Diagnostic:
    """What the parser could not read, in words that help to mend it."""
    said = f"{error.context or ''}: {error.problem or ''}"
    mark = error.problem_mark or error.context_mark
    before, at = _around(reader.text, mark)
    if "cannot start any token" in said or ("expected node content" in said and "flow" not in said and at in ",]}"):
        if at == "\t":
            return reader.problem(mark, *EXPLANATIONS["tab character"][:3])
        return reader.problem(mark, UNQUOTED, f"a text cannot begin with {at}.", QUOTE)
    last = mark.line + 1 if mark else 0
    if "':'" in said or "mapping values" in said:
        for number in (last - 1, last):  # the line above it may have begun a text that goes on here
            if found := NO_BLANK.match([*reader.text.split("\n"), ""][number - 1]):
                message, hint = "a blank is missing behind the colon.", "Write it as name: value."
                return reader.problem_at(Position(number, found.end() + 1), "yaml-missing-blank", message, hint)
    begun = error.context_mark.line + 1 if error.context_mark and "flow" in said else last - 1
    for place in reader.cuts.values():
        if begun <= place.line <= last:
            return reader.problem_at(place, *explain_cut(reader.text, place))
    first = max(0, begun - 3)
    for number, line in enumerate(reader.text.split("\n")[first:last] if "flow" in said else [], first + 1):
        if found := CUT_IN_BRACES.search(line):
            place = Position(number, found.end() + 1)
            return reader.problem_at(place, *explain_cut(reader.text, place))
    if "did not find expected key" in said and before and before[-1] in "\"']}":
        if at == ",":
            return reader.problem(mark, "yaml-comma", "this comma is too many.", "Delete it.")
        what = "quote" if before[-1] in "\"'" else "bracket"
        message, hint = f"the text ends at the {what} before this.", "Put double quotes around all of it."
        return reader.problem(mark, "yaml-early-quote", message, hint)
    for clue, (code, message, hint, at_start) in EXPLANATIONS.items():
        if clue in said:
            return reader.problem((at_start and error.context_mark) or mark, code, message, hint)
    message = f"this is not valid YAML: {error.problem or error.context}."
    return reader.problem(mark, "yaml-syntax", message, "Check this line.")


def _around(text: str, mark: Mark | None) -> tuple[str, str]:
    """The line up to a mark, without the spaces before that, and the character at it."""
    if mark is None:
        return "", ""
    line = [*text.split("\n"), ""][mark.line]
    return line[: mark.column].rstrip(), line[mark.column : mark.column + 1]
