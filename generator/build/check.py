"""The second stage: do the files agree with each other? Everything wrong is known before the first page is planned."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from msgspec import json

from generator.build.cache import Cache, CheckedAudience
from generator.build.load import LoadedSite, Resources, load_site
from generator.build.render import RenderSettings, SharedContext, SiteRenderer
from generator.build.workers import Workers
from generator.content.addresses import Addresses
from generator.content.checks import find_audience_problems, find_site_problems, view_for_checks
from generator.content.loader import Calendar
from generator.content.model import Content
from generator.diagnostics.diagnostic import Diagnostic, SiteError, has_errors, sort_diagnostics
from generator.files.fingerprint import digest_bytes
from generator.files.tree import Tree
from generator.formats.document import locate
from generator.formats.markup import Markup
from generator.pages.hosts import find_host_problems
from generator.pages.target import Target
from generator.rendering.templates import Renderer


class CheckResult(NamedTuple):
    """What is wrong with an audience, the addresses it asked for, and those of its links that are left out."""

    slug: str
    diagnostics: list[Diagnostic]
    links: list[str]
    withdrawn: set[str]


# What of a site could be loaded, and what is wrong with it.
Found = tuple[Content, list[Diagnostic]]


def load_content(content: Tree, layouts: Tree, calendar: Calendar, host: str | None = None) -> Found:
    """The whole site, and the warnings about it. Raises `SiteError` where there is an error."""
    found, diagnostics = look_at_content(content, layouts, calendar, host)
    if has_errors(diagnostics):
        raise SiteError(diagnostics)
    return found, diagnostics


def look_at_content(content: Tree, layouts: Tree, calendar: Calendar, host: str | None = None) -> Found:
    """What of a site can be loaded, and everything that is wrong with it on a host."""
    cache = Cache()
    loaded = load_site(content, layouts, calendar, cache, Resources())
    shared = SharedContext(content, loaded, SiteRenderer(RenderSettings(loaded.site, layouts, Target(host=host))))
    diagnostics = [*loaded.diagnostics, *check_site(shared, cache, Workers(1, shared))]
    return Content(loaded.site, list(loaded.audiences.values())), sort_diagnostics(diagnostics)


def check_site(shared: SharedContext, cache: Cache, workers: Workers) -> list[Diagnostic]:
    """What is wrong between files. Audiences that are as they were, and their links too, are skipped."""
    loaded, settings = shared.loaded, shared.renderer.settings
    addresses = open_addresses(loaded, shared.content, settings.layouts)
    common = digest_bytes(json.encode(view_for_checks(loaded.site)))[:16]
    keys = {slug: f"{cache.program}.{common}.{loaded.keys[slug]}" for slug in loaded.audiences}
    checked = {slug: known for slug, known in cache.checked.items() if keys.get(slug) == known.key}
    for slug, known in list(checked.items()):
        if not all(link in loaded.routes or link in addresses for link in known.links):
            del checked[slug]
    tasks = [slug for slug in loaded.audiences if slug not in checked]
    results = workers.map(check_audiences, tasks, sum(len(loaded.audiences[slug].levels) for slug in tasks))
    problems = find_site_problems(loaded.site, cache.conventions, addresses, Markup(), complete=not loaded.failed)
    on_host = find_host_problems(loaded.site, settings.target.host)
    found = [locate(shared.content, problem) for problem in (*problems, *on_host)]
    for result in results:
        found += result.diagnostics
        addresses.withdrawn |= result.withdrawn
        if not (has_errors(result.diagnostics) or result.withdrawn):
            checked[result.slug] = CheckedAudience(keys[result.slug], result.links, result.diagnostics)
    cache.checked, cache.withdrawn = checked, frozenset(addresses.withdrawn)
    return [*found, *(warning for slug in loaded.audiences if slug not in tasks for warning in checked[slug].warnings)]


def open_addresses(loaded: LoadedSite, content: Tree, layouts: Tree) -> Addresses:
    """The addresses of a site. Templates are looked at only for a link to a part of a page, and in any language."""
    templates = cache(lambda: Renderer(layouts, {}))
    return Addresses(loaded.routes, loaded.site, loaded.audiences, content, lambda name: templates().list_ids(name))


def check_audiences(context: SharedContext, slugs: Sequence[str]) -> list[CheckResult]:
    """Checks some audiences; in a worker process, or in this one."""
    site, markup, results = view_for_checks(context.loaded.site), Markup(), []
    addresses = open_addresses(context.loaded, context.content, context.renderer.settings.layouts)
    for slug in slugs:
        addresses.asked, addresses.withdrawn = set(), set()
        problems = list(find_audience_problems(site, context.loaded.audiences[slug], addresses, markup))
        located = [locate(context.content, problem) for problem in problems]
        results.append(CheckResult(slug, located, sorted(addresses.asked), addresses.withdrawn))
    return results
