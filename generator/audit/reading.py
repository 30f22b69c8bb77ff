"""Reads a built site from its folder, and says of each file that cannot be read why not. Nothing in it raises."""

import codecs
import gzip
import os
import re
import warnings
from collections.abc import Iterable
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.exceptions import ParserRejectedMarkup

from generator.audit.built_site import Source
from generator.audit.links import find_style_links
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, Position, error_at, find_position, warning_at

# Nobody waits for a larger page, and to read it would take minutes.
MAX_BYTES = 5_000_000
# Browsers keep half of this, and nothing that is closed as it should be comes near it.
MAX_DEPTH = 1000
# Folders of tools, for somebody who has the top of a repository checked.
SKIPPED_FOLDERS = (".git", "node_modules")
# With such a file the owner of a site proves to a search engine who he is. It has to be as it is.
VERIFICATION = "google-site-verification:"


class SiteReader:
    """Reads the files of a folder, and collects in `problems` what cannot be read."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Diagnostic] = []
        self.sizes: dict[str, int] = {}  # of styles and scripts, compressed

    def list_files(self) -> list[str]:
        """The paths of all files below the top."""
        found: list[str] = []
        for folder, folders, names in os.walk(self.root, onerror=self._note_folder):
            folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
            found += [(Path(folder) / name).relative_to(self.root).as_posix() for name in names]
        return sorted(found)

    def read_page(self, path: str) -> tuple[BeautifulSoup, int] | None:
        """The elements of a page and its compressed size; None where it is no page."""
        data = self._read_bytes(path)
        if data is None:
            return None
        text = self._decode(path, data)
        if text.lstrip().startswith(VERIFICATION):
            return None
        if "\0" in text or not re.search("<[a-zA-Z]", text):
            what = "empty" if not data else "binary" if "\0" in text else "text without any element"
            hint = "Delete it, or give its name the ending that belongs to what it is."
            self._note("not-html", path, f"this is not HTML: the file is {what}.", hint)
            return None
        soup = self._parse(path, text)
        return None if soup is None else (soup, _compress(data))

    def read_style(self, path: str) -> Source:
        """A style sheet and the files that it names."""
        data = self._read_bytes(path) or b""
        self.sizes[path] = _compress(data)
        return Source(path, tuple(find_style_links(self._decode(path, data))))

    def measure_script(self, path: str) -> None:
        self.sizes[path] = _compress(self._read_bytes(path) or b"")

    def read_redirects(self, files: Iterable[str]) -> list[str]:
        """The addresses that rules in a `_redirects` file lead on from, as they are written."""
        data = self._read_bytes("_redirects") if "_redirects" in files else None
        rules = [line.split() for line in self._decode("_redirects", data or b"").splitlines()]
        # A rule may also say which page is shown where there is none.
        return [rule[0] for rule in rules if rule and not rule[0].startswith("#") and not rule[-1].startswith("404")]

    def _read_bytes(self, path: str) -> bytes | None:
        place = self.root / path
        try:
            if not place.is_file():
                self._note("unreadable", path, "this is not a file, or it links to one that is not there.")
                return None
            size = place.stat().st_size
            if size > MAX_BYTES:
                message = f"this file is too large to be checked: {size / 1e6:.0f} MB."
                self._note("file-too-large", path, message, "Divide it into several.")
                return None
            return place.read_bytes()
        except OSError as error:
            self._note("unreadable", path, f"this file cannot be read: {error.strerror}.")
            return None

    def _decode(self, path: str, data: bytes) -> str:
        """The text of a file, with a mark for each byte that is not UTF-8."""
        wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        if wide or b"\0" in data:
            return data.decode("utf-16" if wide else "latin-1", errors="replace")
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            place = Position(*find_position(data[: error.start].decode("utf-8"), error.start))
            message = f"the byte 0x{data[error.start]:02x} is not UTF-8."
            self.problems.append(error_at("not-utf-8", path, place, message, "Save the file as UTF-8."))
            return data.decode("utf-8", errors="replace")

    def _parse(self, path: str, text: str) -> BeautifulSoup | None:
        # As browsers do, what is open at the end is closed there. The parser would look for its end from each
        # beginning anew, which takes minutes for a file of a few thousand of them.
        text += "-->" if text.rfind("<!--") > text.rfind("-->") else ""
        text += ">" if text.rfind("<") > text.rfind(">") else ""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # what the parser guesses about odd files is no news to anyone here
                soup = BeautifulSoup(text, "html.parser")
        except (ParserRejectedMarkup, RecursionError, ValueError):
            self._note("malformed-html", path, "this HTML is too broken to be read.", "Look for '<![' in it.")
            return None
        depths: dict[int, int] = {}
        for tag in soup.find_all(True):
            depths[id(tag)] = depths.get(id(tag.parent), 0) + 1
        if max(depths.values(), default=0) > MAX_DEPTH:
            message = f"elements are nested more than {MAX_DEPTH} deep, so the page was not checked."
            self.problems.append(warning_at("deep-nesting", path, WHOLE_FILE, message, "Close each element."))
            return None
        for template in soup.find_all("template"):
            template.extract()  # scripts fill it in before anything of it is shown
        return soup

    def _note(self, code: str, path: str, message: str, hint: str = "") -> None:
        self.problems.append(error_at(code, path, WHOLE_FILE, message, hint))

    def _note_folder(self, error: OSError) -> None:
        path = Path(os.path.relpath(error.filename or self.root, self.root)).as_posix()
        self._note("unreadable", path, f"this folder cannot be read: {error.strerror}.")


def _compress(data: bytes) -> int:
    return len(gzip.compress(data, mtime=0))
