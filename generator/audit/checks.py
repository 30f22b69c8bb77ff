"""Reads a built site and knows nothing else: dead links, headings, metadata, tables, requests, weight.

What it reads is the HTML a visitor gets, so it finds what no check of the sources can: a template that
lost a heading, a link that resolves to nothing from the page it stands on.
"""

import gzip
import posixpath
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, error_at

# Compressed bytes that a page may weigh with its styles and scripts, fonts and pictures aside.
BUDGET = 40_000
EXTERNAL = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)")
LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src"}
STYLED_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)")


class Read(NamedTuple):
    """A page as it was read: its path in the folder, its address below the top, its elements, its size."""

    path: str
    address: str
    soup: BeautifulSoup
    ids: frozenset[str]
    size: int


def audit_site(root: Path, base_path: str = "/", exempt: tuple[str, ...] = ("admin/",)) -> list[Diagnostic]:
    """Everything that is wrong with the site in `root`, which is served at `base_path`.

    Pages below an `exempt` address are tools of other makers and are not read.
    """
    files = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.html"))
    pages = {path: _read(root, path) for path in files if not path.startswith(exempt)}
    problems: list[Diagnostic] = []
    for page in pages.values():
        for check in (check_head, check_headings, check_ids, check_requests, check_tables, check_pictures):
            problems += [error_at("?", page.path, WHOLE_FILE, message) for message in check(page)]
        problems += [
            error_at("?", page.path, WHOLE_FILE, message) for message in check_links(page, pages, root, base_path)
        ]
        problems += [error_at("?", page.path, WHOLE_FILE, message) for message in check_weight(page, root, base_path)]
    problems += check_unique(pages)
    problems += check_styles(root)
    return problems


def _read(root: Path, path: str) -> Read:
    data = (root / path).read_bytes()
    soup = BeautifulSoup(data, "html.parser")
    ids = frozenset(str(tag["id"]) for tag in soup.find_all(id=True))
    return Read(path, path.removesuffix("index.html"), soup, ids, len(gzip.compress(data)))


def check_head(page: Read) -> Iterator[str]:
    """A page says what it is, in which language, and how it is to be found."""
    html = page.soup.find("html")
    if not isinstance(html, Tag) or not html.get("lang") or html.get("dir") not in ("ltr", "rtl"):
        yield "the html element has no lang, or no dir."
    if not page.soup.title or not page.soup.title.get_text(strip=True):
        yield "the page has no title."
    if not _meta(page, "description"):
        yield "the page has no description."
    if not _meta(page, "viewport"):
        yield "the page has no viewport for phones."
    canonical = page.soup.find("link", rel="canonical")
    if isinstance(canonical, Tag) and not re.fullmatch(r"https?://[^?#]+/", str(canonical.get("href"))):
        yield f"the canonical address '{canonical.get('href')}' is not absolute, or does not end in a slash."


def check_headings(page: Read) -> Iterator[str]:
    """One first heading, and none that skips a rank, so that a page can be heard as an outline."""
    ranks = [int(tag.name[1]) for tag in page.soup.find_all(re.compile(r"^h[1-6]$"))]
    if ranks.count(1) != 1:
        yield f"the page has {ranks.count(1)} first headings (h1), not one."
    for before, after in pairwise(ranks):
        if after > before + 1:
            yield f"a heading h{after} follows an h{before}."


def check_ids(page: Read) -> Iterator[str]:
    found = [str(tag["id"]) for tag in page.soup.find_all(id=True)]
    for name in sorted({name for name in found if found.count(name) > 1}):
        yield f"the id '{name}' is there {found.count(name)} times."
    for name in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
        for tag in page.soup.select(f"[{name}]"):
            value = tag[name]
            for target in value.split() if isinstance(value, str) else value:
                if target not in page.ids:
                    yield f"{name}='{target}' leads to no element."


def check_requests(page: Read) -> Iterator[str]:
    """No page loads anything from elsewhere."""
    for name, attribute in LOADS.items():
        for tag in page.soup.find_all(name, attrs={attribute: EXTERNAL}):
            if not str(tag[attribute]).startswith("data:"):
                yield f"it loads {tag[attribute]} from elsewhere."
    for tag in page.soup.find_all("link", href=EXTERNAL):
        if not {"canonical", "alternate", "me"} & set(tag.get("rel") or ()):
            yield f"it loads {tag['href']} from elsewhere."


