"""A build on one screen: load, check, plan and render, publish. No stage begins before the one before it has ended."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.build.cache import Cache
from generator.build.check import check_site
from generator.build.load import Resources, load_site
from generator.build.manifest import SITE, Manifest
from generator.build.output import Output, Recorded
from generator.build.render import (
    RenderResult,
    RenderSettings,
    RenderTask,
    SharedContext,
    SiteRenderer,
    render_audiences,
)
from generator.build.staleness import is_up_to_date
from generator.build.workers import Workers
from generator.content.loader import Calendar
from generator.diagnostics.diagnostic import Diagnostic, SiteError, has_errors, sort_diagnostics
from generator.files.tree import Tree
from generator.pages.planner import plan_site
from generator.pages.target import Target
from generator.rendering.assets import Asset, collect_assets
from generator.rendering.brand import Look
from generator.rendering.pictures import PictureMaker

# What progress is told of, after the files that are read.
PAGES = "pages"


class BuildOptions(NamedTuple):
    """`strict` takes warnings for errors; `force` renders every page; `persist` leaves manifest and state on the disk,
    which a preview does only when it ends.
    """

    calendar: Calendar
    target: Target = Target()
    strict: bool = False
    force: bool = False
    persist: bool = True
    resources: Resources = Resources()


class BuildReport(NamedTuple):
    """What a build did. `diagnostics` are warnings only: an error ends a build with `SiteError`.

    `rendered` has the files that were made, and why; `manifest` every file of the site, and `outputs` what tells of a
    later change of each; `dated`: the result depends on the day; `unpublished` are addresses new to visitors.
    """

    diagnostics: list[Diagnostic]
    rendered: dict[str, str]
    removed: list[str]
    manifest: Manifest
    outputs: dict[str, dict[str, Recorded]]
    dated: bool
    unpublished: list[str]


def build_site(content: Tree, layouts: Tree, output: Output, cache: Cache, options: BuildOptions) -> BuildReport:
    """Builds the site into the output folder. Raises `SiteError` before any byte of it has changed, or says so."""
    loaded = load_site(content, layouts, options.calendar, cache, options.resources)
    look, fonts = Look(content, loaded.site), cache.place("fonts")
    assets = collect_assets(layouts, loaded.site.level_totals, loaded.characters, fonts, look)
    before = output.read(cache)
    target = options.target.complete(loaded.site.settings.address, assets.for_pages)
    known = (cache.place("templates"), before.templates, cache.conventions)
    settings = RenderSettings(loaded.site, layouts, target, cache.program, str(output.staging), output.name, *known)
    renderer = SiteRenderer(settings)
    shared = SharedContext(content, loaded, renderer)
    with output.staging_place(), Workers(options.resources.jobs, shared, options.resources.threshold) as workers:
        diagnostics = [*loaded.diagnostics, *assets.diagnostics, *check_site(shared, cache, workers)]
        _stop_if_wrong(diagnostics, options.strict)
        output.begin()
        results = list(_render(workers, shared, assets.files, before, output, cache, options))
        _make_media(results, shared, assets.fonts, cache, options.resources)
        diagnostics += [found for result in results for found in result.diagnostics]
        rendered = {path: reason for result in results for path, reason in result.reasons.items()}
        _stop_if_wrong([*diagnostics, *output.find_conflicts(rendered, before)], options.strict)
    after = Manifest({result.slug: result.entries for result in results}, renderer.renderer.template_digests)
    manifest, removed = output.publish(rendered, before, after, options.persist)
    cache.page_keys = {slug: _make_page_key(shared, slug, cache) for slug in loaded.audiences}
    recorded = output.record(manifest, rendered) if options.persist else {}
    new = loaded.site.list_unpublished(loaded.routes) if target.is_live else []
    return BuildReport(sort_diagnostics(diagnostics), rendered, removed, manifest, recorded, loaded.dated, new)


def _render(
    workers: Workers, shared: SharedContext, assets: Mapping[str, Asset], before: Manifest, output: Output,
    cache: Cache, options: BuildOptions,
) -> Iterator[RenderResult]:  # fmt: skip
    """The files of every owner: rendered where they are out of date. An audience none of whose pages can be out of date
    is not planned.
    """
    audiences, renderer = shared.loaded.audiences, shared.renderer
    known = Manifest() if options.force else before
    tasks: list[RenderTask] = []
    for slug in audiences:
        entries = known.files.get(slug, {})
        intact = output.find_intact(slug, entries)
        if is_up_to_date(_make_page_key(shared, slug, cache), cache.page_keys.get(slug), entries, intact):
            yield RenderResult(slug, entries, {}, [], {})
        else:
            tasks.append(RenderTask(slug, entries, intact, cache.withdrawn))
    total, done = sum(len(audiences[task.slug].levels) + 3 for task in tasks), 0
    results = workers.map(render_audiences, tasks, total)
    entries = known.files.get(SITE, {})
    files = {asset.address: asset.data for asset in assets.values()}
    pages = plan_site(renderer.factory, list(audiences.values()))
    yield renderer.render(RenderTask(SITE, entries, output.find_intact(SITE, entries), cache.withdrawn), pages, files)
    options.resources.report(PAGES, done, total)
    for result in results:
        done += len(audiences[result.slug].levels) + 3
        options.resources.report(PAGES, done, total)
        yield result


def _make_media(
    results: list[RenderResult], shared: SharedContext, fonts: Mapping[str, bytes], cache: Cache, resources: Resources
) -> None:
    """The pictures and files that pages show and that are not there yet: each is made once, whoever shows it."""
    maker = PictureMaker(shared.content, cache.place("media"), resources, fonts)
    missing = {variant for result in results for variant in result.missing.values()}
    for variant, data in maker.make(sorted(missing)):
        for result in results:
            if variant.address in result.missing:
                shared.renderer.stage(variant.address, data, variant.key, "new", result)
    maker.forget_others({entry.inputs for result in results for entry in result.entries.values()})


def _make_page_key(shared: SharedContext, slug: str, cache: Cache) -> str:
    """What the pages of an audience are made from: the same key, the same pages."""
    return f"{shared.renderer.audience_inputs}.{shared.loaded.keys[slug]}.{' '.join(sorted(cache.withdrawn))}"


def _stop_if_wrong(diagnostics: list[Diagnostic], strict: bool) -> None:
    """Raises `SiteError` where something has to be mended first."""
    merged = sort_diagnostics(diagnostics)
    if has_errors(merged) or (strict and merged):
        raise SiteError(merged)
