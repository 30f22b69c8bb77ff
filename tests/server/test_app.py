"""The preview's server: no request waits for a build, however long one takes."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from urllib.error import HTTPError
from urllib.request import urlopen

from generator.cli.serve import open_socket
from generator.server.app import PreviewServer
from generator.server.live_site import Preview, PreviewOptions, PreviewResult
from tests.sites import ABOUT, ROOT, SITE, TODAY, edit
from tests.tools.waiting import PATIENCE, wait_until


class HeldPreview(Preview):
    """A preview whose builds take as long as somebody else holds its gate."""

    def __init__(self, options: PreviewOptions, folder: Path) -> None:
        super().__init__(options, folder)
        self.gate = Lock()
        self.is_building = False

    def rebuild(self, changed: Iterable[str] | None) -> PreviewResult | None:
        self.is_building = True
        with self.gate:
            result = super().rebuild(changed)
        self.is_building = False
        return result

    def wait_for_build(self) -> None:
        wait_until(lambda: self.is_building, lambda: "nothing is built")


def read(address: str) -> str:
    try:
        with urlopen(address, timeout=PATIENCE) as response:  # noqa: S310 - it is our own server
            return str(response.read().decode())
    except HTTPError as error:
        return error.read().decode()


def test_no_request_waits_for_a_build(write_site: Callable[..., Path], tmp_path: Path) -> None:
    content = write_site(SITE)
    options = PreviewOptions((str(content), "content"), (str(ROOT / "layouts"), "layouts"), today=TODAY)
    preview = HeldPreview(options, tmp_path / "preview")
    server = PreviewServer(preview, "127.0.0.1", follow=False, show=lambda _: None, progress=lambda *_: None)
    listener = open_socket("127.0.0.1", 0)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/about/"

    preview.gate.acquire()
    with listener, ThreadPoolExecutor() as threads:
        # Not in this thread: if there is a browser, it has an event loop that runs.
        serving = threads.submit(server.run, listener, started=lambda: None)
        try:
            preview.wait_for_build()
            assert "The first build is under way." in read(address)
            preview.gate.release()
            wait_until(lambda: "We are" in read(address), lambda: "the first build does not show")
            with preview.gate:
                write_site(edit(ABOUT, "We are", "We were"), content)
                preview.wait_for_build()
                assert "We are" in read(address)
            wait_until(lambda: "We were" in read(address), lambda: "the second build does not show")
        finally:
            server.loop.call_soon_threadsafe(server.stopped.set)
        assert not serving.result(PATIENCE)
