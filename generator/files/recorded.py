"""What a build has read and asked, recorded so that a later change of it is noticed. Standard library only."""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.files.fingerprint import FileStat, digest_file, stat_file
from generator.files.scan import scan


class Environment(Mapping[str, str]):
    """Environment variables that records which of them were asked for, so that a change of one is noticed."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables
        self.asked: dict[str, str | None] = {}

    def __getitem__(self, name: str) -> str:
        self.asked[name] = self._variables.get(name)
        return self._variables[name]

    def __iter__(self) -> Iterator[str]:
        raise TypeError("ask for variables by name")

    def __len__(self) -> int:
        return len(self._variables)


def is_same_folder(root: str, recorded: Mapping[str, list[Any]]) -> bool:
    """Whether a folder has the very files that were recorded, with the same content."""
    found, obstacles = scan(root)
    if obstacles or found.keys() != recorded.keys():
        return False
    return all(
        found[path] == record[:4] or (not any(record[:4]) and digest_file(f"{root}/{path}") == record[4])
        for path, record in recorded.items()
    )


def is_as_recorded(path: str, recorded: FileStat | str | None) -> bool:
    """Whether a file is what was recorded of it: its metadata, or its digest."""
    return digest_file(path) == recorded if isinstance(recorded, str) else stat_file(path) == recorded
