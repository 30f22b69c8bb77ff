"""The files that hosts read: headers and redirects, as each wants to have them said."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from generator.content.model import Site
from generator.content.redirects import Redirect, is_page, open_redirects
from generator.content.routes import (
    ADMIN,
    ASSETS,
    LEVEL_COMPARISONS,
    file_of,
    find_compared_levels,
    relative_root,
)
from generator.content.videos import list_players
from generator.formats.slugs import resolve_link
from generator.pages.hosts import find_host
from generator.pages.page import Page, PageFactory
from generator.pages.policy import header_policy
from generator.pages.target import Target

# By the path of an address, a star at its end standing for anything.
HeaderRules = dict[str, dict[str, str]]
# What stays as it is in an address that is written into a file of a host: what parts it, and what is escaped already.
SAFE = "/*?#%=&+,;:@!~$'()"


def plan_host_files(factory: PageFactory) -> Iterator[Page]:
    host = find_host(factory.target.host, factory.site)
    headers, redirects = list_headers(factory.site, factory.target), list_redirects(factory.site)
    if not host.has_redirects:
        yield from plan_redirect_pages(factory)
    context = {
        "host": host.title,
        "headers": [{"path": path, "values": values} for path, values in headers.items()],
        "redirects": [
            {"from": rule.source, "to": rule.target, "status": 301 if rule.permanent else 302} for rule in redirects
        ],
        "vercel": list_vercel_routes(headers, redirects),
    }
    for name in host.files:
        yield Page(name, f"files/{name.removeprefix('.')}", context)


def list_headers(site: Site, target: Target) -> HeaderRules:
    everywhere = {
        "Content-Security-Policy": header_policy(site.settings, list_players(site)),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN" if site.settings.admin else "DENY",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
        "Strict-Transport-Security": "max-age=31536000",
    }
    hidden = {"X-Robots-Tag": "noindex"}
    rules = {"/*": everywhere | (hidden if target.preview else {})}
    if site.settings.admin and not target.preview:
        rules[f"/{ADMIN}*"] = hidden
    return rules | {f"/{ASSETS}*": {"Cache-Control": "public, max-age=31536000, immutable"}}


def list_redirects(site: Site) -> list[Redirect]:
    """The redirects as hosts read them, those for all below an address last."""
    levels, found = find_compared_levels(site), open_redirects(site).list_redirects()
    own = [Redirect(f"/{LEVEL_COMPARISONS}", f"/{LEVEL_COMPARISONS}{levels[0]}/", False)] if levels else []
    return [Redirect(quote(rule.source, SAFE), quote(rule.target, SAFE), rule.permanent) for rule in (*own, *found)]


def plan_redirect_pages(factory: PageFactory) -> Iterator[Page]:
    """Pages that lead on, for hosts that cannot. Search engines take those that act at once for lasting redirects."""
    language, base = factory.language, factory.target.base_url
    for source, target, permanent in open_redirects(factory.site).list_single():
        path = file_of(source[1:])
        if not is_page(path):
            continue
        context = {
            "lang": language.tag,
            "dir": language.direction,
            "words": {name: factory.site.words[name] for name in ("leads_on", "go_there")},
            "href": resolve_link(target, relative_root(source[1:])),
            "canonical": (base + target[1:] if base else None) if target.startswith("/") else target,
            "permanent": permanent,
        }
        yield Page(path, "files/redirect.html", context)


def list_vercel_routes(headers: HeaderRules, redirects: list[Redirect]) -> list[dict[str, Any]]:
    """The same as routes of Vercel's Build Output API, which also have to say what other hosts do by themselves."""
    return [
        *({"src": f"^{path.replace('*', '.*')}$", "headers": each, "continue": True} for path, each in headers.items()),
        *(_make_vercel_route(rule) for rule in redirects if not rule.is_wide),
        {"src": "^/((?:[^/]+/)*[^/.]+)$", "headers": {"Location": "/$1/"}, "status": 308},
        {"handle": "filesystem"},
        *(_make_vercel_route(rule) for rule in redirects if rule.is_wide),
        {"src": "^/.*$", "dest": "/404.html", "status": 404},
    ]


def _make_vercel_route(rule: Redirect) -> dict[str, Any]:
    source = re.escape(rule.source.removesuffix("*"))
    end = ".*" if rule.is_wide else "?" if rule.source.endswith("/") else ""
    return {
        "src": f"^{source}{end}$", "headers": {"Location": rule.target}, "status": 301 if rule.permanent else 302
    }  # fmt: skip
