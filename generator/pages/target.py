"""Where the site goes: its address and its assets, and what hosts say of it in environment variables."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

Styles = Sequence[tuple[str, str]]


class Target(NamedTuple):
    """Where the site goes. `base_url` ends in a slash, or is None if its URL is unknown;
    `base_path` is its path, for the one page that is served at any depth; previews are not indexed;
    `assets` maps the name of a script, font or picture to its address; `programs` maps the name
    of a script that is served with data of its own in front to its text; `styles` are pairs of what must be on a page
    and the style sheet that it then has. `repository` is the one on GitHub that the host builds from, as owner/name.
    """

    base_url: str | None = None
    preview: bool = False
    assets: Mapping[str, str] = {}
    programs: Mapping[str, str] = {}
    styles: Styles = ()
    repository: str | None = None

    @property
    def base_path(self) -> str:
        return "/" + self.base_url.partition("://")[2].partition("/")[2] if self.base_url else "/"

    def complete(
        self, address: str | None, assets: Mapping[str, str], programs: Mapping[str, str], styles: Styles
    ) -> "Target":
        """The same for one site: its own `address` counts where nothing else was said."""
        base_url = self.base_url or normalise_url(address)
        return self._replace(base_url=base_url, assets=assets, programs=programs, styles=styles)


def find_target(base_url: str | None, environment: Mapping[str, str]) -> Target:
    """Where the site goes: `base_url`, else what Netlify says in URL, DEPLOY_PRIME_URL and CONTEXT.

    Whatever is not Netlify's production context is a preview, which search engines must not index.
    """
    context = environment.get("CONTEXT") or ("production" if environment.get("NETLIFY") == "true" else None)
    preview = context not in (None, "production")
    hosted = environment.get("DEPLOY_PRIME_URL" if preview else "URL") if context else None
    if hosted and not hosted.startswith(("https://", "http://")):
        hosted = None
    return Target(normalise_url(base_url or hosted), preview, repository=find_repository(environment))


def find_repository(environment: Mapping[str, str]) -> str | None:
    """The repository on GitHub that is built, as owner/name, from what GitHub or Netlify say."""
    named = environment.get("GITHUB_REPOSITORY") or environment.get("REPOSITORY_URL") or ""
    found = re.fullmatch(r"(?:https://github\.com/|git@github\.com:)?([\w.-]+/[\w.-]+?)(?:\.git)?/?", named)
    return found[1] if found else None


def normalise_url(url: str | None) -> str | None:
    """A web address as a base for others: without query or fragment, and ending in a slash."""
    return re.split(r"[?#]", url, maxsplit=1)[0].rstrip("/") + "/" if url else None
