"""The files for machines: sitemaps, robots.txt, and what the hosts read."""

from collections.abc import Iterable, Iterator

from generator.content.model import AudienceSummary, Site
from generator.content.routes import audience_routes, site_routes
from generator.pages.host_files import plan_host_files
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
    yield from plan_host_files(factory)
    if site.settings.admin:
        from generator.pages.admin import plan_admin  # most sites go without, and without what it loads

        yield from plan_admin(factory)


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
