"""The work on one audience, wherever it is done: load it, check it, plan its pages, render what is stale.

A `Recipe` is all a process needs to open a workshop of its own; jobs and outcomes are plain values,
so any executor can carry them.
"""

import os
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

import msgspec

from generator.build.manifest import TEMPLATE_CHANGED, Shelf, Stale, find_reason
from generator.build.output import OutputFolder
from generator.build.stopwatch import Stopwatch
from generator.build.store import Record, Store
from generator.content.checks import find_audience_problems
from generator.content.loader import Calendar, Loader
from generator.content.model import Audience, Site, summarise_audience
from generator.diagnostics.diagnostic import Diagnostic, SiteError, has_errors
from generator.files.fingerprint import digest_bytes
from generator.files.tree import Folder
from generator.formats.document import locate
from generator.formats.markup import Markup
from generator.i18n.language import Words
from generator.pages.layout_context import Target, shared_context
from generator.pages.page import Page, PageFactory
from generator.pages.planner import plan_audience
from generator.rendering.templates import Renderer

# So many audiences are kept in memory between loading and rendering; of more, each is read again.
KEPT = 64


class Recipe(NamedTuple):
    """What a workshop is opened with; `key` tells recipes apart.

    What follows `store` is needed to make pages. Pages are staged in `output`.
    """

    key: str
    content: Folder
    layouts: Folder
    words: Words
    calendar: Calendar
    store: Store | None = None
    output: OutputFolder | None = None
    site: Site | None = None
    target: Target = Target()
    addresses: Collection[str] = ()
    common: str = ""
    templates: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recipe) and self.key == other.key

    def __ne__(self, other: object) -> bool:
        return not self == other


class LoadJob(NamedTuple):
    """An audience to load."""

    slug: str
    paths: tuple[str, ...]


class Loaded(NamedTuple):
    """What was learned of an audience, or why it could not be loaded; the digests of its files, in their order."""

    record: Record
    problems: list[Diagnostic]
    digests: tuple[str, ...] = ()
    seconds: Mapping[str, float] = {}


class MakeJob(NamedTuple):
    """An audience whose pages are to be made. `digests` are those of its files; `known`: its shelf of the manifest;
    `sound`: the files in it that are what the manifest says.
    """

    slug: str
    paths: tuple[str, ...]
    digests: list[str]
    known: Shelf
    sound: frozenset[str]


class Made(NamedTuple):
    """What was made: the inputs of all pages, the content of those rendered, and why they were.

    `source` is the digest of what an audience was made from, `links` are the addresses its texts lead to.
    """

    slug: str
    pages: dict[str, str]
    contents: dict[str, str]
    rendered: list[Stale]
    problems: list[Diagnostic]
    source: str = ""
    links: tuple[str, ...] = ()
    seconds: Mapping[str, float] = {}


class Asked(Collection[str]):
    """Addresses that note which of them are asked for."""

    def __init__(self, addresses: Collection[str]) -> None:
        self.addresses = addresses
        self.asked: set[str] = set()

    def __contains__(self, address: object) -> bool:
        self.asked.add(str(address))
        return address in self.addresses

    def __iter__(self) -> Iterator[str]:
        return iter(self.addresses)

    def __len__(self) -> int:
        return len(self.addresses)


