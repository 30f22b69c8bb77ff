"""What is wrong with a link: it leads nowhere, to what is not live, or to where no visitor gets."""

import re
from collections.abc import Iterator

from generator.content.addresses import Addresses
from generator.content.kinds import route_of_file
from generator.content.media import MediaKind, explain_media, is_media_link
from generator.diagnostics.diagnostic import (
    WHOLE_FILE,
    Diagnostic,
    Keys,
    Pointer,
    count,
    error_at,
    find_nearest,
    suggest,
    warning_at,
)

# Looking for the nearest of more names than this takes too long.
MANY_PAGES = 1000
# A link to what is a draft, outside its dates, or has no live level.
NOT_LIVE = "link-not-live"
# Hosts that no visitor reaches: names for examples (RFC 2606), this machine, its network, and previews.
NO_HOST = re.compile(
    r"(?P<example>(.*\.)?(example|example\.(com|org|net)|invalid|test))"
    r"|(.*\.)?(localhost|local|internal)|(127|10|192\.168|169\.254)(\.\d+)+|0\.0\.0\.0|\[::1\]"
    r"|.+--.+\.netlify\.app|.+\.(github\.dev|gitpod\.io|ngrok\.io|ngrok-free\.app|trycloudflare\.com)"
)

# A web address that lacks a slash or the colon: browsers take it for a page of the site.
BROKEN_SCHEME = re.compile(r"(https?)(?::/?(?!/)|//+(?!/)|:///+)", re.IGNORECASE)


def find_host(address: str) -> str:
    """The host of a web or e-mail address, without its port. Unlike `urlsplit` this takes anything for an address."""
    authority = re.split(r"[/?#]", address.partition("://")[2] or address.removeprefix("mailto:"), maxsplit=1)[0]
    return re.sub(r":\d*$", "", authority.rpartition("@")[2]).lower()


def reaches_visitors(address: str) -> bool:
    """Whether an address may be one that everybody can open."""
    return not NO_HOST.fullmatch(find_host(address))


def check_link(
    link: str, place: Keys | Pointer, addresses: Addresses, path: str, is_body: bool = False
) -> Iterator[Diagnostic]:
    """What is wrong with a link in the file `path`. One to what is not live is a warning, and pages leave it out."""
    if is_media_link(link):
        yield from check_media(link, place, addresses, path)
    elif wrong := explain_link(link, addresses, path, is_body):
        code, message, hint = wrong
        yield (warning_at if code == NOT_LIVE else error_at)(code, path, place, message, hint)
        if code == NOT_LIVE:
            addresses.withdrawn.add(f"/{route_of_file(path)}{link}" if link.startswith("#") else link)
    else:
        yield from check_host(link, place, path)


def check_media(
    link: str, place: Keys | Pointer, addresses: Addresses, path: str, kind: MediaKind | None = None, least: int = 0
) -> Iterator[Diagnostic]:
    """What is wrong with a link to a file of this kind, which should have a width of at `least` so many pixels.

    What is wrong with the file itself is told where it lies.
    """
    file = addresses.find_file(link)
    if wrong := explain_media(link, addresses.media, kind):
        code, message, hint = wrong
        yield error_at(code, path, place, message, hint)
    elif file and file.fault:
        yield error_at(file.fault.code, file.path, WHOLE_FILE, file.fault.message, file.fault.hint)
    elif file and file.width < least and file.format != "svg":
        message = f"'{link}' is only {count(file.width, 'pixel')} wide."
        yield warning_at("small-picture", path, place, message, f"It needs {least} pixels or more here.")


def check_host(address: str, place: Keys | Pointer, path: str) -> Iterator[Diagnostic]:
    if found := NO_HOST.fullmatch(find_host(address)):
        what = "is a placeholder that reaches nobody"
        if not found["example"]:
            what = "leads to a preview or to your own network, which visitors do not reach"
        message, hint = f"'{address}' {what}.", "Replace it before you publish."
        yield warning_at("placeholder-address", path, place, message, hint)


def explain_link(link: str, addresses: Addresses, path: str, is_body: bool = False) -> tuple[str, str, str] | None:
    """Why a link in the file `path` leads nowhere, as code, message and hint; None if it works."""
    if not link:
        return "empty-link", "a link leads nowhere.", "Write its address between the parentheses."
    if link.startswith("//"):
        return "link-without-scheme", f"the link '{link}' does not say how to get there.", f"Write https:{link}."
    if broken := BROKEN_SCHEME.match(link):
        hint = f"Write {broken[1].lower()}://{link[broken.end() :]}."
        return "link-without-scheme", f"the link '{link}' does not say how to get there.", hint
    if re.match(r"[a-zA-Z][\w+.-]*:", link):
        return None
    if link.startswith("#"):
        own = route_of_file(path)
        if own is None or not is_body:
            hint = "Write the whole address: /about/#team."
            return "link-without-page", f"the link '{link}' does not say on which page.", hint
        link = f"/{own}{link}"
    target = re.split(r"[?#]", link, maxsplit=1)[0]
    if not link.startswith("/"):
        near = find_nearest(f"/{target}", _list_candidates(target, addresses))
        meant = f"mailto:{link}" if "@" in link else f"https://{link}" if link.startswith("www.") else near
        hint = "Begin it with https://, or with a slash for a page of this site."
        hint = f"Did you mean '{meant}'?" if meant else hint
        return "link-without-slash", f"the link '{link}' does not begin with a slash.", hint
    if target[1:] not in addresses:
        if file := addresses.find_dormant(target[1:]):
            return (
                NOT_LIVE,
                f"the page '{target}' is not live, so this link is left out.",
                f"See what `status` says of {file}.",
            )
        moved = addresses.find_redirect(target)
        hint = f"It is '{moved}' now." if moved else suggest(target, _list_candidates(target[1:], addresses))
        return "dead-link", f"there is no page at '{link}'.", hint
    return _explain_part(target[1:], link.partition("#")[2], addresses)


def _explain_part(route: str, part: str, addresses: Addresses) -> tuple[str, str, str] | None:
    """Why a link to a part of a page leads to no part of it. The top is there always, as are words that are quoted."""
    if "%" in part:
        from urllib.parse import unquote  # takes 7 ms

        part = unquote(part)
    if part in ("", "top") or part.startswith(":~:") or f"{route}#{part}" in addresses:
        return None
    if addresses.find_dormant(f"{route}#{part}"):
        message = f"what the page '/{route}' shows at '#{part}' is not live, so this link is left out."
        return NOT_LIVE, message, "See what `status` says."
    hint = suggest(f"#{part}", (f"#{known}" for known in addresses.find_ids(route) or ()))
    return "dead-fragment", f"the page '/{route}' has no part '#{part}'.", hint


def _list_candidates(route: str, addresses: Addresses) -> list[str]:
    """The pages that may have been meant, as an editor writes them; of many only those that begin alike."""
    start = route[:2] if len(addresses) > MANY_PAGES else ""
    pages = [f"/{known}" for known in addresses if known.startswith(start)]
    return [*pages, *(file.link for file in addresses.media.values())]
