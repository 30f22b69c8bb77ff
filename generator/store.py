"""What earlier builds have learned, in a cache folder that can be deleted at any time.

Every file begins with a digest of the rest, so one that is cut short or altered counts as missing.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct, msgpack

from generator.content import Parsed
from generator.manifest import SITE, Entry, Manifest
from generator.model import Outline
from generator.problems import Problem
from generator.stamps import Stamp, digest_bytes

Kind = TypeVar("Kind")
Known = dict[str, tuple[Stamp, str]]
# Where the values of the site's own files are kept, beside those of audiences; no audience can be named so.
SITE_FILES = "_site"


class Record(Struct):
    """What is known of an audience. `files`, `source` and `plan` say what it was loaded, made and
    planned from; `pages` is its shelf of the manifest.
    """

    slug: str
    files: str
    source: str
    outline: Outline | None
    dated: bool
    plan: str = ""
    pages: dict[str, Entry] = {}
    warnings: tuple[Problem, ...] = ()


class Ledger(Struct):
    """What is known of a site: the digests of its files, its output, and its audiences.

    `output` has the files of the output whose stamps tell of any change, `made` those that were made for no
    audience; `answers` are those of `conventions`.
    """

    content: Known = {}
    output: Known = {}
    made: dict[str, Entry] = {}
    records: dict[str, Record] = {}
    answers: dict[str, str] = {}

    @property
    def manifest(self) -> Manifest:
        """Every file that the last build is known to have made."""
        return Manifest({slug: record.pages for slug, record in self.records.items()} | {SITE: self.made})


class Store:
    """A cache folder for one site and one version of the program."""

    def __init__(self, root: Path, program: str) -> None:
        self.root = root
        self.program = program

    def read_ledger(self) -> Ledger:
        return self._read("ledger", Ledger) or Ledger()

    def write_ledger(self, ledger: Ledger) -> None:
        self._write("ledger", ledger)

    def read_parsed(self, slug: str) -> Parsed:
        """The values of the files of an audience, or of the site's own, by digest."""
        return self._read(f"parsed/{slug}", Parsed) or {}

    def write_parsed(self, slug: str, parsed: Parsed) -> None:
        self._write(f"parsed/{slug}", parsed)

    def knows_templates(self) -> bool:
        """Whether any have been compiled before."""
        return (self.root / "templates").is_dir()

    def read_template(self, name: str, source: str) -> bytes | None:
        """The compiled code of a template, if it was made of this source."""
        known = self._read(f"templates/{digest_bytes(name.encode())}", tuple[str, bytes])
        return known[1] if known and known[0] == digest_bytes(source.encode()) else None

    def write_template(self, name: str, source: str, code: bytes) -> None:
        self._write(f"templates/{digest_bytes(name.encode())}", (digest_bytes(source.encode()), code))

    def keep_parsed(self, slugs: Iterable[str]) -> None:
        """Forgets the audiences that are no more."""
        keep = {f"{slug}.msgpack" for slug in (SITE_FILES, *slugs)}
        with suppress(OSError):
            for name in os.listdir(self.root / "parsed"):
                if name not in keep:
                    os.unlink(self.root / "parsed" / name)

    def _read(self, name: str, kind: type[Kind]) -> Kind | None:
        try:
            data = (self.root / f"{name}.msgpack").read_bytes()
        except OSError:
            return None
        seal, _, rest = data.partition(b"\n")
        if seal.decode("ascii", "replace") != self._seal(rest):
            return None
        try:
            return msgpack.decode(rest, type=kind)
        except (msgspec.DecodeError, ValueError):
            return None

    def _write(self, name: str, value: object) -> None:
        """Writes a file of the cache. A cache that cannot be written only makes the next build slower."""
        data = msgpack.encode(value)
        place = self.root / f"{name}.msgpack"
        temporary = place.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(f"{self._seal(data)}\n".encode() + data)
            os.replace(temporary, place)

    def _seal(self, data: bytes) -> str:
        return digest_bytes(f"{self.program} {digest_bytes(data)}".encode())
