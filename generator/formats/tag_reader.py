"""Tags of HTML that editors write into their Markdown, each with its place."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import accumulate

from generator.formats.signs import shows_something

Attributes = list[tuple[str, str | None]]

# What is left of Markdown that was meant as more, where it is shown as words.
LEFT_OVER = re.compile(r"\*\*|~~|(?<![\w_])__(?=[^\W_])|\]\(|\[\^[^\]\s]+\]|<!--")
# The tag of a link, with its address.
LINK = re.compile(r"""<a\s[^>]*\bhref\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNFINISHED_TAG = re.compile(r"<([a-zA-Z][^\s/>]*)[^>]*\Z")


class TagReader(HTMLParser):
    """Tells each opening tag of a piece of HTML, with its place, and each closing one. `left_over` is Markdown between
    the tags; `empty` are headings, and links by their addresses, in which nothing can be seen.
    """

    def __init__(
        self, html: str, tell: Callable[[int, str, Attributes, str], None], close: Callable[[str], None]
    ) -> None:
        super().__init__()
        self.left_over: list[tuple[int, str]] = []
        self.empty: list[tuple[int, str]] = []
        self._unfilled: dict[str, tuple[int, str]] = {}
        self._html, self._tell, self._close = html, tell, close
        self._starts = list(
            accumulate((len(line) for line in html.split("\n")), lambda sum_, size: sum_ + size + 1, initial=0)
        )

    def read(self) -> None:
        self.feed(self._html)
        self.close()
        if begun := UNFINISHED_TAG.search(self._html):
            self._tell(begun.start(), begun[1].lower(), [], begun[0])

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        whole = self.get_starttag_text() or ""
        self._tell(self._place(), tag, attrs, whole)
        if tag == "img":
            self._unfilled.clear()
        elif (link := LINK.match(whole)) or tag in HEADINGS:
            self._unfilled[tag] = self._place(), link[1] if link else ""

    def handle_endtag(self, tag: str) -> None:
        self._close(tag)
        if tag in self._unfilled:
            self.empty.append(self._unfilled.pop(tag))

    def handle_pi(self, data: str) -> None:
        self._tell(self._place(), "?", [], "<?")

    def handle_data(self, data: str) -> None:
        if shows_something(data):
            self._unfilled.clear()
        for match in LEFT_OVER.finditer(data):
            self.left_over.append((self._place() + match.start(), match[0]))

    def _place(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column
