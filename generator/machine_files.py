"""The files for machines: sitemaps, robots.txt, and what the hosts read."""

from collections.abc import Iterator

from generator.addresses import COMPARISONS, known_addresses, levels_across, sort_addresses
from generator.chrome import shape_origins
from generator.page import Frame, Page
from generator.shapes import Shape

# Sitemaps hold 50,000 addresses at most, by the protocol.
SITEMAP_SIZE = 50_000


def plan_files(frame: Frame) -> Iterator[Page]:
    """The files for machines: sitemaps, robots.txt, and what the hosts read."""
    base = frame.target.base_url
    names: list[str] = []
    if base:
        addresses = [base + address for address in sort_addresses(known_addresses(frame.site))]
        chunks = [addresses[start : start + SITEMAP_SIZE] for start in range(0, len(addresses), SITEMAP_SIZE)]
        if len(chunks) == 1:
            yield Page("sitemap.xml", "files/sitemap.xml", {"addresses": chunks[0]})
        else:
            names = [f"sitemap-{number}.xml" for number in range(1, len(chunks) + 1)]
            for name, chunk in zip(names, chunks, strict=True):
                yield Page(name, "files/sitemap.xml", {"addresses": chunk})
            index = {"sitemaps": [base + name for name in names]}
            yield Page("sitemap.xml", "files/sitemap_index.xml", index)
    sitemap = base + "sitemap.xml" if base else None
    yield Page("robots.txt", "files/robots.txt", {"preview": frame.target.preview, "sitemap": sitemap})
    yield Page("_headers", "files/_headers", shape_security(frame))
    yield Page("_redirects", "files/_redirects", {"comparisons": COMPARISONS, "across": levels_across(frame.site)})
    yield Page(".nojekyll", "files/nojekyll", {})
    if frame.site.settings.admin:
        from generator.admin import plan_admin  # most sites go without, and without what it loads

        yield from plan_admin(frame)


def shape_security(frame: Frame) -> Shape:
    """The origins a content security policy has to allow."""
    origins = shape_origins(frame.site)
    policy = None
    if frame.site.settings.admin:
        from generator.admin import shape_admin_policy

        policy = shape_admin_policy(frame)
    return {
        "script_origin": origins["script"],
        "form_origin": origins["form"],
        "preview": frame.target.preview,
        "admin": policy,
    }
