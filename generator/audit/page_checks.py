"""What can be wrong in a page by itself. Each check is given its elements, and says what it finds."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from babel import Locale, UnknownLocaleError
from bs4 import BeautifulSoup, Tag

from generator.audit.links import find_position_of, find_refresh
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, error_at, warning_at

LANGUAGE_TAG = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*")
NO_ZOOM = re.compile(r"user-scalable\s*=\s*(no|0)|maximum-scale\s*=\s*(0|1(\.0*)?)(?![\d.])")
HEADING = re.compile(r"h[1-6]")
SCOPES = ("col", "row", "colgroup", "rowgroup")
# Attributes that name other elements of their page by their ids.
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


def check_language(path: str, soup: BeautifulSoup) -> Iterator[Diagnostic]:
    """A page says in which language it is, so that it is read aloud, hyphenated and translated as it should be."""
    html = soup.html
    tag = str(html.get("lang", "")) if html else ""
    position = find_position_of(html) if html else WHOLE_FILE
    if not tag:
        hint = 'Add the language of the page: <html lang="en">.'
        yield error_at("missing-lang", path, position, "the html element has no lang.", hint)
    elif not LANGUAGE_TAG.fullmatch(tag):
        hint = "Write a tag such as 'en' or 'pt-BR'."
        yield error_at("unknown-language", path, position, f"lang='{tag}' is not a language tag.", hint)
    elif html and not html.get("dir") and _is_right_to_left(tag):
        message = f"'{tag}' is written from right to left, and the html element has no dir."
        yield error_at("missing-dir", path, position, message, 'Add dir="rtl" to it.')


def check_title(path: str, soup: BeautifulSoup) -> Iterator[Diagnostic]:
    """A page has one title, which tabs, bookmarks and search results show."""
    if not find_title(soup):
        yield error_at("missing-title", path, WHOLE_FILE, "the page has no title.", "Add a <title> to its head.")


def check_description(path: str, soup: BeautifulSoup) -> Iterator[Diagnostic]:
    """A page that search engines may list has a description for them to show."""
    if not find_meta(soup, "description") and is_indexed(soup):
        hint = 'Add <meta name="description" content="..."> to its head.'
        yield warning_at("missing-description", path, WHOLE_FILE, "the page has no description.", hint)


def check_viewport(path: str, soup: BeautifulSoup) -> Iterator[Diagnostic]:
    """Phones show a page in its own width, and let readers enlarge it."""
    content = find_meta(soup, "viewport")
    hint = 'Write <meta name="viewport" content="width=device-width, initial-scale=1">.'
    if not content:
        message = "the page has no viewport, so phones show it too small to be read."
        yield error_at("missing-viewport", path, WHOLE_FILE, message, hint)
    elif NO_ZOOM.search(content):
        yield warning_at("zoom-disabled", path, WHOLE_FILE, "the viewport keeps readers from enlarging the page.", hint)


def check_canonical(path: str, soup: BeautifulSoup) -> Iterator[Diagnostic]:
    """A page has one address under which search engines list it, written in full."""
    found = soup.find_all("link", rel="canonical")
    for tag in found:
        if not re.match(r"https?://[^/?#]", str(tag.get("href", ""))) or "#" in str(tag["href"]):
            message = f"the canonical address '{tag.get('href', '')}' is not a full address."
            hint = "Begin it with https://, and leave out what follows a '#'."
            yield error_at("relative-canonical", path, find_position_of(tag), message, hint)
    for tag in found[1:]:
        hint = "Keep one: search engines ignore two."
        yield error_at("two-canonicals", path, find_position_of(tag), "the page has another canonical address.", hint)


def check_headings(path: str, soup: BeautifulSoup) -> Iterator[Diagnostic]:
    """One first heading, and none that skips a rank, so that a page can be heard as an outline."""
    headings = soup.find_all(HEADING)
    first = [tag for tag in headings if tag.name == "h1"]
    if not first and not is_drawn_by_script(soup):
        yield error_at("missing-h1", path, WHOLE_FILE, "the page has no first heading (h1).", "Make its headline one.")
    for tag in first[1:]:
        yield warning_at("second-h1", path, find_position_of(tag), "the page has another h1.", "Make it an h2.")
    for before, after in pairwise(headings):
        if int(after.name[1]) > int(before.name[1]) + 1:
            message = f"an {after.name} follows an {before.name}."
            hint = f"Make it an h{int(before.name[1]) + 1}."
            yield warning_at("skipped-heading", path, find_position_of(after), message, hint)


def check_ids(path: str, soup: BeautifulSoup) -> Iterator[Diagnostic]:
    """An id belongs to one element."""
    tags = soup.find_all(id=True)
    counts = Counter(str(tag["id"]) for tag in tags)
    seen: set[str] = set()
    for tag in tags:
        name = str(tag["id"])
        if counts[name] > 1 and name in seen:
            counts[name] = 0
            message = f"another element has the id '{name}' too."
            yield error_at("duplicate-id", path, find_position_of(tag), message, "Give each its own.")
        seen.add(name)


def check_references(path: str, soup: BeautifulSoup) -> Iterator[Diagnostic]:
    """A label, and whatever else names an element of the page, names one that is there."""
    ids = {str(tag["id"]) for tag in soup.find_all(id=True)}
    for name in REFERENCES:
        # A script may add what it controls.
        make = warning_at if name == "aria-controls" else error_at
        for tag in soup.find_all(True, attrs={name: True}):
            for target in " ".join(tag.get_attribute_list(name)).split():
                if target not in ids:
                    message = f"no element of the page has the id in {name}='{target}'."
                    yield make("unknown-id", path, find_position_of(tag), message, "Correct it, or add the id.")


def check_images(path: str, soup: BeautifulSoup) -> Iterator[Diagnostic]:
    """Whoever does not see an image is told what it shows, or that it shows nothing of importance."""
    for tag in soup.find_all("img", attrs={"alt": False}):
        if not _is_named(tag) and tag.get("role") not in ("none", "presentation"):
            message = f"the image '{_shorten(tag.get('src', ''))}' has no alt."
            hint = 'Say what it shows, or write alt="" if it only decorates.'
            yield error_at("missing-alt", path, find_position_of(tag), message, hint)
    named = {id(link.find_parent("svg")) for link in soup.find_all("a", attrs={"aria-label": True})}
    for tag in soup.find_all("svg"):
        if not _is_named(tag) and not tag.find("title", recursive=False) and id(tag) not in named:
            message = "a drawing (svg) has no name, and is not hidden from screen readers."
            hint = 'Add aria-label, or aria-hidden="true" if it only decorates.'
            yield warning_at("unnamed-svg", path, find_position_of(tag), message, hint)


def check_tables(path: str, soup: BeautifulSoup) -> Iterator[Diagnostic]:
    """A screen reader can tell a table: it has a caption, and headers that say what they head."""
    headed = {id(cell.find_parent("table")) for cell in soup.find_all("th")}
    for table in soup.find_all("table"):
        if table.get("role") in ("none", "presentation"):
            continue
        if not table.find("caption", recursive=False) and not _is_named(table):
            message, hint = "a table has no caption.", "Add a <caption> that says what it compares."
            yield warning_at("missing-caption", path, find_position_of(table), message, hint)
        if id(table) not in headed:
            message, hint = "a table has no header cells.", "Make the cells th that head a column or a row."
            yield warning_at("missing-table-headers", path, find_position_of(table), message, hint)
    for cell in soup.find_all("th"):
        # Those in a thead head their columns, without saying so.
        if cell.get("scope") not in SCOPES and not (cell.find_parent("thead") and not cell.has_attr("scope")):
            message = f"the table header '{_shorten(cell.get_text(' ', strip=True))}' has no scope."
            hint = 'Write scope="col" or scope="row".'
            yield warning_at("missing-scope", path, find_position_of(cell), message, hint)


def find_title(soup: BeautifulSoup) -> str:
    """The title of a page; not that of a drawing in it."""
    titles = (tag for tag in soup.find_all("title") if not tag.find_parent("svg"))
    return next((tag.get_text(" ", strip=True) for tag in titles), "")


def find_meta(soup: BeautifulSoup, name: str) -> str:
    """The content of a `<meta>` by its name; empty if there is none."""
    tag = soup.find("meta", attrs={"name": re.compile(f"^{name}$", re.IGNORECASE)})
    return str(tag.get("content", "")).strip() if tag else ""


def is_indexed(soup: BeautifulSoup) -> bool:
    """Whether search engines may list a page."""
    return not re.search("noindex|none", find_meta(soup, "robots"), re.IGNORECASE)


def is_redirect(soup: BeautifulSoup) -> bool:
    """Whether a page leads on to another at once, and shows nothing itself."""
    return any(find_refresh(tag) for tag in soup.find_all("meta"))


def is_drawn_by_script(soup: BeautifulSoup) -> bool:
    """Whether a page has nothing to show until a script puts it there."""
    body = soup.body
    if body is None or not soup.find("script"):
        return False
    return all(
        not text.strip() or text.find_parent(("script", "noscript", "style")) for text in body.find_all(string=True)
    )


def _is_named(tag: Tag) -> bool:
    """Whether an element has a name for screen readers, or is hidden from them. A drawing in a button needs none."""
    if tag.get("aria-label") or tag.get("aria-labelledby"):
        return True
    if tag.get("aria-hidden") == "true" or tag.find_parent(attrs={"aria-hidden": "true"}):
        return True
    control = tag.find_parent(("a", "button")) if tag.name == "svg" else None
    return bool(control and (control.get("aria-label") or control.get("title") or control.get_text(strip=True)))


def _is_right_to_left(language: str) -> bool:
    try:
        return Locale.parse(language, sep="-").character_order == "right-to-left"
    except (UnknownLocaleError, ValueError):
        return False


def _shorten(text: object) -> str:
    return str(text) if len(str(text)) <= 60 else f"{str(text)[:60]}..."
