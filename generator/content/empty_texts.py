"""Texts that are there and show nothing: a blank that Markdown knows, a line break, a link without words, signs without
ink.
"""

import re
from html import unescape

from msgspec import inspect

from generator.diagnostics.diagnostic import Diagnostic, Keys, Pointer, error_at
from generator.formats.markup import TAG, Markup, strip_marks
from generator.formats.signs import SIGNLESS, shows_something
from generator.schema.fields import bare
from generator.schema.media import AltText
from generator.schema.types import ANY_TEXT

ALT = bare(inspect.type_info(AltText))
# What a text without words may still show.
SHOWN = ("<img", "<hr", "<input")
# What may be a part of what says something, and says nothing by itself.
MARKS = re.compile(r"<[^<>]*>|&#?\w+;|\]\([^()]*\)")


def takes_words(info: inspect.Type) -> bool:
    """Whether a field takes words for people. Those that say what a picture shows may be empty."""
    kind = bare(info)
    is_text = isinstance(kind, inspect.StrType) and (kind.pattern == ANY_TEXT or kind.min_length is not None)
    return is_text or kind == ALT


def may_be_empty(data: str) -> bool:
    """Whether it is worth to look at each of the texts in JSON."""
    return "&" in data or "<" in data or "](" in data or SIGNLESS.search(data) is not None


def is_empty(text: str, markup: Markup, is_paragraphs: bool) -> bool:
    """Whether a text shows nothing, though there is one."""
    if re.search(r"\w", MARKS.sub("", text)) and not SIGNLESS.search(text):
        return False
    if not is_paragraphs:
        return not shows_something(strip_marks(text))
    html = markup.blocks(text)
    return not any(tag in html for tag in SHOWN) and not shows_something(unescape(TAG.sub("", html)))


def explain_empty(text: str, keys: Keys, path: str) -> Diagnostic:
    what = f"'{text}'" if text.isprintable() else "this text"
    hint = "Write words, or delete it."
    if keys[-1] == "alt":
        hint = 'Say what there is to see, or write alt: "" where the picture is decoration.'
    return error_at("empty-text", path, Pointer(keys, text, text), f"{what} shows nothing.", hint)
