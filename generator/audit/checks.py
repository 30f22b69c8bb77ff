"""Every check of a built site, and how they are run. A new one is a function in a list."""

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup

from generator.audit import page_checks, site_checks
from generator.audit.built_site import BuiltSite, PageSummary, Source
from generator.audit.links import find_links
from generator.audit.reading import SiteReader
from generator.diagnostics.diagnostic import CONTROL, WHOLE_FILE, Diagnostic, error_at, sort_diagnostics

PageCheck = Callable[[str, BeautifulSoup], Iterator[Diagnostic]]
SiteCheck = Callable[[BuiltSite], Iterator[Diagnostic]]

# The checks of a page by itself, which are given its path and its elements ...
PAGE_CHECKS: tuple[PageCheck, ...] = (
    page_checks.check_language,
    page_checks.check_title,
    page_checks.check_description,
    page_checks.check_viewport,
    page_checks.check_canonical,
    page_checks.check_headings,
    page_checks.check_ids,
    page_checks.check_references,
    page_checks.check_images,
    page_checks.check_tables,
)
# ... and those that need all files of the site.
SITE_CHECKS: tuple[SiteCheck, ...] = (
    site_checks.check_links,
    site_checks.check_requests,
    site_checks.check_titles,
    site_checks.check_descriptions,
    site_checks.check_weight,
)
# The same thing on more pages than this is told once: it stands in what they have in common.
MAX_REPEATED = 3


class Audit(NamedTuple):
    """How many pages were checked, and what is wrong with them: errors first, then by place."""

    pages: int
    problems: list[Diagnostic]


def audit_site(root: Path, name: str = "", base_url: str | None = None) -> Audit:
    """Checks the site in the folder `root`, which reports call `name`. Whatever is in it, nothing is raised.

    `base_url` is the address of its front page; without it, what the pages' canonical links say. Links that begin
    with a slash are held against its path.
    """
    reader = SiteReader(root)
    files = reader.list_files()
    pages, problems = [], []
    for path in files:
        if path.lower().endswith((".html", ".htm")) and (read := reader.read_page(path)):
            soup, size = read
            page = summarise_page(path, soup, size)
            pages.append(page)
            if not page_checks.is_redirect(soup):
                problems += [problem for check in PAGE_CHECKS for problem in check(path, soup)]
        elif path.lower().endswith((".js", ".mjs")):
            reader.measure_script(path)
    styles = [reader.read_style(path) for path in files if path.lower().endswith(".css")]
    site = BuiltSite(files, pages, styles, reader.sizes, reader.read_redirects(files), base_url)
    problems += [problem for check in SITE_CHECKS for problem in check(site)]
    if not pages:
        hint = "Name the folder that a generator has written a site into."
        problems.append(error_at("no-pages", ".", WHOLE_FILE, "there is no page in this folder.", hint))
    return Audit(len(pages), sort_diagnostics(_tidy(problem, name) for problem in (*reader.problems, *problems)))


def summarise_page(path: str, soup: BeautifulSoup, size: int) -> PageSummary:
    """What the checks of the whole site have to know of a page."""
    base, canonical = soup.find("base", href=True), soup.find("link", rel="canonical", href=True)
    source = Source(path, tuple(find_links(soup)), str(base["href"]) if base else "")
    named = (*soup.find_all(id=True), *soup.find_all("a", attrs={"name": True}))
    return PageSummary(
        source,
        title=page_checks.find_title(soup),
        description=page_checks.find_meta(soup, "description"),
        canonical=str(canonical["href"]) if canonical else "",
        indexed=page_checks.is_indexed(soup) and not page_checks.is_redirect(soup),
        ids=frozenset(str(tag.get("id") or tag.get("name", "")) for tag in named),
        size=size,
    )


def fold_repeats(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """For people: the same thing on many pages only once, with their number."""
    groups: dict[tuple[str, str], list[Diagnostic]] = defaultdict(list)
    for problem in problems:
        groups[problem.code, problem.message].append(problem)
    folded: list[Diagnostic] = []
    for first, *others in groups.values():
        if len(others) < MAX_REPEATED:
            folded += [first, *others]
        else:
            folded.append(first._replace(hint=f"{first.hint} (And {len(others)} times more.)".strip()))
    return sort_diagnostics(folded)


def _tidy(problem: Diagnostic, name: str) -> Diagnostic:
    """A diagnostic with the folder before its path, and without what would spoil a report: it may be of anybody's."""
    path, message, hint = (
        CONTROL.sub("\ufffd", " ".join(text.split())) for text in (problem.path, problem.message, problem.hint)
    )
    return problem._replace(path=posixpath.normpath(posixpath.join(name, path)), message=message, hint=hint)
