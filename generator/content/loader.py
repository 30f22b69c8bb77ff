"""Files become the site: each is read, checked against the type of its kind, and put in its place.

Whatever is wrong in a file becomes a `Diagnostic`; what files promise each other is the matter of `rules`.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from html import unescape
from typing import Any, NamedTuple

from generator.content.body_sections import read_lists
from generator.content.content_files import ContentPaths
from generator.content.kinds import AUDIENCE_KINDS, KINDS, SITE_KINDS, ContentKind, Parameters, match_path
from generator.content.model import Audience, ContentFile, Level, Site, State, derive
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, Keys, SiteError, error_at, has_errors
from generator.files.tree import Tree
from generator.formats.document import Document, read_markdown, read_yaml
from generator.i18n.language import Words
from generator.schema.addresses import AddressesFile
from generator.schema.types import Dated
from generator.schema.validation import convert, takes_any_text, takes_color


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


class AudienceFiles(NamedTuple):
    """The files of an audience as far as they can be read: its own, each level with its number and path, the others."""

    head: ContentFile | None
    levels: list[tuple[int, str, Level | None]]
    files: list[ContentFile]


class Loader:
    """Loads the parts of a site from a content folder. `problems` grows as they are found; `dated` tells whether
    anything loaded depends on the day; `characters` are those of all texts.
    """

    def __init__(self, folder: Tree, calendar: Calendar) -> None:
        self.folder = folder
        self.calendar = calendar
        self.problems: list[Diagnostic] = []
        self.dated = False
        self.characters: set[str] = set()

    def load_site(self, paths: ContentPaths, words: Words) -> Site:
        """Everything but the audiences. What is wrong is left out and named, so that the rest can be checked."""
        files: list[ContentFile] = []
        hidden: list[str] = []
        addresses = AddressesFile()
        required = [kind.path for kind in SITE_KINDS if kind.is_required]
        unread = self._report_missing(required, paths.site, "Every site needs one.")
        for path in paths.site:
            if found := match_path(path):  # the words, which are of no kind, are loaded already
                file = self._load_file(*found, path)
                if file is None:
                    unread.append(path)
                elif isinstance(file.fields, AddressesFile):
                    addresses = file.fields
                elif self._keeps(file):
                    files.append(file)
                    hidden += self._list_hidden(file.fields)
                else:
                    hidden.append(path)
        files.sort(key=lambda file: (KINDS.index(file.kind), file.path))
        return Site(
            words=words,
            files={file.path: file for file in files},
            unread=tuple(unread),
            hidden=tuple(hidden),
            addresses=addresses,
        )

    def load_audience(self, slug: str, paths: Collection[str], words: Words) -> Audience | None:
        """One audience with its levels and other files; None if it is wrong or not live."""
        before = len(self.problems)
        required = [kind.file_path(audience=slug) for kind in AUDIENCE_KINDS if kind.is_required]
        self._report_missing(required, paths, "Every audience needs one; it says who they are.")
        head, levels, files = self.read_audience(paths, words)
        self._check_numbers(slug, [(number, path) for number, path, _ in levels])
        if head is None or has_errors(self.problems[before:]) or not self._shows(head.fields):
            return None
        loaded = tuple(level for *_, level in levels if level)
        return derive(
            head.fields,
            Audience,
            slug=slug,
            body=head.body,
            levels=loaded,
            files=tuple(files),
            state=head.state,
            characters="".join(sorted(self.characters)),
        )

    def read_audience(self, paths: Collection[str], words: Words) -> AudienceFiles:
        """What can be read of the files of an audience. Levels come by their number."""
        head = None
        levels: list[tuple[int, str, Level | None]] = []
        files: list[ContentFile] = []
        for path in paths:
            found = match_path(path)
            assert found is not None
            kind, parameters = found
            if kind.name == "audience":
                head = self._load_file(kind, parameters, path)
            elif kind.name == "level":
                levels.append((int(parameters["number"]), path, self._load_level(kind, parameters, path, words)))
            elif (file := self._load_file(kind, parameters, path)) and self._keeps(file):
                files.append(file)
        levels.sort(key=lambda level: level[:2])
        return AudienceFiles(head, levels, files)

    def _load_file(self, kind: ContentKind, parameters: Parameters, path: str) -> ContentFile | None:
        document, fields = self._load(kind, path)
        if document is None or fields is None:
            return None
        body = document.body.strip()
        state = self.calendar.find_state(fields) if isinstance(fields, Dated) else "live"
        return ContentFile(kind_name=kind.name, path=path, parameters=parameters, fields=fields, body=body, state=state)

    def _load_level(self, kind: ContentKind, parameters: Parameters, path: str, words: Words) -> Level | None:
        document, fields = self._load(kind, path)
        if document is None:
            return None
        lists, problems = read_lists(document, words)
        self.problems += problems
        return fields and derive(
            fields,
            Level,
            number=int(parameters["number"]),
            slug=parameters["slug"],
            live=self._shows(fields),
            state=self.calendar.find_state(fields),
            opening=document.opening,
            symptoms=lists.get("symptoms", ()),
            keys=lists.get("keys_to_success", ()),
            success=lists.get("success", ()),
        )

    def _load(self, kind: ContentKind, path: str) -> tuple[Document | None, Any]:
        """A document, None if it cannot be read, and the value of what is written in YAML, None if it is wrong."""
        try:
            document = read_markdown(self.folder, path) if kind.has_body else read_yaml(self.folder, path)
        except SiteError as error:
            self.problems += error.diagnostics
            return None, None
        self.characters.update(document.text if "&" not in document.text else unescape(document.text))
        value = convert(document.data, kind.type, document.path)
        found_cuts = document.find_cut_texts()
        if lost := [cut for keys, cut in found_cuts.items() if takes_color(kind.type, keys)]:
            self.problems += [cut._replace(severity="error") for cut in lost]
            return document, None
        cuts = {keys: cut for keys, cut in found_cuts.items() if takes_any_text(kind.type, keys)}
        if isinstance(value, list):
            wrong = [(getattr(problem.position, "keys", None), problem) for problem in value]
            # What is left of a text may be wrong only since the rest is missing.
            cuts |= {keys: cuts[keys]._replace(severity="error") for keys, _ in wrong if keys in cuts}
            self.problems += [*cuts.values(), *(document.locate(found) for keys, found in wrong if keys not in cuts)]
            return document, None
        self.problems += cuts.values()
        self.problems += map(document.locate, _check_dates(value, document.path))
        return document, value

    def _check_numbers(self, slug: str, levels: list[tuple[int, str]]) -> None:
        if len(levels) < 2:
            hint = "An audience needs two levels or more: 1-first.md, 2-second.md."
            self._report_whole(slug, "too-few-levels", "this has too few levels.", hint)
        for index, (number, path) in enumerate(levels, 1):
            if number == index:
                continue
            code, message = "level-missing", f"level {index} is missing."
            if number < index:
                name = levels[index - 2][1].partition("/")[2]
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
        if not file.kind.is_published:
            return False
        return any(map(self._shows, file.fields)) if file.kind.is_list else self._shows(file.fields)

    def _list_hidden(self, fields: Any) -> list[str]:
        """The ids of the entries of a list that are not part of the site."""
        return [entry.id for entry in fields if not self._shows(entry)] if isinstance(fields, tuple) else []

    def _shows(self, fields: Any) -> bool:
        if not isinstance(fields, Dated):
            return True
        self.dated = self.dated or fields.publish is not None or fields.expire is not None
        return self.calendar.shows(fields)

    def _report_whole(self, path: str, code: str, message: str, hint: str) -> None:
        self.problems.append(error_at(code, self.folder.name_of(path), WHOLE_FILE, message, hint))


def _check_dates(value: Any, path: str, keys: Keys = ()) -> Iterator[Diagnostic]:
    """An error for a file, or an entry of it, that is never live because it ends before it begins."""
    if isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _check_dates(entry, path, (index,))
    elif isinstance(value, Dated) and value.publish and value.expire and value.expire <= value.publish:
        message = f"this would end before it begins: it ends on {value.expire} and begins on {value.publish}."
        hint = "Let 'expire' be a later day than 'publish'."
        yield error_at("ends-before-it-begins", path, (*keys, "expire"), message, hint)


def sort_audiences(audiences: Iterable[Audience]) -> tuple[Audience, ...]:
    """Audiences in the order of the site: by `order`, those without one after, then by folder name."""
    return tuple(sorted(audiences, key=lambda audience: (audience.order is None, audience.order or 0, audience.slug)))
