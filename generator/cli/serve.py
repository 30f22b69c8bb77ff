"""`serve`: shows the site while it is being written, and every page anew as soon as something is saved."""

import argparse
import errno
import os
import shutil
import socket
import sys
import threading
import time
import webbrowser

from generator.build.answer import find_cache
from generator.build.crew import count_cores
from generator.build.memory import WarmOutput, WarmStore
from generator.build.program import digest_program
from generator.cli.build import ProgressLine
from generator.cli.options import ROOT, add_content_options, count, parse_port, refuse, resolve
from generator.diagnostics.snippets import format_for_terminal
from generator.files.fingerprint import digest_bytes
from generator.server.app import PreviewServer
from generator.server.host_check import to_url_host
from generator.server.live_site import Outcome, Preview, Wish
from generator.server.restart import inherit_socket, restart

PORT = 8000
PORTS = 100
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
        help=f"port to listen at, 0 for any (default: the first free one from {PORT})",
    )
    parser.add_argument("--open", action="store_true", help="open the home page in a browser")
    parser.add_argument("--follow", action="store_true", help="show the page that is being edited in every open tab")
    parser.set_defaults(format="text")


def run(options: argparse.Namespace) -> int:
    for name in (options.content, options.layouts):
        if not resolve(name).is_dir():
            refuse(f"there is no folder '{name}'.")
    inherited = inherit_socket()
    listener = inherited or open_socket(options.host, options.port)
    port = listener.getsockname()[1]
    wish = Wish(*make_folders(options), options.drafts, options.today, options.strict, count_cores())
    place = find_cache(ROOT) / "preview" / digest_bytes(f"{wish}{port}".encode())[:12]
    output = WarmOutput(place / "site", "preview")
    preview = Preview(wish, output, WarmStore(place / "known", digest_program()))
    terminal = Terminal()
    server = PreviewServer(preview, options.host, options.follow, terminal.tell, ProgressLine(sys.stderr))
    address = f"http://{to_url_host(options.host)}:{port}/"

    def started() -> None:
        if options.port is None and port != PORT and not inherited:
            terminal.say(f"Port {PORT} is taken; this one was free.")
        terminal.say("Started anew." if inherited else f"Preview at {address} (Ctrl+C ends it)")
        if options.open and not inherited:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    again = server.run(listener, started)
    if again:
        terminal.say(f"{now()}  The program was changed.")
        preview.save()
        restart(listener)
    listener.close()
    if options.port == 0:
        shutil.rmtree(place, ignore_errors=True)
    else:
        preview.save()
    terminal.say("Stopped.")
    return 0


def make_folders(options: argparse.Namespace) -> tuple[tuple[str, str], tuple[str, str]]:
    """Where content and layouts are, each with the name it has in reports."""
    return tuple((str(resolve(name).resolve()), name) for name in (options.content, options.layouts))  # type: ignore[return-value]


def open_socket(host: str, port: int | None) -> socket.socket:
    """Listens at a port, or where none was asked for at the first that is free. Ends the program if it cannot."""
    for choice in range(PORT, PORT + PORTS) if port is None else [port]:
        try:
            family = min(found[0] for found in socket.getaddrinfo(host or "0.0.0.0", choice))  # noqa: S104 - as asked
            listener = socket.create_server((host, choice), family=family, backlog=128)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or port is not None:
                refuse(explain(error, host, choice))
        else:
            listener.setblocking(False)
            return listener
    return refuse(f"the ports {PORT} to {PORT + PORTS - 1} are all taken. Choose another with --port.")


def explain(error: OSError, host: str, port: int) -> str:
    """Why one cannot listen there, and what to do about it."""
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return f"--host {host} is no address of this machine."
    if error.errno == errno.EADDRINUSE:
        return f"port {port} is taken by another program. Choose another one, or leave out --port."
    if isinstance(error, PermissionError):
        return f"port {port} is not open to everybody. Choose one from 1024 on with --port."
    return f"cannot listen at {host}, port {port}: {error.strerror}."


def now() -> str:
    return time.strftime("%H:%M:%S")


class Terminal:
    """Says what has come of each save, in one screen."""

    def __init__(self) -> None:
        self.colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        self.failed = False
        self.warned: object = None

    def say(self, text: str) -> None:
        print(text, flush=True)

    def tell(self, outcome: Outcome) -> None:
        if outcome.trace:
            print(outcome.trace, file=sys.stderr, flush=True)
        lines = [f"{now()}  {describe(outcome, self.failed)}"]
        if outcome.excerpts and outcome.excerpts != self.warned:
            width, height = shutil.get_terminal_size()
            lines.append(format_for_terminal(outcome.excerpts, (width, height - 3), self.colour))
        self.warned = outcome.excerpts
        self.failed = outcome.failed
        self.say("\n".join(lines))


def describe(outcome: Outcome, failed_before: bool) -> str:
    """One line: what was saved, what came of it, and how long it took."""
    names = sorted(outcome.changed)
    saved = f"{', '.join(names)}: " if 0 < len(names) <= 2 else f"{count(len(names), 'file')}: " if names else ""
    if outcome.failed:
        errors = sum(excerpt.diagnostic.severity == "error" for excerpt in outcome.excerpts)
        rest = "the pages stay as they were" if outcome.manifest is not None else "there is no page yet"
        return f"{saved}{count(errors, 'error')}; {rest}."
    mended = "mended, " if failed_before else ""
    pages = sum(path.endswith(".html") for path in (*outcome.written, *outcome.removed))
    return f"{saved}{mended}{count(pages, 'page')} in {outcome.seconds:.2f} s"
