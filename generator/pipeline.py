"""The floors in order, on one screen: load, check, plan, render what is stale, publish."""

import os
from collections.abc import Callable, Mapping
from typing import NamedTuple

from msgspec import json, structs

from generator.addresses import find_owner, is_small
from generator.assets import Asset, collect_assets, iterate_files, read_programs
from generator.chrome import Target, normalise_url, shape_shared
from generator.content import Calendar
from generator.conventions import open_answers
from generator.crew import Crew
from generator.language import Language
from generator.model import Site
from generator.output import Entry, Manifest, OutputFolder, Stale, find_reason
from generator.plan import plan_comparisons, plan_site
from generator.problems import Problem, SiteError, has_errors, merge_problems, sort_problems
from generator.program import digest_program
from generator.shapes import Shape
from generator.source import Folder
from generator.stamps import Stamp, digest_bytes
from generator.stopwatch import Stopwatch
from generator.store import Ledger, Record, Store
from generator.survey import Survey, check_audiences, open_audiences, survey_content
from generator.workshop import Made, MakeJob, Recipe, make_batch, open_workshop

Progress = Callable[[int, int], None]


class Report(NamedTuple):
    """What a build did. `problems` are warnings only: an error ends a build with `SiteError`.

    `dated`: the result depends on the day; `manifest`: every file of the site; `settled`: the stamps of
    those that tell of any change; `seconds`: the time of processors each floor took.
    """

    problems: list[Problem]
    rendered: list[Stale]
    removed: list[str]
    manifest: Manifest
    dated: bool
    settled: Mapping[str, tuple[Stamp, str]] = {}
    seconds: Mapping[str, float] = {}

    @property
    def unchanged(self) -> int:
        return len(self.manifest) - len(self.rendered)


def build_site(
    content: Folder,
    layouts: Folder,
    output: OutputFolder,
    *,
    calendar: Calendar,
    target: Target = Target(),  # noqa: B008 - immutable
    strict: bool = False,
    force: bool = False,
    store: Store | None = None,
    crew: Crew | None = None,
    progress: Progress | None = None,
) -> Report:
    """Builds the site into the output folder. Raises `SiteError` before any byte of it has changed."""
    watch = Stopwatch(0.0)
    watch.lap("start")
    crew = crew or Crew()
    ledger = store.read_ledger() if store else Ledger()
    content.trust(ledger.content)
    answers = open_answers()
    answers.update(ledger.answers)
    survey = survey_content(content, layouts, calendar, ledger, store, crew, watch)
    watch.lap("load")
    if has_errors(survey.problems):
        raise SiteError([*survey.problems, *check_audiences(survey, open_audiences(survey, survey.slugs))])
    assets = collect_assets(layouts)
    recipe = _make_recipe(survey, target, assets, output)
    renderer = open_workshop(recipe).renderer
    templates = renderer.template_digests
    recipe = recipe._replace(templates=_changed(templates, output.read_templates()))
    open_workshop(recipe).recipe = recipe
    before = output.read_manifest()
    broken = before is None and output.is_ours()
    if before is None:
        before = output.recover_manifest(ledger.made)
    sound = output.find_sound(before or {}, ledger.output)
    known = {} if force else before or {}
    reused, jobs = _sort_audiences(survey, recipe, known, sound)
    output.start()
    watch.lap("plan")
    try:
        made = _make_site(survey, recipe, assets, known, sound, watch)
        made += _make_audiences(survey, recipe, jobs, crew, progress, watch)
        problems = sort_problems(merge_problems([*survey.problems, *_warnings(reused), *_problems(made)]))
        if has_errors(problems) or (strict and problems):
            raise SiteError(problems)
        inputs = {path: digest for record in reused for path, digest in record.pages.items()}
        inputs |= {path: digest for part in made for path, digest in part.pages.items()}
        contents = {path: digest for part in made for path, digest in part.contents.items()}
        if not broken:
            _refuse_conflicts(output, contents, before, problems)
    except BaseException:
        output.discard()
        raise
    after = {path: Entry(inputs[path], contents.get(path) or known[path].content) for path in inputs}
    removed = output.publish(contents, before or {}, after, templates)
    settled = output.settled(after, contents)
    if store:
        made_files = {path: entry.content for path, entry in after.items()}
        store.write_ledger(Ledger(content.settled(), settled, made_files, survey.records, answers))
        store.keep_parsed(survey.listing.audiences)
    rendered = [entry for part in made for entry in part.rendered]
    watch.lap("publish")
    return Report(problems, rendered, removed, after, survey.dated, settled, watch.seconds)


