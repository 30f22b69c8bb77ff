"""The last stages before publishing: pages are planned, and those that are out of date are rendered into the staging
place.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from msgspec import json

from generator.build.load import LoadedSite
from generator.build.manifest import Entries, Entry
from generator.build.output import stage
from generator.build.staleness import TEMPLATE_CHANGED, find_reason
from generator.content.model import Site
from generator.diagnostics.diagnostic import Diagnostic, SiteError
from generator.files.fingerprint import digest_bytes
from generator.files.tree import Tree
from generator.i18n.conventions import Conventions
from generator.pages.layout_context import shared_context
from generator.pages.page import Page, PageFactory, view_for_audiences, withdraw_links
from generator.pages.pictures import Variant
from generator.pages.planner import plan_audience
from generator.pages.target import Target
from generator.rendering.templates import Renderer


class RenderTask(NamedTuple):
    """An owner of pages: what the manifest says of them, which files are still that, and the links to leave out."""

    slug: str
    known: Entries
    intact: frozenset[str]
    withdrawn: frozenset[str]


class RenderResult(NamedTuple):
    """What came of a task: all files with what they are made from, and why those that were rendered had to be;
    the pictures and files that are `missing` are made later."""

    slug: str
    entries: Entries
    reasons: dict[str, str]
    diagnostics: list[Diagnostic]
    missing: dict[str, Variant]


class RenderSettings(NamedTuple):
    """What pages are rendered with. `staging` is where rendered files go, `output_name` what reports call their folder,
    `bytecode` the folder of compiled templates, and `known_templates` are the digests of the last build.
    """

    site: Site
    layouts: Tree
    target: Target
    program: str = ""
    staging: str = ""
    output_name: str = ""
    bytecode: str | None = None
    known_templates: Mapping[str, str] = {}
    conventions: Conventions | None = None


class SiteRenderer:
    """Renders pages of a site that has been checked. A copy in another process makes its own environment."""

    def __init__(self, settings: RenderSettings) -> None:
        self.settings = settings

    def __reduce__(self) -> tuple[type["SiteRenderer"], tuple[RenderSettings]]:
        return SiteRenderer, (self.settings,)

    @cached_property
    def factory(self) -> PageFactory:
        """For pages about the whole site."""
        return PageFactory(self.settings.site, self.settings.target, self.settings.conventions)

    @cached_property
    def audience_factory(self) -> PageFactory:
        """For the pages of an audience: where there are many audiences, these know nothing of each other."""
        return PageFactory(view_for_audiences(self.settings.site), self.settings.target, self.settings.conventions)

    @cached_property
    def renderer(self) -> Renderer:
        shared = shared_context(self.settings.site, self.settings.target, self.factory.language)
        return Renderer(self.settings.layouts, shared, self.settings.bytecode, self.settings.conventions)

    @cached_property
    def common(self) -> str:
        """A digest of what all pages share."""
        return digest_bytes(json.encode(self.renderer.shared) + self.settings.program.encode())[:16]

    def render(self, task: RenderTask, pages: Iterable[Page], files: Mapping[str, bytes] = {}) -> RenderResult:
        """Renders those pages that are out of date, and takes over files that need no rendering."""
        result = RenderResult(task.slug, {}, {}, [], {})
        shown: set[Variant] = set()
        for page in (withdraw_links(page, task.withdrawn) for page in pages):
            shown.update(self.factory.list_files(page))
            inputs = self.digest_page(page)
            reason = find_reason(page.path, inputs, task.known, task.intact)
            if reason is None:
                result.entries[page.path] = task.known[page.path]
                continue
            try:
                data = self.renderer.render(page).encode()
            except SiteError as error:
                result.diagnostics.extend(error.diagnostics)
                continue
            self.stage(page.path, data, inputs, self._explain(reason, page.template), result)
        for path, data in files.items():
            inputs = digest_bytes(data)
            reason = find_reason(path, inputs, task.known, task.intact)
            if reason is None:
                result.entries[path] = task.known[path]
            else:
                self.stage(path, data, inputs, reason, result)
        for variant in shown:
            path = variant.address
            if find_reason(path, variant.key, task.known, task.intact) is None:
                result.entries[path] = task.known[path]
            else:
                result.missing[path] = variant
        return result

    def stage(self, path: str, data: bytes, inputs: str, reason: str, result: RenderResult) -> None:
        stage(self.settings.staging, self.settings.output_name, path, data)
        result.entries[path] = Entry(inputs, digest_bytes(data))
        result.reasons[path] = reason

    def _explain(self, reason: str, template: str) -> str:
        if reason != TEMPLATE_CHANGED:
            return reason
        return f"{reason}: {', '.join(self.renderer.find_changed(template, self.settings.known_templates))}"

    def digest_page(self, page: Page) -> str:
        """Digests of all that a page is made from: what all pages share, its templates, its context."""
        context = digest_bytes(json.encode([page.template, page.context]))[:16]
        return f"{self.common}.{self.renderer.closure_digest(page.template)[:16]}.{context}"

    @cached_property
    def audience_inputs(self) -> str:
        """A digest of all that the pages of an audience depend on besides the audience itself."""
        site = view_for_audiences(self.settings.site)
        parts = [self.common, self.renderer.template_digests, site, list(self.settings.target._replace(history={}))]
        return digest_bytes(json.encode(parts))[:16]


class SharedContext(NamedTuple):
    """What workers are given to check and to render audiences."""

    content: Tree
    loaded: LoadedSite
    renderer: SiteRenderer


def render_audiences(context: SharedContext, tasks: Sequence[RenderTask]) -> list[RenderResult]:
    """Plans and renders the pages of some audiences; in a worker process, or in this one."""
    renderer, audiences = context.renderer, context.loaded.audiences
    return [renderer.render(task, plan_audience(renderer.audience_factory, audiences[task.slug])) for task in tasks]
