"""Where the site goes: its address and its assets, and what hosts say of it in environment variables."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from generator.content.link_rules import reaches_visitors
from generator.pages.hosts import is_preview, recognise_host

Styles = Sequence[tuple[str, str]]


class Assets(NamedTuple):
    """What pages have to know of assets; the fields are those of a target."""

    assets: Mapping[str, str]
    programs: Mapping[str, str] = {}
    styles: Styles = ()
    drawing: str = ""
    shows: Sequence[str] = ()


class Target(NamedTuple):
    """Where the site goes. `base_url` ends in a slash, or is None if its URL is unknown;
    `base_path` is its path, for the one page that is served at any depth; previews are not indexed;
    `assets` maps the name of a script, font or picture to its address; `programs` maps the name
    of a script that is served with data of its own in front to its text; `styles` are pairs of what must be on a page
    and the style sheet that it then has. `repository` is the one on GitHub that the host builds from, as owner/name.
    `host` is the name of the host that runs the build; `fallback_url` is what it knows of the address, if nobody knows
    better; `history` has the day of the last change of each content file, if git is there to ask. `drawing` stands for
    what pictures are drawn with, `shows` names those that templates show; `shares`: those of shared links are drawn.
    """

    base_url: str | None = None
    preview: bool = False
    assets: Mapping[str, str] = {}
    programs: Mapping[str, str] = {}
    styles: Styles = ()
    repository: str | None = None
    host: str | None = None
    fallback_url: str | None = None
    history: Mapping[str, str] = {}
    drawing: str = ""
    shows: Sequence[str] = ()
    shares: bool = True

    @property
    def is_live(self) -> bool:
        """Whether visitors see what is built: it is no preview, and goes to an address that is no placeholder."""
        return bool(self.base_url) and not self.preview and reaches_visitors(self.base_url or "")

    @property
    def base_path(self) -> str:
        return "/" + self.base_url.partition("://")[2].partition("/")[2] if self.base_url else "/"

    def complete(self, address: str | None, assets: Assets) -> "Target":
        """The same for one site: its own `address` counts where nothing else was said."""
        base_url = self.base_url or normalise_url(address) or self.fallback_url
        return self._replace(base_url=base_url, **assets._asdict())


def find_target(base_url: str | None, environment: Mapping[str, str]) -> Target:
    """Where the site goes: `base_url`, else what the host that runs the build says.

    Whatever the host does not publish is a preview, which search engines must not index.
    """
    repository, host = find_repository(environment), recognise_host(environment)
    if host is None:
        return Target(normalise_url(base_url), repository=repository)
    preview = is_preview(host, environment)

    def ask(variable: str) -> str | None:
        url = host.scheme + value if (value := environment.get(variable) if variable else None) else ""
        return normalise_url(url) if url.startswith(("https://", "http://")) else None

    hosted = normalise_url(base_url) or ask(host.preview_address if preview else host.address)
    return Target(hosted, preview, repository=repository, host=host.name, fallback_url=ask(host.fallback))


def find_repository(environment: Mapping[str, str]) -> str | None:
    """The repository on GitHub that is built, as owner/name, from what GitHub or Netlify say."""
    named = environment.get("GITHUB_REPOSITORY") or environment.get("REPOSITORY_URL") or ""
    found = re.fullmatch(r"(?:https://(?:[^/@]*@)?github\.com/|git@github\.com:)?([\w.-]+/[\w.-]+?)(?:\.git)?/?", named)
    return found[1] if found else None


def normalise_url(url: str | None) -> str | None:
    """A web address as a base for others: without query or fragment, and ending in a slash."""
    return re.split(r"[?#]", url, maxsplit=1)[0].rstrip("/") + "/" if url else None
