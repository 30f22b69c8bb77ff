"""The files for machines: sitemaps, robots.txt, and what the hosts read."""

from collections.abc import Iterable, Iterator

from generator.content.model import AudienceSummary, Site
from generator.content.routes import LEVEL_COMPARISONS, audience_routes, find_compared_levels, site_routes
from generator.pages.layout_context import policy_origins
from generator.pages.page import Page, PageFactory

# A sitemap of that many URLs ends with the next audience. By the protocol it could hold 50,000, but of short ones
# only that has to be made, sent and read again which has changed.
SITEMAP_SIZE = 1000


def plan_well_known_files(factory: PageFactory) -> Iterator[Page]:
    site, target = factory.site, factory.target
    if target.base_url:
        yield from plan_sitemaps(site, target.base_url)
    sitemap = target.base_url + "sitemap.xml" if target.base_url else None
    yield Page("robots.txt", "files/robots.txt", {"preview": target.preview, "sitemap": sitemap})
    levels = find_compared_levels(site)
    yield Page("_redirects", "files/_redirects", {"comparisons": LEVEL_COMPARISONS, "levels": levels})
    yield Page(".nojekyll", "files/nojekyll", {})
    admin_policy = None
    if site.settings.admin:
        from generator.pages import admin  # most sites go without, and without what it loads

        admin_policy = admin.admin_policy_context(site)
        yield from admin.plan_admin(factory)
    origins = policy_origins(site)
    origin_context = {"script_origin": origins["script"], "form_origin": origins["form"], "style_source": None}
    yield Page("_headers", "files/_headers", {**origin_context, "preview": target.preview, "admin": admin_policy})


def plan_sitemaps(site: Site, base: str) -> Iterator[Page]:
    """One sitemap, or several and what leads to them."""
    groups = group_routes([route for route, _ in site_routes(site)], site.audiences)
    names = [f"sitemap-{number}.xml" for number in range(1, len(groups) + 1)] if len(groups) > 1 else ["sitemap.xml"]
    for name, routes in zip(names, groups, strict=True):
        yield Page(name, "files/sitemap.xml", {"addresses": sorted(base + route for route in routes)})
    if len(groups) > 1:
        yield Page("sitemap.xml", "files/sitemap_index.xml", {"sitemaps": [base + name for name in names]})


def group_routes(own: list[str], audiences: Iterable[AudienceSummary]) -> list[list[str]]:
    """The routes of each sitemap: the site's own in the first, all of an audience in one, audiences in their order."""
    groups = [own]
    for audience in audiences:
        if len(groups[-1]) >= SITEMAP_SIZE:
            groups.append([])
        groups[-1] += audience_routes(audience)
    return groups
