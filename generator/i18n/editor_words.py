"""What editors read in their own language: the texts of starting files, and the labels of the browser editor.

Both are in `editors/`, a file for each language. What a language lacks is said in English.
"""

from pathlib import Path
from typing import NamedTuple

from generator.files.tree import DiskTree
from generator.formats.document import read_yaml
from generator.i18n.words import ENGLISH, find_variants

FOLDER = Path(__file__).parent / "editors"


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
        words.starters.update(data.get("starters", {}))
        words.labels.update(data.get("labels", {}))
    return words
