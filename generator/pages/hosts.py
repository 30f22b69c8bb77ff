"""What the hosts of sites say, in environment variables, about the site they build."""

import re
from collections.abc import Mapping

from generator.pages.layout_context import Target, normalise_url


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
