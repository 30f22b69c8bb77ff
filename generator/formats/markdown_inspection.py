"""What a text of Markdown holds besides words, each with its place: links, pictures, ids, HTML, and what went wrong.

HTML of the editor's own stands in tokens of its own, so what the parser writes is never taken for it.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from unicodedata import category

from markdown_it.token import Token

from generator.diagnostics.diagnostic import Keys, Pointer, error_at, warning_at
from generator.formats.document import EMPTY_HEADING
from generator.formats.html_policy import ADDRESS, ATTRIBUTES, INLINE_TAGS, TAGS, is_unsafe
from generator.formats.markdown import MarkdownParser
from generator.formats.markdown_fast import Inspection, Mention
from generator.formats.markdown_slips import find_slips
from generator.formats.signs import shows_something
from generator.formats.tag_reader import LEFT_OVER, LINK, Attributes, TagReader

# A link whose address stands apart, or whose brackets are the wrong way round.
_TARGET = r"(?:https?://|mailto:|www\.|/|#)[^\s()\[\]]*"
NO_LINK = re.compile(rf"\[[^\[\]\n]+\]\s+\({_TARGET}\)|\([^()\n]+\)\[{_TARGET}\]")
HINTS = {
    "**": ("unclosed-emphasis", "Close it right behind a letter, or write \\*\\* where the signs are meant."),
    "~~": ("unclosed-emphasis", "Close it right behind a letter, or write \\~\\~ where the signs are meant."),
    "__": ("unclosed-emphasis", "Close it right behind a letter, or write \\_\\_ where the signs are meant."),
    "<!": ("unclosed-comment", "Close it with -->, or write &lt;!-- where the signs are meant."),
    "](": ("broken-link", "Write [text](address), without blanks in the address."),
    "[^": ("unknown-footnote", "Add a line that begins with {found}: and a blank."),
}
# What else there is for tags that pages do not have.
TAG_HINTS = {
    **dict.fromkeys(
        ("iframe", "video", "embed", "object"), "A video is a block, {kind: video}, among the fields above."
    ),
    "form": "A form is a block, {kind: form}, among the fields above.",
    "?": "Delete it.",
}
# What goes on to the end of the text unless it is closed.
LASTING = INLINE_TAGS - {"br", "wbr"} | {"blockquote", "details", "div", "dl", "figure", "ol", "table", "ul"}


def inspect_text(
    parser: MarkdownParser, text: str, block: bool, path: str, keys: Keys, reserved: str = ""
) -> Inspection:
    """What a text holds. `block`: it may have paragraphs, lists, tables and headings."""
    return Inspector(parser, text, block, path, keys, reserved).inspect()


class Inspector:
    """Walks the tokens of a text in their order; `_at` is how far in the text it is."""

    def __init__(self, parser: MarkdownParser, text: str, block: bool, path: str, keys: Keys, reserved: str) -> None:
        self._library = parser.library
        self._parsed = parser.parse(text, block, reserved)
        self._reserved = re.compile(reserved)
        self._text, self._path, self._keys = text, path, keys
        self._tags = TAGS if block else INLINE_TAGS
        self._block = block
        self._lines = text.split("\n")
        self._starts = list(accumulate((len(line) + 1 for line in self._lines), initial=0))
        self._at, self._end = 0, len(text)
        self._found = Inspection([], [], [], [])
        self._open_tags: list[tuple[str, int]] = []
        self._own_ids: set[str] = set()

    def inspect(self) -> Inspection:
        for refusal in self._parsed.refusals:
            pointer = self._point(self._start_of(refusal.line), "")
            self._found.problems.append(error_at("excess", self._path, pointer, refusal.message, refusal.hint))
        if self._parsed.refusals:
            return self._found
        for name, line in self._parsed.anchors.items():
            self._found.anchors.append(self._mention(name, self._start_of(line)))
        heading = None
        for token in self._parsed.tokens:
            if token.type == "html_block":
                self._enter(token)
                self._read_html(token.content)
            elif token.type == "fence":
                self._check_end(token)
            elif token.type == "inline":
                self._enter(token)
                self._read_inline(token)
                if heading and not any(map(_is_seen, token.children or [])):
                    self._miss_heading(self._start_of((heading.map or (0, 0))[0]))
            heading = token if token.type == "heading_open" else None
        for tag, place in self._open_tags:
            what, hint = f"the <{tag}> that opens here is not closed.", f"Write </{tag}> where it ends."
            self._warn("unclosed-tag", place, f"<{tag}", what, hint)
        for slip in find_slips(self._parsed, self._lines) if self._block else ():
            place = self._start_of(slip.line) + max(self._lines[slip.line].find(slip.excerpt), 0)
            self._warn(slip.code, place, slip.excerpt, slip.message, slip.hint)
        return self._found

    def _enter(self, block: Token) -> None:
        """Goes to the beginning of a block, unless it is on the same line as the last one: a cell of a table."""
        first, last = block.map if block.map and self._block else (0, len(self._starts))
        self._end = self._start_of(last)
        if not self._start_of(first) <= self._at < self._end:
            self._at = self._start_of(first)

    def _start_of(self, line: int) -> int:
        return min(self._starts[min(line, len(self._starts) - 1)], len(self._text))

    def _seek(self, piece: str) -> int:
        """Goes behind the next such piece of the block, and returns where it is; stays if it is not to be found."""
        index = self._text.find(piece, self._at, self._end)
        while piece.startswith("<") and self._is_escaped(index):
            index = self._text.find(piece, index + 1, self._end)
        if index < 0:
            return self._at
        self._at = index + len(piece)
        return index

    def _is_escaped(self, place: int) -> bool:
        before = self._text[max(self._at, 0) : max(place, 0)]
        return (len(before) - len(before.rstrip("\\"))) % 2 == 1

    def _read_inline(self, token: Token) -> None:
        start = self._at
        words = "".join(map(_show_words, token.children or ()))
        for found in NO_LINK.finditer(words):
            place = max(self._text.find(found[0], start), start)
            what = f"'{' '.join(found[0].split())}' is no link."
            self._warn("broken-link", place, found[0], what, "Write [text](address).")
        self._read_children(token.children or [])

    def _read_children(self, children: list[Token]) -> None:
        link, last, begun, address = None, self._at, 0, ""
        for index, child in enumerate(children):
            match child.type:
                case "text" | "code_inline":
                    # A `<` of words may be written as `&lt;`, and what follows be found as a tag further on.
                    last = self._seek(child.content if child.type == "code_inline" else child.content.split("<")[0])
                    if child.type == "text" and not (link and link.info == "auto"):
                        self._find_left_over(child.content, last)
                case "html_inline":
                    if begun and child.content.startswith("</a"):
                        self._miss_words(address, self._at, children[begun:index])
                        begun = 0
                    elif found := LINK.match(child.content):
                        begun, address = index + 1, found[1]
                    self._read_html(child.content)
                case "link_open":
                    link, begun = child, index + 1
                case "link_close" if link:
                    target = str(link.attrGet("href") or "")
                    place = last if link.info == "auto" else self._find_target(target)
                    self._add_address("a", target, place)
                    self._miss_words(target, place, children[begun:index])
                    self._check_address(link, children[index - 1].content, place)
                    link, begun = None, 0
                case "image":
                    self._read_children(child.children or [])
                    target = str(child.attrGet("src") or "")
                    place = self._find_target(target)
                    if self._block:
                        self._add_address("img", target, place)
                        if not any(map(_is_seen, child.children or [])):
                            self._miss_alt(place, target)
                    else:
                        hint = "Pictures belong into paragraphs."
                        self._lose("picture-in-line", place, target, f"the picture '{target}'", hint)

    def _check_address(self, link: Token, words: str, place: int) -> None:
        """An address that is written without brackets takes in what stands right behind it."""
        signs = (at for at, sign in enumerate(words) if not sign.isascii() and category(sign).startswith("P"))
        if link.info == "auto" and (at := next(signs, None)) is not None:
            hint = "Put the address in angle brackets: <https://...>."
            self._warn("broken-link", place + at, words[at], f"'{words[at]}' belongs to the address here.", hint)

    def _find_target(self, target: str) -> int:
        """Where the target of a link or picture is written: behind its text, or in a line of its own."""
        for index in (self._text.find("](", self._at, self._end), *self._find_references(target)):
            place = index + 2 + len(re.match(r"[ \n]*", self._text[index + 2 :])[0]) if index >= 0 else -1  # type: ignore[index]
            if place >= 0:
                written = self._library.helpers.parseLinkDestination(self._text, place, len(self._text))
                if not target and self._text[place : place + 1] == ")":
                    return place
                if written.ok and self._library.normalizeLink(written.str) == target:
                    self._at = max(self._at, place) if index < self._end else self._at
                    return place
        return self._at

    def _find_references(self, target: str) -> Iterator[int]:
        for known, line in self._parsed.references:
            if known == target:
                yield self._text.find("]:", self._start_of(line))

    def _find_left_over(self, words: str, start: int) -> None:
        for match in LEFT_OVER.finditer(words):
            code, hint = HINTS[match[0][:2]]
            place = self._text.find(match[0], start, self._end)
            if place >= 0 and self._text[place - 1 : place] != "\\":
                what = f"'{match[0]}' is shown as it stands here."
                self._warn(code, place, match[0], what, hint.format(found=match[0]))

    def _check_end(self, fence: Token) -> None:
        """Code without an end takes in all that follows."""
        first, last = fence.map or (0, 0)
        closing = self._lines[last - 1].strip(" \t>")
        if last - first < 2 or not closing.startswith(fence.markup) or closing.strip(fence.markup[0]):
            place = self._start_of(first) + self._lines[first].find(fence.markup)
            what, hint = "the code that begins here has no end.", f"Close it with a line of {fence.markup}."
            self._warn("unclosed-code", place, fence.markup, what, hint)

    def _read_html(self, html: str) -> None:
        start = self._seek(html)
        reader = TagReader(html, lambda *found: self._read_tag(start, *found), self._close_tag)
        reader.read()
        if (begun := html.rfind("<!--")) > html.rfind("-->"):
            self._lose("unclosed-comment", start + begun, "<!--", "what stands behind <!-- here", "Close it with -->.")
        for place, sign in reader.left_over[:1]:
            what = f"'{sign}' is shown as it stands here."
            self._warn("markdown-in-html", start + place, sign, what, "Put an empty line between HTML and Markdown.")
        for place, address in reader.empty:
            if address:
                self._miss_words(address, start + place, [])
            else:
                self._miss_heading(start + place)

    def _read_tag(self, start: int, place: int, tag: str, attributes: Attributes, whole: str) -> None:
        start += place
        if tag not in self._tags:
            what = "<?" if tag == "?" else f"<{tag}>"
            hint = TAG_HINTS.get(tag, "Use Markdown, or write &lt; where no HTML is meant.")
            self._lose("html-instruction" if tag == "?" else "html-tag", start, whole, what, hint)
            return
        if tag == "img" and not shows_something(dict(attributes).get("alt", " ") or "-"):
            self._miss_alt(start, whole)
        lost = len(self._found.problems)
        for name, value in attributes:
            found = re.search(rf"\s{re.escape(name)}(?=[\s=/>])", whole, re.IGNORECASE)
            at = start + (found.start() + 1 if found else 0)
            if name == "id" and self._block and value and not re.search(r"\s", value):
                self._add_id(value, at)
            elif name not in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()):
                hint = "Delete it, or write &lt; where no HTML is meant."
                self._lose("html-attribute", at, name, f"{name}=", hint)
            elif name in ADDRESS:
                written = self._text.find(value or "", at)
                self._add_address(tag, value or "", written if written >= 0 else at)
        if tag in LASTING and len(self._found.problems) == lost:
            self._open_tags.append((tag, start))

    def _add_id(self, value: str, place: int) -> None:
        if value in self._parsed.anchors or value in self._own_ids or self._reserved.fullmatch(value):
            what = f"the page has a part '#{value}' already."
            is_heading = value in self._parsed.anchors
            hint = "Delete it: a heading has it by itself." if is_heading else "Choose another id."
            self._found.problems.append(error_at("id-taken", self._path, self._point(place, value), what, hint))
        else:
            self._own_ids.add(value)
            self._found.anchors.append(self._mention(value, place))

    def _close_tag(self, tag: str) -> None:
        """Closes a tag, and with it all that were opened in it."""
        index = next((index for index, opened in enumerate(reversed(self._open_tags), 1) if opened[0] == tag), 0)
        del self._open_tags[len(self._open_tags) - index :]

    def _add_address(self, tag: str, target: str, place: int) -> None:
        if is_unsafe(tag, target):
            code, what, hint = (
                "remote-picture",
                "picture",
                "Put it into content/media/: pages load none from elsewhere.",
            )
            if tag == "a":
                code, what, hint = ("unsafe-link", "link", "Links begin with https://, mailto: or a slash.")
            self._lose(code, place, target, f"the {what} '{target}'", hint)
        else:
            (self._found.links if tag == "a" else self._found.pictures).append(self._mention(target, place))

    def _miss_words(self, target: str, place: int, children: list[Token]) -> None:
        if target and not any(map(_is_seen, children)):
            what, hint = f"the link '{target}' has no words.", "Say where it leads: [words](address)."
            self._found.problems.append(
                error_at("link-without-words", self._path, self._point(place, target), what, hint)
            )

    def _miss_heading(self, place: int) -> None:
        self._found.problems.append(error_at("empty-heading", self._path, self._point(place, ""), *EMPTY_HEADING))

    def _miss_alt(self, place: int, excerpt: str) -> None:
        what = "nobody who cannot see this picture is told what it shows."
        hint = 'Write ![what it shows](address), or <img src="address" alt=""> where it is decoration.'
        self._found.problems.append(error_at("missing-alt", self._path, self._point(place, excerpt), what, hint))

    def _lose(self, code: str, place: int, excerpt: str, what: str, hint: str) -> None:
        pointer = self._point(place, excerpt)
        problem = error_at(code, self._path, pointer, f"{what} never reaches the page.", hint)
        self._found.problems.append(problem)

    def _warn(self, code: str, place: int, excerpt: str, message: str, hint: str) -> None:
        self._found.problems.append(warning_at(code, self._path, self._point(place, excerpt), message, hint))

    def _mention(self, value: str, place: int) -> Mention:
        return Mention(value, self._point(place, value))

    def _point(self, place: int, excerpt: str) -> Pointer:
        return Pointer(self._keys, excerpt, self._text, place)


def _is_seen(token: Token) -> bool:
    """Whether a piece of a line shows something."""
    match token.type:
        case "text" | "text_special" | "code_inline":
            return shows_something(token.content)
        case "html_inline":
            return token.content.startswith("<img")
    return not token.type.endswith(("break", "_open", "_close"))


def _show_words(token: Token) -> str:
    """What is left as words of a token, as it is written; a sign that no text has for anything else."""
    return token.content if token.type == "text" else "\n" if token.type == "softbreak" else "\0"
