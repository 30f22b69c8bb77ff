"""What is wrong with a network: names, edges, and what it is said to compute."""

from collections.abc import Collection, Iterator

from generator.diagnostics.diagnostic import Diagnostic, Keys, error_at, suggest
from generator.drawings.network import compute_outputs
from generator.schema.drawn_blocks import NetworkBlock

# Outputs are as expected if they are so to two decimals.
TOLERANCE = 0.005


def check_network(path: str, keys: Keys, block: NetworkBlock) -> Iterator[Diagnostic]:
    """The errors in its parts; where there is none, in what it computes."""
    layers = {name: number for number, layer in enumerate(block.layers) for name in layer}
    unknown = [*_check_names(path, keys, block, layers)]
    problems = [
        *unknown,
        # A node whose name is written in another way in its edges has none.
        *(problem for problem in _check_nodes(path, keys, block) if not unknown or problem.code != "lonely-node"),
        *_check_edges(path, keys, block, layers),
        *_check_biases(path, keys, block, layers),
        *_check_lengths(path, keys, block),
    ]
    yield from problems or _check_outputs(path, keys, block)


def _check_names(path: str, keys: Keys, block: NetworkBlock, layers: Collection[str]) -> Iterator[Diagnostic]:
    """Names that no layer has, each where it comes first."""
    named: list[tuple[Keys, str]] = []
    for index, edge in enumerate(block.edges):
        named += [((*keys, "edges", index, "from"), edge.start), ((*keys, "edges", index, "to"), edge.end)]
    named += [((*keys, "biases", index, "node"), entry.node) for index, entry in enumerate(block.biases)]
    unknown = {name: place for place, name in reversed(named) if name not in layers}
    for name, place in unknown.items():
        yield error_at("unknown-node", path, place, f"there is no node '{name}'.", suggest(name, layers))


def _check_nodes(path: str, keys: Keys, block: NetworkBlock) -> Iterator[Diagnostic]:
    last, known = len(block.layers) - 1, set[str]()
    starts, ends = {edge.start for edge in block.edges}, {edge.end for edge in block.edges}
    for number, layer in enumerate(block.layers):
        for index, name in enumerate(layer):
            place = (*keys, "layers", number, index)
            if name in known:
                yield error_at("repeated-node", path, place, f"there is a node '{name}' already.", "Rename one.")
            elif number and name not in ends:
                yield error_at("lonely-node", path, place, f"no edge leads to '{name}'.", "Add one to 'edges'.")
            elif number < last and name not in starts:
                yield error_at("lonely-node", path, place, f"no edge leads on from '{name}'.", "Add one to 'edges'.")
            known.add(name)


def _check_edges(path: str, keys: Keys, block: NetworkBlock, layers: dict[str, int]) -> Iterator[Diagnostic]:
    known: set[tuple[str, str]] = set()
    for index, edge in enumerate(block.edges):
        place = (*keys, "edges", index)
        if layers.keys() >= {edge.start, edge.end} and layers[edge.end] != layers[edge.start] + 1:
            message = f"this edge leads from layer {layers[edge.start] + 1} to layer {layers[edge.end] + 1}."
            yield error_at("edge-between-layers", path, place, message, "An edge leads to the next layer.")
        if (edge.start, edge.end) in known:
            message = f"there is an edge from '{edge.start}' to '{edge.end}' already."
            yield error_at("repeated-edge", path, place, message, "Keep one.")
        known.add((edge.start, edge.end))


def _check_biases(path: str, keys: Keys, block: NetworkBlock, layers: dict[str, int]) -> Iterator[Diagnostic]:
    for index, entry in enumerate(block.biases):
        place = (*keys, "biases", index, "node")
        if layers.get(entry.node) == 0:
            yield error_at("bias-of-input", path, place, f"'{entry.node}' is an input, and adds nothing.", "Delete it.")
        if entry.node in [other.node for other in block.biases[:index]]:
            yield error_at("repeated-bias", path, place, f"'{entry.node}' has a bias already.", "Keep one.")


def _check_lengths(path: str, keys: Keys, block: NetworkBlock) -> Iterator[Diagnostic]:
    for index, case in enumerate(block.cases):
        sides = (("inputs", case.inputs, block.layers[0]), ("outputs", case.outputs, block.layers[-1]))
        for key, numbers, layer in sides:
            if len(numbers) != len(layer):
                message = f"numbers here: {len(numbers)}; {key} of the network: {len(layer)}."
                hint = f"Give one for each of {', '.join(layer)}."
                yield error_at("uneven-case", path, (*keys, "cases", index, key), message, hint)


def _check_outputs(path: str, keys: Keys, block: NetworkBlock) -> Iterator[Diagnostic]:
    for index, case in enumerate(block.cases):
        for position, output in enumerate(compute_outputs(block, case.inputs)):
            expected = case.outputs[position]
            if abs(output - expected) > TOLERANCE:
                message = f"'{block.layers[-1][position]}' is {round(output, 2):g} for these inputs, not {expected:g}."
                place = (*keys, "cases", index, "outputs", position)
                yield error_at("wrong-output", path, place, message, "Correct the network, or what you expect of it.")
