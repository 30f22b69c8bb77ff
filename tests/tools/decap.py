"""The server of Decap CMS that edits the files of a folder, for the browser editor of a site on this machine."""

import os
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.tools.node import PACKAGES, require_node
from tests.tools.waiting import PATIENCE, wait_until

# Where the editor looks for it.
USUAL = "http://127.0.0.1:8081"


@contextmanager
def edit_folder(folder: Path) -> Iterator[str]:
    """Serves a folder's files to the editor as long as the context lasts. Gives the server's address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"PORT": str(port), "BIND_HOST": "127.0.0.1", "GIT_REPO_DIRECTORY": str(folder), "MODE": "fs"}
    command = [*require_node().node, str(PACKAGES / "decap-server" / "dist" / "index.js")]
    with subprocess.Popen(command, env={**os.environ, **settings}, stdout=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_until(lambda: is_up(address, process), lambda: f"decap-server does not answer at {address}.")
            yield address
        finally:
            process.terminate()


def is_up(address: str, process: subprocess.Popen[bytes]) -> bool:
    """Whether something answers at an address, whatever it says."""
    assert process.poll() is None, "decap-server has ended."
    try:
        urllib.request.urlopen(address, timeout=PATIENCE).close()  # noqa: S310 - it is our own server
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
