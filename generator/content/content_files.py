"""Which files a content folder has, and which of them have no place in it."""

import re
from typing import NamedTuple

from generator.content.kinds import AUDIENCE_KINDS, SITE_FOLDERS, SITE_KINDS, SLUG, match_path
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, error_at, suggest
from generator.files.tree import Tree
from generator.i18n.words import WORDS_FILE

# The name of a level's file, where a hint shows one.
FIRST_LEVEL = "1-first.md"


class ContentPaths(NamedTuple):
    """The files of a content folder, below it: those of the site, and those of each audience by its folder."""

    site: tuple[str, ...]
    audiences: dict[str, tuple[str, ...]]


def find_content_files(folder: Tree) -> tuple[ContentPaths, list[Diagnostic]]:
    """The files of a content folder, and an error for each that has no place in it."""
    site: list[str] = []
    audiences: dict[str, tuple[str, ...]] = {}
    misplaced: list[str] = []
    for top in folder.tops():
        paths = [path for path in folder.below(top) if match_path(path) or path == WORDS_FILE]
        misplaced += folder.below(top) if not paths else set(folder.below(top)).difference(paths)
        if not top or top in SITE_FOLDERS:
            site += paths
        elif paths:
            audiences[top] = tuple(paths)
    problems = [
        error_at("misplaced-file", f"{folder.name}/{path}", WHOLE_FILE, "this file has no place here.", _hint(path))
        for path in sorted(misplaced)
    ]
    return ContentPaths(tuple(site), audiences), problems


def _hint(path: str) -> str:
    top, _, rest = path.partition("/")
    if not rest:
        return suggest(top, [WORDS_FILE, *(kind.path for kind in SITE_KINDS if kind.is_single)])
    for kind in SITE_KINDS:
        if top == kind.folder:
            example = kind.file_path(slug="about-us")
            return f"{kind.label} are named with small letters, digits and hyphens: {example}."
    if "/" in rest:
        return "An audience's folder has no folders in it."
    if not re.fullmatch(SLUG, top):
        return "Folders are named with small letters, digits and hyphens."
    if rest.endswith(".md"):
        return f"Levels are named {FIRST_LEVEL}, 2-second.md, with small letters, digits and hyphens."
    names = [kind.path.rpartition("/")[2] for kind in AUDIENCE_KINDS if kind.is_single]
    return suggest(rest, [FIRST_LEVEL, *names])
