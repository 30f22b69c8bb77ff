"""Code in colours, by way of Pygments: `span` elements with its classes, which the styles of `.prose` know."""

from pygments import highlight as write
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

# Longer code stays plain: some of the library's patterns take long.
MOST_CHARACTERS = 10_000


def highlight(code: str, language: str) -> str | None:
    """The HTML of code, None where nobody knows the language."""
    if not language or len(code) > MOST_CHARACTERS:
        return None
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None
    return str(write(code, lexer, HtmlFormatter(nowrap=True)))
