"""Where content has come to say something else than its strategy document.

Copy may be reworded freely. Audiences and levels may not differ, nor how many items a list has and in which order, the
verb that a key to success begins with, and any figure. A difference that is meant is recorded in `strategy.yaml`, by
the name of its place and with the reason.
"""

from collections.abc import Iterable, Iterator, Sequence

from generator.content.model import Audience, Content, Level
from generator.content.routes import level_file
from generator.diagnostics.diagnostic import Diagnostic, Keys, Pointer, error_at, warning_at
from generator.files.tree import Tree
from generator.formats.document import Item, locate
from generator.schema.curriculum import Stage
from generator.schema.level import Band
from generator.strategy.documents import model
from generator.strategy.documents.collector import shorten
from generator.strategy.documents.model import Strategy, StrategyAudience, StrategyLevel, StrategyStage
from generator.strategy.documents.names import match_name, normalise
from generator.strategy.documents.ranges import Scale, derive_scale
from generator.strategy.drift import facts
from generator.strategy.drift.contradictions import find_contradictions
from generator.strategy.exporter import STRATEGY_FILE, read_strategy_file
from generator.strategy.importing.curriculum import find_module_names
from generator.strategy.importing.message_choice import find_field
from generator.strategy.importing.offer_index import offers_to, read_offer
from generator.strategy.importing.quiz_proposal import asks_for, list_own_questions
from generator.strategy.importing.texts import restore


