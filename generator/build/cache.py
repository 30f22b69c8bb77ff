"""What earlier builds have learned. The cache may be deleted at any time: the next build takes longer, and makes the
same bytes.
"""

import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from generator.build.uptodate import State, write_state
from generator.content.model import Audience, decode_audience
from generator.diagnostics.diagnostic import Diagnostic, Position, warning_at
from generator.files.sealed import read_sealed, remove_unknown, write_sealed
from generator.i18n.conventions import Conventions


class LoadedAudience(NamedTuple):
    """An audience as it was loaded; None where it is not live. `key` stands for all that this depends on; `dated`: one
    of these things is the day.
    """

    key: str
    dated: bool
    audience: Audience | None


class CheckedAudience(NamedTuple):
    """An audience without errors. `key` stands for the audience and what else was looked at, but for the addresses: of
    these it asked for the `links`, which were all there.
    """

    key: str
    links: list[str]
    warnings: list[Diagnostic]


class Cache:
    """The cache for one content folder, one output folder, and one version of the program.

    `state` is what the last build left. Without a folder, nothing outlasts the process. Between two builds of a preview
    the same object stays in memory, and nothing is read again.
    """

    def __init__(self, folder: Path | None = None, program: str = "", state: State | None = None) -> None:
        self.folder = folder
        self.program = program
        self.state: State = state or {}
        state = self.state if self.state.get("program") == program else {}
        self.conventions = Conventions(dict(state.get("conventions", {})))
        self.page_keys: dict[str, str] = dict(state.get("pages", {}))
        self.checked = {slug: _read_checked(*row) for slug, row in state.get("checked", {}).items()}
        self.withdrawn: frozenset[str] = frozenset()  # the links that pages leave out, in this build
        self._loaded: dict[str, LoadedAudience] = {}

    def place(self, part: str) -> str | None:
        """The folder of a part of the cache that others read and write, such as compiled templates."""
        return f"{self.folder}/{part}" if self.folder else None

    def find_audience(self, slug: str) -> LoadedAudience | None:
        """What is known of an audience, whether or not it is up to date."""
        if slug not in self._loaded and self.folder:
            data = read_sealed(f"{self.folder}/loaded/{slug}", self.program)
            if data is not None:
                head, _, value = data.partition(b"\n")
                key, _, dated = head.decode().partition(" ")
                self._loaded[slug] = LoadedAudience(key, dated == "dated", decode_audience(value))
        return self._loaded.get(slug)

    def put_audience(self, slug: str, loaded: LoadedAudience, value: bytes) -> None:
        """Keeps an audience that was loaded without an error; `value` is the same encoded."""
        self._loaded[slug] = loaded
        if self.folder:
            head = f"{loaded.key} {'dated' if loaded.dated else 'timeless'}\n"
            write_sealed(f"{self.folder}/loaded/{slug}", head.encode() + value, self.program)

    def forget_others(self, slugs: Collection[str]) -> None:
        """Forgets the audiences that are no more."""
        for slug in self._loaded.keys() - set(slugs):
            del self._loaded[slug]
        if self.folder:
            remove_unknown(os.fspath(self.folder / "loaded"), set(slugs))

    def save(self, state: Mapping[str, Any]) -> None:
        """Writes the state of a build together with what the cache has learned. Raises `OSError`."""
        if self.folder:
            learned = {
                "program": self.program,
                "conventions": dict(self.conventions.answers),
                "pages": self.page_keys,
                "checked": {slug: _write_checked(checked) for slug, checked in self.checked.items()},
            }
            write_state(self.folder, {**state, **learned})


def _read_checked(key: str, links: list[str], warnings: list[list[Any]]) -> CheckedAudience:
    found = [warning_at(code, path, Position(line, column), *text) for code, path, line, column, *text in warnings]
    return CheckedAudience(key, links, found)


def _write_checked(checked: CheckedAudience) -> list[Any]:
    warnings = [[d.code, d.path, d.line, d.column, d.message, d.hint] for d in checked.warnings]
    return [checked.key, checked.links, warnings]
