"""Files of text: bytes, line ends, front matter, sections, and the lists in them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, strategies
from hypothesis.strategies import SearchStrategy

from generator.diagnostics.diagnostic import Pointer, SiteError, error_at
from generator.files.tree import DiskTree, MemoryTree
from generator.formats.document import (
    Item,
    Section,
    locate,
    parse_items,
    read_markdown,
    read_text,
    read_yaml,
    split_sections,
)


def folder(text: str | bytes, path: str = "a.md") -> MemoryTree:
    return MemoryTree({path: text})


# --- Files ---


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"content/none\.md: cannot be read: No such file or directory\."):
        read_text(DiskTree(tmp_path, "content"), "none.md")
    with pytest.raises(SiteError, match=r"content/none\.md: cannot be read: No such file or directory\."):
        read_text(MemoryTree({}), "none.md")


# --- Text ---


@pytest.mark.parametrize("data", [b"a\r\nb\n", b"a\rb\n", b"\xef\xbb\xbfa\nb\n", b"\xef\xbb\xbf\xef\xbb\xbfa\nb\n"])
def test_line_ends_and_byte_order_marks_of_other_systems_do_not_matter(data: bytes) -> None:
    assert read_text(folder(data), "a.md") == "a\nb\n"


def test_characters_of_all_scripts_are_read() -> None:
    text = "naïve — 価格 — سعر — 😀 \u200d \u00ad\n"
    assert read_text(folder(text), "a.md") == text


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\x92", "\u2028", "\u2029", "\ufffe"])
def test_control_characters_are_refused(character: str) -> None:
    with pytest.raises(SiteError) as caught:
        read_text(folder(f"one\ntwo{character}"), "a.md")
    assert f"content/a.md:2:4: the control character U+{ord(character):04X} " in str(caught.value)


def test_the_column_of_a_wrong_byte_counts_characters() -> None:
    with pytest.raises(SiteError, match=r"content/a\.md:1:3: the byte 0xe9 is not UTF-8\."):
        read_text(folder("éé".encode() + b"\xe9"), "a.md")


# --- Front matter ---


def test_a_markdown_file_has_fields_an_opening_and_sections() -> None:
    document = read_markdown(folder("---\na: 1\n---\n\nOpening.\n\n## One\n\n- x\n"), "a.md")
    assert document.path == "content/a.md"
    assert document.data == {"a": 1}
    assert document.opening == "Opening."
    assert document.sections == (Section("One", 7, "\n- x\n"),)


@pytest.mark.parametrize("end", ["---", "--- ", "---\t", "---\n"])
def test_a_file_may_end_with_its_front_matter(end: str) -> None:
    assert read_markdown(folder(f"---\na: 1\n{end}"), "a.md").data == {"a": 1}


def test_three_hyphens_within_a_text_do_not_end_the_front_matter() -> None:
    assert read_markdown(folder("---\na: |\n  x\n  ---\n  y\n---\nBody\n"), "a.md").data == {"a": "x\n---\ny\n"}


def test_a_line_of_hyphens_in_the_body_stays_in_the_body() -> None:
    assert read_markdown(folder("---\na: 1\n---\nOne\n\n---\n\nTwo\n"), "a.md").opening == "One\n\n---\n\nTwo"


@pytest.mark.parametrize(
    ("path", "text", "keys", "place"),
    [
        ("a.md", "---\na: 1\nb: {c: 2}\n---\n", ("b", "c"), "content/a.md:3:5"),
        ("a.md", "---\na: 1\n---\n", ("none",), "content/a.md:2:1"),
        ("a.md", "no front matter", ("a",), "content/a.md:1:1"),
        ("a.yaml", "a: 1\nb: 2\n", ("b",), "content/a.yaml:2:1"),
    ],
)
def test_a_value_is_placed_in_its_file(path: str, text: str, keys: tuple[str, ...], place: str) -> None:
    assert locate(folder(text, path), error_at("some-rule", path, keys, "x.")).location == place


def test_a_problem_is_placed_by_the_text_it_is_about() -> None:
    text = "---\na: see [x](/y/)\nb: see [x](/y/)\n---\n\nSee [x](/Z/).\n"
    found = [
        error_at("some-rule", "a.md", Pointer(keys, piece), "x.")
        for keys, piece in ((("b",), "/y/"), ((), "/z/"), ((), "/no/"))
    ]
    assert [locate(folder(text), problem).location for problem in found] == [
        "content/a.md:3:12",
        "content/a.md:6:9",
        "content/a.md:2:1",
    ]


def test_a_problem_in_a_file_that_is_not_there_names_the_file() -> None:
    assert str(locate(MemoryTree({}), error_at("some-rule", "a.md", (), "x."))) == "content/a.md: x."


def test_yaml_is_read_from_a_file() -> None:
    assert read_yaml(folder("a: 1\n", "a.yaml"), "a.yaml").data == {"a": 1}


# --- Sections ---


@pytest.mark.parametrize("heading", ["## One", "##  One  ", "## One ##", "##\tOne", "   ## One", "## One #"])
def test_a_section_begins_with_a_heading_of_the_second_rank(heading: str) -> None:
    assert split_sections(f"a\n{heading}\nb")[1] == (Section("One", 2, "b"),)


@pytest.mark.parametrize(
    "line", ["# One", "### One", "##One", "    ## One", "a ## One", "```\n## One\n```", "~~~\n## One"]
)
def test_other_lines_begin_no_section(line: str) -> None:
    assert split_sections(f"a\n\n{line}\nb")[1] == ()


def test_a_longer_fence_may_hold_a_shorter_one() -> None:
    assert split_sections("````\n```\n## In\n```\n````\n## Out\n")[1] == (Section("Out", 6, ""),)


def test_a_name_may_hold_a_number_sign() -> None:
    assert split_sections("## C# and F#\n")[1][0].name == "C# and F#"


# --- Lists ---


def items(text: str) -> tuple[Item, ...]:
    found, problems = parse_items(Section("S", 1, text), "a.md")
    assert problems == []
    return found


@pytest.mark.parametrize("sign", ["-", "*", "+", "1.", "1)", "10."])
def test_bullets_and_numbers_are_points(sign: str) -> None:
    assert items(f"{sign} one\n{sign} two\n") == (Item("one"), Item("two"))


@pytest.mark.parametrize("indent", ["  ", "    ", "\t"])
def test_points_nest_with_two_spaces_four_or_a_tab(indent: str) -> None:
    assert items(f"- a\n{indent}- b\n{indent}- c\n- d\n") == (Item("a", (Item("b"), Item("c"))), Item("d"))


def test_a_point_less_far_right_than_the_text_above_is_no_part_of_it() -> None:
    assert items("- a\n - b\n") == (Item("a"), Item("b"))
    assert items("1. a\n  - b\n") == (Item("a"), Item("b"))


def test_a_point_may_go_on_in_the_next_line() -> None:
    assert items("- a\n  b\nc\n- d\n") == (Item("a\nb\nc"), Item("d"))


def test_empty_lines_between_points_do_not_matter() -> None:
    assert items("\n- a\n\n- b\n\n  c\n\n") == (Item("a"), Item("b\nc"))


def test_comments_are_for_editors_only() -> None:
    assert items("<!-- note -->\n- a\n<!-- two\nlines -->\n- b <!-- c -->\n") == (Item("a"), Item("b"))


def test_headings_group_the_points_below_them() -> None:
    assert items("- a\n\n### One ###\n\n- b\n- c\n### Two\n- d\n") == (
        Item("a"),
        Item("b", theme="One"),
        Item("c"),
        Item("d", theme="Two"),
    )


@pytest.mark.parametrize("text", ["### One\n\n### Two\n- a\n", "- a\n\n### One\n"])
def test_a_heading_without_points_is_a_problem(text: str) -> None:
    _, problems = parse_items(Section("S", 1, text), "a.md")
    line = text.split("\n").index("### One") + 2
    assert [str(problem) for problem in problems] == [
        f"a.md:{line}:1: no point stands below this heading. Add a point below it, or remove it."
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Text first\n- a", 2),
        ("- a\n\nText after", 4),
        ("- a\n---", 3),
        ("- a\n| b |", 3),
        ("- a\n-b", 3),
        ("- a\n• b", 3),
        ("- a\n– b", 3),
        ("<!-- c\nc -->\nText", 4),
    ],
)
def test_text_outside_the_list_is_a_problem(text: str, line: int) -> None:
    _, problems = parse_items(Section("S", 1, text), "a.md")
    assert [str(problem) for problem in problems] == [
        f"a.md:{line}:1: the section 'S' holds text that is not in its list. "
        "Begin each point with '- ', and a heading with '### '."
    ]


@pytest.mark.parametrize("line", ["#### Heading", "###Heading ###", "# Heading", "##Heading"])
def test_what_was_meant_as_a_heading_within_a_section_is_told_how_to_be_one(line: str) -> None:
    _, problems = parse_items(Section("S", 1, f"- a\n{line}\n- b"), "a.md")
    hint = "Write '### Heading', or '## Heading' for another section."
    assert [str(problem) for problem in problems] == [f"a.md:3:1: '{line}' is no heading within a section. {hint}"]


@pytest.mark.parametrize("line", ["###", "### ", "### ##", "##"])
def test_a_heading_of_no_words_is_a_problem(line: str) -> None:
    _, problems = parse_items(Section("S", 1, f"- a\n{line}\n- b"), "a.md")
    assert [str(problem) for problem in problems] == [
        "a.md:3:1: this heading is empty. Write what it says, or delete it."
    ]


def test_signs_within_code_of_a_list_are_no_headings() -> None:
    assert items("- a\n  ```c\n  ##if\n  ```\n") == (Item("a\n```c\n##if\n```"),)


@pytest.mark.parametrize(
    "line", ["#1 in the field", "**bold** words", "*not* a point", "(see below)", "  2027. A year"]
)
def test_a_line_that_only_looks_like_another_thing_goes_on(line: str) -> None:
    assert items(f"- a\n{line}\n") == (Item(f"a\n{line.strip()}"),)


Tree = tuple[int, int, list[tuple[str, "Tree | None"]]]


def trees(children: SearchStrategy[Tree] | None) -> SearchStrategy[Tree]:
    child: SearchStrategy[Tree | None] = strategies.none() if children is None else strategies.none() | children
    found = strategies.lists(
        strategies.tuples(strategies.sampled_from(["a", "b", "**c**"]), child), min_size=1, max_size=3
    )
    return strategies.tuples(strategies.sampled_from(["- ", "* ", "1. ", "1) "]), strategies.integers(0, 3), found)


def write(tree: Tree, column: int = 0) -> Iterator[str]:
    sign, offset, found = tree
    for text, below in found:
        yield " " * (column + offset) + f"{sign}{text}"
        if below:
            yield from write(below, column + offset + len(str(sign)))


def build(tree: Tree) -> tuple[Item, ...]:
    return tuple(Item(text, build(below) if below else ()) for text, below in tree[2])


@given(trees(trees(trees(None))))
def test_however_a_list_is_indented_it_nests_as_on_github(tree: Tree) -> None:
    assert items("\n".join(write(tree))) == build(tree)
