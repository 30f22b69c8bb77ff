"""The files that hosts read: headers and redirects, as each wants to have them said."""

from collections.abc import Iterator
from typing import Any

from generator.content.model import Site
from generator.content.routes import ADMIN, ASSETS, LEVEL_COMPARISONS, find_compared_levels
from generator.content.videos import list_players
from generator.pages.hosts import find_host
from generator.pages.page import Page, PageFactory
from generator.pages.policy import header_policy
from generator.pages.target import Target

# By the path of an address, a star at its end standing for anything.
HeaderRules = dict[str, dict[str, str]]
# From where, to where: for the time being, which is status 302.
Redirects = list[tuple[str, str]]


def plan_host_files(factory: PageFactory) -> Iterator[Page]:
    host = find_host(factory.target.host, factory.site)
    headers, redirects = list_headers(factory.site, factory.target), list_redirects(factory.site)
    context = {
        "host": host.title,
        "headers": [{"path": path, "values": values} for path, values in headers.items()],
        "redirects": [{"from": source, "to": target} for source, target in redirects],
        "vercel": list_vercel_routes(headers, redirects),
    }
    for name in host.files:
        yield Page(name, f"files/{name.removeprefix('.')}", context)


def list_headers(site: Site, target: Target) -> HeaderRules:
    everywhere = {
        "Content-Security-Policy": header_policy(site.settings, list_players(site)),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
        "Strict-Transport-Security": "max-age=31536000",
    }
    hidden = {"X-Robots-Tag": "noindex"}
    rules = {"/*": everywhere | (hidden if target.preview else {})}
    if site.settings.admin and not target.preview:
        rules[f"/{ADMIN}*"] = hidden
    return rules | {f"/{ASSETS}*": {"Cache-Control": "public, max-age=31536000, immutable"}}


def list_redirects(site: Site) -> Redirects:
    levels = find_compared_levels(site)
    return [(f"/{LEVEL_COMPARISONS}", f"/{LEVEL_COMPARISONS}{levels[0]}/")] if levels else []


def list_vercel_routes(headers: HeaderRules, redirects: Redirects) -> list[dict[str, Any]]:
    """The same as routes of Vercel's Build Output API, which also have to say what other hosts do by themselves."""
    return [
        *({"src": f"^{path.replace('*', '.*')}$", "headers": each, "continue": True} for path, each in headers.items()),
        *({"src": f"^{source}?$", "headers": {"Location": target}, "status": 302} for source, target in redirects),
        {"src": "^/((?:[^/]+/)*[^/.]+)$", "headers": {"Location": "/$1/"}, "status": 308},
        {"handle": "filesystem"},
        {"src": "^/.*$", "dest": "/404.html", "status": 404},
    ]
