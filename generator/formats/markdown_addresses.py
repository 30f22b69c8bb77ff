"""Bare web and e-mail addresses become links where GitHub makes links of them.

The plugins for it find others: none behind a quote or a colon, and some that are none, such as `name@2.0.0`.
"""

import re
import unicodedata

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

SCHEME = re.compile(r"(?<![a-zA-Z])https?\Z", re.IGNORECASE)
REST = re.compile(r"[^ \t\n\v\f\r<]*")
# What may be part of the text around an address, rather than of it.
CLOSING = re.compile(r"(?:&[a-zA-Z]+;|[?!.,:*_~'\";])\Z")
EMAIL = re.compile(
    r"(?:(?<![a-z0-9])(?P<scheme>mailto|xmpp):)?(?<![a-z0-9.+_-])[a-z0-9.+_-]++@"
    r"(?P<domain>(?:[a-z0-9_-]|\.(?=[a-z0-9]))*+)(?!@)",
    re.IGNORECASE,
)
LINK = re.compile(r"<(/?)a[\s>]", re.IGNORECASE)
# A host with an underscore in one of its last two parts is none, unless it has more parts than this.
MANY_PARTS = 10


def link_addresses(library: MarkdownIt) -> None:
    """Lets the parser link bare addresses."""
    library.inline.add_terminator_char("w")
    library.inline.ruler.push("bare_www", _link_www)
    library.inline.ruler.push("bare_web", _link_web)
    library.core.ruler.push("bare_email", _link_emails)


def _link_www(state: StateInline, silent: bool) -> bool:
    before = state.src[state.pos - 1] if state.pos else " "
    if silent or not state.src.startswith("www.", state.pos) or not (before.isspace() or before in "*_~("):
        return False
    return _link(state, state.pos, "http://", _measure_host(state.src[state.pos : state.posMax], short=False))


def _link_web(state: StateInline, silent: bool) -> bool:
    if silent or not state.src.startswith("://", state.pos) or not (scheme := SCHEME.search(state.pending)):
        return False
    rest = state.src[state.pos + 3 : state.posMax]
    if not rest or not _is_part_of_host(rest[0]):
        return False
    host = _measure_host(rest, short=True)
    return _link(state, state.pos - len(scheme[0]), "", host and len(scheme[0]) + 3 + host)


def _link(state: StateInline, start: int, scheme: str, size: int) -> bool:
    """Links the address that starts there, and has at least so many characters; not within brackets or a link."""
    if not size or state.linkLevel or _is_in_brackets(state):
        return False
    written = state.src[start : start + size]
    written = _trim(written + REST.match(state.src[: state.posMax], start + size)[0])  # type: ignore[index]
    end = start + len(written)
    if end <= state.pos:
        return False
    state.pending = state.pending[: len(state.pending) - (state.pos - start)]
    state.push("link_open", "a", 1)
    state.push("text", "", 0)
    state.push("link_close", "a", -1)
    state.tokens[-3:] = _make_link(state.md, scheme + written, written)
    state.pos = end
    return True


def _make_link(library: MarkdownIt, address: str, text: str) -> list[Token]:
    opening = Token("link_open", "a", 1, attrs={"href": library.normalizeLink(address)}, info="auto")
    return [opening, Token("text", "", 0, content=text), Token("link_close", "a", -1, info="auto")]


def _is_in_brackets(state: StateInline) -> bool:
    depth = 0
    if "[" in state.src[: state.pos]:
        words = "".join(token.content for token in state.tokens if token.type == "text") + state.pending
        for sign in re.findall(r"[\[\]]", words):
            depth = depth + 1 if sign == "[" else max(0, depth - 1)
    return depth > 0


def _measure_host(text: str, short: bool) -> int:
    """How many characters a host has; 0 if it is none. `short`: it may have no point in it."""
    parts, underscores, place = 0, [0, 0], 1
    while place < len(text) - 1:
        place += text[place] == "\\" and place < len(text) - 2
        sign = text[place]
        if sign == ".":
            parts, underscores = parts + 1, [underscores[1], 0]
        elif sign == "_":
            underscores[1] += 1
        elif sign != "-" and not _is_part_of_host(sign):
            break
        place += 1
    if any(underscores) and parts <= MANY_PARTS:
        return 0
    return place if short or parts else 0


def _is_part_of_host(sign: str) -> bool:
    if sign.isascii():
        return sign.isalnum()
    return not sign.isspace() and not unicodedata.category(sign).startswith("P")


def _trim(address: str) -> str:
    """An address without what belongs to the text around it."""
    while address:
        if address.endswith(")"):
            if address.count(")") <= address.count("("):
                break
            address = address[:-1]
        elif closing := CLOSING.search(address):
            address = address[: closing.start()]
        else:
            break
    return address


def _link_emails(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and "@" in token.content and token.children:
            token.children = _link_emails_in(state.md, token.children)


def _link_emails_in(library: MarkdownIt, tokens: list[Token]) -> list[Token]:
    """The tokens of a line, with a link for each e-mail address that is in none."""
    linked: list[Token] = []
    depth = 0
    for token in tokens:
        if token.type == "html_inline" and (tag := LINK.match(token.content)):
            depth += -1 if tag[1] else 1
        depth += token.nesting if token.type in ("link_open", "link_close") else 0
        linked += _split(library, token) if token.type == "text" and depth <= 0 else [token]
    return linked


def _split(library: MarkdownIt, token: Token) -> list[Token]:
    parts: list[Token] = []
    end = 0
    for found in EMAIL.finditer(token.content):
        if "." in found["domain"] and found["domain"][-1].isalpha():
            parts.append(Token("text", "", 0, content=token.content[end : found.start()]))
            parts += _make_link(library, ("" if found["scheme"] else "mailto:") + found[0], found[0])
            end = found.end()
    return [*parts, Token("text", "", 0, content=token.content[end:])] if parts else [token]
