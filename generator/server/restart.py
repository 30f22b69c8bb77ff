"""After a change of the program itself: is the new one fit to take over from the one that runs, and taking over."""

import os
import re
import socket
import subprocess
import sys
from typing import NoReturn

from generator.build.program import FOLDER
from generator.diagnostics.diagnostic import Diagnostic, Position, error_at

ROOT = FOLDER.parent
FRONT_DOOR = "build.py"

# Names the open socket for the program that takes over, so that nobody who connects meanwhile is refused.
SOCKET = "PYRAMID_SERVE_SOCKET"

TRIAL = f"""
import ast
ast.parse(open({FRONT_DOOR!r}, encoding="utf-8").read(), {FRONT_DOOR!r})
import generator.cli.serve
"""
FRAME = re.compile(r'^  File "([^"]+)", line (\d+)', re.MULTILINE)


def try_program() -> Diagnostic | None:
    """Why the program as it now is on the disk could not even be started."""
    run = subprocess.run([sys.executable, "-c", TRIAL], cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode == 0:
        return None
    frames = [(path, int(line)) for path, line in FRAME.findall(run.stderr)]
    ours = [(name, line) for path, line in frames if (name := _shorten(path))]
    message = (run.stderr.strip().splitlines() or ["it ended without a word"])[-1]
    hint = "The preview goes on with the program as it was, and starts anew once this is mended."
    path, line = ours[-1] if ours else (FRONT_DOOR, 0)
    return error_at("program-cannot-start", path, Position(line), f"the program cannot start: {message}.", hint)


def _shorten(path: str) -> str | None:
    full = os.path.realpath(ROOT / path)
    root = os.path.realpath(ROOT) + os.sep
    inside = full.removeprefix(root).replace(os.sep, "/")
    return inside if full.startswith(root) and inside.startswith((f"{FOLDER.name}/", FRONT_DOOR)) else None


def take_socket() -> socket.socket | None:
    """The socket that the program before this one has left open."""
    number = os.environ.pop(SOCKET, "")
    if not number:
        return None
    listener = socket.socket(fileno=int(number))
    # A socket taken over counts as one that blocks, and then the server would stop at its first visitor.
    listener.setblocking(False)
    return listener


def restart(listener: socket.socket) -> NoReturn:
    """Lets the program start anew in place of this process, with the same command line and the same socket."""
    command = [sys.executable, *sys.orig_argv[1:]]
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform == "win32":
        # Windows has no way for a program to take the place of another.
        listener.close()
        raise SystemExit(subprocess.call(command))
    listener.set_inheritable(True)
    os.environ[SOCKET] = str(listener.fileno())
    os.execv(command[0], command)
