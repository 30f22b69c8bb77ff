"""The preview's server: pages as the last good build has left them, and news for every page that is open.

livereload's script keeps the connection from the page, and its handler speaks with it. When to look
and what to say is decided here: the handler is sent a message for each outcome, and its reload
command carries the news to `client.js`, which knows what to do with them.

All of this runs in one thread. Builds run in another, so that no request waits for one.
"""

import asyncio
import json
import secrets
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado import web
from tornado.escape import json_decode
from tornado.httpserver import HTTPServer
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from generator.build.manifest import Manifest
from generator.build.memory import WatchedFolder
from generator.build.program import FOLDER
from generator.build.survey import Progress
from generator.content.routes import ASSETS, file_of, find_page
from generator.diagnostics.diagnostic import Diagnostic
from generator.diagnostics.snippets import to_message
from generator.files.fingerprint import digest_bytes
from generator.server.hosting import Answer, find_file, find_type, insert, read_redirects
from generator.server.live_site import Outcome, Preview
from generator.server.restart import FRONT_DOOR, ROOT, try_program
from generator.server.watcher import Told, Watcher
from generator.server.worker import Worker

# Seconds for requests that are under way when the server stops.
GRACE = 0.1

SCRIPT = Path(__file__).parent / "client.js"
PLACEHOLDER = """<!doctype html>
<html lang="en"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
<title>{title}</title>
<p style="font: 1.1rem/1.5 system-ui; margin: 4rem auto; max-width: 34rem; padding: 0 1rem">{text}</p>
</html>
"""
BUILDING = ("Building", "The first build is under way. The page will show by itself.")
BROKEN = ("Nothing to show yet", "There is no page yet. It will show by itself once what is listed here is mended.")
MISSING = ("Not found", "There is no page at this address, and the site has no page that says so.")


class Hub:
    """What is shown at present, and to whom."""

    def __init__(self, root: str, content: str, follow: bool) -> None:
        self.root = root
        self.content = content
        self.follow = follow
        # A page served by an earlier process is out of date, whatever it shows.
        self.session = secrets.token_hex(4)
        self.outcome: Outcome | None = None
        self.report: object = None
        self.redirects: list[tuple[str, str]] = []
        self.connections: set[Connection] = set()
        script = SCRIPT.read_bytes()
        self.script = f"/.preview/{digest_bytes(script)[:10]}.js"
        self.script_data = script

    @property
    def manifest(self) -> Manifest | None:
        return self.outcome.manifest if self.outcome else None

    def show(self, outcome: Outcome) -> None:
        """Takes over an outcome, and tells every open page."""
        before, self.outcome = self.outcome, outcome
        self.report = to_message(outcome.excerpts)
        if outcome.manifest is not None and "_redirects" in outcome.written:
            with suppress(OSError):
                self.redirects = read_redirects(self.read("_redirects").decode("utf-8", "replace"))
        page = find_page(outcome.changed, self.content, outcome.manifest or {}) if self.follow else None
        styles = find_new_styles(before, outcome)
        shown = before.manifest if before else None
        for connection in list(self.connections):
            news = self.make_news(connection.address)
            if page is not None and not outcome.failed and not any(c.shows(page) for c in self.connections):
                news["follow"] = f"/{page}"
            if styles and shown is not None:
                news["styles"] = {"from": self.find_content(connection.address, shown), "addresses": styles}
            connection.send(news)

    def make_news(self, address: str) -> dict[str, Any]:
        """What a page has to know: which content belongs at its address, and what is to be mended."""
        content = self.find_content(address, self.manifest)
        return {"session": self.session, "content": content, "report": self.report}

    def find_content(self, address: str, manifest: Manifest | None) -> str:
        """The digest of the file that belongs at an address; empty where there is none."""
        if manifest is None:
            return ""
        file = self.find(address, manifest).file
        return manifest[file].content if file else ""

    def find(self, address: str, manifest: Manifest) -> Answer:
        return find_file(address, manifest, self.redirects)

    def read(self, file: str) -> bytes:
        with open(f"{self.root}/{file}", "rb") as stream:
            return stream.read()