class Workshop:
    """Does the work of a recipe."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.markup = Markup()
        self.audiences: dict[str, tuple[Audience, str]] = {}

    @cached_property
    def factory(self) -> PageFactory:
        assert self.recipe.site is not None
        return PageFactory(self.recipe.site, self.recipe.target)

    @cached_property
    def renderer(self) -> Renderer:
        shared = shared_context(self.factory.site, self.recipe.target, self.factory.language)
        store = self.recipe.store
        return Renderer(self.recipe.layouts, shared, f"{store.root}/templates" if store else None)

    def load(self, job: LoadJob) -> Loaded:
        """Loads an audience for what others need to know of it."""
        watch = Stopwatch()
        loader, audience, source = self._read(job.slug, job.paths)
        summary = summarise_audience(audience) if audience else None
        digests = tuple(self.recipe.content.digest_all(job.paths))
        watch.lap("load")
        record = Record(job.slug, "", source, summary, loader.dated)
        return Loaded(record, loader.problems, digests, watch.seconds)

    def make(self, job: MakeJob) -> Made:
        """Checks an audience, and renders those of its pages that are out of date into the staging place."""
        watch = Stopwatch()
        self.recipe.content.learn(job.paths, job.digests)
        audience = self.open_audience(job.slug, job.paths)
        watch.lap("load")
        problems, links = self.check(audience)
        made = Made(job.slug, {}, {}, [], problems, self.audiences[job.slug][1], links, watch.seconds)
        watch.lap("check")
        if has_errors(made.problems):
            return made
        for page in plan_audience(self.factory, audience):
            watch.lap("plan")
            self.make_page(page, job.known, job.sound, made, watch)
        watch.lap("plan")
        return made

    def check(self, audience: Audience) -> tuple[list[Diagnostic], tuple[str, ...]]:
        """The problems of an audience, and the addresses that its texts lead to."""
        addresses = Asked(self.recipe.addresses)
        faults = list(find_audience_problems(self.factory.site, audience, addresses, self.markup))
        return [locate(self.recipe.content, fault) for fault in faults], tuple(sorted(addresses.asked))

    def open_audience(self, slug: str, paths: tuple[str, ...]) -> Audience:
        """A sound audience, from memory or read again. Raises `SiteError` if it is no longer sound."""
        if slug not in self.audiences:
            loader, audience, _ = self._read(slug, paths)
            if audience is None:
                raise SiteError(loader.problems)
        return self.audiences[slug][0]

    def make_page(self, page: Page, known: Shelf, sound: frozenset[str], made: Made,
                  watch: Stopwatch) -> None:  # fmt: skip
        """Renders a page into the staging place, if it is out of date."""
        inputs = self.digest_page(page)
        reason = find_reason(page.path, inputs, known, sound)
        if reason is None:
            made.pages[page.path] = inputs
            watch.lap("plan")
            return
        try:
            data = self.renderer.render(page).encode()
        except SiteError as error:
            made.problems.extend(error.problems)
            return
        finally:
            watch.lap("render")
        if reason == TEMPLATE_CHANGED:
            reason += f": {', '.join(sorted(self.renderer.closure(page.template) & self.recipe.templates))}"
        self.stage(page.path, data, reason, made)
        made.pages[page.path] = inputs
        watch.lap("publish")

    def stage(self, path: str, data: bytes, reason: str, made: Made) -> None:
        """Puts a file in the staging place, and notes it."""
        assert self.recipe.output is not None
        self.recipe.output.stage(path, data)
        made.contents[path] = digest_bytes(data)
        made.rendered.append(Stale(path, reason))

    def digest_page(self, page: Page) -> str:
        """Digests of all that a page is made of: what all pages share, its templates, its context."""
        context = digest_bytes(msgspec.json.encode([page.template, page.context]))
        return f"{self.recipe.common[:16]}.{self.renderer.closure_digest(page.template)[:16]}.{context[:16]}"

    def _read(self, slug: str, paths: tuple[str, ...]) -> tuple[Loader, Audience | None, str]:
        """An audience from its files, and the digest of what they held."""
        loader = Loader(self.recipe.content, self.recipe.calendar)
        audience = loader.load_audience(slug, paths, self.recipe.words)
        source = self.recipe.content.digest_group(paths)
        if audience:
            while len(self.audiences) >= KEPT:
                self.audiences.pop(next(iter(self.audiences)))
            self.audiences[slug] = audience, source
        return loader, audience, source


def open_workshop(recipe: Recipe) -> Workshop:
    """The workshop of a recipe in this process. A copy of a process opens its own: folders are not to be shared."""
    return _open_workshop(recipe, os.getpid())


@lru_cache(maxsize=2)
def _open_workshop(recipe: Recipe, process: int) -> Workshop:
    return Workshop(recipe)


def load_batch(recipe: Recipe, jobs: list[LoadJob]) -> list[Loaded]:
    """Loads audiences; what an executor calls."""
    return [open_workshop(recipe).load(job) for job in jobs]


def make_batch(recipe: Recipe, jobs: list[MakeJob]) -> list[Made]:
    """Makes the pages of audiences; what an executor calls."""
    return [open_workshop(recipe).make(job) for job in jobs]
