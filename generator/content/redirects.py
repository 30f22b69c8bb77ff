"""Addresses that are no more, and where each leads: none that was ever published dies.

An address here is a path with its leading slash. `/old` and `/old/` are the same, as hosts take them.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from generator.content import routes
from generator.content.model import Site

ALL_BELOW = "*"
# How the addresses end that each audience has, whatever it is called.
FIXED = ("/quiz/", "/compare/")


class Redirect(NamedTuple):
    """From an address, or with a star at its end from all below it, to where it leads in the end: a page, with the part
    of it that is meant, or another site. One that is not `permanent` holds while a page is not live.
    """

    source: str
    target: str
    permanent: bool = True

    @property
    def is_wide(self) -> bool:
        """Whether it is from all below an address."""
        return self.source.endswith(ALL_BELOW)


class CircleError(Exception):
    """Redirects that lead back to where they begin; `addresses` are those of the circle, in their order."""

    def __init__(self, addresses: list[str]) -> None:
        self.addresses = addresses
        super().__init__(" → ".join([*addresses, addresses[0]]))


class Redirector:
    """The redirects of a site, and the pages it has. `pages` are addresses."""

    def __init__(self, site: Site, pages: Collection[str]) -> None:
        self.site, self.pages = site, pages
        self._rules: dict[str, str] = {}
        for source, target in site.addresses.redirects.items():
            self._rules.setdefault(complete_path(source), target)
        wide = (source for source in self._rules if source.endswith(ALL_BELOW))
        self._wide = sorted(wide, key=len, reverse=True)

    def find_rule(self, address: str) -> str | None:
        """The source of the redirect that an address without a page is subject to: its own, or the nearest for all
        below something.
        """
        if address in self._rules:
            return address
        return next((source for source in self._wide if address.startswith(source.removesuffix(ALL_BELOW))), None)

    def list_gone(self) -> list[str]:
        """The published addresses without a page and without a redirect."""
        known = map(complete_path, self.site.addresses.published)
        return [path for path in known if path not in self.pages and not self.find_rule(path)]

    def follow(self, source: str) -> str:
        """Where the redirect from `source` leads in the end. Raises `CircleError`."""
        seen, part = [source], ""
        while True:
            target = self._rules[source]
            if not target.startswith("/"):
                return target
            path, own_part = split_part(target)
            part = own_part or part
            path = complete_path(path)
            if path in self.pages:
                return path + part
            rule = self.find_rule(path)
            if rule is None:
                return self.find_nearest(path)
            if rule in seen:
                raise CircleError(seen[seen.index(rule) :])
            source = rule
            seen.append(rule)

    def find_nearest(self, address: str) -> str:
        """The page that answers in the place of one that is not there: the one above it."""
        if address == f"/{routes.QUIZ_CHOICE}" and (quiz := routes.find_quiz_entry(self.site)):
            return f"/{quiz}"
        while address not in self.pages and address != "/":
            address = address.rstrip("/").rpartition("/")[0] + "/"
        return address

    def list_redirects(self) -> list[Redirect]:
        """Every redirect that is needed, those for a single address first, as hosts take the first that fits."""
        own = [Redirect(source, self.follow(source)) for source in self._rules if source not in self.pages]
        gone = [Redirect(address, self.find_nearest(address), False) for address in self.list_gone()]
        single = [redirect for redirect in own if redirect.source not in self._wide]
        wide = [Redirect(source, self.follow(source)) for source in self._wide]
        return [*sorted([*single, *gone]), *wide]

    def list_single(self) -> list[Redirect]:
        """The same for hosts that have no redirects, where a page leads on: of the addresses below something, those
        that are known, and the top.
        """
        redirects = self.list_redirects()
        known = {redirect.source: redirect for redirect in redirects if redirect.source not in self._wide}
        for source in self._wide:
            top = source.removesuffix(ALL_BELOW)
            for address in (top, *map(complete_path, self.site.addresses.published)):
                if address.startswith(top) and address not in self.pages and address not in known:
                    known[address] = Redirect(address, self.follow(self.find_rule(address) or source))
        return sorted(known.values())


def open_redirects(site: Site) -> Redirector:
    """The redirects of a site that has been checked."""
    return Redirector(site, frozenset(f"/{route}" for route in routes.live_routes(site)))


def complete_path(address: str) -> str:
    """An address as the file system has it: unescaped, with a slash at its end unless it names a file."""
    path = unquote(address).removesuffix("/index.html")
    last = path.rpartition("/")[2]
    return path if not last or "." in last or last == ALL_BELOW else f"{path}/"


def is_page(file: str) -> bool:
    """Whether a file of that name is shown by browsers as a page, so that it can lead on."""
    return file.endswith((".html", ".htm"))


def split_part(link: str) -> tuple[str, str]:
    """The path of a link within the site, and the query and the part of a page behind it."""
    path = re.split(r"[?#]", link, maxsplit=1)[0]
    return path, link[len(path) :]


def find_successors(address: str, is_folder: bool, pages: Collection[str], published: Iterable[str]) -> list[str]:
    """The addresses that a page which has gone may have now: beside where it was, and not published yet. `is_folder`:
    there were pages below it.
    """
    above = address.rstrip("/").rpartition("/")[0] + "/"
    beside = {page for page in pages if page.startswith(above) and page.count("/") == address.count("/")}
    fixed = {f"/{route}" for route in routes.RESERVED} | {page for page in beside if page.endswith(FIXED)}
    folders = {page.rstrip("/").rpartition("/")[0] + "/" for page in pages}
    fresh = beside - fixed - {above} - set(published)
    return sorted(page for page in fresh if (page in folders) == is_folder)


def group_gone(addresses: Collection[str], pages: Collection[str]) -> Mapping[str, list[str]]:
    """Addresses that have gone, each with those below it that went with it: where a whole folder is no more."""
    tops = {page.split("/")[1] for page in pages}
    groups: dict[str, list[str]] = {}
    for address in sorted(addresses):
        top = f"/{address.split('/')[1]}/"
        whole = top in groups and top.strip("/") not in tops
        groups.setdefault(top if whole else address, []).append(address)
    return {top: found[1:] for top, found in groups.items()}
