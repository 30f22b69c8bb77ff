"""What the columns and rows of a table are: levels, audiences, or parts of them."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.formats.markdown_tables import NOTHING, Cell, Table
from generator.formats.markdown_tree import SectionNode
from generator.formats.names import match_name, normalise
from generator.formats.titles import clean_title
from generator.i18n.headings import classify, find_kind
from generator.i18n.level_words import is_level, parse_level

KEYS = ("audience", "level", "number", "name")
# What cells say in a section that is for one thing.
KINDS_OF_SECTIONS = {"success metrics": "success", "self-assessment": "signs", "messages by level": "focus"}


class Column(NamedTuple):
    """A column: its head, and its place. `role` is a part such as `symptoms`, or a key such as `level`; a column may
    be for one level or for one audience instead.
    """

    head: str
    line: int
    at: int
    role: str | None = None
    level: str | None = None
    audience: str | None = None

    @property
    def is_known(self) -> bool:
        return bool(self.role or self.level or self.audience)


class Known(NamedTuple):
    """The names of the levels and audiences that a document has elsewhere."""

    levels: Sequence[str]
    audiences: Sequence[str]

    def find_audience(self, text: str) -> str | None:
        at = match_name(clean_title(text), [(name,) for name in self.audiences]) if text else None
        return None if at is None else self.audiences[at]


class Place(NamedTuple):
    """Where a table stands: the level and the section around it, what its cells are by the words above them, and the
    nearest heading that is a name of its own.
    """

    level: str
    section: str | None
    kind: str | None
    heading: SectionNode | None
    path: Sequence[SectionNode]

    @property
    def may_begin(self) -> bool:
        """Whether a level may be new here: sections for all audiences speak of those that there are."""
        return self.section not in KINDS_OF_SECTIONS


def find_place(label: str | None, path: Sequence[SectionNode], exact: bool) -> Place:
    """The place below a label. `exact`: a heading that only has the word for a section in it is a name."""
    level, section, kind, heading = "", None, find_kind(label, "level", "message"), None
    for one in path:
        if is_level(one.title):
            level = one.title
        elif found := find_kind(one.title, "sections", exact=exact):
            section, heading = found, None
        elif part := find_kind(one.title, "level", "message", exact=True):
            kind = kind or part
        else:
            heading = one
    return Place(level, section, kind or KINDS_OF_SECTIONS.get(section or ""), heading, path)


def orient(table: Table) -> Table:
    """The table with its parts side by side: what has them one below the other is turned. Questions are no parts."""
    heads, first = table.rows[0][1:], [row[0] for row in table.rows[1:]]
    side, below = (sum(_find_role(cell.text) is not None for cell in cells) for cells in (heads, first))
    return table.transpose() if below > side else table


def _find_role(text: str) -> str | None:
    is_sentence = len(text) > 30 or text.endswith("?")
    return find_kind(text, "table", exact=True) or find_kind(text, "level", "message", exact=is_sentence)


def read_columns(table: Table, groups: tuple[str, ...], known: Known) -> list[Column]:
    """The columns of a table. `groups` are those of the headings that come first where it stands."""
    texts = [cell.text for cell in table.rows[0]]
    kinds = zip(classify(texts, *groups, exact=True), classify(texts, *groups), strict=True)
    columns = []
    for at, (cell, (exact, near)) in enumerate(zip(table.rows[0], kinds, strict=True)):
        text = clean_title(cell.text)
        column = Column(text, cell.line, at, find_kind(text, "table", exact=True) or exact)
        if column.role is None and (is_level(text) or normalise(text) in known.levels):
            column = column._replace(level=text)
        elif column.role is None:
            audience = known.find_audience(text)
            column = column._replace(audience=audience, role=None if audience else near or find_kind(text, "table"))
        columns.append(column)
    return columns


def read_keys(columns: Sequence[Column], table: Table, known: Known) -> Iterator[tuple[dict[str, str], Sequence[Cell]]]:
    """Each row with what it is for: its `level` and its `audience`. A cell that is empty goes on with the one above."""
    is_open = not columns[0].is_known and not any(column.role in KEYS for column in columns)
    above: dict[str, str] = {}
    for row in table.rows[1:]:
        texts = {column.role: row[column.at].text for column in columns if column.role in KEYS}
        keys = {key: clean_title(" ".join(text.split())) for key, text in texts.items() if text not in NOTHING}
        if is_open and row[0].text:
            audience = known.find_audience(row[0].text)
            keys = {"audience": audience} if audience else {"level": row[0].text}
        number, name = parse_level(keys.get("level", ""))
        number = parse_level(keys.get("number", ""))[0] if number is None else number
        name = keys.get("name", name)
        found = {
            "level": name if number is None else f"Level {number}: {name}".rstrip(": "),
            "audience": keys.get("audience"),
        }
        above = {**above, **{key: text for key, text in found.items() if text}}
        yield above, row
