"""The content reference: complete, and true in every example."""

import re

import pytest
from msgspec import Struct

from generator.authoring.reference import REFERENCE
from generator.content.kinds import KINDS, ContentKind
from generator.files.tree import MemoryTree
from generator.formats.document import read_markdown, read_yaml, split_sections
from generator.formats.yaml_reader import load_yaml
from generator.schema.fields import FieldNote, iterate_groups, note_fields
from generator.schema.validation import convert
from tests import sites

TEXT = (sites.ROOT / REFERENCE).read_text()
TYPES = {inner: None for kind in KINDS for inner in (kind.fields, *(group for _, group in iterate_groups(kind.fields)))}
FIELDS = [(kind, note) for kind in TYPES for note in note_fields(kind)]
IDS = [f"{kind.__name__}.{note.name}" for kind, note in FIELDS]


def sections() -> dict[str, str]:
    """The text below each heading of a file."""
    return {section.name: section.text for section in split_sections(TEXT)[1]}


@pytest.mark.parametrize(("kind", "note"), FIELDS, ids=IDS)
def test_every_field_has_a_description_and_an_example(kind: type[Struct], note: FieldNote) -> None:
    assert re.fullmatch(r"[`A-Z].*\.", note.description), "A description is a sentence or two."
    assert note.examples


@pytest.mark.parametrize(("kind", "note"), FIELDS, ids=IDS)
def test_every_example_of_a_field_is_valid(kind: type[Struct], note: FieldNote) -> None:
    others = {other.name: other.examples[0] for other in note_fields(kind) if other.required}
    for example in note.examples:
        value = convert({**others, note.name: example}, kind, "example")
        assert isinstance(value, kind), value


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_every_file_is_there_with_every_field(kind: ContentKind) -> None:
    name = kind.path.replace("<", "").replace(">", "")
    text = sections()[name] + (sections()["Blocks"] if "blocks" in kind.fields.__struct_fields__ else "")
    lines = text.splitlines()
    for inner in (kind.fields, *(group for _, group in iterate_groups(kind.fields))):
        for note in note_fields(inner):
            field = f"**`{note.name}`**" if note.required else f"`{note.name}`"
            assert any(line.startswith(f"| {field} |") for line in lines)
            assert note.description.replace("|", "\\|") in text


def test_every_word_is_there() -> None:
    words = sections()["words.yaml"]
    for name in sites.real_words():
        assert f"| `{name}` |" in words


def test_no_field_is_there_that_does_not_exist() -> None:
    known = {note.name for _, note in FIELDS} | set(sites.real_words())
    assert set(re.findall(r"^\| (?:\*\*)?`(\w+)`", TEXT, re.MULTILINE)) == known


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_the_example_of_a_file_is_valid(kind: ContentKind) -> None:
    name = kind.path.replace("<", "").replace(">", "")
    block = re.findall(r"```yaml\n(.*?)```", sections()[name], re.DOTALL)[-1]
    folder = MemoryTree({name: block})
    document = (read_markdown if kind.has_body else read_yaml)(folder, name)
    value = convert(document.data, kind.type, name)
    assert not isinstance(value, list), value


def test_the_links_to_the_files_lead_to_headings() -> None:
    anchors = {re.sub(r"[^\w -]", "", name.lower()).replace(" ", "-") for name in sections()}
    assert set(re.findall(r"\]\(#([^)]+)\)", TEXT)) == anchors


def test_values_that_a_left_out_field_has_are_true() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]* \| `([^`]+)` \|", TEXT, re.MULTILINE)
    found = {(name, load_yaml(default, "a")) for name, default in rows}
    assert {("draft", False), ("language", "en"), ("weight", 1), ("menu", "footer"), ("branch", "main")} <= found
