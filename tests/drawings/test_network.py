"""Networks: what they compute, how they stand, and what is said of those that cannot be."""

from itertools import combinations, pairwise, product

import pytest
from msgspec import convert

from generator.drawings.network import (
    ACTIVATIONS,
    LETTER,
    LINE,
    RADIUS,
    WIDTH,
    Box,
    compute_outputs,
    draw_edges,
    find_height,
    place_nodes,
)
from generator.drawings.network_checks import check_network
from generator.schema.drawn_blocks import NetworkBlock

XOR = {
    "kind": "network",
    "layers": [["a", "b"], ["h", "i"], ["y"]],
    "edges": [
        *({"from": start, "to": end, "weight": 1} for start in "ab" for end in "hi"),
        {"from": "h", "to": "y", "weight": 1},
        {"from": "i", "to": "y", "weight": -2},
    ],
    "biases": [{"node": "i", "bias": -1}],
    "cases": [{"inputs": [a, b], "outputs": [a ^ b]} for a, b in product((0, 1), (0, 1))],
}


def network(**changes: object) -> NetworkBlock:
    return convert({**XOR, **changes}, NetworkBlock)


def full(*sizes: int) -> NetworkBlock:
    """A network in which every node leads to all of the next layer."""
    layers = [[f"{number}{index}" for index in range(size)] for number, size in enumerate(sizes)]
    edges = [
        {"from": start, "to": end, "weight": -0.25}
        for below, above in pairwise(layers)
        for start, end in product(below, above)
    ]
    return network(layers=layers, edges=edges, biases=[], cases=[])


def codes(**changes: object) -> list[str]:
    return [problem.code for problem in check_network("a.md", ("blocks", 0), network(**changes))]


def test_six_weights_and_one_bias_compute_xor() -> None:
    assert [compute_outputs(network(), pair) for pair in product((0, 1), (0, 1))] == [[0], [1], [1], [0]]
    assert codes() == []


@pytest.mark.parametrize(
    ("name", "value", "result"),
    [("step", 0, 0), ("step", 0.1, 1), ("relu", -3, 0), ("relu", 3, 3), ("linear", -3, -3), ("sigmoid", 0, 0.5),
     ("sigmoid", -40_000, 0), ("sigmoid", 40_000, 1)],
)  # fmt: skip
def test_an_activation(name: str, value: float, result: float) -> None:
    assert ACTIVATIONS[name](value) == result


SHAPES = [
    (1, 1),
    (2, 2, 1),
    (3, 3),
    (4, 1),
    (1, 4, 1),
    (3, 2, 3),
    (3, 3, 3),
    (4, 3),
    (4, 4),
    (4, 3, 2),
    (3, 4, 1),
    (2, 4, 2),
]


@pytest.mark.parametrize("sizes", SHAPES)
def test_weights_cover_neither_each_other_nor_a_node(sizes: tuple[int, ...]) -> None:
    block = full(*sizes)
    lines = draw_edges(block, ["-0.25"] * len(block.edges))
    taken = [Box(line.label, LETTER * 5, LINE) for line in lines]
    taken += [Box(point, 2 * RADIUS, 2 * RADIUS) for point in place_nodes(block).values()]
    for one, other in combinations(taken, 2):
        assert not one.overlaps(other), (one, other)


@pytest.mark.parametrize("sizes", SHAPES)
def test_everything_is_within_the_picture(sizes: tuple[int, ...]) -> None:
    block = full(*sizes)
    for point in [*place_nodes(block).values(), *(line.label for line in draw_edges(block, ["1"] * len(block.edges)))]:
        assert RADIUS <= point.x <= WIDTH - RADIUS
        assert RADIUS <= point.y <= find_height(block) - RADIUS


def test_lines_are_as_thick_as_their_weights_whatever_the_sign() -> None:
    widths = [line.width for line in draw_edges(network(), ["1"] * 6)]
    assert widths == [3.0] * 5 + [4.5]
    zeros = network(edges=[{**edge, "weight": 0} for edge in XOR["edges"]])  # type: ignore[index, union-attr]
    assert {line.width for line in draw_edges(zeros, ["0"] * 6)} == {1.5}


EDGES = list(XOR["edges"])  # type: ignore[call-overload]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"edges": [*EDGES, {"from": "x", "to": "y", "weight": 1}]}, ["unknown-node"]),
        ({"edges": [*EDGES, {"from": "a", "to": "y", "weight": 1}]}, ["edge-between-layers"]),
        ({"edges": [*EDGES, {"from": "h", "to": "a", "weight": 1}]}, ["edge-between-layers"]),
        ({"edges": [*EDGES, EDGES[0]]}, ["repeated-edge"]),
        ({"edges": EDGES[:-1]}, ["lonely-node"]),
        ({"edges": EDGES[2:]}, ["lonely-node"]),
        ({"layers": [["a", "b"], ["h", "i"], ["y", "y"]]}, ["repeated-node", *["uneven-case"] * 4]),
        ({"biases": [{"node": "j", "bias": 1}]}, ["unknown-node"]),
        ({"biases": [{"node": "a", "bias": 1}]}, ["bias-of-input"]),
        ({"biases": [{"node": "h", "bias": 0}, {"node": "h", "bias": 1}]}, ["repeated-bias"]),
        ({"cases": [{"inputs": [1], "outputs": [1, 2]}]}, ["uneven-case", "uneven-case"]),
        ({"cases": [{"inputs": [1, 1], "outputs": [1]}]}, ["wrong-output"]),
        ({"activation": "step"}, []),
        ({"activation": "linear"}, ["wrong-output"]),
    ],
)
def test_what_is_wrong_is_said(changes: dict[str, object], expected: list[str]) -> None:
    assert codes(**changes) == expected


def test_outputs_are_compared_to_two_decimals() -> None:
    case = {"inputs": [0, 0], "outputs": [0.38]}
    assert codes(activation="sigmoid", cases=[{**case, "outputs": [0.9]}]) == ["wrong-output"]
    [output] = compute_outputs(network(activation="sigmoid"), [0, 0])
    assert codes(activation="sigmoid", cases=[{**case, "outputs": [round(output, 2)]}]) == []
