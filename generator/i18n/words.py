"""The words that templates add: English in `layouts/words.yaml`, other languages in `layouts/words/`, and before all of
them those of the site itself, in `content/words.yaml`.
"""

import re
from collections.abc import Iterator
from typing import Any

from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, SiteError, error_at, suggest, warning_at
from generator.files.layouts import WORDS_FILE
from generator.files.tree import Tree
from generator.formats.document import Document, find_obstacles, read_text, read_yaml
from generator.formats.signs import shows_something
from generator.formats.yaml_writer import write_flow
from generator.i18n.conventions import Conventions
from generator.i18n.language import WORD_PLACEHOLDER, Words, placeholders

SETTINGS_FILE = "site.yaml"
# The language of `layouts/words.yaml`.
ENGLISH = "en"
PLURALS = ("zero", "one", "two", "few", "many", "other")
# How many words a warning names.
MANY_WORDS = 12
# The setting where the file cannot be read as a whole, or where its name is misspelt.
LANGUAGE_LINE = re.compile(r"""^lang\w*[ \t]*:[ \t]*["']?([A-Za-z][\w-]*)""", re.MULTILINE)


def load_words(layouts: Tree, content: Tree, language: str = "") -> tuple[Words, list[Diagnostic]]:
    """All words of the site in a language, by default its own, and what is wrong with them.

    It is an error if `layouts/words.yaml` is missing.
    """
    obstacles = find_obstacles(layouts)
    if WORDS_FILE not in layouts.below(""):
        message, hint = "this file is missing.", "Templates need its words."
        missing = error_at("missing-file", layouts.name_of(WORDS_FILE), WHOLE_FILE, message, hint)
        return {}, obstacles or [missing]
    tag = language or find_language(content)
    english, problems = _read_words(layouts, WORDS_FILE, None)
    problems = [*obstacles, *problems]
    files = [(layouts, path) for path in find_variants(layouts.below("words"), tag)]
    files += [(content, WORDS_FILE)] if WORDS_FILE in content.below("") else []
    translated: Words = {}
    for folder, path in files:
        words, found = _read_words(folder, path, english)
        translated |= words
        problems += found
    if tag.partition("-")[0] != ENGLISH and not problems:
        problems += _report_english(english, translated, content.name_of(WORDS_FILE), tag)
    return {**english, **translated}, problems


def find_language(content: Tree) -> str:
    """The language that site.yaml names, even where something else in it is wrong: that is reported once, and not
    again for every heading in that language.
    """
    try:
        text = read_text(content, SETTINGS_FILE)
    except SiteError:
        return ENGLISH
    try:
        data = read_yaml(content, SETTINGS_FILE).data
    except SiteError:
        data = None
    if isinstance(data, dict) and isinstance(data.get("language"), str):
        return str(data["language"])
    named = LANGUAGE_LINE.search(text)
    return named[1] if named else ENGLISH


def find_variants(paths: tuple[str, ...], tag: str) -> list[str]:
    """The files of a language, the more special one last: `words/pt.yaml` and `words/pt-BR.yaml` for `pt-BR`."""
    known = {path.rpartition("/")[2].lower(): path for path in paths}
    parts = tag.lower().split("-")
    names = ["-".join(parts[:count]) + ".yaml" for count in range(1, len(parts) + 1)]
    return [known[name] for name in names if name in known]


def _read_words(folder: Tree, path: str, english: Words | None) -> tuple[Words, list[Diagnostic]]:
    """The words of a file, and what is wrong with them. `english` are those that they replace."""
    try:
        document = read_yaml(folder, path)
    except SiteError as error:
        return {}, error.diagnostics
    if not isinstance(document.data, dict | None):
        message, hint = "this is not a list of words.", "Write lines like home: Home."
        return {}, [error_at("not-a-mapping", document.path, document.position_of(()), message, hint)]
    words = {key: _normalise(value) for key, value in (document.data or {}).items()}
    wrong = filter(None, (_check_word(document, key, words[key], english) for key in words))
    return words, [*document.find_cut_texts().values(), *wrong]


def _normalise(value: Any) -> Any:
    """A number is a word too."""
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _check_word(document: Document, key: str, value: Any, known: Words | None) -> Diagnostic | None:
    """What is wrong with a word; `known` are the English words where it replaces one of them."""

    def error(code: str, message: str, hint: str) -> Diagnostic:
        return error_at(code, document.path, document.position_of((key,)), message, hint)

    if known is not None and key not in known:
        return error("unknown-word", f"unknown word '{key}'.", suggest(key, known))
    if value is None or (isinstance(value, str) and not shows_something(value)):
        return error("empty-word", f"the word '{key}' is empty.", "Write one, or delete the line.")
    plural = isinstance(value, dict)
    if not all(isinstance(text, str) and text.strip() for text in (value.values() if plural else [value])):
        return error("word-not-text", f"the word '{key}' is not a text.", "Put quotes around it.")
    if plural and ("other" not in value or not value.keys() <= {*PLURALS}):
        hint = f"Give 'other', and of {', '.join(PLURALS)} what you need."
        return error("wrong-plural-forms", f"the word '{key}' has wrong plural forms.", hint)
    if known is None:
        return None
    if plural and isinstance(known[key], str):
        hint = f"Write one text, such as '{known[key]}'."
        return error("unexpected-plural-forms", f"the word '{key}' has no plural forms.", hint)
    given = placeholders(known[key])
    if odd := placeholders(value) - given:
        names = ", ".join(f"{{{name}}}" for name in sorted(given)) or "none"
        message = f"the word '{key}' uses {{{min(odd)}}}, which it is not given."
        return error("unknown-placeholder", message, f"It is given: {names}.")
    return None


def _report_english(english: Words, translated: Words, path: str, tag: str) -> Iterator[Diagnostic]:
    """One warning for all words that a site in another language would say in English."""
    missing = [key for key, word in english.items() if key not in translated and has_letters(word)]
    if missing and Conventions().is_language(tag):
        names = ", ".join(missing[:MANY_WORDS]) + (" and more" if len(missing) > MANY_WORDS else "")
        count = "1 word stays" if len(missing) == 1 else f"{len(missing)} words stay"
        message = f"{count} in English, since there is none for it in '{tag}': {names}."
        hint = f"Add a line for each, such as '{missing[0]}: {write_flow(english[missing[0]])}'."
        yield warning_at("untranslated-words", path, WHOLE_FILE, message, hint)


def has_letters(word: str | dict[str, str]) -> bool:
    """Whether a word has letters besides its placeholders, and so belongs to one language."""
    text = word if isinstance(word, str) else "".join(word.values())
    return any(map(str.isalpha, WORD_PLACEHOLDER.sub("", text)))