def _make_recipe(survey: Survey, target: Target, assets: Mapping[str, Asset], output: OutputFolder) -> Recipe:
    """What pages are made with; `common` is the digest of what all of them share."""
    target = target._replace(
        base_url=target.base_url or normalise_url(survey.site.settings.address),
        assets={asset.name: asset.address for asset in assets.values()},
        programs=read_programs(survey.recipe.layouts),
    )
    language = Language(survey.site.settings.language, survey.words)
    shared = json.encode(shape_shared(survey.site, target, language))
    recipe = survey.recipe._replace(
        key=os.urandom(8).hex(),
        output=output,
        site=survey.site,
        target=target,
        addresses=survey.addresses,
        common=digest_bytes(shared + digest_program().encode()),
    )
    open_workshop(recipe).audiences = open_workshop(survey.recipe).audiences
    return recipe


def _sort_audiences(
    survey: Survey, recipe: Recipe, known: Manifest, sound: frozenset[str]
) -> tuple[list[Record], list[MakeJob]]:
    """The audiences all of whose pages are up to date, and jobs for the others."""
    reused: list[Record] = []
    jobs: list[MakeJob] = []
    context = _digest_plan(recipe)
    owned: dict[str, dict[str, Entry]] = {}
    for path, entry in known.items():
        owned.setdefault(find_owner(path), {})[path] = entry
    for slug in survey.slugs:
        record = survey.records[slug]
        plan = digest_bytes(f"{context} {record.files}".encode())
        fresh = record.plan == plan and record.pages and all(
            path in sound and known.get(path, NO_ENTRY).inputs == inputs for path, inputs in record.pages.items()
        )  # fmt: skip
        if fresh:
            reused.append(record)
            continue
        record.plan, record.pages = plan, {}
        own = owned.get(slug, {})
        jobs.append(MakeJob(slug, survey.listing.audiences[slug], own, sound.intersection(own)))
    return reused, jobs


NO_ENTRY = Entry("", "")


def _digest_plan(recipe: Recipe) -> str:
    """A digest of all that the pages of an audience depend on, besides its own files."""
    renderer = open_workshop(recipe).renderer
    site = _view_site(recipe)
    parts = [recipe.common, renderer.template_digests, site, list(recipe.target), sorted(recipe.addresses)]
    return digest_bytes(json.encode(parts))


def _view_site(recipe: Recipe) -> Site:
    """The site as the pages of an audience see it: where there are many audiences, not the others."""
    assert recipe.site is not None
    return recipe.site if is_small(recipe.site) else structs.replace(recipe.site, outlines=())


def _make_site(
    survey: Survey,
    recipe: Recipe,
    assets: Mapping[str, Asset],
    known: Manifest,
    sound: frozenset[str],
    watch: Stopwatch,
) -> list[Made]:
    """Makes the pages that belong to no audience, and the assets."""
    workshop = open_workshop(recipe)
    made = Made("", {}, {}, [], [])
    users: dict[str, list[Shape]] = {}
    for slug in survey.slugs:
        for offer, levels in survey.records[slug].users.items():
            users.setdefault(offer, []).extend(levels)
    for page in plan_site(workshop.frame, users):
        watch.lap("plan")
        workshop.make_page(page, known, sound, made, watch)
    if is_small(survey.site):
        for page in plan_comparisons(workshop.frame, open_audiences(survey, survey.slugs)):
            watch.lap("plan")
            workshop.make_page(page, known, sound, made, watch)
    watch.lap("plan")
    for path, data in iterate_files(dict(assets)):
        made.pages[path] = digest_bytes(data)
        reason = find_reason(path, made.pages[path], known, sound)
        if reason:
            workshop.stage(path, data, reason, made)
    watch.lap("publish")
    return [made]


def _make_audiences(
    survey: Survey,
    recipe: Recipe,
    jobs: list[MakeJob],
    crew: Crew,
    progress: Progress | None,
    watch: Stopwatch,
) -> list[Made]:
    """Makes the pages of audiences, and notes in their records what came of it."""
    if not is_small(survey.site):
        recipe = recipe._replace(site=_view_site(recipe))
    total = sum(len(job.paths) + 1 for job in jobs)
    results: list[Made] = []
    done = 0
    for made in crew.run(make_batch, recipe, jobs, total):
        results.append(made)
        watch.add(made.seconds)
        record = survey.records[made.slug]
        record.pages = made.pages
        record.warnings = tuple(made.problems)
        if made.source != record.source:
            record.files = ""  # its files changed between loading and making
        if progress:
            done += len(made.pages)
            progress(done, total)
    return results


def _refuse_conflicts(
    output: OutputFolder, staged: Mapping[str, str], before: Manifest | None, problems: list[Problem]
) -> None:
    conflicts = output.find_conflicts(staged.keys(), before)
    if conflicts:
        raise SiteError([*problems, *conflicts])


def _changed(now: Mapping[str, str], then: Mapping[str, str]) -> frozenset[str]:
    return frozenset(name for name in now if now[name] != then.get(name))


def _warnings(records: list[Record]) -> list[Problem]:
    return [problem for record in records for problem in record.warnings]


def _problems(made: list[Made]) -> list[Problem]:
    return [problem for part in made for problem in part.problems]
