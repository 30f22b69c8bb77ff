"""One file an editor wrote: its YAML, its sections, and where in the file each value stands.

Lines are looked up in the text only when there is a problem.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from msgspec import Struct, structs

from generator.diagnostics.diagnostic import (
    CONTROL,
    WHOLE_FILE,
    Diagnostic,
    Keys,
    Pointer,
    Position,
    SiteError,
    error_at,
    find_position,
    warning_at,
)
from generator.files.scan import explain
from generator.files.tree import Tree
from generator.formats.lists import Bullet, blank_comments, read_list
from generator.formats.yaml_reader import LoadYaml, explain_cut, find_cut_texts, load_yaml, locate_value

FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
CONFLICT = re.compile(r"<{7}( |$)|>{7} \S")
HEADING = re.compile(r"^ {0,3}##[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
# Groups the bullets of a section.
THEME = re.compile(r"^ {0,3}###[ \t]+(?!#+[ \t]*$)(\S.*?)(?:[ \t]+#+)?[ \t]*$")
# Whatever was meant as a heading; one sign without a blank may begin a hashtag.
MARKED = re.compile(r"^ {0,3}(?:#[ \t]|##)")
EMPTY_HEADING = ("this heading is empty.", "Write what it says, or delete it.")
# The values of a page, an audience or a level that stand below the front matter.
BELOW = ("body", "opening", "symptoms", "keys", "success")


class Item(Struct, frozen=True):
    """One bullet of a list, in Markdown, with the bullets nested below it. `theme` is the heading right above it."""

    text: str
    items: tuple["Item", ...] = ()
    theme: str = ""


class Section(NamedTuple):
    """A part of a Markdown body below an `##` heading; `line` is that of the heading."""

    name: str
    line: int
    text: str


class Document(NamedTuple):
    """One file: the data of its YAML, and for Markdown its opening text and its sections."""

    path: str
    text: str
    data: Any
    body: str = ""
    body_line: int = 1
    opening: str = ""
    sections: tuple[Section, ...] = ()

    def position_of(self, keys: Keys) -> Position:
        """Where in the file the value that `keys` lead to stands."""
        if not self.path.endswith(".md"):
            return Position(*locate_value(self.text, keys))
        front = FRONT_MATTER.match(self.text)
        if front is None:
            return Position(1, 1)
        if keys and keys[0] in BELOW:
            return Position(self.text.count("\n", 0, front.end()) + 1, 1)
        line, column = locate_value(front[1], keys)
        return Position(line + 1, column)

    def find_cut_texts(self) -> dict[Keys, Diagnostic]:
        """What to say of each value without quotes that a # ends: a warning if a comment may be meant, with a blank
        behind the sign or two before it; an error if it is within a text.
        """
        if " #" not in self.text and "\t#" not in self.text:
            return {}
        front = FRONT_MATTER.match(self.text) if self.path.endswith(".md") else None
        text = front[1] if front else self.text
        lines, found = text.split("\n"), dict[Keys, Diagnostic]()
        for keys, (line, column) in find_cut_texts(text).items():
            around = lines[line - 1][max(column - 3, 0) : column - 1], lines[line - 1][column : column + 1]
            report = error_at if all(part.strip() for part in around) else warning_at
            code, message, hint = explain_cut(text, Position(line, column))
            found[keys] = report(code, self.path, Position(line + bool(front), column), message, hint)
        return found

    def locate(self, diagnostic: Diagnostic) -> Diagnostic:
        """The diagnostic with its line and column: of the value that its keys lead to or, from there on, its text."""
        pointer = diagnostic.position
        if isinstance(pointer, Position):
            return diagnostic._replace(path=self.path)
        position = self.position_of(pointer.keys)
        start = len("".join(self.text.splitlines(keepends=True)[: position.line - 1]))
        if (index := find_pointed(self.text, start, pointer)) >= 0:
            position = find_position(self.text, index)
        return diagnostic._replace(path=self.path, position=position)


def find_pointed(text: str, start: int, pointer: Pointer) -> int:
    """Where in the text of a file the place of a pointer is, from `start` on; -1 if nothing says more.

    A value stands in its file as it was read, or line by line, or written in another way, as YAML allows.
    """
    if pointer.source:
        first, last = pointer.source.rfind("\n", 0, pointer.offset) + 1, pointer.source.find("\n", pointer.offset)
        line = pointer.source[first : last if last >= 0 else None]
        for piece, offset in ((pointer.source, pointer.offset), (line, pointer.offset - first)):
            if piece.strip() and (index := text.find(piece, start)) >= 0:
                return index + offset
    return text.lower().find(pointer.text.lower(), start) if pointer.text else -1


def read_text(folder: Tree, path: str) -> str:
    """The text of a file, with line ends as `\\n` and no byte order mark.

    Raises `SiteError` if it cannot be read, and as `decode_text` does.
    """
    return decode_text(read_bytes(folder, path), folder.name_of(path))


def read_bytes(folder: Tree, path: str) -> bytes:
    """What is in a file. Raises `SiteError` if it cannot be read."""
    try:
        return folder.read(path)
    except OSError as error:
        raise SiteError([error_at("unreadable-file", folder.name_of(path), WHOLE_FILE, *explain(error))]) from None


def find_obstacles(folder: Tree) -> list[Diagnostic]:
    """An error for each place in a folder that cannot be read. While there is one, nobody knows what is missing."""
    return [
        error_at("unreadable-file", show_name(folder.name_of(path)), WHOLE_FILE, *obstacle)
        for path, obstacle in folder.obstacles.items()
    ]


def show_name(path: str) -> str:
    """A path as reports name it, on one line, whatever characters it has."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in path)


