"""Names and paths of files: which of them not every system can hold, and where they lead."""

import os
import re
import unicodedata
from collections.abc import Iterable

# Devices of Windows, which no file and no folder can be named after, whatever its ending.
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)
NO_DEVICE = "Windows can have no file or folder of this name."
UNUSABLE = re.compile(r"""[<>:"|?*\\\x00-\x1f]|[. ]$""")


def fold_name(name: str) -> str:
    """What two names have in common if macOS or Windows take them for the same."""
    return unicodedata.normalize("NFC", name).casefold()


def find_unportable(paths: Iterable[str]) -> dict[str, str]:
    """The paths that a system may be unable to hold, each with the reason."""
    reasons: dict[str, str] = {}
    seen: dict[str, str] = {}
    for path in paths:
        first = seen.setdefault(fold_name(path), path)
        if first != path:
            reasons[path] = f"its name is the same as that of {first} on Windows and macOS."
        elif any(UNUSABLE.search(name) or fold_name(name.partition(".")[0]) in DEVICES for name in path.split("/")):
            reasons[path] = NO_DEVICE
    return reasons


def is_inside(path: str) -> bool:
    """Whether a path stays within its folder; a foreign manifest must not lead out of it."""
    return {"", ".", ".."}.isdisjoint(path.split("/")) and {*":\\\0"}.isdisjoint(path)


def name_from_here(path: str | os.PathLike[str]) -> str:
    """A path as one would name it from where one stands."""
    try:
        return os.path.relpath(path)
    except ValueError:  # on another drive
        return os.fspath(path)


def see_from(folder: str | os.PathLike[str], other: str | os.PathLike[str]) -> str:
    """The way from one folder to another, which stays the same when a project is moved."""
    there = os.path.realpath(other)
    try:
        return os.path.relpath(there, os.path.realpath(folder)).replace(os.sep, "/")
    except ValueError:  # on another drive
        return there
