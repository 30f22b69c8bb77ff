"""What of a content folder is live on a day, what is not, and when that changes next."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from generator.content.content_files import find_content_files
from generator.content.loader import Calendar, Loader, State, sort_audiences
from generator.content.model import Audience
from generator.content.routes import audience_file, audience_route, level_file, level_route
from generator.diagnostics.diagnostic import SiteError, has_errors
from generator.files.tree import Tree
from generator.i18n.language import Words
from generator.schema.quiz import Quiz
from generator.schema.types import Dated

STATES: tuple[State, ...] = ("live", "draft", "scheduled", "expired")


class PageStatus(NamedTuple):
    """A page that an editor may hold back: its file, its route, and what it is on the day.

    `own` is what the file alone says; a level is not live while its audience is not. `publish` and
    `expire` are the file's own dates.
    """

    path: str
    route: str
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


class Status(NamedTuple):
    """Everything that may be held back, on one day. `questions` are drafts: file and id of each."""

    today: date
    groups: tuple[StatusGroup, ...]
    questions: tuple[tuple[str, str], ...]

    def count(self, state: State) -> int:
        return sum(group.count(state) for group in self.groups)

    def list_changes(self) -> list[StatusChange]:
        """What the dates of files that are no drafts will change, the nearest day first."""
        return sorted(
            StatusChange(day, entry.path, live)
            for group in self.groups
            for entry in group.entries
            for day, live in ((entry.publish, True), (entry.expire, False))
            if day and day > self.today and entry.own != "draft" and not _is_void(entry)
        )


def read_status(content: Tree, words: Words, today: date) -> Status:
    """The status of a content folder. Raises `SiteError` where a file of it cannot be read."""
    calendar = Calendar(today)
    paths, problems = find_content_files(content)
    loader = Loader(content, Calendar(today, drafts=True))
    site = loader.load_site(paths, words)
    loaded = (loader.load_audience(slug, files, words) for slug, files in paths.audiences.items())
    audiences = sort_audiences(audience for audience in loaded if audience)
    problems += loader.problems
    if has_errors(problems):
        raise SiteError(problems)
    groups = [
        StatusGroup(audience.slug, audience.name, tuple(_list_audience(audience, calendar))) for audience in audiences
    ]
    pages = [file for file in site.files.values() if file.kind.has_route and isinstance(file.fields, Dated)]
    if pages:
        entries = tuple(_make_entry(file.fields, file.path, file.route, calendar) for file in pages)
        groups.append(StatusGroup("", "", entries))
    return Status(today, tuple(groups), tuple(_find_draft_questions(audiences)))


def _list_audience(audience: Audience, calendar: Calendar) -> Iterator[PageStatus]:
    head = _make_entry(audience, audience_file(audience), audience_route(audience.slug), calendar)
    yield head
    for level in audience.levels:
        entry = _make_entry(level, level_file(audience, level), level_route(audience.slug, level.slug), calendar)
        yield entry._replace(state=_join(head.state, entry.state))
    for file in audience.files:
        if file.kind.has_route:
            entry = _make_entry(file.fields, file.path, file.route, calendar)
            yield entry._replace(state=_join(head.state, entry.state))


def _join(above: State, own: State) -> State:
    """The state of a page of an audience: if the audience is not live either, the one that lasts longer."""
    order: tuple[State, ...] = ("live", "scheduled", "draft", "expired")
    return own if above == "live" else max(above, own, key=order.index)


def _make_entry(fields: Any, path: str, route: str, calendar: Calendar) -> PageStatus:
    if not isinstance(fields, Dated):
        return PageStatus(path, route, "live", "live", None, None)
    state = calendar.find_state(fields)
    return PageStatus(path, route, state, state, fields.publish, fields.expire)


def _is_void(entry: PageStatus) -> bool:
    """Whether it is never live: it would end before it begins."""
    return entry.publish is not None and entry.expire is not None and entry.expire <= entry.publish


def _find_draft_questions(audiences: Iterable[Audience]) -> Iterator[tuple[str, str]]:
    for audience in audiences:
        for file in audience.files:
            if isinstance(file.fields, Quiz):
                yield from ((file.path, question.id) for question in file.fields.questions if question.draft)
