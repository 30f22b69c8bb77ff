"""Pages in a form in which two generators' pages can be compared: tag by tag, text by text.

White space counts as one space, attributes are sorted, addresses are resolved against the page, and
structured data is read. What is left has to be the same.
"""

import json
from html.parser import HTMLParser
from urllib.parse import urljoin

VOID = {"meta", "link", "br", "hr", "img", "input"}
ADDRESSES = ("href", "src")


def canonise(html: str, address: str) -> list[str]:
    """The tags and texts of a page that is served at `address`."""
    reader = _Reader(address)
    reader.feed(html)
    reader.close()
    reader.end_text()
    return reader.parts


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=True)
        self.address = address
        self.parts: list[str] = []
        self.text = ""
        self.is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.end_text()
        self.is_data = ("type", "application/ld+json") in attrs
        if tag == "meta" and ("name", "generator") in attrs:
            return
        shown = [
            f'{name}="{urljoin(self.address, value or "") if name in ADDRESSES else value}"'
            for name, value in sorted(attrs)
        ]
        self.parts.append(" ".join([f"<{tag}", *shown]) + ">")

    def handle_endtag(self, tag: str) -> None:
        self.end_text()
        self.is_data = False
        if tag not in VOID:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.text += data

    def end_text(self) -> None:
        text = " ".join(self.text.split())
        self.text = ""
        if text:
            self.parts.append(json.dumps(json.loads(text), sort_keys=True) if self.is_data else text)