def check_tables(page: Read) -> Iterator[str]:
    """A table that a screen reader can tell: a caption, and headers that say what they head."""
    for table in page.soup.find_all("table"):
        if not table.find("caption"):
            yield "a table has no caption."
        for cell in table.find_all("th"):
            if cell.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
                yield f"the table header '{cell.get_text(strip=True)[:30]}' has no scope."


def check_pictures(page: Read) -> Iterator[str]:
    for tag in page.soup.find_all("img", attrs={"alt": False}):
        yield f"the picture '{tag.get('src')}' has no alt."
    for tag in page.soup.find_all("svg"):
        named = tag.get("aria-label") or tag.get("aria-labelledby") or tag.find("a", attrs={"aria-label": True})
        if tag.get("aria-hidden") != "true" and not named:
            yield "a drawing has no name, and is not hidden from screen readers."


def check_links(page: Read, pages: dict[str, Read], root: Path, base_path: str) -> Iterator[str]:
    """Every link within the site leads to a file, and to an element where it names one."""
    found = {
        (str(tag[name]), tag.find_parent(hidden=True) is None)
        for name in ("href", "src")
        for tag in page.soup.select(f"[{name}]")
    }
    for target, shown in sorted(found):
        if EXTERNAL.match(target):
            continue
        parts = urlsplit(target)
        path = resolve(page.address, unquote(parts.path), base_path)
        if path is None or not (root / path).is_file():
            yield f"the link '{target}' leads nowhere."
        # What is hidden is shown by a script, which knows what to do with its fragment.
        elif shown and parts.fragment and path in pages and unquote(parts.fragment) not in pages[path].ids:
            yield f"the link '{target}' leads to no element of that page."


def resolve(address: str, target: str, base_path: str = "/") -> str | None:
    """The file below the top that a link from the page at `address` leads to; None where it leads out."""
    if not target:
        return f"{address}index.html" if address.endswith("/") or not address else address
    if target.startswith("/"):
        if not f"{target}/".startswith(base_path):
            return None
        target = "./" + target[len(base_path) :]
        address = ""
    inside = posixpath.normpath(posixpath.join(posixpath.dirname(address), target))
    if inside.startswith(".."):
        return None
    return posixpath.join(inside, "index.html") if target.endswith(("/", ".")) else inside


def check_weight(page: Read, root: Path, base_path: str) -> Iterator[str]:
    """HTML, styles and scripts together, compressed, stay within the budget of a slow phone."""
    files = {str(tag["href"]) for tag in page.soup.find_all("link", rel="stylesheet")}
    files |= {str(tag["src"]) for tag in page.soup.find_all("script", src=True)}
    size = page.size
    for target in files:
        path = None if EXTERNAL.match(target) else resolve(page.address, target, base_path)
        if path and (root / path).is_file():
            size += len(gzip.compress((root / path).read_bytes()))
    if size > BUDGET:
        yield f"it weighs {size} bytes compressed, of {BUDGET} that it may."


def check_unique(pages: dict[str, Read]) -> list[Diagnostic]:
    """Titles and descriptions tell pages apart."""
    problems = []
    for what, read in (("title", _title), ("description", lambda page: _meta(page, "description"))):
        seen: dict[str, str] = {}
        for page in pages.values():
            text = read(page)
            if text and text in seen:
                problems.append(error_at("?", page.path, WHOLE_FILE, f"it has the {what} of {seen[text]}: '{text}'."))
            seen.setdefault(text, page.path)
    return problems


def check_styles(root: Path) -> list[Diagnostic]:
    """Styles load fonts and pictures that exist, from the site itself."""
    problems = []
    for path in sorted(root.rglob("*.css")):
        name = path.relative_to(root).as_posix()
        for target in STYLED_URL.findall(path.read_text(encoding="utf-8")):
            if target.startswith(("data:", "#")):
                continue
            if EXTERNAL.match(target):
                problems.append(error_at("?", name, WHOLE_FILE, f"it loads {target} from elsewhere."))
            elif not (path.parent / target).is_file():
                problems.append(error_at("?", name, WHOLE_FILE, f"there is no file '{target}'."))
    return problems


def _title(page: Read) -> str:
    return page.soup.title.get_text(strip=True) if page.soup.title else ""


def _meta(page: Read, name: str) -> str:
    tag = page.soup.find("meta", attrs={"name": name})
    return str(tag.get("content", "")).strip() if isinstance(tag, Tag) else ""
