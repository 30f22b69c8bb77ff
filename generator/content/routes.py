"""Where pages live. A route is the URL path of a page below the top of the site: no leading slash, a slash at its end.

The home page has the empty route. Folders with an index file are the one form of URL that Netlify and GitHub Pages
treat alike.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterator

from generator.content.content_files import ContentPaths
from generator.content.kinds import (
    AUDIENCE_KINDS,
    KINDS_BY_NAME,
    SITE_FOLDERS,
    SITE_KINDS,
    ContentKind,
    match_path,
    route_of_file,
)
from generator.content.media import FOLDER
from generator.content.model import Audience, AudienceSummary, HiddenLevel, Level, LevelSummary, Site

HOME = ""
OFFERS = KINDS_BY_NAME["offers"].page_route()
CURRICULUM = KINDS_BY_NAME["curriculum"].page_route()
# Pages and files that are made of no content file.
QUIZ_CHOICE = "quiz/"
LEVEL_COMPARISONS = "compare/"
NOT_FOUND = "404.html"
ASSETS = "assets/"
MEDIA = f"{FOLDER}/"
# What pages show or lead to, and so has to be there before them.
BEFORE_PAGES = (ASSETS, MEDIA)
ADMIN = "admin/"

# Files at the top of the output folder that are no pages of the content.
MACHINE_FILES = frozenset(
    {NOT_FOUND, "robots.txt", "sitemap.xml", "llms.txt", "_headers", "_redirects", "vercel-config.json"}
)

RESERVED = {
    ASSETS: "the styles and scripts",
    MEDIA: "the pictures and files",
    LEVEL_COMPARISONS: "the comparisons",
    NOT_FOUND: "the 404 page",
    QUIZ_CHOICE: "the quizzes",
    ADMIN: "the browser editor",
    **{kind.page_route(): kind.path for kind in SITE_KINDS if kind.has_fixed_route},
}

# More audiences than this do not fit into a menu or side by side into a table.
MANY_AUDIENCES = 8


def audience_route(audience: str) -> str:
    return KINDS_BY_NAME["audience"].page_route(audience=audience)


def level_route(audience: str, level: str) -> str:
    return KINDS_BY_NAME["level"].page_route(audience=audience, slug=level)


def quiz_route(audience: str) -> str:
    return KINDS_BY_NAME["quiz"].page_route(audience=audience)


def comparison_route(audience: str) -> str:
    """The levels of an audience side by side."""
    return f"{audience_route(audience)}compare/"


def level_comparison_route(number: int) -> str:
    """The audiences side by side at one level."""
    return f"{LEVEL_COMPARISONS}{number}/"


def asset_route(name: str, data: bytes) -> str:
    """Where an asset lives: its file name carries a digest of its content."""
    stem, dot, suffix = name.rpartition("/")[2].rpartition(".")
    return f"{ASSETS}{stem}.{hashlib.sha256(data).hexdigest()[:10]}{dot}{suffix}"


def file_of(route: str) -> str:
    """The file in the output folder that is served at a route."""
    return route if route and not route.endswith("/") else f"{route}index.html"


def relative_root(route: str) -> str:
    """The relative URL of the top of the site, from a page."""
    return "../" * route.count("/") or "./"


def audience_file(audience: Audience | AudienceSummary) -> str:
    """The content file that an audience is named in."""
    return KINDS_BY_NAME["audience"].file_path(audience=audience.slug)


def level_file(audience: Audience | AudienceSummary, level: Level | LevelSummary | HiddenLevel) -> str:
    """The content file of a level."""
    return KINDS_BY_NAME["level"].file_path(audience=audience.slug, number=level.number, slug=level.slug)


def is_small(site: Site) -> bool:
    """Whether every page can name every audience."""
    return len(site.audiences) <= MANY_AUDIENCES


def find_compared_levels(site: Site) -> list[int]:
    """The level numbers at which two audiences or more can be compared."""
    if not is_small(site):
        return []
    counts = Counter(level.number for audience in site.audiences for level in audience.levels)
    return sorted(number for number, count in counts.items() if count > 1)


def find_quiz_entry(site: Site) -> str | None:
    """The route that leads to a quiz: of the choice of audience, or of the one quiz there is."""
    quizzes = [audience.slug for audience in site.audiences if audience.has("quiz")]
    if len(quizzes) == 1:
        return quiz_route(quizzes[0])
    return QUIZ_CHOICE if quizzes else None


def site_routes(site: Site) -> Iterator[tuple[str, str]]:
    """The routes of all pages that belong to no audience, each with what it is made of."""
    for file in site.files.values():
        if file.kind.has_route:
            yield file.route, file.path
    if find_quiz_entry(site) == QUIZ_CHOICE:
        yield QUIZ_CHOICE, "the quizzes"
    for number in find_compared_levels(site):
        yield level_comparison_route(number), "the audiences"


def audience_routes(audience: AudienceSummary) -> Iterator[str]:
    """The routes of an audience's pages."""
    yield comparison_route(audience.slug)
    for kind, parameters in _list_pages(audience):
        yield kind.page_route(**parameters)


