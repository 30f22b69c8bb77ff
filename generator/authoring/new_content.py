"""What `new` begins: an audience, a level, a page or a whole site, as the changes to make.

Every function raises `ValueError` if what is asked for cannot be begun, and says why.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.authoring.change_set import ChangeSet
from generator.authoring.level_insertion import NewLevel, insert_level
from generator.authoring.scaffolding import LONGEST_NAME, Starters, start_audience, start_page, start_site
from generator.content.kinds import SLUG
from generator.content.model import Audience, Content
from generator.diagnostics.diagnostic import Diagnostic, suggest, warning_at
from generator.formats.slugs import make_slug
from generator.i18n.editor_words import read_editor_words


class Request(NamedTuple):
    """What an editor asks for. `kind` is `audience`, `level` or `page`; the last three fields are for levels."""

    kind: str
    name: str
    slug: str | None = None
    audience: str | None = None
    number: int | None = None
    boundary: float | None = None


def plan_content(request: Request, files: Mapping[str, str], content: Content, language: str) -> ChangeSet:
    """The changes that begin an audience, a level or a page. `files` are those of the content folder, by path, and
    `language` is that of the site, whose settings may have a mistake.
    """
    if request.kind != "level" and (request.number or request.boundary is not None or request.audience):
        raise ValueError("--at, --from and --audience are for levels.")
    request = request._replace(name=request.name.strip())
    slug, starters = _choose_slug(request, language), Starters(content.site.words, read_editor_words(language))
    if request.kind == "level":
        return _plan_level(request, files, content, slug, starters)
    if request.kind == "audience":
        created = start_audience(request.name, slug, starters)
    else:
        created = {f"pages/{slug}.md": start_page(request.name, starters)}
    return ChangeSet({}, {}, created, [_ask_to_write(next(iter(created)))])


def plan_site(root: Path, starters: Starters) -> ChangeSet:
    """The files of a small content folder, for a site that is named after its folder."""
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise ValueError(f"'{root}' is there already.")
    full = root.resolve()
    name = full.parent.name if full.name == "content" else full.name
    title = re.sub(r"[-_.\s]+", " ", name).strip()[:LONGEST_NAME] or starters.editor.start("site")
    created = start_site(title[0].upper() + title[1:], starters)
    drafts = [path for path, text in created.items() if re.search("(?m)^[- ] draft: true|^draft: true", text)]
    return ChangeSet({}, {}, created, [_ask_to_write(path) for path in drafts])


def _ask_to_write(path: str) -> Diagnostic:
    hint = "Write it, then delete 'draft'; until then only a build or preview with --drafts shows it."
    return warning_at("draft-to-write", path, (), "this is a draft.", hint)


def _plan_level(
    request: Request, files: Mapping[str, str], content: Content, slug: str, starters: Starters
) -> ChangeSet:
    audience = _choose_audience(request.audience, content)
    count = max((level.number for level in audience.levels), default=0)
    number = request.number or count + 1
    if number > count + 1:
        raise ValueError(f"--at {number} would leave a gap: {audience.slug} has {count} levels.")
    if request.boundary is not None and all(level.metric is None for level in audience.levels):
        raise ValueError(f"--from has no meaning here: the levels of {audience.slug} have no 'metric'.")
    if slug in [level.slug for level in audience.levels]:
        raise ValueError(f"{audience.slug} has a level with the slug '{slug}' already. Choose another with --slug.")
    new = NewLevel(number, request.name, slug, request.boundary)
    try:
        return insert_level(files, content.site, audience, new, starters)
    except ValueError as error:
        raise ValueError(f"--from {error}.") from None


def _choose_audience(wanted: str | None, content: Content) -> Audience:
    audiences = {audience.slug: audience for audience in content.audiences}
    if wanted is None and len(audiences) == 1:
        return content.audiences[0]
    if not audiences:
        raise ValueError("there is no audience yet. Begin with one: python3 build.py new audience NAME.")
    if wanted is None:
        choice = " or ".join(sorted(audiences)[:8])
        raise ValueError(f"say which audience the level is for: --audience {choice}.")
    wanted = wanted.rstrip("/").rpartition("/")[2]
    if wanted not in audiences:
        raise ValueError(f"there is no audience '{wanted}'. {suggest(wanted, audiences)}")
    return audiences[wanted]


def _choose_slug(request: Request, language: str) -> str:
    if not 1 <= len(request.name) <= LONGEST_NAME:
        raise ValueError(f"a name has 1 to {LONGEST_NAME} characters to begin with.")
    slug = request.slug or make_slug(request.name, language)
    if not slug:
        raise ValueError(f"'{request.name}' has no letters for an address. Give one: --slug some-words.")
    if not re.fullmatch(rf"{SLUG}(/{SLUG})*" if request.kind == "page" else SLUG, slug):
        raise ValueError(f"'{slug}' is no slug: small letters, digits and single hyphens.")
    return slug
