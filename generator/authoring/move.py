"""A page or an audience gets another address: its files are renamed, links follow, and the old address leads on."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from generator.authoring.change_set import ChangeSet
from generator.authoring.published import PATH, set_redirects
from generator.content.address_rules import list_drafts
from generator.content.kinds import KINDS_BY_NAME, SLUG, match_path, match_route, route_of_file
from generator.content.links import change_links
from generator.content.media import START
from generator.content.model import Content
from generator.content.redirects import Redirector, complete_path, split_part
from generator.content.routes import live_routes
from generator.diagnostics.diagnostic import suggest
from generator.files.tree import Tree

PAGES = f"{KINDS_BY_NAME['page'].folder}/"


class Move(NamedTuple):
    """What moves: files by their paths, and addresses."""

    files: dict[str, str]
    addresses: dict[str, str]

    def follow(self, link: str) -> str:
        """A link as it has to be now, with the part of the page that it names."""
        path, part = split_part(link)
        new = self.addresses.get(complete_path(path)) if path.startswith("/") else None
        return link if new is None else new + part if new.startswith("/") else new


def plan_move(old: str, new: str, folder: Tree, content: Content) -> ChangeSet:
    """The changes that move what is at `old` to `new`, which are addresses or paths of files.

    Where nothing is at `old` any more, since its file was renamed or deleted, links and redirects follow. Raises
    `ValueError` where it cannot be moved.
    """
    move = Planner(folder, content).plan(old, new)
    changed = {move.files.get(path, path): text for path, text in change_links(content, folder, move.follow).items()}
    changed |= _rename_differences(folder, move.files)
    redirects = _redirect(content, move)
    if redirects != content.site.addresses.redirects:
        text = folder.read(PATH).decode() if PATH in folder.paths() else ""
        changed[PATH] = set_redirects(text, redirects)
    return ChangeSet(move.files, changed, {}, [])


def _rename_differences(folder: Tree, files: Mapping[str, str]) -> dict[str, str]:
    """strategy.yaml, where it names files that move."""
    path = KINDS_BY_NAME["strategy"].path
    text = before = folder.read(path).decode() if path in folder.paths() else ""
    for old, new in files.items():
        text = re.sub(rf"(?<![\w/.-]){re.escape(old)}(?![\w/.-])", new, text)
    return {path: text} if text != before else {}


def _redirect(content: Content, move: Move) -> dict[str, str]:
    """The redirects after a move: none from where a page is now, none to where it was, and one from there if anybody
    may know that address.
    """
    site, now = content.site, frozenset(move.addresses.values())
    kept = {
        source: move.follow(target)
        for source, target in site.addresses.redirects.items()
        if complete_path(source) not in now
    }
    live = {f"/{route}" for route in live_routes(site)} - list_drafts(site)
    known = live.union(site.addresses.published) if move.files else move.addresses
    return kept | {source: target for source, target in move.addresses.items() if source in known}


class Planner:
    """Finds what an editor means by an address, or by the path of a file."""

    def __init__(self, folder: Tree, content: Content) -> None:
        self.site, self.folder = content.site, folder.name
        self.paths = frozenset(folder.paths())
        self.files = {f"/{route}": path for path in folder.paths() if (route := route_of_file(path)) is not None}
        self.pages = frozenset(f"/{route}" for route in live_routes(content.site)).union(self.files)

    def plan(self, old: str, new: str) -> Move:
        if self._strip(old).lstrip("/").startswith(START[1:]):
            hint = "Rename the file itself: then each place that names the old one is an error that names the new one."
            raise ValueError(f"'{old}' is a picture or a file, and none has an address of its own. {hint}")
        path = self._find_path(old)
        if path is None:
            return self._plan_redirect(old, new)
        return self._move_folder(path, new) if path.endswith("/") else self._move_file(path, new)

    def _strip(self, text: str) -> str:
        """A path below the content folder."""
        return text.replace("\\", "/").removeprefix("./").removeprefix(f"{self.folder}/")

    def _find_path(self, text: str) -> str | None:
        """The file at an address or path; a folder, with a slash at its end, where it is that of an audience or of free
        pages.
        """
        inside, address = self._strip(text), complete_path(text)
        path = inside if inside in self.paths else self.files.get(address)
        if path is not None:
            return path.removesuffix(audience) if path.endswith(audience := "audience.md") else path
        folder = f"{PAGES}{address[1:]}" if text.startswith("/") else f"{inside.rstrip('/')}/"
        if any(each.startswith(folder) for each in self.paths) and folder != PAGES:
            return folder
        if address in self.pages:
            raise ValueError(f"'{address}' is made of several files, so it moves with its audience only.")
        return None

    def _move_file(self, path: str, new: str) -> Move:
        found = match_path(path)
        kind, parameters = found or (None, {})
        if kind is None or not kind.has_route or kind.has_fixed_route or (kind.is_of_audience and kind.is_single):
            raise ValueError(f"{path} cannot have another name or address.")
        if new.startswith("/"):
            more = match_route(kind, complete_path(new)[1:])
            target = kind.file_path(**{**parameters, **more}) if more else ""
        else:
            target = self._strip(new)
        moved = match_path(target)
        if moved is None or moved[0] is not kind:
            example = f"/{kind.page_route(**{**parameters, 'slug': 'another-name'})}"
            raise ValueError(f"'{new}' is no address that {path} can have: {example} is one.")
        if target == path:
            raise ValueError(f"{path} is at '{new}' already.")
        for name in parameters.keys() - {"slug"}:
            if moved[1][name] != parameters[name]:
                raise ValueError(f"the {name} of {path} has to stay {parameters[name]}.")
        return Move({path: target}, {f"/{kind.page_route(**parameters)}": f"/{kind.page_route(**moved[1])}"})

    def _move_folder(self, old: str, new: str) -> Move:
        """All files of an audience, or of a folder of free pages."""
        above = PAGES if old.startswith(PAGES) else ""
        name = (new if new.startswith("/") else self._strip(new).removeprefix(above)).strip("/")
        name = name.removesuffix("/audience.md")
        if not re.fullmatch(rf"{SLUG}(/{SLUG})*" if above else SLUG, name):
            raise ValueError(f"'{new}' is no name for a folder: small letters, digits and single hyphens.")
        target = f"{above}{name}/"
        if any(path.startswith(target) for path in self.paths):
            raise ValueError(f"there is a folder {target} already.")
        start, end = f"/{old.removeprefix(above)}", f"/{name}/"
        return Move(
            {path: target + path.removeprefix(old) for path in sorted(self.paths) if path.startswith(old)},
            {page: end + page.removeprefix(start) for page in sorted(self.pages) if page.startswith(start)},
        )

    def _plan_redirect(self, old: str, new: str) -> Move:
        """Where nothing is at the old address any more: that and what was below it leads to what there is now."""
        route = route_of_file(self._strip(old)) if not old.startswith("/") else None
        source = complete_path(old if route is None else f"/{route}")
        if not source.startswith("/"):
            raise ValueError(f"there is no '{old}' in {self.folder}. {suggest(old, self.paths | self.pages)}")
        target = self._find_page(source, new)
        gone = [page for page in Redirector(self.site, self.pages).list_gone() if page.startswith(source)]
        return Move({}, {source: target} | {page: self._find_below(page, source, target) for page in gone})

    def _find_page(self, old: str, new: str) -> str:
        path, part = split_part(new)
        if re.match(r"https?://", new):
            return new
        route = route_of_file(self._strip(path)) if self._strip(path) in self.paths else None
        address = complete_path(path) if route is None else f"/{route}"
        if address not in self.pages:
            what = f"there is no page at '{old}' that can move, and neither a page nor a file at '{new}' to lead to."
            raise ValueError(f"{what} {suggest(old, self.pages)}")
        return address + part

    def _find_below(self, page: str, source: str, target: str) -> str:
        below = target + page.removeprefix(source)
        return below if below in self.pages else target
