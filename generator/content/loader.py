"""Documents become the site: every file read, checked against its type, and put in its place.

An audience is loaded by itself, so that a large site can be loaded piece by piece. Whatever is wrong
in a file becomes a `Diagnostic`; what files promise each other is the matter of `rules`.
"""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar

from msgspec import Struct, msgpack, structs

from generator.content.body_sections import SECTIONS, read_lists
from generator.content.listing import LEVEL_FILE, Listing
from generator.content.model import Article, Audience, Home, Level, Outline, Site, extend
from generator.diagnostics.diagnostic import WHOLE_FILE, Diagnostic, SiteError, error_at
from generator.files.fingerprint import digest_bytes
from generator.files.tree import MemoryTree, Tree
from generator.formats.document import Document, read_markdown, read_yaml
from generator.formats.yaml_reader import LoadYaml, load_yaml
from generator.i18n.language import Words
from generator.schema.audience import AudienceFields
from generator.schema.base import Dated
from generator.schema.curriculum import CurriculumFile
from generator.schema.level import LevelFields
from generator.schema.offers import Offer
from generator.schema.page import HomeFields, PageFields
from generator.schema.quiz import Quiz
from generator.schema.site import SiteFile
from generator.schema.strategy import StrategyFile
from generator.schema.validation import convert

