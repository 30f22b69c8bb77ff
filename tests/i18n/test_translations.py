"""The words that are shipped in other languages: all there, whole, and written as the language is."""

import re
from collections.abc import Iterator

import pytest
from babel import Locale

from generator.content.body_sections import SECTIONS
from generator.content.kinds import KINDS
from generator.i18n.editor_words import read_editor_words
from generator.i18n.language import placeholders
from generator.i18n.words import has_letters
from generator.pages.admin import FORM_KINDS, PREVIEW_NOTE
from generator.pages.admin_forms import make_fields
from tests.languages import ENGLISH_WORDS, LANGUAGES, forms_of, own_words, words_of
from tests.sites import real_words

ENGLISH = real_words()
# What another language says with the very words of English, and why.
SAME = {
    ("fr", "menu"): "the English word is French",
    ("it", "menu"): "the word is French",
    ("nl", "menu"): "the word is French",
    ("pl", "menu"): "the word is French",
    ("pt", "menu"): "the word is French",
    ("pt", "compare_first"): "both have the verb from Latin",
    ("fr", "module_number"): "a module is called so",
    ("fr", "modules_list"): "a module is called so",
    ("fr", "modules"): "a module is called so",
    ("fr", "row_modules"): "a module is called so",
    ("fr", "modules_count"): "a module is called so",
    ("nl", "module_number"): "a module is called so",
    ("nl", "modules_range"): "a module is called so",
    ("nl", "modules_list"): "a module is called so",
    ("nl", "modules"): "a module is called so",
    ("nl", "row_modules"): "a module is called so",
    ("nl", "modules_count"): "a module is called so",
    ("nl", "price_per"): "both have it from Latin",
    ("it", "price_per"): "it is the Latin word",
    ("nl", "alert_tip"): "a tip is called so",
}
# Labels that are the same in other languages, such as Name and Menu, are few.
SAME_LABELS = 12
# What no reader sees, or no writer has written.
WORD = re.compile(r"\{\w+\}|`.*?`")
# A name as long as `new` takes it, and one as short.
LONG, SHORT = "x" * 50, "x"

every_language = pytest.mark.parametrize("tag", LANGUAGES)


def list_texts(tag: str) -> Iterator[tuple[str, str]]:
    """Each text of a language, with its name: words, starting texts and labels."""
    editor = read_editor_words(tag)
    for key, word in words_of(tag).items():
        yield from ((key, form) for form in forms_of(word))
    yield from editor.starters.items()
    yield from editor.labels.items()


def test_seven_languages_are_shipped_besides_english() -> None:
    assert {"de", "fr", "es", "it", "nl", "pt", "pl"} <= set(LANGUAGES)


@every_language
def test_every_word_is_translated(tag: str) -> None:
    base = own_words(tag.partition("-")[0])
    assert [key for key in ENGLISH if key not in base] == []
    assert [key for key in own_words(tag) if key not in ENGLISH] == []
    words = words_of(tag)
    same = {
        key for key in ENGLISH if has_letters(ENGLISH[key]) and set(forms_of(words[key])) & set(forms_of(ENGLISH[key]))
    }
    assert same == {key for language, key in SAME if language == tag.partition("-")[0]}


@every_language
def test_a_translation_is_given_what_the_english_word_is_given(tag: str) -> None:
    words = words_of(tag)
    assert {key: placeholders(word) for key, word in words.items()} == {
        key: placeholders(word) for key, word in ENGLISH.items()
    }
    english, editor = read_editor_words("en"), read_editor_words(tag)
    for key, text in english.starters.items():
        assert placeholders(editor.starters[key]) <= placeholders(text), key
    assert editor.starters.keys() == english.starters.keys()


@every_language
def test_a_word_has_the_plural_forms_of_its_language(tag: str) -> None:
    needed = {*Locale.parse(tag, sep="-").plural_form.tags, "other"}
    for key, word in words_of(tag).items():
        assert isinstance(word, dict) == isinstance(ENGLISH[key], dict), key
        assert not isinstance(word, dict) or word.keys() == needed, key


@every_language
def test_a_translation_is_about_as_long_as_the_english_word(tag: str) -> None:
    for key, word in words_of(tag).items():
        least, most = (function(map(len, forms_of(ENGLISH[key]))) for function in (min, max))
        for form in forms_of(word):
            assert least * 0.4 - 4 <= len(form) <= most * 1.6 + 16, key


@every_language
def test_no_english_is_left_in_a_translation(tag: str) -> None:
    english = read_editor_words("en").starters
    for key, text in list_texts(tag):
        assert not ENGLISH_WORDS.search(WORD.sub("", text)), key
        assert key in ENGLISH or key not in english or key.endswith("_slug") or text != english[key], key


@every_language
def test_texts_are_written_with_the_signs_of_their_language(tag: str) -> None:
    for key, text in list_texts(tag):
        assert not re.search(r"['\"]|\.\.\.|  | - |^\s|\s$", text), key
        if tag == "fr":
            assert not re.search(r"(?<![\u00a0\u202f])[:;?!]", text), key
        else:
            assert not re.search(r"\s[:;?!]", text), key
        assert tag != "es" or text.count("?") == text.count("¿"), key


@every_language
def test_the_three_headings_of_a_level_differ(tag: str) -> None:
    words = words_of(tag)
    names = [str(words[key]).casefold() for key in SECTIONS]
    assert len({*names, *map(str.casefold, SECTIONS.values())}) == 6


@every_language
@pytest.mark.parametrize("key", [key for key in read_editor_words("en").starters if key.endswith("summary")])
@pytest.mark.parametrize("name", [LONG, SHORT])
def test_a_summary_to_begin_with_has_a_valid_length(tag: str, key: str, name: str) -> None:
    assert 50 <= len(read_editor_words(tag).start(key, name=name, audience=name)) <= 160


@every_language
def test_the_forms_of_the_browser_editor_have_labels(tag: str) -> None:
    english = {"Entries", "Entry", "Text", PREVIEW_NOTE, *(kind.label or kind.name.capitalize() for kind in FORM_KINDS)}
    english |= {kind.name.capitalize() for kind in KINDS if not kind.is_single and not kind.is_of_audience}

    def note(label: str) -> str:
        english.add(label)
        return label

    for kind in FORM_KINDS:
        make_fields(kind.fields, note)
    labels = read_editor_words(tag).labels
    assert english - labels.keys() == set()
    assert labels.keys() - english == set()
    assert len([label for label in english if labels[label] == label]) <= SAME_LABELS


def test_a_language_without_words_of_its_own_is_edited_in_english() -> None:
    editor = read_editor_words("fi")
    assert editor.start("visitors") == "Visitors"
    assert editor.label("Title") == "Title"


def test_a_variant_differs_from_its_language_only_where_it_says_so() -> None:
    portuguese, brazilian = words_of("pt"), words_of("pt-BR")
    assert brazilian["contact_us"] != portuguese["contact_us"]
    assert brazilian["symptoms"] == portuguese["symptoms"]
    assert words_of("de-AT") == words_of("de")
    assert words_of("en-GB") == ENGLISH
