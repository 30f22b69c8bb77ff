"""The preview's server: watches files, builds, and serves the last good build.

Everything here and in the handlers runs in one thread, with an event loop. Builds run in that of the watcher, so that
no request waits for one.
"""

import asyncio
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import current_thread, main_thread

from livereload.handlers import LiveReloadJSHandler
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.routing import HostMatches

from generator.build.load import Progress
from generator.diagnostics.diagnostic import Diagnostic
from generator.files.program import CODE_FOLDER
from generator.files.tree import DiskTree
from generator.pages.block_gallery import BLOCK_GALLERY
from generator.server.handlers import BlockGalleryHandler, PageHandler
from generator.server.host_check import ForeignHostHandler, own_hosts, to_url_host
from generator.server.live_reload import Connection, LiveReload
from generator.server.live_site import Preview, PreviewResult
from generator.server.program import check_program
from generator.server.watcher import ChangedPaths, Watcher

# Seconds for the requests under way when the server stops.
SHUTDOWN_SECONDS = 0.1


def make_application(live: LiveReload, host: str, render_gallery: Callable[[], str]) -> web.Application:
    handlers = [
        (r"/livereload", Connection, {"live": live}),
        (r"/livereload\.js", LiveReloadJSHandler),
        (r"/\.preview/(client\.js)", web.StaticFileHandler, {"path": str(Path(__file__).parent)}),
        (rf"/{BLOCK_GALLERY}", BlockGalleryHandler, {"live": live, "render": render_gallery}),
        (r".*", PageHandler, {"live": live}),
    ]
    foreign = (r".*", ForeignHostHandler, {"own_host": to_url_host(host)})
    return web.Application([(HostMatches(own_hosts(host)), handlers), foreign], log_function=lambda _: None)


class PreviewServer:
    """Serves a preview until it is interrupted, or until the program itself has changed.

    `host` is where it listens, `follow` as for `LiveReload`. `show` is called with each result, in the thread of the
    builds, and `progress` during the first build.
    """

    def __init__(
        self, preview: Preview, host: str, follow: bool, show: Callable[[PreviewResult], None], progress: Progress
    ) -> None:
        self.preview = preview
        self.show = show
        self.progress = progress
        self.live = LiveReload(str(preview.output.root), preview.content.name, follow)
        self.application = make_application(self.live, host, preview.render_block_gallery)
        self.watcher = Watcher([*preview.roots.values()], self._build)
        self.program = DiskTree(CODE_FOLDER)
        self.program_error: Diagnostic | None = None
        self.restarting = False

    def run(self, listener: socket.socket, started: Callable[[], None]) -> bool:
        """Returns whether the program has to be restarted."""
        with suppress(KeyboardInterrupt):
            asyncio.run(self._run(listener, started))
        return self.restarting

    async def _run(self, listener: socket.socket, started: Callable[[], None]) -> None:
        self.loop, self.stopped = asyncio.get_running_loop(), asyncio.Event()
        if sys.platform != "win32" and current_thread() is main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self.loop.add_signal_handler(number, self.stopped.set)
        server = HTTPServer(self.application)
        # A copy, because stopping the server closes it: who connects during a restart waits at the other one.
        server.add_socket(listener.dup())
        self.preview.progress = self._note_progress
        self.watcher.start()
        started()
        try:
            await self.stopped.wait()
        finally:
            self.watcher.stop()
            server.stop()
            await asyncio.sleep(SHUTDOWN_SECONDS)
            await server.close_all_connections()

    def _note_progress(self, what: str, done: int, total: int) -> None:
        """Lets any build be cancelled, and shows how far the first one is."""
        self.watcher.raise_if_stopped()
        if self.live.result is None:
            self.progress(what, done, total)

    def _build(self, changed: ChangedPaths) -> bool:
        """Whether anything had changed. In the thread of the watcher."""
        if self.program.update(changed):
            self.program_error = check_program()
            if self.program_error is None:
                self.restarting = True
                self.loop.call_soon_threadsafe(self.stopped.set)
                return True
            self._publish(self.preview.explain([self.program_error]))
            return True
        if self.program_error is not None or (result := self.preview.rebuild(changed)) is None:
            return False
        self._publish(result)
        return True

    def _publish(self, result: PreviewResult) -> None:
        with suppress(RuntimeError):  # the loop has ended meanwhile
            self.loop.call_soon_threadsafe(self.live.show, result)
        self.show(result)
