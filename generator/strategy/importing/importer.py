"""A strategy document becomes content: every file of a site, made of what the document says.

Only what a page cannot do without is added, such as a summary or the text of a button. What the document leaves open
gets the same default every time.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from generator.content.file_data import BODY, OPENING, write_file
from generator.content.new_slugs import make_slugs
from generator.diagnostics.collector import DiagnosticCollector
from generator.formats.figures import SYMBOLS, Figure
from generator.formats.markdown_tree import SourceText
from generator.formats.markup import Markup
from generator.formats.plain_text import SummaryWriter, mark_stub, protect, strip_stub
from generator.formats.ranges import to_number
from generator.i18n.editor_words import read_editor_words
from generator.i18n.headings import find_kind
from generator.schema.audience import Metric
from generator.schema.level import Band
from generator.strategy.documents.model import Strategy, StrategyAudience, StrategyLevel, StrategyOffer
from generator.strategy.documents.ranges import Scale, derive_scale
from generator.strategy.importing.curriculum import make_curriculum, write_module_note
from generator.strategy.importing.message_choice import find_field, resolve_message
from generator.strategy.importing.quiz_proposal import make_quiz

Data = Any
PLACEHOLDER_DOMAIN = "course.example"
WEB = ("http://", "https://")
CODES = {symbol: code for code, symbol in SYMBOLS.items()}
FILE_NOTES = {
    "site.yaml": "Made by `build.py import`. Change what you like: a later import keeps your changes.",
    "offers.yaml": "An offer without `url` leads to the contact in site.yaml. Add one to `action` once it has a page.",
    "strategy.yaml": "What the strategy document says and no page shows. See `build.py check --strategy`.",
    "quiz.yaml": "Questions marked `draft: true` are not asked. Write their answers, then delete that line.",
}


def write_new_file(path: str, data: Data) -> str:
    """The text of a new file, with a note to editors on top."""
    return write_file(path, data, FILE_NOTES.get(path.rpartition("/")[2], ""))


def make_content(strategy: Strategy, collector: DiagnosticCollector) -> dict[str, Data]:
    """The files of a content folder as data, by path. `collector` gets what is odd or missing and shows only now."""
    return dict(_ContentMaker(strategy, collector).make())


class _ContentMaker:
    """Makes the files of one strategy."""

    def __init__(self, strategy: Strategy, collector: DiagnosticCollector) -> None:
        self.strategy = strategy
        self.collector = collector
        self.markup = Markup()
        self.summaries = SummaryWriter(self.markup)
        self.offers = _find_offers(strategy)
        tag = strategy.fact("language")
        self.language = find_kind(tag, "languages", exact=True) or tag or "en"
        ids = make_slugs([offer.name for offer in self.offers.values()], "offer", self.language)
        self.offer_ids = dict(zip(self.offers, ids, strict=True))
        self.words = read_editor_words(self.language)
        self.course = strategy.fact("course") or strategy.title or "Course"

    def write(self, text: str) -> str:
        return protect(text, self.markup)

    def make(self) -> Iterator[tuple[str, Data]]:
        yield "site.yaml", self._make_site()
        yield "home.md", self._make_home()
        if self.offers:
            yield "offers.yaml", [self._make_offer(offer) for offer in self.offers.values()]
        curriculum = make_curriculum(self.strategy, self.write)
        if curriculum:
            yield "curriculum.yaml", curriculum
        strategy, lists = self.strategy, {"about": list(self.strategy.about), "notes": list(self.strategy.notes)}
        yield "strategy.yaml", _drop_empty({"title": strategy.title, "facts": dict(strategy.facts), **lists})
        slugs = make_slugs([audience.name for audience in self.strategy.audiences], "audience", self.language, True)
        for order, (slug, audience) in enumerate(zip(slugs, self.strategy.audiences, strict=True), 1):
            for name, data in self._make_audience(audience, order):
                yield f"{slug}/{name}", data

    def _make_site(self) -> Data:
        fact = self.strategy.fact
        address = fact("website") or f"https://{PLACEHOLDER_DOMAIN}"
        contact = fact("contact")
        email = contact if "@" in contact else f"hello@{PLACEHOLDER_DOMAIN}"
        return _drop_empty({
            "name": self.write(self.course),
            "tagline": self.write(fact("tagline")),
            "address": address if address.startswith(WEB) else f"https://{address}",
            "language": "" if self.language == "en" else self.language,
            "contact": {"url": contact} if contact.startswith(WEB) else {"email": email},
        })  # fmt: skip

    def _make_home(self) -> Data:
        names = [self.write(audience.name) for audience in self.strategy.audiences]
        pieces = [self.course, " · ".join(names)]
        summary = self.summaries.write(pieces, "Home", self.words.start("import_home_summary"))
        return {"title": self.write(self.course), "summary": summary, BODY: mark_stub(self.words.start("import_home"))}

    def _make_offer(self, offer: StrategyOffer) -> Data:
        if offer.price is None:
            message = f"the offer '{offer.name}' has no price."
            self.collector.warn("price-missing", offer.line, message, "Pages say that it is by application.")
        price = _price_data(offer)
        kind = {"free": "free", "on application": "apply"}.get(str(price["price"]), "start")
        action = {"text": self.words.start(f"import_{kind}"), "url": offer.link if offer.link.startswith(WEB) else ""}
        return _drop_empty({
            "id": self.offer_ids[offer.identity],
            "name": self.write(offer.name),
            **price,
            "per": self.write(offer.per),
            "was": to_number(offer.was.low) if offer.was and offer.was.low else None,
            "summary": self.write(offer.summary),
            "action": _drop_empty(action),
        })  # fmt: skip

    def _make_audience(self, audience: StrategyAudience, order: int) -> Iterator[tuple[str, Data]]:
        """The files of an audience's folder."""
        scale = self._derive_scale(audience)
        levels = audience.levels
        ends = {"first": self.write(levels[0].name), "last": self.write(levels[-1].name), "count": str(len(levels))}
        metric = self.write(scale.metric.name) if scale.metric else ""
        body = self.words.start("import_measured" if metric else "import_audience", metric=metric, **ends)
        names = " · ".join(level.name for level in levels)
        filler = self.words.start("import_audience_summary")
        yield "audience.md", _drop_empty({
            "name": self.write(audience.name),
            "title": self.words.start("import_title"),
            "summary": self.summaries.write([f"{audience.name}: {names}"], audience.name, filler),
            "metric": self._make_fields(scale.metric),
            "order": order,
            BODY: mark_stub(body),
        })  # fmt: skip
        slugs = make_slugs([level.name for level in levels], "level", self.language)
        for level, band, slug in zip(levels, scale.bands, slugs, strict=True):
            yield f"{level.number}-{slug}.md", self._make_level(audience, level, band)
        quiz, drafts = make_quiz(audience, scale, self.words, self.write)
        if quiz:
            yield "quiz.yaml", quiz
        else:
            message = f"no quiz could be made for '{audience.name}'."
            self.collector.warn("no-quiz", audience.line, message, "Its levels have nothing to ask by.")
        if drafts:
            many = drafts > 1
            message = f"{drafts} questions of" if many else "one question of"
            message += f" '{audience.name}' {'have' if many else 'has'} no answers in the document."
            hint = "They are kept in quiz.yaml as drafts." if many else "It is kept in quiz.yaml as a draft."
            self.collector.warn("question-without-answers", audience.questions_line, message, hint)

    def _derive_scale(self, audience: StrategyAudience) -> Scale:
        scale = derive_scale(audience)
        if scale.metric and self.language[:2] == "de":  # where nouns have a capital letter
            scale = scale._replace(metric=msgspec.structs.replace(scale.metric, name=scale.metric.name.capitalize()))
        if scale.broken:
            stated = scale.broken.stated_range
            line = stated.line if stated else scale.broken.line
            why = f"'{stated.text}' does not begin above the level below" if stated else "this level has none"
            message = f"the ranges of '{audience.name}' cannot be put together: {why}."
            self.collector.warn("ranges-inconsistent", line, message, "Its pages show none.")
        return scale

    def _make_level(self, audience: StrategyAudience, level: StrategyLevel, band: Band | None) -> Data:
        message = resolve_message(self.strategy, audience, level, self.words, self.collector)
        pieces = [strip_stub(message["headline"]), *(bullet.text for bullet in level.symptoms if not bullet.children)]
        offer = find_field(self.strategy, audience, level, "offer")
        fields = {
            "name": self.write(level.name),
            "title": self.write(message["headline"]),
            "summary": self.summaries.write(
                pieces, f"{audience.name}, {level.name}", self.words.start("import_level_summary")
            ),
            "tagline": self.write(level.tagline or ""),
            "metric": self._make_fields(band),
            "message": {name: self.write(message[name]) for name in ("focus", "pain", "promise")},
            "signs": [self.write(sign.text) for sign in level.signs],
            "modules": "all" if level.modules and level.modules.numbers == "all" else list(level.module_numbers),
            "modules_note": self.write(write_module_note(self.strategy, level)),
            "offers": list(dict.fromkeys(self.offer_ids[one.identity] for one in offer.offers)) if offer else [],
        }
        symptoms, keys = (
            listed or (SourceText(mark_stub(self.words.start(name))),)
            for listed, name in ((level.symptoms, "first_symptom"), (level.keys, "first_key"))
        )
        sections = {"Symptoms": symptoms, "Keys to success": keys, "Success": level.success}
        lists = {f"## {name}": [*map(self._write_bullet, bullets)] for name, bullets in sections.items() if bullets}
        return {**_drop_empty(fields), OPENING: "", **lists}

    def _write_bullet(self, bullet: SourceText) -> str:
        below = [f"- {self._write_bullet(child)}".replace("\n", "\n  ") for child in bullet.children]
        return "\n".join([self.write(bullet.text), *below])

    def _make_fields(self, value: Metric | Band | None) -> Data:
        """The fields of a metric or a band that have a value."""
        if value is None:
            return None
        given = msgspec.to_builtins(value).items()
        fields = {name: field for name, field in given if field is not False and field != "up"}
        texts = {name: self.write(fields[name]) for name in ("name", "unit", "note") if fields.get(name)}
        return _drop_empty({**fields, **texts})


