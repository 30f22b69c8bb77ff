"""The browser editor at `/admin/`: its page, and its configuration, made from the types of the content.

Decap CMS and Sveltia CMS read the same configuration. Neither is part of the site: the page loads Decap from
a content delivery network, at one version and only if it is the file with this digest.
"""

from collections.abc import Iterator
from typing import Any

from generator.content.kinds import KINDS, ContentKind
from generator.content.model import HiddenLevel, LevelSummary
from generator.content.routes import ADMIN, MEDIA, level_file, level_route, live_routes
from generator.formats.slugs import find_letters
from generator.formats.yaml_writer import write_yaml
from generator.i18n.editor_words import EditorWords, read_editor_words
from generator.pages.admin_forms import Form, find_heading, find_verbatim, make_fields
from generator.pages.page import Page, PageFactory
from generator.pages.policy import Policy, find_hosts
from generator.schema.site import Admin

BUNDLE = {
    "address": "https://cdn.jsdelivr.net/npm/decap-cms@3.16.3/dist/decap-cms.js",
    "integrity": "sha384-A/Gdn928CNLufmnGWGs9RM4Q9o8bSNLeJERqBFrBjwzL7FRpoLT3MPF8Tl0+Wd2p",
}
# Where decap-server, which edits the files on one's own machine, is looked for.
LOCAL = ("http://127.0.0.1:8081", "http://localhost:8081")
# Above the page beside a form.
PREVIEW_NOTE = (
    "The page as it was last built. Words that you change show at once, all else after the next build. "
    "What is new or a draft has no page yet."
)
# The field that holds the entries of a file which is a list.
ENTRIES = "entries"

FORM_KINDS = [kind for kind in KINDS if kind.is_published]

Collection = dict[str, Any]


def plan_admin(factory: PageFactory) -> Iterator[Page]:
    """The files of the editor."""
    title = f"{factory.site.settings.name}: /{ADMIN}"
    policy = editor_policy(factory.site.settings.admin)
    yield Page(f"{ADMIN}index.html", "files/admin.html", {"title": title, "bundle": BUNDLE, "policy": policy.write()})
    words = read_editor_words(factory.language.tag)
    config = make_config(factory, words)
    yield Page(f"{ADMIN}config.yml", "files/admin_config.txt", {"config": write_yaml(config)})
    # What the editor's script has to know of each kind of file.
    kinds = {
        kind.name: {
            "format": name_format(kind),
            "body": kind.has_body,
            "list": ENTRIES if kind.is_list else None,
            "verbatim": list(find_verbatim(kind.fields, f"{ENTRIES}.*" if kind.is_list else "")),
        }
        for kind in FORM_KINDS
    }
    context = {
        "kinds": kinds,
        "pages": dict(_list_previews(config["collections"])),
        "built": sorted(live_routes(factory.site)),
        "letters": find_letters(factory.language.tag),
        "note": words.label(PREVIEW_NOTE),
    }
    yield Page(f"{ADMIN}forms.js", "files/admin_forms.js", context)


def _list_previews(collections: list[Collection]) -> Iterator[tuple[str, str]]:
    """The page beside each form: that of the file, or the front page for a file that has none."""
    for collection in collections:
        for entry in collection.get("files", [collection]):
            yield entry["name"], entry.get("preview_path", "")


def name_format(kind: ContentKind) -> str:
    """What the editor calls our way to read and write such files. Sveltia wants to hear what a file of Markdown is."""
    return f"{kind.name}-{'frontmatter' if kind.has_body else 'file'}"


def editor_policy(admin: bool | Admin) -> Policy:
    """The content security policy of the editor.

    The bundle compiles the check of its configuration, and styles its parts from its script. Sveltia loads its fonts
    and icons from where it comes from, and reads pictures that stand in its script.
    """
    network = [*find_hosts(BUNDLE["address"])]
    login = find_hosts(admin.login) if isinstance(admin, Admin) and admin.login else ()
    return Policy(style_src=("'self'", "'unsafe-inline'"), manifest_src=(), form_action=("'none'",)).allow(
        script_src=["'unsafe-eval'", *network],
        img_src=["blob:", "https://avatars.githubusercontent.com", "https://raw.githubusercontent.com"],
        font_src=["data:", *network],
        connect_src=["blob:", "data:", "https://api.github.com", "https://www.githubstatus.com", *LOCAL, *login],
        frame_src=["'self'", "blob:"],
    )