def audience_pages(audience: AudienceSummary) -> Iterator[tuple[str, str]]:
    """The routes of an audience's pages, each with its content file."""
    yield comparison_route(audience.slug), audience_file(audience)
    for kind, parameters in _list_pages(audience):
        yield kind.page_route(**parameters), kind.file_path(**parameters)


def _list_pages(audience: AudienceSummary) -> Iterator[tuple[ContentKind, dict[str, object]]]:
    """The kind and the parameters of each file of an audience that has a page."""
    for kind in AUDIENCE_KINDS:
        if kind.has_route and kind.is_single and audience.has(kind.name):
            yield kind, {"audience": audience.slug}
    for level in audience.levels:
        yield KINDS_BY_NAME["level"], {"audience": audience.slug, "number": level.number, "slug": level.slug}


def map_own_files(site: Site) -> dict[str, str]:
    """The routes of the pages with a file of their own that may say how they are to be listed, each with that file."""
    own = {file.route: file.path for file in site.files.values() if file.kind.has_route and hasattr(file.fields, "seo")}
    for audience in site.audiences:
        own |= dict(audience_pages(audience))
        own.pop(comparison_route(audience.slug))
    return own


def live_routes(site: Site) -> Iterator[str]:
    """The routes of all pages of a site."""
    for route, _ in site_routes(site):
        yield route
    for audience in site.audiences:
        yield from audience_routes(audience)


def known_routes(site: Site, paths: ContentPaths, failed: Collection[str]) -> frozenset[str]:
    """The routes that links may lead to: those of all pages, and of files that could not be loaded.

    `failed` names the audiences that could not.
    """
    routes = set(live_routes(site))
    unread = list(site.unread)
    for slug in failed:
        files = paths.audiences[slug]
        unread += [*files, *(kind.file_path(audience=slug) for kind in AUDIENCE_KINDS if kind.is_single)]
        # Pages about several audiences may be missing only because of this one.
        routes |= {comparison_route(slug), QUIZ_CHOICE, *map(level_comparison_route, range(1, len(files) + 1))}
    routes.update(route for route in map(route_of_file, unread) if route is not None)
    return frozenset(routes)


def find_dormant_routes(paths: ContentPaths) -> dict[str, str]:
    """The routes that a site would have if every file were live, each with a file that says whether it is."""
    files = [*paths.site, *(path for audience in paths.audiences.values() for path in audience)]
    found = {route: path for path in files if (route := route_of_file(path)) is not None}
    numbers: Counter[int] = Counter()
    for slug, own in paths.audiences.items():
        head = KINDS_BY_NAME["audience"].file_path(audience=slug)
        found[comparison_route(slug)] = head
        if KINDS_BY_NAME["quiz"].file_path(audience=slug) in own:
            found[QUIZ_CHOICE] = head
        levels = (match_path(path) for path in own)
        numbers.update(int(level[1]["number"]) for level in levels if level and level[0].name == "level")
        found |= {level_comparison_route(number): head for number, count in numbers.items() if count > 1}
    return found


def reserved_routes(site: Site) -> dict[str, str]:
    """The routes that are taken whatever an editor names a file or folder, each with what has it."""
    return {route: owner for route, owner in RESERVED.items() if route != ADMIN or site.settings.admin}


def reserved_names() -> frozenset[str]:
    """The names that no audience and no free page should have: of the site's folders, and of reserved routes."""
    return SITE_FOLDERS | {re.split("[/.]", route, maxsplit=1)[0] for route in RESERVED}


def find_page(changed: Collection[str], content: str, manifest: Collection[str]) -> str | None:
    """The route of the page that shows what was edited, if just one file of the content folder was, and has a page."""
    paths = [path.removeprefix(f"{content}/") for path in changed if path.startswith(f"{content}/")]
    route = route_of_file(paths[0]) if len(paths) == 1 else None
    return route if route is not None and file_of(route) in manifest else None
