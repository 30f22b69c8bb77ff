"""The browser editor at `/admin/`: its page, and its configuration, made from the types of the content.

Decap CMS and Sveltia CMS read the same configuration. Neither is part of the site: the page loads Decap from
a content delivery network, at one version and only if it is the file with this digest.
"""

from collections.abc import Iterator
from typing import Any

from generator.content.kinds import FILE_KINDS, FileKind
from generator.content.model import Outline
from generator.content.routes import ADMIN, article_address, audience_address, level_address, quiz_address
from generator.formats.yaml_writer import write_yaml
from generator.pages.admin_forms import Form, list_verbatim, make_fields
from generator.pages.context import Shape
from generator.pages.page import Frame, Page
from generator.schema.site import Admin

BUNDLE = {
    "address": "https://cdn.jsdelivr.net/npm/decap-cms@3.16.3/dist/decap-cms.js",
    "integrity": "sha384-A/Gdn928CNLufmnGWGs9RM4Q9o8bSNLeJERqBFrBjwzL7FRpoLT3MPF8Tl0+Wd2p",
}
KINDS = {kind.name: kind for kind in FILE_KINDS if kind.has_form}
# The field that holds the entries of a file which is a list.
ENTRIES = "entries"


def plan_admin(frame: Frame) -> Iterator[Page]:
    """The files of the editor."""
    title = f"{frame.site.settings.name}: /{ADMIN}"
    yield Page(f"{ADMIN}index.html", "files/admin.html", {"title": title, "bundle": BUNDLE})
    config = {"config": write_yaml(make_config(frame))}
    yield Page(f"{ADMIN}config.yml", "files/admin_config.txt", config)
    yield Page(f"{ADMIN}forms.js", "files/admin_forms.js", {"kinds": shape_kinds()})


def shape_kinds() -> Shape:
    """What the editor's script has to know of each kind of file."""
    return {
        kind.name: {
            "body": kind.has_body,
            "list": ENTRIES if kind.is_list else None,
            "verbatim": list_verbatim(kind.fields, f"{ENTRIES}.*" if kind.is_list else ""),
        }
        for kind in KINDS.values()
    }


def shape_admin_policy(frame: Frame) -> Shape:
    """What the content security policy of the editor has to allow.

    The bundle compiles the check of its configuration, and styles its parts from its script.
    """
    admin = frame.site.settings.admin
    login = [admin.login.rstrip("/")] if isinstance(admin, Admin) and admin.login else []
    return {
        "script": "/".join(BUNDLE["address"].split("/")[:3]),
        "pictures": ["https://avatars.githubusercontent.com", "https://raw.githubusercontent.com"],
        "services": ["https://api.github.com", "https://www.githubstatus.com", *login],
    }


def make_config(frame: Frame) -> dict[str, Any]:
    """The configuration, in the form that both editors read."""
    site = frame.site
    admin = site.settings.admin
    folder = admin.folder if isinstance(admin, Admin) else "content"
    return {
        "backend": make_backend(admin, frame.target.repository),
        "publish_mode": "editorial_workflow",
        "media_folder": "layouts/static",
        "public_folder": "/",
        **({"site_url": frame.target.base_url} if frame.target.base_url else {}),
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": list(_list_collections(frame, folder)),
    }


def make_backend(admin: bool | Admin, repository: str | None) -> dict[str, Any]:
    """Where the editor keeps what is written. Without a repository it works on this machine only."""
    if isinstance(admin, Admin):
        login = {"base_url": admin.login.rstrip("/")} if admin.login else {}
        return {"name": "github", "repo": admin.repo, "branch": admin.branch, **login}
    if repository:
        return {"name": "github", "repo": repository, "branch": "main"}
    return {"name": "proxy", "proxy_url": "http://127.0.0.1:8081/api/v1"}


def _list_collections(frame: Frame, folder: str) -> Iterator[dict[str, Any]]:
    site = frame.site
    yield _files("site", "Settings", [_file(KINDS["site"], folder, "site.yaml", "Settings", "")])
    yield _files("home", "Front page", [_file(KINDS["home"], folder, "home.md", "Front page", "")])
    if site.offers:
        yield _files("offers", "Offers", [_file(KINDS["offers"], folder, "offers.yaml", "Offers", "offers/")])
    if site.curriculum:
        file = _file(KINDS["curriculum"], folder, "curriculum.yaml", "Curriculum", "curriculum/")
        yield _files("curriculum", "Curriculum", [file])
    if site.outlines:
        yield _files("audience", "Audiences", [_audience_file(outline, folder) for outline in site.outlines])
    for outline in site.outlines:
        files = [
            _file(
                KINDS["level"], folder, f"{outline.slug}/{level.number}-{level.slug}.md",
                f"{level.number}. {level.name}", level_address(outline.slug, level.slug),
            )
            for level in outline.levels
        ]  # fmt: skip
        yield {**_files("level", f"Levels: {outline.name}", files), "name": f"levels-{outline.slug}"}
    quizzes = [
        _file(KINDS["quiz"], folder, f"{outline.slug}/quiz.yaml", outline.name, quiz_address(outline.slug))
        for outline in site.outlines
        if outline.has_quiz
    ]
    if quizzes:
        yield _files("quiz", "Quizzes", quizzes)
    yield {
        "name": "page",
        "label": "Pages",
        "label_singular": "Page",
        "folder": f"{folder}/pages",
        "create": True,
        "slug": "{{slug}}",
        "extension": "md",
        "format": "page-file",
        "preview_path": article_address("{{slug}}"),
        "fields": _fields(KINDS["page"]),
    }


def _audience_file(outline: Outline, folder: str) -> dict[str, Any]:
    path = f"{outline.slug}/audience.md"
    return _file(KINDS["audience"], folder, path, outline.name, audience_address(outline.slug))


def _files(kind: str, label: str, files: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": kind, "label": label, "format": f"{kind}-file", "files": files}


def _file(kind: FileKind, folder: str, path: str, label: str, address: str) -> dict[str, Any]:
    name = path.rpartition(".")[0].replace("/", "-")
    preview = {"preview_path": address} if address else {}
    return {"name": name, "label": label, "file": f"{folder}/{path}", **preview, "fields": _fields(kind)}


def _fields(kind: FileKind) -> list[Form]:
    if kind.is_list:
        entries = {"name": ENTRIES, "label": "Entries", "widget": "list", "summary": "{{fields.name}}"}
        return [{**entries, "fields": make_fields(kind.fields)}]
    body = {"name": "body", "label": "Text", "widget": "markdown", "modes": ["raw"], "required": False}
    return [*make_fields(kind.fields), *([body] if kind.has_body else [])]
