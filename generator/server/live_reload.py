"""Live reload: what the preview shows at present, and the connections to the pages that show it.

livereload's script keeps the connection in the page, and its handler is the other end. A result of a build is sent
as the path of a reload command, which the script hands on to `client.js`.
"""

import json
import secrets
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from livereload.handlers import LiveReloadHandler
from tornado.escape import json_decode
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from generator.build.manifest import Entries
from generator.content.routes import file_of, find_page
from generator.diagnostics.snippets import format_for_browser
from generator.server.live_site import PreviewResult
from generator.server.static_host import Response, find_response, read_redirects


class LiveReload:
    """The last result of a build, and the open pages.

    `root` is the output folder, `content` the name of the content folder; with `follow`, open pages move on to the
    page whose file is edited.
    """

    def __init__(self, root: str, content: str, follow: bool) -> None:
        self.root = root
        self.content = content
        self.follow = follow
        # A page served by an earlier process is out of date, whatever it shows.
        self.session = secrets.token_hex(4)
        self.result: PreviewResult | None = None
        self.report: object = None
        self.redirects: list[tuple[str, str]] = []
        self.connections: set[Connection] = set()
        # The files of the last good build.
        self.files: Entries = {}

    def show(self, result: PreviewResult) -> None:
        """Takes over a result, and sends every open page its update."""
        self.result = result
        self.files = result.manifest.entries() if result.manifest else {}
        self.report = format_for_browser(result.snippets)
        if "_redirects" in result.written:
            with suppress(OSError):
                self.redirects = read_redirects(self.read("_redirects").decode("utf-8", "replace"))
        page = self._find_edited_page(result)
        for connection in list(self.connections):
            connection.send_update(page)

    def make_update(self, digest: str) -> dict[str, Any]:
        """What `client.js` has to know: the digest of the page at its address, and the report."""
        return {"session": self.session, "content": digest, "report": self.report}

    def find_digest(self, url_path: str) -> str:
        """The digest of the file that is served at an address; empty if there is none."""
        file = self.find_response(url_path).file
        return self.files[file].content if file else ""

    def find_response(self, url_path: str) -> Response:
        return find_response(url_path, self.files, self.redirects)

    def read(self, file: str) -> bytes:
        with open(f"{self.root}/{file}", "rb") as stream:
            return stream.read()

    def _find_edited_page(self, result: PreviewResult) -> str | None:
        """The address to open in every tab: that of the edited file, unless a tab shows it already."""
        if not self.follow or result.failed:
            return None
        page = find_page(result.changed, self.content, self.files)
        shown = {self.find_response(connection.url_path).file for connection in self.connections}
        return None if page is None or file_of(page) in shown else f"/{page}"


class Connection(LiveReloadHandler):  # type: ignore[misc]
    """The connection to one open page."""

    def initialize(self, live: LiveReload) -> None:
        self.live = live
        self.url_path = "/"

    def check_origin(self, origin: str) -> bool:
        """Only the preview's own pages may listen; livereload's handler would let any page."""
        return bool(WebSocketHandler.check_origin(self, origin))

    def on_message(self, message: str | bytes) -> None:
        """livereload answers the greeting; the message after it says where the page is."""
        with suppress(ValueError, AttributeError):
            super().on_message(message)
            data = json_decode(message)
            if data.get("command") == "info":
                self.url_path = urlsplit(str(data.get("url", ""))).path
                self.live.connections.add(self)
                self.send_update()

    def on_close(self) -> None:
        super().on_close()
        self.live.connections.discard(self)

    def send_update(self, follow: str | None = None) -> None:
        """Tells the page what it shows by now, and the address to `follow`."""
        update = self.live.make_update(self.live.find_digest(self.url_path)) | {"follow": follow}
        message = {"command": "reload", "path": json.dumps(update), "liveCSS": False, "liveImg": False}
        with suppress(WebSocketClosedError):
            self.write_message(message).add_done_callback(lambda sent: sent.cancelled() or sent.exception())
