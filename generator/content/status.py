"""What of a content folder is live on a day, what is not, and when that changes next."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from generator.content.content_files import find_content_files, keep_certain
from generator.content.loader import Calendar, Loader, sort_audiences
from generator.content.model import Audience, Site, State
from generator.content.routes import audience_file, level_file
from generator.diagnostics.diagnostic import SiteError, has_errors
from generator.files.tree import Tree
from generator.i18n.language import Words
from generator.schema.offers import OFFER_FACTS
from generator.schema.types import Dated

STATES: tuple[State, ...] = ("live", "draft", "scheduled", "expired")
# What visitors want to know before they buy.
ASKED_OF_OFFERS = [fact for fact in OFFER_FACTS if fact != "format"]
# From what passes soonest to what stays.
LASTING: tuple[State, ...] = ("live", "scheduled", "draft", "expired")


class PageStatus(NamedTuple):
    """A page, or an entry of a list, that an editor may hold back: its file, and what it is on the day.

    `own` is what the file alone says; a level is not live while its audience is not. `publish` and
    `expire` are the file's own dates.
    """

    path: str
    state: State
    own: State
    publish: date | None
    expire: date | None


class StatusGroup(NamedTuple):
    """An audience with its levels and its quiz, or (without a slug) the free pages."""

    slug: str
    name: str
    entries: tuple[PageStatus, ...]

    def count(self, state: State) -> int:
        return sum(entry.state == state for entry in self.entries)


class StatusChange(NamedTuple):
    """A file that will be live, or cease to be, on a day to come."""

    day: date
    path: str
    live: bool


class OpenQuestion(NamedTuple):
    """Something that visitors ask and the content does not say: the field of a file that answers it, and where it is
    missing.
    """

    path: str
    field: str
    entries: tuple[str, ...]


class Status(NamedTuple):
    """Everything that may be held back, on one day. `questions` are drafts: file and id of each."""

    today: date
    groups: tuple[StatusGroup, ...]
    questions: tuple[tuple[str, str], ...]
    open_questions: tuple[OpenQuestion, ...]

    def count(self, state: State) -> int:
        return sum(group.count(state) for group in self.groups)

    def list_changes(self) -> list[StatusChange]:
        """What the dates of files that are no drafts will change, the nearest day first."""
        return sorted(
            StatusChange(day, entry.path, live)
            for group in self.groups
            for entry in group.entries
            for day, live in ((entry.publish, True), (entry.expire, False))
            if day and day > self.today and entry.own != "draft"
        )


def read_status(content: Tree, words: Words, today: date) -> Status:
    """The status of a content folder. Raises `SiteError` where a file of it cannot be read."""
    paths, problems = find_content_files(content)
    loader = Loader(content, Calendar(today, drafts=True))
    site = loader.load_site(paths, words)
    loaded = (loader.load_audience(slug, files, words) for slug, files in paths.audiences.items())
    audiences = sort_audiences(audience for audience in loaded if audience)
    problems = keep_certain([*problems, *loader.problems], content)
    if has_errors(problems):
        raise SiteError(problems)
    calendar = Calendar(today)
    groups = [
        StatusGroup(audience.slug, audience.name, tuple(_list_audience(audience, calendar))) for audience in audiences
    ]
    if entries := tuple(_list_site(site, calendar)):
        groups.append(StatusGroup("", "", entries))
    quizzes = [(f"{audience.slug}/quiz.yaml", audience.quiz) for audience in audiences if audience.quiz]
    drafts = [(path, question.id) for path, quiz in quizzes for question in quiz.questions if question.draft]
    return Status(today, tuple(groups), tuple(drafts), tuple(_list_open_questions(site)))


def _list_open_questions(site: Site) -> Iterator[OpenQuestion]:
    for field in ASKED_OF_OFFERS:
        offers = tuple(offer.id for offer in site.offers if getattr(offer, field) is None)
        if offers:
            yield OpenQuestion("offers.yaml", field, offers)
    modules = tuple(str(module.number) for module in site.modules if module.name is None)
    if modules:
        yield OpenQuestion("curriculum.yaml", "name", modules)


def _list_site(site: Site, calendar: Calendar) -> Iterator[PageStatus]:
    """The free pages and the like, and the entries of lists, by their id."""
    for file in site.files.values():
        entries = [(f"{file.path}: {entry.id}", entry) for entry in file.fields] if file.kind.is_list else []
        for path, fields in entries or [(file.path, file.fields)]:
            if isinstance(fields, Dated):
                yield _make_entry(fields, path, calendar)


def _list_audience(audience: Audience, calendar: Calendar) -> Iterator[PageStatus]:
    head = _make_entry(audience, audience_file(audience), calendar)
    yield head
    for level in audience.levels:
        yield _make_entry(level, level_file(audience, level), calendar, head.state)
    for file in audience.files:
        if file.kind.has_route:
            yield _make_entry(file.fields, file.path, calendar, head.state)


def _make_entry(fields: Any, path: str, calendar: Calendar, above: State = "live") -> PageStatus:
    """`above` is the state of the audience; of that and the page's own, the one that lasts longer holds."""
    dates = fields if isinstance(fields, Dated) else Dated()
    own = calendar.find_state(dates)
    return PageStatus(path, max(above, own, key=LASTING.index), own, dates.publish, dates.expire)
