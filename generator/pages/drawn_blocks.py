"""The contexts of blocks that are drawn: places from `drawings`, and figures in the language of the page."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from generator.drawings.matrix import compute_shares, draw_pattern
from generator.drawings.network import BELOW, RADIUS, compute_outputs, draw_edges, find_height, place_nodes
from generator.drawings.network import WIDTH as NETWORK_WIDTH
from generator.drawings.schedule import HEIGHT, ROOM, WIDTH, draw_schedule
from generator.formats.markup import strip_marks
from generator.i18n.language import Language
from generator.pages.amount_blocks import AMOUNT_CONTEXTS
from generator.pages.context import Context
from generator.schema.block import Block
from generator.schema.drawn_blocks import MatrixBlock, NetworkBlock, ScheduleBlock

# A cell of which nothing is taken can be seen all the same.
FAINT = 0.07
# Words up to this length stand upright below their column.
SHORT = 6


def figure(language: Language, value: float) -> str:
    """A number with a minus sign as printers set it."""
    return language.decimal(value).replace("-", "\u2212")


def network_context(language: Language, block: NetworkBlock) -> Context:
    weights = [figure(language, round(edge.weight, 2) + 0) for edge in block.edges]
    biases = {entry.node: language.say("bias", number=figure(language, entry.bias)) for entry in block.biases}
    lines = zip(block.edges, weights, draw_edges(block, weights), strict=True)
    told = [f"{edge.start} \u2192 {edge.end}: {text}" for edge, text in zip(block.edges, weights, strict=True)]
    return {
        "radius": RADIUS,
        "size": [NETWORK_WIDTH, find_height(block)],
        "nodes": [
            {
                "x": point.x,
                "y": point.y,
                "name": split_index(name),
                "bias": biases.get(name),
                "low": point.y + RADIUS + BELOW,
            }
            for name, point in place_nodes(block).items()
        ],
        "edges": [
            {"text": text, "negative": edge.weight < 0, "width": line.width}
            | {name: getattr(line, name)._asdict() for name in ("start", "end", "label")}
            for edge, text, line in lines
        ],
        "description": "; ".join([*told, *(f"{node}: {text}" for node, text in biases.items())]),
        "rows": list_cases(language, block),
        "heads": [split_index(name) for name in (*block.layers[0], *block.layers[-1])],
        "inputs": len(block.layers[0]),
        "caption": block.caption,
    }


def split_index(name: str) -> list[str]:
    """A name, and the number at its end, which stands below the line: `x` and `1` of `x1`."""
    found = re.fullmatch(r"(\D+)(\d*)", name)
    return [found[1], found[2]] if found else [name, ""]


def list_cases(language: Language, block: NetworkBlock) -> list[list[str]]:
    """What a network computes: a row for each input and output, its name first."""
    columns = [(*case.inputs, *compute_outputs(block, case.inputs)) for case in block.cases]
    names = (*block.layers[0], *block.layers[-1])
    return [
        [name, *(figure(language, round(column[index], 2) + 0) for column in columns)]
        for index, name in enumerate(names if columns else ())
    ]


def matrix_context(language: Language, block: MatrixBlock) -> Context:
    cells = draw_pattern(block.sparse) if block.sparse else None
    shares = compute_shares(block.words)
    told = language.say("matrix_described")
    return {
        "rows": [
            [word.word, *(language.number(round(100 * share)) for share in row)]
            for word, row in zip(block.words, shares, strict=True)
        ],
        "tints": [[round(FAINT + (1 - FAINT) * share, 2) for share in row] for row in shares],
        "is_long": any(len(word.word) > SHORT for word in block.words),
        "pattern": cells and {"lit": cells.lit, "unlit": cells.unlit, "size": block.sparse and block.sparse.size},
        "description": language.say("cells_counted", count=cells.computed, total=cells.total) if cells else told,
        "caption": block.caption,
    }


def schedule_context(language: Language, block: ScheduleBlock) -> Context:
    curve = draw_schedule(block)
    figures = {name: language.decimal(getattr(block, name)) for name in ("peak", "floor", "warm_up", "total")}
    word = "schedule_described" if block.warm_up else "decay_described"
    ticks: list[tuple[float, str, str]] = [(0, "start", language.decimal(0)), (WIDTH, "end", figures["total"])]
    if ROOM <= curve.summit <= WIDTH - ROOM:
        ticks.append((curve.summit, "middle", figures["warm_up"]))
    elif 0 < curve.summit < ROOM:
        ticks[0] = (curve.summit, "start", figures["warm_up"])
    return {
        "up": block.up,
        "across": block.across,
        "path": curve.path,
        "size": [WIDTH, HEIGHT],
        "ticks": [{"x": x, "anchor": anchor, "text": text} for x, anchor, text in ticks],
        "peak": figures["peak"],
        "floor": {"y": curve.above_end, "text": figures["floor"]},
        "description": language.say(word, up=strip_marks(block.up), **figures),
        "caption": block.caption,
    }


DRAWN_CONTEXTS: Mapping[type[Block], Callable[[Language, Any], Context]] = {
    NetworkBlock: network_context,
    MatrixBlock: matrix_context,
    ScheduleBlock: schedule_context,
    **AMOUNT_CONTEXTS,
}
