"""Files become the site: each is read, checked against the type of its kind, and put in its place.

Whatever is wrong in a file becomes a `Diagnostic`; what files promise each other is the matter of `rules`.
"""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any, Literal, NamedTuple, TypeVar

from msgspec import structs

from generator.content.body_sections import read_lists
from generator.content.content_files import ContentPaths
from generator.content.kinds import AUDIENCE_KINDS, KINDS, SITE_KINDS, ContentKind, Parameters, match_path
from generator.content.model import Audience, AudienceSummary, ContentFile, Level, Site, extend
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, SiteError, error_at
from generator.files.tree import Tree
from generator.formats.document import Document, read_markdown, read_yaml
from generator.i18n.language import Words
from generator.schema.types import Dated
from generator.schema.validation import convert

Ranked = TypeVar("Ranked", Audience, AudienceSummary)
State = Literal["live", "draft", "scheduled", "expired"]


class Calendar(NamedTuple):
    """Decides what is live: `today`, and whether drafts are shown as well."""

    today: date
    drafts: bool = False

    def shows(self, item: Dated) -> bool:
        return self.drafts or self.find_state(item) == "live"

    def find_state(self, item: Dated) -> State:
        """What an item is on this day, whether or not drafts are shown."""
        if item.draft:
            return "draft"
        if item.expire is not None and item.expire <= self.today:
            return "expired"
        return "live" if item.publish is None or item.publish <= self.today else "scheduled"


class Loader:
    """Loads the parts of a site from a content folder. `problems` grows as they are found; `dated` tells whether
    anything loaded depends on the day.
    """

    def __init__(self, folder: Tree, calendar: Calendar) -> None:
        self.folder = folder
        self.calendar = calendar
        self.problems: list[Diagnostic] = []
        self.dated = False

    def load_site(self, paths: ContentPaths, words: Words) -> Site:
        """Everything but the audiences. What is wrong is left out and named, so that the rest can be checked."""
        files: list[ContentFile] = []
        required = [kind.path for kind in SITE_KINDS if kind.is_required]
        unread = self._report_missing(required, paths.site, "Every site needs one.")
        for path in paths.site:
            if found := match_path(path):  # the words, which are of no kind, are loaded already
                file = self._load_file(*found, path)
                if file is None:
                    unread.append(path)
                elif self._keeps(file):
                    files.append(file)
        files.sort(key=lambda file: (KINDS.index(file.kind), file.path))
        return Site(words=words, files={file.path: file for file in files}, unread=tuple(unread))

    def load_audience(self, slug: str, paths: Collection[str], words: Words) -> Audience | None:
        """One audience with its levels and other files; None if it is wrong or not live."""
        before = len(self.problems)
        required = [kind.file_path(audience=slug) for kind in AUDIENCE_KINDS if kind.is_required]
        self._report_missing(required, paths, "Every audience needs one; it says who they are.")
        audience: Audience | None = None
        levels: list[tuple[int, str, Level | None]] = []
        files: list[ContentFile] = []
        for path in paths:
            found = match_path(path)
            assert found is not None
            kind, parameters = found
            if kind.name == "audience":
                audience = self._load_head(kind, parameters, path)
            elif kind.name == "level":
                levels.append((int(parameters["number"]), path, self._load_level(kind, parameters, path, words)))
            elif (file := self._load_file(kind, parameters, path)) and self._keeps(file):
                files.append(file)
        levels.sort(key=lambda level: level[:2])
        self._check_numbers(slug, [(number, path) for number, path, _ in levels])
        if audience is None or len(self.problems) > before or not self._shows(audience):
            return None
        return structs.replace(audience, levels=tuple(level for *_, level in levels if level), files=tuple(files))

    def _load_head(self, kind: ContentKind, parameters: Parameters, path: str) -> Audience | None:
        """An audience without its levels and other files."""
        file = self._load_file(kind, parameters, path)
        return extend(file.fields, Audience, slug=parameters["audience"], body=file.body) if file else None

    def _load_file(self, kind: ContentKind, parameters: Parameters, path: str) -> ContentFile | None:
        document = self._read(kind, path)
        fields = self._convert(document, kind) if document else None
        if document is None or fields is None:
            return None
        body = document.body.strip()
        return ContentFile(kind_name=kind.name, path=path, parameters=parameters, fields=fields, body=body)

    def _load_level(self, kind: ContentKind, parameters: Parameters, path: str, words: Words) -> Level | None:
        document = self._read(kind, path)
        if document is None:
            return None
        fields = self._convert(document, kind)
        lists, problems = read_lists(document, words)
        self.problems += problems
        return fields and extend(
            fields,
            Level,
            number=int(parameters["number"]),
            slug=parameters["slug"],
            live=self._shows(fields),
            opening=document.opening,
            symptoms=lists.get("symptoms", ()),
            keys=lists.get("keys_to_success", ()),
            success=lists.get("success", ()),
        )

    def _check_numbers(self, slug: str, levels: list[tuple[int, str]]) -> None:
        if len(levels) < 2:
            hint = "An audience needs two levels or more: 1-first.md, 2-second.md."
            self._report_whole(slug, "too-few-levels", "this has too few levels.", hint)
        for index, (number, path) in enumerate(levels, 1):
            if number != index:
                twice = [other for taken, other in levels[: index - 1] if taken == number]
                code, message = "level-missing", f"level {index} is missing."
                if twice:
                    name = twice[0].partition("/")[2]
                    code, message = "level-number-taken", f"the level number {number} is that of {name} already."
                self._report_whole(path, code, message, "Number the files 1, 2, 3 without a gap.")
                break

    def _report_missing(self, required: Iterable[str], paths: Collection[str], hint: str) -> list[str]:
        missing = [path for path in required if path not in paths]
        for path in missing:
            self._report_whole(path, "missing-file", "this is missing.", hint)
        return missing

    def _keeps(self, file: ContentFile) -> bool:
        """Whether the file is part of the site on this day. A list without entries is as good as none."""
        return file.kind.is_published and file.fields != () and self._shows(file.fields)

    def _shows(self, fields: Any) -> bool:
        if not isinstance(fields, Dated):
            return True
        self.dated = self.dated or fields.publish is not None or fields.expire is not None
        return self.calendar.shows(fields)

    def _read(self, kind: ContentKind, path: str) -> Document | None:
        read: Callable[[Tree, str], Document] = read_markdown if kind.has_body else read_yaml
        try:
            return read(self.folder, path)
        except SiteError as error:
            self.problems += error.diagnostics
            return None

    def _convert(self, document: Document, kind: ContentKind) -> Any:
        """The value of what is written in YAML, None if it is wrong."""
        value = convert(document.data, kind.type, document.path)
        if isinstance(value, list):
            self.problems += map(document.locate, value)
            return None
        return value

    def _report_whole(self, path: str, code: str, message: str, hint: str) -> None:
        self.problems.append(error_at(code, f"{self.folder.name}/{path}", WHOLE_FILE, message, hint))


def sort_audiences(audiences: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """Audiences in the order of the site: by `order`, those without one after, then by folder name."""
    return tuple(sorted(audiences, key=lambda audience: (audience.order is None, audience.order or 0, audience.slug)))
