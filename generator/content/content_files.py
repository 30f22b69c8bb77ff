"""Which files a content folder has, and which of them have no place in it.

What a system or an editor leaves behind is not looked at, see `files.scan`. Of the rest, what might be meant as content
is left out with a warning, and everything else is an error.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from generator.content.kinds import AUDIENCE_KINDS, NESTING_FOLDERS, SITE_FOLDERS, SITE_KINDS, SLUG, match_path
from generator.content.media import FOLDER as MEDIA
from generator.content.media import OTHER_PICTURES, Media, MediaFault, MediaFile, find_ending, find_kind, suggest_type
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, error_at, find_nearest, suggest, warning_at
from generator.files.layouts import WORDS_FILE, Layouts
from generator.files.names import DEVICES, NO_DEVICE, find_unportable, fold_name
from generator.files.tree import Tree
from generator.formats.document import find_obstacles, show_name
from generator.formats.slugs import make_address

# The name of a level's file, where a hint shows one.
FIRST_LEVEL = "1-first.md"
# Endings that people and editors give to a text.
ENDING = re.compile(r"(\.(md|ya?ml|markdown|mdown|mkdn?|txt|text))+$", re.IGNORECASE)
RENAME = "Rename one of them."
# What is not known of a folder that could not be read everywhere.
ABOUT_MISSING = ("missing-file", "level-missing", "too-few-levels")


class ContentPaths(NamedTuple):
    """The files of a content folder, below it: those of the site, those of each audience by its folder, and pictures
    and other files; `refused` are those of the latter that cannot be, so that who names one learns why.
    """

    site: tuple[str, ...]
    audiences: dict[str, tuple[str, ...]]
    media: tuple[str, ...] = ()
    refused: Media = MappingProxyType({})


def find_content_files(folder: Tree) -> tuple[ContentPaths, list[Diagnostic]]:
    """The files of a content folder, and a problem for each that has no place in it or cannot be read."""
    site: list[str] = []
    audiences: dict[str, tuple[str, ...]] = {}
    misplaced: set[str] = set()
    devices: set[str] = set()
    for top in folder.tops():
        if top == MEDIA:
            continue
        paths = tuple(path for path in folder.below(top) if _belongs(path))
        misplaced.update(map(_find_misnamed, {*folder.below(top)}.difference(paths)))
        devices.update(filter(None, map(_find_device, paths)))
        if not top or top in SITE_FOLDERS:
            site += paths
        elif paths:
            audiences[top] = paths
    known: dict[str, list[str]] = defaultdict(list, {"": [*audiences, *SITE_FOLDERS]})
    for path in (*site, *(path for paths in audiences.values() for path in paths)) if misplaced else ():
        known[path.rpartition("/")[0]].append(path.rpartition("/")[2])
    problems = [_explain(folder, path, known) for path in sorted(misplaced)]
    problems += [_refuse_name(folder, path, NO_DEVICE) for path in devices]
    media, refused, unusable = find_media(folder)
    return ContentPaths(tuple(site), audiences, media, refused), [*problems, *unusable, *find_obstacles(folder)]


def find_media(folder: Tree) -> tuple[tuple[str, ...], dict[str, MediaFile], list[Diagnostic]]:
    """The pictures and other files of a content folder, those that are refused for their names, by their addresses, and
    a problem for each that has no place there.
    """
    found: dict[str, str] = {}
    refused: dict[str, MediaFile] = {}
    problems: list[Diagnostic] = []
    paths = tuple(path for path in folder.below(MEDIA) if path != MEDIA)
    unportable = find_unportable(paths)
    for path in paths:
        address = make_address(path)
        if path in unportable:
            problem = _refuse_name(folder, path, unportable[path])
            fault = MediaFault(problem.code, problem.message, problem.hint)
            kind = find_kind(path) or "download"
            refused[address] = MediaFile(path=path, address=address, kind=kind, key="", size=0, fault=fault)
            problems.append(problem)
        elif find_kind(path) is None:
            problems.append(_leave_out(folder, path))
        elif first := found.get(address):
            message = f"its address '/{address}' is that of {show_name(first)} already."
            problems.append(error_at("address-taken", show_name(folder.name_of(path)), WHOLE_FILE, message, RENAME))
        else:
            found[address] = path
    return tuple(found.values()), refused, problems


def _leave_out(folder: Tree, path: str) -> Diagnostic:
    """A warning about a file that no page can show or lead to."""
    place = show_name(folder.name_of(path))
    return warning_at("unknown-media-type", place, WHOLE_FILE, "this file is left out.", suggest_type(path))


def check_layout_names(layouts: Tree) -> list[Diagnostic]:
    """An error for each file of the layouts that not every system can hold. Files of content have stricter rules. Of
    layouts that lie over those of the program, a warning for each file that replaces nothing; an error if all do.
    """
    refused = [_refuse_name(layouts, path, reason) for path, reason in find_unportable(layouts.paths()).items()]
    if not isinstance(layouts, Layouts):
        return refused
    counting, idle = layouts.split_own()
    if idle and not counting:
        message, hint = "no file in it replaces one of the program's layouts.", "Name the folder that has your own."
        return [error_at("foreign-layouts", layouts.name, WHOLE_FILE, message, hint)]
    return refused + [_report_idle(layouts, path) for path in idle]


def _report_idle(layouts: Layouts, path: str) -> Diagnostic:
    message = "this file replaces none of the program's layouts."
    near = find_nearest(path, layouts.replaceable)
    hint = f"Did you mean '{near}'?" if near else "Name it like the one it has to replace, or delete it."
    return warning_at("idle-layout", show_name(layouts.name_of(path)), WHOLE_FILE, message, hint)


def _refuse_name(folder: Tree, path: str, reason: str) -> Diagnostic:
    return error_at("unportable-name", show_name(folder.name_of(path)), WHOLE_FILE, reason, "Choose another one.")


def keep_certain(problems: Iterable[Diagnostic], *folders: Tree) -> list[Diagnostic]:
    """The problems without those that say what is missing, if a folder could not be read everywhere."""
    uncertain = ABOUT_MISSING if any(folder.obstacles for folder in folders) else ()
    return [problem for problem in problems if problem.code not in uncertain]


def _belongs(path: str) -> bool:
    return match_path(path) is not None or path == WORDS_FILE


def _find_misnamed(path: str) -> str:
    """What is in the wrong place: a file, or the outermost folder that can have no files."""
    top, _, rest = path.partition("/")
    if rest and top not in SITE_FOLDERS and not re.fullmatch(SLUG, top):
        return f"{top}/"
    inner, slash, _ = rest.partition("/")
    if top in NESTING_FOLDERS:
        wrong = next((index for index, name in enumerate(rest.split("/")[:-1]) if not re.fullmatch(SLUG, name)), None)
        return path if wrong is None else "/".join([top, *rest.split("/")[: wrong + 1], ""])
    return f"{top}/{inner}/" if slash else path


def _find_device(path: str) -> str | None:
    """The file or folder of a path that is named like a device of Windows, or whose page would be in such a folder."""
    top, _, name = path.partition("/")
    if top.partition(".")[0] in DEVICES:
        return top
    slug = re.sub(r"^\d+-", "", name.partition(".")[0])
    return path if not DEVICES.isdisjoint(slug.split("/")) else None


def _explain(folder: Tree, path: str, known: Mapping[str, list[str]]) -> Diagnostic:
    """Why something has no place in a content folder. The path of a folder ends with a slash."""
    place, what = show_name(folder.name_of(path.rstrip("/"))), "folder" if path.endswith("/") else "file"
    outer, _, name = path.rstrip("/").rpartition("/")
    if name in SITE_FOLDERS and not outer:
        hint = f"Move it elsewhere, make a folder '{name}', and put files into that."
        return error_at("misplaced-file", place, WHOLE_FILE, "this is a file, and has to be a folder.", hint)
    if fold_name(name) in SITE_FOLDERS and not outer and not folder.below(fold_name(name)):
        hint = f"It has to be named {fold_name(name)}."
        return warning_at("misnamed-file", place, WHOLE_FILE, f"this {what} is left out.", hint)
    meant = _find_meant_name(path)
    others = [other for other in known.get(outer, []) if ("." in other) == (what == "file")]
    if meant and meant not in others:
        return warning_at("misnamed-file", place, WHOLE_FILE, "this file is left out.", f"It has to be named {meant}.")
    if original := meant or _find_original(name, others):
        message = f"this {what} is left out: it seems to be a copy of {original}."
        hint = "Keep what is right of both and delete it, or rename it with small letters, digits and hyphens."
        return warning_at("stray-copy", place, WHOLE_FILE, message, hint)
    return error_at("misplaced-file", place, WHOLE_FILE, f"this {what} has no place here.", _hint(path))


def _find_meant_name(path: str) -> str | None:
    """The name that a file would need, if only its ending is not that of a content file."""
    place, slash, name = path.rpartition("/")
    ending = ENDING.search(name)
    if not ending or ending[0] in (".md", ".yaml"):
        return None
    stem = name[: ending.start()].lower()
    names = [f"{stem}.yaml", f"{stem}.md"] if ".y" in ending[0].lower() else [f"{stem}.md", f"{stem}.yaml"]
    return next((meant for meant in names if _belongs(f"{place}{slash}{meant}")), None)


def _find_original(name: str, known: list[str]) -> str | None:
    """What a file or folder is a copy of: programs put something before or behind the name, in any language.

    `plan (1).md`, `plan - Kopie.md`, `plan.sync-conflict-….md`, `plan-LAPTOP.md`, `Copy of plan.md`, and `Plan.md`.
    """
    folded = fold_name(name)
    for original in sorted(known, key=len, reverse=True):
        stem, dot, ending = original.partition(".")
        rest = folded.removesuffix(dot + ending)
        if folded.endswith(dot + ending) and re.search(rf"^{stem}(?![a-z0-9])|\s{stem}$", rest):
            return original
    return None


def find_highest_level(paths: ContentPaths, audiences: Iterable[str]) -> int:
    """The highest number of a level's file among those of some audiences; 0 if there is none."""
    found = (match_path(path) for audience in audiences for path in paths.audiences[audience])
    return max((int(parameters.get("number", 0)) for _, parameters in filter(None, found)), default=0)


def _hint(path: str) -> str:
    top, _, rest = path.partition("/")
    if find_kind(path) or find_ending(path) in OTHER_PICTURES:
        return f"Pictures and files to load down go into {MEDIA}/; texts are Markdown, in files that end in .md."
    if path == f"{top}/" or (path.endswith("/") and top in NESTING_FOLDERS):
        return "Folders are named with small letters, digits and hyphens."
    if rest.endswith("/"):
        return f"Put its files into {top}/ itself."
    for kind in SITE_KINDS:
        if rest and top == kind.folder:
            example = kind.file_path(slug="about-us")
            return f"{kind.label} are named with small letters, digits and hyphens: {example}."
    if not rest:
        return suggest(top, [WORDS_FILE, *(kind.path for kind in SITE_KINDS if kind.is_single)])
    if rest.endswith(".md"):
        return f"Levels are named {FIRST_LEVEL}, 2-second.md, with small letters, digits and hyphens."
    names = [kind.path.rpartition("/")[2] for kind in AUDIENCE_KINDS if kind.is_single]
    return suggest(rest, [FIRST_LEVEL, *names])
