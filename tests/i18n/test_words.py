"""The words that templates add, and how a site replaces them."""

import ast
import json

import pytest

from generator.content.kinds import KINDS
from generator.files.tree import MemoryTree
from generator.i18n.words import load_words
from generator.pages.comparison_tables import GROUPS
from tests.sites import ROOT, real_words, spell_out, tiny_layouts

LAYOUTS = MemoryTree(
    {"words.yaml": 'home: Home\nlevel: "Level {number}"\nsigns: {one: "{count} sign", other: "{count} signs"}\n'},
    "layouts",
)


def load(text: str | None) -> tuple[dict[str, object], list[str]]:
    words, problems = load_words(LAYOUTS, MemoryTree({} if text is None else {"words.yaml": text}))
    return dict(words), [str(problem) for problem in problems]


def test_without_words_of_its_own_a_site_has_those_of_the_layouts() -> None:
    words, problems = load(None)
    assert words == {
        "home": "Home",
        "level": "Level {number}",
        "signs": {"one": "{count} sign", "other": "{count} signs"},
    }
    assert problems == []


def test_a_site_replaces_the_words_it_names() -> None:
    words, problems = load("home: Start\n")
    assert (words["home"], words["level"]) == ("Start", "Level {number}")
    assert problems == []


def test_a_number_is_a_word_too() -> None:
    assert load("home: 24\n")[0]["home"] == "24"


def test_a_word_may_use_the_placeholders_it_is_given_or_not() -> None:
    assert load("level: '{number}. Stufe'\n")[1] == []
    assert load("level: Stufe\n")[1] == []


def test_a_language_has_the_plural_forms_it_needs() -> None:
    text = "signs: {zero: a, one: b, two: c, few: d, many: e, other: '{count}'}\n"
    words, problems = load(text)
    assert words["signs"] == {"zero": "a", "one": "b", "two": "c", "few": "d", "many": "e", "other": "{count}"}
    assert problems == []


def test_where_a_language_has_one_form_one_text_is_enough() -> None:
    assert load("signs: '{count} 個'\n") == ({**load(None)[0], "signs": "{count} 個"}, [])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("hoem: x\n", "content/words.yaml:1:1: unknown word 'hoem'. Did you mean 'home'?"),
        ("home: ''\n", "content/words.yaml:1:1: the word 'home' is empty. Write one, or delete the line."),
        ("signs: {one: a}\n", "content/words.yaml:1:1: the word 'signs' has wrong plural forms. "
         "Give 'other', and of zero, one, two, few, many, other what you need."),
        ("level: '{nummer}'\n", "content/words.yaml:1:1: the word 'level' uses {nummer}, which it is not given. "
         "It is given: {number}."),
    ],
)  # fmt: skip
def test_a_wrong_word_is_a_problem(text: str, message: str) -> None:
    assert load(text)[1] == [message]


def test_layouts_need_their_words() -> None:
    words, problems = load_words(MemoryTree({}, "layouts"), MemoryTree({}))
    assert words == {}
    assert [str(problem) for problem in problems] == [
        "layouts/words.yaml: this file is missing. Templates need its words."
    ]


def test_the_words_of_the_layouts_are_valid() -> None:
    assert load_words(tiny_layouts(), MemoryTree({}))[1] == []
    assert real_words().keys() == spell_out(real_words()).keys()


def said_words() -> set[str]:
    """The words that the program itself says: the arguments of `say`, and the names of rows, columns and menus."""
    found = {"level", "audience", *GROUPS, *(word for words in GROUPS.values() for word in words)}
    found |= {kind.menu_word for kind in KINDS if kind.menu_word}
    for path in [*(ROOT / "generator/i18n").glob("*.py"), *(ROOT / "generator/pages").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, (ast.Attribute, ast.Name)) and node.args:
                name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
                first = node.args[0]
                if name == "say" and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found


def period_words() -> set[str]:
    """The words for the periods that a metric or a bill may have, which are named nowhere in full."""
    schema = json.loads((ROOT / "docs/schemas/audience.schema.json").read_text(encoding="utf-8"))
    fields = [kind["properties"]["period"] for kind in schema["$defs"].values() if "period" in kind["properties"]]
    choices = [choice for field in fields for choice in field.get("anyOf", [field])]
    return {f"per_{period}" for choice in choices for period in choice.get("enum", ())}


def test_the_layouts_have_every_word_that_the_program_says() -> None:
    assert len(said_words()) > 40
    assert said_words() | period_words() <= real_words().keys()


def test_every_word_is_used_somewhere() -> None:
    texts = [
        path.read_text(encoding="utf-8") for path in (ROOT / "layouts").rglob("*") if path.suffix in (".html", ".js")
    ]
    texts += [path.read_text(encoding="utf-8") for path in (ROOT / "generator").rglob("*.py")]
    unused = {word for word in real_words() if not any(word in text for text in texts)}
    assert unused == period_words()
