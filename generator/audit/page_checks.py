"""What can be wrong in a page by itself. A check is a row of a table or, where no selector can say it, a function."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from babel import Locale, UnknownLocaleError
from bs4 import BeautifulSoup

from generator.audit.links import find_position_of
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, error_at, warning_at

# Elements that screen readers have a name for, or leave out.
NAMED = ':is([aria-label], [aria-labelledby]):not([aria-label=""]), [aria-hidden=true], [aria-hidden=true] *'
UNIMPORTANT = "[role=none], [role=presentation]"
# Pages that lead on to another at once, and show nothing themselves; and those that search engines do not list.
REDIRECT = "meta[http-equiv=refresh i][content*=url i]"
UNLISTED = f"{REDIRECT}, meta[name=robots i]:is([content*=noindex i], [content=none i])"
TITLE = "title:not(svg *, :empty)"
DESCRIPTION = "meta[name=description i][content]:not([content=''])"
VIEWPORT = 'Write <meta name="viewport" content="width=device-width, initial-scale=1">.'

# What every page has: a code, how it is reported, a selector that finds it, and the message and the hint without it.
REQUIRED = (
    ("missing-title", error_at, TITLE, "the page has no title.", "Add a <title> to its head."),
    ("missing-lang", error_at, "html[lang]:not([lang=''])",
     "the html element has no lang.", 'Add the language of the page: <html lang="en">.'),
    ("missing-description", warning_at, f"{DESCRIPTION}, {UNLISTED}",
     "the page has no description.", 'Add <meta name="description" content="..."> to its head.'),
    ("missing-viewport", error_at, "meta[name=viewport i][content]:not([content=''])",
     "the page has no viewport, so phones show it too small to be read.", VIEWPORT),
)  # fmt: skip
# What no page has, in the same order. A message may name attributes of the element that is found, and its text.
FORBIDDEN = (
    ("zoom-disabled", warning_at,
     'meta[name=viewport i]:is([content*="user-scalable=no"], [content*="user-scalable=0"], '
     '[content*="maximum-scale=1,"], [content*="maximum-scale=1.0"], [content$="maximum-scale=1"])',
     "the viewport keeps readers from enlarging the page.", VIEWPORT),
    ("relative-canonical", error_at,
     'link[rel~=canonical]:is([href*="#"], :not([href^="http://"], [href^="https://"]))',
     "the canonical address '{href}' is not a full address.",
     "Begin it with https://, and leave out what follows a '#'."),
    ("two-canonicals", error_at, "link[rel~=canonical] ~ link[rel~=canonical]",
     "the page has another canonical address.", "Keep one: search engines ignore two."),
    ("missing-alt", error_at, f"img:not([alt], {NAMED}, {UNIMPORTANT})",
     "the image '{src}' has no alt.", 'Say what it shows, or write alt="" if it only decorates.'),
    ("missing-caption", warning_at, f"table:not(:has(> caption), {NAMED}, {UNIMPORTANT})",
     "a table has no caption.", "Add a <caption> that says what it compares."),
    ("missing-table-headers", warning_at, f"table:not(:has(th), {UNIMPORTANT})",
     "a table has no header cells.", "Make the cells th that head a column or a row."),
    # Those in a thead head their columns, without saying so.
    ("missing-scope", warning_at, "th:not(thead *, [scope]), th[scope]:not([scope=col], [scope=row], [scope$=group])",
     "the table header '{text}' has no scope.", 'Write scope="col" or scope="row".'),
)  # fmt: skip

LANGUAGE_TAG = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*")
HEADING = re.compile(r"h[1-6]")
# Attributes that name other elements of their page by their ids.
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


def check_page(path: str, soup: BeautifulSoup) -> Iterator[Diagnostic]:
    """Everything that is wrong in a page."""
    if soup.select_one(REDIRECT):
        return
    for code, make, selector, message, hint in REQUIRED:
        if not soup.select_one(selector):
            yield make(code, path, WHOLE_FILE, message, hint)
    for code, make, selector, message, hint in FORBIDDEN:
        for tag in soup.select(selector):
            values = {name: _shorten(tag.get(name, "")) for name in ("href", "src")}
            text = message.format(**values, text=_shorten(tag.get_text(" ", strip=True)))
            yield make(code, path, find_position_of(tag), text, hint)
    for check in (check_language, check_headings, check_ids, check_drawings):
        yield from check(path, soup)


def check_language(path: str, soup: BeautifulSoup) -> Iterator[Diagnostic]:
    """The language of a page can be known, so that it is read aloud, hyphenated and translated as it should be."""
    for tag in soup.select("html[lang]:not([lang=''])"):
        language, position = str(tag["lang"]), find_position_of(tag)
        if not LANGUAGE_TAG.fullmatch(language):
            hint = "Write a tag such as 'en' or 'pt-BR'."
            yield error_at("unknown-language", path, position, f"lang='{language}' is not a language tag.", hint)
        elif not tag.get("dir") and _is_right_to_left(language):
            message = f"'{language}' is written from right to left, and the html element has no dir."
            yield error_at("missing-dir", path, position, message, 'Add dir="rtl" to it.')


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
    """An id belongs to one element, and a label, or what else names an element, names one that is there."""
    seen: Counter[str] = Counter()
    for tag in soup.find_all(id=True):
        name = str(tag["id"])
        seen[name] += 1
        if seen[name] == 2:
            message = f"another element has the id '{name}' too."
            yield error_at("duplicate-id", path, find_position_of(tag), message, "Give each its own.")
    for name in REFERENCES:
        make = warning_at if name == "aria-controls" else error_at  # a script may add what it controls
        for tag in soup.find_all(True, attrs={name: True}):
            for target in " ".join(tag.get_attribute_list(name)).split():
                if target not in seen:
                    message = f"no element of the page has the id in {name}='{target}'."
                    yield make("unknown-id", path, find_position_of(tag), message, "Correct it, or add the id.")


def check_drawings(path: str, soup: BeautifulSoup) -> Iterator[Diagnostic]:
    """A drawing has a name, or is hidden from screen readers. One in a link or a button with a name needs none."""
    for tag in soup.select(f"svg:not(:has(> title, a[aria-label]), {NAMED})"):
        control = tag.find_parent(("a", "button"))
        if not control or not (control.get("aria-label") or control.get("title") or control.get_text(strip=True)):
            message = "a drawing (svg) has no name, and is not hidden from screen readers."
            hint = 'Add aria-label, or aria-hidden="true" if it only decorates.'
            yield warning_at("unnamed-svg", path, find_position_of(tag), message, hint)


def is_drawn_by_script(soup: BeautifulSoup) -> bool:
    """Whether a page has nothing to show until a script puts it there: all its text is for browsers without scripts."""
    body = soup.body
    if not body or not soup.find("script"):
        return False
    return body.get_text(strip=True) == "".join(tag.get_text(strip=True) for tag in body.find_all("noscript"))


def _is_right_to_left(language: str) -> bool:
    try:
        return Locale.parse(language, sep="-").character_order == "right-to-left"
    except (UnknownLocaleError, ValueError):
        return False


def _shorten(text: object) -> str:
    return str(text) if len(str(text)) <= 60 else f"{str(text)[:60]}..."
