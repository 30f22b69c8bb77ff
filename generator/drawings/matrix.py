"""Attention: the shares of words in each other, by their vectors or counted by a pattern. No word sees a later one."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at
from generator.schema.drawn_blocks import AttentionWord, MatrixBlock, SparsePattern


class Cells(NamedTuple):
    """The cells of a pattern, as the data of two paths in which each is 1 by 1, and how many are lit and are in all."""

    lit: str
    unlit: str
    computed: int
    total: int


def compute_shares(words: Sequence[AttentionWord]) -> list[list[float]]:
    """For each word its shares in itself and those before it: the softmax of scaled dot products."""
    return [
        _softmax([_multiply(word.query, other.key) / math.sqrt(len(word.query)) for other in words[: index + 1]])
        for index, word in enumerate(words)
    ]


def _multiply(one: Sequence[float], other: Sequence[float]) -> float:
    return math.fsum(x * y for x, y in zip(one, other, strict=True))


def _softmax(scores: Sequence[float]) -> list[float]:
    most = max(scores)
    powers = [math.exp(score - most) for score in scores]
    return [power / math.fsum(powers) for power in powers]


def draw_pattern(pattern: SparsePattern) -> Cells:
    """A row has the cells in the columns that all see, and those of its window; the rest of it stays unlit."""
    lit, unlit, count = [], [], 0
    for row in range(pattern.size):
        columns, start = min(pattern.columns, row + 1), max(row + 1 - pattern.window, 0)
        start = max(start, columns)
        count += columns + row + 1 - start
        lit += [_cell(column, row) for column in (*range(columns), *range(start, row + 1))]
        unlit += [_cell(column, row) for column in range(columns, start)]
    return Cells("".join(lit), "".join(unlit), count, pattern.size * (pattern.size + 1) // 2)


def _cell(column: int, row: int) -> str:
    return f"M{column} {row}h.9v.9h-.9z"


def check_matrix(path: str, keys: Keys, block: MatrixBlock) -> Iterator[Diagnostic]:
    if bool(block.words) == (block.sparse is not None):
        message = "a matrix is of words with vectors, or of a sparse pattern."
        yield error_at("matrix-of-nothing", path, keys, message, "Give it either 'words' or 'sparse'.")
    lengths = Counter(len(vector) for word in block.words for vector in (word.query, word.key))
    usual = lengths.most_common(1)[0][0] if lengths else 0
    for index, word in enumerate(block.words):
        for name, vector in (("query", word.query), ("key", word.key)):
            if len(vector) != usual:
                message = f"numbers of '{word.word}' here: {len(vector)}; of others: {usual}."
                hint = "All vectors have the same length."
                yield error_at("uneven-vector", path, (*keys, "words", index, name), message, hint)
    if block.sparse:
        yield from _check_pattern(path, (*keys, "sparse"), block.sparse)


def _check_pattern(path: str, keys: Keys, pattern: SparsePattern) -> Iterator[Diagnostic]:
    for name in ("window", "columns"):
        if getattr(pattern, name) > pattern.size:
            message = f"'{name}' is {getattr(pattern, name)}, of only {pattern.size} words."
            yield error_at("pattern-too-wide", path, (*keys, name), message, "Give it fewer, or a larger 'size'.")
