"""Every promise between files is held to: each way to break one has a case in `test_bad_inputs.py`.

The reports themselves are tested there. Here it is made sure that none is missing: a new rule, or a new way
to break an old one, needs a case of its own.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from inspect import getmembers, isgeneratorfunction
from pathlib import Path

import pytest

from generator.build.cache import Cache
from generator.build.load import LoadedSite, Resources, load_site
from generator.content import block_rules, brand_rules, measure_rules, rules
from generator.diagnostics.diagnostic import Diagnostic, SiteError
from generator.files.tree import MemoryTree
from generator.i18n.conventions import Conventions
from tests.content.test_bad_inputs import CASES_BY_NAME
from tests.sites import ABOUT, CALENDAR, SITE, Files, crowd, real_layouts, text_of

SITE_RULES = {rule.__name__: rule for rule in (*rules.SITE_RULES, *rules.WHOLE_SITE_RULES)}
AUDIENCE_RULES = {rule.__name__: rule for rule in rules.AUDIENCE_RULES}
RULES = (*SITE_RULES, *AUDIENCE_RULES)
MODULES = (rules, block_rules, brand_rules, measure_rules)
CODE = [node for module in MODULES for node in ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")).body]
FUNCTIONS = {node.name: node for node in CODE if isinstance(node, ast.FunctionDef)}


def load_files(files: Files) -> LoadedSite:
    return load_site(MemoryTree(files), real_layouts(), CALENDAR, Cache(), Resources())


def break_rules(files: Files) -> Iterator[tuple[str, Diagnostic]]:
    """What each rule finds in a site, as far as the site can be loaded."""
    try:
        known = load_files(files)
    except SiteError:
        return
    conventions = Conventions()
    for name, rule in SITE_RULES.items():
        yield from ((name, problem) for problem in rule(known.site, conventions))
    for audience in known.audiences.values():
        for name, audience_rule in AUDIENCE_RULES.items():
            yield from ((name, problem) for problem in audience_rule(known.site, audience))


@cache
def find_broken() -> dict[str, set[str]]:
    """What each rule says of all the bad inputs together."""
    found: dict[str, set[str]] = {name: set() for name in RULES}
    for files in CASES_BY_NAME.values():
        for name, problem in break_rules(files):
            found[name].add(problem.message)
    return found


def list_messages(function: ast.FunctionDef) -> list[str]:
    """The messages that a function may give, as patterns: what it calls `message`, or hands to a diagnostic at once."""
    texts: list[ast.expr] = []
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            target, value = node.targets[0], node.value
            pairs = [(target, value)]
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                pairs = list(zip(target.elts, value.elts, strict=True))
            texts += [text for name, text in pairs if ast.unparse(name) == "message"]
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("error_at", "warning_at"):
            texts += [text for text in node.args[3:4] if not isinstance(text, ast.Name)]
    return [write_pattern(text) for text in texts]


def write_pattern(text: ast.expr) -> str:
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in parts)


MESSAGES = [(name, pattern) for name, function in FUNCTIONS.items() for pattern in list_messages(function)]


def test_the_small_site_keeps_every_promise() -> None:
    assert list(break_rules(SITE)) == []


def test_every_rule_is_in_a_list_and_so_is_asked() -> None:
    public = {name for module in MODULES for name, rule in getmembers(module, isgeneratorfunction)
              if rule.__module__ == module.__name__ and not name.startswith("_")}  # fmt: skip
    assert public == set(RULES)


def test_every_rule_says_something() -> None:
    """Where the messages of a rule cannot be read off its code, the test below would be empty."""
    helpers = {
        "site_blocks_are_sound": "_check_blocks",
        "audience_blocks_are_sound": "_check_blocks",
        "offers_are_known": "check_offer_ids",
        "names_and_ids_are_unique": "_find_repeated",
        "routes_are_unique": "_find_taken",
        "routes_within_audience_are_unique": "_find_taken",
    }
    silent = {name for name in RULES if not list_messages(FUNCTIONS[helpers.get(name, name)])}
    assert silent == set()


@pytest.mark.parametrize(("name", "pattern"), MESSAGES)
def test_every_way_to_break_a_rule_has_a_case(name: str, pattern: str) -> None:
    broken = find_broken()
    said = broken.get(name) or {message for messages in broken.values() for message in messages}
    assert [message for message in said if re.fullmatch(pattern, message)]


@pytest.mark.parametrize("name", RULES)
def test_every_rule_is_broken_by_a_case(name: str) -> None:
    assert find_broken()[name]


@pytest.mark.parametrize("count", [2, 9])
def test_what_is_wrong_between_files_is_found_in_however_many_audiences(count: int) -> None:
    """Of many audiences less is kept of each."""
    files = crowd(count)
    files["users/2-compare.md"] = files.pop("users/2-found.md").replace("for Found", "for Lost")
    files["pages/makers.md"] = text_of(ABOUT).replace("About us", "Makers").replace("page about us", "page for makers")
    assert sorted(f"{problem.path}: {problem.message}" for _, problem in break_rules(files)) == [
        "pages/makers.md: its address '/makers/' is that of makers/audience.md already.",
        "users/2-compare.md: its address '/users/compare/' is that of users/audience.md already.",
        "users/2-compare.md: the summary is the same as in users/1-lost.md.",
    ]


@pytest.mark.parametrize("address", ["https://]", "https://[", "https://user:pass@]:x/"])
def test_an_odd_address_is_no_placeholder_and_no_crash(address: str) -> None:
    assert (
        list(break_rules({**SITE, "site.yaml": text_of("site.yaml").replace("https://small-site.org", f"'{address}'")}))
        == []
    )
