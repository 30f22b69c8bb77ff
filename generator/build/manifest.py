"""The manifest: which files of an output folder are ours, for which audience they were made, and from what.

It lies in the output folder. A site without its cache is still a site of ours, and a build knows what to remove.
"""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct, json

from generator.files.names import is_inside
from generator.files.sealed import seal, unseal

VERSION = "manifest 2"
# The owner of the files that were made for no audience.
SITE = ""


class Entry(NamedTuple):
    """What is known of a file: the digests of what it was made from, and the digest of its content."""

    inputs: str
    content: str


Entries = dict[str, Entry]


class Manifest(Struct, frozen=True):
    """`files` of each owner (an audience by its folder, or the `SITE`) by their paths; `templates` has the digests of
    the templates they were made with. `retired` are assets of the build before, whose pages somebody may still be
    reading: they stay for one more build. `source` is the content folder, as seen from the output folder.
    """

    files: dict[str, Entries] = {}
    templates: dict[str, str] = {}
    retired: tuple[str, ...] = ()
    source: str = ""

    def __iter__(self) -> Iterator[str]:
        for entries in self.files.values():
            yield from entries

    def __len__(self) -> int:
        return sum(map(len, self.files.values()))

    def entries(self) -> Entries:
        """All files by their paths."""
        return {path: entry for entries in self.files.values() for path, entry in entries.items()}


def encode_manifest(manifest: Manifest) -> bytes:
    """The manifest as a sealed file of JSON, with a line for each owner. Equal manifests are equal bytes."""
    encode = json.Encoder(order="deterministic").encode
    rows = [encode(owner) + b":" + encode(manifest.files[owner]) for owner in sorted(manifest.files)]
    parts = (encode(manifest.source), encode(manifest.templates), encode(sorted(manifest.retired)))
    head = b'{"source":%b,"templates":%b,"retired":%b,"files":{\n' % parts
    return seal(head + b",\n".join(rows) + b"\n}}\n", VERSION)


def decode_manifest(data: bytes) -> Manifest | None:
    """The manifest in a file, without paths that lead out of its folder; None if it is not the one that was written."""
    text = unseal(data, VERSION)
    if text is None:
        return None
    try:
        manifest = json.decode(text, type=Manifest)
    except ValueError:  # not JSON, not UTF-8, or not of this type
        return None
    files = {
        owner: {path: entry for path, entry in entries.items() if is_inside(path)}
        for owner, entries in manifest.files.items()
    }
    return Manifest(files, manifest.templates, tuple(filter(is_inside, manifest.retired)), manifest.source)
