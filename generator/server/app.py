"""The preview's server: watches files, builds, and serves the last good build.

Everything here and in the handlers runs in one thread, with an event loop. Builds run in another, so that no
request waits for one.
"""

import asyncio
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from livereload.handlers import LiveReloadJSHandler
from tornado import web
from tornado.httpserver import HTTPServer

from generator.build.load import Progress
from generator.diagnostics.diagnostic import Diagnostic
from generator.files.program import CODE_FOLDER
from generator.files.tree import DiskTree
from generator.server.handlers import PageHandler
from generator.server.host_check import ForeignHostHandler, OwnHost, to_url_host
from generator.server.live_reload import Connection, LiveReload
from generator.server.live_site import Preview, PreviewResult
from generator.server.restart import ENTRY_POINT, ROOT, check_program
from generator.server.watcher import ChangedPaths, Watcher
from generator.server.worker import Worker

# Seconds for the requests under way when the server stops.
SHUTDOWN_SECONDS = 0.1


def make_application(live: LiveReload, host: str) -> web.Application:
    handlers = [
        (r"/livereload", Connection, {"live": live}),
        (r"/livereload\.js", LiveReloadJSHandler),
        (r"/\.preview/(client\.js)", web.StaticFileHandler, {"path": str(Path(__file__).parent)}),
        (r".*", PageHandler, {"live": live}),
    ]
    foreign = (r".*", ForeignHostHandler, {"own_host": to_url_host(host)})
    return web.Application([(OwnHost(host), handlers), foreign], log_function=lambda _: None)


class PreviewServer:
    """Serves a preview until it is interrupted, or until the program itself has changed.

    `host` is where it listens, `follow` as for `LiveReload`. `show` is called with each outcome, in the thread of
    the builds, and `progress` during the first build.
    """

    def __init__(
        self, preview: Preview, host: str, follow: bool, show: Callable[[PreviewResult], None], progress: Progress
    ) -> None:
        self.preview = preview
        self.show = show
        self.progress = progress
        self.live = LiveReload(str(preview.output.root), preview.content.name, follow)
        self.application = make_application(self.live, host)
        self.worker = Worker(self._build)
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
        if sys.platform != "win32":
            for number in (signal.SIGINT, signal.SIGTERM):
                self.loop.add_signal_handler(number, self.stopped.set)
        server = HTTPServer(self.application)
        # A copy, because stopping the server closes it: who connects during a restart waits at the other one.
        server.add_socket(listener.dup())
        for path in self.program.paths():
            self.program.digest(path)
        self.preview.progress = self._note_progress
        folders = [self.preview.content.root, self.preview.layouts.root, str(CODE_FOLDER)]
        watcher = Watcher(folders, [str(ROOT / ENTRY_POINT)], self.worker.submit)
        watcher.start()
        self.worker.submit(None)
        self.worker.start()
        started()
        try:
            await self.stopped.wait()
        finally:
            watcher.stop()
            self.worker.stop()
            server.stop()
            await asyncio.sleep(SHUTDOWN_SECONDS)
            await server.close_all_connections()

    def _note_progress(self, what: str, done: int, total: int) -> None:
        """Lets any build be cancelled, and shows how far the first one is."""
        self.worker.raise_if_stopped()
        if self.live.outcome is None:
            self.progress(what, done, total)

    def _build(self, changed: ChangedPaths) -> None:
        """In the thread of the worker."""
        if self._is_program_changed(changed):
            self.program_error = check_program()
            if self.program_error is None:
                self.restarting = True
                self.loop.call_soon_threadsafe(self.stopped.set)
                return
            self._publish(self.preview.explain([self.program_error]))
        elif self.program_error is None and (outcome := self.preview.rebuild(changed)):
            self._publish(outcome)

    def _is_program_changed(self, changed: ChangedPaths) -> bool:
        modules = [path for path in self.program.update(changed) if path.endswith((".py", ".js"))]
        return bool(modules) or (changed is not None and str(ROOT / ENTRY_POINT) in changed)

    def _publish(self, outcome: PreviewResult) -> None:
        with suppress(RuntimeError):  # the loop has ended meanwhile
            self.loop.call_soon_threadsafe(self.live.show, outcome)
        self.show(outcome)
