"""The first stage: files become a site with all its audiences."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec import structs

from generator.build.cache import Cache, LoadedAudience
from generator.build.workers import PARALLEL_THRESHOLD, Workers
from generator.content import content_files
from generator.content.body_sections import SECTIONS
from generator.content.loader import Calendar, Loader, sort_audiences
from generator.content.model import Audience, Site, decode_audience, encode_audience
from generator.content.routes import known_routes
from generator.content.visible import summarise_audience, warn_of_no_live_level
from generator.diagnostics.diagnostic import Diagnostic, SiteError, has_errors
from generator.files.fingerprint import digest_bytes
from generator.files.tree import Tree
from generator.i18n.language import Words
from generator.i18n.words import load_words
from generator.rendering.pictures import PictureMaker

# Is told what is being done, how much of it was done, and how much there is.
Progress = Callable[[str, int, int], None]
FILES = "files read"


class LoadContext(NamedTuple):
    """What audiences are loaded with."""

    content: Tree
    words: Words
    calendar: Calendar


# An audience to load: its folder, and the files in it.
LoadTask = tuple[str, tuple[str, ...]]


class LoadResult(NamedTuple):
    """What came of a task: the audience as msgpack, or what is wrong; the digests of the files as they were read."""

    slug: str
    value: bytes
    dated: bool
    diagnostics: list[Diagnostic]
    digests: dict[str, str]


class LoadedSite(NamedTuple):
    """A site with all its audiences that are live, in their order. `keys` stand for what each was loaded from.

    `diagnostics` are those of files by themselves, `failed` the audiences that could not be loaded.
    """

    site: Site
    audiences: dict[str, Audience]
    keys: dict[str, str]
    routes: frozenset[str]
    diagnostics: list[Diagnostic]
    failed: frozenset[str]
    dated: bool
    characters: frozenset[str]


class Resources(NamedTuple):
    """Processes, and from how many files on; whom to tell how far it is; one size of pictures, for a preview."""

    jobs: int = 1
    threshold: int = PARALLEL_THRESHOLD
    progress: Progress | None = None
    quick: bool = False

    def report(self, what: str, done: int, total: int) -> None:
        if self.progress and total:
            self.progress(what, done, total)


def load_site(content: Tree, layouts: Tree, calendar: Calendar, cache: Cache, resources: Resources) -> LoadedSite:
    """Loads everything that has no place in the cache. What is wrong is among the diagnostics.

    Raises `SiteError` if a folder cannot be read everywhere: then nothing can be said of what files promise each other.
    """
    words, diagnostics = load_words(layouts, content)
    diagnostics += content_files.check_layout_names(layouts)
    paths, unknown = content_files.find_content_files(content)
    loader = Loader(content, calendar)
    site = loader.load_site(paths, words)
    diagnostics += [*unknown, *loader.problems]
    dated = loader.dated
    keys: dict[str, str] = {}
    audiences: list[Audience] = []
    failed: set[str] = set()
    hidden: list[str] = []
    context = LoadContext(content, words, calendar)
    for slug, (result, found) in _load_audiences(context, paths, cache, resources).items():
        diagnostics += found
        if result is None:
            failed.add(slug)
            continue
        keys[slug] = result.key
        dated = dated or result.dated
        if result.audience and result.audience.live_levels:
            audiences.append(result.audience)
            continue
        hidden.append(slug)
        diagnostics += [warn_of_no_live_level(content.name, result.audience)] if result.audience else []
    characters = frozenset(str(words)).union(loader.characters, *(audience.characters for audience in audiences))
    media = PictureMaker(content, cache.place("media"), resources).examine(paths.media, characters)
    if content.obstacles or layouts.obstacles:
        raise SiteError(content_files.keep_certain(diagnostics, content, layouts))
    highest = content_files.find_highest_level(paths, hidden)
    ordered = sort_audiences(audiences)
    summaries = tuple(map(summarise_audience, ordered))
    site = structs.replace(site, audiences=summaries, hidden_level=highest, media={**paths.refused, **media})
    by_slug, routes = {audience.slug: audience for audience in ordered}, known_routes(site, paths, failed)
    return LoadedSite(site, by_slug, keys, routes, diagnostics, frozenset(failed), dated, characters)


def _load_audiences(
    context: LoadContext, paths: content_files.ContentPaths, cache: Cache, resources: Resources
) -> dict[str, tuple[LoadedAudience | None, list[Diagnostic]]]:
    """Each audience, None if there are errors in it, and what is wrong: from the cache where its files are the same."""
    content, common = context.content, _make_common_key(context, cache.program)
    results: dict[str, tuple[LoadedAudience | None, list[Diagnostic]]] = {}
    tasks: list[LoadTask] = []
    for slug, files in paths.audiences.items():
        known = cache.find_audience(slug)
        if known and known.key == _make_key(common, context, slug, known.dated):
            results[slug] = known, []
        else:
            tasks.append((slug, files))
    total, done = sum(len(files) for _, files in tasks), 0
    resources.report(FILES, done, total)
    with Workers(resources.jobs, context, resources.threshold) as workers:
        for result in workers.map(load_audiences, tasks, total):
            content.learn(result.digests)
            done += len(result.digests)
            resources.report(FILES, done, total)
            if has_errors(result.diagnostics):
                results[result.slug] = None, result.diagnostics
                continue
            key = _make_key(common, context, result.slug, result.dated)
            loaded = LoadedAudience(key, result.dated, decode_audience(result.value))
            if not result.diagnostics:  # else its warnings would not come again
                cache.put_audience(result.slug, loaded, result.value)
            results[result.slug] = loaded, result.diagnostics
    cache.forget_others(paths.audiences)
    return {slug: results[slug] for slug in paths.audiences}


def load_audiences(context: LoadContext, tasks: Sequence[LoadTask]) -> list[LoadResult]:
    """Loads some audiences; in a worker process, or in this one."""
    results = []
    for slug, paths in tasks:
        loader = Loader(context.content, context.calendar)
        audience = loader.load_audience(slug, paths, context.words)
        digests = {path: context.content.digest(path) for path in paths}
        results.append(LoadResult(slug, encode_audience(audience), loader.dated, loader.problems, digests))
    return results


def _make_common_key(context: LoadContext, program: str) -> str:
    """A digest of what loading any audience depends on: the program, the words for the sections of a level, and
    whether drafts are shown.
    """
    words = [str(context.words.get(key)) for key in SECTIONS]
    return digest_bytes("\0".join([program, *words, str(context.calendar.drafts)]).encode())[:16]


def _make_key(common: str, context: LoadContext, slug: str, dated: bool) -> str:
    """Stands for all that loading an audience depends on: also its files, and the day where it is `dated`."""
    key = f"{common}.{context.content.digest_folder(slug)}"
    return f"{key}.{context.calendar.today}" if dated else key