def make_config(factory: PageFactory, words: EditorWords) -> dict[str, Any]:
    """The configuration, in the form that both editors read. They know the languages that we have labels in."""
    target, admin = factory.target, factory.site.settings.admin
    folder = admin.folder if isinstance(admin, Admin) else "content"
    return {
        "backend": make_backend(admin, target.repository),
        **({"locale": words.tag.partition("-")[0]} if words.labels else {}),
        "publish_mode": "editorial_workflow",
        "media_folder": f"{folder}/{MEDIA.rstrip('/')}",
        "public_folder": f"/{MEDIA.rstrip('/')}",
        **({"site_url": target.base_url} if target.base_url else {}),
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": list(_Collections(factory, words, folder)),
    }


def make_backend(admin: bool | Admin, repository: str | None) -> dict[str, Any]:
    """Where the editor keeps what is written. Without a repository it works on this machine only."""
    if isinstance(admin, Admin):
        login = {"base_url": admin.login.rstrip("/")} if admin.login else {}
        return {"name": "github", "repo": admin.repo, "branch": admin.branch, **login}
    if repository:
        return {"name": "github", "repo": repository, "branch": "main"}
    return {"name": "proxy", "proxy_url": f"{LOCAL[0]}/api/v1"}


class _Collections:
    """The collections of the editor: one for the files of a kind, and of levels one for each audience."""

    def __init__(self, factory: PageFactory, words: EditorWords, folder: str) -> None:
        self.site, self.language = factory.site, factory.language
        self.translate, self.has_labels = words.label, bool(words.labels)
        self.folder = folder

    def __iter__(self) -> Iterator[Collection]:
        for kind in FORM_KINDS:
            label = self.translate(kind.label or kind.name.capitalize())
            if kind.name == "level":
                yield from self._list_levels(kind, label)
            elif not kind.is_single:
                yield self._make_folder(kind, label)
            elif files := list(self._list_files(kind, label)):
                yield _make_files(kind, kind.name, label, files)

    def _list_levels(self, kind: ContentKind, label: str) -> Iterator[Collection]:
        for audience in self.site.audiences:
            every: list[LevelSummary | HiddenLevel] = [*audience.levels, *audience.hidden]
            levels = [
                self._make_file(
                    kind, level_file(audience, level), f"{level.number}. {level.name}",
                    level_route(audience.slug, level.slug),
                )
                for level in sorted(every, key=lambda level: level.number)
            ]  # fmt: skip
            name = f"{self.language.label(label)} {audience.name}"
            yield _make_files(kind, f"levels-{audience.slug}", name, levels)

    def _list_files(self, kind: ContentKind, label: str) -> Iterator[Collection]:
        if kind.path in self.site.files:
            yield self._make_file(kind, kind.path, label, kind.page_route())
        for audience in self.site.audiences if kind.is_of_audience else ():
            if audience.has(kind.name):
                path = kind.file_path(audience=audience.slug)
                yield self._make_file(kind, path, audience.name, kind.page_route(audience=audience.slug))

    def _make_folder(self, kind: ContentKind, label: str) -> Collection:
        """A folder in which an editor may begin new files."""
        return {
            "name": kind.name,
            "label": label,
            "label_singular": self.translate(kind.name.capitalize()),
            "folder": f"{self.folder}/{kind.folder}",
            "create": True,
            **({"nested": {"depth": 9}} if kind.may_nest else {}),
            "slug": "{{slug}}",
            "extension": kind.path.rpartition(".")[2],
            "format": name_format(kind),
            "preview_path": kind.page_route(slug="{{slug}}"),
            "fields": self._list_fields(kind),
        }

    def _make_file(self, kind: ContentKind, path: str, label: str, route: str) -> Collection:
        name = path.rpartition(".")[0].replace("/", "-")
        preview = {"preview_path": route} if route else {}
        file = f"{self.folder}/{path}"
        return {"name": name, "label": label, "file": file, **preview, "fields": self._list_fields(kind)}

    def _list_fields(self, kind: ContentKind) -> list[Form]:
        fields = make_fields(kind.fields, self.translate if self.has_labels else None)
        if kind.name != "level":
            drop_sections(fields)
        if kind.is_list:
            summary = f"{{{{fields.{find_heading(kind.fields)}}}}}"
            label = self.translate("Entries")
            return [{"name": ENTRIES, "label": label, "widget": "list", "summary": summary, "fields": fields}]
        body = {"name": "body", "label": self.translate("Text"), "widget": "markdown", "modes": ["raw"]}
        return [*fields, *([{**body, "required": False}] if kind.has_body else [])]


def drop_sections(fields: list[Form]) -> None:
    """Leaves out behind which section a block stands: only a level has sections."""
    for field in fields:
        for group in field.get("types", ()):
            group["fields"] = [each for each in group["fields"] if each["name"] != "after"]


def _make_files(kind: ContentKind, name: str, label: str, files: list[Collection]) -> Collection:
    return {"name": name, "label": label, "format": name_format(kind), "files": files}
