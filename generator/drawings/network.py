"""A neural network: where its nodes, edges and weights stand, and what it computes."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from generator.schema.drawn_blocks import NetworkBlock

WIDTH, RADIUS, ROW = 360, 24, 88
# The thinnest line, and how much thicker that of the largest weight is.
THIN, THICKER = 1.5, 3.0
# Where along its edge a weight may stand; how large a character is, in the units of the picture.
PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.22, 0.78)
LETTER, LINE = 10, 20
# How often all weights look for a better place.
ROUNDS = 3
# How far below its node a bias stands, and the room it takes.
BELOW, BIAS = 13, 80
ACTIVATIONS: Mapping[str, Callable[[float], float]] = {
    "step": lambda value: float(value > 0),
    "relu": lambda value: max(value, 0.0),
    # As 1 / (1 + exp(-value)), which would not stay within the numbers there are.
    "sigmoid": lambda value: (1 + math.tanh(value / 2)) / 2,
    "linear": lambda value: value,
}


class Point(NamedTuple):
    x: float
    y: float


Way = tuple[Point, Point]
Cost = tuple[int, int]


class DrawnEdge(NamedTuple):
    """An edge: its ends, how thick it is, and where its weight stands."""

    start: Point
    end: Point
    width: float
    label: Point


class Box(NamedTuple):
    """What is taken, around a point."""

    middle: Point
    width: float
    height: float

    def has(self, point: Point) -> bool:
        x, y = abs(point.x - self.middle.x), abs(point.y - self.middle.y)
        return x < self.width / 2 and y < self.height / 2

    def overlaps(self, other: "Box") -> bool:
        grown = Box(self.middle, self.width + other.width, self.height + other.height)
        return grown.has(other.middle)


def compute_outputs(block: NetworkBlock, inputs: Sequence[float]) -> list[float]:
    """The values of the last layer."""
    activate = ACTIVATIONS[block.activation]
    values = dict(zip(block.layers[0], inputs, strict=True))
    biases = {entry.node: entry.bias for entry in block.biases}
    for layer in block.layers[1:]:
        values |= {name: activate(_sum_up(block, name, values, biases.get(name, 0))) for name in layer}
    return [values[name] for name in block.layers[-1]]


def _sum_up(block: NetworkBlock, name: str, values: Mapping[str, float], bias: float) -> float:
    return math.fsum([bias, *(edge.weight * values[edge.start] for edge in block.edges if edge.end == name)])


def find_height(block: NetworkBlock) -> int:
    return ROW * max(map(len, block.layers))


def place_nodes(block: NetworkBlock) -> dict[str, Point]:
    """The middle of each node: layers from left to right, each centred."""
    gap, middle = (WIDTH - 2 * RADIUS) / (len(block.layers) - 1), find_height(block) / 2
    return {
        name: Point(round(RADIUS + column * gap, 1), middle + ROW * (row - (len(layer) - 1) / 2))
        for column, layer in enumerate(block.layers)
        for row, name in enumerate(layer)
    }


def draw_edges(block: NetworkBlock, labels: Sequence[str]) -> list[DrawnEdge]:
    """The edges, with room for their weights as the page shows them."""
    nodes = place_nodes(block)
    ends = [(nodes[edge.start], nodes[edge.end]) for edge in block.edges]
    most = max(abs(edge.weight) for edge in block.edges) or 1
    widths = [round(THIN + THICKER * abs(edge.weight) / most, 1) for edge in block.edges]
    low = RADIUS + BELOW
    taken = [Box(point, 2 * RADIUS, 2 * RADIUS) for point in nodes.values()]
    taken += [Box(Point(x, y + low), BIAS, LINE) for x, y in (nodes[entry.node] for entry in block.biases)]
    choices = [_list_places(way, LETTER * len(label), ends, taken) for way, label in zip(ends, labels, strict=True)]
    boxes = [options[0][1] for options in choices]
    for _ in range(ROUNDS):
        for index, options in enumerate(choices):
            others = [*boxes[:index], *boxes[index + 1 :]]
            boxes[index] = min(options, key=lambda option: _add_up(option, others))[1]
    return [DrawnEdge(*way, width, box.middle) for way, width, box in zip(ends, widths, boxes, strict=True)]


def _add_up(option: tuple[Cost, Box], others: Sequence[Box]) -> Cost:
    (covered, crossed), box = option
    return covered + sum(map(box.overlaps, others)), crossed


def _list_places(way: Way, width: float, ways: Sequence[Way], taken: Sequence[Box]) -> list[tuple[Cost, Box]]:
    """Where along an edge its weight may stand: each box with what it would cover, things and other edges."""
    others = [_between(*other, step / 20) for other in ways if other != way for step in range(21)]
    options = []
    for place in PLACES:
        box = Box(_between(*way, place), width, LINE)
        free = box._replace(width=width + LINE, height=2 * LINE)
        options.append(((sum(map(box.overlaps, taken)), sum(map(free.has, others))), box))
    return sorted(options, key=lambda option: option[0])


def _between(start: Point, end: Point, place: float) -> Point:
    return Point(*(round(one + place * (other - one), 1) for one, other in zip(start, end, strict=True)))
