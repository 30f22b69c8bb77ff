"""Markdown to HTML by way of the library `markdown`, and what of a text does not reach a page.

Lists nest and begin as GitHub's preview shows them. Nothing in a text can run: `nh3` takes out all other HTML.
"""

import re
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element, SubElement

import markdown
import nh3
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from generator.diagnostics.diagnostic import Keys, Pointer, error_at
from generator.formats.markdown_fast import Inspection

INLINE_TAGS = {"a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark",
               "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}  # fmt: skip
BLOCK_TAGS = {"blockquote", "dd", "details", "div", "dl", "dt", "figcaption", "figure", "h2", "h3", "h4", "h5", "h6",
              "hr", "img", "li", "ol", "p", "pre", "summary", "table", "tbody", "td", "th", "thead", "tr",
              "ul"}  # fmt: skip
TAGS = INLINE_TAGS | BLOCK_TAGS
ATTRIBUTES = {"*": {"title", "lang", "dir"}, "a": {"href"}, "img": {"src", "alt", "width", "height"},
              "ol": {"start"}, "td": {"colspan", "rowspan", "align"}, "th": {"colspan", "rowspan", "align", "scope"},
              "time": {"datetime"}}  # fmt: skip
SCHEMES = {"http", "https", "mailto", "tel"}
ADDRESS = {"href", "src"}

BULLET = re.compile(r"^( *)([-*+]|\d{1,9}[.)])( +)(\S.*)$")
LOOKS_LIKE_BULLET = re.compile(r"^(\d*)([-*+.)])(?= )")
# From here on, what is indented is no list but code.
CODE_INDENT = 4
FENCE = re.compile(r"^ {0,3}(```|~~~)")


class OpenItem(NamedTuple):
    """A list item that lines may still belong to: the column where its text starts, and whether it has a number."""

    column: int
    numbered: bool


class GitHubLists(Preprocessor):
    """Indents nested lists by four spaces, and parts a list from a paragraph or another kind of list above it.

    `markdown` wants that; GitHub, where editors look at their texts, does not. The rules are CommonMark's.
    """

    loose = False  # whether an empty line has been in the list at hand

    def run(self, lines: list[str]) -> list[str]:
        out: list[str] = []
        items: list[OpenItem] = []
        fenced, after_blank = False, True
        self.loose = False
        for raw in lines:
            line = raw.expandtabs(4)
            if FENCE.match(line):
                fenced = not fenced
            if fenced or not line.strip():
                out.append(raw)
            else:
                self._place(line, raw, items, after_blank, out)
            after_blank = not line.strip()
            self.loose = bool(items) and (self.loose or after_blank)
        return out

    def _place(self, line: str, raw: str, items: list[OpenItem], after_blank: bool, out: list[str]) -> None:
        indent = len(line) - len(line.lstrip())
        depth = sum(indent >= item.column for item in items)
        start = items[depth - 1].column if depth else 0
        bullet = BULLET.match(line) if indent - start < CODE_INDENT else None
        sibling = items[depth] if depth < len(items) else None
        if bullet and sibling is None and not after_blank and bullet[2] not in ("-", "*", "+", "1.", "1)"):
            bullet = None  # only a list that starts at 1 interrupts a paragraph
        if bullet:
            numbered = bullet[2][0].isdigit()
            other = sibling is not None and sibling.numbered != numbered
            if not after_blank and (not items or other or self.loose):
                out.append("")
                self.loose = bool(items)
            del items[depth:]
            out.append("    " * depth + f"{bullet[2].replace(')', '.')} {bullet[4]}")
            items.append(OpenItem(indent + len(bullet[2]) + len(bullet[3]), numbered))
            return
        if after_blank:
            del items[depth:]
            out.append("    " * depth + line[start:] if items else raw)
        else:
            # Text that only looks like a bullet must not become one by the indent it gets here.
            text = LOOKS_LIKE_BULLET.sub(r"\1\\\2", line.lstrip()) if items else raw
            out.append("    " * len(items) + text)


class Headings(Treeprocessor):
    """Makes the headings of a text start below the title of its page."""

    def run(self, root: Element) -> None:
        for element in root.iter("h1"):
            element.tag = "h2"


class MarkdownParser:
    """Renders Markdown as HTML, whatever the text."""

    def __init__(self) -> None:
        self._parser = markdown.Markdown(extensions=["tables", "sane_lists", "fenced_code", _GitHubMarkdown()])

    def render_inline(self, text: str, root: str) -> str:
        """A text without paragraphs or lists: emphasis, code and links only."""
        return nh3.clean(self._raw_inline(text), **_policy(root, False))

    def render_blocks(self, text: str, root: str) -> str:
        """A text with paragraphs, lists, tables and headings."""
        return nh3.clean(self._raw_blocks(text), **_policy(root, True))

    def inspect(self, text: str, block: bool, path: str, keys: Keys) -> Inspection:
        """What a text holds besides words. `block`: it may have paragraphs, lists, tables and headings.

        `path` and `keys` say in problems where the text is.
        """
        inspector = _HtmlInspector(text, TAGS if block else INLINE_TAGS, path, keys)
        inspector.feed(self._raw_blocks(text) if block else self._raw_inline(text))
        inspector.close()
        return inspector.found

    def _raw_inline(self, text: str) -> str:
        parser = self._parser.reset()
        holder = Element("div")
        SubElement(holder, "p").text = text.strip()  # the parser reads the texts of children, not of the root
        for processor in parser.treeprocessors:
            changed = processor.run(holder)
            holder = holder if changed is None else changed
        html: str = parser.serializer(holder)
        for post in parser.postprocessors:
            html = post.run(html)
        inner = html.strip().removeprefix("<div>").removesuffix("</div>").strip()
        return inner.removeprefix("<p>").removesuffix("</p>").strip()

    def _raw_blocks(self, text: str) -> str:
        return self._parser.reset().convert(text)


class _GitHubMarkdown(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - the name is the library's
        md.preprocessors.register(GitHubLists(md), "github_lists", 24)
        md.treeprocessors.register(Headings(md), "headings", 5)


class _HtmlInspector(HTMLParser):
    """Reads rendered HTML before `nh3` does, and reports what that will take out."""

    def __init__(self, text: str, tags: set[str], path: str, keys: Keys) -> None:
        super().__init__()
        self.found = Inspection([], [], [])
        self._text, self._tags, self._path, self._keys = text, tags, path, keys

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        whole = self.get_starttag_text() or ""
        if tag not in self._tags:
            hint = "Use Markdown, or write &lt; where no HTML is meant."
            self._report("html-tag", f"<{tag}>", hint, whole, f"<{tag}")
            return
        for name, value in attrs:
            target = value or ""
            if name not in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()):
                hint = "Delete it, or write &lt; where no HTML is meant."
                self._report("html-attribute", f"{name}=", hint, whole, name)
            elif name in ADDRESS and not _is_safe(tag, target):
                link = ("unsafe-link", "Links begin with https://, mailto: or a slash.")
                code, hint = link if tag == "a" else ("remote-picture", "Pages load nothing from elsewhere.")
                self._report(code, f'{name}="{target}"', hint, whole, target)
            elif name in ADDRESS:
                (self.found.links if tag == "a" else self.found.pictures).append(target)

    def handle_pi(self, data: str) -> None:
        self._report("html-instruction", "<?", "Delete it.", "<?")

    def _report(self, code: str, what: str, hint: str, *excerpts: str) -> None:
        """Reports each thing once, at the first of the excerpts that the text has."""
        message = f"{what} never reaches the page."
        if message not in [problem.message for problem in self.found.problems]:
            excerpt = next((excerpt for excerpt in excerpts if excerpt.lower() in self._text.lower()), "")
            self.found.problems.append(error_at(code, self._path, Pointer(self._keys, excerpt), message, hint))


def _is_safe(tag: str, target: str) -> bool:
    """Whether a link or picture may lead there. Pictures come from the site: a page makes no request elsewhere."""
    scheme = re.match(r"([a-zA-Z][\w+.-]*):", re.sub(r"[\x00-\x20]", "", target))
    if tag == "img":
        return scheme is None and not target.strip().startswith("//")
    return scheme is None or scheme[1].lower() in SCHEMES


@lru_cache(maxsize=64)
def _policy(root: str, block: bool) -> dict[str, Any]:
    """What `nh3` lets through, on a page whose way to the top is `root`."""

    def place_link(tag: str, name: str, value: str) -> str | None:
        if name not in ADDRESS:
            return value
        if not _is_safe(tag, value):
            return None
        return root + value[1:] if value.startswith("/") and not value.startswith("//") else value

    tags = TAGS if block else INLINE_TAGS
    attributes = {tag: names for tag, names in ATTRIBUTES.items() if tag == "*" or tag in tags}
    return {"tags": tags, "attributes": attributes, "url_schemes": SCHEMES, "link_rel": None,
            "attribute_filter": place_link, "clean_content_tags": {"script", "style"}}  # fmt: skip
