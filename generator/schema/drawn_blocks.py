"""Blocks that the build draws from numbers. What is drawn is computed in `generator/drawings/`, a module a kind."""

from typing import Annotated, Literal

from msgspec import Meta, field

from generator.schema.block import Block
from generator.schema.types import Fields, Text, doc

# A text below what is drawn; it is the place to say that numbers are an illustration.
Caption = Annotated[Text | None, doc("A line below it.", "An illustration, computed for this page.")]
StepCount = Annotated[int, doc(None, ge=2, le=1_000_000_000, title="a whole number from 2 to 1,000,000,000")]
Peak = Annotated[float, doc(None, ge=1e-6, le=1e6, title="a number from 0.000001 to 1000000")]
Floor = Annotated[float, doc(None, ge=0, le=1e6, title="a number from 0 to 1000000")]


Component = Annotated[float, doc(None, ge=-100, le=100, title="a number from -100 to 100")]
Token = Annotated[str, doc(None, pattern=r"^\S{1,12}$", title="a word of 1 to 12 characters, without blanks")]


class AttentionWord(Fields, frozen=True, kw_only=True):
    """A word, with what it asks the words so far and what it answers to: vectors, all of the same length."""

    word: Annotated[Token, doc("The word.", "we")]
    query: Annotated[tuple[Component, ...], doc("What it looks for, as numbers.", [1, 0], min_length=1, max_length=16)]
    key: Annotated[tuple[Component, ...], doc("What it is to others, as numbers.", [2, 0], min_length=1, max_length=16)]


class SparsePattern(Fields, frozen=True, kw_only=True):
    """Which cells are computed where not all are: the latest words, and some that all look at."""

    size: Annotated[int, doc("How many words there are.", 26, ge=2, le=48, title="a whole number from 2 to 48")]
    window: Annotated[
        int,
        doc(
            "How many of the latest words each one sees, itself included.", 3, ge=1, title="a whole number of 1 or more"
        ),
    ]
    columns: Annotated[
        int, doc("How many words at the beginning all of them see.", 2, ge=0, title="a whole number of 0 or more")
    ] = 0


class MatrixBlock(Block, frozen=True, kw_only=True, tag="matrix"):
    """Attention: how much each word looks at itself and those before it. Give it words with vectors, of which the build
    computes the shares, or a sparse pattern, of which it counts the cells.
    """

    words: Annotated[
        tuple[AttentionWord, ...],
        doc(
            "The words, in their order.",
            [
                {"word": "we", "query": [1, 0], "key": [2, 0]},
                {"word": "climb", "query": [2, 0], "key": [0, 2]},
                {"word": "it", "query": [0, 1], "key": [0, 1]},
            ],
            max_length=12,
        ),
    ] = ()
    sparse: Annotated[
        SparsePattern | None,
        doc("Instead of words: a pattern.", {"size": 26, "window": 3, "columns": 2}, extra={"instead": True}),
    ] = None
    caption: Caption = None


NodeName = Annotated[str, doc(None, pattern=r"^\S{1,4}$", title="a name of 1 to 4 characters, without blanks")]


class Edge(Fields, frozen=True, kw_only=True):
    """A connection between two nodes of layers that follow each other."""

    start: Annotated[NodeName, doc("The node where it begins.", "x1")] = field(name="from")
    end: Annotated[NodeName, doc("The node of the next layer to which it leads.", "y")] = field(name="to")
    weight: Annotated[Component, doc("What the value is multiplied by; the page shows two decimals.", 1, -0.5)]


class NodeBias(Fields, frozen=True, kw_only=True):
    """What a node adds to its sum."""

    node: Annotated[NodeName, doc("The node.", "y")]
    bias: Annotated[Component, doc("The number that is added.", -1.5)]


class NetworkCase(Fields, frozen=True, kw_only=True):
    """Inputs, and what the network is expected to make of them."""

    inputs: Annotated[tuple[Component, ...], doc("A number for each node of the first layer.", [1, 1])]
    outputs: Annotated[
        tuple[Component, ...],
        doc("The number expected of each node of the last layer. The build computes it, to two decimals.", [1]),
    ]


class NetworkBlock(Block, frozen=True, kw_only=True, tag="network"):
    """A small neural network with its weights. The build computes the cases; an output that is not as expected is a
    mistake.
    """

    layers: Annotated[
        tuple[Annotated[tuple[NodeName, ...], Meta(min_length=1, max_length=4)], ...],
        doc(
            "The names of the nodes, layer by layer, the inputs first.",
            [["x1", "x2"], ["y"]],
            min_length=2,
            max_length=3,
        ),
    ]
    edges: Annotated[
        tuple[Edge, ...],
        doc(
            "The connections.",
            [{"from": "x1", "to": "y", "weight": 1}, {"from": "x2", "to": "y", "weight": 1}],
            min_length=1,
            max_length=18,
        ),
    ]
    biases: Annotated[tuple[NodeBias, ...], doc("What nodes add to their sums.", [{"node": "y", "bias": -1.5}])] = ()
    activation: Annotated[
        Literal["step", "relu", "sigmoid", "linear"],
        doc("What each node but the inputs makes of its sum; `step` is 1 above 0, else 0.", "step"),
    ] = "relu"
    cases: Annotated[
        tuple[NetworkCase, ...],
        doc(
            "What it computes, as a table below it.",
            [
                {"inputs": [0, 0], "outputs": [0]},
                {"inputs": [0, 1], "outputs": [0]},
                {"inputs": [1, 0], "outputs": [0]},
                {"inputs": [1, 1], "outputs": [1]},
            ],
            max_length=8,
        ),
    ] = ()
    caption: Caption = None


class ScheduleBlock(Block, frozen=True, kw_only=True, tag="schedule"):
    """A quantity over time, computed: it rises evenly to its peak, then falls along half a wave of the cosine."""

    up: Annotated[Text, doc("What is measured upwards.", "Height above the hut")]
    across: Annotated[Text, doc("What is counted from left to right.", "Minute of the day")]
    total: Annotated[StepCount, doc("How many steps there are.", 1000)]
    warm_up: Annotated[
        int,
        doc("In how many of them it rises.", 150, ge=0, title="a whole number of 0 or more"),
    ] = 0
    peak: Annotated[Peak, doc("The highest value.", 900)]
    floor: Annotated[Floor, doc("The value at the last step.", 90)] = 0
    caption: Caption = None
