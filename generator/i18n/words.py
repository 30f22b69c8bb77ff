"""The words that templates add: `layouts/words.yaml`, overridden by `content/words.yaml`."""

from typing import Any

from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, SiteError, error_at, suggest
from generator.files.tree import Tree
from generator.formats.document import Document, find_obstacles, read_yaml
from generator.i18n.language import Words, placeholders

WORDS_FILE = "words.yaml"
PLURALS = ("zero", "one", "two", "few", "many", "other")


def load_words(layouts: Tree, content: Tree) -> tuple[Words, list[Diagnostic]]:
    """All words of the site, and what is wrong with them. It is an error if `layouts/words.yaml` is missing."""
    words: Words = {}
    problems = find_obstacles(layouts)
    if WORDS_FILE not in layouts.below(""):
        message, hint = "this file is missing.", "Templates need its words."
        missing = error_at("missing-file", f"{layouts.name}/{WORDS_FILE}", WHOLE_FILE, message, hint)
        return words, problems or [missing]
    for folder in (layouts, content) if WORDS_FILE in content.below("") else (layouts,):
        try:
            document = read_yaml(folder, WORDS_FILE)
        except SiteError as error:
            problems += error.diagnostics
            continue
        if not isinstance(document.data, dict | None):
            message, hint = "this is not a list of words.", "Write lines like home: Home."
            problems.append(error_at("not-a-mapping", document.path, document.position_of(()), message, hint))
            continue
        problems += document.find_cut_texts().values()
        found = {key: _normalise(value) for key, value in (document.data or {}).items()}
        known = words if folder is content else None
        problems += filter(None, (_check_word(document, key, found[key], known) for key in found))
        words = {**words, **found}
    return words, problems


def _normalise(value: Any) -> Any:
    """A number is a word too."""
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _check_word(document: Document, key: str, value: Any, known: Words | None) -> Diagnostic | None:
    """What is wrong with a word; `known` are the words of the layouts where it replaces one of them."""

    def error(code: str, message: str, hint: str) -> Diagnostic:
        return error_at(code, document.path, document.position_of((key,)), message, hint)

    if known is not None and key not in known:
        return error("unknown-word", f"unknown word '{key}'.", suggest(key, known))
    if value is None or value == "":
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
