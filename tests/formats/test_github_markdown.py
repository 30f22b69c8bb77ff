"""A page shows what GitHub's preview shows: held to `cmark-gfm`, the parser that GitHub runs.

What is compared is the elements, their order and their words. What is meant to differ is in docs/markdown.md; here it
is taken away by `read_events`, or does not occur in the documents.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import cmarkgfm
import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from cmarkgfm.cmark import Options
from hypothesis import given, settings, strategies
from hypothesis.strategies import SearchStrategy

from generator.formats.html_policy import clean_html
from generator.formats.markup import Markup
from tests.sites import CASES

MARKUP = Markup()
OPTIONS = Options.CMARK_OPT_UNSAFE | Options.CMARK_OPT_FOOTNOTES
EXTENSIONS = ["table", "strikethrough", "autolink", "tasklist"]
PAGES = sorted((CASES / "markdown").glob("*.md"))
# The attributes that say something.
COMPARED = {"a": "href", "img": "src", "ol": "start", "td": "align", "th": "align", "input": "checked"}
BOXES = {" ": "", "x": " checked"}
Event = tuple[str, str]


def render_as_github(text: str) -> str:
    html = cmarkgfm.markdown_to_html_with_extensions(text, options=OPTIONS, extensions=EXTENSIONS)
    # The release of `cmark-gfm` in the package finds a task at the start of a line only.
    html = re.sub(r"<li>(\n<p>)?\[( |[xX])\] ", lambda box: f"<li><input{BOXES[box[2].lower()]}>{box[1] or ''}", html)
    return clean_html(re.sub(r"(</?)h1>", r"\1h2>", html), "./", block=True)


def read_events(html: str) -> list[Event]:
    """What a reader gets: the elements as they begin and end, and the words between them."""
    events: list[Event] = []
    for name, value in walk(BeautifulSoup(html, "html.parser")):
        joined = not name and events and not events[-1][0]
        events.append((name, events.pop()[1] + value if joined else value))
    return events


def walk(node: Tag) -> Iterator[Event]:
    for child in node.children:
        if isinstance(child, NavigableString):
            # The way back from a footnote may be a letter or an emoji, by a sign that is not seen.
            words = re.sub(r"[\s\ufe0e]", "", child)
            yield from [("", words)] if words else []
        elif isinstance(child, Tag):
            yield from walk_element(child)


def walk_element(element: Tag) -> Iterator[Event]:
    name = element.name
    if name == "div" and element.get("class") == ["table"]:
        yield from walk(element)
        return
    value = str(element.get(COMPARED.get(name, ""), ""))
    yield name, "#fn" if value.startswith("#fn") else value
    if name == "pre":
        # Code is in colours on one side only, and its blanks count.
        yield "", element.get_text().rstrip("\n")
    else:
        yield from walk(element)
    yield f"/{name}", ""


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_what_github_shows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert read_events(MARKUP.blocks(text)) == read_events(render_as_github(text))


# Documents by chance: blocks in lists and quotes, to any depth, and lines that may mean something to each other.
WORDS = [
    "word", "two words", "**bold**", "*it*", "_it_", "`code`", "[l](/x/)", "[r][1]", "![p](/p.png)", "~~old~~", "~x~",
    "a_b_c", "$9", "1984.", "**a *b* c**", "*a **b** c*", "https://x.org/a", "www.x.org/a?b=(c)", "me@x.org", "a\\*b",
    '"https://x.org/"', "„www.x.org“", "Mail:me@x.org", "a@2.0.0", "[https://x.org", "HTTP://X.org.", "(www.x.org)",
    "2 * 3", "<b>h</b>", "<br>", "&amp;", "a & b", "x < y", "“q”", "\"q\"", "`` ` ``", "Ünï", "日本", "(c)", "!",
    "**", "*", "_", "]", "[^1]", "<https://y.org>", "\\", "x\\", "#", "+", "-", "1)", ":",
]  # fmt: skip
LINES = [
    "", "", "text", "more", "  text", "    far", "\ttab", "line  ", "line\\", "- a", "* a", "+ a", "1. a", "2. a",
    "1) a", "10. a", "- ", "-", "- [ ] a", "- [x] a", "  - a", "    - a", "   1. a", "> a", ">", "> - a", ">   a",
    "- > a", "---", "***", "===", "# a", "## a #", "```", "```sh", "~~~", "> ```", "- ```", "<details>",
    "<summary>a</summary>", "</details>", "<div>", "</div>", "<p>", "</p>", "<!-- c -->", "&nbsp;",
]  # fmt: skip
TABLE = "a | b\n:--|--:\n1 | **2**\n3"
SPANS = strategies.lists(strategies.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
LOOSE_LINES = strategies.lists(strategies.sampled_from(LINES) | SPANS.map("a {}".format), min_size=1, max_size=6)


def nest(inner: SearchStrategy[str]) -> SearchStrategy[str]:
    blocks = strategies.lists(inner, min_size=1, max_size=3).map("\n\n".join)
    return strategies.one_of(
        strategies.tuples(strategies.sampled_from(["- ", "* ", "1. ", "3) "]), blocks).map(put_into_item),
        blocks.map(lambda text: "\n".join(f"> {line}".rstrip() for line in text.split("\n"))),
        blocks.map("<details>\n<summary>s</summary>\n\n{}\n\n</details>".format),
    )


def put_into_item(parts: tuple[str, str]) -> str:
    sign, text = parts
    return sign + "\n".join(f"{' ' * len(sign)}{line}".rstrip() for line in text.split("\n")).lstrip()


BLOCKS = strategies.recursive(
    strategies.one_of(
        SPANS, SPANS.map("## {}".format), strategies.just(TABLE), strategies.just("```sh\na  b\n\n  # c\n```"),
        SPANS.map("text\n{}".format), strategies.just("- [ ] a\n- [x] b\n  - c"),
    ),
    nest, max_leaves=6,
)  # fmt: skip
DOCUMENTS = strategies.lists(BLOCKS | LOOSE_LINES.map("\n".join), min_size=1, max_size=4).map("\n\n".join)


@settings(max_examples=2000)
@given(DOCUMENTS)
def test_any_document_is_what_github_shows_or_it_is_reported(text: str) -> None:
    text += "\n\n[1]: /reference/\n[^1]: A note.\n"
    if read_events(MARKUP.blocks(text)) != read_events(render_as_github(text)):
        assert MARKUP.inspect(text, block=True).problems != []
