"""Markdown to safe HTML. Most texts take a way without a parser; both ways lead to the same HTML, byte for byte."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from hypothesis import example, given, settings, strategies
from hypothesis.strategies import SearchStrategy

from generator.formats.markdown import MarkdownParser
from generator.formats.markdown_fast import find_links, render_paragraphs, render_words
from generator.formats.markdown_inspection import inspect_text
from generator.formats.markup import Markup, strip_marks
from tests.sites import CASES

PARSER = MarkdownParser()
MARKUP = Markup()

# Pieces that mean something, or nearly, in Markdown or HTML, and words between them.
PIECES = [
    "*", "**", "***", "_", "__", "`", "``", "[", "]", "(", ")", "![", "](", "[a](/b/)", "[a](https://x.org/?q=1#f)",
    "[a](/b/ 'c')", "[a](<b>)", "<", ">", "<b>", "</b>", "<br>", "<!-- c -->", "<https://x.org>", "<me@x.org>", "&",
    "&amp;", "&#65;", "&lt;", "&copy", "\\", "\\*", "\\[", "~", "~~", "^", "|", "#", "# ", "##", "-", "- ", "+ ",
    "* ", "1. ", "1) ", "10. ", "> ", ">", "=", "===", "---", "***", "```", "~~~", "    ", "  ", " ", "\t", "\n",
    "\n\n", "  \n", "\\\n", "\xa0", "\u2003", "\u200b", "\xad", "é", "ß", "—", "–", "“", "”", "’", "'", '"', "…", "$",
    "%", "{", "}", ":", ": ", "a", "b", "Word", "two words", "1", "10–100", "x_y_z", "2*3*4", "https://x.org",
    "HTTPS://X.org", "www.x.org", "WWW.x.org", "me@x.org", "[a](https://X.ORG/%zz)", "[a](https://www.x.org/)",
    "~a~", "[1]: /b/", "[1]", "[^1]", "!", "!!", ".", "...", ",", ";", "?", "/", "//", "a/b", "C++",
    "C#", ".NET", "\x03", "\x02", "*a*", "**a**", "`a`", "**a b**", "*a **b** c*",
    "**a*", "*a**", "[a]", "(a)",
]  # fmt: skip
# Texts that need no parser are rare among those, so half are made of what editors write.
PLAIN = [
    "a", "b", "Word", "two words", " ", " ", "\n", "\n\n", "**a**", "*a*", "`a`", "**a b**", "[a](/b/)",
    "[a b](https://x.org/)", "&", " & ", "<", " < ", ">", ".", ", ", "!", "?", ": ", ";", "-", "–", "“a”", "’", "'",
    '"', "(a)", "]", "1", "10", "$5", "5%", "#", "+", "=", "~", "|", "{a}", "/", "^", "@",
]  # fmt: skip
TEXTS = strategies.one_of(
    strategies.lists(strategies.sampled_from(PLAIN), max_size=10).map("".join),
    strategies.lists(strategies.sampled_from(PIECES), max_size=10).map("".join),
)
ROOTS = strategies.sampled_from(["./", "../", "../../"])


def inline(text: str, root: str = "./") -> str:
    return MARKUP.inline(text, root)


def blocks(text: str, root: str = "./") -> str:
    return MARKUP.blocks(text, root)


def squeeze(html: str) -> str:
    """With every run of white space as one space: a browser shows no difference."""
    return re.sub(r"\s+", " ", html)


# --- Both ways are one ---


@settings(max_examples=1500)
@given(TEXTS, ROOTS)
@example("**Learn** the basics", "./")
@example("a [b](/c/) d", "../")
@example("5 < 6 & 7 > 2", "./")
@example("10–100 customers pay $500–$2,000", "./")
def test_a_line_of_words_is_the_same_without_the_parser(text: str, root: str) -> None:
    html = render_words(text, root)
    assert html is None or html == PARSER.render(text, False, root)


@settings(max_examples=1500)
@given(TEXTS, ROOTS)
@example("One.\n\nTwo *and* **more**.", "./")
@example("One\ntwo.", "./")
def test_paragraphs_are_the_same_without_the_parser(text: str, root: str) -> None:
    html = render_paragraphs(text, root)
    assert html is None or html == PARSER.render(text, True, root)


@settings(max_examples=500)
@given(strategies.text(max_size=40))
def test_any_characters_are_the_same_without_the_parser(text: str) -> None:
    html = render_words(text, "./")
    assert html is None or html == PARSER.render(text, False, "./")
    html = render_paragraphs(text, "./")
    assert html is None or html == PARSER.render(text, True, "./")


@settings(max_examples=500)
@given(TEXTS, strategies.booleans())
def test_links_are_the_same_without_the_parser(text: str, block: bool) -> None:
    links = find_links(text, block)
    if links is not None:
        assert inspect_text(PARSER, text if block else text.strip(), block, "", ()) == MARKUP.inspect(text, block)


@pytest.mark.parametrize(
    "text",
    [
        "You burn $5,000–$15,000 a month on APIs, 10–30% of your revenue",
        "**Scale** your MRR to $1M–$2M, which is $12M–$24M ARR",
        "Investors will not take your calls, and the reason is “no defensible moat”",
        "Build or buy: that strategic decision is made by you",
        "Read [the terms](/terms/) or `code` with *care*",
    ],
)
def test_the_texts_of_a_site_need_no_parser(text: str) -> None:
    assert render_words(text, "./") is not None


# --- What a text means ---


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("plain", "plain"),
        ("  spaces around ", "spaces around"),
        ("**Bold** and *italic* and `code`", "<strong>Bold</strong> and <em>italic</em> and <code>code</code>"),
        ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
        ("AT&amp;T", "AT&amp;T"),
        ("[x](/y/)", '<a href="../y/">x</a>'),
        ("[x](/)", '<a href="../">x</a>'),
        ("[x](https://y.org/)", '<a href="https://y.org/">x</a>'),
        ("[x](mailto:a@y.org)", '<a href="mailto:a@y.org">x</a>'),
        ("[x](#y)", '<a href="#y">x</a>'),
        ('<a href="/y/">x</a>', '<a href="../y/">x</a>'),
        ("snake_case_name", "snake_case_name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("\\*not\\*", "*not*"),
        ("# no heading", "# no heading"),
        ("- no list", "- no list"),
        ("1. no list", "1. no list"),
        ("<b>kept</b>", "<b>kept</b>"),
        ("<p>a paragraph</p>", "a paragraph"),
        ("line\nline", "line\nline"),
        ("", ""),
    ],
)
def test_a_line_of_words(text: str, html: str) -> None:
    assert inline(text, "../") == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("# Top", '<h2 id="top">Top</h2>'),
        ("## Below", '<h2 id="below">Below</h2>'),
        ("### Further below", '<h3 id="further-below">Further below</h3>'),
        ("> quoted", "<blockquote>\n<p>quoted</p>\n</blockquote>"),
        ("```\n<b> & c\n```", '<pre><code tabindex="0">&lt;b&gt; &amp; c\n</code></pre>'),
        ("a | b\n--|--\n1 | 2", '<div class="table" role="region" tabindex="0" aria-label="a, b">\n<table>'),
        ("[x](/y/)", '<p><a href="../y/">x</a></p>'),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a\n2. b", "<ol>\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("", ""),
    ],
)
def test_a_text_of_paragraphs(text: str, html: str) -> None:
    assert blocks(text, "../").startswith(html)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("snake_case and 5 * 3", "snake_case and 5 * 3"),
        ("**Bold**, *it* and `code_x`", "Bold, it and code_x"),
        ("[Link](/x/) & <b>more</b>", "Link & more"),
        ('<a href="/x/" title="1 > 0">x</a>', "x"),
        ("x < y", "x < y"),
        ("AT&amp;T", "AT&T"),
        ("a \\* b", "a * b"),
        ("Build once.<br>Sell twice.", "Build once. Sell twice."),
        ("Build once. <br/>\nSell **twice**.", "Build once. Sell twice."),
        ("Build once.\\\nSell twice.", "Build once. Sell twice."),
        ("See https://x.org/ ~~now~~", "See https://x.org/ now"),
    ],
)
def test_titles_and_metadata_get_words_without_marks(text: str, words: str) -> None:
    assert strip_marks(text) == words


# A list: whether it is numbered, how far its bullets stand right of the text above them, and its items.
Tree = tuple[bool, int, list[tuple[str, "Tree | None"]]]


def lists_of(children: SearchStrategy[Tree] | None) -> SearchStrategy[Tree]:
    child: SearchStrategy[Tree | None] = strategies.none() if children is None else strategies.none() | children
    items = strategies.lists(
        strategies.tuples(strategies.sampled_from(["a", "b", "**c**"]), child), min_size=1, max_size=3
    )
    return strategies.tuples(strategies.booleans(), strategies.integers(0, 2), items)


LISTS = lists_of(lists_of(lists_of(None)))


def write_list(tree: Tree, column: int = 0) -> Iterator[str]:
    numbered, offset, items = tree
    start = column + offset
    for number, (text, below) in enumerate(items, 1):
        sign = f"{number}. " if numbered else "- "
        yield " " * start + sign + text
        if below:
            yield from write_list(below, start + len(sign))


def show_list(tree: Tree) -> str:
    numbered, _, items = tree
    tag = "ol" if numbered else "ul"
    rows = (f"<li>{inline(text)}{show_list(below) if below else ''}</li>" for text, below in items)
    return f"<{tag}>{''.join(rows)}</{tag}>"


# --- Lists, as GitHub's preview shows them ---


def test_a_list_may_follow_a_paragraph_at_once() -> None:
    assert blocks("Text:\n- a\n- b") == "<p>Text:</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"


def test_a_number_amid_a_paragraph_begins_no_list() -> None:
    assert blocks("It was in\n1984. A year.") == "<p>It was in\n1984. A year.</p>"


@pytest.mark.parametrize("indent", ["  ", "    "])
def test_lists_nest_with_two_spaces_or_four(indent: str) -> None:
    html = "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>"
    assert blocks(f"- a\n{indent}- b\n- c") == html


def test_numbered_lists_nest_below_their_text() -> None:
    assert blocks("1. a\n   1. b\n2. c").count("<ol>") == 2


def test_a_list_of_another_kind_is_a_list_of_its_own() -> None:
    assert blocks("- a\n1. b") == "<ul>\n<li>a</li>\n</ul>\n<ol>\n<li>b</li>\n</ol>"


def test_a_number_below_a_bullet_begins_a_list_only_with_1() -> None:
    assert squeeze(blocks("- It was in\n  1984. A year.")) == "<ul> <li>It was in 1984. A year.</li> </ul>"


def test_a_text_below_a_bullet_belongs_to_it() -> None:
    assert squeeze(blocks("- a\nb\n- c")) == "<ul> <li>a b</li> <li>c</li> </ul>"


def test_a_text_after_an_empty_line_ends_the_list() -> None:
    assert blocks("- a\n\nb") == "<ul>\n<li>a</li>\n</ul>\n<p>b</p>"


@given(LISTS)
def test_however_a_list_is_indented_it_nests_as_on_github(tree: Tree) -> None:
    html = blocks("\n".join(write_list(tree)))
    assert re.sub(r"\s", "", html) == show_list(tree)


def test_a_list_in_a_code_block_is_code() -> None:
    assert "<ul>" not in blocks("```\n- a\n- b\n```")


# --- Nothing in a text can run ---

# One attack a line, with Python's escapes.
NASTY = [
    line.encode().decode("unicode_escape") for line in (CASES / "attacks.txt").read_text(encoding="utf-8").splitlines()
]
SMALL = [
    "a", " ", "\n", "\n\n", "> ", "- ", "    ", "*", "`", '"', "'", "<", ">", "/", "=", "<b>", "</b>", "<!--", "-->",
]  # fmt: skip
ATTACKS = strategies.lists(strategies.sampled_from([*NASTY, *SMALL]), min_size=1, max_size=6).map("".join)
FORBIDDEN = re.compile(
    r"""<\s*/?\s*(?:script|style|iframe|object|embed|form|input(?![^>]*\sdisabled="")|base|meta|link|svg|math|template|noscript)\b
    |<[^>]*\son\w+\s*=
    |<[^>]*\s(?:href|src)\s*=\s*["']?\s*(?:javascript|vbscript|data|file)
    |<[^>]*\sstyle\s*=
    |<img[^>]*\ssrc\s*=\s*["']?(?:\w+:|//)""",
    re.IGNORECASE | re.VERBOSE,
)
# A value in quotes may say anything: it is a text.
QUOTED = re.compile(r'\s(?:title|alt|lang|dir|datetime)="[^"]*"')


@settings(max_examples=800)
@given(ATTACKS)
def test_nothing_in_a_text_can_run(text: str) -> None:
    for html in (inline(text), blocks(text)):
        assert not FORBIDDEN.search(QUOTED.sub("", html)), html


@pytest.mark.parametrize("text", NASTY)
def test_no_known_attack_reaches_a_page(text: str) -> None:
    for html in (inline(text), blocks(text)):
        assert not FORBIDDEN.search(QUOTED.sub("", html)), html


@pytest.mark.parametrize("text", NASTY)
def test_html_that_is_taken_out_is_reported(text: str) -> None:
    """What is neither taken out nor reported stands on the page as it was written."""
    inspection = inspect_text(PARSER, text, True, "", ())
    shown = unescape(re.sub(r"<[^>]*>", "", blocks(text)))
    assert inspection.problems or inspection.pictures or "<" not in text or "<" in shown or "</" in text or "<!" in text


def test_a_link_may_not_lead_out_of_a_folder_by_two_slashes() -> None:
    assert inline("[x](//y.org/)", "../") == '<a href="//y.org/">x</a>'


def test_a_text_is_the_same_html_every_time() -> None:
    """Nothing is left to chance, such as the order of attributes."""
    tables, code = "| a | b |\n|--|--:|\n| 1 | 2 |\n", "```python\na = 1\n```\n"
    text = f"- [x] a\n- [ ] b[^1]\n\n[^1]: c\n\n{tables}\n{code}\n<details open>\n\nd\n</details>\n"
    assert len({Markup().blocks(text) for _ in range(40)}) == 1
