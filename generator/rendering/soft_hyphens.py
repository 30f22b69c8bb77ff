"""Soft hyphens for the long words in headings, buttons and labels: on a phone these are what does not fit.

They go into the HTML of a page, so that a template need not think of them, and data for machines has none.
"""

import re

from generator.i18n.language import Language

ELEMENT = re.compile(r'<(h[1-6]|button|label|legend|summary|th|a(?= class="action))\b[^>]*>.*?</\1>', re.DOTALL)
# What is left alone, or else a word of at least as many letters as in `hyphenate-limit-chars` of the styles.
PART = re.compile(r"<code\b.*?</code>|<[^>]*>|([^\W\d_]{10,})", re.DOTALL)


def add_soft_hyphens(html: str, language: Language) -> str:
    """The HTML with soft hyphens, where browsers do not know how to break the words of the language."""

    def add_to_part(part: re.Match[str]) -> str:
        return language.hyphenate(part[1]) if part[1] else part[0]

    return ELEMENT.sub(lambda element: PART.sub(add_to_part, element[0]), html)
