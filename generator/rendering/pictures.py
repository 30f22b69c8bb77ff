"""Pictures as they are served: upright, in sRGB, without metadata, in the formats and widths of their variants.

Pillow releases the lock of the interpreter while it reads, scales and writes, so threads are enough. What is known of a
picture, and what was made of it, is kept by its content; so most builds look at none, and do not load Pillow.
"""

import os
import warnings
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Protocol

from msgspec import Struct, json

from generator.content.media import Media, MediaFault, MediaFile, find_ending, find_kind
from generator.diagnostics.diagnostic import WHOLE_FILE, SiteError, error_at
from generator.files.fingerprint import digest_bytes
from generator.files.program import find_libraries
from generator.files.scan import explain
from generator.files.sealed import read_sealed, remove_unknown, write_sealed
from generator.files.tree import Tree
from generator.formats.document import show_name
from generator.formats.slugs import make_address
from generator.pages.pictures import Variant
from generator.rendering.drawn_files import Draughtsman
from generator.rendering.fonts import BROKEN_FONT, FontError, explain_font, find_lacking, read_font
from generator.rendering.picture_formats import EMPTY, RECIPE, PictureError, encode_variants, read_facts

LIBRARIES = ("pillow", "py_svg_hush", "resvg_py")
# What else finds out what is in a file; it makes none.
READERS = ("fonttools",)
# A picture of more bytes was never meant for a page.
MOST_BYTES = 25_000_000
PICTURES = "pictures"
SETTINGS = "site.yaml"
# The kinds of files that are looked at.
EXAMINED = ("picture", "font")
# The file in the cache with what is known of pictures.
FACTS = "facts"


class PictureResources(Protocol):
    """How many threads may work, whom to tell how far they are, and whether it has to be quick, for a preview."""

    @property
    def jobs(self) -> int: ...

    @property
    def quick(self) -> bool: ...

    def report(self, what: str, done: int, total: int) -> None: ...


class Facts(Struct, frozen=True):
    """What is known of a picture or a font, for `MediaFile`. `characters` are as in `FontFacts`."""

    format: str = ""
    width: int = 0
    height: int = 0
    is_transparent: bool = False
    is_animated: bool = False
    weights: str = ""
    widths: str = ""
    characters: str = ""
    fault: MediaFault | None = None


