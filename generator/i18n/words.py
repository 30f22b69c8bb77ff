"""The words that templates add: `layouts/words.yaml`, overridden by `content/words.yaml`."""

from typing import Any

from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, SiteError, error_at, suggest
from generator.files.tree import Folder
from generator.formats.document import Document, read_yaml
from generator.formats.yaml_reader import LoadYaml, load_yaml
from generator.i18n.language import Words, placeholders

WORDS_FILE = "words.yaml"
PLURALS = ("zero", "one", "two", "few", "many", "other")


def load_words(layouts: Folder, content: Folder, load: LoadYaml = load_yaml) -> tuple[Words, list[Diagnostic]]:
    """All words of the site. Without `layouts/words.yaml` there are none, which is a problem."""
    if WORDS_FILE not in layouts.below(""):
        return {}, [
            error_at(
                "?", f"{layouts.name}/{WORDS_FILE}", WHOLE_FILE, "this file is missing.", "Templates need its words."
            )
        ]
    words: Words = {}
    problems: list[Diagnostic] = []
    for folder in (layouts, content):
        if folder is content and WORDS_FILE not in content.below(""):
            continue
        try:
            document = read_yaml(folder, WORDS_FILE, load)
        except SiteError as error:
            problems += error.diagnostics
            continue
        if not isinstance(document.data, dict | None):
            problems.append(
                error_at(
                    "?",
                    document.path,
                    document.position_of(()),
                    "this is not a list of words.",
                    "Write lines like home: Home.",
                )
            )
            continue
        known = words if folder is content else None
        found = {key: _normalise(value) for key, value in (document.data or {}).items()}
        problems += [problem for key in found for problem in _check_word(document, key, found[key], known)]
        words = {**words, **found}
    return words, problems


def _normalise(value: Any) -> Any:
    """A number is a word too; an empty one says nothing."""
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def _check_word(document: Document, key: str, value: Any, known: Words | None) -> list[Diagnostic]:
    if known is not None and key not in known:
        return [
            error_at("?", document.path, document.position_of((key,)), f"unknown word '{key}'.", suggest(key, known))
        ]
    plural = isinstance(value, dict)
    texts = list(value.values()) if plural else [value]
    if value is None or value == "":
        return [
            error_at(
                "?",
                document.path,
                document.position_of((key,)),
                f"the word '{key}' is empty.",
                "Write one, or delete the line.",
            )
        ]
    if not all(isinstance(text, str) and text.strip() for text in texts):
        return [
            error_at(
                "?",
                document.path,
                document.position_of((key,)),
                f"the word '{key}' is not a text.",
                "Put quotes around it.",
            )
        ]
    if plural and ("other" not in value or not set(value) <= set(PLURALS)):
        forms = ", ".join(PLURALS)
        return [
            error_at(
                "?",
                document.path,
                document.position_of((key,)),
                f"the word '{key}' has wrong plural forms.",
                f"Give 'other', and of {forms} what you need.",
            )
        ]
    if known is None:
        return []
    if plural and isinstance(known[key], str):
        return [
            error_at(
                "?",
                document.path,
                document.position_of((key,)),
                f"the word '{key}' has no plural forms.",
                f"Write one text, such as '{known[key]}'.",
            )
        ]
    odd = placeholders(value) - placeholders(known[key])
    if odd:
        names = ", ".join(f"{{{name}}}" for name in sorted(placeholders(known[key]))) or "none"
        return [
            error_at(
                "?",
                document.path,
                document.position_of((key,)),
                f"the word '{key}' uses {{{min(odd)}}}, which it is not given.",
                f"It is given: {names}.",
            )
        ]
    return []
