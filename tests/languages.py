"""The languages that words are shipped for, and how English is found where it should not be."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from generator.files.tree import MemoryTree
from generator.formats.document import read_yaml
from generator.i18n.language import WORD_PLACEHOLDER, Words
from generator.i18n.words import load_words
from tests.sites import ROOT, real_layouts, real_words

LANGUAGES = sorted(path.stem for path in (ROOT / "layouts/words").glob("*.yaml"))
# Common in every English text, and in none of the other languages.
ENGLISH_WORDS = re.compile(
    r"\b(the|and|you|your|which|what|this|that|with|from|are|how|where|they|their|level|levels)\b", re.IGNORECASE
)
# What visitors hear or see, although it is not text.
SPOKEN = ("alt", "aria-label", "aria-valuetext", "content", "label", "placeholder", "title")


def words_of(tag: str) -> Words:
    """All words of a language, as a site in it has them."""
    return load_words(real_layouts(), MemoryTree({}), tag)[0]


def own_words(tag: str) -> Words:
    """The words in the file of a language itself."""
    words: Words = read_yaml(real_layouts(), f"words/{tag}.yaml").data
    return words


def forms_of(word: str | dict[str, str]) -> list[str]:
    return [word] if isinstance(word, str) else list(word.values())


def pieces_of(words: Words) -> set[str]:
    """What stands between the placeholders of words, as far as it is long enough to be found by chance nowhere."""
    forms = (form for word in words.values() for form in forms_of(word))
    pieces = {piece.strip(" \u00a0\u202f.,:–+·?") for form in forms for piece in WORD_PLACEHOLDER.split(form)[::2]}
    return {piece for piece in pieces if len(piece) > 3}


def read_texts(page: Path) -> Iterator[str]:
    """Everything on a page that is for people: texts, and attributes that are read out or shown by a script."""
    soup = BeautifulSoup(page.read_bytes(), "html.parser")
    for element in soup.find_all(True):
        attributes: dict[str, Any] = element.attrs
        if element.name == "meta" and attributes.get("name") not in ("description", None):
            continue
        yield from (str(value) for name, value in attributes.items() if name in SPOKEN)
        yield from (str(value) for name, value in attributes.items() if name.startswith("data-") and " " in str(value))
    yield from (
        str(text).strip()
        for text in soup.find_all(string=True)
        if text.parent and text.parent.name not in ("script", "style")
    )
    for script in soup.find_all("script", type="application/ld+json"):
        yield from re.findall(r'"name": "([^"]*)"', script.string or "")


def find_english(site: Path, tag: str) -> list[str]:
    """The English on the pages of a site in another language."""
    own = "\n".join(form for word in words_of(tag).values() for form in forms_of(word))
    left = {piece for piece in pieces_of(real_words()) if piece not in own}
    phrases = re.compile(r"(?<!\w)(" + "|".join(map(re.escape, sorted(left, key=len, reverse=True))) + r")(?!\w)")
    found = []
    for page in sorted(site.rglob("*.html")):
        for text in read_texts(page):
            odd = phrases.search(text) or ENGLISH_WORDS.search(text)
            if odd and not text.startswith(("default-src", "width=")):
                found.append(f"{page.relative_to(site)}: '{odd[0]}' in '{text}'")
    return found