File = TypeVar("File", bound=Struct)
Ranked = TypeVar("Ranked", Audience, Outline)
Parsed = dict[str, bytes]
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
    """Loads the parts of a site from a content folder. `problems` grows as they are found.

    `parsed` holds values of files, and the data of YAML texts, by the digest of their content. Those that are
    sound are added to it, and `used` names those that the site was made of.
    `dated` tells whether anything loaded depends on the day.
    """

    def __init__(self, folder: Tree, calendar: Calendar, parsed: Parsed | None = None) -> None:
        self.folder = folder
        # The file being loaded: what its digest was taken of is what is loaded, and it is read once.
        self._held: MemoryTree | None = None
        self.calendar = calendar
        self.problems: list[Diagnostic] = []
        self.parsed: Parsed = {} if parsed is None else parsed
        self.used: set[str] = set()
        self.dated = False

    def load_site(self, listing: Listing, words: Words) -> Site:
        """Everything but the audiences. Something stands in for what is wrong, so that the rest can be checked."""
        settings = self._yaml("site.yaml", SiteFile) if self._has(listing, "site.yaml") else None
        home = self._home() if self._has(listing, "home.md") else None
        offers = self._yaml("offers.yaml", tuple[Offer, ...]) if "offers.yaml" in listing.site else ()
        curriculum = self._yaml("curriculum.yaml", CurriculumFile) if "curriculum.yaml" in listing.site else None
        if "strategy.yaml" in listing.site:
            self._yaml("strategy.yaml", StrategyFile)  # no page shows it; `strategy` reads it again
        articles = {path: self._article(path) for path in listing.articles}
        files = {"site.yaml": settings, "home.md": home, "offers.yaml": offers, **articles}
        if "curriculum.yaml" in listing.site:
            files["curriculum.yaml"] = curriculum
        return Site(
            settings=settings or SiteFile(name="?"),
            words=words,
            home=home or Home(title="?", summary="?", body=""),
            offers=offers or (),
            curriculum=curriculum,
            articles=tuple(article for article in articles.values() if article and self._shows(article)),
            unread=tuple(path for path, value in files.items() if value is None),
        )

    def load_audience(self, slug: str, paths: Iterable[str], words: Words) -> Audience | None:
        """One audience with its levels and quiz; None where it is wrong, or not live."""
        names = {path.partition("/")[2]: path for path in paths}
        found = len(self.problems)
        if "audience.md" not in names:
            self._missing(f"{slug}/audience.md", "Every audience needs one; it says who they are.")
        head = self._head(names["audience.md"], slug) if "audience.md" in names else None
        numbered = {path: LEVEL_FILE.fullmatch(name) for name, path in names.items()}
        files = sorted((int(match[1]), match[2], path) for path, match in numbered.items() if match)
        self._check_numbers(slug, files)
        levels = self._all(files, lambda file: self._level(file[2], file[0], file[1], words))
        quiz = None
        if "quiz.yaml" in names:
            quiz = self._once(names["quiz.yaml"], Quiz, "", lambda: self._yaml(names["quiz.yaml"], Quiz))
        if head is None or len(self.problems) > found or not self._shows(head):
            return None
        return structs.replace(head, levels=tuple(levels), quiz=quiz)

    def _head(self, path: str, slug: str) -> Audience | None:
        """What an audience's own file says, without its levels."""

        def parse() -> Audience | None:
            head = self._markdown(path, AudienceFields)
            return head and extend(head[1], Audience, slug=slug, body=head[0].body.strip(), levels=())

        return self._once(path, Audience, "", parse)

    def _home(self) -> Home | None:
        head = self._markdown("home.md", HomeFields)
        return head and extend(head[1], Home, body=head[0].body.strip())

    def _article(self, path: str) -> Article | None:
        head = self._markdown(path, PageFields)
        return head and extend(head[1], Article, slug=path[len("pages/") : -len(".md")], body=head[0].body.strip())

    def _level(self, path: str, number: int, slug: str, words: Words) -> Level | None:
        sections = " ".join(str(words.get(key)) for key in SECTIONS)
        level = self._once(path, Level, sections, lambda: self._parse_level(path, number, slug, words))
        return level and structs.replace(level, live=self._shows(level))

    def _parse_level(self, path: str, number: int, slug: str, words: Words) -> Level | None:
        document = self._read(path, read_markdown)
        if document is None:
            return None
        fields = self._convert(document, LevelFields)
        lists, problems = read_lists(document, words)
        self.problems += problems
        return fields and extend(
            fields,
            Level,
            number=number,
            slug=slug,
            live=True,
            opening=document.opening,
            symptoms=lists.get("symptoms", ()),
            keys=lists.get("keys_to_success", ()),
            success=lists.get("success", ()),
        )

    def _check_numbers(self, slug: str, files: list[tuple[int, str, str]]) -> None:
        if len(files) < 2:
            self._missing(slug, "An audience needs two levels or more: 1-first.md, 2-second.md.", "has too few levels")
        for index, (number, _, path) in enumerate(files, 1):
            if number != index:
                twice = [other for taken, _, other in files[: index - 1] if taken == number]
                message = f"level {index} is missing."
                if twice:
                    message = f"the level number {number} is that of {twice[0].partition('/')[2]} already."
                hint = "Number the files 1, 2, 3 without a gap."
                self.problems.append(error_at("?", f"{self.folder.name}/{path}", WHOLE_FILE, message, hint))
                break

    def _all(self, sources: Iterable[Any], load: Callable[[Any], File | None]) -> list[File]:
        return [value for value in map(load, sources) if value is not None]

    def _once(self, path: str, kind: type[File], extra: str, load: Callable[[], File | None]) -> File | None:
        """The value of a file, from `parsed` where that has it. `extra` is what else it depends on."""
        what = f"{kind.__name__}\0{path}\0{extra}\0"
        # A file whose digest is known need not be read.
        key = digest_bytes(f"{what}{self.folder.digest(path)}".encode()) if self.parsed else ""
        if key not in self.parsed:
            try:
                data = self.folder.read(path)
            except OSError:
                return load()  # which says what is wrong
            key = digest_bytes(f"{what}{digest_bytes(data)}".encode())
        value: File | None
        if key in self.parsed:
            value, texts = open_decoder(kind).decode(self.parsed[key])
            self.used |= {key, *texts}
            return value
        found, used = len(self.problems), set(self.used)
        self._held = MemoryTree({path: data}, self.folder.name)
        value = load()
        self._held = None
        if value is not None and len(self.problems) == found:
            self.parsed[key] = msgpack.encode((value, sorted(self.used - used)))
            self.used.add(key)
        return value

    def load_yaml(self, text: str, shown: str, offset: int) -> Any:
        """The data of a YAML text, from `parsed` where that has it: most edits leave the front matter as it is."""
        key = digest_bytes(f"yaml\0{text}".encode())
        self.used.add(key)
        if key not in self.parsed:
            self.parsed[key] = msgpack.encode(load_yaml(text, shown, offset))
        return msgpack.decode(self.parsed[key])

    def _shows(self, item: Dated) -> bool:
        self.dated = self.dated or item.publish is not None or item.expire is not None
        return self.calendar.shows(item)

    def _yaml(self, path: str, kind: type[Any]) -> Any:
        document = self._read(path, read_yaml)
        return None if document is None else self._convert(document, kind)

    def _markdown(self, path: str, kind: type[File]) -> tuple[Document, File] | None:
        document = self._read(path, read_markdown)
        fields = self._convert(document, kind) if document else None
        return (document, fields) if document and fields is not None else None

    def _read(self, path: str, read: Callable[[Tree, str, LoadYaml], Document]) -> Document | None:
        try:
            return read(self._held or self.folder, path, self.load_yaml)
        except SiteError as error:
            self.problems += error.diagnostics
            return None

    def _convert(self, document: Document, kind: type[Any]) -> Any:
        value = convert(document.data, kind, document.path)
        if isinstance(value, list) and value and isinstance(value[0], Diagnostic):
            self.problems += [document.locate(fault) for fault in value]
            return None
        return value

    def _has(self, listing: Listing, name: str) -> bool:
        if name not in listing.site:
            self._missing(name, "Every site needs one.")
        return name in listing.site

    def _missing(self, path: str, hint: str, what: str = "is missing") -> None:
        self.problems.append(error_at("?", f"{self.folder.name}/{path}", WHOLE_FILE, f"this {what}.", hint))


@cache
def open_decoder(kind: type[Struct]) -> msgpack.Decoder[Any]:
    """Of what is kept of a file: its value, and the keys of the YAML texts it was made of."""
    return msgpack.Decoder(tuple[kind, list[str]])  # type: ignore[valid-type]


def sort_audiences(audiences: Iterable[Ranked]) -> tuple[Ranked, ...]:
    """Audiences in the order of the site: by `order`, those without one after, then by folder name."""
    return tuple(sorted(audiences, key=lambda audience: (audience.order is None, audience.order or 0, audience.slug)))
