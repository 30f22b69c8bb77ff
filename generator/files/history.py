"""When each file of a folder was last changed, as git knows it."""

import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from generator.files.fingerprint import FileStat, stat_file

# Seconds. Whoever has a history that takes longer does without.
LONGEST = 20


class History(NamedTuple):
    """`dates` are days, by the paths of files; `stamps` are the files that tell of the next commit."""

    dates: Mapping[str, str]
    stamps: Mapping[str, FileStat | None]


def read_history(folder: Path, known: Mapping[str, Any]) -> History:
    """The history of a folder; `known` is what it was before. Without git, or all of its history, it is empty."""
    stamps = {str(path): stat_file(str(path)) for path in _list_stamps(folder.absolute())}
    if known.get("stamps") == stamps:
        return History(known["dates"], stamps)
    dates: dict[str, str] = {}
    if any(stamps.values()) and _ask_git(folder, "rev-parse", "--is-shallow-repository") == "false\n":
        day = ""
        log = _ask_git(folder, "log", "--format=%x00%cs", "--name-only", "--no-renames", "--relative", "--", ".")
        for line in log.splitlines():
            if line.startswith("\0"):
                day = line[1:]
            elif line:
                dates.setdefault(line, day)
    return History(dates, stamps)


def _list_stamps(folder: Path) -> list[Path]:
    """The files that git changes with a commit. Where there is no repository, the one that would tell of it."""
    for parent in (folder, *folder.parents):
        place = parent / ".git"
        if os.path.isfile(place):  # of a worktree; unlike `is_file` this bears folders that nobody may look into
            with suppress(OSError, ValueError):
                place = (parent / place.read_text("utf-8").partition("gitdir:")[2].strip()).resolve()
        if os.path.isdir(place):
            return [place / "HEAD", place / "logs" / "HEAD", place / "shallow", *_find_branch(place)]
    return [folder / ".git"]


def _find_branch(place: Path) -> list[Path]:
    with suppress(OSError, ValueError):
        head = (place / "HEAD").read_text("utf-8")
        common = place / "commondir"
        top = place / common.read_text("utf-8").strip() if common.exists() else place
        return [top / head.partition("ref:")[2].strip()] if head.startswith("ref:") else []
    return []


def _ask_git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), "-c", "core.quotePath=false", *arguments]
    with suppress(OSError, ValueError, subprocess.SubprocessError):
        done = subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8", timeout=LONGEST)
        return done.stdout
    return ""
