"""Answers for a build in which nothing has changed. Standard library only: it runs before any package is loaded."""

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from generator.build.uptodate import State, find_site_cache, is_up_to_date, read_state


def answer_for_build(arguments: Sequence[str], root: Path) -> bool:
    """Prints what a build with these arguments would print, if nothing has changed; else returns False."""
    begun = time.monotonic()
    state = find_state(arguments, root)
    if state is None:
        return False
    warnings, output, files = state["report"]
    try:
        for stream, text in ((sys.stderr, warnings), (sys.stdout, output and summarise(output, 0, files, 0, begun))):
            if text:
                print(text, file=stream, flush=True)
    except OSError:  # a full disk, or nobody who reads: the command line says so
        return False
    return True


def summarise(output: str, rendered: int, unchanged: int, removed: int, begun: float) -> str:
    """The one line that every build ends with. `begun` is when it began, by the monotonic clock."""
    seconds = time.monotonic() - begun
    return f"{output}: {rendered} rendered, {unchanged} unchanged, {removed} removed in {seconds:.2f} s"


def default_output(content: Path) -> Path:
    """Where a site goes if nobody says so: no other content folder has its output there."""
    return Path(os.path.abspath(content)).parent / "output"


def find_state(arguments: Sequence[str], root: Path) -> State | None:
    """The state of the last build, if a build with these arguments would find nothing to do."""
    folders = {"--content": root / "content"}
    for at, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name in ("--content", "--output"):
            folders[name] = Path(value if equals else next(iter(arguments[at + 1 :]), ""))
    content = folders["--content"]
    state = read_state(find_site_cache(root, content, folders.get("--output") or default_output(content)))
    try:
        return state if state is not None and is_up_to_date(state, arguments) else None
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return None
