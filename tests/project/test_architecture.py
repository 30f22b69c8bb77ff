"""The program is built as docs/architecture.md says: packages in layers, imports that run one way, nothing global."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter

import pytest

from tests.sites import ROOT

PACKAGE = ROOT / "generator"
MODULES = {
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): ast.parse(
        path.read_text(encoding="utf-8")
    )
    for path in sorted(PACKAGE.rglob("*.py"))
}
PACKAGES = [
    path.parent.relative_to(ROOT).as_posix().replace("/", ".") for path in sorted(PACKAGE.glob("*/**/__init__.py"))
]
# `cli → server, strategy → build`: the line of the document that says who may import whom.
LAYERS = [
    re.findall(r"\w+", layer)
    for layer in next(
        line for line in (ROOT / "docs/architecture.md").read_text(encoding="utf-8").splitlines() if " → files" in line
    ).split("→")
]
# The modules above all packages.
BOOTSTRAP = ("generator.bootstrap", "generator.environment")

# Methods that change the list, dict or set they belong to.
CHANGES = {"add", "append", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "reverse",
           "setdefault", "sort", "update"}  # fmt: skip

# `os.environ` and `sys.path` belong to the process.
NOT_OURS = {"os", "sys"}

# An executor has no other way to hand over a value to a worker process once.
ALLOWED = {"generator.build.workers": ["global _shared"]}


def package_of(module: str) -> str:
    return module.split(".")[1]


def find_imports(tree: ast.AST) -> Iterator[str]:
    """The modules of the program that a module imports, in functions and under TYPE_CHECKING too."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in MODULES else str(node.module) for name in names]
        yield from (name for name in names if name in MODULES)


def test_every_package_is_in_one_layer() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert sorted(name for layer in LAYERS for name in layer) == sorted(packages)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_packages_below_its_own(module: str) -> None:
    if module in ("generator", *BOOTSTRAP):
        return
    layers = {name: level for level, layer in enumerate(LAYERS) for name in layer}
    own = package_of(module)
    others = {name for name in find_imports(MODULES[module]) if package_of(name) != own}
    assert {name for name in others if layers[package_of(name)] <= layers[own]} == set()


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_what_other_packages_export(module: str) -> None:
    """`__all__` of a package names its public modules, and so does that of each package in a package."""
    for name in find_imports(MODULES[module]):
        for package in PACKAGES:
            if name.startswith(f"{package}.") and not f"{module}.".startswith(f"{package}."):
                assert name.removeprefix(f"{package}.") in exports_of(package), f"{module} imports {name}"


def exports_of(package: str) -> list[str]:
    assignments = [node for node in MODULES[package].body if isinstance(node, ast.Assign)]
    return [name for node in assignments if ast.unparse(node.targets[0]) == "__all__" for name in literal(node)]


def literal(node: ast.Assign) -> list[str]:
    return list(ast.literal_eval(node.value))


@pytest.mark.parametrize("package", PACKAGES)
def test_every_package_says_what_it_is_for(package: str) -> None:
    assert ast.get_docstring(MODULES[package])
    assert sorted(exports_of(package)) == exports_of(package)
    assert [name for name in exports_of(package) if f"{package}.{name}" not in MODULES] == []


def test_there_are_no_import_cycles() -> None:
    graph = {module: set(find_imports(tree)) - {module} for module, tree in MODULES.items()}
    assert list(TopologicalSorter(graph).static_order())


def test_imports_in_functions_and_under_type_checking_count() -> None:
    tree = ast.parse(
        "import generator.cli.main\n"
        "if TYPE_CHECKING:\n    from generator.build.pipeline import BuildReport\n"
        "def load():\n    from generator.i18n import cldr\n    from generator.cli.build import run\n"
    )
    assert set(find_imports(tree)) == {
        "generator.cli.main", "generator.build.pipeline", "generator.i18n.cldr", "generator.cli.build",
    }  # fmt: skip


def find_changes(tree: ast.Module) -> Iterator[str]:
    """The statements in functions that change module-level state, as line and code."""
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
    """The names that a module-level statement binds."""
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
    """The first name in a chain of attributes and subscripts."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    return node.id if isinstance(node, ast.Name) else None


@pytest.mark.parametrize("module", MODULES)
def test_no_function_changes_module_level_state(module: str) -> None:
    found = [change.partition(": ")[2] for change in find_changes(MODULES[module])]
    assert found == ALLOWED.get(module, [])


@pytest.mark.parametrize(
    "change",
    ["global KNOWN", "KNOWN['a'] = 1", "del KNOWN['a']", "KNOWN.update(a=1)", "KNOWN['a'].append(1)", "math.pi = 3"],
)
def test_a_change_of_module_level_state_is_found(change: str) -> None:
    assert len(list(find_changes(ast.parse(f"import math\nKNOWN = {{}}\ndef learn():\n    {change}\n")))) == 1


def test_local_state_may_change() -> None:
    text = "KNOWN = {}\ndef learn(more):\n    KNOWN = {}\n    KNOWN['a'] = 1\n    more.append(KNOWN['a'])\n"
    assert list(find_changes(ast.parse(text))) == []