def decode_text(data: bytes, shown: str) -> str:
    """The text of a file's bytes; reports call it `shown`.

    Raises `SiteError` at the first byte that is not UTF-8, or at a control character.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        position = Position(before.count(b"\n") + 1, column)
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8."
        raise SiteError([error_at("not-utf-8", shown, position, message, "Save the file as UTF-8.")]) from None
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    odd = CONTROL.search(text)
    if odd:
        position = Position(*find_position(text, odd.start()))
        message = f"the control character U+{ord(odd[0]):04X} has no place in a text."
        hint = "Save the file as UTF-8." if text.count("\0") > 1 else "Delete it."
        raise SiteError([error_at("control-character", shown, position, message, hint)])
    if conflicts := find_conflicts(text, shown.endswith(".md")):
        message, hint = "an unresolved merge conflict begins here.", "Keep one version, and delete the lines of signs."
        raise SiteError([error_at("merge-conflict", shown, Position(line, 1), message, hint) for line in conflicts])
    return text


def find_conflicts(text: str, is_markdown: bool) -> list[int]:
    """The lines where merge conflicts begin that git left in a text; not where Markdown shows one between fences."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return []
    fence, marks, shown = "", list[tuple[int, str]](), list[tuple[int, str]]()
    for number, line in enumerate(text.split("\n"), 1):
        bar = FENCE.match(line) if is_markdown else None
        if bar and (not fence or bar[1].startswith(fence)):
            fence, shown = "" if fence else bar[1], []
        elif CONFLICT.match(line):
            (shown if fence else marks).append((number, line[0]))
    marks += shown  # behind a fence that was never closed
    # Of a conflict that was half resolved, the end may be all that is left.
    return [number for number, sign in marks if sign == "<"] or [number for number, _ in marks]


def read_yaml(folder: Tree, path: str, load: LoadYaml = load_yaml) -> Document:
    """A YAML file. Raises `SiteError` if it is not YAML or has a key twice."""
    text = read_text(folder, path)
    shown = folder.name_of(path)
    return Document(shown, text, load(text, shown, 0))


def read_markdown(folder: Tree, path: str, load: LoadYaml = load_yaml) -> Document:
    """A Markdown file with its front matter. Raises `SiteError` if that is missing or not YAML."""
    text = read_text(folder, path)
    shown = folder.name_of(path)
    front = FRONT_MATTER.match(text)
    if not front:
        begun = text.startswith("---")
        message = "the front matter has no end." if begun else "the file has no front matter."
        hint = "Close it with a line of three hyphens: ---" if begun else "Begin the file with ---, fields, and ---."
        raise SiteError([error_at("front-matter", shown, Position(1, 1), message, hint)])
    data = load(front[1], shown, 1)
    body = text[front.end() :]
    body_line = text.count("\n", 0, front.end()) + 1
    opening, sections = split_sections(body, body_line)
    return Document(shown, text, {} if data is None else data, body, body_line, opening, sections)


