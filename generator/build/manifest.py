"""The manifest: which files of an output folder are ours, for whom they were made, and of what.

It has a shelf for each audience. What has not changed about an audience is the same shelf from build to build,
so that most questions about a large site are answered shelf by shelf.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec import json

from generator.content.routes import find_owner

TEMPLATE_CHANGED = "template changed"
REASONS = ("program, settings or words changed", TEMPLATE_CHANGED, "content changed")
# The shelf of the files that were made for no audience.
SITE = ""


class Entry(NamedTuple):
    """What the manifest knows of a file: the digest of what it was made of, and of its content."""

    inputs: str
    content: str


Shelf = Mapping[str, Entry]


class Manifest(Mapping[str, Entry]):
    """Files by path, from `shelves`: one for each audience by its folder, and that of the `SITE`."""

    def __init__(self, shelves: Mapping[str, Shelf]) -> None:
        self.shelves = shelves

    def __getitem__(self, path: str) -> Entry:
        shelf = self.shelves.get(find_owner(path))
        if shelf is None or path not in shelf:
            shelf = self.shelves.get(SITE, {})
        return shelf[path]

    def __iter__(self) -> Iterator[str]:
        for shelf in self.shelves.values():
            yield from shelf

    def __len__(self) -> int:
        return sum(map(len, self.shelves.values()))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Manifest) or len(self.shelves) != len(other.shelves):
            return False
        return all(other.shelves.get(owner) == shelf for owner, shelf in self.shelves.items())

    def __hash__(self) -> int:
        return hash(tuple(self.shelves))

    def in_order(self) -> Iterator[tuple[str, Shelf]]:
        """The shelves in the order of their owners."""
        return ((owner, self.shelves[owner]) for owner in sorted(self.shelves))

    def find_gone(self, after: "Manifest") -> list[str]:
        """The files that another manifest no longer has."""
        gone: list[str] = []
        for owner, shelf in self.shelves.items():
            left = after.shelves.get(owner, {})
            if shelf is not left:
                gone += [path for path in shelf if path not in left and path not in after]
        return sorted(gone)

    def join(self, after: "Manifest", stale: Mapping[str, Iterable["Stale"]]) -> Iterator[tuple[str, Shelf]]:
        """The shelves of both, while one takes the place of the other; only the names are known of what changes."""
        for owner in sorted({*self.shelves, *after.shelves}):
            before, now = self.shelves.get(owner, {}), after.shelves.get(owner, {})
            doubtful = {entry.path for entry in stale.get(owner, ())}.union(before.keys() - now.keys())
            yield owner, {**before, **now, **dict.fromkeys(doubtful, Entry("", ""))}


# A manifest's file is JSON: its head with the templates is a line, and so is every shelf.
HEAD, SHELVES, END = b'{"templates":', b',"files":{\n', b"}}\n"


def read_manifest(lines: Iterable[bytes]) -> Iterator[tuple[str, dict[str, Entry]]]:
    """The shelves in the lines of a manifest's file. Names that lead out of the folder are dropped.

    Raises `ValueError` where it is none, or not whole.
    """
    rest = iter(lines)
    read_templates(next(rest, b""))
    for line in rest:
        if line == END:
            return
        [(owner, shelf)] = json.decode(b"{%b}" % line.rstrip(b",\n"), type=dict[str, dict[str, Entry]]).items()
        yield owner, {path: entry for path, entry in shelf.items() if is_inside(path)}
    raise ValueError("its end is missing")


def read_templates(head: bytes) -> dict[str, str]:
    """The digests of the templates that the files were made with, from the first line. Raises `ValueError`."""
    if not (head.startswith(HEAD) and head.endswith(SHELVES)):
        raise ValueError("its head is missing")
    return json.decode(head[len(HEAD) : -len(SHELVES)], type=dict[str, str])


def write_manifest(shelves: Iterable[tuple[str, Shelf]], templates: Mapping[str, str]) -> Iterator[bytes]:
    """The lines of a manifest's file. It is the same for the same files, as the shelves come sorted by their owners."""
    yield HEAD + json.encode(dict(sorted(templates.items()))) + SHELVES
    comma = b""
    for owner, shelf in shelves:
        yield comma + json.encode(owner) + b":" + json.encode(dict(sorted(shelf.items())))
        comma = b",\n"
    yield b"\n" + END


def is_inside(path: str) -> bool:
    """Whether a path stays within its folder; a foreign manifest must not lead out of it."""
    parts = path.split("/")
    return ".." not in parts and "" not in parts and ":" not in path


class Stale(NamedTuple):
    """A file to be made, and why."""

    path: str
    reason: str


def stale(inputs: Mapping[str, str], manifest: Shelf, sound: Collection[str]) -> list[Stale]:
    """Which files are out of date. `inputs`: path to the digests of what a file is made of, as they are
    now; `sound`: the files in the output folder whose content is what the manifest says.
    """
    found = [Stale(path, find_reason(path, digest, manifest, sound) or "") for path, digest in inputs.items()]
    return [entry for entry in found if entry.reason]


def find_reason(path: str, inputs: str, manifest: Shelf, sound: Collection[str]) -> str | None:
    """Why a file has to be made again, None where it is up to date.

    `inputs` are digests parted by dots: of what is common to all pages, of the templates, of the context.
    """
    entry = manifest.get(path)
    if entry is None:
        return "new"
    if entry.inputs != inputs:
        pairs = zip(REASONS, inputs.split("."), entry.inputs.split("."), strict=False)
        return next((reason for reason, now, then in pairs if now != then), "content changed")
    return None if path in sound else "missing or edited in the output"
