"""What can be wrong between the files of a site. Each check is given the whole site, and says what it finds."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import unquote

from generator.audit.built_site import BuiltSite, PageSummary, Source
from generator.audit.links import UrlReference
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, error_at, suggest, warning_at

# HTML, styles and scripts of a page, compressed: what a cheap phone on a slow connection shows within five seconds.
# (Alex Russell, "Can You Afford It? Real-world Web Performance Budgets", without his share for fonts and images.)
WEIGHT_BUDGET = 130_000
# Of larger sites, names are not searched for the one that was probably meant.
MAX_SUGGESTED = 2000
# What browsers find on every page: its top, a passage of its text, and what scripts keep in an address.
ANY_PAGE = re.compile(r"top$|:~:|[/!]", re.IGNORECASE)


def check_links(site: BuiltSite) -> Iterator[Diagnostic]:
    """Every address within the site leads to a file, and to an element of it where it names one."""
    explain = lru_cache(maxsize=None)(lambda address: _suggest_address(site, address))
    for source in site.sources:
        for link in source.links:
            address = site.resolve(source, link.target)
            if address is None or (address.startswith("..") and link.tag == "meta"):
                continue
            path = site.find_file(address)
            if address.startswith(".."):
                yield _report_outside(site, source, link)
            elif path is None and not site.is_redirected(address):
                code, what = ("missing-file", "file") if link.loads else ("broken-link", "page or file")
                message = f"there is no {what} at '{link.target}'."
                yield error_at(code, source.path, link.position, message, explain(address))
            elif path in site.pages and not _has_target(site.pages[path], link):
                message = f"the page of '{link.target}' has no element with that id."
                fragment = unquote(link.target.partition("#")[2])
                hint = suggest(fragment, site.pages[path].ids)
                yield error_at("broken-fragment", source.path, link.position, message, hint)


def check_requests(site: BuiltSite) -> Iterator[Diagnostic]:
    """Pages load nothing from other sites, which would learn of each visit, and on which the page would depend."""
    for source in site.sources:
        for link in source.links:
            if link.loads and re.match("(https?:)?//", link.target) and site.resolve(source, link.target) is None:
                message = f"this loads {link.target} from another site."
                hint = "Serve the file from this one, or make sure that visitors may know."
                yield warning_at("third-party-request", source.path, link.position, message, hint)


def check_titles(site: BuiltSite) -> Iterator[Diagnostic]:
    """Titles tell pages apart."""
    yield from _check_unique("title", [(page, page.title) for page in site.pages.values()])


def check_descriptions(site: BuiltSite) -> Iterator[Diagnostic]:
    """Descriptions tell pages apart."""
    yield from _check_unique("description", [(page, page.description) for page in site.pages.values()])


def check_weight(site: BuiltSite) -> Iterator[Diagnostic]:
    """HTML, styles and scripts of a page together are not too much for a cheap phone."""
    for page in site.pages.values():
        addresses = {site.resolve(page.source, link.target) for link in page.source.links if link.loads}
        files = {site.find_file(address) for address in addresses if address is not None}
        size = page.size + sum(site.sizes.get(path, 0) for path in files if path)
        if size > WEIGHT_BUDGET:
            message = f"the page weighs {size // 1000} kB with its styles and scripts, compressed."
            hint = f"Bring it below {WEIGHT_BUDGET // 1000} kB."
            yield warning_at("heavy-page", page.path, WHOLE_FILE, message, hint)


def _report_outside(site: BuiltSite, source: Source, link: UrlReference) -> Diagnostic:
    message = f"'{link.target}' leads out of the site"
    message += f", which begins at '{site.base_path}'." if site.base_path != "/" else "."
    hint = (
        "Make the link relative to its page." if link.target.startswith("/") else "Correct the number of '../' in it."
    )
    return error_at("link-outside-site", source.path, link.position, message, hint)


def _has_target(page: PageSummary, link: UrlReference) -> bool:
    """Whether the element that a link names is there. What is hidden is shown by a script, which may add it."""
    fragment = link.target.partition("#")[2]
    return not fragment or link.hidden or bool(ANY_PAGE.match(fragment)) or unquote(fragment) in page.ids


def _suggest_address(site: BuiltSite, address: str) -> str:
    """The address that was probably meant."""
    known = site.files if len(site.files) <= MAX_SUGGESTED else ()
    names = [re.sub(r"(^|/)index\.html$", r"\1", path) for path in known]
    hint = suggest(address, [name for name in names if name])
    return hint if hint.startswith("Did") else "Correct the address, or add what it leads to."


def _check_unique(what: str, texts: Sequence[tuple[PageSummary, str]]) -> Iterator[Diagnostic]:
    """A warning for each page with the text of one before. What search engines do not list may look like another."""
    first: dict[str, str] = {}
    for page, text in texts:
        if not text or not page.indexed:
            continue
        if text in first:
            message = f"the page has the {what} of {first[text]}: '{text}'."
            yield warning_at(f"{what}-not-unique", page.path, WHOLE_FILE, message, f"Give each page its own {what}.")
        first.setdefault(text, page.path)
