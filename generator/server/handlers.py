"""Request handlers: the pages of the last good build, each with the script that keeps it up to date."""

import json
import re
from collections.abc import Callable
from contextlib import suppress

from tornado import web

from generator.content.routes import ASSETS
from generator.diagnostics.diagnostic import SiteError
from generator.files.fingerprint import digest_bytes
from generator.server.live_reload import LiveReload
from generator.server.static_host import find_content_type

PLACEHOLDER = """<!doctype html>
<html lang="en"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>{title}</title>
<p style="font: 1.1rem/1.5 system-ui; margin: 4rem auto; max-width: 34rem; padding: 0 1rem">{text}</p>
</html>
"""
BUILDING = ("Building", "The first build is under way. The page will show by itself.")
BROKEN = ("Nothing to show yet", "There is no page yet. It will show by itself once what is listed here is mended.")
MISSING = ("Not found", "There is no page at this address, and the site has no page that says so.")

# What precedes the first element of a page. Whatever a half-written page leaves open, nothing is open here yet,
# and the parser still gives `html` and `head` the attributes they have.
PROLOGUE = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:\s|<!--.*?-->)*(?:<!doctype[^>]*>)?", re.IGNORECASE | re.DOTALL)

# A page allows its own styles alone, by their digest. Here they may change, and the report has styles, too.
STYLE_POLICY = re.compile(rb"style-src (?:'|&#39;)sha256-[\w+/=]+(?:'|&#39;)")


class PageHandler(web.RequestHandler):
    """Serves every file of the site."""

    def initialize(self, live: LiveReload) -> None:
        self.live = live

    def get(self) -> None:
        self.set_header("Cache-Control", "no-store")
        if not self.live.files:
            self._send_placeholder(503, BROKEN if self.live.result else BUILDING)
            return
        response = self.live.find_response(self.request.path)
        if response.location:
            query = f"?{self.request.query}" if self.request.query else ""
            self.redirect(response.location + query, status=response.status)
            return
        if response.file:
            with suppress(OSError):  # a build is removing it at this moment; the page will be told
                data = self.live.read(response.file)
                self.set_status(response.status)
                self._send_file(response.file, data)
                return
        self._send_placeholder(404, MISSING)

    head = get

    def _send_file(self, file: str, data: bytes) -> None:
        self.set_header("Content-Type", find_content_type(file))
        if file.startswith(ASSETS):
            self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        if file.endswith(".html"):
            digest = digest_bytes(data)
            self.set_header("Preview-Content", digest)
            data = STYLE_POLICY.sub(b"style-src 'unsafe-inline'", data, count=1)
            if self.request.headers.get("Preview") != "source":
                data = insert(data, self._make_scripts(digest))
        self.finish(data)

    def _send_placeholder(self, status: int, words: tuple[str, str]) -> None:
        """A page for an address without one. Its digest is empty, so that any page that comes replaces it."""
        self.set_status(status)
        page = PLACEHOLDER.format(title=words[0], text=words[1]).encode()
        self.finish(insert(page, self._make_scripts("")))

    def _make_scripts(self, digest: str) -> bytes:
        state = json.dumps(self.live.make_update(digest)).replace("<", "\\u003c")
        return (
            f'<script type="application/json" data-preview>{state}</script>'
            f'<script src="/.preview/client.js?v={self.live.session}" defer></script>'
        ).encode()

    def compute_etag(self) -> None:
        """No ETag: pages are never cached, and assets for ever."""


class BlockGalleryHandler(PageHandler):
    """Serves a page with every kind of block, which is no part of the site. It is made for each request."""

    def initialize(self, live: LiveReload, render: Callable[[], str] = str) -> None:
        super().initialize(live)
        self.render_gallery = render

    def get(self) -> None:
        self.set_header("Cache-Control", "no-store")
        try:
            self.finish(self.render_gallery())
        except SiteError:
            self._send_placeholder(503, BROKEN)

    head = get


def insert(page: bytes, elements: bytes) -> bytes:
    """A page with more elements before its first one."""
    prologue = PROLOGUE.match(page)
    at = prologue.end() if prologue else 0
    return page[:at] + elements + page[at:]
