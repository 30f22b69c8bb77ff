"""The browser editor at `/admin/`: its page, and its configuration, made from the types of the content.

Decap CMS and Sveltia CMS read the same configuration. Neither is part of the site: the page loads Decap from
a content delivery network, at one version and only if it is the file with this digest.
"""

from collections.abc import Iterator
from typing import Any

from generator.content.kinds import KINDS, ContentKind
from generator.content.model import Site
from generator.content.routes import ADMIN, level_file, level_route
from generator.formats.yaml_writer import write_yaml
from generator.pages.admin_forms import Form, find_heading, find_verbatim, make_fields
from generator.pages.context import Context
from generator.pages.page import Page, PageFactory
from generator.schema.site import Admin

BUNDLE = {
    "address": "https://cdn.jsdelivr.net/npm/decap-cms@3.16.3/dist/decap-cms.js",
    "integrity": "sha384-A/Gdn928CNLufmnGWGs9RM4Q9o8bSNLeJERqBFrBjwzL7FRpoLT3MPF8Tl0+Wd2p",
}
# The field that holds the entries of a file which is a list.
ENTRIES = "entries"

FORM_KINDS = [kind for kind in KINDS if kind.is_published]

Collection = dict[str, Any]


def plan_admin(factory: PageFactory) -> Iterator[Page]:
    """The files of the editor."""
    title = f"{factory.site.settings.name}: /{ADMIN}"
    yield Page(f"{ADMIN}index.html", "files/admin.html", {"title": title, "bundle": BUNDLE})
    config = {"config": write_yaml(make_config(factory))}
    yield Page(f"{ADMIN}config.yml", "files/admin_config.txt", config)
    # What the editor's script has to know of each kind of file.
    kinds = {
        kind.name: {
            "body": kind.has_body,
            "list": ENTRIES if kind.is_list else None,
            "verbatim": list(find_verbatim(kind.fields, f"{ENTRIES}.*" if kind.is_list else "")),
        }
        for kind in FORM_KINDS
    }
    yield Page(f"{ADMIN}forms.js", "files/admin_forms.js", {"kinds": kinds})


def admin_policy_context(site: Site) -> Context:
    """What the content security policy of the editor has to allow.

    The bundle compiles the check of its configuration, and styles its parts from its script.
    """
    admin = site.settings.admin
    login = [admin.login.rstrip("/")] if isinstance(admin, Admin) and admin.login else []
    return {
        "script": "/".join(BUNDLE["address"].split("/")[:3]),
        "pictures": ["https://avatars.githubusercontent.com", "https://raw.githubusercontent.com"],
        "services": ["https://api.github.com", "https://www.githubstatus.com", *login],
    }


def make_config(factory: PageFactory) -> dict[str, Any]:
    """The configuration, in the form that both editors read."""
    target, admin = factory.target, factory.site.settings.admin
    folder = admin.folder if isinstance(admin, Admin) else "content"
    return {
        "backend": make_backend(admin, target.repository),
        "publish_mode": "editorial_workflow",
        "media_folder": "layouts/static",
        "public_folder": "/",
        **({"site_url": target.base_url} if target.base_url else {}),
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": list(_list_collections(factory.site, folder)),
    }


def make_backend(admin: bool | Admin, repository: str | None) -> dict[str, Any]:
    """Where the editor keeps what is written. Without a repository it works on this machine only."""
    if isinstance(admin, Admin):
        login = {"base_url": admin.login.rstrip("/")} if admin.login else {}
        return {"name": "github", "repo": admin.repo, "branch": admin.branch, **login}
    if repository:
        return {"name": "github", "repo": repository, "branch": "main"}
    return {"name": "proxy", "proxy_url": "http://127.0.0.1:8081/api/v1"}


def _list_collections(site: Site, folder: str) -> Iterator[Collection]:
    """The collections of the editor: one for the files of a kind, and of levels one for each audience."""
    for kind in FORM_KINDS:
        label = kind.label or kind.name.capitalize()
        if kind.name == "level":
            for audience in site.audiences:
                levels = [
                    _file(kind, level_file(audience, level), f"{level.number}. {level.name}",
                          level_route(audience.slug, level.slug), folder)
                    for level in audience.levels
                ]  # fmt: skip
                yield _files_collection(kind, f"levels-{audience.slug}", f"{label}: {audience.name}", levels)
        elif not kind.is_single:
            yield _folder_collection(kind, label, folder)
        elif files := list(_list_files(site, kind, label, folder)):
            yield _files_collection(kind, kind.name, label, files)


def _list_files(site: Site, kind: ContentKind, label: str, folder: str) -> Iterator[Collection]:
    if kind.path in site.files:
        yield _file(kind, kind.path, label, kind.page_route(), folder)
    for audience in site.audiences if kind.is_of_audience else ():
        if audience.has(kind.name):
            path = kind.file_path(audience=audience.slug)
            yield _file(kind, path, audience.name, kind.page_route(audience=audience.slug), folder)


def _folder_collection(kind: ContentKind, label: str, folder: str) -> Collection:
    """A folder in which an editor may begin new files."""
    return {
        "name": kind.name,
        "label": label,
        "label_singular": kind.name.capitalize(),
        "folder": f"{folder}/{kind.folder}",
        "create": True,
        "slug": "{{slug}}",
        "extension": kind.path.rpartition(".")[2],
        "format": f"{kind.name}-file",
        "preview_path": kind.page_route(slug="{{slug}}"),
        "fields": _list_fields(kind),
    }


def _files_collection(kind: ContentKind, name: str, label: str, files: list[Collection]) -> Collection:
    return {"name": name, "label": label, "format": f"{kind.name}-file", "files": files}


def _file(kind: ContentKind, path: str, label: str, route: str, folder: str) -> Collection:
    name = path.rpartition(".")[0].replace("/", "-")
    preview = {"preview_path": route} if route else {}
    return {"name": name, "label": label, "file": f"{folder}/{path}", **preview, "fields": _list_fields(kind)}


def _list_fields(kind: ContentKind) -> list[Form]:
    if kind.is_list:
        summary = f"{{{{fields.{find_heading(kind.fields)}}}}}"
        entries = {"name": ENTRIES, "label": "Entries", "widget": "list", "summary": summary}
        return [{**entries, "fields": make_fields(kind.fields)}]
    body = {"name": "body", "label": "Text", "widget": "markdown", "modes": ["raw"], "required": False}
    return [*make_fields(kind.fields), *([body] if kind.has_body else [])]
