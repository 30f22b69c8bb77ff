"""Checks a built site: each page by itself, then what is wrong between its files."""

import gzip
import posixpath
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from bs4 import BeautifulSoup

from generator.audit.built_site import BuiltFile, BuiltSite, PageSummary, read_redirects
from generator.audit.links import find_links, find_style_links
from generator.audit.page_checks import DESCRIPTION, TITLE, UNLISTED, check_page
from generator.audit.reader import decode, list_files, parse, read_bytes
from generator.diagnostics.diagnostic import (
    CONTROL,
    WHOLE_FILE,
    Diagnostic,
    SiteError,
    error_at,
    fold,
    sort_diagnostics,
    suggest,
    warning_at,
)

# HTML, styles and scripts of a page, compressed: what a cheap phone on a slow connection shows within five seconds.
# (Alex Russell, "Can You Afford It? Real-world Web Performance Budgets", without his share for fonts and images.)
WEIGHT_BUDGET = 130_000
# Of larger sites, names are not searched for the one that was probably meant.
MAX_SUGGESTED = 2000
# What browsers find on every page: its top, a passage of its text, and what scripts keep in an address.
ANY_PAGE = re.compile(r"$|top$|:~:|[/!]", re.IGNORECASE)


class Audit(NamedTuple):
    """How many pages were checked, and what is wrong with them: errors first, then by place."""

    pages: int
    problems: list[Diagnostic]


def audit_site(root: Path, name: str = "", base_url: str | None = None, weight_budget: int = WEIGHT_BUDGET) -> Audit:
    """Checks the site in the folder `root`, which reports call `name`. Whatever is in it, nothing is raised.

    `base_url` is the address of its front page; without it, what the pages' canonical links say. Links that begin
    with a slash are held against its path.
    """
    paths, problems = list_files(root)
    files: list[BuiltFile] = []
    redirects: list[str] = []
    for path in paths:
        file = BuiltFile(path)
        try:
            if path == "_redirects":
                redirects = read_redirects(decode(path, read_bytes(root, path)))
            elif path.lower().endswith((".html", ".htm", ".css", ".js", ".mjs")):
                file, found = check_file(path, read_bytes(root, path))
                problems += found
        except SiteError as error:
            problems += error.diagnostics
        files.append(file)
    site = BuiltSite(files, redirects, base_url)
    problems += [*check_links(site), *check_uniqueness(site), *check_weight(site, weight_budget)]
    pages = sum(file.page is not None for file in files)
    if not pages:
        hint = "Name the folder that a generator has written a site into."
        problems.append(error_at("no-pages", ".", WHOLE_FILE, "there is no page in this folder.", hint))
    return Audit(pages, sort_diagnostics(_clean(problem, name) for problem in problems))


def check_file(path: str, data: bytes) -> tuple[BuiltFile, list[Diagnostic]]:
    """A page, a style sheet or a script, and what is wrong with it by itself. Raises `SiteError` if it is no such."""
    file = BuiltFile(path, size=len(gzip.compress(data, mtime=0)))
    if path.lower().endswith(".css"):
        return file._replace(links=tuple(find_style_links(decode(path, data)))), []
    soup = parse(path, data) if path.lower().endswith((".html", ".htm")) else None
    if not soup:
        return file, []
    return file._replace(links=tuple(find_links(soup)), page=summarise_page(soup)), list(check_page(path, soup))


def summarise_page(soup: BeautifulSoup) -> PageSummary:
    """What the checks of the whole site have to know of a page."""
    base, canonical = soup.select_one("base[href]"), soup.select_one("link[rel~=canonical][href]")
    title, description = soup.select_one(TITLE), soup.select_one(DESCRIPTION)
    listed = {
        "title": title.get_text(" ", strip=True) if title else "",
        "description": str(description["content"]) if description else "",
    }
    return PageSummary(
        base=str(base["href"]) if base else "",
        canonical=str(canonical["href"]) if canonical else "",
        ids=frozenset(str(tag.get("id") or tag.get("name")) for tag in (*soup(id=True), *soup("a", {"name": True}))),
        listed={} if soup.select_one(UNLISTED) else listed,
    )


