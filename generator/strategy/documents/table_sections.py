"""Tables of questions, of modules and of offers, as the sections and the values that the form has for them."""

from collections.abc import Iterator, Mapping, Sequence

from generator.formats.markdown_tables import Cell, Table, split_cell
from generator.formats.markdown_tree import Block, SectionNode, SourceText
from generator.formats.titles import clean_title
from generator.i18n.module_words import parse_modules, split_levels, write_modules
from generator.i18n.prices import price_name
from generator.strategy.documents.columns import Column, Known, read_keys
from generator.strategy.documents.model import StrategyOffer


def read_questions(table: Table, columns: Sequence[Column], known: Known) -> dict[str, list[SourceText]]:
    """The questions by the audience that a column names. The other cells of a row are its answers, or its rows."""
    keys = [column if column.role == "audience" else column._replace(role="part") for column in columns]
    at = next(column.at for column in columns if column.role == "question")
    has_rows = any(column.role == "answer" for column in columns)
    wanted = [
        one.at
        for one in columns
        if (one.role == "answer" if has_rows else one.role not in ("question", "audience", "number"))
    ]
    found: dict[str, list[SourceText]] = {}
    for key, row in read_keys(keys, table, known):
        asked = found.setdefault(key.get("audience", ""), [])
        answers = tuple(SourceText(_join(row[column]), row[column].line) for column in wanted if row[column].text)
        if row[at].text:
            asked.append(SourceText(_join(row[at]), row[at].line, answers, len(asked) + 1))
        elif asked:
            asked[-1] = asked[-1]._replace(children=(*asked[-1].children, *answers))
    return found


def write_questions(audiences: Sequence[str], asked: Sequence[SourceText]) -> SectionNode:
    """The section of a self-assessment with these questions for each audience."""
    line = asked[0].line if asked else 0
    block = Block("Ask yourself", "", line, tuple(asked))
    return SectionNode(1, "Self-assessment", line, [], [SectionNode(2, name, line, [block], []) for name in audiences])


def read_modules(table: Table, columns: Sequence[Column]) -> tuple[SectionNode, list[tuple[str, str]]]:
    """The section of the stages and modules of a table, and levels with the modules that it names for them."""
    stages: dict[str, list[tuple[Mapping[str | None, Cell], Sequence[int]]]] = {}
    named: list[SourceText] = []
    taught: dict[str, list[int]] = {}
    stage = ""
    for index, row in enumerate(table.rows[1:], 1):
        told = {column.role: row[column.at] for column in columns if row[column.at].text}
        stage = clean_title(told["level"].text) if "level" in told else stage
        numbers, name = _read_module(told, index)
        if stage:
            stages.setdefault(stage, []).append((told, numbers))
        elif "serves" in told:
            for level in split_levels(_join(told["serves"])):
                taught.setdefault(level, []).extend(numbers)
        if name:
            named.append(SourceText(name, row[0].line, number=numbers[0]))
    sections = [_write_stage(name, rows) for name, rows in stages.items()]
    sections.append(SectionNode(2, "Modules", table.line, [Block(None, "", table.line, tuple(named))], []))
    section = SectionNode(1, "Modules", table.line, [], sections)
    return section, [(level, write_modules(numbers)) for level, numbers in taught.items()]


def _read_module(told: Mapping[str | None, Cell], index: int) -> tuple[Sequence[int], str]:
    """The numbers of the modules in a row, and the name of the one."""
    texts = {role: _join(told[role]) for role in ("number", "modules", "name") if role in told}
    read = {role: parse_modules(text, 0) for role, text in texts.items() if role != "name"}
    found = next((one for one in read.values() if one and one.numbers != "all"), None)
    unnumbered = [text for role, text in texts.items() if read.get(role) is None]
    name = texts.get("name") or (unnumbered[0] if unnumbered else found.note.strip(" :") if found else "")
    return [int(number) for number in found.numbers] if found else [index], name


def _write_stage(name: str, rows: Sequence[tuple[Mapping[str | None, Cell], Sequence[int]]]) -> SectionNode:
    """The section of a stage, with the modules of all its rows."""
    numbers = [number for _, own in rows for number in own]
    line = next(iter(rows[0][0].values())).line
    section = SectionNode(2, f"{name} ({write_modules(numbers)})", line, [], [])
    for role in ("serves", "topics", "outcomes"):
        if cell := next((told[role] for told, _ in rows if role in told), None):
            bullets = tuple(SourceText(part, cell.line) for part in split_cell(cell.text, True))
            is_step = role == "serves"
            section.blocks.append(Block(role, _join(cell) if is_step else "", cell.line, () if is_step else bullets))
    return section


def read_offers(table: Table, columns: Sequence[Column]) -> Iterator[tuple[StrategyOffer, str, list[str]]]:
    """The offers of a table, each with the audience and the levels that it is made to."""
    name_at = next((column.at for column in columns if column.role in ("offer", "name")), 0)
    for row in table.rows[1:]:
        told = {column.role: _join(row[column.at]) for column in columns}
        if name := clean_title(row[name_at].text):
            priced = price_name(name, told.get("price", ""))
            offer = StrategyOffer(*priced, row[name_at].line, told.get("tagline", ""), told.get("link", "").strip("<>"))
            yield offer, told.get("audience", ""), split_levels(told.get("serves") or told.get("level", ""))


def _join(cell: Cell) -> str:
    return " ".join(cell.text.split())
