"""The manifest: which files of an output folder are ours, for whom they were made, and of what.

It has a shelf for each audience. What has not changed about an audience is the same shelf from build to build,
so that most questions about a large site are answered shelf by shelf.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct, json

from generator.addresses import find_owner

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
        return isinstance(other, Manifest) and self.shelves == other.shelves

    def __hash__(self) -> int:
        return hash(tuple(self.shelves))

    def find_gone(self, after: "Manifest") -> list[str]:
        """The files that another manifest no longer has."""
        return sorted(
            path
            for owner, shelf in self.shelves.items()
            if shelf is not after.shelves.get(owner)
            for path in shelf
            if path not in after
        )

    def join(self, after: "Manifest", doubtful: Collection[str]) -> "Manifest":
        """The files of both, while one takes the place of the other; of those in doubt only the names are known."""
        unknown = Entry("", "")
        shelves: dict[str, Shelf] = {}
        for owner in {*self.shelves, *after.shelves}:
            both = {**self.shelves.get(owner, {}), **after.shelves.get(owner, {})}
            shelves[owner] = {path: unknown if path in doubtful else entry for path, entry in both.items()}
        return Manifest(shelves)


class _Files(Struct):
    """The part of a manifest's file that tells of files."""

    files: dict[str, dict[str, Entry]]


class _Templates(Struct):
    """The part of a manifest's file that tells of templates."""

    templates: dict[str, str]


def read_manifest(data: bytes) -> Manifest:
    """The manifest of a file. Raises `ValueError` where it is none. Names that lead out of the folder are dropped."""
    shelves = json.decode(data, type=_Files).files
    for owner, shelf in shelves.items():
        if not all(map(is_inside, shelf)):
            shelves[owner] = {path: entry for path, entry in shelf.items() if is_inside(path)}
    return Manifest(shelves)


def read_templates(data: bytes) -> dict[str, str]:
    """The digests of the templates that a manifest's files were made with. Raises `ValueError`."""
    return json.decode(data, type=_Templates).templates


def write_manifest(manifest: Manifest, templates: Mapping[str, str]) -> Iterator[bytes]:
    """The file of a manifest, piece by piece: the same for the same files, in whatever order they were made."""
    yield b'{"templates":' + json.encode(dict(sorted(templates.items()))) + b',"files":{'
    for number, owner in enumerate(sorted(manifest.shelves)):
        shelf = dict(sorted(manifest.shelves[owner].items()))
        yield (b"," if number else b"") + json.encode(owner) + b":" + json.encode(shelf)
    yield b"}}"


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
