"""What the layout of every page shows: navigation, breadcrumbs, metadata, structured data."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from generator.content.model import LevelSummary, Site, State
from generator.content.routes import (
    HOME,
    NOT_FOUND,
    QUIZ_CHOICE,
    audience_route,
    find_quiz_entry,
    is_small,
    relative_root,
)
from generator.formats.markup import strip_marks
from generator.formats.slugs import resolve_link
from generator.i18n.language import Language
from generator.pages.brand import brand_context
from generator.pages.context import Context
from generator.pages.policy import Policy, Sources
from generator.pages.target import Target
from generator.schema import site as schema
from generator.schema.seo import Seo

# What search engines show of a title. The name of the site is left out where it does not fit.
LONGEST_TITLE = 60
SCHEME = re.compile(r"[a-zA-Z][\w+.-]*:")
# The pages that begin with a link to the quiz, and the quizzes themselves.
QUIZ_PAGES = ("home", "offers", "quiz", "quiz_choice")


# The text of a link and the route it leads to, or in a menu what an editor wrote.
Link = tuple[str, str]


class PageHead(NamedTuple):
    """What the layout has to know of a page. `template` is the name of its template in `layouts/pages/`.

    `crumbs` are the pages above it and itself, without the home page; `scripts` the routes of its scripts;
    `structured` its data for search engines. `root` is the URL of the top of the site, if that is not the relative one.
    `state` is what the page is when drafts are left out. `allow` is what it needs beyond the policy of the site, by the
    directive: `{"frame_src": ("https://video.org",)}`; `seo` is what an editor wants search engines to be told.
    """

    template: str
    route: str
    title: str
    description: str
    crumbs: tuple[Link, ...] = ()
    scripts: tuple[str, ...] = ()
    structured: tuple[Context, ...] = ()
    root: str | None = None
    state: State = "live"
    allow: Mapping[str, Sources] = {}
    seo: Seo | None = None


class MenuItem(NamedTuple):
    """A link of a menu, or a group of `links`, which leads nowhere itself. `to` is as in a `Link`."""

    text: str
    to: str = ""
    links: tuple["MenuItem", ...] = ()


class Menus(NamedTuple):
    """The links of every page: in the header, with its button, and in the footer, in groups and without. `levels` are
    those of each audience by its route, for narrow screens.
    """

    header: tuple[MenuItem, ...]
    action: MenuItem | None
    footer_groups: tuple[MenuItem, ...]
    footer: tuple[MenuItem, ...]
    audiences: tuple[Link, ...]
    levels: Mapping[str, tuple[LevelSummary, ...]]


def shared_context(site: Site, target: Target, language: Language) -> Context:
    """The part of the context that is the same on every page."""
    analytics, proof = site.settings.analytics, site.settings.verification
    return {
        "words": site.words,
        "lang": language.tag,
        "dir": language.direction,
        "site": {"name": site.settings.name, "tagline": site.settings.tagline},
        "assets": dict(target.assets),
        "brand": brand_context(site, target),
        "styles": list(target.styles),
        "verification": {
            "google-site-verification": proof.google if proof else None,
            "msvalidate.01": proof.bing if proof else None,
        },
        "analytics": {"script": analytics.script, "attributes": dict(analytics.attributes)} if analytics else None,
    }


def make_menus(site: Site, language: Language) -> Menus:
    """The menus of a site. Audiences are in them if there are few; `navigation` in site.yaml replaces the header's."""
    settings, links = site.settings, dict[str, list[Link]](header=[], footer=[], none=[])
    for file in sorted(site.files.values(), key=lambda file: file.kind.menu_weight):
        if file.kind.has_route:
            word = file.kind.menu_word
            links[file.menu].append((language.say(word) if word else file.title or "", file.route))
    shown = site.audiences if is_small(site) else ()
    audiences = tuple((audience.name, audience_route(audience.slug)) for audience in shown)
    header = tuple(MenuItem(*link) for link in (*audiences, *links["header"]))
    if settings.navigation is not None:
        header = tuple(MenuItem(entry.text, entry.to or "", _list_items(entry.links)) for entry in settings.navigation)
    quiz, own = find_quiz_entry(site), settings.header.action if settings.header else None
    action = MenuItem(own.text, own.to) if own else MenuItem(language.say("quiz"), quiz) if quiz else None
    groups = tuple(MenuItem(group.title, links=_list_items(group.links)) for group in settings.footer)
    levels = {audience_route(audience.slug): audience.levels for audience in shown}
    return Menus(header, action, groups, tuple(MenuItem(*link) for link in links["footer"]), audiences, levels)


