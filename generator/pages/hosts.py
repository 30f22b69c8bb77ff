"""The hosts that a site may go to: a row of `HOSTS` says all that the program has to know of one.

What a row says of environment variables is what the documentation of the host says; see docs/hosts.md.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.content.kinds import KINDS_BY_NAME
from generator.content.model import Site
from generator.content.redirects import ALL_BELOW, complete_path, is_page
from generator.content.routes import file_of
from generator.diagnostics.diagnostic import Diagnostic, error_at, warning_at
from generator.schema.site import Admin


class Host(NamedTuple):
    """A host of static sites. `name` is what `host` in site.yaml calls it.

    `signs` are environment variables with a value that only builds for this host have. `stage` names the variable that
    tells the published site from previews, and its values for the published one. `address` names the variable with the
    site's address, `fallback` one that counts only where site.yaml names none, and `preview_address` that of previews;
    `scheme` is what such values lack.

    `files` are those that the host reads: templates in `layouts/files/`, without the leading dot. The rest is what it
    can do: send headers, redirect, take in forms, and let people into the browser editor.
    """

    name: str
    title: str
    signs: tuple[tuple[str, str], ...] = ()
    stage: tuple[str, tuple[str, ...]] = ("", ())
    address: str = ""
    fallback: str = ""
    preview_address: str = ""
    scheme: str = ""
    files: tuple[str, ...] = ()
    has_headers: bool = False
    has_redirects: bool = False
    has_forms: bool = False
    has_login: bool = False


HOSTS = (
    Host(
        "netlify", "Netlify", (("NETLIFY", "true"), ("NETLIFY_LOCAL", "true")), ("CONTEXT", ("production",)),
        address="URL", preview_address="DEPLOY_PRIME_URL",
        files=("_headers", "_redirects"), has_headers=True, has_redirects=True, has_forms=True, has_login=True,
    ),
    # Its action configure-pages sets the variable, and tells the workflow the address, which gives it to --base-url.
    Host("github-pages", "GitHub Pages", (("GITHUB_PAGES", "true"),), files=(".nojekyll",)),
    # It tells the address of the deployment only. Which branch is published it does not tell.
    Host(
        "cloudflare-pages", "Cloudflare Pages", (("CF_PAGES", "1"),), ("CF_PAGES_BRANCH", ("main", "master")),
        preview_address="CF_PAGES_URL", files=("_headers", "_redirects"), has_headers=True, has_redirects=True,
    ),
    Host(
        "vercel", "Vercel", (("VERCEL", "1"),), ("VERCEL_ENV", ("production",)),
        address="VERCEL_PROJECT_PRODUCTION_URL", preview_address="VERCEL_URL", scheme="https://",
        files=("vercel-config.json",), has_headers=True, has_redirects=True,
    ),
    # Headers are set in its dashboard. It knows its own address of the site, not the domain.
    Host(
        "render", "Render", (("RENDER", "true"),), ("IS_PULL_REQUEST", ("false",)),
        fallback="RENDER_EXTERNAL_URL", preview_address="RENDER_EXTERNAL_URL",
    ),
    Host("folder", "a plain folder"),
)  # fmt: skip
SETTINGS, ADDRESSES = KINDS_BY_NAME["site"].path, KINDS_BY_NAME["addresses"].path
HOSTS_BY_NAME = {host.name: host for host in HOSTS}
# Names the branch that is published, where a host does not tell and it is not `main` or `master`.
BRANCH = "PYRAMID_BRANCH"


def recognise_host(environment: Mapping[str, str]) -> Host | None:
    """The host that runs this build."""
    return next((host for host in HOSTS if any(environment.get(name) == value for name, value in host.signs)), None)


def is_preview(host: Host, environment: Mapping[str, str]) -> bool:
    """Whether a build is not of what the host publishes."""
    variable, published = host.stage
    stage = environment.get(variable) if variable else None
    return stage is not None and stage not in (*published, environment.get(BRANCH))


def find_host(name: str | None, site: Site) -> Host:
    """The host that a build has recognised by name, else the one in site.yaml."""
    return HOSTS_BY_NAME[name or site.settings.host or "folder"]


def find_host_problems(site: Site, name: str | None) -> Iterator[Diagnostic]:
    """The settings that the host cannot do. `name`: as for `find_host`."""
    host, settings = find_host(name, site), site.settings
    if settings.leads and settings.leads.action == "netlify" and not host.has_forms:
        message = f"the forms of Netlify work there alone, and the site goes to {host.title}."
        hint = "Give the address of a form service" + (
            ", or write host: netlify if that is where the site goes." if host.name == "folder" else "."
        )
        yield error_at("forms-not-on-host", SETTINGS, ("leads", "action"), message, hint)
    login = settings.admin.login if isinstance(settings.admin, Admin) else None
    # A plain folder may be for this machine only.
    if settings.admin and not login and not host.has_login and host.name != "folder":
        message = f"only Netlify brings a login for the browser editor, and the site goes to {host.title}."
        hint = "Name a service that does: admin: {repo: owner/name, login: https://...}."
        yield error_at("login-not-on-host", SETTINGS, ("admin",), message, hint)
    if not host.has_redirects:
        yield from _find_lost_redirects(site, host)


def _find_lost_redirects(site: Site, host: Host) -> Iterator[Diagnostic]:
    """The redirects that a page cannot stand for."""
    hint = "Name each address that matters, or write host: in site.yaml if the site goes to a host that can."
    for source in site.addresses.redirects:
        top, star, _ = source.partition(ALL_BELOW)
        message = f"{host.title} cannot redirect from '{source}'."
        if star:
            message = f"{host.title} cannot redirect from all below '{top}', only from '{top}' and published addresses."
        elif is_page(file_of(complete_path(source)[1:])):
            continue
        yield warning_at("redirect-not-on-host", ADDRESSES, ("redirects", source), message, hint)
