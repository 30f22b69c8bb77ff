"""Which file of a site a static host, such as GitHub Pages or Netlify, serves at an address."""

import mimetypes
from collections.abc import Collection, Iterable
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from generator.content.routes import NOT_FOUND

# Hosts read these files themselves, and serve them to nobody.
HOST_FILES = ("_headers", "_redirects")

# Where Python knows none, or another one than hosts send.
CONTENT_TYPES = {
    ".js": "text/javascript",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yml": "text/yaml",
}


class Response(NamedTuple):
    """A status with a file, or with the location of a redirect. Neither: there is no page, not even for status 404."""

    status: int
    file: str | None = None
    location: str = ""


def find_response(url_path: str, files: Collection[str], redirects: Iterable[tuple[str, str]] = ()) -> Response:
    """The response to the path of a URL as it stands in a request: with its leading slash, escaped, without a query."""
    path = file = unquote(url_path).removeprefix("/")
    if not path or path.endswith("/"):
        file = f"{path}index.html"
    elif path not in files:
        if f"{path}/index.html" in files:
            return Response(301, location=f"{url_path}/")
        file = f"{path}.html"
    if file in files and file not in HOST_FILES:
        return Response(200, file)
    for source, target in redirects:
        place = unquote(source.removesuffix("*")).strip("/")
        if place == path.rstrip("/") or (source.endswith("*") and path.startswith(f"{place}/")):
            return Response(302, location=target)
    return Response(404, NOT_FOUND if NOT_FOUND in files else None)


def read_redirects(text: str) -> list[tuple[str, str]]:
    """Source and target of each rule of a `_redirects` file; a star at the end of one stands for anything."""
    rows = [line.split() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [(row[0], row[1]) for row in rows if len(row) > 1]


def find_content_type(file: str) -> str:
    suffix = PurePosixPath(file).suffix
    content_type = CONTENT_TYPES.get(suffix) or mimetypes.guess_type(file)[0] or "application/octet-stream"
    return f"{content_type}; charset=utf-8" if content_type.startswith("text/") else content_type
