"""Merged values are put into files as editors have laid them out, and a merge keeps its laws."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.content.file_data import read_file, write_file
from generator.content.rewrite import rewrite
from generator.formats.merge import ABSENT, merge

EDITED_LEVEL = """\
---
# What we call it
name: New     # a short name
title: "You are new"

summary: >-
  A sentence of fifty characters and a few more,
  on two lines.
metric: {from: 0, to: 1000}   # in euros
message:
    focus: 'Begin'
    # the pain comes next
    pain: Nothing yet
    promise: Something
modules: [1,
  2]
---

Welcome, **new** one.

## Symptoms

*   You have the first
    symptom
*   You have the second
    *   and what comes with it

## Keys to success

1. **Do** one thing

2. **Do** another
"""
EDITED_QUIZ = """\
# Ask kindly.
title: Where are you?

questions:
- id: skill        # the first
  text: What can you do?
  options:
  - {text: Little, level: 1}
  # the best
  - {text: Much, level: 2}

- id: taste
  text: "What do you like?"
  options: [{text: Tea, level: 1}, {text: Coffee, level: 2}]
"""

# What is changed in the data, and the one change that the text shows.
THEMED_LEVEL = """---
name: New
---

## Symptoms

### First things

- You have the first
- You have a second

### Then more

- You have a third
"""
REWRITES: dict[str, tuple[str, str, Callable[[dict[str, Any]], object], str, str]] = {
    "a plain value": (
        "a/1-new.md", EDITED_LEVEL, lambda data: data.update(title="You begin"),
        'title: "You are new"\n', "title: You begin\n",
    ),
    "a value with a comment behind it": (
        "a/1-new.md", EDITED_LEVEL, lambda data: data.update(name="Fresh"),
        "name: New     # a short name\n", "name: Fresh     # a short name\n",
    ),
    "a value on several lines": (
        "a/1-new.md", EDITED_LEVEL, lambda data: data.update(summary="Another."),
        "summary: >-\n  A sentence of fifty characters and a few more,\n  on two lines.\n", "summary: Another.\n",
    ),
    "a value in a group": (
        "a/1-new.md", EDITED_LEVEL, lambda data: data["message"].update(pain="None"),
        "    pain: Nothing yet\n", "    pain: None\n",
    ),
    "a group on one line": (
        "a/1-new.md", EDITED_LEVEL, lambda data: data.update(metric={"from": 0, "to": 2000}),
        "metric: {from: 0, to: 1000}   # in euros\n", "metric: {from: 0, to: 2000}   # in euros\n",
    ),
    "a list on two lines": (
        "a/1-new.md", EDITED_LEVEL, lambda data: data.update(modules=[1, 3]),
        "modules: [1,\n  2]\n", "modules: [1, 3]\n",
    ),
    "a field more": (
        "a/1-new.md", EDITED_LEVEL, lambda data: data.update(offers=["talk"]), "  2]\n---", "  2]\noffers: [talk]\n---",
    ),
    "a field less": (
        "a/1-new.md", EDITED_LEVEL, lambda data: data.pop("modules"), "modules: [1,\n  2]\n", "",
    ),
    "a field less above a comment on the next one": (
        "a/1-new.md", EDITED_LEVEL, lambda data: data["message"].pop("focus"), "    focus: 'Begin'\n", "",
    ),
    "an entry more above a comment on the next one": (
        "a/quiz.yaml", EDITED_QUIZ,
        lambda data: data["questions"][0]["options"].insert(1, {"text": "Some", "level": 1}),
        "  - {text: Little, level: 1}\n", "  - {text: Little, level: 1}\n  - {text: Some, level: 1}\n",
    ),
    "the text before the sections": (
        "a/1-new.md", EDITED_LEVEL, lambda data: data.update({"#opening": "Hello."}),
        "Welcome, **new** one.", "Hello.",
    ),
    "a bullet": (
        "a/1-new.md", EDITED_LEVEL, lambda data: data["## Symptoms"].__setitem__(0, "You have another"),
        "*   You have the first\n    symptom\n", "- You have another\n",
    ),
    "a bullet more": (
        "a/1-new.md", EDITED_LEVEL, lambda data: data["## Symptoms"].insert(1, "You have one more"),
        "    symptom\n", "    symptom\n- You have one more\n",
    ),
    "a bullet less": (
        "a/1-new.md", EDITED_LEVEL, lambda data: data["## Keys to success"].pop(), "\n2. **Do** another\n", "",
    ),
    "a bullet below a heading": (
        "a/1-new.md", THEMED_LEVEL, lambda data: data["## Symptoms"].__setitem__(2, "You have another"),
        "- You have a third\n", "- You have another\n",
    ),
    "a bullet before a heading": (
        "a/1-new.md", THEMED_LEVEL, lambda data: data["## Symptoms"].__setitem__(1, "You have another"),
        "- You have a second\n\n", "- You have another\n",
    ),
    "a section more": (
        "a/1-new.md", EDITED_LEVEL, lambda data: data.update({"## Success": ["You did it"]}),
        "2. **Do** another\n", "2. **Do** another\n\n## Success\n\n- You did it\n",
    ),
    "a value of an entry": (
        "a/quiz.yaml", EDITED_QUIZ, lambda data: data["questions"][0].update(text="What can you make?"),
        "  text: What can you do?\n", "  text: What can you make?\n",
    ),
    "an entry on one line": (
        "a/quiz.yaml", EDITED_QUIZ, lambda data: data["questions"][0]["options"][1].update(text="All"),
        "  - {text: Much, level: 2}\n", "  - {text: All, level: 2}\n",
    ),
    "an entry less": (
        "a/quiz.yaml", EDITED_QUIZ, lambda data: data["questions"].pop(),
        EDITED_QUIZ[EDITED_QUIZ.index("\n- id: taste") :], "",
    ),
    "an entry more": (
        "a/quiz.yaml", EDITED_QUIZ,
        lambda data: data["questions"].append({"id": "x", "text": "Why?", "options": [{"text": "So", "level": 1}]}),
        "{text: Coffee, level: 2}]\n",
        "{text: Coffee, level: 2}]\n\n- id: x\n  text: Why?\n  options:\n    - {text: So, level: 1}\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REWRITES)
def test_a_change_leaves_comments_and_layout_alone(name: str) -> None:
    path, text, change_data, old, new = REWRITES[name]
    assert text.count(old) == 1
    data = read_file(path, text)
    wanted = copy.deepcopy(data)
    change_data(wanted)
    assert rewrite(path, text, data, wanted) == text.replace(old, new)


def test_data_that_stays_leaves_the_text_as_it_is() -> None:
    data = read_file("a/1-new.md", EDITED_LEVEL)
    assert rewrite("a/1-new.md", EDITED_LEVEL, data, copy.deepcopy(data)) == EDITED_LEVEL


texts = st.text("ab #-:'\"{}[]&*!|>%@`é\\,?", min_size=1, max_size=12).map(str.strip).filter(bool)
fields = st.dictionaries(
    st.sampled_from(["name", "title", "note", "more"]),
    texts | st.integers(0, 99) | st.booleans() | st.lists(texts, max_size=3)
    | st.dictionaries(st.sampled_from(["a", "b", "c"]), texts, max_size=3),
    min_size=1,
)  # fmt: skip
points = st.lists(
    st.text("abc ", min_size=1, max_size=8).map(str.strip).filter(bool), min_size=1, max_size=4, unique=True
)
levels = st.builds(
    lambda head, opening, one, two: {**head, "#opening": opening, "## Symptoms": one, "## Keys to success": two},
    fields, st.sampled_from(["", "Hello.", "Hello,\n\nyou."]), points, points,
)  # fmt: skip
entries = st.lists(fields.map(lambda data: {**data}), min_size=1, max_size=4).map(
    lambda rows: [{"id": f"q{number}", **row} for number, row in enumerate(rows)]
)


@settings(max_examples=200)
@given(levels, levels)
def test_a_file_that_is_rewritten_has_the_data_it_is_to_have(old: dict[str, Any], new: dict[str, Any]) -> None:
    text = write_file("a/1-new.md", old)
    assert read_file("a/1-new.md", text) == old
    assert read_file("a/1-new.md", rewrite("a/1-new.md", text, old, new)) == new


@settings(max_examples=200)
@given(entries, entries)
def test_a_list_that_is_rewritten_has_the_data_it_is_to_have(old: list[Any], new: list[Any]) -> None:
    text = write_file("offers.yaml", old)
    assert read_file("offers.yaml", text) == old
    assert read_file("offers.yaml", rewrite("offers.yaml", text, old, new)) == new


# The laws of a merge


@settings(max_examples=200)
@given(levels | entries, levels | entries, levels | entries)
def test_a_merge_keeps_its_laws(base: Any, ours: Any, theirs: Any) -> None:
    assert merge(base, base, theirs) == (theirs, theirs, ())
    assert merge(base, ours, base) == (ours, base, ())
    assert merge(base, ours, ours) == (ours, ours, ())
    merged = merge(base, ours, theirs)
    again = merge(merged.base, merged.value, theirs)
    assert again.value == merged.value
    assert len(again.conflicts) == len(merged.conflicts)
    assert merge(base, ours, theirs, settle="mine").conflicts == ()
    settled = merge(base, ours, theirs, settle="strategy")
    assert settled.conflicts == ()
    assert merge(settled.base, settled.value, theirs) == (settled.value, settled.base, ())


def test_an_absent_side_is_a_value_like_any_other() -> None:
    assert merge(ABSENT, ABSENT, "new").value == "new"
    assert merge("old", "old", ABSENT).value is ABSENT
    assert merge("old", ABSENT, "old").value is ABSENT
    assert merge("old", ABSENT, "new").conflicts != ()
    assert merge("old", "mine", ABSENT).value == "mine"
