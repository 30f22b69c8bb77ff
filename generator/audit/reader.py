"""Reads the files of a built site. What cannot be read is a `SiteError` that says why."""

import os
import re
import stat
import warnings
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.dammit import EncodingDetector
from bs4.exceptions import ParserRejectedMarkup

from generator.diagnostics.diagnostic import (
    WHOLE_FILE,
    Diagnostic,
    Position,
    SiteError,
    error_at,
    find_position,
    warning_at,
)

# Nobody waits for a larger page, and to read it would take minutes.
MAX_BYTES = 5_000_000
# Browsers keep half of this, and nothing that is closed as it should be comes near it.
MAX_DEPTH = 1000
# Folders of tools, for somebody who has the top of a repository checked.
SKIPPED_FOLDERS = (".git", "node_modules")
# With such a file the owner of a site proves to a search engine who he is. It has to be as it is.
VERIFICATION = "google-site-verification:"


def list_files(root: Path) -> tuple[list[str], list[Diagnostic]]:
    """The paths of all files of a folder, and the folders in it that cannot be read."""
    found: list[str] = []
    errors: list[OSError] = []
    for folder, folders, names in os.walk(root, onerror=errors.append):
        folders[:] = [name for name in folders if name not in SKIPPED_FOLDERS]
        found += [(Path(folder) / name).relative_to(root).as_posix() for name in names]
    problems = []
    for error in errors:
        path = Path(os.path.relpath(error.filename or root, root)).as_posix()
        problems.append(error_at("unreadable", path, WHOLE_FILE, f"this folder cannot be read: {error.strerror}."))
    return sorted(found), problems


def read_bytes(root: Path, path: str) -> bytes:
    place = root / path
    try:
        status = place.stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES:
            return place.read_bytes()
    except OSError as error:
        raise _error("unreadable", path, f"this file cannot be read: {error.strerror}.") from None
    if stat.S_ISREG(status.st_mode):
        message = f"this file is too large to be checked: {status.st_size / 1e6:.0f} MB."
        raise _error("file-too-large", path, message, "Divide it into several.")
    raise _error("unreadable", path, "this is not a file.", "Delete it.")  # to read a pipe would wait for ever


def decode(path: str, data: bytes) -> str:
    data, encoding = EncodingDetector.strip_byte_order_mark(data)
    try:
        return data.decode(encoding or "utf-8")
    except UnicodeDecodeError as error:
        place = Position(*find_position(data[: error.start].decode("utf-8", "replace"), error.start))
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8."
        raise SiteError([error_at("not-utf-8", path, place, message, "Save the file as UTF-8.")]) from None


def parse(path: str, data: bytes) -> BeautifulSoup | None:
    """The elements of a page; None for a file that only proves who owns the site."""
    is_binary = b"\0" in data and EncodingDetector.strip_byte_order_mark(data)[1] is None
    text = "" if is_binary else decode(path, data)
    if text.lstrip().startswith(VERIFICATION):
        return None
    if not re.search("<[a-zA-Z]", text):
        what = "binary" if is_binary else "text without any element" if text else "empty"
        hint = "Delete it, or give its name the ending that belongs to what it is."
        raise _error("not-html", path, f"this is not HTML: the file is {what}.", hint)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the parser guesses about odd files is no news to anyone here
            soup = BeautifulSoup(close_end(text), "html.parser")
    except (ParserRejectedMarkup, RecursionError, ValueError):
        raise _error("malformed-html", path, "this HTML is too broken to be read.", "Look for '<![' in it.") from None
    depths: dict[int, int] = {}
    for tag in soup.find_all(True):
        depths[id(tag)] = depths.get(id(tag.parent), 0) + 1
    if max(depths.values(), default=0) > MAX_DEPTH:
        message = f"elements are nested more than {MAX_DEPTH} deep, so the page was not checked."
        raise SiteError([warning_at("deep-nesting", path, WHOLE_FILE, message, "Close each element.")])
    for template in soup.find_all("template"):
        template.extract()  # scripts fill it in before anything of it is shown
    return soup


def close_end(text: str) -> str:
    """A page in which what is open at the end is closed there, as browsers do.

    The parser would look for its end from each beginning anew, which takes minutes for a page of a few thousand.
    """
    text += "-->" if text.rfind("<!--") > text.rfind("-->") else ""
    return text + (">" if text.rfind("<") > text.rfind(">") else "")


def _error(code: str, path: str, message: str, hint: str = "") -> SiteError:
    return SiteError([error_at(code, path, WHOLE_FILE, message, hint)])
