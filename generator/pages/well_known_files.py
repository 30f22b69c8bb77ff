"""The files for machines: sitemaps, robots.txt, and what the hosts read."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from generator.content.model import Outline, Site
from generator.content.routes import COMPARISONS, addresses_of_site, audience_address, levels_across, pages_of
from generator.pages.context import Shape
from generator.pages.layout_context import shape_origins
from generator.pages.page import Frame, Page

# A sitemap of so many addresses ends with the next audience. By the protocol it could hold 50,000, but of short ones
# only that has to be made, sent and read again which has changed.
SITEMAP_SIZE = 1000


def plan_files(frame: Frame) -> Iterator[Page]:
    """The files for machines: sitemaps, robots.txt, and what the hosts read."""
    base = frame.target.base_url
    if base:
        yield from plan_sitemaps(frame.site, base)
    sitemap = base + "sitemap.xml" if base else None
    yield Page("robots.txt", "files/robots.txt", {"preview": frame.target.preview, "sitemap": sitemap})
    yield Page("_headers", "files/_headers", shape_security(frame))
    yield Page("_redirects", "files/_redirects", {"comparisons": COMPARISONS, "across": levels_across(frame.site)})
    yield Page(".nojekyll", "files/nojekyll", {})
    if frame.site.settings.admin:
        from generator.pages.admin import plan_admin  # most sites go without, and without what it loads

        yield from plan_admin(frame)


def plan_sitemaps(site: Site, base: str) -> Iterator[Page]:
    """One sitemap, or several and what leads to them."""
    others = tuple(address for address, _ in addresses_of_site(site))
    groups = group_audiences(site.outlines, len(others))
    names = [f"sitemap-{number}.xml" for number in range(1, len(groups) + 1)] if len(groups) > 1 else ["sitemap.xml"]
    for name, group in zip(names, groups, strict=True):
        addresses = list_addresses(base, tuple(group), others if name == names[0] else ())
        yield Page(name, "files/sitemap.xml", {"addresses": addresses})
    if len(groups) > 1:
        yield Page("sitemap.xml", "files/sitemap_index.xml", {"sitemaps": [base + name for name in names]})


@lru_cache(maxsize=16)
def list_addresses(base: str, outlines: tuple[Outline, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """The addresses of a sitemap. Kept, since most edits of a large site change none, and few more than one."""
    pages = (audience_address(outline.slug) + page for outline in outlines for page, _ in pages_of(outline))
    return tuple(sorted(base + address for address in (*pages, *others)))


def group_audiences(outlines: Iterable[Outline], count: int) -> list[list[Outline]]:
    """The audiences in their order, as each sitemap has them. The first one has so many other addresses, too."""
    groups: list[list[Outline]] = [[]]
    for outline in outlines:
        if count >= SITEMAP_SIZE:
            groups.append([])
            count = 0
        groups[-1].append(outline)
        count += len(pages_of(outline))
    return groups


def shape_security(frame: Frame) -> Shape:
    """The origins a content security policy has to allow."""
    origins = shape_origins(frame.site)
    policy = None
    if frame.site.settings.admin:
        from generator.pages.admin import shape_admin_policy

        policy = shape_admin_policy(frame)
    return {
        "script_origin": origins["script"],
        "form_origin": origins["form"],
        "preview": frame.target.preview,
        "admin": policy,
    }
