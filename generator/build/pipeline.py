"""The floors in order, on one screen: load, check, plan, render what is stale, publish."""

import os
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from itertools import chain
from typing import NamedTuple

from msgspec import json, structs

from generator.build.crew import Crew
from generator.build.manifest import SITE, Entry, Manifest, Shelf, Stale, find_reason
from generator.build.output import OutputFolder
from generator.build.program import digest_program
from generator.build.stopwatch import Stopwatch
from generator.build.store import Ledger, Record, Store
from generator.build.survey import Progress, Survey, check_audiences, open_audiences, survey_content
from generator.build.workshop import Made, MakeJob, Recipe, make_batch, open_workshop
from generator.content.loader import Calendar
from generator.content.model import Site
from generator.content.routes import is_small
from generator.diagnostics.diagnostic import Diagnostic, SiteError, has_errors, merge_problems, sort_problems
from generator.files.fingerprint import Stamp, digest_bytes
from generator.files.tree import Folder, Known
from generator.i18n.cldr_cache import open_answers
from generator.i18n.language import Language
from generator.pages.layout_context import Target, normalise_url, shared_context
from generator.pages.planner import plan_site
from generator.rendering.assets import Asset, collect_assets, iterate_files, read_programs

# What progress is told of, after the files that are read.
PAGES = "pages"


class Report(NamedTuple):
    """What a build did. `problems` are warnings only: an error ends a build with `SiteError`.

    `made`: the files that were rendered, by those they were made for; `dated`: the result depends on the day;
    `manifest`: every file of the site; `settled`: the stamps of those that tell of any change, as in `Ledger`;
    `seconds`: the time of processors each floor took.
    """

    problems: list[Diagnostic]
    made: Mapping[str, list[Stale]]
    removed: list[str]
    manifest: Manifest
    dated: bool
    settled: Mapping[str, Mapping[str, Stamp]] = {}
    seconds: Mapping[str, float] = {}

    @property
    def rendered(self) -> list[Stale]:
        return list(chain.from_iterable(self.made.values()))


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
    with nullcontext():
        survey = survey_content(content, layouts, calendar, ledger, store, crew, watch, progress)
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
            before = output.recover_manifest(ledger.manifest)
        before = before or Manifest({})
        known = Manifest({}) if force else before
        output.look()
        plan = _digest_plan(recipe)
        stale = _list_stale(survey, recipe, plan, known, ledger)
    output.start()
    watch.lap("plan")
    made, shelves, records = output.keep(list[Stale]), output.keep(dict[str, Entry]), output.keep(Record)
    try:
        shelves.update((slug, known.shelves[slug]) for slug in survey.slugs if slug not in stale)
        problems = list(survey.problems)
        for outcome in chain(
            [_make_site(survey, recipe, assets, known, ledger, watch)],
            _make_audiences(survey, recipe, stale, known, crew, progress, watch),
        ):
            made[outcome.slug] = outcome.rendered
            shelves[outcome.slug] = _shelve(outcome, known.shelves.get(outcome.slug, {}))
            if outcome.slug == SITE:
                problems += outcome.problems
            else:
                records[outcome.slug] = _record(survey.records[outcome.slug], outcome, plan)
        for slug in survey.slugs:
            problems += (records if slug in stale else survey.records)[slug].warnings
        problems = sort_problems(merge_problems(problems))
        if has_errors(problems) or (strict and problems):
            raise SiteError(problems)
        if not broken:
            _refuse_conflicts(output, made, before, problems)
    except BaseException:
        output.discard()
        raise
    after = Manifest(shelves)
    removed = output.publish(made, before, after, templates)
    settled = output.settled(after, made)
    survey.records.update(records)
    if store:
        known_content = store.keep(Known)
        known_content.update(content.settled())
        store.write_ledger(Ledger(known_content, settled, shelves, survey.records, answers))
    watch.lap("publish")
    return Report(problems, made, removed, after, survey.dated, settled, watch.seconds)


def _make_recipe(survey: Survey, target: Target, assets: Mapping[str, Asset], output: OutputFolder) -> Recipe:
    """What pages are made with; `common` is the digest of what all of them share."""
    target = target._replace(
        base_url=target.base_url or normalise_url(survey.site.settings.address),
        assets={asset.name: asset.address for asset in assets.values()},
        programs=read_programs(survey.recipe.layouts),
    )
    language = Language(survey.site.settings.language, survey.words)
    shared = json.encode(shared_context(survey.site, target, language))
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


