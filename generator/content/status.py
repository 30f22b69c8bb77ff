"""What of a content folder is live on a day, what is not, and when that changes next."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from generator.content.listing import list_content
from generator.content.loader import Calendar, Loader, State, sort_audiences
from generator.content.model import Article, Audience
from generator.content.routes import article_address, audience_address, level_address, quiz_address
from generator.diagnostics.diagnostic import SiteError, has_errors
from generator.files.tree import Tree
from generator.i18n.language import Words
from generator.schema.base import Dated

STATES: tuple[State, ...] = ("live", "draft", "scheduled", "expired")


class Entry(NamedTuple):
    """A page that an editor may hold back: its file, its address, and what it is on the day.

    `own` is what the file alone says; a level is not live while its audience is not. `publish` and
    `expire` are the file's own dates.
    """

    path: str
    address: str
    state: State
    own: State
    publish: date | None
    expire: date | None


class Group(NamedTuple):
    """An audience with its levels and its quiz, or (without a slug) the free pages."""

    slug: str
    name: str
    entries: tuple[Entry, ...]

    def count(self, state: State) -> int:
        return sum(entry.state == state for entry in self.entries)


class Change(NamedTuple):
    """A file that will be live, or cease to be, on a day to come."""

    day: date
    path: str
    live: bool


class Status(NamedTuple):
    """Everything that may be held back, on one day. `questions` are drafts: file and id of each."""

    today: date
    groups: tuple[Group, ...]
    questions: tuple[tuple[str, str], ...]

    def count(self, state: State) -> int:
        return sum(group.count(state) for group in self.groups)

    def list_changes(self) -> list[Change]:
        """What the dates of files that are no drafts will change, the nearest day first."""
        return sorted(
            Change(day, entry.path, live)
            for group in self.groups
            for entry in group.entries
            for day, live in ((entry.publish, True), (entry.expire, False))
            if day and day > self.today and entry.own != "draft" and not _is_void(entry)
        )


def read_status(content: Tree, words: Words, today: date) -> Status:
    """The status of a content folder. Raises `SiteError` where a file of it cannot be read."""
    calendar = Calendar(today)
    listing, problems = list_content(content)
    loader = Loader(content, Calendar(today, drafts=True))
    site = loader.load_site(listing, words)
    loaded = (loader.load_audience(slug, paths, words) for slug, paths in listing.audiences.items())
    audiences = sort_audiences(audience for audience in loaded if audience)
    problems += loader.problems
    if has_errors(problems):
        raise SiteError(problems)
    groups = [Group(audience.slug, audience.name, tuple(_enter_audience(audience, calendar))) for audience in audiences]
    if site.articles:
        groups.append(Group("", "", tuple(_enter_article(article, calendar) for article in site.articles)))
    return Status(today, tuple(groups), tuple(_find_draft_questions(audiences)))


def _enter_audience(audience: Audience, calendar: Calendar) -> Iterator[Entry]:
    slug = audience.slug
    head = _enter(audience, f"{slug}/audience.md", audience_address(slug), calendar)
    yield head
    for level in audience.levels:
        path = f"{slug}/{level.number}-{level.slug}.md"
        entry = _enter(level, path, level_address(slug, level.slug), calendar)
        yield entry if head.state == "live" else entry._replace(state=_join(head.state, entry.state))
    if audience.quiz:
        path = f"{slug}/quiz.yaml"
        yield Entry(path, quiz_address(slug), head.state, "live", None, None)


def _join(above: State, own: State) -> State:
    """The state of a level whose audience is not live: the one that lasts longer."""
    order: tuple[State, ...] = ("live", "scheduled", "draft", "expired")
    return max(above, own, key=order.index)


def _enter_article(article: Article, calendar: Calendar) -> Entry:
    return _enter(article, f"pages/{article.slug}.md", article_address(article.slug), calendar)


def _enter(item: Dated, path: str, address: str, calendar: Calendar) -> Entry:
    state = calendar.find_state(item)
    return Entry(path, address, state, state, item.publish, item.expire)


def _is_void(entry: Entry) -> bool:
    """Whether it is never live: it would end before it begins."""
    return entry.publish is not None and entry.expire is not None and entry.expire <= entry.publish


def _find_draft_questions(audiences: Iterable[Audience]) -> Iterator[tuple[str, str]]:
    for audience in audiences:
        for question in audience.quiz.questions if audience.quiz else ():
            if question.draft:
                yield f"{audience.slug}/quiz.yaml", question.id
