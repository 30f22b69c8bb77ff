"""What earlier builds have learned, in a cache folder that can be deleted at any time.

Every file begins with a digest of the rest, so one that is cut short or altered counts as missing.
"""

import hashlib
from collections.abc import Iterable, Iterator, MutableMapping
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct, msgpack

from generator.build.manifest import Entry, Manifest
from generator.content.model import AudienceSummary
from generator.diagnostics.diagnostic import Diagnostic
from generator.files.atomic_write import atomic_write
from generator.files.fingerprint import Stamp
from generator.files.spill import Keep, SpillDict
from generator.files.tree import Known

# How long the seal of a file is, and what says how long each of its values is.
SEAL, LENGTH = 32, 4
# So many entries of a ledger are written at once, and bytes of a file read.
PART, PIECE = 20, 1 << 18

Kind = TypeVar("Kind")


class Record(Struct):
    """What is known of an audience. `files`, `source` and `plan` say what it was loaded, made and
    planned from; `links` are the addresses its texts lead to.
    """

    slug: str
    files: str
    source: str
    summary: AudienceSummary | None
    dated: bool
    plan: str = ""
    links: tuple[str, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()


class Ledger(Struct):
    """What is known of a site: the digests of its files by their folders, its output by those it was made for, and
    its audiences.

    `made` are the shelves of the manifest, `output` has those files whose stamps tell of any change; `answers` are
    those of `conventions`.
    """

    content: MutableMapping[str, Known] = {}
    output: MutableMapping[str, dict[str, Stamp]] = {}
    made: MutableMapping[str, dict[str, Entry]] = {}
    records: MutableMapping[str, Record] = {}
    answers: MutableMapping[str, str] = {}

    @property
    def manifest(self) -> Manifest:
        """Every file that the last build is known to have made."""
        return Manifest(self.made)

    def split(self) -> "Iterator[Ledger]":
        """Parts of a size that does not grow with the site."""
        for name in self.__struct_fields__:
            items = iter(getattr(self, name).items())
            while part := dict(islice(items, PART)):
                yield Ledger(**{name: part})

    def add(self, part: "Ledger") -> None:
        for name in self.__struct_fields__:
            getattr(self, name).update(getattr(part, name))


class Store:
    """A cache folder for one site and one version of the program. What it tells lies in dicts that `keep` makes."""

    keep: Keep = SpillDict

    def __init__(self, root: Path, program: str) -> None:
        self.root = root
        self.program = program

    def read_ledger(self) -> Ledger:
        ledger = Ledger(*(self.keep(kind) for kind in (Known, dict[str, Stamp], dict[str, Entry], Record)))
        for part in self._read_parts("ledger", Ledger):
            ledger.add(part)
        return ledger

    def write_ledger(self, ledger: Ledger) -> None:
        self._write_parts("ledger", ledger.split())

    def _read_parts(self, name: str, kind: type[Kind]) -> Iterator[Kind]:
        """The values that a file holds, one after the other; none if it is not what was written."""
        with suppress(OSError, msgspec.DecodeError), open(self.root / f"{name}.msgpack", "rb") as file:
            seal, digest = file.read(SEAL), hashlib.sha256()
            while piece := file.read(PIECE):
                digest.update(piece)
            if seal != self._seal(digest):
                return
            decoder = msgpack.Decoder(kind)
            file.seek(SEAL)
            while size := file.read(LENGTH):
                yield decoder.decode(file.read(int.from_bytes(size)))

    def _write_parts(self, name: str, values: Iterable[object]) -> None:
        """Writes a file of the cache. A cache that cannot be written only makes the next build slower."""
        encoder, digest = msgpack.Encoder(), hashlib.sha256()
        with suppress(OSError), atomic_write(self.root / f"{name}.msgpack") as file:
            file.write(bytes(SEAL))
            for value in values:
                data = encoder.encode(value)
                for piece in (len(data).to_bytes(LENGTH), data):
                    digest.update(piece)
                    file.write(piece)
            file.seek(0)
            file.write(self._seal(digest))

    def _seal(self, digest: "hashlib._Hash") -> bytes:
        """What a file begins with: a digest of the rest, and of the program that has written it."""
        return hashlib.sha256(self.program.encode() + digest.digest()).digest()