def find_new_styles(before: Outcome | None, now: Outcome) -> dict[str, str] | None:
    """Old and new addresses of style sheets, where nothing else differs between two outcomes."""
    if before is None or before.manifest is None or now.manifest is None or before.failed or now.failed:
        return None
    if not now.changed or not all(path.endswith(".css") for path in now.changed):
        return None
    old = {_stem(path): path for path in sorted(now.removed) if path.endswith(".css")}
    new = {_stem(path): path for path in now.written if path.endswith(".css")}
    return {path: new[stem] for stem, path in old.items()} if old.keys() == new.keys() and old else None


def _stem(path: str) -> str:
    return path.rsplit(".", 2)[0]


class PageHandler(web.RequestHandler):
    """Answers for every address of the site."""

    def initialize(self, hub: Hub) -> None:
        self.hub = hub

    def get(self) -> None:
        self.set_header("Cache-Control", "no-store")
        hub, manifest = self.hub, self.hub.manifest
        if manifest is None:
            self._explain(*(503, BROKEN) if hub.outcome else (503, BUILDING))
            return
        answer = hub.find(self.request.path, manifest)
        if answer.target:
            query = f"?{self.request.query}" if self.request.query else ""
            self.redirect(answer.target + query, status=answer.status)
            return
        try:
            data = hub.read(answer.file) if answer.file else None
        except OSError:
            data = None  # a build is taking it away just now; the page will hear of it
        if data is None or answer.file is None:
            self._explain(404, MISSING)
            return
        self.set_status(answer.status)
        self._send(answer.file, data)

    head = get

    def _send(self, file: str, data: bytes) -> None:
        self.set_header("Content-Type", find_type(file))
        if file.startswith(ASSETS):
            self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        if file.endswith(".html"):
            content = digest_bytes(data)
            self.set_header("Preview-Content", content)
            if self.request.headers.get("Preview") != "source":
                data = insert(data, self._make_head(content))
        self.finish(data)

    def _explain(self, status: int, words: tuple[str, str]) -> None:
        """A page for where there is none. No content has its digest, so it gives way to any page there will be."""
        self.set_status(status)
        page = PLACEHOLDER.format(title=words[0], text=words[1]).encode()
        self.finish(insert(page, self._make_head("")))

    def _make_head(self, content: str) -> bytes:
        state = {"session": self.hub.session, "content": content, "report": self.hub.report}
        text = json.dumps(state).replace("<", "\\u003c")
        return (
            f'<script type="application/json" data-preview>{text}</script>'
            f'<script src="{self.hub.script}" defer></script>'
        ).encode()

    def compute_etag(self) -> None:
        """None: nothing here is asked for twice."""


class ScriptHandler(web.RequestHandler):
    """The preview's own script."""

    def initialize(self, hub: Hub) -> None:
        self.hub = hub

    def get(self) -> None:
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", "max-age=31536000, immutable")
        self.finish(self.hub.script_data)


class Connection(LiveReloadHandler):  # type: ignore[misc]
    """The connection to one open page."""

    def initialize(self, hub: Hub) -> None:
        self.hub = hub
        self.address = "/"

    def check_origin(self, origin: str) -> bool:
        """Only our own pages: others have no business with what is written here."""
        return bool(WebSocketHandler.check_origin(self, origin))

    def on_message(self, message: str | bytes) -> None:
        """livereload answers the greeting; what follows it says where the page is."""
        with suppress(ValueError, AttributeError):
            super().on_message(message)
            said = json_decode(message)
            if said.get("command") == "info":
                self.address = "/" + str(said.get("url", "")).partition("://")[2].partition("/")[2]
                self.address = self.address.partition("#")[0].partition("?")[0]
                self.hub.connections.add(self)
                self.send(self.hub.make_news(self.address))

    def on_close(self) -> None:
        super().on_close()
        self.hub.connections.discard(self)

    def shows(self, page: str) -> bool:
        manifest = self.hub.manifest
        return manifest is not None and self.hub.find(self.address, manifest).file == file_of(page)

    def send(self, news: dict[str, Any]) -> None:
        """The path of a reload command is what livereload's script hands on, so it carries the news."""
        message = {"command": "reload", "path": json.dumps(news), "liveCSS": False, "liveImg": False}
        with suppress(WebSocketClosedError):
            self.write_message(message).add_done_callback(lambda sent: sent.cancelled() or sent.exception())


