"""Blocks that are drawn: their figures are those of the page's language, and are there for those who see no picture."""

from itertools import pairwise
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from generator.i18n.language import Language
from generator.pages.drawn_blocks import matrix_context, network_context, schedule_context
from generator.schema.drawn_blocks import AttentionWord, MatrixBlock, ScheduleBlock, SparsePattern
from tests import sites
from tests.drawings.test_network import network
from tests.languages import words_of
from tests.pages.test_blocks import find, show, site_with
from tests.sites import ABOUT, NEW

ENGLISH, GERMAN = (Language(tag, words_of(tag)) for tag in ("en", "de"))
RATE = ScheduleBlock(up="*Learning* rate", across="Step", total=1000, warm_up=150, peak=0.0006, floor=0.00006)
SPARSE: dict[str, Any] = {"kind": "matrix", "sparse": {"size": 26, "window": 3, "columns": 2}}
WORDS: dict[str, Any] = {"kind": "matrix", "words": [{"word": "<b>it</b>", "query": [1], "key": [1]}]}


def test_figures_are_written_as_the_language_does() -> None:
    assert schedule_context(GERMAN, RATE)["peak"] == "0,0006"
    told = "Learning rate: von 0 auf 0,0006 in den ersten 150 von 1.000 Schritten, "
    assert str(schedule_context(GERMAN, RATE)["description"]).startswith(told)
    sparse = MatrixBlock(sparse=SparsePattern(size=26, window=3, columns=2))
    assert matrix_context(GERMAN, sparse)["description"] == "120 von 351 Zellen"


def test_the_smallest_of_figures_keeps_its_decimals() -> None:
    block = ScheduleBlock(up="a", across="b", total=9, peak=1e-6, floor=1e-7)
    assert schedule_context(ENGLISH, block)["floor"]["text"] == "0.0000001"


def test_ticks_of_an_axis_do_not_meet() -> None:
    for warm_up in (0, 1, 40, 150, 500, 900, 999):
        block = ScheduleBlock(up="a", across="b", total=1000, warm_up=warm_up, peak=1)
        places = sorted(tick["x"] for tick in schedule_context(ENGLISH, block)["ticks"])
        assert all(after - before >= 80 for before, after in pairwise(places)), warm_up
        assert places[-1] == 360


def test_a_network_tells_its_weights_and_what_it_computes() -> None:
    context = network_context(ENGLISH, network())
    assert context["description"].endswith("h → y: 1; i → y: −2; i: bias −1")
    assert context["rows"] == [
        ["a", "0", "0", "1", "1"], ["b", "0", "1", "0", "1"], ["y", "0", "1", "1", "0"],
    ]  # fmt: skip
    assert [edge["negative"] for edge in context["edges"]] == [False] * 5 + [True]


def test_a_table_shows_what_was_computed_rather_than_what_was_expected() -> None:
    case = {"inputs": [0, 0], "outputs": [0.381]}
    context = network_context(ENGLISH, network(activation="sigmoid", cases=[case]))
    assert context["rows"][-1] == ["y", "0.49"]


def test_shares_of_a_word_are_whole_percents() -> None:
    words = tuple(AttentionWord(word=name, query=(0,), key=(0,)) for name in "abc")
    context = matrix_context(ENGLISH, MatrixBlock(words=words))
    assert context["rows"] == [["a", "100"], ["b", "50", "50"], ["c", "33", "33", "33"]]
    assert context["tints"][0] == [1]


def test_a_hero_with_a_block_is_paper_and_one_without_is_rock(tmp_path: Path) -> None:
    soup = show(NEW, "makers/new", tmp_path, {**SPARSE, "after": "hero"})
    assert find(soup, "header.landing__scene .block_matrix").get_text(strip=True) == "120 of 351 cells"
    assert soup.select(".landing__hero, .landing__scene .slab") == []
    able = BeautifulSoup((tmp_path / "site/makers/able/index.html").read_text(encoding="utf-8"), "html.parser")
    assert find(able, ".landing__hero .slab")
    assert able.select(".landing__scene") == []


def test_a_headline_has_its_sentences_on_lines_of_their_own(tmp_path: Path) -> None:
    titles = {"One. Two. Three": 3, "Stop renting, start owning.": 1, "**Stop it. Now**": 1, "The book of Dr. No": 1}
    for number, (title, count) in enumerate(titles.items()):
        files = {**sites.SITE, NEW: sites.text_of(NEW).replace("title: You are new.", f'title: "{title}"')}
        site = sites.build(files, tmp_path / str(number), sites.real_layouts())
        heading = find(BeautifulSoup((site / "makers/new/index.html").read_text(), "html.parser"), "h1")
        assert len(heading.select(".headline")) == count, title
        assert heading.get_text() == title.strip("*")


def test_what_is_drawn_is_in_the_text_beside_the_page(tmp_path: Path) -> None:
    rate = {"kind": "schedule", "up": "Rate", "across": "Step", "total": 9, "peak": 1}
    sites.build(site_with(ABOUT, SPARSE, WORDS, rate), tmp_path, sites.real_layouts())
    text = (tmp_path / "about/index.md").read_text()
    assert "120 of 351 cells\n" in text
    assert "Rate: from 1 down to 0 along a cosine, in 9 steps.\n" in text
    assert "<b>it</b> | 100\n" in text


def test_a_word_is_shown_as_it_is_written(tmp_path: Path) -> None:
    assert find(show(ABOUT, "about", tmp_path, WORDS), ".block_matrix [scope=row]").get_text() == "<b>it</b>"
