"""Markdown that stays Markdown, for programs that read: where its links lead, and no notes of its editors."""

import re
from collections.abc import Callable
from typing import Final

# Code is no link, whatever it looks like; so it is looked for first, and stays.
FENCE: Final = r"^[ \t]*(?P<sign>`{3,}|~{3,}).*?(?:^[ \t]*(?P=sign)|\Z)"
CODE: Final = r"(?P<ticks>`+)[^`].{0,2000}?(?<!`)(?P=ticks)(?!`)"
WORDS: Final = r"(?P<image>!?)\[(?P<words>(?:[^\[\]]|!?\[[^\[\]]*\](?:\([^()\s]*\))?)*)\]"
INLINE: Final = r"\(\s*<?(?P<inline>[^\s<>()]+)>?(?P<title>\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
REFERENCE: Final = r"^ {0,3}\[(?P<name>[^\]^\n][^\]\n]*)\]:[ \t]*<?(?P<reference>[^\s<>]+)>?[^\n]*\n?"
TAG: Final = r"<a\s[^<>]*?href=(?P<quote>[\"'])(?P<tag>[^\"']*)(?P=quote)[^>]*>(?P<inside>(?:(?!<a\s).)*?)</a>"
COMMENT: Final = r"(?P<comment>[ \t]*<!--.*?-->)"
LINK: Final = re.compile(rf"{FENCE}|{CODE}|{COMMENT}|{WORDS}{INLINE}|{REFERENCE}|{TAG}", re.MULTILINE | re.DOTALL)

SIGNS: Final = ("](", "]:", "<a", "<!--")


def change_addresses(text: str, change: Callable[[str], str | None]) -> str:
    """The text with other addresses in its links, and without comments; the words only of a link whose new address is
    None. Of a picture the text keeps what it says there is to see.
    """

    def write(found: re.Match[str]) -> str:
        if found["image"] or found["comment"]:
            return found["words"] or ""
        form = next((form for form in ("inline", "reference", "tag") if found[form]), None)
        if form is None:
            return found[0]
        words = change_addresses(found["words"] or found["inside"] or "", change)
        new = change(found[form])
        if new is None:
            return words
        if form == "inline":
            return f"[{words}]({new}{found['title'] or ''})"
        begin = found.start(form) - found.start()
        return found[0][:begin] + new + found[0][begin + len(found[form]) :]

    return LINK.sub(write, text) if any(sign in text for sign in SIGNS) else text
