"""The program itself while a preview runs: where it failed, whether its new code can start, and starting it."""

import os
import re
import socket
import subprocess
import sys
from typing import NoReturn

from generator.diagnostics.diagnostic import Diagnostic, Position, error_at
from generator.files.program import CODE_FOLDER

# The environment variable that hands the open socket to the new process, so that no connection is refused meanwhile.
SOCKET = "PYRAMID_SERVE_SOCKET"

ROOT = f"{CODE_FOLDER.parent}{os.sep}"
CHECK = f"import sys; sys.path.insert(0, {ROOT!r}); import generator.cli.serve"
TRACEBACK_FRAME = re.compile(rf'^ *File "{re.escape(ROOT)}({CODE_FOLDER.name}\b[^"]+)", line (\d+)', re.MULTILINE)


def check_program() -> Diagnostic | None:
    """Why the program on the disk cannot start; None if it can."""
    run = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, text=True, check=False)
    if run.returncode == 0:
        return None
    hint = "The preview goes on with the program as it was, and restarts once this is mended."
    return describe_failure("program-cannot-start", "the program cannot start", run.stderr, hint)


def describe_failure(code: str, what: str, trace: str, hint: str) -> Diagnostic:
    """A failure of the program itself, at the last line of it in a traceback."""
    frames = TRACEBACK_FRAME.findall(trace)
    path, line = frames[-1] if frames else (CODE_FOLDER.name, 0)
    reason = trace.strip().rpartition("\n")[2] or "it ended without a message"
    return error_at(code, path.replace(os.sep, "/"), Position(int(line)), f"{what}: {reason}.", hint)


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
