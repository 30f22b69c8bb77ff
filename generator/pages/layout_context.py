"""What stands around the content of every page: navigation, breadcrumbs, metadata, structured data."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from generator.content.model import Site
from generator.content.routes import CURRICULUM, HOME, OFFERS, article_address, audience_address, is_small, root_of
from generator.formats.markup import strip_marks
from generator.i18n.language import Language
from generator.pages.context import Shape, resolve_link

SCHEME = re.compile(r"[a-zA-Z][\w+.-]*:")


class Target(NamedTuple):
    """Where the site goes. `base_url` ends in a slash, or is None where no address is known;
    `base_path` is its path, for the one page that is served at any depth; previews are not indexed;
    `assets` maps the name of a style, script, font or picture to its address; `programs` maps the name
    of a script that is served with data of its own in front to its text. `repository` is the one on GitHub
    that the host builds from, as owner/name.
    """

    base_url: str | None = None
    preview: bool = False
    assets: Mapping[str, str] = {}
    programs: Mapping[str, str] = {}
    repository: str | None = None

    @property
    def base_path(self) -> str:
        return "/" + self.base_url.partition("://")[2].partition("/")[2] if self.base_url else "/"


class Crumb(NamedTuple):
    """One step of the way from the home page to a page."""

    text: str
    address: str


def shape_shared(site: Site, target: Target, language: Language) -> Shape:
    """The part of the context that is the same on every page."""
    return {
        "words": site.words,
        "lang": language.tag,
        "dir": language.direction,
        "site": {"name": site.settings.name, "tagline": site.settings.tagline},
        "assets": dict(target.assets),
        "analytics": _shape_analytics(site),
        # Hosts join the policies of all rules for an address. Where one folder has a policy of its own, pages
        # carry theirs themselves.
        "own_policy": shape_origins(site) if site.settings.admin else None,
    }


def shape_chrome(site: Site, target: Target, language: Language, address: str, *, kind: str, title: str,
                 description: str, crumbs: Iterable[Crumb] = (), root: str | None = None,
                 data: Iterable[Shape] = (), scripts: Iterable[str] = ()) -> Shape:  # fmt: skip
    """The part of the context that every page has, for the page at `address`."""
    root = root_of(address) if root is None else root
    trail = [Crumb(language.say("home"), HOME), *crumbs] if address != HOME else []
    canonical = target.base_url + address if target.base_url and kind != "not_found" else None
    full = title if address == HOME else language.say("title_of_page", page=title, site=site.settings.name)
    structured = [*_structure_crumbs(trail, target), *data]
    return {
        "root": root,
        "menu": _shape_menu(site, language, address, root),
        "footer_menu": [
            _shape_link(article.title, article_address(article.slug), address, root)
            for article in site.articles
            if article.menu == "footer"
        ],
        "audiences": [
            {
                "name": outline.name,
                "path": audience_address(outline.slug),
                "current": address.startswith(audience_address(outline.slug)),
            }
            for outline in (site.outlines if is_small(site) else ())
        ],
        "page": {
            "kind": kind,
            "path": address,
            "title": strip_marks(full),
            "description": strip_marks(description),
            "canonical": canonical,
            "image": _shape_image(target),
            "noindex": target.preview or kind == "not_found",
            "structured": _to_json(structured) if structured else None,
        },
        "crumbs": [
            {"text": crumb.text, "path": crumb.address if index < len(trail) - 1 else None}
            for index, crumb in enumerate(trail)
        ],
        "scripts": list(scripts),
    }


def normalise_url(url: str | None) -> str | None:
    """A web address as a base for others: without query or fragment, and ending in a slash."""
    return re.split(r"[?#]", url, maxsplit=1)[0].rstrip("/") + "/" if url else None


def _shape_menu(site: Site, language: Language, address: str, root: str) -> list[Shape]:
    if site.settings.navigation is not None:
        return [_shape_link(link.text, link.to, address, root) for link in site.settings.navigation]
    links = [(outline.name, audience_address(outline.slug)) for outline in site.outlines] if is_small(site) else []
    links += [(language.say("curriculum"), CURRICULUM)] if site.curriculum else []
    links += [(language.say("offers"), OFFERS)] if site.offers else []
    links += [(article.title, article_address(article.slug)) for article in site.articles if article.menu == "header"]
    return [_shape_link(text, target, address, root) for text, target in links]


def _shape_link(text: str, target: str, address: str, root: str) -> Shape:
    """A link of a menu; `target` is an address, or what an editor wrote in the navigation."""
    inside = target.removeprefix("/")
    if SCHEME.match(target):
        return {"text": text, "href": target, "current": False}
    return {"text": text, "href": resolve_link(f"/{inside}", root), "current": _is_within(address, inside)}


def _is_within(address: str, top: str) -> bool:
    return address == top if top == HOME else address.startswith(top)


def _shape_image(target: Target) -> str | None:
    """The picture that shows where a page is shared; its address has to be absolute."""
    picture = target.assets.get("share.png")
    return target.base_url + picture if target.base_url and picture else None


def shape_origins(site: Site) -> Shape:
    """The origins that the content security policy of pages allows: of the one script, and of the form."""
    settings = site.settings
    script = settings.analytics.script if settings.analytics else None
    action = settings.leads.action if settings.leads and settings.leads.action != "netlify" else None
    return {name: "/".join(url.split("/")[:3]) if url else None for name, url in (("script", script), ("form", action))}


def _shape_analytics(site: Site) -> Shape | None:
    analytics = site.settings.analytics
    return {"script": analytics.script, "attributes": dict(analytics.attributes)} if analytics else None


def _structure_crumbs(trail: list[Crumb], target: Target) -> list[Shape]:
    """schema.org's BreadcrumbList; its addresses have to be absolute, so it needs a base."""
    if not target.base_url or len(trail) < 2:
        return []
    entries = [
        {
            "@type": "ListItem",
            "position": position,
            "name": strip_marks(crumb.text),
            "item": target.base_url + crumb.address,
        }
        for position, crumb in enumerate(trail, 1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": entries}]


def _to_json(data: list[Any]) -> str:
    """JSON that is safe within a script element: no `<` in it, so it cannot end it."""
    text = json.dumps({"@context": "https://schema.org", "@graph": data}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