def check_links(site: BuiltSite) -> Iterator[Diagnostic]:
    """An address within the site leads to a file, and to an element of it where it names one.

    Nothing is loaded from other sites, which would learn of each visit, and on which the page would depend.
    """

    @cache
    def suggest_address(address: str) -> str:
        """The address that was probably meant."""
        known = site.files.values() if len(site.files) <= MAX_SUGGESTED else ()
        hint = suggest(address, [file.address for file in known if file.address])
        return hint if hint.startswith("Did") else "Correct the address, or add what it leads to."

    for source in site.files.values():
        for link in source.links:
            address = site.resolve(source, link.target)
            if address is None:
                if link.loads and re.match("(https?:)?//", link.target):
                    message = f"this loads {link.target} from another site."
                    hint = "Serve the file from this one, or make sure that visitors may know."
                    yield warning_at("third-party-request", source.path, link.position, message, hint)
            elif address.startswith(".."):
                message = f"'{link.target}' leads out of the site, which begins at '{site.base_path}'."
                hint = "Make the link relative to its page, with as many '../' as are right."
                yield error_at("link-outside-site", source.path, link.position, message, hint)
            elif not (file := site.find_file(address)):
                if not site.is_redirected(address):
                    code, what = ("missing-file", "file") if link.loads else ("broken-link", "page or file")
                    message = f"there is no {what} at '{link.target}'."
                    yield error_at(code, source.path, link.position, message, suggest_address(address))
            # What is hidden is shown by a script, which may add the element too.
            elif file.page and not link.hidden:
                fragment = link.target.partition("#")[2]
                if not ANY_PAGE.match(fragment) and unquote(fragment) not in file.page.ids:
                    message = f"the page of '{link.target}' has no element with that id."
                    hint = suggest(unquote(fragment), file.page.ids)
                    yield error_at("broken-fragment", source.path, link.position, message, hint)


def check_uniqueness(site: BuiltSite) -> Iterator[Diagnostic]:
    """Titles and descriptions tell pages apart. What search engines do not list may look like another page."""
    first: dict[tuple[str, str], str] = {}
    for file in site.files.values():
        for what, text in file.page.listed.items() if file.page else ():
            other = first.setdefault((what, text), file.path)
            if text and other != file.path:
                message = f"the page has the {what} of {other}: '{text}'."
                hint = f"Give each page its own {what}."
                yield warning_at(f"{what}-not-unique", file.path, WHOLE_FILE, message, hint)


def check_weight(site: BuiltSite, budget: int) -> Iterator[Diagnostic]:
    """HTML, styles and scripts of a page together are not too much for a cheap phone."""
    for page in site.files.values():
        addresses = {site.resolve(page, link.target) for link in page.links if link.loads}
        loaded = [site.find_file(address) for address in addresses if address is not None]
        sizes = {file.path: file.size for file in (page, *loaded) if file}
        size = sum(sizes.values())
        if page.page and size > budget:
            message = f"the page weighs {size // 1000} kB with its styles and scripts, compressed."
            hint = f"Bring it below {budget // 1000} kB."
            yield warning_at("heavy-page", page.path, WHOLE_FILE, message, hint)


def fold_repeats(problems: Iterable[Diagnostic]) -> list[Diagnostic]:
    """For people: the same thing on many pages only once, with their number. It stands in what they have in common."""
    return fold(problems, lambda problem: (problem.code, problem.message), "And {} times more.")


def _clean(problem: Diagnostic, name: str) -> Diagnostic:
    """A diagnostic with the folder before its path, and without control characters that its page may have."""
    path, message, hint = (
        CONTROL.sub("\ufffd", " ".join(text.split())) for text in (problem.path, problem.message, problem.hint)
    )
    return problem._replace(path=posixpath.normpath(posixpath.join(name, path)), message=message, hint=hint)
