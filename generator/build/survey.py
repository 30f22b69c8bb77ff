"""What there is to build: the site, and of each audience what others need to know of it.

An audience whose files are as they were is taken from the ledger of the last build, unread.
"""

import os
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from functools import lru_cache
from typing import NamedTuple

from msgspec import structs

from generator.build.crew import Crew
from generator.build.stopwatch import Stopwatch
from generator.build.store import Ledger, Record, Store
from generator.build.workshop import LoadJob, Recipe, load_batch, open_workshop
from generator.content.body_sections import SECTIONS
from generator.content.checks import find_audience_problems, find_site_problems
from generator.content.content_files import ContentPaths, find_content_files
from generator.content.loader import Calendar, Loader, sort_audiences
from generator.content.model import Audience, Site
from generator.content.routes import known_routes
from generator.diagnostics.diagnostic import Diagnostic, SiteError, error_at, has_errors, sort_problems
from generator.files.fingerprint import digest_bytes
from generator.files.tree import Folder
from generator.formats.document import locate
from generator.formats.markup import Markup
from generator.i18n.language import Language, Words
from generator.i18n.words import load_words

# Is told what is being done, how much of it was done, and how much there is.
Progress = Callable[[str, int, int], None]
FILES = "files read"


class Survey(NamedTuple):
    """A site without its audiences, and what is known of them. `problems` may hold errors.

    `records` has the audiences that could be loaded, by folder; `recipe` is what they were loaded with.
    """

    site: Site
    words: Words
    listing: ContentPaths
    records: MutableMapping[str, Record]
    addresses: frozenset[str]
    dated: bool
    recipe: Recipe
    problems: list[Diagnostic]

    @property
    def slugs(self) -> list[str]:
        """The audiences that are live, in the site's order."""
        return [audience.slug for audience in self.site.audiences]


class Content(NamedTuple):
    """A site and its audiences, in the site's order."""

    site: Site
    audiences: list[Audience]


def load_content(content: Folder, layouts: Folder, calendar: Calendar) -> tuple[Content, list[Diagnostic]]:
    """The whole site in memory, and the warnings about it. Raises `SiteError` where there is an error."""
    survey = survey_content(content, layouts, calendar, Ledger(), None, Crew())
    audiences = list(open_audiences(survey, survey.slugs))
    problems = sort_problems([*survey.problems, *check_audiences(survey, audiences)])
    if has_errors(problems):
        raise SiteError(problems)
    return Content(survey.site, audiences), problems


def survey_content(
    content: Folder,
    layouts: Folder,
    calendar: Calendar,
    ledger: Ledger,
    store: Store | None,
    crew: Crew,
    watch: Stopwatch | None = None,
    progress: Progress | None = None,
) -> Survey:
    """Loads the site and what is new of its audiences."""
    loader = Loader(content, calendar)
    words, problems = load_words(layouts, content)
    listing, odd = find_content_files(content)
    site = loader.load_site(listing, words)
    recipe = Recipe(os.urandom(8).hex(), content, layouts, words, calendar, store)
    records, failures = _load_audiences(recipe, listing, ledger, crew, watch or Stopwatch(), progress)
    problems += [*odd, *loader.problems, *failures]
    summaries = sort_audiences(record.summary for record in records.values() if record.summary)
    site = structs.replace(site, audiences=summaries)
    problems += _check_language(site, content)
    addresses = known_routes(site, listing, listing.audiences.keys() - records.keys())
    faults = find_site_problems(site, addresses, Markup(), complete=not failures)
    problems += [locate(content, fault) for fault in faults]
    dated = loader.dated or any(record.dated for record in records.values())
    return Survey(site, words, listing, records, addresses, dated, recipe, problems)


def open_audiences(survey: Survey, slugs: Iterable[str]) -> Iterator[Audience]:
    """Those audiences in full, one after the other."""
    workshop = open_workshop(survey.recipe)
    return (workshop.open_audience(slug, survey.listing.audiences[slug]) for slug in slugs)


def check_audiences(survey: Survey, audiences: Iterable[Audience]) -> list[Diagnostic]:
    """The problems of those audiences."""
    markup = Markup()
    return [
        locate(survey.recipe.content, fault)
        for audience in audiences
        for fault in find_audience_problems(survey.site, audience, survey.addresses, markup)
    ]


def _load_audiences(
    recipe: Recipe, listing: ContentPaths, ledger: Ledger, crew: Crew, watch: Stopwatch, progress: Progress | None
) -> tuple[MutableMapping[str, Record], list[Diagnostic]]:
    """What is known of each audience: from the ledger where its files are as they were, else loaded."""
    records = ledger.records
    new: dict[str, int] = {}
    for slug in records.keys() - listing.audiences.keys():
        del records[slug]
    for slug, paths in listing.audiences.items():
        known = records.get(slug)
        if not known or known.files != digest_files(recipe, paths, known.dated):
            records.pop(slug, None)
            new[slug] = len(paths)
    problems: list[Diagnostic] = []
    watch.lap("load")
    jobs = (LoadJob(slug, listing.audiences[slug]) for slug in new)
    done, total = 0, sum(new.values())
    if progress and total:
        progress(FILES, done, total)
    for loaded in crew.run(load_batch, recipe, jobs, len(new), total):
        watch.add(loaded.seconds)
        done += len(loaded.digests)
        if progress:
            progress(FILES, done, total)
        recipe.content.learn(listing.audiences[loaded.record.slug], loaded.digests)
        problems += loaded.problems
        if not loaded.problems:
            record = loaded.record
            record.files = digest_files(recipe, listing.audiences[record.slug], record.dated)
            records[record.slug] = record
    return records, problems


def digest_files(recipe: Recipe, paths: tuple[str, ...], dated: bool) -> str:
    """A digest of all that loading an audience depends on: its files, words for sections, and the day."""
    words = "\0".join([str(recipe.words.get(key)) for key in SECTIONS])
    day = str(recipe.calendar.today) if dated else ""
    common = _digest_common(words, day, recipe.calendar.drafts)
    return f"{common}.{recipe.content.digest_group(paths)}"


@lru_cache(maxsize=4)
def _digest_common(words: str, day: str, drafts: bool) -> str:
    return digest_bytes(f"{words}\0{day}\0{drafts}".encode())


def _check_language(site: Site, content: Folder) -> list[Diagnostic]:
    try:
        Language(site.settings.language, site.words)
    except ValueError as error:
        return [
            locate(
                content,
                error_at("unknown-language", "site.yaml", ("language",), f"{error}.", "Known: en, de, fr-CA, ar, ..."),
            )
        ]
    return []