class PictureMaker:
    """Looks at the pictures of a content folder, and makes what pages show. `folder` is where it keeps what it knows
    and makes, if anywhere; `fonts` are those that pictures are drawn with.
    """

    def __init__(
        self, content: Tree, folder: str | None, resources: PictureResources, fonts: Mapping[str, bytes] = {}
    ) -> None:
        self._content, self._folder, self._resources = content, folder, resources
        self._draughtsman = Draughtsman(content, fonts)
        # A new version of a library may make other bytes, which need other addresses.
        self._recipe = " ".join([RECIPE, *map(os.path.basename, find_libraries(LIBRARIES))])
        self._facts_recipe = " ".join([self._recipe, *map(os.path.basename, find_libraries(READERS))])

    def examine(self, paths: Sequence[str], characters: Collection[str] = ()) -> Media:
        """The files at these paths by their addresses, for a site with these characters."""
        known = self._read_facts()
        digests = {
            path: f"{self._content.digest(path)}.{find_ending(path)}" for path in paths if find_kind(path) in EXAMINED
        }
        missing = [path for path, digest in digests.items() if digest not in known]
        found = {digests[path]: facts for path, facts in self._map(self._look_at, missing, f"{PICTURES} read")}
        facts = {digest: found.get(digest) or known[digest] for digest in digests.values()}
        if facts != known and self._folder:
            write_sealed(f"{self._folder}/{FACTS}", json.encode(facts), self._facts_recipe)
        described = (
            self._describe(path, facts.get(digests.get(path, ""), self._look_at_size(path)), characters)
            for path in paths
        )
        return {file.address: file for file in described}

    def _look_at_size(self, path: str) -> Facts:
        """What there is to say of a file that is not read."""
        return Facts() if self._content.size(path) else Facts(fault=MediaFault("empty-file", *EMPTY))

    def make(self, variants: Iterable[Variant]) -> Iterator[tuple[Variant, bytes]]:
        """The content of each variant, those of one picture together. Raises `SiteError`."""
        groups: dict[str, list[Variant]] = defaultdict(list)
        for variant in variants:
            groups[variant.path or variant.address].append(variant)
        for _, made in self._map(self._make_group, list(groups.values()), PICTURES):
            yield from made

    def forget_others(self, keys: Collection[str]) -> None:
        """Removes from the folder what is not made of these."""
        if self._folder:
            remove_unknown(self._folder, {FACTS, *keys})

    def _read_facts(self) -> dict[str, Facts]:
        data = read_sealed(f"{self._folder}/{FACTS}", self._facts_recipe) if self._folder else None
        return json.decode(data, type=dict[str, Facts]) if data else {}

    def _describe(self, path: str, facts: Facts, characters: Collection[str]) -> MediaFile:
        kind = find_kind(path)
        assert kind is not None
        return MediaFile(
            path=path,
            address=make_address(path),
            kind=kind,
            key=digest_bytes(f"{self._content.digest(path)} {self._recipe} {self._resources.quick}".encode()),
            size=self._content.size(path),
            is_quick=self._resources.quick,
            lacks=find_lacking(facts.characters, characters) if kind == "font" and not facts.fault else "",
            **{name: getattr(facts, name) for name in Facts.__struct_fields__ if name != "characters"},
        )

    def _look_at(self, path: str) -> Facts:
        if self._content.size(path) > MOST_BYTES:
            what = find_kind(path)
            return Facts(fault=MediaFault(f"large-{what}", f"this {what} has more than 25 MB.", "Save it smaller."))
        try:
            if find_kind(path) == "font":
                weights, widths, characters = read_font(self._content.read(path))
                return Facts(weights=weights, widths=widths, characters=characters)
            return Facts(*read_facts(self._content.read(path), path))
        except PictureError as error:
            return Facts(fault=MediaFault(*error.args))
        except FontError as error:
            return Facts(fault=MediaFault(BROKEN_FONT, *explain_font(error)))
        except OSError as error:
            return Facts(fault=MediaFault("unreadable-file", *explain(error)))

    def _make_group(self, variants: list[Variant]) -> list[tuple[Variant, bytes]]:
        """The variants of one picture, from the cache or new."""
        kept = {variant: self._read_kept(variant) for variant in variants}
        missing = [variant for variant, data in kept.items() if data is None]
        path = variants[0].path
        try:
            for variant, data in self._make_missing(path, missing) if missing else ():
                kept[variant] = data
                if self._folder and variant.is_made:
                    write_sealed(f"{self._folder}/{variant.key}", data)
        except Exception as error:  # a decoder may fail in any way, over what it read a moment ago
            place = self._content.name_of(show_name(path) if path else SETTINGS)
            if isinstance(error, PermissionError):
                raise SiteError([error_at("unreadable-file", place, WHOLE_FILE, *explain(error))]) from None
            what, hint = "this cannot be made smaller", "Save it again."
            if not path:
                what, hint = "its icons and share pictures cannot be drawn", "Save the logo and the icon again."
            raise SiteError([error_at("broken-picture", place, WHOLE_FILE, f"{what}: {error}.", hint)]) from error
        return [(variant, data or b"") for variant, data in kept.items()]

    def _make_missing(self, path: str, missing: list[Variant]) -> Iterable[tuple[Variant, bytes]]:
        return encode_variants(self._content.read(path), missing) if path else self._draughtsman.draw(missing)

    def _read_kept(self, variant: Variant) -> bytes | None:
        return read_sealed(f"{self._folder}/{variant.key}") if self._folder and variant.is_made else None

    def _map(self, work: Callable[[Any], Any], tasks: Sequence[Any], what: str) -> Iterator[tuple[Any, Any]]:
        """Each task with its result, in order; a few are worked on ahead, and no more results are held than that."""
        if not tasks:
            return
        from concurrent.futures import Future, ThreadPoolExecutor  # most builds have nothing to do here

        waiting, jobs = iter(tasks), self._resources.jobs
        with warnings.catch_warnings(), ThreadPoolExecutor(jobs) as executor:
            warnings.simplefilter("ignore")  # of what Pillow finds odd in a file
            ahead: deque[Future[Any]] = deque(executor.submit(work, task) for task in islice(waiting, 2 * jobs))
            for done, task in enumerate(tasks):
                self._resources.report(what, done, len(tasks))
                result = ahead.popleft().result()
                ahead.extend(executor.submit(work, task) for task in islice(waiting, 1))
                yield task, result
            self._resources.report(what, len(tasks), len(tasks))
