"""A strategy document becomes content: every file of a site, made of what the document says.

Nothing is invented but what a page cannot do without (a summary, the text of a button), and what the
document leaves open gets the same answer every time. Bullets, figures and names are the document's own.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.content.file_data import BODY, OPENING, write_file
from generator.formats.markup import Markup
from generator.schema.files import Band, Metric
from generator.strategy.documents.collector import Notes
from generator.strategy.documents.ranges import Scale, derive_scale, measure_of
from generator.strategy.documents.strategy import Group, Point, Rank, Strategy
from generator.strategy.importing.curriculum import make_curriculum, module_note
from generator.strategy.importing.file_names import Shelf, make_slugs
from generator.strategy.importing.message_choice import Words, resolve_message
from generator.strategy.importing.offer_index import list_offers, offers_of
from generator.strategy.importing.quiz_proposal import make_quiz
from generator.strategy.importing.texts import Summaries, drop_marks, protect

Data = Any
Files = dict[str, Data]
PLACEHOLDER = "course.example"
NOTES = {
    "site.yaml": "Made by `build.py import`. Change what you like: a later import keeps your changes.",
    "offers.yaml": "An offer without `url` leads to the contact in site.yaml. Add one to `action` once it has a page.",
    "strategy.yaml": "What the strategy document says and no page shows. See `build.py check --strategy`.",
    "quiz.yaml": "Questions marked `draft: true` are not asked. Write their answers, then delete that line.",
}


class Draft(NamedTuple):
    """The files of a content folder as data, by path."""

    files: Files

    def texts(self) -> dict[str, str]:
        """The text of each file."""
        return {path: write_data(path, data) for path, data in self.files.items()}


def write_data(path: str, data: Data) -> str:
    """The text of a file that is new, with a note on top where editors need one."""
    return write_file(path, data, NOTES.get(path.rpartition("/")[2], ""))


def make_content(strategy: Strategy, notes: Notes) -> Draft:
    """The content of a strategy. What is odd or missing, and shows only now, is added to `notes`."""
    return Draft(dict(_Maker(strategy, notes).make()))


class _Maker:
    """Makes the files of one strategy."""

    def __init__(self, strategy: Strategy, notes: Notes) -> None:
        self.strategy = strategy
        self.notes = notes
        self.markup = Markup()
        self.summaries = Summaries(self.markup)
        self.shelf: Shelf = list_offers(strategy, notes)
        self.course = strategy.fact("course") or strategy.title.text or "Course"

    def write(self, text: str) -> str:
        return protect(text, self.markup)

    def make(self) -> Iterator[tuple[str, Data]]:
        yield "site.yaml", self._site()
        yield "home.md", self._home()
        if self.shelf.offers:
            yield "offers.yaml", [self._offer(data) for data in self.shelf.offers]
        curriculum = make_curriculum(self.strategy, self.write)
        if curriculum:
            yield "curriculum.yaml", curriculum
        yield "strategy.yaml", self._strategy()
        slugs = make_slugs([group.name for group in self.strategy.groups], "audience", part=True)
        for order, (slug, group) in enumerate(zip(slugs, self.strategy.groups, strict=True), 1):
            yield from self._audience(slug, group, order)

    def _site(self) -> Data:
        facts = self.strategy.fact
        address = facts("website", "address", "url")
        email = facts("contact", "email", "e-mail")
        site = {"name": self.write(self.course), "tagline": None, "address": address or f"https://{PLACEHOLDER}"}
        site["tagline"] = self.write(tagline) if (tagline := facts("tagline")) else None
        contact = {"url": email} if email and email.startswith(("http://", "https://")) else {"email": email}
        if not email or ("@" not in email and "url" not in contact):
            contact = {"email": f"hello@{PLACEHOLDER}"}
        if address and not address.startswith(("http://", "https://")):
            site["address"] = f"https://{address}"
        return _given({**site, "language": facts("language"), "contact": contact})

    def _home(self) -> Data:
        names = [self.write(group.name) for group in self.strategy.groups]
        body = "Every level has a page of its own. It says what life there is like, and what takes you one step up. "
        body += "Find the one that sounds like you."
        summary = self.summaries.make(
            [self.course, " · ".join(map(drop_marks, names))], "Home",
            "Find your level, and see what takes you to the next one.",
        )  # fmt: skip
        return {"title": self.write(self.course), "summary": summary, BODY: body}

    def _offer(self, data: Data) -> Data:
        text = {"free": "Get it for free", "on application": "Apply"}.get(str(data["price"]), "Get started")
        return {**data, "name": self.write(data["name"]), "action": {"text": text}}

    def _strategy(self) -> Data:
        strategy = self.strategy
        return _given(
            {
                "title": strategy.title.text,
                "facts": {name: said.text for name, said in strategy.facts},
                "about": [said.text for said in strategy.about],
                "notes": [said.text for said in strategy.notes],
            }
        )

    def _audience(self, slug: str, group: Group, order: int) -> Iterator[tuple[str, Data]]:
        scale = self._scale(group)
        first, last = group.ranks[0].name, group.ranks[-1].name
        measured = f", measured in {self.write(scale.metric.name)}" if scale.metric else ""
        body = f"{len(group.ranks)} levels, from {self.write(first)} to {self.write(last)}{measured}. "
        body += "Find the one that describes you, and see what takes you to the next."
        summary = self.summaries.make(
            [f"{group.name}: {' · '.join(drop_marks(rank.name) for rank in group.ranks)}"], group.name,
            "See which level describes you, and what takes you to the next.",
        )  # fmt: skip
        metric = _metric_data(scale.metric, self.write)
        head = {"name": self.write(group.name), "title": "Which level are you at?", "summary": summary}
        yield f"{slug}/audience.md", {**head, **_given({"metric": metric}), "order": order, BODY: body}
        slugs = make_slugs([rank.name for rank in group.ranks], "level")
        for rank, band, level in zip(group.ranks, scale.bands, slugs, strict=True):
            yield f"{slug}/{rank.number}-{level}.md", self._level(group, rank, band)
        quiz, drafts = make_quiz(group, scale, self.write)
        if quiz:
            yield f"{slug}/quiz.yaml", quiz
            self._report_drafts(group, drafts)
        else:
            self.notes.warn(
                group.line, f"no quiz could be made for '{group.name}'.", "Its levels have nothing to ask by."
            )

    def _report_drafts(self, group: Group, drafts: list[str]) -> None:
        if drafts:
            many = len(drafts) > 1
            what = f"{len(drafts)} questions of '{group.name}' have" if many else f"one question of '{group.name}' has"
            hint = "They are kept in quiz.yaml as drafts." if many else "It is kept in quiz.yaml as a draft."
            self.notes.warn(group.questions_line, f"{what} no answers in the document.", hint)

    def _scale(self, group: Group) -> Scale:
        scale = derive_scale(group)
        if scale.broken:
            stated = measure_of(scale.broken)
            why = f"'{stated.said.text}' does not begin above the level below" if stated else "this level has none"
            self.notes.warn(stated.said.line if stated else scale.broken.line,
                            f"the ranges of '{group.name}' cannot be put together: {why}.",
                            "Its pages show none.")  # fmt: skip
        return scale

    def _level(self, group: Group, rank: Rank, band: Band | None) -> Data:
        words: Words = resolve_message(self.strategy, group, rank, self.notes)
        title = self.write(words.headline or words.focus)
        summary = self.summaries.make(
            [words.headline or words.focus, *(point.text for point in rank.symptoms if not point.points)],
            f"{group.name}, {rank.name}", "See what this level looks like, and what takes you to the next.",
        )  # fmt: skip
        numbers: Data = None
        if rank.modules:
            numbers = "all" if rank.modules.numbers == "all" else list(rank.modules.numbers)
        note = module_note(self.strategy, rank.modules)
        return {
            "name": self.write(rank.name),
            "title": title,
            "summary": summary,
            **_given(
                {
                    "tagline": self.write(rank.tagline) if rank.tagline else None,
                    "metric": _band_data(band, self.write),
                    "message": {
                        "focus": self.write(words.focus),
                        "pain": self.write(words.pain),
                        "promise": self.write(words.promise),
                    },
                    "signs": [self.write(sign.text) for sign in rank.guide],
                    "modules": numbers,
                    "modules_note": self.write(note) if note else None,
                    "offers": offers_of(self.strategy, self.shelf, group, rank),
                }
            ),
            OPENING: "",
            "## Symptoms": self._points(rank.symptoms),
            "## Keys to success": self._points(rank.keys),
            **({"## Success": self._points(rank.success)} if rank.success else {}),
        }

    def _points(self, points: tuple[Point, ...]) -> list[str]:
        return [self._point(point) for point in points]

    def _point(self, point: Point) -> str:
        below = [f"- {self._point(child)}".replace("\n", "\n  ") for child in point.points]
        return "\n".join([self.write(point.text), *below])


def _given(data: dict[str, Any]) -> dict[str, Any]:
    """The fields that have a value."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {}, ())}


def _metric_data(metric: Metric | None, write: Any) -> Data:
    if metric is None:
        return None
    unit = write(metric.unit) if metric.unit else None
    fields = {"name": write(metric.name), "unit": unit, "period": metric.period, "short": metric.short}
    return _given({**fields, "whole": metric.whole or None})


def _band_data(band: Band | None, write: Any) -> Data:
    if band is None:
        return None
    note = write(band.note) if band.note else None
    fields = {"from": band.low, "to": band.high, "typical_to": band.typical_to, "note": note}
    return {name: value for name, value in fields.items() if value is not None}