def report_drift(strategy: Strategy, content: Content, folder: Tree) -> Iterator[Diagnostic]:
    """Drift as errors, contradictions as warnings, and a warning for each record without a difference."""
    recorded = read_strategy_file(folder).differences
    drift, contradictions = find_drift(strategy, content), find_contradictions(strategy)
    meant = {difference.where for difference in recorded}
    yield from (locate(folder, diagnostic) for where, diagnostic in drift if where not in meant)
    for where, diagnostic in contradictions:
        if where not in meant:
            hint = f"{diagnostic.hint} Or record in {STRATEGY_FILE}: where: '{where}'."
            yield diagnostic._replace(hint=hint)
    found = {where for where, _ in (*drift, *contradictions)}
    for index, difference in enumerate(recorded):
        if difference.where not in found:
            message = f"there is no difference '{difference.where}' any more."
            keys = ("differences", index, "where")
            yield locate(folder, warning_at("difference-gone", STRATEGY_FILE, keys, message, "Delete the entry."))


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

    def report(self, code: str, where: str, line: int, message: str, keys: Keys = (), excerpt: str = "") -> None:
        """Adds a difference at `where`: the path of a content file, a colon, and the name of a place in it.

        `keys` and `excerpt` lead to the place, `line` is that of the document. A difference that several levels have,
        as a wrong price, is added once.
        """
        path = where.partition(": ")[0]
        hint = f"See {self.strategy.path}:{line}. Change one of the two, "
        hint += f"or record in {STRATEGY_FILE}: where: '{where}'."
        self.found.setdefault((where, message), error_at(code, path, Pointer(keys, excerpt), message, hint))

    def compare(self) -> None:
        audiences = self.strategy.audiences
        taken: set[int] = set()
        for here in self.content.audiences:
            index = match_name(restore(here.name), [there.names for there in audiences])
            if index is None or index in taken:
                message = f"the document has no audience '{here.name}'."
                self.report("audience-added", f"{here.slug}/audience.md: audience", 0, message, ("name",))
                continue
            taken.add(index)
            scale = derive_scale(audiences[index])
            self.compare_audience(here, audiences[index], scale)
            self.compare_levels(here, audiences[index], scale)
            self.compare_copy(here, audiences[index])
        for there in (audience for index, audience in enumerate(audiences) if index not in taken):
            message = f"the audience '{there.name}' has no folder."
            self.report("audience-missing", f"site.yaml: audience {there.name}", there.line, message)
        self.compare_stages()

    def compare_audience(self, here: Audience, there: StrategyAudience, scale: Scale) -> None:
        """The unit of the metric, and the number of questions."""
        metric = scale.metric
        if metric and (here.metric is None or here.metric.unit != metric.unit):
            unit = (here.metric.unit if here.metric else None) or "no unit"
            message = f"the metric is in {unit}, the document's in {metric.unit or 'none'}."
            self.report("metric-differs", f"{here.slug}/audience.md: metric", there.line, message, ("metric",))
        asked, wanted = len(list_own_questions(here.quiz)), len(there.questions)
        if metric and asked == wanted + 1 and not any(asks_for(question.text, metric) for question in there.questions):
            asked -= 1  # an import adds a question for the metric if the document has none
        if wanted and asked != wanted:
            message, where = f"the quiz has {asked} of the questions, the document {wanted}.", f"{here.slug}/quiz.yaml"
            self.report("questions-differ", f"{where}: questions", there.questions_line, message, ("questions",))

    def compare_levels(self, here: Audience, there: StrategyAudience, scale: Scale) -> None:
        numbers = [level.number for level in here.levels]
        for missing in (level for level in there.levels if level.number not in numbers):
            message = f"level {missing.number}, {missing.name}, is only in the document."
            self.report("level-missing", f"{here.slug}/audience.md: level {missing.number}", missing.line, message)
        bands = dict(zip((level.number for level in there.levels), scale.bands, strict=True))
        for level in here.levels:
            path, stated = level_file(here, level), there.level(level.number)
            if stated is None:
                self.report("level-added", f"{path}: level", there.line, f"the document has no level {level.number}.")
                continue
            self.compare_fields(path, level, stated, bands[level.number])
            for name in ("symptoms", "keys", "success"):
                self.compare_items(f"{path}: {name}", getattr(level, name), getattr(stated, name), stated.line, (name,))
            self.compare_message(path, level, there, stated)
            self.compare_offers(path, level, there, stated)

    def compare_fields(self, path: str, here: Level, there: StrategyLevel, band: Band | None) -> None:
        if normalise(there.name) != normalise(restore(here.name)):
            message = f"the level is named '{here.name}', in the document '{there.name}'."
            self.report("level-name-differs", f"{path}: name", there.line, message, ("name",))
        stated = there.stated_range
        if band and stated and (here.metric is None or _list_ends(here.metric) != _list_ends(band)):
            has = _say_band(here.metric) if here.metric else "missing"
            message = f"the band is {has}, the document's {_say_band(band)}."
            self.report("band-differs", f"{path}: metric", stated.source.line, message, ("metric",))
        numbers, line = (there.modules.numbers, there.modules.line) if there.modules else ((), there.line)
        self.compare_modules(f"{path}: modules", here.modules, numbers, line, ("modules",))
        signs, wanted = " · ".join(here.signs), " · ".join(sign.text for sign in there.signs)
        line = there.signs[0].line if there.signs else there.line
        self.compare_figures(f"{path}: signs", signs, wanted, line, ("signs",))
        self.compare_figures(f"{path}: tagline", here.tagline or "", there.tagline or "", there.line, ("tagline",))

    def compare_modules(
        self, where: str, here: Sequence[int] | str, there: Sequence[int] | str, line: int, keys: Keys
    ) -> None:
        if there != here:
            message = f"the modules are {_say_modules(here)}, the document's {_say_modules(there)}."
            self.report("modules-differ", where, line, message, keys)

    def compare_items(
        self, where: str, here: Sequence[Item], there: Sequence[model.SourceText], line: int, keys: Keys,
        prefix: str = "",
    ) -> None:  # fmt: skip
        """Two lists item by item. `line` is for an empty list, `prefix` the number of the item that they are below."""
        texts, name = [restore(item.text) for item in here], where.partition(": ")[2]
        excerpts = [item.text.partition("\n")[0] for item in here]
        pairs = facts.pair_items(texts, [bullet.text for bullet in there])
        for row, column in pairs:
            bullet, excerpt, place = there[column], excerpts[row], f"{where} {prefix}{row + 1}"
            verb, wanted = facts.find_leading_verb(texts[row]), facts.find_leading_verb(bullet.text)
            if wanted and verb != wanted:
                begins = f"begins with '{verb}'" if verb else "begins with no verb in bold"
                message = f"this {begins}, in the document it is '{wanted}'."
                self.report("verb-differs", f"{place} verb", bullet.line, message, keys, excerpt)
            self.compare_figures(place, texts[row], bullet.text, bullet.line, keys, excerpt)
            self.compare_items(where, here[row].items, bullet.children, line, keys, f"{prefix}{row + 1}.")
        for row in sorted({*range(len(here))} - {row for row, _ in pairs}):
            message = f"the document has nothing of '{shorten(texts[row])}' among its {name}."
            nearest = there[min(row, len(there) - 1)].line if there else line
            self.report("item-added", f"{where} {prefix}{row + 1}", nearest, message, keys, excerpts[row])
        for column in sorted({*range(len(there))} - {column for _, column in pairs}):
            message = f"nothing here tells of '{shorten(there[column].text)}', number {column + 1} of the {name}."
            place = f"{where} {prefix}{column + 1} of the document"
            excerpt = excerpts[min(column, len(here) - 1)] if here else ""
            self.report("item-missing", place, there[column].line, message, keys, excerpt)

    def compare_figures(self, where: str, here: str, there: str, line: int, keys: Keys, excerpt: str = "") -> None:
        if message := facts.describe_difference(here, there):
            self.report("figures-differ", where, line, message, keys, excerpt)

    def compare_message(self, path: str, here: Level, audience: StrategyAudience, there: StrategyLevel) -> None:
        """The figures in a message. Any of its alternatives may be the one in use."""
        for name in ("focus", "pain", "promise"):
            field = find_field(self.strategy, audience, there, name)
            own = getattr(here.message, name)
            messages = [facts.describe_difference(own, text) for text in field.texts] if field else []
            if field and all(messages):
                self.report("figures-differ", f"{path}: {name}", field.line, messages[0], ("message", name))

    def compare_offers(self, path: str, here: Level, audience: StrategyAudience, there: StrategyLevel) -> None:
        """The number of offers to a level, and the price of each."""
        wanted = offers_to(self.strategy, audience, there)
        if len(here.offers) != len(wanted):
            line = (find_field(self.strategy, audience, there, "offer") or there).line
            message = f"{len(here.offers)} offers are made here, {len(wanted)} in the document."
            self.report("offers-differ", f"{path}: offers", line, message, ("offers",))
            return
        indexes = {offer.id: index for index, offer in enumerate(self.content.site.offers)}
        for id_, offer in zip(here.offers, wanted, strict=True):
            own = read_offer(self.content.site.offers[indexes[id_]])
            if own.ends != offer.ends:
                prices = [one.price_text or "no stated price" for one in (own, offer)]
                message = f"the offer '{id_}' costs {prices[0]}, in the document {prices[1]}."
                self.report("price-differs", f"offers.yaml: {id_}", offer.line, message, (indexes[id_], "price"))

    def compare_copy(self, here: Audience, there: StrategyAudience) -> None:
        """Amounts and percentages in titles, summaries and free text: the document has to state them somewhere."""
        stated = {end[:2] for text in _list_texts(self.strategy, there) for end in facts.list_figure_ends(text)}
        path = f"{here.slug}/audience.md"
        copy = [(path, name, getattr(here, name), there.line) for name in ("title", "summary", "body")]
        for level in here.levels:
            path, line = level_file(here, level), (there.level(level.number) or there).line
            copy += [(path, name, getattr(level, name), line) for name in ("title", "summary", "opening")]
        for path, name, text, line in copy:
            ends = facts.list_figure_ends(restore(text)).items()
            added = [words for end, words in ends if end[1] and end[:2] not in stated]
            if added:
                message = f"it says {facts.join_words(added)}, which the document does not."
                self.report("figure-not-in-document", f"{path}: {name}", line, message, (name,), added[0])

    def compare_stages(self) -> None:
        """The stages of the course, and the names of its modules."""
        path, site, stages = "curriculum.yaml", self.content.site, self.strategy.stages
        if stages and len(stages) != len(site.stages):
            message = f"there are {len(site.stages)} stages, {len(stages)} in the document."
            self.report("stages-differ", f"{path}: stages", stages[0].line, message, ("stages",))
            return
        for index, (here, there) in enumerate(zip(site.stages, stages, strict=False)):
            self.compare_stage(f"{path}: stages {index + 1}", here, there, ("stages", index))
        names = find_module_names(self.strategy)
        for index, module in enumerate(site.modules):
            name = names.get(module.number, "")
            if stages and module.name and normalise(restore(module.name)) != normalise(name):
                message = f"module {module.number} is named '{module.name}', "
                message += f"in the document {name or 'it has no name'}."
                self.report("module-name-differs", f"{path}: module {module.number}", 0, message, ("modules", index))

    def compare_stage(self, where: str, here: Stage, there: StrategyStage, keys: Keys) -> None:
        """The modules of a stage, the step that it serves, and its outcomes."""
        self.compare_modules(f"{where} modules", here.modules, there.modules.numbers, there.line, (*keys, "modules"))
        if there.start and (there.start, there.goal) != (here.from_level, here.to_level):
            message = f"the stage leads from level {here.from_level} to {here.to_level}, "
            message += f"in the document from {there.start} to {there.goal}."
            self.report("step-differs", f"{where} step", there.line, message, keys)
        items = [Item(text) for text in here.outcomes]
        self.compare_items(f"{where} outcomes", items, there.outcomes, there.line, (*keys, "outcomes"))


def _list_texts(strategy: Strategy, audience: StrategyAudience) -> Iterator[str]:
    """Every text of the document about an audience."""
    for level in audience.levels:
        ranges: Iterable[model.Range] = filter(None, (level.heading, level.metric))
        yield from (stated.source.text for stated in ranges)
        yield from (source.text for source in (*level.signs, *level.walk_bullets()))
    for field in (field for message in strategy.messages for field in message.fields):
        yield from (*field.texts, *(offer.price_text for offer in field.offers))


def _say_modules(numbers: Sequence[int] | str) -> str:
    return numbers if isinstance(numbers, str) else ", ".join(map(str, numbers)) or "none"


def _list_ends(band: Band) -> tuple[float | None, ...]:
    return band.low, band.high, band.typical_to


def _say_band(band: Band) -> str:
    end = band.high if band.high is not None else band.typical_to
    return f"{band.low:,} to {end:,}" if end is not None else f"{band.low:,} and more"
