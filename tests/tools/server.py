"""Serves a built folder on this machine, as the hosts of static sites do.

* `/folder` leads to `/folder/`, `/folder/` shows its `index.html`, `/page` shows `page.html`;
* what is not there shows the nearest thing to it, `404.html`, with status 404;
* at the root, the files `_headers` and `_redirects` work, as on Netlify (their plain rules: whole paths, and
  paths that end in a star); below a prefix they do not, as on GitHub Pages, and what is outside is 404 too;
* texts are compressed where the browser takes that.
"""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".yml": "text/yaml; charset=utf-8",
}
Headers = dict[str, str]


@contextmanager
def serve(folder: Path, prefix: str = "/") -> Iterator[str]:
    """Serves a folder as long as the context lasts. Gives its address, which ends in the prefix: `/` or `/repo/`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, folder, prefix))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{prefix}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, folder: Path, prefix: str, *arguments: object) -> None:
        self.folder = folder
        self.prefix = prefix
        self.at_root = prefix == "/"
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        self.answer(with_body=True)

    def do_HEAD(self) -> None:
        self.answer(with_body=False)

    def log_message(self, *_: object) -> None:
        """A test shows what is wrong; nobody reads a log."""

    def answer(self, with_body: bool) -> None:
        path = unquote(urlsplit(self.path).path)
        if not path.startswith(self.prefix):
            return self.send(404, {"Content-Type": TYPES[".txt"]}, b"Not here.", with_body)
        if self.at_root and (redirect := self.find_redirect(path)):
            target, status = redirect
            return self.send(status, {"Location": target}, b"", with_body)
        below = path.removeprefix(self.prefix)
        file = self.folder / below
        if file.is_dir() and below and not below.endswith("/"):
            return self.send(301, {"Location": path + "/"}, b"", with_body)
        choices = (
            [file / "index.html"] if below.endswith("/") or not below else [file, file.with_name(file.name + ".html")]
        )
        status, found = next(((200, choice) for choice in choices if choice.is_file()), (404, self.folder / "404.html"))
        if ".." in Path(below).parts or not found.is_file():
            return self.send(404, {"Content-Type": TYPES[".txt"]}, b"Not found.", with_body)
        headers = {"Content-Type": TYPES.get(found.suffix, "application/octet-stream")}
        return self.send(status, {**headers, **self.find_headers(path)}, found.read_bytes(), with_body)

    def send(self, status: int, headers: Headers, body: bytes, with_body: bool) -> None:
        is_text = headers.get("Content-Type", "").startswith(("text/", "image/svg", "application/xml"))
        if is_text and "gzip" in self.headers.get("Accept-Encoding", ""):
            headers, body = {**headers, "Content-Encoding": "gzip"}, gzip.compress(body, mtime=0)
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def find_redirect(self, path: str) -> tuple[str, int] | None:
        for line in self.read_lines("_redirects"):
            source, target, status = [*line.split(), "301"][:3]
            if path.rstrip("/") == source.rstrip("/"):
                return target, int(status)
        return None

    def find_headers(self, path: str) -> Headers:
        headers: Headers = {}
        matches = False
        for line in self.read_lines("_headers") if self.at_root else []:
            if line.startswith("/"):
                matches = path.startswith(line[:-1]) if line.endswith("*") else path == line
            elif matches:
                name, _, value = line.partition(":")
                headers[name] = ", ".join(filter(None, [headers.get(name), value.strip()]))
        return headers

    def read_lines(self, name: str) -> list[str]:
        file = self.folder / name
        lines = [line.strip() for line in file.read_text("utf-8").splitlines()] if file.is_file() else []
        return [line for line in lines if line and not line.startswith("#")]