def _find_offers(strategy: Strategy) -> dict[tuple[str, object], StrategyOffer]:
    """Each offer once: level by level, then those made to no level, so that the order of messages does not matter."""
    levels = sorted(strategy.all_levels(), key=lambda entry: entry[1].number)
    fields = [find_field(strategy, audience, level, "offer") for audience, level in levels]
    fields += [field for message in strategy.messages for field in message.fields]
    found = [offer for field in fields if field for offer in field.offers]
    offers: dict[tuple[str, object], StrategyOffer] = {}
    for offer in (*found, *strategy.offers):
        offers.setdefault(offer.identity, offer)
    return offers


def _price_data(offer: StrategyOffer) -> Data:
    """The fields `price` and `currency`."""
    if not isinstance(offer.price, Figure):
        return {"price": offer.price or "on application"}
    ends = [to_number(round(end, 2)) for end in (offer.price.low, offer.price.high) if end is not None]
    price: Data = ends[0] if ends[-1] <= ends[0] else {"from": ends[0], "to": ends[1]}
    if offer.price.open and len(ends) == 1:
        price = {"from": ends[0]}
    return {"price": price, "currency": CODES.get(offer.price.unit, offer.price.unit)}


def _drop_empty(data: dict[str, Data]) -> dict[str, Data]:
    """The fields that have a value; 0 is one."""
    return {name: value for name, value in data.items() if value not in (None, "", [], {})}
