"""Which file of a site a static host, such as GitHub Pages or Netlify, serves at an address."""

import mimetypes
from collections.abc import Collection, Iterable
from typing import NamedTuple
from urllib.parse import unquote

from generator.content.routes import NOT_FOUND

# Hosts read these files themselves, and serve them to nobody.
HOST_FILES = ("_headers", "_redirects")

CONTENT_TYPES = {
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


class Response(NamedTuple):
    """A status with a file, or with the location of a redirect. Neither: there is no page, not even for status 404."""

    status: int
    file: str | None = None
    location: str = ""


def find_response(url_path: str, files: Collection[str], redirects: Iterable[tuple[str, str]] = ()) -> Response:
    """The response to the path of a URL as it stands in a request: with its leading slash, escaped, without a query."""
    path = unquote(url_path).removeprefix("/")
    if path in ("", "index.html") or path.endswith("/"):
        file = f"{path}index.html" if path != "index.html" else path
    else:
        file = path
        if path not in files and f"{path}/index.html" in files:
            return Response(301, location=f"{url_path}/")
        if path not in files and f"{path}.html" in files:
            file = f"{path}.html"
    if file in files and file not in HOST_FILES:
        return Response(200, file)
    for source, target in redirects:
        if source.strip("/") == path.rstrip("/"):
            return Response(302, location=target)
    return Response(404, NOT_FOUND if NOT_FOUND in files else None)


def read_redirects(text: str) -> list[tuple[str, str]]:
    """Source and target of each rule of a `_redirects` file that has no wildcard."""
    rows = [line.split() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [(row[0], row[1]) for row in rows if len(row) > 1 and "*" not in row[0]]


def find_content_type(file: str) -> str:
    suffix = "." + file.rpartition(".")[2]
    return CONTENT_TYPES.get(suffix) or mimetypes.guess_type(file)[0] or "application/octet-stream"