def _list_items(links: Iterable[schema.Link]) -> tuple[MenuItem, ...]:
    return tuple(MenuItem(link.text, link.to) for link in links)


def layout_context(
    site: Site, target: Target, language: Language, menus: Menus, policy: Policy, head: PageHead
) -> Context:
    """The part of the context that every page has, for one page. `policy` is that of the site."""
    route = head.route
    root = relative_root(route) if head.root is None else head.root
    title, trail, is_error = head.title, list[Link](), route == NOT_FOUND
    with_site = language.say("title_of_page", page=title, site=site.settings.name)
    if len(strip_marks(with_site)) <= LONGEST_TITLE:
        title = with_site
    if route != HOME:
        trail = [(language.say("home"), HOME), *head.crumbs]
    seo, base = head.seo or Seo(), target.base_url
    structured = [*_structure_crumbs(trail, target), *head.structured]
    return {
        "root": root,
        "menu": [
            {**_item_context(item, route, root), "levels": _list_levels(menus, item, head)} for item in menus.header
        ],
        "header_action": _action_context(menus.action, head, root),
        "footer_groups": [_item_context(item, route, root) for item in menus.footer_groups],
        "footer_menu": [_item_context(item, route, root) for item in menus.footer],
        "audiences": [{"name": name, "path": to, "current": route.startswith(to)} for name, to in menus.audiences],
        "page": {
            "kind": head.template,
            "path": route,
            "title": strip_marks(seo.title or title),
            "description": strip_marks(head.description),
            "canonical": _find_canonical(seo, route, base) if not is_error else None,
            "image": None,
            "noindex": target.preview or is_error or seo.noindex,
            "structured": _to_json(structured) if structured else None,
            "state": head.state,
            "policy": policy.allow(**head.allow).write(),
        },
        "crumbs": [
            {"text": text, "path": path if index < len(trail) - 1 else None} for index, (text, path) in enumerate(trail)
        ],
        "scripts": list(head.scripts),
    }


def _item_context(item: MenuItem, route: str, root: str) -> Context:
    """A link of a menu, or a group of them, on the page at `route`."""
    links = [_item_context(link, route, root) for link in item.links]
    if not item.to or SCHEME.match(item.to):
        current = any(link["current"] for link in links)
        return {"text": item.text, "href": item.to, "current": current, "links": links}
    target = item.to.removeprefix("/")
    current = route == target if target == HOME else route.startswith(target)
    return {"text": item.text, "href": resolve_link(f"/{target}", root), "current": current, "links": links}


def _list_levels(menus: Menus, item: MenuItem, head: PageHead) -> list[Context]:
    """The levels of the audience that a link of a menu leads to, highest first. A quiz is to find one's own."""
    audience = item.to.removeprefix("/")
    levels = menus.levels.get(audience, ()) if head.template != "quiz" else ()
    return [
        {
            "number": level.number,
            "name": level.label or level.name,
            "path": (path := f"{audience}{level.slug}/"),
            "current": path == head.route,
        }
        for level in reversed(levels)
    ]


def _action_context(action: MenuItem | None, head: PageHead, root: str) -> Context | None:
    """The button in the header. A page that it leads to goes without, and so does one that begins with it."""
    if action is None:
        return None
    context = _item_context(action, head.route, root)
    begins_with_it = head.template in QUIZ_PAGES and action.to.removeprefix("/").endswith(QUIZ_CHOICE)
    return None if context["current"] or begins_with_it else context


def _find_canonical(seo: Seo, route: str, base: str | None) -> str | None:
    """The full address that search engines are to show: of the page itself, unless its editor names another one."""
    if seo.canonical and not seo.canonical.startswith("/"):
        return seo.canonical
    return base + (seo.canonical or f"/{route}")[1:] if base else None


def _structure_crumbs(trail: list[Link], target: Target) -> list[Context]:
    """schema.org's BreadcrumbList; its addresses have to be absolute, so it needs a base."""
    if not target.base_url or len(trail) < 2:
        return []
    entries = [
        {"@type": "ListItem", "position": position, "name": strip_marks(text), "item": target.base_url + route}
        for position, (text, route) in enumerate(trail, 1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": entries}]


def _to_json(data: list[Any]) -> str:
    """JSON that is safe within a script element: no `<` in it, so it cannot end it."""
    text = json.dumps({"@context": "https://schema.org", "@graph": data}, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")
