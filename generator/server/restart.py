"""Restarts the program after a change of its own code, if the new code can start."""

import os
import re
import socket
import subprocess
import sys
from typing import NoReturn

from generator.diagnostics.diagnostic import Diagnostic, Position, error_at
from generator.files.program import CODE_FOLDER

ROOT = CODE_FOLDER.parent
ENTRY_POINT = "build.py"

# The environment variable that hands the open socket to the new process, so that no connection is refused meanwhile.
SOCKET = "PYRAMID_SERVE_SOCKET"

CHECK = f"""
import ast
ast.parse(open({ENTRY_POINT!r}, encoding="utf-8").read(), {ENTRY_POINT!r})
import generator.cli.serve
"""
TRACEBACK_FRAME = re.compile(r'^  File "([^"]+)", line (\d+)', re.MULTILINE)


def check_program() -> Diagnostic | None:
    """Why the program on the disk cannot start; None if it can."""
    run = subprocess.run([sys.executable, "-c", CHECK], cwd=ROOT, capture_output=True, text=True, check=False)
    if run.returncode == 0:
        return None
    frames = [(path, int(line)) for path, line in TRACEBACK_FRAME.findall(run.stderr)]
    ours = [(name, line) for path, line in frames if (name := _to_project_path(path))]
    message = (run.stderr.strip().splitlines() or ["it ended without a message"])[-1]
    hint = "The preview goes on with the program as it was, and restarts once this is mended."
    path, line = ours[-1] if ours else (ENTRY_POINT, 0)
    return error_at("program-cannot-start", path, Position(line), f"the program cannot start: {message}.", hint)


def _to_project_path(path: str) -> str | None:
    """The path of a file of the program as it stands in reports; None for other files."""
    full = os.path.realpath(ROOT / path)
    root = os.path.realpath(ROOT) + os.sep
    inside = full.removeprefix(root).replace(os.sep, "/")
    return inside if full.startswith(root) and inside.startswith((f"{CODE_FOLDER.name}/", ENTRY_POINT)) else None


def inherit_socket() -> socket.socket | None:
    """The socket that the process before this one has left open."""
    number = os.environ.pop(SOCKET, "")
    if not number:
        return None
    listener = socket.socket(fileno=int(number))
    # An inherited socket counts as a blocking one, and then the server would hang at its first connection.
    listener.setblocking(False)
    return listener


def restart(listener: socket.socket) -> NoReturn:
    """Replaces this process by a new one, with the same command line and the same socket."""
    command = [sys.executable, *sys.orig_argv[1:]]
    sys.stdout.flush()
    sys.stderr.flush()
    if sys.platform == "win32":
        # On Windows, a process cannot be replaced.
        listener.close()
        raise SystemExit(subprocess.call(command))
    listener.set_inheritable(True)
    os.environ[SOCKET] = str(listener.fileno())
    os.execv(command[0], command)
