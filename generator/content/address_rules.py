"""What is wrong with redirects, and with addresses that were published and are no more."""

from collections.abc import Iterator, Mapping
from itertools import accumulate

from generator.content import routes
from generator.content.addresses import Addresses
from generator.content.kinds import KINDS_BY_NAME
from generator.content.link_rules import NOT_LIVE, check_link, explain_link
from generator.content.media import is_media_link
from generator.content.model import Site
from generator.content.redirects import (
    ALL_BELOW,
    CircleError,
    Redirector,
    complete_path,
    find_successors,
    group_gone,
    split_part,
)
from generator.diagnostics.diagnostic import Diagnostic, count, error_at, find_nearest, warning_at
from generator.files.names import find_unportable, is_inside

PATH = KINDS_BY_NAME["addresses"].path
MOVE = "python3 build.py move"


def find_address_problems(site: Site, addresses: Addresses) -> Iterator[Diagnostic]:
    """Everything wrong with `addresses.yaml`, given the routes that the site has."""
    redirector = Redirector(site, frozenset(f"/{route}" for route in addresses))
    pages = {page.casefold(): page for page in redirector.pages} if site.addresses.redirects else {}
    files = {_file_of(complete_path(written)): written for written in site.addresses.redirects}
    drafts, known = list_drafts(site), dict[str, str]()
    for written in site.addresses.redirects:
        source = complete_path(written)
        page, other = pages.get(source.casefold()), known.setdefault(source.casefold(), written)
        if other != written:
            message = f"'{written}' has a redirect already, as '{other}'."
            yield error_at("redirect-twice", PATH, ("redirects", written), message, "Keep one of them.")
        elif page is not None and page not in drafts:
            message = f"there is a page at '{page}', which this redirect would hide."
            hint = "Delete the redirect, or move the page."
            yield error_at("redirect-from-page", PATH, ("redirects", written), message, hint)
        elif problem := _check_name(written, _file_of(source), files):
            yield problem
        else:
            yield from _check_target(written, source, redirector, addresses)
    yield from _check_published(redirector, addresses)


def _file_of(source: str) -> str:
    return routes.file_of(source.removesuffix(ALL_BELOW)[1:])


def _check_name(written: str, file: str, others: Mapping[str, str]) -> Diagnostic | None:
    """Why there cannot be a file that leads on from an address."""
    keys, above = ("redirects", written), list(accumulate(file.split("/")[:-1], "{}/{}".format))
    if file.split("/", maxsplit=1)[0] in routes.MACHINE_FILES or file.startswith((routes.ASSETS, routes.ADMIN)):
        message = f"'{written}' is an address that the program keeps for its own files."
        return error_at("redirect-reserved", PATH, keys, message, "Delete the redirect.")
    if taken := next((others[folder] for folder in above if folder in others), None):
        message = f"'{written}' cannot lie below '{taken}', which is a file."
        return error_at("redirect-unportable", PATH, keys, message, f"Write '{taken}/' if it is none.")
    if find_unportable([file]) or not is_inside(file):
        message = f"'{written}' cannot be the name of a file on every system."
        return error_at("redirect-unportable", PATH, keys, message, f"Redirect what is above it: /old/{ALL_BELOW}.")
    return None


def _check_target(written: str, source: str, redirector: Redirector, addresses: Addresses) -> Iterator[Diagnostic]:
    """What is wrong with where a redirect leads. It may lead to an address that is redirected itself."""
    keys, target = ("redirects", written), redirector.site.addresses.redirects[written]
    if is_media_link(target):
        message, hint = f"'{target}' is a file, and a redirect leads to a page.", "Name the page that has the file."
        yield error_at("redirect-to-file", PATH, keys, message, hint)
        return
    if ALL_BELOW in target:
        message, hint = f"nothing takes the place of the * in '{target}'.", "Write one page, or the site without the *."
        yield error_at("redirect-to-many", PATH, keys, message, hint)
        return
    try:
        final = redirector.follow(source)
    except CircleError as circle:
        if source == min(circle.addresses):  # the others of the circle are the same mistake
            message, hint = f"redirects lead in a circle: {circle}.", "Let one of them lead to a page."
            yield error_at("redirect-circle", PATH, keys, message, hint)
        return
    path = complete_path(split_part(target)[0])
    if target.startswith("/") and path not in redirector.pages and redirector.find_rule(path):
        return
    wrong = explain_link(target, addresses, PATH)
    if wrong and wrong[0] == NOT_LIVE:
        message = f"the page '{target}' is not live, so this leads to '{final}' for the time being."
        yield warning_at("redirect-not-live", PATH, keys, message, wrong[2])
    elif wrong is None or not target.startswith("/"):
        yield from check_link(target, keys, addresses, PATH)
    else:
        yield error_at(wrong[0], PATH, keys, *wrong[1:])


def _check_published(redirector: Redirector, addresses: Addresses) -> Iterator[Diagnostic]:
    """An error for what was published and is not answered; a warning for what is only not live, or is made no more."""
    published = redirector.site.addresses.published
    places = {complete_path(address): index for index, address in reversed([*enumerate(published)])}
    for address, below in group_gone(redirector.list_gone(), redirector.pages).items():
        keys, nearest = ("published", places[address]), redirector.find_nearest(address)
        what, (be, were, lead) = f"'{address}'", ("is", "was", "leads")
        if below:
            what += f" and {count(len(below), 'address', 'es')} below it"
            be, were, lead = "are", "were", "lead"
        if file := addresses.find_dormant(address[1:]):
            message = f"{what} {be} not live now, and {lead} to '{nearest}' for the time being."
            hint = f"See what `status` says of {file}; a redirect can say better where to go."
            yield warning_at("address-not-live", PATH, keys, message, hint)
        elif address[1:].startswith((routes.QUIZ_CHOICE, routes.LEVEL_COMPARISONS)):
            message = f"{what} {be} not made any more, and {lead} to '{nearest}'."
            yield warning_at("address-not-made", PATH, keys, message, "A redirect can say better where to go.")
        else:
            message = f"{what} {were} published, and there is no page now."
            yield error_at("address-gone", PATH, keys, message, _suggest_move(address, bool(below), redirector))


def _suggest_move(address: str, is_folder: bool, redirector: Redirector) -> str:
    successors = find_successors(address, is_folder, redirector.pages, redirector.site.addresses.published)
    likely = successors[0] if len(successors) == 1 else find_nearest(address, successors)
    if likely:
        return f"Run {MOVE} {address} {likely} if it is there now."
    return f"Run {MOVE} {address} {redirector.find_nearest(address)} or with the page that it is to lead to."


def list_drafts(site: Site) -> frozenset[str]:
    """The addresses of pages that only a build with drafts has: a redirect may hold until they are live."""
    drafts = {f"/{file.route}" for file in site.files.values() if file.kind.has_route and file.state != "live"}
    for audience in site.audiences:
        if audience.state != "live":
            drafts.update(f"/{route}" for route in routes.audience_routes(audience))
        hidden = (level.slug for level in audience.levels if level.state != "live")
        drafts.update(f"/{routes.level_route(audience.slug, slug)}" for slug in hidden)
    return frozenset(drafts)
