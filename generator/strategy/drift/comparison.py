"""Where content has come to say something else than its strategy document.

Copy may be reworded freely. Audiences and levels may not differ, nor how many items a list has and in which order, the
verb that a key to success begins with, and any figure. A difference that is meant is recorded in `strategy.yaml`, by
the name of its place and with the reason.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.build.survey import Content
from generator.content.model import Audience, Level
from generator.content.rules import level_file
from generator.diagnostics.diagnostic import Diagnostic, Keys, Pointer, error_at
from generator.formats.document import Item
from generator.schema.files import Band, Stage
from generator.strategy.documents.collector import shorten
from generator.strategy.documents.names import match_name, normalise
from generator.strategy.documents.scale import Scale, derive_scale
from generator.strategy.documents.strategy import (
    Strategy,
    StrategyAudience,
    StrategyBullet,
    StrategyLevel,
    StrategyStage,
)
from generator.strategy.drift.item_pairing import (
    compare_figures,
    find_leading_verb,
    join_words,
    list_figure_ends,
    pair_items,
)
from generator.strategy.exporter import STRATEGY_FILE
from generator.strategy.importing.curriculum import find_module_names
from generator.strategy.importing.message_choice import find_field
from generator.strategy.importing.offer_index import offers_to, read_offer
from generator.strategy.importing.quiz_proposal import asks_for, list_own_questions
from generator.strategy.importing.texts import restore

LISTS = ("symptoms", "keys", "success")


class Place(NamedTuple):
    """A part of a content file: its name in records, and the keys and the excerpt that lead to its line."""

    path: str
    name: str
    keys: Keys = ()
    excerpt: str = ""


def find_drift(strategy: Strategy, content: Content) -> list[tuple[str, Diagnostic]]:
    """Every difference in facts, with the name of the place that it is recorded under."""
    comparison = _Comparison(strategy, content)
    comparison.compare()
    return [(where, diagnostic) for (where, _), diagnostic in comparison.found.items()]


class _Comparison:
    """Compares one content (`here`) with one document (`there`)."""

    def __init__(self, strategy: Strategy, content: Content) -> None:
        self.strategy = strategy
        self.content = content
        self.found: dict[tuple[str, str], Diagnostic] = {}

    def report(self, code: str, place: Place, line: int, message: str) -> None:
        """Adds a difference; `line` is that of the document. One price may be wrong for several levels, but is one
        difference.
        """
        where = f"{place.path}: {place.name}"
        hint = (
            f"See {self.strategy.path}:{line}. Change one of the two, or record in {STRATEGY_FILE}: where: '{where}'."
        )
        diagnostic = error_at(code, place.path, Pointer(place.keys, place.excerpt), message, hint)
        self.found.setdefault((where, message), diagnostic)

    def compare(self) -> None:
        audiences = self.strategy.audiences
        taken: set[int] = set()
        for here in self.content.audiences:
            index = match_name(restore(here.name), [there.names for there in audiences])
            if index is None or index in taken:
                place = Place(f"{here.slug}/audience.md", "audience", ("name",))
                self.report("audience-added", place, 0, f"the document has no audience '{here.name}'.")
                continue
            taken.add(index)
            scale = derive_scale(audiences[index])
            self.compare_audience(here, audiences[index], scale)
            self.compare_levels(here, audiences[index], scale)
            self.compare_copy(here, audiences[index])
        for index, there in enumerate(audiences):
            if index not in taken:
                place = Place("site.yaml", f"audience {there.name}")
                self.report("audience-missing", place, there.line, f"the audience '{there.name}' has no folder.")
        self.compare_stages()

    def compare_audience(self, here: Audience, there: StrategyAudience, scale: Scale) -> None:
        """The unit of the metric, and the number of questions."""
        metric = scale.metric
        if metric and (here.metric is None or here.metric.unit != metric.unit):
            unit = here.metric.unit if here.metric else None
            message = f"the metric is in {unit or 'no unit'}, the document's in {metric.unit or 'none'}."
            place = Place(f"{here.slug}/audience.md", "metric", ("metric",))
            self.report("metric-differs", place, there.line, message)
        asked, wanted = len(list_own_questions(here.quiz)), len(there.questions)
        if metric and asked == wanted + 1 and not any(asks_for(question.text, metric) for question in there.questions):
            asked -= 1  # an import adds a question for the metric if the document has none
        if wanted and asked != wanted:
            message = f"the quiz has {asked} of the questions, the document {wanted}."
            place = Place(f"{here.slug}/quiz.yaml", "questions", ("questions",))
            self.report("questions-differ", place, there.questions_line, message)

    def compare_levels(self, here: Audience, there: StrategyAudience, scale: Scale) -> None:
        numbers = [level.number for level in here.levels]
        for missing in there.levels:
            if missing.number not in numbers:
                place = Place(f"{here.slug}/audience.md", f"level {missing.number}")
                message = f"level {missing.number}, {missing.name}, is only in the document."
                self.report("level-missing", place, missing.line, message)
        bands = dict(zip((level.number for level in there.levels), scale.bands, strict=True))
        for level in here.levels:
            path, wanted = level_file(here, level), there.level(level.number)
            if wanted is None:
                message = f"the document has no level {level.number}."
                self.report("level-added", Place(path, "level"), there.line, message)
            else:
                self.compare_fields(path, level, wanted, bands[level.number])
                self.compare_lists(path, level, wanted)
                self.compare_message(path, level, there, wanted)
                self.compare_offers(path, level, there, wanted)

    def compare_fields(self, path: str, here: Level, there: StrategyLevel, band: Band | None) -> None:
        if normalise(there.name) != normalise(restore(here.name)):
            message = f"the level is named '{here.name}', in the document '{there.name}'."
            self.report("level-name-differs", Place(path, "name", ("name",)), there.line, message)
        stated = there.stated_range
        if band and stated and (here.metric is None or _list_ends(here.metric) != _list_ends(band)):
            has = _say_band(here.metric) if here.metric else "missing"
            message = f"the band is {has}, the document's {_say_band(band)}."
            self.report("band-differs", Place(path, "metric", ("metric",)), stated.source.line, message)
        numbers = there.modules.numbers if there.modules else ()
        if numbers != here.modules:
            message = f"the modules are {_say_modules(here.modules)}, the document's {_say_modules(numbers)}."
            line = there.modules.line if there.modules else there.line
            self.report("modules-differ", Place(path, "modules", ("modules",)), line, message)

    def compare_lists(self, path: str, here: Level, there: StrategyLevel) -> None:
        for name in LISTS:
            self.compare_items(Place(path, name, (name,)), getattr(here, name), getattr(there, name), there.line)
        signs, wanted = " · ".join(here.signs), " · ".join(sign.text for sign in there.signs)
        line = there.signs[0].line if there.signs else there.line
        self.compare_text(Place(path, "signs", ("signs",)), signs, wanted, line)
        self.compare_text(Place(path, "tagline", ("tagline",)), here.tagline or "", there.tagline or "", there.line)

    def compare_items(
        self, place: Place, here: Sequence[Item], there: Sequence[StrategyBullet], default_line: int, prefix: str = ""
    ) -> None:
        """Two lists item by item; `prefix` is the number of the item that they belong to."""
        texts = [restore(item.text) for item in here]
        line = there[0].line if there else default_line
        for row, column in pair_items(texts, [bullet.text for bullet in there]):
            number = f"{prefix}{(column or 0 if row is None else row) + 1}"
            nearest = min(column or 0, len(here) - 1) if row is None else row
            excerpt = here[nearest].text.partition("\n")[0] if here else ""
            item = place._replace(name=f"{place.name} {number}", excerpt=excerpt)
            line = there[column].line if column is not None else line
            if column is None and row is not None:
                message = f"the document has nothing of '{shorten(texts[row])}' among its {place.name}."
                self.report("item-added", item, line, message)
            elif row is None and column is not None:
                told = shorten(there[column].text)
                message = f"nothing here tells of '{told}', number {column + 1} of the {place.name}."
                self.report("item-missing", item._replace(name=f"{item.name} of the document"), line, message)
            elif row is not None and column is not None:
                self.compare_verb(item, texts[row], there[column])
                self.compare_text(item, texts[row], there[column].text, line)
                self.compare_items(place, here[row].items, there[column].children, default_line, f"{number}.")

    def compare_verb(self, place: Place, here: str, there: StrategyBullet) -> None:
        verb, wanted = find_leading_verb(here), find_leading_verb(there.text)
        if wanted and verb != wanted:
            begins = f"begins with '{verb}'" if verb else "begins with no verb in bold"
            message = f"this {begins}, in the document it is '{wanted}'."
            self.report("verb-differs", place._replace(name=f"{place.name} verb"), there.line, message)

    def compare_text(self, place: Place, here: str, there: str, line: int) -> None:
        if message := _compare_figures(here, there):
            self.report("figures-differ", place, line, message)

    def compare_message(self, path: str, here: Level, audience: StrategyAudience, there: StrategyLevel) -> None:
        """The figures in a message. Any of its alternatives may be the one in use."""
        for name in ("focus", "pain", "promise"):
            field = find_field(self.strategy, audience, there, name)
            messages = [_compare_figures(getattr(here.message, name), text) for text in field.texts] if field else []
            if field and messages and all(messages):
                self.report("figures-differ", Place(path, name, ("message", name)), field.line, messages[0])

    def compare_offers(self, path: str, here: Level, audience: StrategyAudience, there: StrategyLevel) -> None:
        """The number of offers to a level, and the price of each."""
        field = find_field(self.strategy, audience, there, "offer")
        wanted = offers_to(self.strategy, audience, there)
        if len(here.offers) != len(wanted):
            message = f"{len(here.offers)} offers are made here, {len(wanted)} in the document."
            self.report("offers-differ", Place(path, "offers", ("offers",)), (field or there).line, message)
            return
        indexes = {offer.id: index for index, offer in enumerate(self.content.site.offers)}
        for id_, offer in zip(here.offers, wanted, strict=True):
            own = read_offer(self.content.site.offers[indexes[id_]])
            if own.ends != offer.ends:
                prices = [one.price_text or "no stated price" for one in (own, offer)]
                message = f"the offer '{id_}' costs {prices[0]}, in the document {prices[1]}."
                self.report("price-differs", Place("offers.yaml", id_, (indexes[id_], "price")), offer.line, message)

    def compare_copy(self, here: Audience, there: StrategyAudience) -> None:
        """Amounts and percentages in titles, summaries and free text: the document has to state them somewhere."""
        stated = {end[:2] for text in self.list_texts(there) for end in list_figure_ends(text)}
        path = f"{here.slug}/audience.md"
        copy = [(Place(path, name, (name,)), getattr(here, name), there.line) for name in ("title", "summary", "body")]
        for level in here.levels:
            path, line = level_file(here, level), (there.level(level.number) or there).line
            names = ("title", "summary", "opening")
            copy += [(Place(path, name, (name,)), getattr(level, name), line) for name in names]
        for place, text, line in copy:
            ends = list_figure_ends(restore(text)).items()
            added = [*dict.fromkeys(words for end, words in ends if end[1] and end[:2] not in stated)]
            if added:
                message = f"it says {join_words(added)}, which the document does not."
                self.report("figure-not-in-document", place._replace(excerpt=added[0]), line, message)

    def list_texts(self, audience: StrategyAudience) -> Iterator[str]:
        """Every text of the document about an audience."""
        for level in audience.levels:
            yield from (stated.source.text for stated in (level.heading, level.metric) if stated)
            yield from (sign.text for sign in level.signs)
            yield from (bullet.text for bullet in level.walk_bullets())
        for field in (field for message in self.strategy.messages for field in message.fields):
            yield from field.texts
            yield from (offer.price_text for offer in field.offers)

    def compare_stages(self) -> None:
        """The stages of the course, and the names of its modules."""
        path, site, stages = "curriculum.yaml", self.content.site, self.strategy.stages
        if stages and len(stages) != len(site.stages):
            message = f"there are {len(site.stages)} stages, {len(stages)} in the document."
            self.report("stages-differ", Place(path, "stages", ("stages",)), stages[0].line, message)
            return
        for index, (here, there) in enumerate(zip(site.stages, stages, strict=False)):
            self.compare_stage(Place(path, f"stages {index + 1}", ("stages", index)), here, there)
        names = find_module_names(self.strategy)
        for index, module in enumerate(site.modules):
            name = names.get(module.number, "")
            if stages and module.name and normalise(restore(module.name)) != normalise(name):
                told = f"module {module.number} is named '{module.name}', in the document {name or 'it has no name'}."
                place = Place(path, f"module {module.number}", ("modules", index))
                self.report("module-name-differs", place, 0, told)

    def compare_stage(self, place: Place, here: Stage, there: StrategyStage) -> None:
        """The modules of a stage, the step that it serves, and its outcomes."""
        if there.modules.numbers != here.modules:
            has, wanted = _say_modules(here.modules), _say_modules(there.modules.numbers)
            part = place._replace(name=f"{place.name} modules", keys=(*place.keys, "modules"))
            self.report("modules-differ", part, there.line, f"the modules are {has}, the document's {wanted}.")
        if there.start and (there.start, there.goal) != (here.from_level, here.to_level):
            step = f"from level {here.from_level} to {here.to_level}"
            message = f"the stage leads {step}, in the document from {there.start} to {there.goal}."
            self.report("step-differs", place._replace(name=f"{place.name} step"), there.line, message)
        outcomes = [StrategyBullet(source.text, source.line) for source in there.outcomes]
        part = place._replace(name=f"{place.name} outcomes", keys=(*place.keys, "outcomes"))
        self.compare_items(part, [Item(text) for text in here.outcomes], outcomes, there.line)


def _compare_figures(here: str, there: str) -> str:
    """What differs between the figures of two texts; empty if they agree."""
    left_out, added = compare_figures(here, there)
    if left_out and added:
        return f"it says {join_words(added)} where the document says {join_words(left_out)}."
    if left_out:
        return f"it leaves out {join_words(left_out)}, which the document states."
    return f"it says {join_words(added)}, which the document does not." if added else ""


def _list_ends(band: Band) -> tuple[float | None, ...]:
    return band.low, band.high, band.typical_to


def _say_band(band: Band) -> str:
    end = band.high if band.high is not None else band.typical_to
    return f"{band.low:,} to {end:,}" if end is not None else f"{band.low:,} and more"


def _say_modules(numbers: Sequence[int] | str) -> str:
    return numbers if isinstance(numbers, str) else ", ".join(map(str, numbers)) or "none"
