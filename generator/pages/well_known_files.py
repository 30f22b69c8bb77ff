"""The files for machines: sitemaps, robots.txt, and what the hosts read."""

from collections.abc import Iterator, Mapping

from generator.content.kinds import KINDS_BY_NAME
from generator.content.model import AudienceSummary, FileSummary, Site
from generator.content.routes import audience_pages, audience_route, level_route, site_routes
from generator.pages.host_files import plan_host_files
from generator.pages.page import Page, PageFactory
from generator.pages.plain_texts import TEMPLATE, plan_list
from generator.schema.seo import is_listed

# A sitemap of that many URLs ends with the next audience. By the protocol it could hold 50,000, but of short ones
# only that has to be made, sent and read again which has changed.
SITEMAP_SIZE = 1000


def plan_well_known_files(factory: PageFactory) -> Iterator[Page]:
    site, target = factory.site, factory.target
    if target.base_url:
        yield from plan_sitemaps(site, target.base_url, target.history)
    sitemap = target.base_url + "sitemap.xml" if target.base_url else None
    yield Page("robots.txt", "files/robots.txt", {"preview": target.preview, "sitemap": sitemap})
    yield from plan_host_files(factory)
    yield plan_list(factory)
    for name, text in site.settings.verification.files.items() if site.settings.verification else ():
        yield Page(name, TEMPLATE, {"text": text})
    if site.settings.admin:
        from generator.pages.admin import plan_admin  # most sites go without, and without what it loads

        yield from plan_admin(factory)


def plan_sitemaps(site: Site, base: str, history: Mapping[str, str]) -> Iterator[Page]:
    """One sitemap, or several and what leads to them. `history` has the days on which files were last changed."""
    groups = group_routes(site)
    names = [f"sitemap-{number}.xml" for number in range(1, len(groups) + 1)] if len(groups) > 1 else ["sitemap.xml"]
    for name, group in zip(names, groups, strict=True):
        addresses = sorted(base + route for route, _ in group)
        changed = {base + route: history[path] for route, path in group if path in history}
        yield Page(name, "files/sitemap.xml", {"addresses": addresses, "changed": changed})
    if len(groups) > 1:
        yield Page("sitemap.xml", "files/sitemap_index.xml", {"sitemaps": [base + name for name in names]})


def group_routes(site: Site) -> list[list[tuple[str, str]]]:
    """The routes of each sitemap with their files: the site's own in the first, all of an audience in one, audiences in
    their order.
    """
    listed = {seo.route for seo in site.settings.seo if not is_listed(seo)}
    own = {file.route for file in site.files.values() if file.kind.has_route and not is_listed(file.seo)} | listed
    groups = [[page for page in site_routes(site) if page[0] not in own]]
    for audience in site.audiences:
        if len(groups[-1]) >= SITEMAP_SIZE:
            groups.append([])
        unlisted = {level_route(audience.slug, level.slug) for level in audience.levels if not is_listed(level.seo)}
        unlisted |= set() if is_listed(audience.seo) else {audience_route(audience.slug)}
        unlisted |= {route_of(audience, file) for file in audience.files if not is_listed(file.seo)}
        groups[-1] += [page for page in audience_pages(audience) if page[0] not in unlisted | listed]
    return groups


def route_of(audience: AudienceSummary, file: FileSummary) -> str:
    return KINDS_BY_NAME[file.kind_name].page_route(audience=audience.slug)
