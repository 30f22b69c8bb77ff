"""A built site: its files, what they lead to and load, and which file is at which address."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import NamedTuple
from urllib.parse import unquote

from generator.audit.links import ABSOLUTE, UrlReference


class PageSummary(NamedTuple):
    """What the checks of a whole site know of a page.

    `base` is the address in its `<base>`; `listed` is its title and its description, if search engines may list it.
    """

    base: str
    canonical: str
    ids: frozenset[str]
    listed: Mapping[str, str]


class BuiltFile(NamedTuple):
    """A file of the site. Pages, style sheets and scripts have a `size` in bytes, compressed."""

    path: str
    size: int = 0
    links: tuple[UrlReference, ...] = ()
    page: PageSummary | None = None

    @property
    def address(self) -> str:
        """Its address below the top of the site: `about/`, `404.html`; empty for the front page."""
        return re.sub(r"(^|/)index\.html$", r"\1", self.path)


class BuiltSite:
    """All files by their paths, and the patterns of the addresses that the host redirects.

    `base_url` is the address of the front page. Without one it is taken from the canonical addresses of the pages.
    """

    def __init__(self, files: Iterable[BuiltFile], redirects: Sequence[str] = (), base_url: str | None = None) -> None:
        self.files = {file.path: file for file in files}
        self.redirects = redirects
        base_url = f"{base_url.rstrip('/')}/" if base_url else find_base_url(self.files.values())
        self.root = base_url.partition(":")[2]  # `//example.org/shop/`; empty where it is not known
        self.base_path = "/" + self.root[2:].partition("/")[2]  # `/shop/`

    def resolve(self, source: BuiltFile, target: str) -> str | None:
        """The address below the top of the site that a link leads to; None if it is elsewhere.

        One that begins with `..` is an address above the top. A slash at the end stays.
        """
        if source.page and source.page.base and not ABSOLUTE.match(target):
            target = posixpath.join(posixpath.dirname(source.page.base), target)
        path, folder = unquote(re.split("[?#]", target, maxsplit=1)[0]), ""
        if ABSOLUTE.match(target):
            path = re.sub(r"^https?:(?=//)", "", path, flags=re.IGNORECASE)
            if not self.root or not f"{path}/".startswith(self.root):
                return None
            path = path[len(self.root) :] or "."
        elif not path:
            return source.address
        elif not path.startswith("/"):
            folder = posixpath.dirname(source.address)
        is_folder = posixpath.basename(path) in ("", ".", "..")
        inside = posixpath.relpath(path, self.base_path) if path.startswith("/") else path
        address = posixpath.normpath(posixpath.join(folder, inside))
        return "" if address == "." else f"{address}/" if is_folder else address

    def find_file(self, address: str) -> BuiltFile | None:
        """The file that hosts show at an address: `about/index.html` or `about.html` for `about`."""
        if address == "" or address.endswith("/"):
            return self.files.get(f"{address}index.html")
        paths = (address, f"{address}.html", f"{address}/index.html")
        return next((self.files[path] for path in paths if path in self.files), None)

    def is_redirected(self, address: str) -> bool:
        """Whether the host redirects an address."""
        path = f"/{address}".rstrip("/") + "/"
        return any(fnmatchcase(path, pattern) for pattern in self.redirects)


def find_base_url(files: Iterable[BuiltFile]) -> str:
    """The address of the front page, as most canonical addresses tell it; empty if none does."""
    found: Counter[str] = Counter()
    for file in files:
        canonical = re.sub(r"(?<=/)index\.html$", "", file.page.canonical) if file.page else ""
        if re.match(r"https?://[^/]+/", canonical) and canonical.endswith(f"/{file.address}"):
            found[canonical.removesuffix(file.address)] += 1
    return max(found, key=found.__getitem__, default="")


def read_redirects(text: str) -> list[str]:
    """Patterns of the addresses that a `_redirects` file of Netlify redirects."""
    rules = [line.split() for line in text.splitlines()]
    # A rule may also say which page is shown where there is none.
    found = [rule[0] for rule in rules if rule and not rule[0].startswith("#") and not rule[-1].startswith("404")]
    return [pattern if pattern.endswith("*") else f"{pattern.rstrip('/')}/" for pattern in found]
