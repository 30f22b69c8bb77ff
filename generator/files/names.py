"""Names of files that not every system can hold."""

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
