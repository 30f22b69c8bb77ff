"""Which file a host of static sites shows at an address, and how a preview's own script gets into a page."""

import mimetypes
import re
from collections.abc import Collection, Iterable
from typing import NamedTuple
from urllib.parse import unquote

from generator.content.routes import NOT_FOUND

# What the hosts read themselves and show to nobody.
HOST_FILES = ("_headers", "_redirects")

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".md": "text/markdown; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yml": "text/yaml; charset=utf-8",
}

# Before the first element. Whatever a half-written page leaves open, nothing has been opened here yet;
# and the parser gives the elements that follow the attributes they have.
BEGINNING = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->)*(?:<!doctype[^>]*>)?", re.IGNORECASE | re.DOTALL)


class Answer(NamedTuple):
    """What is at an address: a file with its status, or (301, 302) another address. No file: nothing at all."""

    status: int
    file: str | None = None
    target: str = ""


def find_file(address: str, files: Collection[str], redirects: Iterable[tuple[str, str]] = ()) -> Answer:
    """The answer to an address as it stands in a request: with its leading slash, escaped, without a query."""
    path = unquote(address).removeprefix("/")
    if path in ("", "index.html") or path.endswith("/"):
        file = f"{path}index.html" if path != "index.html" else path
    else:
        file = path
        if path not in files and f"{path}/index.html" in files:
            return Answer(301, None, f"{address}/")
        if path not in files and f"{path}.html" in files:
            file = f"{path}.html"
    if file in files and file not in HOST_FILES:
        return Answer(200, file)
    for source, target in redirects:
        if source.strip("/") == path.rstrip("/"):
            return Answer(302, None, target)
    return Answer(404, NOT_FOUND if NOT_FOUND in files else None)


def read_redirects(text: str) -> list[tuple[str, str]]:
    """The rules of a `_redirects` file that lead from one address to another."""
    rows = [line.split() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [(row[0], row[1]) for row in rows if len(row) > 1 and "*" not in row[0]]


def find_type(file: str) -> str:
    suffix = "." + file.rpartition(".")[2]
    return TYPES.get(suffix) or mimetypes.guess_type(file)[0] or "application/octet-stream"


def insert(page: bytes, head: bytes) -> bytes:
    """A page with something more at its very beginning."""
    beginning = BEGINNING.match(page)
    at = beginning.end() if beginning else 0
    return page[:at] + head + page[at:]
