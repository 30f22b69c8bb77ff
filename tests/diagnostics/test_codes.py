"""Every diagnostic of the program has a code of its own: short, in kebab-case, for a program that reads the report."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.sites import ROOT

# To be deleted when every package has its codes; then the whole program is held to this.
PACKAGES_DONE = ("diagnostics", "server")

KEBAB_CASE = re.compile(r"[a-z]+(-[a-z0-9]+)*")
TREES = {
    path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "generator").rglob("*.py"))
    if path.relative_to(ROOT).parts[1] in PACKAGES_DONE
}


def find_makers() -> dict[str, int]:
    """The functions that take a code, and the position of that argument in a call of them."""
    makers = {"Diagnostic": 0}
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [argument.arg for argument in node.args.args if argument.arg not in ("self", "cls")]
                makers |= {node.name: names.index("code")} if "code" in names and "message" in names else {}
    return makers


MAKERS = find_makers()


def find_codes(tree: ast.Module) -> Iterator[str]:
    """The codes written in a module. A function that takes a code may hand it on as `code`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := ast.unparse(node.func).rpartition(".")[2]) in MAKERS:
            given = [*node.args[MAKERS[name] :][:1], *(word.value for word in node.keywords if word.arg == "code")]
            for part in ast.walk(given[0]):
                if isinstance(part, ast.Constant):
                    yield str(part.value)
            if isinstance(given[0], ast.Name) and given[0].id != "code":
                yield f"{given[0].id}, a variable"


def test_errors_and_warnings_take_a_code_first() -> None:
    assert MAKERS.items() >= {"error_at": 0, "warning_at": 0, "Diagnostic": 0}.items()
    assert list(find_codes(ast.parse('error_at("a", p)\nx.warning_at(code, p)\nDiagnostic(code="c")'))) == ["a", "c"]


@pytest.mark.parametrize("path", TREES)
def test_every_code_is_in_kebab_case(path: str) -> None:
    assert [code for code in find_codes(TREES[path]) if not KEBAB_CASE.fullmatch(code)] == []
