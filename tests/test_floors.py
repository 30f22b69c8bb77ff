"""The house stands as it is drawn: docs/architecture.md has the floors, and the program keeps to them."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.sites import ROOT

PACKAGE = ROOT / "generator"
MODULES = {
    path.relative_to(PACKAGE).with_suffix("").as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.name != "__init__.py"
}
TABLE = re.findall(
    r"^\| (\d) \| `([\w/]+)` \| (.+) \|$", (ROOT / "docs/architecture.md").read_text(encoding="utf-8"), re.MULTILINE
)

# The longest a module may be, in lines, and those that are longer for a reason.
LONGEST = 300
LONG = {
    "schema": "it is the list of all fields",
    "serve": "requests, connections and the server are one conversation",
}

# Methods that change the list, dict or set they belong to.
CHANGES = {"add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "reverse",
           "setdefault", "sort", "update"}  # fmt: skip

# The environment is the system's: what is in it is handed over from one program to the next. Where modules are
# looked for is the interpreter's.
NOT_OURS = {"os", "sys"}


def find_imports(tree: ast.AST) -> Iterator[str]:
    """The modules of the program that a module imports, wherever in it and for whatever purpose."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names] + [str(node.module)]
        for name in names:
            module = name.removeprefix("generator.").replace(".", "/")
            if name.startswith("generator.") and module in MODULES:
                yield module


def test_every_module_stands_on_one_floor() -> None:
    assert sorted(module for _, module, _ in TABLE) == sorted(MODULES)


def test_the_floors_are_drawn_from_the_ground_up() -> None:
    floors = [int(floor) for floor, _, _ in TABLE]
    assert floors == sorted(floors)
    assert set(floors) == set(range(max(floors) + 1))


def test_every_module_is_said_to_be_one_thing() -> None:
    meanings = [meaning for _, _, meaning in TABLE]
    assert len(set(meanings)) == len(meanings)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_stands_below_it(module: str) -> None:
    """Below is a lower floor, or an earlier place on the same. So there can be no cycle either."""
    order = [name for _, name, _ in TABLE]
    above = {name for name in find_imports(MODULES[module]) if order.index(name) >= order.index(module)}
    assert above == set()


def test_an_import_counts_wherever_it_stands() -> None:
    tree = ast.parse(
        "import generator.cli\n"
        "if TYPE_CHECKING:\n    from generator.pipeline import Report\n"
        "def load():\n    from generator import cldr\n    from generator.commands.build import run\n"
    )
    assert set(find_imports(tree)) == {"cli", "pipeline", "cldr", "commands/build"}


def test_no_module_is_longer_than_one_can_read_at_a_sitting() -> None:
    lengths = {module: (PACKAGE / f"{module}.py").read_text(encoding="utf-8").count("\n") for module in MODULES}
    assert {module for module, length in lengths.items() if length > LONGEST} - LONG.keys() == set()


def find_changes(tree: ast.Module) -> Iterator[str]:
    """Where a function changes what stands at the top of its module, as line and code."""
    top = {name for node in tree.body for name in find_names(node)}
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        arguments = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
        assigned = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and is_changed(node)}
        ours = top - arguments - assigned - NOT_OURS
        for node in ast.walk(function):
            if isinstance(node, ast.Global):
                yield f"{node.lineno}: {ast.unparse(node)}"
            if isinstance(node, ast.Attribute | ast.Subscript) and is_changed(node) and find_root(node) in ours:
                yield f"{node.lineno}: {ast.unparse(node)}"
            if isinstance(node, ast.Call) and is_change(node.func) and find_root(node.func) in ours:
                yield f"{node.lineno}: {ast.unparse(node)}"


def find_names(node: ast.stmt) -> Iterator[str]:
    """The names that a statement at the top of a module makes."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield node.name
    elif isinstance(node, ast.Import | ast.ImportFrom):
        yield from ((alias.asname or alias.name).partition(".")[0] for alias in node.names)
    else:
        yield from (part.id for part in ast.walk(node) if isinstance(part, ast.Name) and is_changed(part))


def is_changed(node: ast.Name | ast.Attribute | ast.Subscript) -> bool:
    return isinstance(node.ctx, ast.Store | ast.Del)


def is_change(method: ast.expr) -> bool:
    return isinstance(method, ast.Attribute) and method.attr in CHANGES


def find_root(node: ast.expr) -> str | None:
    """The name that a chain of attributes and items begins with."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


@pytest.mark.parametrize("module", MODULES)
def test_nothing_at_the_top_of_a_module_changes(module: str) -> None:
    assert list(find_changes(MODULES[module])) == []


@pytest.mark.parametrize(
    "change",
    ["global KNOWN", "KNOWN['a'] = 1", "del KNOWN['a']", "KNOWN.update(a=1)", "KNOWN['a'].append(1)", "math.pi = 3"],
)
def test_a_change_at_the_top_of_a_module_would_be_found(change: str) -> None:
    assert len(list(find_changes(ast.parse(f"import math\nKNOWN = {{}}\ndef learn():\n    {change}\n")))) == 1


def test_what_a_function_makes_for_itself_may_change() -> None:
    text = "KNOWN = {}\ndef learn(more):\n    KNOWN = {}\n    KNOWN['a'] = 1\n    more.append(KNOWN['a'])\n"
    assert list(find_changes(ast.parse(text))) == []