def locate(folder: Tree, diagnostic: Diagnostic) -> Diagnostic:
    """A diagnostic of a file below `folder`, with the name of the folder and, if it can be found, its line."""
    shown = folder.name_of(diagnostic.path)
    try:
        text = read_text(folder, diagnostic.path)
    except SiteError:
        return diagnostic._replace(path=shown, position=WHOLE_FILE)
    return Document(shown, text, None).locate(diagnostic)


def split_sections(body: str, first_line: int = 1) -> tuple[str, tuple[Section, ...]]:
    """The text before the first `##` heading, and the sections below each; code fences and comments are left alone."""
    lines, shown = body.split("\n"), blank_comments(body).split("\n")
    opening: list[str] = []
    marks: list[tuple[str, int, list[str]]] = []
    for number, (line, words) in enumerate(zip(lines, _blank_code(shown), strict=True), first_line):
        if "##" in words and (heading := HEADING.match(words)):
            marks.append((heading[1], number, []))
        else:
            (marks[-1][2] if marks else opening).append(line)
    sections = tuple(Section(name, number, "\n".join(lines)) for name, number, lines in marks)
    return "\n".join(opening).strip(), sections


def parse_items(section: Section, path: str) -> tuple[tuple[Item, ...], list[Diagnostic]]:
    """The bullets of a section, and an error for each line that does not belong to its list. Headings of the next rank
    group the bullets.
    """
    lines, first = blank_comments(section.text).split("\n"), section.line + 1
    marked = {number: line for number, line in enumerate(_blank_code(lines), first) if MARKED.match(line)}
    headings = {number: match[1] for number, line in marked.items() if (match := THEME.match(line))}
    bullets, stray = read_list(["" if number in marked else line for number, line in enumerate(lines, first)], first)
    message = f"the section '{section.name}' holds text that is not in its list."
    hint = "Begin each point with '- ', and a heading with '### '."
    problems = [error_at("text-outside-list", path, _begin_of(line, number), message, hint) for number, line in stray]
    problems += [_explain_heading(line, path, number) for number, line in marked.items() if number not in headings]
    themes, empty = _assign_themes(headings, bullets)
    for number in empty:
        message, hint = "no point stands below this heading.", "Add a point below it, or remove it."
        problems.append(error_at("empty-theme", path, Position(number, 1), message, hint))
    items = _make_items(bullets)
    return tuple(structs.replace(item, theme=themes.get(place, "")) for place, item in enumerate(items)), problems


def _blank_code(lines: list[str]) -> Iterator[str]:
    """The lines, those of code between fences empty."""
    fence = ""
    for line in lines:
        bar = FENCE.match(line)
        if bar and (not fence or bar[1].startswith(fence)):
            fence = "" if fence else bar[1]
        yield "" if fence or bar else line


def _begin_of(line: str, number: int) -> Position:
    return Position(number, len(line) - len(line.lstrip()) + 1)


def _explain_heading(line: str, path: str, number: int) -> Diagnostic:
    """What is wrong with a line that was meant as a heading within a section."""
    place, words = _begin_of(line, number), line.strip(" \t#")
    if not words:
        return error_at("empty-heading", path, place, *EMPTY_HEADING)
    hint = f"Write '### {words}', or '## {words}' for another section."
    return error_at("odd-heading", path, place, f"'{line.strip()}' is no heading within a section.", hint)


def _assign_themes(headings: Mapping[int, str], bullets: Sequence[Bullet]) -> tuple[dict[int, str], list[int]]:
    """The heading right above each bullet, by the bullet's place; and the lines of headings without bullets."""
    themes: dict[int, str] = {}
    empty: list[int] = []
    for number in sorted(headings, reverse=True):
        place = next((place for place, bullet in enumerate(bullets) if bullet.line > number), None)
        if place is None or place in themes:
            empty.append(number)
        else:
            themes[place] = headings[number]
    return themes, sorted(empty)


def _make_items(bullets: list[Bullet]) -> tuple[Item, ...]:
    return tuple(Item("\n".join(bullet.text), _make_items(bullet.children)) for bullet in bullets)
