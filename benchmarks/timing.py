"""One run of a command, as the operating system accounts for it."""

import os
import subprocess
import time
from typing import NamedTuple

from generators import Command, environment_of


class Run(NamedTuple):
    """What a run took: seconds on the clock, seconds of processors (of all its processes together), and the
    memory of its largest process in MiB. That cannot read below the size of the process that measures.
    """

    wall: float
    cpu: float
    peak: float


class CommandError(Exception):
    """A command that failed, with the end of what it said."""


def time_command(command: Command) -> Run:
    """Runs a command to its end."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        command.words,
        cwd=command.folder,
        env=environment_of(command),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    if process.returncode:
        raise CommandError(f"{' '.join(command.words)}\n{said[-2000:].decode(errors='replace')}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