def _list_stale(survey: Survey, recipe: Recipe, plan: str, known: Manifest, ledger: Ledger) -> dict[str, int]:
    """The audiences with a page that may be out of date, and how many files each has."""
    assert recipe.output is not None
    stale: dict[str, int] = {}
    for slug in survey.slugs:
        record, shelf, made = survey.records[slug], known.shelves.get(slug, {}), ledger.made.get(slug, {})
        sound = recipe.output.find_sound(slug, shelf, made, ledger.output.get(slug, {}))
        same = made is shelf or made == shelf
        fresh = made and same and len(sound) == len(shelf) and record.plan == _name_plan(plan, record)
        if not (fresh and all(link in recipe.addresses for link in record.links)):
            stale[slug] = len(survey.listing.audiences[slug])
    return stale


def _name_plan(plan: str, record: Record) -> str:
    """The digests of all that the pages of an audience are made of."""
    return f"{plan}.{record.files}"


def _digest_plan(recipe: Recipe) -> str:
    """A digest of all that the pages of an audience depend on, besides its own files and where its links lead."""
    renderer = open_workshop(recipe).renderer
    site = _view_site(recipe)
    return digest_bytes(json.encode([recipe.common, renderer.template_digests, site, list(recipe.target)]))


def _view_site(recipe: Recipe) -> Site:
    """The site as the pages of an audience see it: where there are many audiences, not the others."""
    assert recipe.site is not None
    return recipe.site if is_small(recipe.site) else structs.replace(recipe.site, audiences=())


def _make_site(
    survey: Survey,
    recipe: Recipe,
    assets: Mapping[str, Asset],
    manifest: Manifest,
    ledger: Ledger,
    watch: Stopwatch,
) -> Made:
    """Makes the pages that belong to no audience, and the assets."""
    assert recipe.output is not None
    workshop = open_workshop(recipe)
    made = Made(SITE, {}, {}, [], [])
    known = manifest.shelves.get(SITE, {})
    sound = recipe.output.find_sound(SITE, known, ledger.made.get(SITE, {}), ledger.output.get(SITE, {}))
    # Where there are many audiences, no page shows them all in full.
    audiences = list(open_audiences(survey, survey.slugs)) if is_small(survey.site) else []
    for page in plan_site(workshop.factory, audiences):
        watch.lap("plan")
        workshop.make_page(page, known, sound, made, watch)
    watch.lap("plan")
    for path, data in iterate_files(dict(assets)):
        made.pages[path] = digest_bytes(data)
        reason = find_reason(path, made.pages[path], known, sound)
        if reason:
            workshop.stage(path, data, reason, made)
    watch.lap("publish")
    return made


def _make_audiences(
    survey: Survey,
    recipe: Recipe,
    stale: Mapping[str, int],
    known: Manifest,
    crew: Crew,
    progress: Progress | None,
    watch: Stopwatch,
) -> Iterator[Made]:
    """Makes the pages of audiences. `stale`: which, and how many files each has."""
    if not is_small(survey.site):
        recipe = recipe._replace(site=_view_site(recipe))
    total = sum(count + 1 for count in stale.values())
    done = 0
    if progress and total:
        progress(PAGES, done, total)
    jobs = (_make_job(survey, recipe, slug, known) for slug in stale)
    for made in crew.run(make_batch, recipe, jobs, len(stale), total):
        watch.add(made.seconds)
        yield made
        if progress:
            done += len(made.pages)
            progress(PAGES, done, total)


def _make_job(survey: Survey, recipe: Recipe, slug: str, known: Manifest) -> MakeJob:
    assert recipe.output is not None
    paths, shelf = survey.listing.audiences[slug], known.shelves.get(slug, {})
    digests = recipe.content.digest_all(paths)
    return MakeJob(slug, paths, digests, shelf, recipe.output.recall_sound(slug, shelf))


def _record(record: Record, made: Made, plan: str) -> Record:
    """What is known of an audience whose pages were made."""
    return structs.replace(
        record,
        # Where its files changed between loading and making, it is loaded again the next time.
        files=record.files if made.source == record.source else "",
        plan=_name_plan(plan, record),
        links=made.links,
        warnings=tuple(made.problems),
    )


def _shelve(made: Made, known: Shelf) -> dict[str, Entry]:
    """The shelf of what was made. A page that was up to date has the content that is known of it."""
    contents = made.contents
    return {path: Entry(inputs, contents.get(path) or known[path].content) for path, inputs in made.pages.items()}


def _refuse_conflicts(
    output: OutputFolder, made: Mapping[str, list[Stale]], before: Manifest, problems: list[Diagnostic]
) -> None:
    conflicts = output.find_conflicts(made, before)
    if conflicts:
        raise SiteError([*problems, *conflicts])


def _changed(now: Mapping[str, str], then: Mapping[str, str]) -> frozenset[str]:
    return frozenset(name for name in now if now[name] != then.get(name))