class Server:
    """Serves a preview until it is interrupted, or until its program has changed."""

    def __init__(
        self, preview: Preview, follow: bool, tell: Callable[[Outcome], None], progress: Progress | None = None
    ) -> None:
        self.preview = preview
        self.tell = tell
        self.progress = progress
        self.hub = Hub(str(preview.output.root), preview.content.name, follow)
        self.program = WatchedFolder(str(FOLDER), FOLDER.name)
        self.fault: Diagnostic | None = None
        self.restarting = False

    def run(self, listener: socket.socket, started: Callable[[], None]) -> bool:
        """Returns whether the program is to be started anew."""
        with suppress(KeyboardInterrupt):
            asyncio.run(self._run(listener, started))
        return self.restarting

    async def _run(self, listener: socket.socket, started: Callable[[], None]) -> None:
        self.loop, self.ended = asyncio.get_running_loop(), asyncio.Event()
        if sys.platform != "win32":
            for number in (signal.SIGINT, signal.SIGTERM):
                self.loop.add_signal_handler(number, self.ended.set)
        application = web.Application(
            [
                (r"/livereload", Connection, {"hub": self.hub}),
                (r"/livereload\.js", LiveReloadJSHandler),
                (r"/\.preview/[0-9a-f]+\.js", ScriptHandler, {"hub": self.hub}),
                (r".*", PageHandler, {"hub": self.hub}),
            ],
            log_function=lambda _: None,
            compress_response=False,
        )
        server = HTTPServer(application)
        # A copy, as stopping the server closes it: whoever connects during a restart waits at the other.
        server.add_socket(listener.dup())
        self._remember_program()
        self.worker = Worker(self._work)
        self.preview.progress = self._note_progress
        folders = [self.preview.content.root, self.preview.layouts.root, str(FOLDER)]
        watcher = Watcher(folders, [str(ROOT / FRONT_DOOR)], self.worker.tell)
        watcher.start()
        self.worker.tell(None)
        self.worker.start()
        started()
        try:
            await self.ended.wait()
        finally:
            watcher.stop()
            self.worker.stop()
            server.stop()
            await asyncio.sleep(GRACE)
            await server.close_all_connections()

    def _note_progress(self, what: str, done: int, total: int) -> None:
        """The first build may take long; any may be broken off."""
        self.worker.check()
        if self.progress and self.hub.outcome is None:
            self.progress(what, done, total)

    def _remember_program(self) -> None:
        for path in self.program.paths():
            self.program.digest(path)

    def _work(self, told: Told) -> None:
        """In the thread of the builds."""
        if self._has_new_program(told):
            self.fault = try_program()
            if self.fault is None:
                self.restarting = True
                self.loop.call_soon_threadsafe(self.ended.set)
                return
            self._publish(self.preview.explain([self.fault]))
        elif self.fault is None and (outcome := self.preview.look(told)):
            self._publish(outcome)

    def _has_new_program(self, told: Told) -> bool:
        changed = {path for path in self.program.look(told) if path.endswith((".py", ".js"))}
        return bool(changed) or (told is not None and str(ROOT / FRONT_DOOR) in told)

    def _publish(self, outcome: Outcome) -> None:
        with suppress(RuntimeError):  # the loop has ended meanwhile
            self.loop.call_soon_threadsafe(self.hub.show, outcome)
        self.tell(outcome)
