"""The JSON Schema files: up to date with the types, and of the same mind as the program."""

import argparse
import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.authoring.json_schema import make_editor_settings, make_schema, make_schemas, schema_path
from generator.authoring.reference import compose_example
from generator.cli.main import main
from generator.cli.schema import make_documents, run
from generator.content.kinds import KINDS, ContentKind
from generator.files.tree import MemoryTree
from generator.formats.document import FRONT_MATTER
from generator.formats.yaml_reader import load_yaml
from generator.i18n.words import load_words
from generator.schema.validation import convert
from tests import sites

WORDS = sites.real_words()
NAMES = [kind.name for kind in KINDS]


def find_errors(schema: dict[str, Any], data: Any) -> list[str]:
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker(["date"]))
    return [error.message for error in validator.iter_errors(data)]


def kind_of(path: str) -> ContentKind:
    return next(kind for kind in reversed(KINDS) if re.fullmatch(to_regex(kind.pattern), path))


def to_regex(pattern: str) -> str:
    anywhere, here = re.escape(pattern).replace(r"\*\*/", "(?:.+/)?"), r"\*"
    return anywhere.replace(here, "[^/]*").replace(r"\[0\-9\]", "[0-9]")


def read_data(text: str, path: str) -> Any:
    head = FRONT_MATTER.match(text) if path.endswith(".md") else None
    return load_yaml(head[1] if head else text, path)


def real_files() -> Iterator[tuple[str, Any]]:
    """The data of every file of the real site and of the small one."""
    real = {path: sites.real_content().read(path).decode() for path in sites.real_content().paths()}
    for files in (sites.SITE, real):
        for path, text in files.items():
            if path != "words.yaml":
                yield path, read_data(str(text), path)


@pytest.mark.parametrize("path", make_documents(WORDS))
def test_a_generated_file_is_up_to_date_with_the_types(path: str) -> None:
    assert (sites.ROOT / path).read_bytes().decode() == make_documents(WORDS)[path], "Run python3 build.py schema."


def test_the_command_finds_nothing_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--check"]) == 0
    assert main(["schema"]) == 0
    assert capsys.readouterr().out == "Everything is up to date.\n"


def test_the_command_names_what_is_out_of_date(tmp_path: sites.Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "layouts").symlink_to(sites.ROOT / "layouts")
    check, write = (argparse.Namespace(check=is_check, format="json") for is_check in (True, False))
    assert run(check, tmp_path) == 1
    assert {problem["path"] for problem in json.loads(capsys.readouterr().out)} == set(make_documents(WORDS))
    assert run(write, tmp_path) == 0
    assert run(check, tmp_path) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("path", make_schemas(WORDS))
def test_every_schema_is_one(path: str) -> None:
    jsonschema.Draft7Validator.check_schema(make_schemas(WORDS)[path])


def test_every_file_of_the_real_site_and_of_the_small_one_is_valid() -> None:
    for path, data in real_files():
        assert find_errors(make_schema(kind_of(path)), data) == [], path


@pytest.mark.parametrize("kind", KINDS, ids=NAMES)
def test_an_example_with_every_field_is_valid(kind: ContentKind) -> None:
    example = compose_example(kind)
    assert find_errors(make_schema(kind), example) == []
    assert not is_refused(example, kind)


def is_refused(data: Any, kind: ContentKind) -> bool:
    value = convert(data, kind.type, kind.path)
    return isinstance(value, list) and bool(value)


SAMPLES = [
    *((kind_of(path), data) for path, data in real_files()),
    *((kind, compose_example(kind)) for kind in KINDS),
]
VALUES: list[Any] = [
    None, True, False, 0, 1, -1, 2.5, "", " ", "text", "free", "all", "level", "year", "2027-01-31", "2027-02-30",
    "2027-1-31", "https://mountain-school.org/", "http:/x", "/offers/", "//x", "a@b.org", "USD", "usd", "core-cohort",
    "Core Cohort", "x" * 200, [], ["a"], [1, 2], [0], {}, {"from": 1}, {"from": 1, "to": 2}, {"name": "x"}, [{}],
    {"on": "x"}, {"onclick": "x"}, {"data-x": "y"}, {"repo": "a/b"}, {"repo": "a"}, "netlify", "mailto:a@b.org",
]  # fmt: skip


def mutate(data: Any, draw: Any) -> Any:
    """The data with one value replaced, taken away or added, anywhere in it."""
    places: list[tuple[Any, Any]] = []

    def walk(value: Any) -> None:
        for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
            places.append((value, key))
            walk(value[key])

    changed = copy.deepcopy(data)
    walk(changed)
    holder, key = draw(st.sampled_from(places))
    action = draw(st.sampled_from(["replace", "replace", "remove", "add"]))
    if action == "replace":
        holder[key] = draw(st.sampled_from(VALUES))
    elif action == "remove":
        del holder[key]
    elif isinstance(holder, dict):
        holder[draw(st.sampled_from(["nmae", "draft", "to", "url", "note"]))] = draw(st.sampled_from(VALUES))
    else:
        holder.append(draw(st.sampled_from(VALUES)))
    return changed


@given(st.data())
def test_a_schema_and_the_program_find_fault_with_the_same_files(data: st.DataObject) -> None:
    kind, sample = data.draw(st.sampled_from(SAMPLES))
    changed = mutate(sample, data.draw)
    assert bool(find_errors(make_schema(kind), changed)) == is_refused(changed, kind)


@pytest.mark.parametrize(
    "text",
    ["", "home: Start\n", "home: 1\n", 'symptoms_count: {one: "{count} sign", other: "{count} signs"}\n'],
)
def test_the_schema_of_words_takes_what_the_program_takes(text: str) -> None:
    schema = make_schemas(WORDS)[schema_path("words")]
    assert find_errors(schema, load_yaml(text, "words.yaml")) == []
    assert load_words(sites.real_layouts(), MemoryTree({"words.yaml": text}))[1] == []


@pytest.mark.parametrize("text", ["hoem: Start\n", "home: ''\n", "home: [a]\n", "home: {other: a}\n", "- a\n"])
def test_the_schema_of_words_refuses_what_the_program_refuses(text: str) -> None:
    schema = make_schemas(WORDS)[schema_path("words")]
    assert find_errors(schema, load_yaml(text, "words.yaml"))
    assert load_words(sites.real_layouts(), MemoryTree({"words.yaml": text}))[1]


def test_an_editor_finds_the_schema_of_every_file() -> None:
    associations = make_editor_settings()["yaml.schemas"]
    assert len(associations) == len(KINDS) + 1
    for path in [*sites.real_content().paths(), "words.yaml"]:
        found = [schema for schema, glob in associations.items() if re.fullmatch(to_regex(glob), f"content/{path}")]
        assert len(found) == 1, path
        assert (sites.ROOT / found[0]).is_file()
