"""What editors read in their own language: the texts of starting files and of imports, and the labels of the browser
editor.

All are in `editors/`, a file for each language. What a language lacks is said in English.
"""

from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from generator.files.tree import DiskTree
from generator.formats.document import read_text, read_yaml
from generator.formats.yaml_reader import load_yaml
from generator.i18n.words import ENGLISH, find_variants

FOLDER = Path(__file__).parent / "editors"
# The starting texts that may stay: names, and headlines that suit anybody. All others are there to be replaced.
LASTING = frozenset({
    "site", "visitors", "audience_title", "first_level", "first_slug", "second_level", "second_slug", "quiz_title",
    "offer", "offer_slug", "offer_action", "stage", "first_module", "second_module", "page", "page_slug",
})  # fmt: skip


class EditorWords(NamedTuple):
    """`starters` has a text for each name. `labels` has a word for each English label, as far as there are any."""

    tag: str
    starters: dict[str, str]
    labels: dict[str, str]

    def start(self, key: str, **values: str) -> str:
        """A text to begin with."""
        return self.starters[key].format_map(values)

    def label(self, english: str) -> str:
        return self.labels.get(english, english)


def read_editor_words(tag: str) -> EditorWords:
    folder = DiskTree(FOLDER, FOLDER.name)
    words = EditorWords(tag, {}, {})
    for path in [f"{ENGLISH}.yaml", *find_variants(folder.paths(), tag)]:
        data = read_yaml(folder, path).data
        words.starters.update({**data.get("starters", {}), **data.get("imports", {})})
        words.labels.update(data.get("labels", {}))
    return words


@cache
def list_placeholders() -> frozenset[str]:
    """How the starting texts that are to be replaced end, in every language: their last clauses, which name nobody."""
    folder = DiskTree(FOLDER, FOLDER.name)
    starters = (read_text(folder, path).partition("\nlabels:")[0] for path in folder.paths())  # labels take 2 ms more
    texts = chain.from_iterable(load_yaml(text, "")["starters"].items() for text in starters)
    return frozenset(split_clauses(text.rstrip("."))[-1] for name, text in texts if name not in LASTING)


def split_clauses(text: str) -> list[str]:
    """A text cut at its lines, full stops and colons."""
    return text.replace(".", "\n").replace(":", "\n").split("\n")
