"""What a text of Markdown holds is found with its place, what looks like a slip is told, and no text takes long."""

import sys
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies

from generator.diagnostics.diagnostic import Pointer
from generator.formats.document import find_pointed
from generator.formats.markdown_fast import Inspection
from generator.formats.markup import Markup
from generator.formats.slugs import make_anchor
from tests.sites import CASES

MARKUP = Markup()
PAGES = sorted((CASES / "markdown").glob("*.md"))


def inspect(text: str) -> Inspection:
    return MARKUP.inspect(text, block=True)


def place_of(pointer: object) -> int:
    assert isinstance(pointer, Pointer)
    return pointer.offset


# --- Places ---

# What a piece of Markdown must not be taken for, wherever it stands.
DECOYS = [
    "`<x-y>`",
    "`[a](/b/)`",
    "\\<x-y>",
    "&lt;x-y>",
    "[a]: (/b/)",
    "x-y",
    "/b/",
    "![](/p.png)",
    "<b title='<x-y>'>t</b>",
    "a",
]
WRAPS = [
    "{}",
    "> {}",
    "- {}",
    "1. > - {}",
    "## {}",
    "a | b\n--|--\n{} | c",
    "<details>\n\n{}\n\n</details>",
    "a[^1]\n\n[^1]: {}",
]


@settings(max_examples=300)
@given(
    strategies.lists(strategies.sampled_from(DECOYS), max_size=3).map(" ".join), strategies.sampled_from(WRAPS),
    strategies.sampled_from(["text\n\n", "```\n<x-y> [a](/b/)\n```\n\n", "- <b>x</b>\n\n", ""]),
)  # fmt: skip
def test_html_and_links_are_found_where_they_stand(before: str, wrap: str, above: str) -> None:
    text = above + wrap.replace("{}", f"{before} <x-y> [c](/d/)")
    found = inspect(text)
    tags = [place_of(problem.position) for problem in found.problems if problem.code == "html-tag"]
    assert tags == [text.rindex("<x-y>")]
    assert [place_of(link.place) for link in found.links if link.value == "/d/"] == [text.index("/d/")]


@pytest.mark.parametrize(
    ("text", "link", "place"),
    [("[a][r] [b](/x/)\n\n[r]: /d/", "/d/", 22), ("[a](</d e/>)", "/d%20e/", 4), ("[![p](/p.png)](/d/)", "/d/", 15),
     ('[a](/d/ "/d/")', "/d/", 4), ('/d/ <a title=x href="/d/">', "/d/", 21), ("[/d/](/d/)", "/d/", 6),
     ("https://d.org/ [a](https://d.org/)", "https://d.org/", 19)],
)  # fmt: skip
def test_the_target_of_a_link_is_found(text: str, link: str, place: int) -> None:
    places = [place_of(one.place) for one in inspect(text).links if one.value == link]
    assert places[-1] == place


def test_a_place_is_found_in_the_file_line_by_line_if_it_is_written_in_another_way() -> None:
    file = "field: >-\n  one [a](/x/)\n  two [b](/x/)\n"
    value = "one [a](/x/) two [b](/x/)"
    assert find_pointed(file, 0, Pointer((), "/x/", "two [b](/x/)\nmore", 8)) == file.rindex("/x/")
    assert find_pointed(file, 0, Pointer((), "/x/", value, value.rindex("/x/"))) == file.index("/x/")
    assert find_pointed(file, 0, Pointer((), "", "nothing", 2)) == -1


# --- Slips, and what is none ---


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_pages_as_they_are_written_raise_no_false_alarm(path: Path) -> None:
    codes = {problem.code for problem in inspect(path.read_text(encoding="utf-8")).problems}
    meant = {"edges": {"lost-cell", "unclosed-emphasis", "markdown-in-html"}, "links": {"broken-link", "html-tag"}}
    assert codes <= meant.get(path.stem, set())


