"""Everything that is wrong with a site that is well formed file by file: broken promises, dead links, lost HTML."""

from collections.abc import Collection, Iterator

from msgspec import structs

from generator.content.kinds import KINDS_BY_NAME
from generator.content.link_check import check_fields, check_text, find_suspects
from generator.content.model import Audience, ContentFile, Site
from generator.content.routes import audience_file, level_file
from generator.content.rules import check_audience, check_site
from generator.diagnostics.diagnostic import Diagnostic
from generator.formats.markup import Markup
from generator.i18n.conventions import Conventions


def find_site_problems(
    site: Site, conventions: Conventions, routes: Collection[str], markup: Markup, complete: bool = True
) -> Iterator[Diagnostic]:
    """What is wrong with everything but the audiences. `complete`: every audience could be loaded."""
    yield from check_site(site, conventions, complete)
    for file in site.files.values():
        yield from _check_file(file, routes, markup)


def find_audience_problems(
    site: Site, audience: Audience, routes: Collection[str], markup: Markup
) -> Iterator[Diagnostic]:
    """What is wrong with one audience."""
    yield from check_audience(site, audience)
    if audience.quiz:
        from generator.content.quiz_rules import check_quiz  # most audiences of a large site have none

        yield from check_quiz(site, audience)
    head = structs.replace(audience, levels=(), files=())
    yield from check_fields(head, KINDS_BY_NAME["audience"], audience_file(audience), routes, markup)
    for level in audience.levels:
        yield from check_fields(level, KINDS_BY_NAME["level"], level_file(audience, level), routes, markup)
    for file in audience.files:
        yield from _check_file(file, routes, markup)


def _check_file(file: ContentFile, routes: Collection[str], markup: Markup) -> Iterator[Diagnostic]:
    yield from check_fields(file.fields, file.kind, file.path, routes, markup)
    for keys, text in find_suspects({"body": file.body}):
        yield from check_text(text, keys, True, file.path, routes, markup)
