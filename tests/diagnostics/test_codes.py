"""Every diagnostic of the program has a code of its own: short, in kebab-case, for a program that reads the report."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.sites import ROOT

KEBAB_CASE = re.compile(r"[a-z]+(-[a-z0-9]+)*")
TREES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "generator").rglob("*.py"))
}


def find_functions(tree: ast.Module) -> dict[str, int | None]:
    """The functions of a module, each with the position of its argument `code` in a call; None if it has none."""
    functions = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args if argument.arg not in ("self", "cls")]
            takes_code = "code" in names and not {"message", "what", "hint"}.isdisjoint(names)
            functions[node.name] = names.index("code") if takes_code else None
    return functions


FUNCTIONS = {path: find_functions(tree) for path, tree in TREES.items()}
# A name that is used for functions with and without a code: only its own module knows which is meant.
AMBIGUOUS = {
    name for one in FUNCTIONS.values() for name in one if len({two.get(name) for two in FUNCTIONS.values()}) > 2
}
MAKERS = {name: at for one in FUNCTIONS.values() for name, at in one.items() if name not in AMBIGUOUS}
MAKERS["Diagnostic"] = 0


def find_codes(tree: ast.Module) -> Iterator[str]:
    """The codes written in a module."""
    makers = {name: at for name, at in (MAKERS | find_functions(tree)).items() if at is not None}
    constants = {
        ast.unparse(node.targets[0]): node.value for node in tree.body if isinstance(node, ast.Assign)
    }  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := ast.unparse(node.func).rpartition(".")[2]) in makers:
            given = [*node.args[makers[name] :][:1], *(word.value for word in node.keywords if word.arg == "code")]
            yield from read_code(constants.get(ast.unparse(given[0]), given[0]))


def read_code(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(str(code)):
            yield code
        case ast.JoinedStr(parts):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "x" for part in parts)
        case ast.IfExp(_, first, second):
            yield from (*read_code(first), *read_code(second))
        case _:  # handed on, or chosen elsewhere
            pass


def test_errors_and_warnings_take_a_code_first() -> None:
    assert MAKERS.items() >= {"error_at": 0, "warning_at": 0, "Diagnostic": 0}.items()
    source = 'A = "a"\nerror_at(A, p)\nx.warning_at(code, p)\nDiagnostic(code="b" if x else f"{x}-c")\nerror_at(x.y)'
    assert list(find_codes(ast.parse(source))) == ["a", "b", "x-c"]
    assert len({code for tree in TREES.values() for code in find_codes(tree)}) > 150


@pytest.mark.parametrize("path", TREES)
def test_every_code_is_in_kebab_case(path: str) -> None:
    assert [code for code in find_codes(TREES[path]) if not KEBAB_CASE.fullmatch(code)] == []