@pytest.mark.parametrize(
    "text",
    [
    "`a ** b`", "\\*\\*kept\\*\\*", "`](`", "- One\n  Two",
        "- a long line that was broken for want of any more room, says the\nEditor.",
        "- ends with a comma,\nThen goes on", "[a] (see below)", "f(x)[0]", "a[^b", "```\n**\n```",
        "<kbd>*</kbd>", "    ```", "-5 degrees\n-3 degrees", "*so* it\n*is*", "#tag", "Fill in: ____ snake__case",
        "<ul><li>a<li>b</ul>", "<p>a<p>b", "[a]: /b/", "[a]\n\n[a]: b", "A[^1]\n\n[^1]: B", "| a |\n|---|\n| b |",
        "a | b\n--|--\n1 | 2 \\| 3 |", "**b** \\__ x", "Berlin\n• Rome • Paris", "It was in\n1984.",
        "https://x.org/__a", "x <!-- y -->",
        "- a *b*\n*c* d", "https://de.wikipedia.org/wiki/Müller", "https://x.org/हिन्दी", "(a)[b]", "[a] (b)\n[c] (d)",
    ],
)  # fmt: skip
def test_what_is_meant_is_no_slip(text: str) -> None:
    assert [problem.code for problem in inspect(text).problems] == []


# --- Ids ---


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("What you get", "what-you-get"), ("A & b", "a--b"), ("1. Who?", "1-who"),
        ("snake_case-x", "snake_case-x"), ("Über uns", "über-uns"), ("価格 と 条件", "価格-と-条件"),
        ("हिन्दी", "हिन्दी"), ("ภาษาไทย", "ภาษาไทย"), ("مرحبا بكم", "مرحبا-بكم"), ("🎉 Party", "-party"),
        ("İstanbul", "i̇stanbul"), ("C++ / C#", "c--c"), ("“Quoted”", "quoted"), ("10–20 %", "1020-"),
    ],
)  # fmt: skip
def test_a_heading_has_the_id_it_has_on_github(heading: str, anchor: str) -> None:
    assert make_anchor(heading) == anchor


def test_headings_that_say_the_same_are_numbered() -> None:
    text = "# A\n## A\n### *A*\n## A-1\n## `A` <br> b\n"
    assert [anchor.value for anchor in inspect(text).anchors] == ["a", "a-1", "a-2", "a-1-1", "a--b"]


def test_a_heading_never_has_an_id_that_the_page_has() -> None:
    ids = [anchor.value for anchor in MARKUP.inspect("## Main\n## Key 7\n", True, reserved=r"main|key\-\d+").anchors]
    assert ids == ["main-1", "key-7-1"]


# --- No text takes long ---

# Each takes a time that grows with its square in some parser, or would nest without end.
PATTERNS = [
    "[a](", "<a ", "<!--", "![", "*a **b ", ">", "> ", "- ", "[", "]", "![a](", "`", "`a``", "~", "~~a ", "a*",
    "_a __b ", "|a", "&", "<", "<a", "<![CDATA[", "<?", "<!A", "[^1]", "[^1]: a\n", "www.", "http://",
    "mailto:", "a@", "a@b.", "<b>", "<b><i>", "<div>\n\n", "<p>", "[a][", "[a]: b\n", "\\", "1. ", "- - ",
    "> - ", "a\n", "# a\n", "^[", "***a", "*a_", '<a href="', "[](", "[a](<", '[a](b "', "_", "*", "://", "[^",
    "- [ ] ", "[[a](b)](", "<div <", "<div ", "<div>*", "  - a\n", "```\n", "&#", "a|b\n-|-\n",
    "[a][r]\n\n[r]: /x/\n\n", "**a** ", "<x-y>\n", "- a\nB\n", "[a] (/b)", "## a\n", "\u00a0", "&nbsp;", "'",
    '"',
]  # fmt: skip


NUMBERS = count(1)


def count_calls(text: str) -> int:
    """How many functions are called for a text: the same on any machine."""
    text += f"\n\n{next(NUMBERS)}"  # what was read before is not read again
    calls = 0

    def note(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(note)
    try:
        inspect(text)
        MARKUP.blocks(text)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.thorough
@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_text_that_is_twice_as_long_takes_no_more_than_twice_the_steps(pattern: str) -> None:
    count_calls(pattern * 500)
    assert count_calls(pattern * 4000) < 2.5 * max(count_calls(pattern * 2000), 4000)
