"""A built site: its files, what each page says, leads to and loads, and which file is at which address.

A page is parsed once. Its elements are checked and given up; what the checks of the whole site need is a `PageSummary`.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from generator.audit.links import ABSOLUTE, UrlReference


class Source(NamedTuple):
    """A page or a style sheet, which leads to other files. `base` is what the `<base>` of a page says."""

    path: str
    links: tuple[UrlReference, ...]
    base: str = ""

    @property
    def address(self) -> str:
        """Its address below the top of the site: `about/`, `404.html`; empty for the front page."""
        return re.sub(r"(^|/)index\.html$", r"\1", self.path)


class PageSummary(NamedTuple):
    """What the checks of a whole site know of a page. `indexed`: search engines may list it.

    `size` is that of its HTML, compressed.
    """

    source: Source
    title: str
    description: str
    canonical: str
    indexed: bool
    ids: frozenset[str]
    size: int

    @property
    def path(self) -> str:
        return self.source.path


class BuiltSite:
    """A site: `files` are all paths below its top, `sizes` the compressed bytes of its styles and scripts,
    `redirects` the addresses that its host leads on from.

    `base_url` is the address of its front page. Without one it is taken from the pages' canonical addresses.
    """

    def __init__(
        self,
        files: Collection[str],
        pages: Sequence[PageSummary],
        styles: Sequence[Source],
        sizes: Mapping[str, int],
        redirects: Sequence[str],
        base_url: str | None = None,
    ) -> None:
        self.files = frozenset(files)
        self.pages = {page.path: page for page in pages}
        self.sources = [*(page.source for page in pages), *styles]
        self.sizes = sizes
        self.redirects = redirects
        self.base_url = f"{base_url.rstrip('/')}/" if base_url else find_base_url(pages)

    @cached_property
    def host(self) -> str:
        """`//example.org` of `https://example.org/shop/`; empty where it is not known."""
        return "/".join(self.base_url.split("/")[:3]).partition(":")[2]

    @cached_property
    def base_path(self) -> str:
        """`/shop/` of `https://example.org/shop/`."""
        return "/" + self.base_url.partition("//")[2].partition("/")[2]

    def resolve(self, source: Source, target: str) -> str | None:
        """The address below the top of the site that a link leads to; None if it is elsewhere.

        One that begins with `..` is an address above the top. A slash at the end stays.
        """
        if source.base and not ABSOLUTE.match(target):
            target = posixpath.join(posixpath.dirname(source.base), target)
        local = self._make_local(target)
        if local is None:
            return None
        path = unquote(re.split("[?#]", local, maxsplit=1)[0])
        if not path:
            return source.address
        inside = posixpath.relpath(path, self.base_path) if path.startswith("/") else path
        folder = "" if path.startswith("/") else posixpath.dirname(source.address)
        address = posixpath.normpath(posixpath.join(folder, inside))
        is_folder = path.endswith(("/", "/.", "/..")) or path in (".", "..")
        return ("" if address == "." else address) + ("/" if is_folder and address != "." else "")

    def find_file(self, address: str) -> str | None:
        """The file that hosts show at an address: `about/index.html` or `about.html` for `about`."""
        if address == "" or address.endswith("/"):
            found = [f"{address}index.html"]
        else:
            found = [address, f"{address}.html", f"{address}/index.html"]
        return next((path for path in found if path in self.files), None)

    def is_redirected(self, address: str) -> bool:
        """Whether a rule in the `_redirects` of Netlify leads on from an address."""
        path = "/" + address.rstrip("/")
        return any(
            path == rule.rstrip("/") or ("*" in rule and path.startswith(rule.partition("*")[0].rstrip("/")))
            for rule in self.redirects
        )

    def _make_local(self, target: str) -> str | None:
        """An address without the site's own host; None where it has another one."""
        if not ABSOLUTE.match(target):
            return target
        rest = re.sub(r"^https?:(?=//)", "", target, flags=re.IGNORECASE)
        if not self.host or not f"{rest}/".startswith(f"{self.host}/"):
            return None
        path = rest.removeprefix(self.host) or "/"
        return path if f"{path}/".startswith(self.base_path) else None  # another site may live on the same host


def find_base_url(pages: Sequence[PageSummary]) -> str:
    """The address of the front page, as most canonical addresses tell it; `/` if none does."""
    found: Counter[str] = Counter()
    for page in pages:
        canonical = re.sub(r"(?<=/)index\.html$", "", page.canonical)
        address = page.source.address
        for end in (address, address.removesuffix(".html"), address.removesuffix("/")):
            if re.match(r"https?://[^/]+/", canonical) and canonical.endswith(f"/{end}"):
                found[canonical.removesuffix(end)] += 1
                break
    return max(found, key=found.__getitem__, default="/")
