"""`serve`: shows the site in a browser, and updates every open page as soon as a file is saved."""

import argparse
import errno
import os
import shutil
import socket
import sys
import threading
import time
import webbrowser
from contextlib import suppress
from typing import TextIO

from generator.build.load import Resources
from generator.build.uptodate import find_cache
from generator.cli.build import ProgressLine
from generator.cli.options import ROOT, add_content_options, count_cores, open_folder, parse_port, refuse
from generator.diagnostics.diagnostic import count
from generator.diagnostics.snippets import format_for_terminal
from generator.files.fingerprint import digest_bytes
from generator.server.app import PreviewServer
from generator.server.host_check import to_url_host
from generator.server.live_site import Preview, PreviewOptions, PreviewResult
from generator.server.program import inherit_socket, restart

DEFAULT_PORT = 8000
# Without --port, this many ports are tried.
PORTS = 100
# Seconds that a save by moving files may take, also on a network disk, without an error that flashes up.
SETTLE = 0.3
# Why no socket can be opened, and what to do about it.
EXPLANATIONS = {
    errno.EADDRNOTAVAIL: "--host {host} is no address of this machine.",
    errno.EADDRINUSE: "port {port} is taken by another program. Choose another one, or leave out --port.",
    errno.EACCES: "port {port} is not open to everybody. Choose one from 1024 on with --port.",
}
EPILOG = "Ctrl+C ends it. Changes to the program itself are taken over as well."


def add_options(parser: argparse.ArgumentParser) -> None:
    add_content_options(parser)
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen at (default: 127.0.0.1, for this machine only)"
    )
    parser.add_argument(
        "--port",
        type=parse_port,
        metavar="N",
        help=f"port to listen at, 0 for any (default: the first free one from {DEFAULT_PORT})",
    )
    parser.add_argument("--open", action="store_true", help="open the home page in a browser")
    parser.add_argument("--follow", action="store_true", help="show the page that is being edited in every open tab")
    parser.set_defaults(format="text")


def run(options: argparse.Namespace) -> int:
    folders = (options.content, options.layouts)
    content, layouts = ((os.path.realpath(open_folder(name).root), name) for name in folders)
    resources = Resources(count_cores())
    wanted = PreviewOptions(content, layouts, options.drafts, options.today, options.strict, resources, SETTLE)
    inherited = inherit_socket()
    listener = inherited or open_socket(options.host, options.port)
    port = listener.getsockname()[1]
    place = find_cache(ROOT) / "preview" / digest_bytes(f"{wanted}{options.host}{port}".encode())[:12]
    preview = Preview(wanted, place)
    terminal = Terminal()
    server = PreviewServer(preview, options.host, options.follow, terminal.show, ProgressLine(sys.stderr))
    if server.run(listener, lambda: announce(terminal, options, port, inherited is not None)):
        terminal.print(f"{time.strftime('%H:%M:%S')}  The program was changed.")
        preview.save()
        restart(listener)
    listener.close()
    if options.port == 0:
        shutil.rmtree(place, ignore_errors=True)
    else:
        preview.save()
    terminal.print("Stopped.")
    return 0


def announce(terminal: "Terminal", options: argparse.Namespace, port: int, restarted: bool) -> None:
    """Says where the preview is, and opens it on request; after a restart, only that it is there again."""
    if restarted:
        terminal.print("Started anew.")
        return
    url = f"http://{to_url_host(options.host)}:{port}/"
    if options.port is None and port != DEFAULT_PORT:
        terminal.print(f"Port {DEFAULT_PORT} is taken; this one was free.")
    terminal.print(f"Preview at {url} (Ctrl+C ends it)")
    if options.open:
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def open_socket(host: str, port: int | None, first: int = DEFAULT_PORT) -> socket.socket:
    """Listens at a port, by default the first free one from `first` on. Ends the program if it cannot."""
    last = first + PORTS - 1
    for choice in range(first, last + 1) if port is None else [port]:
        try:
            family = min(found[0] for found in socket.getaddrinfo(host or "0.0.0.0", choice))  # noqa: S104 - as asked
            listener = socket.create_server((host, choice), family=family, backlog=128)
        except (socket.gaierror, UnicodeError):
            refuse(f"--host {host} is no address of this machine.")
        except OSError as error:
            if port is not None or error.errno != errno.EADDRINUSE:
                reason = EXPLANATIONS.get(error.errno or 0, "cannot listen at {host}, port {port}: {error}.")
                refuse(reason.format(host=host, port=choice, error=error.strerror))
        else:
            listener.setblocking(False)
            return listener
    return refuse(f"the ports {first} to {last} are all taken. Choose another with --port.")


class Terminal:
    """Prints the result of each build, on one screen at most. A terminal that is gone does not end the preview."""

    def __init__(self) -> None:
        self.colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        self.failed = False
        self.printed: object = None

    def print(self, text: str, stream: TextIO | None = None) -> None:
        with suppress(OSError):
            print(text, file=stream or sys.stdout, flush=True)

    def show(self, result: PreviewResult) -> None:
        if result.trace:
            self.print(result.trace, sys.stderr)
        lines = [f"{time.strftime('%H:%M:%S')}  {describe(result, self.failed)}"]
        if result.snippets and result.snippets != self.printed:
            width, height = shutil.get_terminal_size()
            lines.append(format_for_terminal(result.snippets, (width, height - 3), self.colour))
        self.printed = result.snippets
        self.failed = result.failed
        self.print("\n".join(lines))


def describe(result: PreviewResult, failed_before: bool) -> str:
    """One line: what was saved, what came of it, and how long it took."""
    names = sorted(result.changed)
    saved = f"{', '.join(names)}: " if 0 < len(names) <= 2 else f"{count(len(names), 'file')}: " if names else ""
    if result.failed:
        errors = sum(excerpt.diagnostic.severity == "error" for excerpt in result.snippets)
        rest = "the pages stay as they were" if result.manifest is not None else "there is no page yet"
        return f"{saved}{count(errors, 'error')}; {rest}."
    mended = "mended, " if failed_before else ""
    pages = sum(path.endswith(".html") for path in (*result.written, *result.removed))
    return f"{saved}{mended}{count(pages, 'page')} in {result.seconds:.2f} s"
