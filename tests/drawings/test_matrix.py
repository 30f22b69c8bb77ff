"""Attention matrices: shares are those of the formula, and cells are counted as they are drawn."""

import math

import pytest
from hypothesis import given, strategies

from generator.drawings.matrix import check_matrix, compute_shares, draw_pattern
from generator.schema.drawn_blocks import AttentionWord, MatrixBlock, SparsePattern

PLACE = ("blocks", 0)


def word(name: str, query: tuple[float, ...], key: tuple[float, ...]) -> AttentionWord:
    return AttentionWord(word=name, query=query, key=key)


def test_shares_are_the_softmax_of_scaled_dot_products() -> None:
    words = [word("a", (1, 0, 0, 0), (2, 0, 0, 0)), word("b", (3, 0, 0, 0), (0, 4, 0, 0))]
    [first, second] = compute_shares(words)
    assert first == [1]
    assert second[0] == pytest.approx(math.exp(3) / (math.exp(3) + 1))
    assert sum(second) == pytest.approx(1)


vectors = strategies.lists(strategies.floats(-100, 100), min_size=3, max_size=3).map(tuple)


@given(strategies.lists(strategies.builds(word, strategies.just("w"), vectors, vectors), min_size=1, max_size=12))
def test_every_row_adds_up_to_one_and_sees_nothing_later(words: list[AttentionWord]) -> None:
    shares = compute_shares(words)
    assert [len(row) for row in shares] == [*range(1, len(words) + 1)]
    assert all(sum(row) == pytest.approx(1) and min(row) >= 0 for row in shares)


def test_twenty_six_words_with_a_window_of_three_and_two_columns_have_120_of_351_cells() -> None:
    cells = draw_pattern(SparsePattern(size=26, window=3, columns=2))
    assert (cells.computed, cells.total) == (120, 351)


@given(strategies.integers(2, 48), strategies.integers(1, 48), strategies.integers(0, 48))
def test_each_cell_is_drawn_once_and_counted(size: int, window: int, columns: int) -> None:
    cells = draw_pattern(SparsePattern(size=size, window=window, columns=columns))
    lit, unlit = ({*path.split("z")} - {""} for path in (cells.lit, cells.unlit))
    assert len(lit) == cells.lit.count("M") == cells.computed
    assert len(unlit) == cells.unlit.count("M") == cells.total - cells.computed
    assert not lit & unlit
    expected = {
        f"M{column} {row}h.9v.9h-.9" for row in range(size) for column in range(row + 1)
        if column < columns or column > row - window
    }  # fmt: skip
    assert lit == expected


@pytest.mark.parametrize(
    ("block", "code"),
    [
        (MatrixBlock(), "matrix-of-nothing"),
        (MatrixBlock(words=(word("a", (1,), (1,)),), sparse=SparsePattern(size=3, window=1)), "matrix-of-nothing"),
        (MatrixBlock(words=(word("a", (1, 2), (1,)),)), "uneven-vector"),
        (MatrixBlock(sparse=SparsePattern(size=3, window=4)), "pattern-too-wide"),
        (MatrixBlock(sparse=SparsePattern(size=3, window=1, columns=4)), "pattern-too-wide"),
    ],
)
def test_what_cannot_be_drawn_is_said(block: MatrixBlock, code: str) -> None:
    assert [problem.code for problem in check_matrix("a.md", PLACE, block)] == [code]
